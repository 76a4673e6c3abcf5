"""Holding an open file so that every other process can tell whether its holder still lives."""

import os
import secrets
import sys
import time
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover (the other branch is covered where the tests run)
    import msvcrt

    def hold(descriptor: int, *, wait: bool) -> bool:
        """Take the file for this process; False if another holds it and `wait` is not set."""
        while True:
            os.lseek(descriptor, 0, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.05)
            else:
                return True

    def _take_new(descriptor: int) -> bool:
        # An open file can't be deleted here, which is all that the holding of a new file is for;
        # a lock would forbid this process itself to write it through another handle.
        del descriptor
        return True

    def is_abandoned(path: Path) -> bool:
        """Tell whether nobody holds the file, and remove it if so."""
        try:
            path.unlink()
        except OSError:
            return not path.exists()
        return True

    def is_held(path: Path) -> bool:
        """Tell whether a living process has the file open: then it can't be given a name, not even its own."""
        try:
            path.rename(path)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

else:
    import fcntl

    def hold(descriptor: int, *, wait: bool) -> bool:
        """Take the file for this process; False if another holds it and `wait` is not set."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _take_new(descriptor: int) -> bool:
        try:
            # Between its creation and the lock, another process may have swept the file as nobody's.
            return hold(descriptor, wait=False) and os.fstat(descriptor).st_nlink > 0
        except OSError:  # a file system without locks: nobody can sweep there either
            return True

    def is_abandoned(path: Path) -> bool:
        """Tell whether nobody holds the file, and remove it if so."""
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        try:
            if not hold(descriptor, wait=False):
                return False
            path.unlink(missing_ok=True)
        except OSError:
            return False
        else:
            return True
        finally:
            os.close(descriptor)

    def is_held(path: Path) -> bool:
        """Tell whether a living process holds the file, as far as that can be told; one that is gone is held by nobody."""
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            return not hold(descriptor, wait=False)
        except OSError:  # a file system without locks, or a handle without the right to lock: rather leave it
            return True
        finally:
            os.close(descriptor)


def create_held(folder: Path, prefix: str, suffix: str) -> tuple[int, Path]:
    """Return a new file of `folder`, open for writing and held as long as it stays open."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    while True:
        path = folder / f"{prefix}{secrets.token_hex(8)}{suffix}"
        descriptor = os.open(path, flags, 0o666)
        if _take_new(descriptor):
            return descriptor, path
        os.close(descriptor)
