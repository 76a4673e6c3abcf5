"""Atomic files: written aside, brought to the disk, and only then given their name."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from earmark.errors import WriteError
from earmark.storage.holding import create_held, hold, is_abandoned

PREFIX = ".earmark-"
SUFFIX = ".part"

# Windows replaces no file that a player, a server or a scanner for viruses has open just then, s.
_WAITS = (0.02, 0.1, 0.2, 0.4, 0.8) if os.name == "nt" else ()

_HINTS = {
    errno.ENOSPC: "The disk is full: free some space and run it again; what is finished is kept",
    errno.EDQUOT: "The quota is used up: free some space and run it again; what is finished is kept",
    errno.EIO: "The disk or the way to it fails: look at the system's log, then run it again; what is finished is kept",
    errno.EROFS: "The file system is read-only: choose another folder",
    errno.EACCES: "Check the permissions of the folder, and that no other program has the file open",
    errno.EPERM: "Check the permissions of the folder, and that no other program has the file open",
    errno.EISDIR: "A folder has this name: move it away",
    errno.EEXIST: "A file or a link that leads nowhere stands where a folder is needed: move it away",
    errno.ENOTDIR: "A part of this path is a file: move it away or choose another folder",
    errno.ENOENT: "The folder is gone: it was moved or deleted meanwhile",
    errno.ENAMETOOLONG: "The name is too long: choose a shorter slug",
}


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into `WriteError` about `path`, with what to do."""
    try:
        yield
    except OSError as error:
        message = (error.strerror or str(error)).lower()
        raise WriteError(message, path=path, hint=_HINTS.get(error.errno or 0, "")) from error


def refuse_device(path: Path) -> None:
    """Raise `WriteError` if `path` is a device, a pipe or a socket, or a process's open file, as /dev/stdout is.

    A file never takes the place of one: done by root, that would take it from everybody.
    """
    with suppress(OSError):
        kind = path.stat().st_mode
        above = os.path.realpath(path.parent)
        plain = stat.S_ISREG(kind) or stat.S_ISDIR(kind)  # what stands in a folder's way is told by the system
        if not plain or above == "/dev" or above.startswith("/proc/"):
            raise WriteError(
                "this is no file", path=path, hint="Name a file; a pipe or a device is not replaced by one"
            )


def write_atomically(path: Path, content: bytes | Iterable[bytes], *, durable: bool = True) -> None:
    """Give `path` this content, whole, or leave what was there before.

    `content` may come in pieces, which are not kept. With `durable` the file and its name are on the
    disk when this returns; without, they survive the end of the process but not a power cut. Raises
    `WriteError`; what `content` itself raises is passed on, and nothing is left behind.
    """
    with Staged(path, content, durable=durable) as staged:
        staged.publish()
        if durable:
            with write_errors(path):
                sync_folder(path.parent)


class Staged:
    """A file that is written but has not got its name; at the end of its context it has, or is gone."""

    def __init__(self, path: Path, content: bytes | Iterable[bytes], *, durable: bool = True) -> None:
        """Write `content`, with `durable` to the disk. Raises as `write_atomically` does."""
        self.path = path
        refuse_device(path)
        with write_errors(path):
            self._descriptor, self.temporary = create_held(path.parent, PREFIX, SUFFIX)
        try:
            _fill(self._descriptor, path, content, durable=durable)
        except BaseException:
            self.discard()
            raise

    def sync(self) -> None:
        """Bring what was written without `durable` to the disk; another thread may do it. Raises `WriteError`."""
        with write_errors(self.path):
            os.fsync(self._descriptor)

    def publish(self) -> None:
        """Give the file its name; the folder still has to be brought to the disk. Raises `WriteError`."""
        with write_errors(self.path):
            if sys.platform == "win32":  # pragma: no cover (an open file has no new name there)
                self._close()
            # Elsewhere the file is held until it has its name, or a sweep could take it for an orphan.
            _replace(self.temporary, self.path)
        self._close()

    def discard(self) -> None:
        """Remove the file, unless it has its name; safe to call twice."""
        if self._descriptor >= 0:
            with suppress(OSError):
                self.temporary.unlink(missing_ok=True)
            self._close()

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def __enter__(self) -> Self:
        """Return the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the file if it has no name."""
        self.discard()


def _fill(descriptor: int, path: Path, content: bytes | Iterable[bytes], *, durable: bool) -> None:
    """Write `content` into an open file that is called `path` later."""
    file = open(descriptor, "wb", closefd=False)  # noqa: SIM115 (a close that fails must not hide why the writing did)
    try:
        for piece in (content,) if isinstance(content, bytes) else content:
            with write_errors(path):
                file.write(piece)
        with write_errors(path):
            file.flush()
            if durable:
                os.fsync(descriptor)
    finally:
        with suppress(OSError):  # it tries once more to write what it could not
            file.close()


def _replace(temporary: Path, path: Path) -> None:
    """Give a file its name; where somebody reads what has that name now, and that forbids it, wait a little."""
    for wait in _WAITS:
        with suppress(PermissionError):
            temporary.replace(path)
            return
        time.sleep(wait)
    temporary.replace(path)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can."""
    if sys.platform == "win32":  # pragma: no cover (folders can't be opened there; NTFS keeps a journal)
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_temporary(name: str) -> bool:
    """Tell whether a file is called as those are that are being written."""
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def sweep(folder: Path) -> int:
    """Remove what killed processes left half written in `folder`; return how many files that were.

    Files that a living process is writing are left alone. A folder that is not there is swept.
    """
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return 0
    left = filter(is_temporary, names)
    return sum(is_abandoned(folder / name) for name in left)


class Lock:
    """A lock between processes (and threads) that ends with its process, however that ends.

    The file stays: to remove it would let two processes each hold a lock of the same name.
    """

    def __init__(self, path: Path) -> None:
        """Name the lock; nothing is opened yet."""
        self.path = path
        self._descriptor = -1

    def acquire(self, *, wait: bool = True) -> bool:
        """Take the lock; without `wait`, return False at once if another has it.

        Waiting can be interrupted. Raises `WriteError` if the file can't be made.
        """
        with write_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o666)
            try:
                taken = hold(descriptor, wait=wait)
            except BaseException:
                os.close(descriptor)
                raise
        if taken:
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return taken

    def release(self) -> None:
        """Give the lock back; safe to call twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        """Wait for the lock."""
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self.release()
