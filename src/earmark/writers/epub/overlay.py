"""The media overlay: which stretch of the MP3 belongs to which element of the text, as SMIL.

Clips tile the MP3: each lasts until the next begins, so that a reading system that plays clip after clip
keeps the pauses between sentences, and nothing of intro or outro is lost. What a listener may want to
leave early (a table, a list) or to skip altogether (a note) is a sequence of its own, named by type.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from earmark.timeline import Cue, Timeline
from earmark.writers.axis import milliseconds
from earmark.writers.markup import Element, Node, element, xhtml

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


def smil(timeline: Timeline, body: Sequence[Node], *, text: str, sound: str, words: bool = False) -> str:
    """Return the overlay of a document whose elements are `body`; `text` and `sound` are the files' names.

    With `words`, a sentence whose words have elements and times is a sequence of its words.
    """
    places, ids = _places(body)
    cues = sorted(timeline.cues, key=lambda cue: cue.start)
    clips = _clips([cue.sentence.id for cue in cues], [cue.start for cue in cues], timeline)
    root = _Open(element("seq", {"id": "overlay", "epub:textref": text, "epub:type": "bodymatter"}))
    open_ = [root]
    path: Sequence[_Container] = ()
    for cue, clip in zip(cues, clips, strict=True):
        wanted = places.get(clip.id, ())
        shared = 0
        while shared < min(len(path), len(wanted)) and path[shared] == wanted[shared]:
            shared += 1
        while len(open_) > shared + 1:
            closed = open_.pop()
            open_[-1].children.append(closed.made())
        for container in wanted[shared:]:
            attributes = {"epub:textref": f"{text}#{container.id}", "epub:type": container.type}
            open_.append(_Open(element("seq", attributes)))
        path = wanted
        spoken = _word_clips(cue, clip, ids, timeline) if words else ()
        open_[-1].children.append(_heard(clip, spoken, text, sound))
    while len(open_) > 1:
        closed = open_.pop()
        open_[-1].children.append(closed.made())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{xhtml(element("smil", _SMIL, element("body", {}, root.made())))}\n'
    )


class _Open:
    """A sequence that is still being filled."""

    def __init__(self, empty: Element) -> None:
        self.empty = empty
        self.children: list[Node] = []

    def made(self) -> Element:
        return Element(self.empty.tag, self.empty.attributes, tuple(self.children))


def _clips(ids: Iterable[str], starts: Sequence[int], timeline: Timeline) -> list[Clip]:
    """Return clips that tile the whole MP3, each at least a millisecond long."""
    bounds = [0, *(milliseconds(start, timeline.sample_rate) for start in starts[1:])]
    bounds.append(milliseconds(timeline.duration, timeline.sample_rate))
    for index in range(1, len(bounds)):
        bounds[index] = max(bounds[index], bounds[index - 1] + 1)
    return [Clip(name, start, end) for name, (start, end) in zip(ids, pairwise(bounds), strict=False)]


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


def _places(body: Sequence[Node]) -> tuple[Mapping[str, Sequence[_Container]], set[str]]:
    """Return for each id the structures that it stands in, the outermost first; and all ids."""
    places: dict[str, Sequence[_Container]] = {}
    ids: set[str] = set()
    stack: list[tuple[Node, tuple[_Container, ...]]] = [(node, ()) for node in reversed(body)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, str):
            continue
        name = node.get("id")
        if name:
            ids.add(name)
            places[name] = path
            kind = _type(node)
            if kind:
                path = (*path, _Container(name, kind))
        stack.extend((child, path) for child in reversed(node.children))
    return places, ids


def _type(node: Element) -> str:
    if node.tag == "aside":
        return "footnote" if node.get("role") == "doc-footnote" else "sidebar"
    return "table" if node.get("class") == "table" else _TYPES.get(node.tag, "")
