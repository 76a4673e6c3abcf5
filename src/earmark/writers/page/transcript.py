"""The article as the page shows it: the shared rendering, made fit for a screen, and where each word stands in it.

A page of 20,000 words would be slow, and stutter in a screen reader, if every word were an element. So words
are known by their places: UTF-16 units into the text of their cue, as a script in a page counts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from earmark.edition import Edition, Picture
from earmark.writers.markup import Document, Element, Node, document, html, plain_text

# What a word on the page is: its number among the cue's, where it begins, and how long it is.
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Transcript:
    """The article as HTML, part by part ("" where there is none), and the places of each cue's words."""

    language: str
    heading: str
    body: str
    notes: str
    furniture: str
    places: Mapping[str, tuple[Place, ...]]


def transcript(edition: Edition, *, table: str) -> Transcript:
    """Return the whole article; `table` names a table without a caption."""
    names = {picture.source: picture.name for picture in edition.pictures}
    made: Document = document(edition, pictures=names, words=True, furniture_apart=True)
    screen = _Screen({picture.name: picture for picture in edition.pictures}, table)
    return Transcript(
        language=made.language,
        heading=screen.html((made.title,)),
        body=screen.html(made.body),
        notes=screen.html((made.notes,) if made.notes else ()),
        furniture=screen.html(made.apart),
        places={cue: tuple(places) for cue, places in screen.places.items() if places},
    )


@dataclass(slots=True)
class _Open:
    """An element on its way: what is still to come of it, and what is done."""

    element: Element | None
    rest: list[Node]
    done: list[Node] = field(default_factory=list)
    cue: str = ""
    word: int | None = None
    begun: int = 0


@dataclass(slots=True)
class _Screen:
    """Takes the words out of elements, and gives pictures and tables what a screen needs."""

    pictures: Mapping[str, Picture]
    table: str
    places: dict[str, list[Place]] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)

    def html(self, nodes: Iterable[Node]) -> str:
        """Return `nodes` as HTML; walks with a stack, for articles may nest deeply."""
        top = _Open(None, list(nodes)[::-1])
        stack = [top]
        while stack:
            here = stack[-1]
            if here.rest:
                node = here.rest.pop()
                if isinstance(node, str):
                    self._count(here.cue, node)
                    here.done.append(node)
                else:
                    stack.append(self._opened(node, here.cue))
                continue
            stack.pop()
            if stack:
                stack[-1].done.extend(self._closed(here))
        return html(*top.done)

    def _opened(self, node: Element, around: str) -> _Open:
        kinds = node.get("class").split()
        if "word" in kinds:
            number = int((node.get("id") or node.get("data-word")).rpartition("-")[2])
            return _Open(node, list(node.children)[::-1], cue=around, word=number, begun=self.lengths.get(around, 0))
        cue = (node.get("data-cue") or node.get("id")) if "cue" in kinds else around
        return _Open(node, list(node.children)[::-1], cue=cue)

    def _closed(self, here: _Open) -> Iterable[Node]:
        """Return what stands for an element that is done: of a word, only what was in it."""
        if here.word is not None:
            length = self.lengths.get(here.cue, 0) - here.begun
            if length:
                self._add(here.cue, (here.word, here.begun, length))
            return here.done
        element = here.element
        if element is None:
            return here.done
        made = replace(element, children=tuple(here.done))
        special: Callable[[Element], Element] | None = {"img": self._picture, "div": self._table}.get(element.tag)
        return (special(made) if special else made,)

    def _count(self, cue: str, text: str) -> None:
        if cue:
            self.lengths[cue] = self.lengths.get(cue, 0) + units(text)

    def _add(self, cue: str, place: Place) -> None:
        """Keep a word; one that marks part is one word again."""
        its = self.places.setdefault(cue, [])
        if its and its[-1][0] == place[0]:
            number, begun, _ = its.pop()
            place = (number, begun, place[1] + place[2] - begun)
        its.append(place)

    def _picture(self, made: Element) -> Element:
        """Keep the picture's place before it is loaded."""
        picture = self.pictures.get(made.get("src"))
        more: tuple[tuple[str, str], ...] = (("loading", "lazy"),)
        if picture and picture.width and picture.height:
            more = (("width", str(picture.width)), ("height", str(picture.height)), *more)
        return replace(made, attributes=(*made.attributes, *more))

    def _table(self, made: Element) -> Element:
        """Let a table that is wider than the screen be scrolled, by keyboard too."""
        if "table" not in made.get("class").split() or not made.children:
            return made
        caption = next((node for inner in made.children if isinstance(inner, Element) for node in inner.children
                        if isinstance(node, Element) and node.tag == "caption"), None)  # fmt: skip
        name = " ".join(plain_text((caption,)).split()) if caption else self.table
        scrolled = (("role", "region"), ("tabindex", "0"), ("aria-label", name))
        return replace(made, attributes=(*made.attributes, *scrolled))


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)
