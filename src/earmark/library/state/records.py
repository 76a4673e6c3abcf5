"""Reads the records of editions, of whose text nobody needs more than the beginning: a long article's is hundreds of megabytes."""

from collections.abc import Iterator
from pathlib import Path

from earmark.writers.record import Record, gist, is_whole, parse

_CUES = 5_000  # more than there are before an article's first paragraphs
_PIECE = 1 << 18


def record_at(path: Path) -> Record | None:
    """Return the record in a file, None if it is none. Raises `OSError` if it can't be read."""
    with path.open("rb") as file:
        return parse(gist(file))


def beginning_at(path: Path) -> bytes:
    """Return the record in a file without its text but for the first sentences, b"" if it can't be read."""
    try:
        with path.open("rb") as file:
            return gist(file, cues=_CUES)
    except OSError:
        return b""


def is_sealed(path: Path) -> bool:
    """Tell whether a record is, to the last bit, what was published. Raises `OSError` if it can't be read."""
    return is_whole(_pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
