"""A ZIP archive as a stream of bytes: the same bytes every time, and an hour of sound is never in memory.

Everything is stored: sound and pictures do not shrink, and what compresses a text differs between
systems. There are no times in it but the format's first one, 1 January 1980.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from zlib import crc32

from msgspec import Struct

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION
_FILE_MODE = 0o100644 << 16
_UTF_8 = 1 << 11
_FIRST_DAY = 1 << 5 | 1
_MOST = (1 << 32) - 1
_MOST_MEMBERS = (1 << 16) - 1


class Member(Struct, frozen=True):
    """A file of an archive: `size` bytes with the CRC-32 `crc`, which `chunks` yields."""

    name: str
    size: int
    crc: int
    chunks: Callable[[], Iterable[bytes]]

    @classmethod
    def of(cls, name: str, data: bytes) -> "Member":
        """Return a file that is in memory."""
        return cls(name, len(data), crc32(data), lambda: (data,))


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield an archive of `members`, in their order. Raises `ValueError` for more than 4 GB, or a file that is not as told."""
    directory: list[bytes] = []
    at = 0
    for member in members:
        name = member.name.encode()
        flags = 0 if name.isascii() else _UTF_8
        about = (flags, 0, 0, _FIRST_DAY, member.crc, member.size, member.size, len(name), 0)
        if at + _LOCAL.size + len(name) + member.size > _MOST or len(directory) == _MOST_MEMBERS:
            raise ValueError("more than a ZIP archive holds (4 GB, 65,535 files)")
        directory.append(_CENTRAL.pack(b"PK\x01\x02", _MADE_BY_UNIX, _VERSION, *about, 0, 0, 0, _FILE_MODE, at) + name)
        yield _LOCAL.pack(b"PK\x03\x04", _VERSION, *about) + name
        length = crc = 0
        for chunk in member.chunks():
            length, crc = length + len(chunk), crc32(chunk, crc)
            yield chunk
        if (length, crc) != (member.size, member.crc):
            raise ValueError(f"{member.name} is not what it was said to be")
        at += _LOCAL.size + len(name) + length
    entries = b"".join(directory)
    yield entries
    yield _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(entries), at, 0)
