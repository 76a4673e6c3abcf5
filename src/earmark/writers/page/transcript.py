"""The article as the page shows it: the shared rendering, made fit for a screen, and where each word stands in it.

A page of 20,000 words would be slow, and stutter in a screen reader, if every word were an element. So words
are known by their places: UTF-16 units into the text of their cue, as a script in a page counts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec import field as having

from earmark.edition import Picture
from earmark.packed import Again, growing
from earmark.timeline import Cue, WordMark
from earmark.writers.galley import Galley
from earmark.writers.markup import Element, Node, Printed, html_pieces, is_furniture, plain_text

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


class _Printing(Struct):
    """What a cue shows of which field, and how much that is in all."""

    length: int = 0
    leaves: dict[Field, list[_Leaf]] = having(default_factory=dict)


class Transcript(Struct, frozen=True):
    """The article as HTML in pieces, part by part (no `furniture` where there is none), and what each cue shows of which field."""

    language: str
    heading: str
    body: Iterable[str]
    notes: Iterable[str]
    furniture: Iterable[str]
    printed: Mapping[str, _Printing]

    def places(self, cue: Cue) -> Iterator[Place]:
        """Yield the places of those of the cue's words that are shown and have a time."""
        found = self.printed.get(cue.sentence.id)
        for (_, name), leaves in found.leaves.items() if found else ():
            yield from _standing(cue.words or (), name, leaves)


def transcript(galley: Galley, *, table: str) -> Transcript:
    """Return the whole article; `table` names a table without a caption."""
    made = galley.document
    furniture = tuple(node for node in made.body if is_furniture(node))
    body = Again(lambda: (node for node in made.body if not is_furniture(node)))
    notes = (made.notes,) if made.notes else ()
    screen = _Screen({picture.name: picture for picture in galley.edition.pictures}, table)
    return Transcript(
        language=made.language,
        heading="".join(screen.html((made.title,))),
        body=Again(lambda: screen.html(body)),
        notes=tuple(screen.html(notes)),
        furniture=tuple(screen.html(furniture)),
        printed=_printed(chain((made.title,), body, notes, furniture), len(galley.edition.timeline.cues)),
    )


class _Screen(Struct, frozen=True):
    """Gives pictures and tables what a screen needs."""

    pictures: Mapping[str, Picture]
    table: str

    def html(self, nodes: Iterable[Node]) -> Iterator[str]:
        """Yield `nodes` as HTML."""
        return html_pieces(nodes, more={"img": self._picture, "div": self._table})

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


def _printed(nodes: Iterable[Node], cues: int) -> Mapping[str, _Printing]:
    """Return what each cue shows of which of the article's fields, in order; there are about so many `cues`."""
    found: MutableMapping[str, _Printing] = growing(cues)
    for top in nodes:
        its: dict[str, _Printing] = {}
        stack: list[tuple[Node, str]] = [(top, "")]
        while stack:
            node, cue = stack.pop()
            if isinstance(node, Element):
                if node.get("class") == "cue":
                    cue = node.get("data-cue") or node.get("id")
                stack.extend([(child, cue) for child in node.children][::-1])
            elif cue:
                if cue not in its:
                    its[cue] = found.get(cue) or _Printing()
                printing, length = its[cue], units(node)
                if isinstance(node, Printed):
                    printing.leaves.setdefault(node.field, []).append(_Leaf(node, printing.length, length))
                printing.length += length
        found.update(its)
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
