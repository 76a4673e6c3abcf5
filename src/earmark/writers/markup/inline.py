"""Running text as elements: a sentence is one element wherever it can be, with the author's own marks inside it.

Where a mark reaches over a sentence's end (emphasis over two sentences), the mark is parted and the
sentence stays whole: what lights up, and what a click on it plays, is then one thing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec import field as having
from msgspec.structs import replace

from earmark.article import Inline, Mark, MarkKind
from earmark.writers.markup.addresses import safe_address
from earmark.writers.markup.owners import Field, Owned, WordAt
from earmark.writers.markup.tongues import direction, language_tag
from earmark.writers.markup.tree import Element, Node, Printed, element, plain_text

_SIMPLE = {
    MarkKind.EMPHASIS: "em",
    MarkKind.STRONG: "strong",
    MarkKind.STRIKE: "s",
    MarkKind.INSERTED: "ins",
    MarkKind.HIGHLIGHT: "mark",
    MarkKind.SMALL: "small",
    MarkKind.CODE: "code",
    MarkKind.KEYBOARD: "kbd",
    MarkKind.CITE: "cite",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.SUBSCRIPT: "sub",
}
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?|\d\d:\d\d", re.ASCII)
_OWNER, _MARK, _WORD = 0, 1, 2
MOST_AROUND = 20  # sentences that stand around one picture: parsers of XML give up on deep nesting


class Surroundings(Struct):
    """What running text must know of its document.

    `anchors` are the ids that links in the article may point to, by the author's name for them;
    `notes` the ids of the notes; `pictures` the published names of pictures by their addresses; `base`
    the address of the article itself, "" if it has none. `referred` gathers the ids of each note's marks.
    """

    language: str
    anchors: Mapping[str, str]
    notes: frozenset[str]
    pictures: Mapping[str, str]
    base: str
    not_read: Element
    used: set[str] = having(default_factory=set)
    referred: dict[str, list[str]] = having(default_factory=dict)

    def named(self, name: str) -> str | None:
        """Return `name` as an id if nothing bears it yet, else None."""
        if name in self.used:
            return None
        self.used.add(name)
        return name

    def address(self, value: str) -> str:
        """Return where a link leads: into this document, or safely out of it; "" if nowhere."""
        if value.startswith("#"):
            target = self.anchors.get(value[1:])
            return f"#{target}" if target else ""
        return safe_address(value, self.base)

    def tongue(self, tag: str | None) -> dict[str, str | None]:
        """Return the attributes of a stretch in language `tag`, none where that is not well-formed."""
        known = language_tag(tag) if tag else None
        if known is None:
            return {}
        turned = direction(known) != direction(self.language)
        return {"lang": known, "dir": direction(known) if turned else None}


class _Interval(Struct, frozen=True):
    """`[start, end)` that becomes an element: an owner's, (a piece of) a mark's, or (a piece of) a word's."""

    start: int
    end: int
    rank: int
    number: int
    what: Owned | Mark | WordAt
    first: bool = True
    last: bool = True
    wrappers: tuple[Owned, ...] = ()


class _Frame(Struct):
    """An element that is open."""

    interval: _Interval
    linked: bool
    children: list[Node] = having(default_factory=list)


def running(
    inline: Inline, owned: Sequence[Owned], words: Sequence[WordAt], around: Surroundings, field: Field | None
) -> tuple[Node, ...]:
    """Return running text as nodes; `owned` and `words` are in order and do not overlap.

    `field` is where the text is printed, None where it is printed nowhere.
    """
    pictured = [mark for mark in inline.marks if mark.kind is MarkKind.IMAGE and mark.value in around.pictures]
    owned, wrappers = _around_pictures(owned, pictured)
    intervals = _intervals(inline, owned, words, wrappers, {(mark.start, mark.end) for mark in pictured})
    return tuple(_Builder(inline.text, around, field).build(intervals))


