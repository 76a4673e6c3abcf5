"""Folders that are addresses in object stores: fetched before a command looks at them, sent when it has written there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from earmark.cli.telling import console
from earmark.library.distributed.mirrors import mirror_of
from earmark.library.inputs.sources import SourceNotFound
from earmark.storage.remote import address_of


@contextmanager
def at_hand(sources: Sequence[Path], out: Path, *, send: bool = True) -> Iterator[tuple[tuple[Path, ...], Path]]:
    """Give `sources` and `out` as folders of this machine; with `send`, what is written into `out` is sent at the end.

    Raises `SourceNotFound` for a source where nothing lies, `StoreUnusable` and `StoreUnreachable`.
    """
    mirror = mirror_of(address_of(out), kept()) if address_of(out) else None
    if mirror:
        mirror.pull()
    yield tuple(_fetched(source, may_be_empty=source == out) for source in sources), mirror.folder if mirror else out
    if mirror and send:
        sent = mirror.push()
        console.note(f"{sent} files sent to {address_of(out)}")


def kept() -> Path:
    """Return where this machine keeps what it has fetched."""
    return platformdirs.user_cache_path("earmark")


def _fetched(source: Path, *, may_be_empty: bool) -> Path:
    address = address_of(source)
    if not address:
        return source
    mirror = mirror_of(address, kept())
    mirror.pull()
    if not may_be_empty and not any(path.is_file() for path in mirror.folder.rglob("*")):
        hint = "Name a folder that holds something; of a single article in a store, name its folder and --only."
        raise SourceNotFound(f"{address}: there is nothing in it", hint=hint)
    return mirror.folder
