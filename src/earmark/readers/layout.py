"""How a plain text is laid out: lines broken at a width, one line a paragraph, or lines of their own."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from msgspec import Struct

from earmark.article import Inline
from earmark.readers.inline import Running

_WIDEST = 120  # lines that are broken by hand or by an editor are no longer
_NARROWEST = 40
_SLACK = 6  # an editor may break this much earlier than it must
_MOSTLY = 0.6
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*\Z")
_NUMBERED = re.compile(r"\d{1,3}[.)][ \t]+\S")
_SHORT = 0.7  # a line that fills less of the width, and ends a sentence, ends a paragraph


class Line(Struct, frozen=True):
    """A line that is not blank: its text without indentation, how far it is indented, and where it stands."""

    text: str
    indent: int
    number: int


class Kind(Enum):
    """Why a line ends."""

    WRAPPED = auto()  # there was no room for the next word
    LINES = auto()  # each line is a paragraph
    RAGGED = auto()  # by hand: verse, addresses, one clause a line


class Layout(Struct, frozen=True):
    """How a text is laid out, and how wide (in code points) where its lines are broken at a width."""

    kind: Kind
    width: int = 0


def layout_of(chunks: Sequence[Sequence[Line]]) -> Layout:
    """Tell how a text is laid out, from every line that is followed directly by another."""
    breaks = [(line, after) for chunk in chunks for line, after in pairwise(chunk)]
    if not breaks:
        return Layout(Kind.LINES)
    lengths = sorted(_length(line) for chunk in chunks if len(chunk) > 1 for line in chunk)
    width = lengths[round((len(lengths) - 1) * 0.9)]  # one long address doesn't make a text wide
    if width > _WIDEST:
        return Layout(Kind.LINES)
    full = sum(_full(line, after, width) for line, after in breaks)
    if width >= _NARROWEST and full >= _MOSTLY * len(breaks):
        return Layout(Kind.WRAPPED, width)
    closed = sum(bool(_ENDS.search(line.text)) for line, _ in breaks)
    return Layout(Kind.LINES if closed >= _MOSTLY * len(breaks) else Kind.RAGGED, width)


def paragraphs(lines: Sequence[Line], layout: Layout) -> list[tuple[Inline, int]]:
    """Return the paragraphs of lines without a blank one between them, each with its first line's number."""
    indented = _indented(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _begins(groups[-1][-1], line, layout, indented=line.number in indented):
            groups.append([])
        groups[-1].append(line)
    return [(_joined(group, layout), group[0].number) for group in groups]


def _length(line: Line) -> int:
    return line.indent + len(line.text)


def _full(line: Line, after: Line, width: int) -> bool:
    """Tell whether the next line's first word had no room on this one."""
    first = next(iter(after.text.split(None, 1)), "")  # a line of control characters has no word
    return _length(line) + 1 + len(first) > width - _SLACK


def _indented(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are set in, where that begins a paragraph: fewer than half of them."""
    least = min(line.indent for line in lines)
    found = frozenset(line.number for line in lines if line.indent >= least + 2)
    return found if 2 * len(found) <= len(lines) else frozenset()


def _begins(before: Line, line: Line, layout: Layout, *, indented: bool) -> bool:
    if indented or layout.kind is Kind.LINES or _NUMBERED.match(line.text):
        return True
    if layout.kind is Kind.RAGGED:
        return False
    return (
        not _full(before, line, layout.width)
        and _length(before) < _SHORT * layout.width
        and _ENDS.search(before.text) is not None
    )


def _joined(lines: Sequence[Line], layout: Layout) -> Inline:
    running = Running()
    before: Line | None = None
    for line in lines:
        if before is not None and _broken(before, line, layout):
            running.line_break()  # a line of verse, of an address or of a page's foot is heard as one
        else:
            running.write(" ")
        running.write(line.text)
        before = line
    return running.finish()


def _broken(before: Line, line: Line, layout: Layout) -> bool:
    """Tell whether a line was ended by hand, within a paragraph."""
    if line.text[0].islower():
        return False
    if layout.kind is Kind.RAGGED:
        return True
    return (
        layout.kind is Kind.WRAPPED
        and _length(before) < _SHORT * layout.width
        and not _full(before, line, layout.width)
    )