def _around_pictures(
    owned: Sequence[Owned], pictures: Sequence[Mark]
) -> tuple[Sequence[Owned], Mapping[int, tuple[Owned, ...]]]:
    """Move what begins or ends inside a picture's words to its edge: a picture can't be parted.

    Returns also the owners that lie wholly inside, by the picture's start: they stand around it.
    """
    pictures = [mark for mark in pictures if mark.start < mark.end]
    if not pictures:
        return owned, {}
    starts = [mark.start for mark in pictures]
    moved: list[Owned] = []
    inside: dict[int, tuple[Owned, ...]] = {}
    edge = 0
    for stretch in owned:
        start, end = max(stretch.start, edge), stretch.end
        picture = pictures[bisect_right(starts, start) - 1] if bisect_right(starts, start) else None
        if picture and start < picture.end and not (start == picture.start and end >= picture.end):
            if end <= picture.end:
                inside[picture.start] = (*inside.get(picture.start, ()), stretch)
                continue
            start = picture.end
        ending = pictures[bisect_left(starts, end) - 1] if bisect_left(starts, end) else None
        if ending and start <= ending.start and ending.start < end < ending.end:
            end = edge = ending.end
        if start < end:
            moved.append(replace(stretch, start=start, end=end))
        elif stretch.cue:
            inside[ending.start if ending else 0] = (*inside.get(ending.start if ending else 0, ()), stretch)
    return moved, inside


def _intervals(
    inline: Inline,
    owned: Sequence[Owned],
    words: Sequence[WordAt],
    wrappers: Mapping[int, tuple[Owned, ...]],
    whole: set[tuple[int, int]],
) -> list[_Interval]:
    """Return everything that becomes an element, the outer before the inner, nothing crossing."""
    found = [_Interval(o.start, o.end, _OWNER, n, o) for n, o in enumerate(owned)]
    edges = sorted({edge for o in owned for edge in (o.start, o.end)})
    cuts: set[int] = set()
    for number, mark in enumerate(inline.marks):
        end = min(mark.end, len(inline.text))
        if mark.start > end:
            continue
        inner = (
            () if (mark.start, mark.end) in whole else edges[bisect_right(edges, mark.start) : bisect_left(edges, end)]
        )
        pieces = _pieces(mark.start, end, inner)
        cuts.update((mark.start, end))
        for piece, (start, stop) in enumerate(pieces):
            found.append(
                _Interval(
                    start,
                    stop,
                    _MARK,
                    number,
                    mark,
                    piece == 0,
                    piece == len(pieces) - 1,
                    wrappers.get(start, ()) if mark.kind is MarkKind.IMAGE else (),
                )
            )
    ordered = sorted(cuts)
    for number, word in enumerate(words):
        inner = ordered[bisect_right(ordered, word.start) : bisect_left(ordered, word.end)]
        for piece, (start, stop) in enumerate(_pieces(word.start, word.end, inner)):
            found.append(_Interval(start, stop, _WORD, number, word, piece == 0))
    found.sort(key=lambda i: (i.start, -i.end, i.rank, i.number))
    return found


def _pieces(start: int, end: int, inner: Iterable[int]) -> list[tuple[int, int]]:
    bounds = [start, *inner, end]
    return list(pairwise(bounds))


