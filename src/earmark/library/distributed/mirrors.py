"""Folders in object stores, kept as folders of this machine: what changed there is fetched, what changed here is sent."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TypeVar

import msgspec
from msgspec import Struct

from earmark.errors import WriteError
from earmark.library.distributed.shards import MANIFESTS
from earmark.library.state.freshness import RECORD
from earmark.library.state.index import FOLDER
from earmark.storage import Lock, write_atomically
from earmark.storage.files import is_temporary, write_errors
from earmark.storage.remote import Entry, Remote, StoreUnusable

_T = TypeVar("_T")
_AT_ONCE = 16  # requests under way: a store answers each in tens of milliseconds
_STATE = "mirrored"
_SENT = frozenset({"front", "feeds"})  # of `.earmark`: what else lies there is about this machine's files


class _Same(Struct, frozen=True, array_like=True):
    """An object that is a file here: what tells that either has changed."""

    mark: str
    size: int
    mtime_ns: int


class Mirror:
    """A folder of this machine that stands for one in an object store."""

    def __init__(self, remote: Remote, folder: Path) -> None:
        """Name both; `folder` is made by the first `pull`."""
        self.folder, self._remote = folder, remote
        self._state = folder.with_name(f"{folder.name}.{_STATE}")
        self._same: dict[str, _Same] = {}

    def pull(self) -> int:
        """Fetch what is not here as it is there, records last; return how many that were.

        What was fetched or sent before and is gone there goes here too. Raises `StoreUnusable` and
        `StoreUnreachable`, and `WriteError`.
        """
        with write_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        with Lock(self._state.with_suffix(".lock")):
            self._same = self._read()
            there = {entry.name: entry for entry in self._remote.entries()}
            stale = [entry for entry in there.values() if not self._is_same(entry)]
            for name in sorted(self._same.keys() - there.keys(), key=_records_first):
                with write_errors(self.folder / name):
                    (self.folder / name).unlink(missing_ok=True)
                del self._same[name]
            for group in _in_turn(stale, lambda entry: entry.name):
                self._each(group, self._fetch)
            self._write()
        return len(stale)

    def push(self) -> int:
        """Send what has changed here: an edition's record after its files, and what lists them after all records.

        What is gone here goes there too. Returns how many files were sent. Raises as `pull` does.
        """
        with Lock(self._state.with_suffix(".lock")):
            here = sorted(self._files())
            changed = [name for name in here if self._seen(name) != self._same.get(name)]
            for name in sorted(self._same.keys() - set(here), key=_records_first):
                self._remote.delete(name)
                del self._same[name]
            for group in _in_turn(changed, lambda name: name):
                self._each(group, self._send)
                self._write()
        return len(changed)

    def _files(self) -> Iterator[str]:
        """Yield the names of all files that belong there."""
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder)
            own = name.parts[0] == FOLDER
            sent = not own or name.parts[1:2] == (MANIFESTS,) or name.name in _SENT
            if sent and not is_temporary(path.name) and path.is_file():
                yield name.as_posix()

    def _is_same(self, entry: Entry) -> bool:
        same = self._same.get(entry.name)
        return same is not None and same.mark == entry.mark and self._seen(entry.name) == same

    def _seen(self, name: str) -> _Same | None:
        """Return a file as it is here, with the mark that it was last the same with."""
        try:
            status = (self.folder / name).stat()
        except OSError:
            return None
        same = self._same.get(name)
        return _Same(same.mark if same else "", status.st_size, status.st_mtime_ns)

    def _fetch(self, entry: Entry) -> tuple[str, str]:
        path = self.folder / _safe(entry.name)
        data = self._remote.get(entry.name)
        if data is not None:
            with write_errors(path):
                path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data, durable=False)
        return entry.name, entry.mark

    def _send(self, name: str) -> tuple[str, str]:
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise WriteError(f"it has vanished: {error.strerror}", path=self.folder / name) from None
        return name, self._remote.put(name, data)

    def _each(self, group: Iterable[object], do: Callable[..., tuple[str, str]]) -> None:
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="mirror") as pool:
            for name, mark in pool.map(do, group):
                seen = self._seen(name)
                if seen is not None:
                    self._same[name] = _Same(mark, seen.size, seen.mtime_ns)

    def _read(self) -> dict[str, _Same]:
        try:
            return msgspec.msgpack.decode(self._state.read_bytes(), type=dict[str, _Same])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}

    def _write(self) -> None:
        write_atomically(self._state, msgspec.msgpack.encode(self._same), durable=False)


def mirror_of(address: str, beside: Path) -> Mirror:
    """Return the mirror of an address, in the folder `beside`: the same one each time."""
    named = sha256(address.encode()).hexdigest()[:16]
    return Mirror(Remote(address), beside / "mirrors" / named / PurePosixPath(address).name)


def _safe(name: str) -> PurePosixPath:
    """Return an object's name as a path below a folder. Raises `StoreUnusable` for one that would leave it."""
    parts = name.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or "\0" in part or ":" in part for part in parts):
        raise StoreUnusable(f"an object has a name that no file can have: {name[:80]!r}", hint="Take it away.")
    return PurePosixPath(name)


def _records_first(name: str) -> tuple[bool, str]:
    return PurePosixPath(name).name != RECORD, name


def _in_turn(things: Iterable[_T], name_of: Callable[[_T], str]) -> Iterator[list[_T]]:
    """Yield what may travel together: files of editions, then records, then what lists them, then the manifests."""
    turns: list[list[_T]] = [[], [], [], []]
    for thing in things:
        name = PurePosixPath(name_of(thing))
        own = name.parts[0] == FOLDER
        turns[3 if own else 2 if len(name.parts) == 1 else 1 if name.name == RECORD else 0].append(thing)
    yield from turns
