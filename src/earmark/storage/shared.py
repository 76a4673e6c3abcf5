"""A cache that many machines share: an object store behind the folder of each."""

import time
from collections.abc import Callable
from pathlib import Path

from earmark.storage.objects import ObjectStore
from earmark.storage.record import Stored, decode, encode
from earmark.storage.remote import Remote


class SharedStore(ObjectStore):
    """A folder of objects in front of one in an object store; what was put first *there* is what everybody uses.

    What is read is checked as in the folder: a wrong object is as none, and written over by whoever makes it.
    """

    def __init__(
        self, folder: Path, remote: Remote, *, clock: Callable[[], float] = time.time, whole: bool = False
    ) -> None:
        """Name both; nothing is read before the first use."""
        super().__init__(folder, clock=clock, whole=whole)
        self._remote = remote

    def header(self, key: str) -> bytes | None:
        """Return the header stored under `key`, or None."""
        found = super().header(key)
        if found is None and (fetched := self._fetch(key)):
            return fetched.header
        return found

    def get(self, key: str) -> Stored | None:
        """Return the object stored under `key`, checked, or None."""
        return super().get(key) or self._fetch(key)

    def put(self, key: str, header: bytes, payload: bytes) -> Stored:
        """Store an object unless there is one; return what is stored, which may be another machine's."""
        stored = Stored(header, payload)
        content = encode(key, stored)
        if not self._remote.put_new(_name(key), content):
            other = decode(key, self._remote.get(_name(key)) or b"")
            if other is None:
                self._remote.put(_name(key), content)
            else:
                stored = other
        return super().put(key, stored.header, stored.payload)

    def _fetch(self, key: str) -> Stored | None:
        stored = decode(key, self._remote.get(_name(key)) or b"")
        return super().put(key, stored.header, stored.payload) if stored else None


def _name(key: str) -> str:
    return f"objects/{key[:2]}/{key[2:]}"
