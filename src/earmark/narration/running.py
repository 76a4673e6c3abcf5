"""A field's running text without what stays silent in it, and the way back to the printed text.

Note marks and stretches that their author hid from assistive technology are taken out before
sentences are looked for: "the end.¹ Next" has to end at its full stop.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from earmark.article import Inline, Mark, MarkKind
from earmark.narration.script import Span

_SILENT = {MarkKind.NOTE_REFERENCE: "note-reference", MarkKind.SILENT: "aria-hidden"}
_UNBROKEN = {MarkKind.CODE, MarkKind.KEYBOARD, MarkKind.MATH, MarkKind.ABBREVIATION}

type_range = tuple[int, int]


class Silent(Struct, frozen=True):
    """A stretch `[start, end)` of the printed text that is not said, and why."""

    start: int
    end: int
    reason: str


class Running(Struct, frozen=True):
    """What is said of a field. `text` and `marks` are without the silent stretches.

    Piece i of `text` starts at `starts[i]` and stands at `offsets[i]` of `printed`. `notes` are the
    places in `text` where a note was marked, and the note's block id.
    """

    field: str
    printed: str
    text: str
    marks: tuple[Mark, ...]
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    silent: tuple[Silent, ...]
    notes: tuple[tuple[int, str], ...]

    def original(self, position: int, *, end: bool = False) -> int:
        """Return where a position of `text` stands in `printed`; the `end` of a stretch stays before a gap."""
        piece = bisect_right(self.starts, position - 1 if end and position else position) - 1
        return self.offsets[piece] + position - self.starts[piece]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return what `[start, end)` of `text` covers in `printed`, a span for each piece."""
        piece = bisect_right(self.starts, start) - 1
        spans: list[Span] = []
        while piece < len(self.starts) and self.starts[piece] < end:
            shift = self.offsets[piece] - self.starts[piece]
            until = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
            first, last = max(start, self.starts[piece]), min(end, until)
            if first < last:
                spans.append(Span(self.field, first + shift, last + shift))
            piece += 1
        return tuple(spans)

    def hull(self, start: int, end: int) -> Span:
        """Return the one span of `printed` from `start` to `end` of `text`, with what is silent between."""
        return Span(self.field, self.original(start), max(self.original(start), self.original(end, end=True)))

    def unbroken(self) -> tuple[type_range, ...]:
        """Return the stretches of `text` inside which no sentence ends, in order, none overlapping."""
        ranges: list[type_range] = []
        for mark in self.marks:
            address = mark.kind is MarkKind.LINK and " " not in self.text[mark.start : mark.end]
            if (mark.kind in _UNBROKEN or address) and mark.end > mark.start:
                if ranges and mark.start < ranges[-1][1]:
                    ranges[-1] = (ranges[-1][0], max(ranges[-1][1], mark.end))
                else:
                    ranges.append((mark.start, mark.end))
        return tuple(ranges)


def running(field: str, inline: Inline) -> Running:
    """Return what is said of a field, in time linear in its text and marks."""
    text = inline.text
    silent = _silent(inline)
    if not silent:
        return Running(field, text, text, inline.marks, (0,), (0,), (), ())
    starts, offsets, parts = _pieces(text, silent)
    said = "".join(parts)
    map_back = Running(field, text, said, (), tuple(starts), tuple(offsets), silent, ())
    position = _positions(map_back)
    marks = tuple(
        Mark(mark.kind, position(mark.start), position(mark.end), mark.value)
        for mark in inline.marks
        if mark.kind not in _SILENT
    )
    notes = tuple((position(mark.start), mark.value) for mark in inline.marks if mark.kind is MarkKind.NOTE_REFERENCE)
    return Running(field, text, said, marks, map_back.starts, map_back.offsets, silent, notes)


def touching(marks: Sequence[Mark], ranges: Iterable[type_range]) -> Iterator[tuple[Mark, ...]]:
    """Yield for each range, in order, the marks that touch it, in time linear in what is yielded."""
    open_: list[Mark] = []
    waiting = 0
    for start, end in ranges:
        open_ = [mark for mark in open_ if mark.end > start]
        while waiting < len(marks) and marks[waiting].start < end:
            if marks[waiting].end > start:
                open_.append(marks[waiting])
            waiting += 1
        yield tuple(open_)


def _silent(inline: Inline) -> tuple[Silent, ...]:
    """Return the silent stretches in order; one inside another belongs to the outer."""
    found: list[Silent] = []
    for mark in sorted((m for m in inline.marks if m.kind in _SILENT), key=lambda m: (m.start, -m.end)):
        if not found or mark.start >= found[-1].end:
            found.append(Silent(mark.start, mark.end, _reason(mark)))
    return tuple(stretch for stretch in found if stretch.start < stretch.end)


def _reason(mark: Mark) -> str:
    """Return why a mark's words are not said; one that silences may say so itself."""
    return (mark.kind is MarkKind.SILENT and mark.value) or _SILENT[mark.kind]


def _pieces(text: str, silent: tuple[Silent, ...]) -> tuple[list[int], list[int], list[str]]:
    """Return the starts, offsets and texts of what is left, one space where a stretch stood between two."""
    starts, offsets, parts = [0], [0], [""]
    length = last = 0
    for start, end in (*((s.start, s.end) for s in silent), (len(text), len(text))):
        if last and last < start and text[last] == " " and (not length or parts[-1].endswith(" ")):
            last += 1
        if last < start:
            starts.append(length)
            offsets.append(last)
            parts.append(text[last:start])
            length += start - last
        last = end
    if len(starts) > 1:
        return starts[1:], offsets[1:], parts[1:]
    return starts, offsets, parts


def _positions(way: Running) -> Callable[[int], int]:
    """Return a function from printed positions to positions of the text; what is silent is where it stood."""
    offsets, starts, length = way.offsets, way.starts, len(way.text)

    def position(printed: int) -> int:
        piece = bisect_right(offsets, printed) - 1
        if piece < 0:
            return 0
        end = starts[piece + 1] if piece + 1 < len(starts) else length
        return min(starts[piece] + printed - offsets[piece], end)

    return position
