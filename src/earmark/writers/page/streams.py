"""What a long article's page is too long for: put into the page, which a template has made, as that is written.

A template gets a mark in its place, and knows no difference unless it looks into it. A mark begins and ends with NUL, which
nothing else in a page can hold.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from earmark.packed import Again

_MARK = re.compile(r"\0(\d+)\0|\"\\u0000(\d+)\\u0000\"")
_AT_ONCE = 1_000  # values of a list that are written at once
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"})  # as `tojson` has it


class Lines(Again[str]):
    """A text line by line."""

    __slots__ = ()


class Streams:
    """What is held back of one edition's page; of a short one nothing is."""

    def __init__(self, *, hold: bool) -> None:
        """Hold back what is long, or nothing."""
        self._hold = hold
        self._held: list[Callable[[], Iterator[str]]] = []

    def markup(self, pieces: Iterable[str]) -> str:
        """Return what a template is given for markup in pieces."""
        return self._mark(lambda: iter(pieces)) if self._hold else "".join(pieces)

    def data(self, value: Mapping[str, object]) -> object:
        """Return what a template is given to write as JSON."""
        if self._hold:
            return self._mark(lambda: _json(value))
        return _whole(value)

    def filled(self, page: str) -> Iterator[bytes]:
        """Yield a page that a template has made, with what was held back in its place."""
        at = 0
        for mark in _MARK.finditer(page) if self._held else ():
            yield page[at : mark.start()].encode("utf-8", "replace")
            for piece in self._held[int(mark[1] or mark[2])]():
                yield piece.encode("utf-8", "replace")
            at = mark.end()
        yield page[at:].encode("utf-8", "replace")

    def _mark(self, held: Callable[[], Iterator[str]]) -> str:
        self._held.append(held)
        return f"\0{len(self._held) - 1}\0"


def _whole(value: object) -> object:
    if isinstance(value, Lines):
        return "\n".join(value)
    if isinstance(value, Again):
        return list(value)
    return {key: _whole(one) for key, one in value.items()} if isinstance(value, Mapping) else value


def _json(value: object) -> Iterator[str]:
    """Yield a value as `tojson` writes it, keys in order, piece by piece."""
    if isinstance(value, Lines):
        yield from _text(value)
    elif isinstance(value, Again):
        yield from _list(value)
    elif isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        before = "{"
        for key in sorted(value):
            yield f"{before}{_safe(key)}: "
            yield from _json(value[key])
            before = ", "
        yield "{}" if before == "{" else "}"
    else:
        yield _safe(value)


def _text(lines: Iterable[str]) -> Iterator[str]:
    yield '"'
    before = ""
    for line in lines:
        yield _safe(before + line)[1:-1]
        before = "\n"
    yield '"'


def _list(values: Iterable[object]) -> Iterator[str]:
    before, some = "[", list[object]()
    for value in values:
        some.append(value)
        if len(some) == _AT_ONCE:
            yield before + _safe(some)[1:-1]
            before, some = ", ", []
    yield (before + _safe(some)[1:-1] if some or before == "[" else "") + "]"


def _safe(value: object) -> str:
    return json.dumps(value, sort_keys=True).translate(_UNSAFE)
