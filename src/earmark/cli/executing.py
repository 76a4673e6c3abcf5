"""What `earmark build --executor` can't be asked together with."""

from earmark.cli.building import Asked
from earmark.library.distributed.schedulers import ExecutorRefused, address_for
from earmark.library.inputs.sources import STANDARD_INPUT
from earmark.storage.remote import address_of


def refuse_mixtures(asked: Asked, *, preview: bool) -> None:
    """Raise `ExecutorRefused` or `ExecutorUnusable` where workers can't make what was asked for."""
    address_for(asked.executor)
    mixed = {
        "--shard": (bool(asked.shard), "the workers have parts of their own"),
        "--preview": (preview, "a preview is made here"),
        "--trace": (asked.trace is not None, "what workers do can't be looked into from here"),
        "standard input": (STANDARD_INPUT in asked.sources, "workers read files"),
    }
    for name, (given, why) in mixed.items():
        if given:
            raise ExecutorRefused(f"--executor does not go together with {name}", hint=f"Leave one of them out: {why}.")
    if any(map(address_of, (*asked.sources, asked.out))):
        hint = "Share a folder; or build parts with --shard, which take addresses. The cache may be one."
        raise ExecutorRefused(
            "with --executor, articles and editions lie in folders that all machines share", hint=hint
        )