class _Builder:
    """Builds the nodes of one field, with a stack of the elements that are open."""

    def __init__(self, text: str, around: Surroundings, field: Field | None) -> None:
        """Nothing is open, nothing written."""
        self._text, self._around, self._field = text, around, field
        self._stack: list[_Frame] = []
        self._top: list[Node] = []
        self._at = 0

    def build(self, intervals: Iterable[_Interval]) -> list[Node]:
        """Return the nodes."""
        for interval in intervals:
            self._close(interval)
            self._write(interval.start)
            if self._stack and interval.end > self._stack[-1].interval.end:
                interval = replace(interval, end=self._stack[-1].interval.end)  # noqa: PLW2901 (marks that cross after all)
            linked = bool(self._stack) and self._stack[-1].linked
            opens = isinstance(interval.what, Mark) and interval.what.kind in {
                MarkKind.LINK,
                MarkKind.NOTE_REFERENCE,
                MarkKind.SILENT,  # hidden from a screen reader, it must hold nothing that takes the focus
            }
            self._stack.append(_Frame(interval, linked or opens))
            if self._is_picture(interval):
                self._at = max(self._at, interval.end)  # its words are its alternative text
                self._pop()
        self._close(None)
        self._write(len(self._text))
        return self._top

    def _close(self, following: _Interval | None) -> None:
        """Close what ends before `following` begins; None closes everything."""
        while self._stack:
            open_ = self._stack[-1].interval
            if following is not None:
                both_empty = open_.start == open_.end == following.start == following.end
                if open_.end > following.start or both_empty:
                    return
            self._write(open_.end)
            self._pop()

    def _write(self, until: int) -> None:
        """Write text up to `until` into what is open; a forced line end is an element."""
        if until <= self._at:
            return
        for number, line in enumerate(self._text[self._at : until].split("\n")):
            if number:
                self._into(element("br"))
                self._at += 1
            if line:
                self._into(Printed.of(line, self._field, self._at) if self._field else line)
                self._at += len(line)

    def _into(self, node: Node) -> None:
        (self._stack[-1].children if self._stack else self._top).append(node)

    def _pop(self) -> None:
        frame = self._stack.pop()
        linked = bool(self._stack) and self._stack[-1].linked
        for node in self._made(frame, linked=linked):
            self._into(node)

    def _is_picture(self, interval: _Interval) -> bool:
        what = interval.what
        kinds = {MarkKind.IMAGE, MarkKind.IMAGE_WITHOUT_ALT}
        return isinstance(what, Mark) and what.kind in kinds and what.value in self._around.pictures

    def _made(self, frame: _Frame, *, linked: bool) -> Iterator[Node]:
        """Yield what an open element becomes."""
        what, children, first = frame.interval.what, tuple(frame.children), frame.interval.first
        if isinstance(what, Owned):
            yield owner(what, children, self._around)
        elif isinstance(what, WordAt):
            name = self._around.named(what.id) if first else None
            yield element("span", {"class": "word", "id": name, "data-word": None if first else what.id}, *children)
        elif self._is_picture(frame.interval):
            picture: Node = element("img", {"src": self._around.pictures[what.value], "alt": self._alt(what)})
            for stretch in reversed(frame.interval.wrappers[:MOST_AROUND]):
                picture = owner(stretch, (picture,), self._around)
            yield picture
        else:
            yield from self._marked(frame.interval, what, children, linked=linked)

    def _alt(self, mark: Mark) -> str:
        return " ".join(self._text[mark.start : mark.end].split())

    def _marked(self, interval: _Interval, mark: Mark, children: tuple[Node, ...], *, linked: bool) -> Iterator[Node]:
        """Yield what a mark's stretch becomes; a mark that can't stand there leaves its words."""
        if mark.kind in _SIMPLE:
            if children:
                yield element(_SIMPLE[mark.kind], {}, *children)
            return
        if mark.kind is MarkKind.QUOTATION:
            yield from _quoted(interval, children)
            return
        tag, attributes = self._dress(interval, mark, plain_text(children).strip(), linked=linked)
        if attributes:
            yield element(tag, attributes, *children)
        else:
            yield from children

    def _dress(  # noqa: PLR0911 (one flat case a kind of mark)
        self, interval: _Interval, mark: Mark, label: str, *, linked: bool
    ) -> tuple[str, dict[str, str | None] | None]:
        """Return the element and the attributes of a mark that has any, None where its words stand bare."""
        match mark.kind:
            case MarkKind.LINK | MarkKind.IMAGE:
                address = "" if linked or not label else self._around.address(mark.value)
                return "a", {"href": address} if address else None
            case MarkKind.NOTE_REFERENCE:
                return "a", None if linked or not label else self._reference(mark, first=interval.first)
            case MarkKind.ABBREVIATION:
                return "abbr", {"title": mark.value or None}
            case MarkKind.LANGUAGE:
                return "span", self._around.tongue(mark.value)
            case MarkKind.TIME:
                return "time", {"datetime": mark.value} if _TIME.fullmatch(mark.value) else None
            case MarkKind.SILENT:
                return "span", {"aria-hidden": "true"}
            case MarkKind.MATH:
                return "span", {"class": "math"}
            case _:
                return "span", None

    def _reference(self, mark: Mark, *, first: bool) -> dict[str, str | None] | None:
        if mark.value not in self._around.notes or not first:
            return None
        marks = self._around.referred.setdefault(mark.value, [])
        name = self._around.named(f"{mark.value}-mark-{len(marks) + 1}")
        if name:
            marks.append(name)
        return {"href": f"#{mark.value}", "id": name, "role": "doc-noteref", "epub:type": "noteref"}


def _quoted(interval: _Interval, children: tuple[Node, ...]) -> Iterator[Node]:
    """Yield a quotation; one that is parted has its marks as text, or each piece would open and close."""
    if interval.first and interval.last:
        yield element("q", {}, *children)
        return
    if interval.first:
        yield "“"
    yield from children
    if interval.last:
        yield "”"


def owner(stretch: Owned, children: tuple[Node, ...], around: Surroundings) -> Element:
    """Return a sentence as one element (its later fragments name it), or what is not read, marked as such."""
    if stretch.reason:
        return element("span", {"class": "unread", "data-reason": stretch.reason}, around.not_read, *children)
    name = around.named(stretch.cue)
    return element("span", {"class": "cue", "id": name, "data-cue": None if name else stretch.cue}, *children)
