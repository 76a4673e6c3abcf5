"""What `earmark prune` does once its arguments are known: list, ask, delete."""

import sys
from contextlib import ExitStack
from pathlib import Path

import typer

from earmark.cli import exits
from earmark.cli.building import Asked, plan_of
from earmark.cli.telling import console
from earmark.library.gate.prune import Doomed, Pruning
from earmark.library.inputs.sources import SourceNotFound
from earmark.storage.remote import address_of


def run(folder: Path, *, out: Path, yes: bool) -> int:
    """Delete what nobody wants any more, if that is what is wanted; return the exit code."""
    if not any(map(address_of, (folder, out))):
        return _run(folder, out=out, yes=yes)
    from earmark.cli.afar import at_hand  # noqa: PLC0415 (few work with what lies in an object store)

    with at_hand((folder,), out) as ((here,), there):
        return _run(here, out=there, yes=yes)


def _run(folder: Path, *, out: Path, yes: bool) -> int:
    if folder == Path("-") or folder.is_file():
        raise SourceNotFound(f"{folder} is no folder of articles", hint="Name the whole folder.")
    plan = plan_of(
        Asked(sources=(folder,), out=out, flags={}, jobs=1, force=False, report=None, plain=True, cache=None)
    )
    if folder.resolve() != plan.folder.root.resolve():
        raise SourceNotFound(f"{folder} is a part of {plan.folder.root}", hint=f"Name {plan.folder.root}.")
    with ExitStack() as stack:
        pruning = Pruning(plan, stack)
        for one in pruning.editions:
            console.result(_line(one))
        for path in pruning.leftovers:
            console.result(f"{path}: half written by a build that was killed")
        if not pruning.editions and not pruning.leftovers:
            console.result("nothing to delete")
            return exits.OK
        if not yes and not _is_answered():
            console.note("nothing was deleted: nobody is there to ask. Run it again with --yes.")
            return exits.USAGE
        if not yes and not typer.confirm("Delete all this?", err=True):
            console.note("nothing was deleted")
            return exits.OK
        pruned = pruning.carry_out()
    for trouble in pruned.troubles:
        console.complain(trouble)
    for line in pruned.kept:
        console.note(f"left alone: {line}")
    console.result(f"{len(pruned.deleted)} deleted")
    return exits.combined(exits.code_of(trouble) for trouble in pruned.troubles)


def _is_answered() -> bool:
    """Tell whether somebody is there to answer a question."""
    return sys.stdin.isatty()


def _line(one: Doomed) -> str:
    files = "1 file" if len(one.files) == 1 else f"{len(one.files)} files"
    home = f"; {one.moved} has its text now, and no id line that keeps its subscribers" if one.moved else ""
    return f"{one.folder}: {files}, {one.bytes / 1e6:.1f} MB; {one.reason}{home}"
