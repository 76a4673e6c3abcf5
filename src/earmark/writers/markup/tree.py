"""A neutral tree of elements, and how it is written: as XHTML for a book, as HTML for a page.

Nothing is ever put into a document but through these two functions, so nothing is ever unescaped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

VOID: Final = frozenset({"br", "col", "hr", "img", "link", "meta"})
# What neither XML nor HTML can hold, or a reading system takes for the end of a text: control characters
# but tab and line feed, halves of surrogate pairs, and code points that are no characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Element:
    """An element. `attributes` are in the order in which they are written; a text child is not yet escaped."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element | str", ...] = ()

    def get(self, name: str) -> str:
        """Return an attribute's value, "" if there is none."""
        return next((value for key, value in self.attributes if key == name), "")


Node = Element | str


def element(tag: str, attributes: Mapping[str, str | None] | None = None, *children: Node) -> Element:
    """Return an element; an attribute that is None is left out, an empty one is kept."""
    given = tuple((name, value) for name, value in (attributes or {}).items() if value is not None)
    return Element(tag, given, children)


def elements(nodes: Iterable[Node]) -> Iterator[Element]:
    """Yield every element in document order; never recurses."""
    stack: list[Node] = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            yield node
            stack.extend(reversed(node.children))


def plain_text(nodes: Iterable[Node]) -> str:
    """Return the text of `nodes`, of pictures their alternative text."""
    found: list[str] = []
    stack: list[Node] = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            found.append(node)
        elif node.tag == "img":
            found.append(node.get("alt"))
        else:
            stack.extend(reversed(node.children))
    return "".join(found)


def escaped(text: str) -> str:
    """Return `text` so that it is only text, between tags and in a quoted attribute."""
    text = _FORBIDDEN.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def xhtml(*nodes: Node) -> str:
    """Return `nodes` as XML; each language stands also as `xml:lang`, as old reading systems ask."""
    return "".join(_written(nodes, xml=True))


def html(*nodes: Node) -> str:
    """Return `nodes` as HTML, without what only XML knows (`epub:type`, `xml:lang`)."""
    return "".join(_written(nodes, xml=False))


def _attributes(node: Element, *, xml: bool) -> Iterator[str]:
    for name, value in node.attributes:
        if ":" not in name or xml:
            yield f' {name}="{escaped(value)}"'
        if name == "lang" and xml:
            yield f' xml:lang="{escaped(value)}"'


def _written(nodes: Iterable[Node], *, xml: bool) -> Iterator[str]:
    """Yield the document piece by piece, with a stack of what is still to be closed."""
    stack: list[tuple[Node, bool]] = [(node, False) for node in reversed(list(nodes))]
    while stack:
        node, opened = stack.pop()
        if isinstance(node, str):
            yield escaped(node)
        elif opened:
            yield f"</{node.tag}>"
        else:
            attributes = "".join(_attributes(node, xml=xml))
            if node.tag in VOID and not node.children:  # a package's <meta> has some
                yield f"<{node.tag}{attributes}/>" if xml else f"<{node.tag}{attributes}>"
                continue
            yield f"<{node.tag}{attributes}>"
            if node.tag == "pre" and not xml:
                yield "\n"  # a parser of HTML drops the first line end of <pre>: the author's own would be lost
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.children))
