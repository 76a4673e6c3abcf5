"""How a stored object looks on disk, and how a header or the whole is checked when read."""

import hashlib
import os
import struct

from msgspec import Struct

# On disk: magic, header's length, payload's length, sha256 of the payload, sha256 of all before and
# the key and the header; then the header, then the payload. So a header can be trusted without its
# payload, and an object under another's name is not mistaken for it.
_PREFIX = struct.Struct("<8sIQ32s")
_MAGIC = b"earmark\x01"
_DIGEST = 32
_HEADER_AT = _PREFIX.size + _DIGEST
_FIRST_READ = 8192  # the headers of nearly all clips, in one go


class Stored(Struct, frozen=True):
    """An object as it is stored: a small header and a payload."""

    header: bytes
    payload: bytes


def encode(key: str, stored: Stored) -> bytes:
    """Return the object as it is on disk."""
    payload_digest = hashlib.sha256(stored.payload).digest()
    prefix = _PREFIX.pack(_MAGIC, len(stored.header), len(stored.payload), payload_digest)
    return b"".join((prefix, _header_digest(key, prefix, stored.header), stored.header, stored.payload))


def _header_digest(key: str, prefix: bytes, header: bytes) -> bytes:
    return hashlib.sha256(b"".join((prefix, key.encode("ascii"), b"\0", header))).digest()


def read_header(descriptor: int, key: str) -> tuple[bytes, bytes, tuple[int, bytes]] | None:
    """Return the payload's first bytes, the header, and the payload's length and digest; None if wrong."""
    first = os.read(descriptor, _FIRST_READ)
    if len(first) < _HEADER_AT:
        return None
    magic, header_length, length, digest = _PREFIX.unpack_from(first)
    end = _HEADER_AT + header_length
    if magic != _MAGIC or os.fstat(descriptor).st_size != end + length:
        return None
    first += read_exactly(descriptor, end - len(first))
    header = first[_HEADER_AT:end]
    if _header_digest(key, first[: _PREFIX.size], header) != first[_PREFIX.size : _HEADER_AT]:
        return None
    return first[end:], header, (length, digest)


def read_exactly(descriptor: int, length: int) -> bytes:
    """Return the next `length` bytes, fewer only at the file's end, none if `length` is not positive."""
    pieces = []
    while length > 0 and (piece := os.read(descriptor, length)):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def is_right(key: str, content: bytes) -> bool:
    """Tell whether `content` is a whole and unharmed object of this key."""
    if len(content) < _HEADER_AT:
        return False
    _, header_length, length, digest = _PREFIX.unpack_from(content)
    header = content[_HEADER_AT : _HEADER_AT + header_length]
    payload = content[_HEADER_AT + header_length :]
    return (
        content[: len(_MAGIC)] == _MAGIC
        and len(payload) == length
        and hashlib.sha256(payload).digest() == digest
        and _header_digest(key, content[: _PREFIX.size], header) == content[_PREFIX.size : _HEADER_AT]
    )


def decode(key: str, content: bytes) -> Stored | None:
    """Return the object that `content` is, None unless it is a whole and unharmed one of this key."""
    if not is_right(key, content):
        return None
    end = _HEADER_AT + _PREFIX.unpack_from(content)[1]
    return Stored(content[_HEADER_AT:end], content[end:])
