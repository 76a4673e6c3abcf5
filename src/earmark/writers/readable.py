"""JSON as earmark publishes it: the same bytes every time, one item of a list to a line, so that a diff reads well."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO

import msgspec
from msgspec.structs import asdict


def _compact(value: object) -> bytes:
    """Return a value on one line; a dataclass is an object of its fields.

    Half a surrogate pair, which no UTF-8 can hold, becomes "?": offsets into the text stay right.
    """
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=0)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=asdict).encode("utf-8", "replace")


def _laid_out(value: object) -> Iterator[bytes]:
    """Yield a value piece by piece: the cues of a long article come one by one, and are never all in memory."""
    if not isinstance(value, Iterator):
        yield _compact(value)
        return
    between = b"[\n    "
    for item in value:
        yield between
        yield _compact(item)
        between = b",\n    "
    yield b"[]" if between[:1] == b"[" else b"\n  ]"


def readable(document: Mapping[str, object], *, seal: bool = False) -> bytes:
    """Return `document` as UTF-8: a key to a line in the order given, what is an iterator an item to a line.

    With `seal`, the last key is "sha256": that of all that stands before it, up to the comma.
    """
    out = BytesIO()
    out.writelines(pieces(document, seal=seal))
    return out.getvalue()


def pieces(document: Mapping[str, object], *, seal: bool = False) -> Iterator[bytes]:
    """Yield what `readable` returns, piece by piece."""
    digest = sha256()
    for piece in _opened(document):
        digest.update(piece)
        yield piece
    if seal:
        between = b",\n  " if document else b"{\n  "
        yield b'%b"sha256": "%b"' % (between, digest.hexdigest().encode("ascii"))
    yield b"\n}\n"


def _opened(document: Mapping[str, object]) -> Iterator[bytes]:
    """Yield a document without its end."""
    between = b"{\n  "
    for key, value in document.items():
        yield b"%b%b: " % (between, _compact(key))
        yield from _laid_out(value)
        between = b",\n  "
