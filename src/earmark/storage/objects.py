"""Stored objects: clips, encoded blocks and measurements under the hash of all that they depend on."""

import errno
import hashlib
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from earmark.errors import WriteError
from earmark.storage.files import PREFIX, SUFFIX, Lock, sweep, write_errors
from earmark.storage.holding import create_held, is_abandoned
from earmark.storage.record import Stored, encode, is_right, read_exactly, read_header

_KEY = re.compile(r"[0-9a-z]{16,128}")

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)

_DAY = 86_400.0
_WEEK = 7 * _DAY
_SLACK = 0.9  # an eviction goes on to this part of the limit, so that the next run need not evict again


class _Entry(Struct, frozen=True, order=True):
    used: float
    path: str
    size: int


class ObjectStore:
    """A folder of objects, shared by any number of threads and processes.

    What was put first under a key stays, so that everybody uses the same. Objects are checked when
    read and never brought to the disk by force: a wrong one is removed, and made again by whoever
    needs it. The time of an object's last use is its mtime, renewed at most once a day.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time, whole: bool = False) -> None:
        """Name the folder; nothing is read or made before the first use.

        With `whole`, an object is read to its end where its header alone is asked for too.
        """
        self.folder = folder
        self._objects = str(folder / "objects")
        self._clock, self._whole = clock, whole
        self._mutex = threading.Lock()
        self._used: set[str] = set()
        self._added = 0
        self._presence: tuple[int, Path] | None = None
        self._closed = False

    def header(self, key: str) -> bytes | None:
        """Return the header stored under `key`, or None; the payload is read only by a store that reads all whole."""
        if self._whole:
            stored = self.get(key)
            return stored.header if stored else None
        found = self._open(key)
        if found is None:
            return None
        descriptor, _, header, _ = found
        os.close(descriptor)
        return header

    def holds(self, key: str) -> bool:
        """Tell whether an object seems to be stored under `key`: it is not read, and may be wrong or gone in a moment."""
        return os.path.exists(self._path(key))  # noqa: PTH110 (one of a long article's hundreds)

    def get(self, key: str) -> Stored | None:
        """Return the object stored under `key`, checked, or None if there is none (or was a wrong one)."""
        found = self._open(key)
        if found is None:
            return None
        descriptor, begun, header, (length, digest) = found
        try:
            payload = begun + read_exactly(descriptor, length - len(begun))
        except OSError as error:
            raise _unreadable(self._path(key)) from error
        finally:
            os.close(descriptor)
        if len(payload) == length and hashlib.sha256(payload).digest() == digest:
            return Stored(header, payload)
        self._discard(key)
        return None

    def put(self, key: str, header: bytes, payload: bytes) -> Stored:
        """Store an object unless there is one under `key`; return what is stored, which may be another's.

        Raises `WriteError`.
        """
        path = self._path(key)
        self._announce()
        stored = Stored(header, payload)
        content = encode(key, stored)
        while not self._place(path, content):
            other = self.get(key)  # a wrong one is gone after this, and the place is free
            if other is not None:
                return other
        with self._mutex:
            self._used.add(key)
            self._added += len(content)
        return stored

    def tidy(self) -> None:
        """Remove what killed processes have left: half-written objects, and the signs that they were at work."""
        sweep(self.folder / "new")
        for _ in self._others():
            pass  # whoever is gone goes by being asked for

    def hold_to(self, most_bytes: int) -> int:
        """Remove the objects that were not used for longest until `most_bytes` hold; return how many went.

        What this store's user or another living process has used stays, even beyond the limit. The
        size is remembered between runs, so that usually nothing is walked.
        """
        if not self.folder.is_dir():
            return 0  # nothing was ever stored, and a look must not make a folder
        estimate = self.folder / "size"
        with Lock(self.folder / "lock"):
            sweep(self.folder / "new")
            known = self._known_size(estimate)
            with self._mutex:
                added, self._added = self._added, 0
            total, gone = (known + added, 0) if known is not None else (most_bytes + 1, 0)
            if total > most_bytes:
                total, gone = self._evict(most_bytes)
            if known is None or total != known:
                with write_errors(estimate):
                    self._write_size(estimate, total, fresh=known is None or gone > 0)
        return gone

    def close(self) -> None:
        """Tell other processes that this one uses nothing any more; safe to call twice."""
        with self._mutex:
            presence, self._presence = self._presence, None
            self._closed = True  # a thread that was left behind must not leave a new sign
        if presence is not None:
            with suppress(OSError):
                os.close(presence[0])
                presence[1].unlink(missing_ok=True)

    # Reading

    def _path(self, key: str) -> str:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        return f"{self._objects}/{key[:2]}/{key[2:]}"

    def _open(self, key: str) -> tuple[int, bytes, bytes, tuple[int, bytes]] | None:
        """Return descriptor, the payload's first bytes, the header, and the payload's length and digest."""
        path = self._path(key)
        self._announce()
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path) from error
        try:
            parsed = read_header(descriptor, key)
        except OSError as error:
            os.close(descriptor)
            raise _unreadable(path) from error
        if parsed is None:
            os.close(descriptor)
            self._discard(key)
            return None
        self._note_use(key, path, descriptor)
        return descriptor, *parsed

    def _note_use(self, key: str, path: str, descriptor: int) -> None:
        with self._mutex:
            if key in self._used:
                return
            self._used.add(key)
        now = self._clock()
        if abs(now - os.fstat(descriptor).st_mtime) > _DAY:
            with suppress(OSError):  # a cache that others made may be read-only
                os.utime(path, (now, now))

    def _discard(self, key: str) -> None:
        """Remove a wrong object, unless somebody else did and put a right one there meanwhile."""
        path = self._path(key)
        with Lock(self.folder / "lock"), suppress(FileNotFoundError), write_errors(Path(path)):
            try:
                content = Path(path).read_bytes()
            except FileNotFoundError:
                return
            if not is_right(key, content):
                Path(path).unlink()

    # Writing

    def _place(self, path: str, content: bytes) -> bool:
        """Give `content` the name `path`; False if the name is taken."""
        new = self.folder / "new"
        target = Path(path)
        with write_errors(target):
            try:
                descriptor, temporary = create_held(new, PREFIX, SUFFIX)
            except FileNotFoundError:
                new.mkdir(parents=True, exist_ok=True)
                descriptor, temporary = create_held(new, PREFIX, SUFFIX)
            try:
                with open(descriptor, "wb", closefd=False) as file:
                    file.write(content)
                target.parent.mkdir(parents=True, exist_ok=True)
                return self._name(temporary, target)
            finally:
                os.close(descriptor)
                temporary.unlink(missing_ok=True)

    def _name(self, temporary: Path, target: Path) -> bool:
        """Give the file its name only if that is free."""
        try:
            os.link(temporary, target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # A file system without hard links: looking first and then renaming needs all others to wait.
            with Lock(self.folder / "lock"):
                if target.exists():
                    return False
                temporary.rename(target)
        return True

    # Holding to a size

    def _announce(self) -> None:
        """Let other processes see that this one uses the store, from before its first use."""
        with self._mutex:
            if self._closed:
                raise ValueError("the store is closed")
            if self._presence is not None:
                return
            users = self.folder / "users"
            with write_errors(users):
                users.mkdir(parents=True, exist_ok=True)
                # An eviction that is under way must end first: it did not know of this process.
                with Lock(self.folder / "lock"):
                    self._presence = create_held(users, "", ".user")

    def _others_since(self) -> float | None:
        """Return when the longest-running other process began to use the store, None if there is none."""
        since: float | None = None
        for path in self._others():
            with suppress(FileNotFoundError):
                began = path.stat().st_mtime
                since = began if since is None else min(since, began)
        return since

    def _others(self) -> Iterator[Path]:
        """Yield the signs of other living processes; those of the dead are removed."""
        own = self._presence[1] if self._presence else None
        for path in (self.folder / "users").glob("*.user"):
            if path != own and not is_abandoned(path):
                yield path

    def _known_size(self, estimate: Path) -> int | None:
        """Return the size as last written, None if it is unknown or too old to be trusted.

        A killed run's objects are missing from it, so the folder is walked once a week all the same.
        """
        try:
            size, _, counted = estimate.read_text("ascii").partition(" ")
            return int(size) if abs(self._clock() - float(counted)) < _WEEK else None
        except (OSError, ValueError):
            return None

    def _write_size(self, estimate: Path, size: int, *, fresh: bool) -> None:
        counted = str(self._clock())
        if not fresh:
            counted = estimate.read_text("ascii").partition(" ")[2]
        estimate.write_text(f"{size} {counted}", "ascii")

    def _evict(self, most_bytes: int) -> tuple[int, int]:
        """Remove what was not used for longest; return the bytes that stay and the number removed."""
        entries = sorted(self._walk())
        total = sum(entry.size for entry in entries)
        if total <= most_bytes:
            return total, 0
        others = self._others_since()
        # A use is only noted once a day: what another process reads now may look a day older.
        newest = float("inf") if others is None else others - _DAY
        gone = 0
        for entry in entries:
            if total <= most_bytes * _SLACK or entry.used >= newest:
                break
            path = Path(entry.path)
            if path.parent.name + path.name in self._used:
                continue
            with suppress(OSError):
                path.unlink()
                total -= entry.size
                gone += 1
        return total, gone

    def _walk(self) -> Iterator[_Entry]:
        with suppress(FileNotFoundError):
            for folder in os.scandir(self._objects):
                for entry in os.scandir(folder.path):
                    with suppress(FileNotFoundError):
                        status = entry.stat(follow_symlinks=False)
                        yield _Entry(status.st_mtime, entry.path, status.st_size)


def _unreadable(path: str) -> WriteError:
    return WriteError("the cache can't be read", path=path, hint="Choose another folder with --cache")
