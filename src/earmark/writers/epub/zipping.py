"""A ZIP archive as a stream of bytes: the same bytes every time, and an hour of sound is never in memory.

Everything is stored: sound and pictures do not shrink, and what compresses a text differs between
systems. There are no times in it but the format's first one, 1 January 1980. What is over 4 GB, as the sound of a week is,
stands in ZIP64 fields, which are written only where they are needed, as EPUB asks.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from zlib import crc32

from msgspec import Struct

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END_64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_VERSION, _VERSION_64 = 20, 45
_UNIX = 3 << 8
_FILE_MODE = 0o100644 << 16
_UTF_8 = 1 << 11
_FIRST_DAY = 1 << 5 | 1
_SHORT = 1 << 20  # bytes of a file that may be held
_MOST, _FULL = (1 << 32) - 2, (1 << 32) - 1
_MOST_MEMBERS, _FULL_MEMBERS = (1 << 16) - 2, (1 << 16) - 1


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

    @classmethod
    def made(cls, name: str, make: Callable[[], Iterable[bytes]]) -> "Member":
        """Return a file that is made once to be summed up, and, unless it is short, once more to be written."""
        held: list[bytes] = []
        size = crc = 0
        for chunk in make():
            size, crc = size + len(chunk), crc32(chunk, crc)
            if size <= _SHORT:
                held.append(chunk)
        return cls(name, size, crc, (lambda: held) if size <= _SHORT else make)


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield an archive of `members`, in their order. Raises `ValueError` for a file that is not as told."""
    directory: list[bytes] = []
    at = 0
    for member in members:
        name = member.name.encode()
        sizes = (member.size, member.size) if member.size > _MOST else ()
        head = _head(member, name, sizes)
        local = _LOCAL.pack(b"PK\x03\x04", *head) + name + _extra(sizes)
        wide = (*sizes, at) if at > _MOST else sizes
        directory.append(
            _CENTRAL.pack(
                b"PK\x01\x02", _UNIX | _head(member, name, wide)[0], *_head(member, name, wide),
                0, 0, 0, _FILE_MODE, _FULL if at > _MOST else at,
            ) + name + _extra(wide)
        )  # fmt: skip
        yield local
        length = crc = 0
        for chunk in member.chunks():
            length, crc = length + len(chunk), crc32(chunk, crc)
            yield chunk
        if (length, crc) != (member.size, member.crc):
            raise ValueError(f"{member.name} is not what it was said to be")
        at += len(local) + length
    yield from _end(directory, at)


def _head(member: Member, name: bytes, wide: Sequence[int]) -> tuple[int, ...]:
    """Return what local and central headers share; `wide` are the numbers that stand in a ZIP64 field."""
    size = _FULL if member.size > _MOST else member.size
    flags = 0 if name.isascii() else _UTF_8
    version = _VERSION_64 if wide else _VERSION
    return version, flags, 0, 0, _FIRST_DAY, member.crc, size, size, len(name), len(_extra(wide))


def _extra(wide: Sequence[int]) -> bytes:
    return struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""


def _end(directory: Sequence[bytes], at: int) -> Iterator[bytes]:
    """Yield the central directory, which begins at `at`, and what stands behind it."""
    entries, count = b"".join(directory), len(directory)
    yield entries
    if count > _MOST_MEMBERS or len(entries) > _MOST or at > _MOST:
        about = (_END_64.size - 12, _UNIX | _VERSION_64, _VERSION_64, 0, 0, count, count, len(entries), at)
        yield _END_64.pack(b"PK\x06\x06", *about)
        yield _LOCATOR.pack(b"PK\x06\x07", 0, at + len(entries), 1)
    told = _FULL_MEMBERS if count > _MOST_MEMBERS else count
    size, place = (_FULL if number > _MOST else number for number in (len(entries), at))
    yield _END.pack(b"PK\x05\x06", 0, 0, told, told, size, place, 0)
