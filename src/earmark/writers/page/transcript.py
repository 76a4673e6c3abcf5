"""The article as the page shows it: the shared rendering, made fit for a screen, and where each word stands in it.

A page of 20,000 words would be slow, and stutter in a screen reader, if every word were an element. So words
are known by their places: UTF-16 units into the text of their cue, as a script in a page counts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from earmark.edition import Picture
from earmark.timeline import Cue, WordMark
from earmark.writers.galley import Galley
from earmark.writers.markup import Element, Node, Printed, html, is_furniture, plain_text

# What a word on the page is: its number among the cue's, where it begins, and how long it is.
Place = tuple[int, int, int]
Field = tuple[str, str]


class _Leaf:
    """A piece of a cue's text: printed in the article from `start` to `end`, on the page from `at` on."""

    __slots__ = ("_twice", "at", "end", "start")

    def __init__(self, text: Printed, at: int, units: int) -> None:
        """Note which characters count twice, if any of them do."""
        self.at, self.start, self.end = at, text.at, text.at + len(text)
        astral = units > len(text)
        self._twice = [n for n, character in enumerate(text) if character > "\uffff"] if astral else []

    def place(self, offset: int) -> int:
        """Return where an offset into the article's field stands on the page; one outside the piece is at its edge."""
        inside = min(max(offset, self.start), self.end) - self.start
        return self.at + inside + bisect_left(self._twice, inside)


class Transcript(Struct, frozen=True):
    """The article as HTML, part by part ("" where there is none), and what each cue shows of which field."""

    language: str
    heading: str
    body: str
    notes: str
    furniture: str
    printed: Mapping[str, Mapping[Field, Sequence[_Leaf]]]

    def places(self, cue: Cue) -> Iterator[Place]:
        """Yield the places of those of the cue's words that are shown and have a time."""
        for (_, name), leaves in self.printed.get(cue.sentence.id, {}).items():
            yield from _standing(cue.words or (), name, leaves)


def transcript(galley: Galley, *, table: str) -> Transcript:
    """Return the whole article; `table` names a table without a caption."""
    made = galley.document
    furniture = [node for node in made.body if is_furniture(node)]
    body = [node for node in made.body if not is_furniture(node)] if furniture else made.body
    notes = (made.notes,) if made.notes else ()
    screen = _Screen({picture.name: picture for picture in galley.edition.pictures}, table)
    return Transcript(
        language=made.language,
        heading=screen.html((made.title,)),
        body=screen.html(body),
        notes=screen.html(notes),
        furniture=screen.html(furniture),
        printed=_printed((made.title, *body, *notes, *furniture)),
    )


class _Screen(Struct, frozen=True):
    """Gives pictures and tables what a screen needs."""

    pictures: Mapping[str, Picture]
    table: str

    def html(self, nodes: Iterable[Node]) -> str:
        """Return `nodes` as HTML."""
        return html(*nodes, more={"img": self._picture, "div": self._table})

    def _picture(self, made: Element) -> Iterator[tuple[str, str]]:
        """Keep the picture's place before it is loaded."""
        picture = self.pictures.get(made.get("src"))
        if picture and picture.width and picture.height:
            yield from (("width", str(picture.width)), ("height", str(picture.height)))
        yield "loading", "lazy"

    def _table(self, made: Element) -> Iterator[tuple[str, str]]:
        """Let a table that is wider than the screen be scrolled, by keyboard too."""
        if "table" not in made.get("class").split() or not made.children:
            return
        caption = next((node for inner in made.children if isinstance(inner, Element) for node in inner.children
                        if isinstance(node, Element) and node.tag == "caption"), None)  # fmt: skip
        name = " ".join(plain_text((caption,)).split()) if caption else self.table
        yield from (("role", "region"), ("tabindex", "0"), ("aria-label", name))


def _printed(nodes: Sequence[Node]) -> dict[str, dict[Field, list[_Leaf]]]:
    """Return what each cue shows of which of the article's fields, in order."""
    found: dict[str, dict[Field, list[_Leaf]]] = {}
    lengths: dict[str, int] = {}
    stack: list[tuple[Node, str]] = [(node, "") for node in reversed(nodes)]
    while stack:
        node, cue = stack.pop()
        if isinstance(node, Element):
            if node.get("class") == "cue":
                cue = node.get("data-cue") or node.get("id")
            stack.extend((child, cue) for child in reversed(node.children))
        elif cue:
            at, length = lengths.get(cue, 0), units(node)
            if isinstance(node, Printed):
                found.setdefault(cue, {}).setdefault(node.field, []).append(_Leaf(node, at, length))
            lengths[cue] = at + length
    return found


def _standing(words: Sequence[WordMark], field: str, leaves: Sequence[_Leaf]) -> Iterator[Place]:
    """Yield the places of the words that stand in a field; one that marks part is one word all the same."""
    first, until = leaves[0].start, leaves[-1].end
    index = after = 0
    for number, word in enumerate(words):
        start, end = word.span.start, word.span.end
        if word.span.field != field or not (after <= start < end and first < end and start < until):
            continue
        after = end
        while leaves[index].end <= start:
            index += 1
        last = index
        while leaves[last].end < end and last + 1 < len(leaves):  # the rest of it may be in a picture
            last += 1
        begun, ended = leaves[index].place(start), leaves[last].place(end)
        if begun < ended:
            yield number, begun, ended - begun


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
