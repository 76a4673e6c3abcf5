"""What a command can do with addresses in object stores: fetch and send them, or say that it works with files alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from earmark.cli.building import Asked
from earmark.library.inputs.sources import SourceNotFound
from earmark.storage.remote import address_of


@contextmanager
def nearby(asked: Asked, *, send: bool) -> Iterator[Asked]:
    """Give what is asked for with folders of this machine for addresses; with `send`, what changes there is sent at the end.

    Raises `StoreUnusable` and `StoreUnreachable`.
    """
    if not any(map(address_of, (*asked.sources, asked.out))):
        yield asked
        return
    from earmark.cli.afar import at_hand  # noqa: PLC0415 (few work with what lies in an object store)

    with at_hand(asked.sources, asked.out, send=send) as (sources, out):
        yield replace(asked, sources=sources, out=out)


def refuse_addresses(paths: Iterable[Path | None], hint: str) -> None:
    """Raise `SourceNotFound` if any of `paths` is an address, with `hint` for what to do instead."""
    for address in (address_of(path) for path in paths if path):
        if address:
            raise SourceNotFound(f"{address} is in an object store, and this command works with files", hint=hint)
