"""Folders that are addresses in object stores: fetched before a command looks at them, sent when it has written there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from earmark.cli.telling import console
from earmark.library.distributed.mirrors import mirror_of
from earmark.storage.remote import address_of


@contextmanager
def at_hand(sources: Sequence[Path], out: Path) -> Iterator[tuple[tuple[Path, ...], Path]]:
    """Give `sources` and `out` as folders of this machine; what is written into `out` is sent at the end.

    Raises `StoreUnusable` and `StoreUnreachable`.
    """
    mirror = mirror_of(address_of(out), kept()) if address_of(out) else None
    if mirror:
        mirror.pull()
    yield tuple(map(_fetched, sources)), mirror.folder if mirror else out
    if mirror:
        sent = mirror.push()
        console.note(f"{sent} files sent to {address_of(out)}")


def kept() -> Path:
    """Return where this machine keeps what it has fetched."""
    return platformdirs.user_cache_path("earmark")


def _fetched(source: Path) -> Path:
    address = address_of(source)
    if not address:
        return source
    mirror = mirror_of(address, kept())
    mirror.pull()
    return mirror.folder
