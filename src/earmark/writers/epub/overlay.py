"""The media overlay: which stretch of the MP3 belongs to which element of the text, as SMIL.

Clips tile the MP3: each lasts until the next begins, so that a reading system that plays clip after clip
keeps the pauses between sentences, and nothing of intro or outro is lost. What a listener may want to
leave early (a table, a list) or to skip altogether (a note) is a sequence of its own, named by type.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from earmark.packed import Again
from earmark.timeline import Cue, Timeline
from earmark.writers.axis import milliseconds
from earmark.writers.markup import Element, Node, element, xhtml_pieces

_TYPES = {"ul": "list", "ol": "list", "dl": "list", "figure": "figure"}
_SMIL = {"xmlns": "http://www.w3.org/ns/SMIL", "xmlns:epub": "http://www.idpf.org/2007/ops", "version": "3.0"}


class Clip(Struct, frozen=True):
    """`[start, end)` of the MP3 in milliseconds, heard while the element `id` is shown."""

    id: str
    start: int
    end: int


class _Container(Struct, frozen=True):
    """A structure that a listener may leave, or skip."""

    id: str
    type: str


def clock(ms: int) -> str:
    """Return a clock value of SMIL: "0:05:12.345"."""
    seconds, thousandths = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def smil(timeline: Timeline, body: Sequence[Node], *, text: str, sound: str, words: bool = False) -> Iterator[str]:
    """Yield the overlay of a document whose elements are `body`; `text` and `sound` are the files' names.

    With `words`, a sentence whose words have elements and times is a sequence of its words.
    """
    places, ids = _places(body, words=words)
    root = (("id", "overlay"), ("epub:textref", text), ("epub:type", "bodymatter"))
    heard = Again(lambda: _sequences(timeline, places, ids, text=text, sound=sound))
    whole = element("smil", _SMIL, element("body", {}, Element("seq", root, heard)))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from xhtml_pieces(whole)
    yield "\n"


def _sequences(
    timeline: Timeline, places: Mapping[str, Sequence[_Container]], ids: Collection[str], *, text: str, sound: str
) -> Iterator[Element]:
    """Yield what is heard, one after another, what may be left early or skipped as a sequence; `ids` are those of words."""
    open_: list[_Open] = []
    path: Sequence[_Container] = ()
    for cue, clip in zip(timeline.cues, _clips(timeline), strict=True):
        wanted = places.get(clip.id, ())
        shared = 0
        while shared < min(len(path), len(wanted)) and path[shared] == wanted[shared]:
            shared += 1
        yield from _closed(open_, shared)
        for container in wanted[shared:]:
            attributes = {"epub:textref": f"{text}#{container.id}", "epub:type": container.type}
            open_.append(_Open(element("seq", attributes)))
        path = wanted
        made = _heard(clip, _word_clips(cue, clip, ids, timeline) if ids else (), text, sound)
        if open_:
            open_[-1].children.append(made)
        else:
            yield made
    yield from _closed(open_, 0)


class _Open:
    """A sequence that is still being filled."""

    def __init__(self, empty: Element) -> None:
        self.empty = empty
        self.children: list[Node] = []

    def made(self) -> Element:
        return Element(self.empty.tag, self.empty.attributes, tuple(self.children))


def _closed(open_: list[_Open], left: int) -> Iterator[Element]:
    """Close sequences until so many are `left` open; yield the one that stands in no other."""
    while len(open_) > left:
        closed = open_.pop().made()
        if open_:
            open_[-1].children.append(closed)
        else:
            yield closed


def _clips(timeline: Timeline) -> Iterator[Clip]:
    """Yield clips that tile the whole MP3, one for each cue, each at least a millisecond long."""
    name, start = "", 0
    for number, cue in enumerate(timeline.cues):
        if number:
            end = max(milliseconds(cue.start, timeline.sample_rate), start + 1)
            yield Clip(name, start, end)
            start = end
        name = cue.sentence.id
    if name:
        yield Clip(name, start, max(milliseconds(timeline.duration, timeline.sample_rate), start + 1))


def _word_clips(cue: Cue, clip: Clip, ids: Collection[str], timeline: Timeline) -> tuple[Clip, ...]:
    """Return the clips of a cue's words that have an element, tiling the cue's own."""
    rising: list[tuple[str, int]] = []
    for number, word in enumerate(cue.words or ()):
        name, start = f"{cue.sentence.id}-{number}", milliseconds(word.start, timeline.sample_rate)
        last = rising[-1][1] if rising else clip.start - 1
        if name in ids and last < start < clip.end:
            rising.append((name, start))
    if not rising:
        return ()
    bounds = [clip.start, *(start for _, start in rising[1:]), clip.end]
    return tuple(Clip(name, start, end) for (name, _), (start, end) in zip(rising, pairwise(bounds), strict=True))


def _heard(clip: Clip, words: Sequence[Clip], text: str, sound: str) -> Element:
    if words:
        return element("seq", {"epub:textref": f"{text}#{clip.id}"}, *(_par(word, text, sound) for word in words))
    return _par(clip, text, sound)


def _par(clip: Clip, text: str, sound: str) -> Element:
    return element(
        "par",
        {"id": f"par-{clip.id}"},
        element("text", {"src": f"{text}#{clip.id}"}),
        element("audio", {"src": sound, "clipBegin": clock(clip.start), "clipEnd": clock(clip.end)}),
    )


def _places(body: Sequence[Node], *, words: bool) -> tuple[Mapping[str, Sequence[_Container]], set[str]]:
    """Return for each id that stands in a structure all of these, the outermost first; and, with `words`, all ids."""
    places: dict[str, Sequence[_Container]] = {}
    ids: set[str] = set()
    stack: list[tuple[Iterator[Node], tuple[_Container, ...]]] = [(iter(body), ())]
    while stack:
        coming, path = stack[-1]
        node = next(coming, None)
        if node is None:
            stack.pop()
        elif isinstance(node, Element):
            name = node.get("id")
            if name and words:
                ids.add(name)
            if name and path:
                places[name] = path
            kind = _type(node) if name else ""
            stack.append((iter(node.children), (*path, _Container(name, kind)) if kind else path))
    return places, ids


def _type(node: Element) -> str:
    if node.tag == "aside":
        return "footnote" if node.get("role") == "doc-footnote" else "sidebar"
    return "table" if node.get("class") == "table" else _TYPES.get(node.tag, "")
