"""A neutral tree of elements, and how it is written: as XHTML for a book, as HTML for a page.

Nothing is ever put into a document but through these two functions, so nothing is ever unescaped.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

VOID: Final = frozenset({"br", "col", "hr", "img", "link", "meta"})
# What neither XML nor HTML can hold, or a reading system takes for the end of a text: control characters
# but tab and line feed, halves of surrogate pairs, and code points that are no characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


class Element(Struct, frozen=True):
    """An element. `attributes` are in the order in which they are written; a text child is not yet escaped.

    `children` are a tuple, but for those of a whole article, which may be made anew for whoever goes over them.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: Iterable["Element | str"] = ()

    def get(self, name: str) -> str:
        """Return an attribute's value, "" if there is none."""
        for key, value in self.attributes:
            if key == name:
                return value
        return ""


Node = Element | str
Attributed = Callable[[Element], Iterable[tuple[str, str]]]


class Printed(str):
    """Text of the article that knows where it is printed: from `at` on in `field`, a block's id and its field."""

    __slots__ = ("at", "field")
    at: int
    field: tuple[str, str]

    @classmethod
    def of(cls, text: str, field: tuple[str, str], at: int) -> "Printed":
        """Return `text` with its place."""
        made = cls(text)
        made.field, made.at = field, at
        return made


def element(tag: str, attributes: Mapping[str, str | None] | None = None, *children: Node) -> Element:
    """Return an element; an attribute that is None is left out, an empty one is kept."""
    given = tuple([(name, value) for name, value in (attributes or {}).items() if value is not None])
    return Element(tag, given, children)


def elements(nodes: Iterable[Node]) -> Iterator[Element]:
    """Yield every element in document order; never recurses."""
    stack: list[Iterator[Node]] = [iter(nodes)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif isinstance(node, Element):
            yield node
            stack.append(iter(node.children))


def plain_text(nodes: Iterable[Node]) -> str:
    """Return the text of `nodes`, of pictures their alternative text."""
    found: list[str] = []
    stack: list[Iterator[Node]] = [iter(nodes)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif isinstance(node, str):
            found.append(node)
        elif node.tag == "img":
            found.append(node.get("alt"))
        else:
            stack.append(iter(node.children))
    return "".join(found)


def escaped(text: str) -> str:
    """Return `text` so that it is only text, between tags and in a quoted attribute."""
    if not text.isprintable():  # nearly every text is: what is forbidden never counts as printable
        text = _FORBIDDEN.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def xhtml(*nodes: Node) -> str:
    """Return `nodes` as XML; each language stands also as `xml:lang`, as old reading systems ask."""
    return "".join(xhtml_pieces(*nodes))


def xhtml_pieces(*nodes: Node) -> Iterator[str]:
    """Yield what `xhtml` returns, piece by piece."""
    return _written(nodes, xml=True, more={})


def html(*nodes: Node, more: Mapping[str, Attributed] = MappingProxyType({})) -> str:
    """Return `nodes` as HTML, without what only XML knows (`epub:type`, `xml:lang`).

    `more` gives elements of a tag further attributes.
    """
    return "".join(html_pieces(nodes, more=more))


def html_pieces(nodes: Iterable[Node], *, more: Mapping[str, Attributed] = MappingProxyType({})) -> Iterator[str]:
    """Yield what `html` returns, piece by piece."""
    return _written(nodes, xml=False, more=more)


def _attributes(attributes: Iterable[tuple[str, str]], *, xml: bool) -> str:
    written = ""
    for name, value in attributes:
        if xml or ":" not in name:
            written += f' {name}="{escaped(value)}"'
        if xml and name == "lang":
            written += f' xml:lang="{escaped(value)}"'
    return written


def _written(nodes: Iterable[Node], *, xml: bool, more: Mapping[str, Attributed]) -> Iterator[str]:
    """Yield the document in pieces, with a stack of what is still to be written, each with its end tag."""
    stack: list[tuple[Iterator[Node], str]] = [(iter(nodes), "")]
    while stack:
        coming, end = stack[-1]
        node = next(coming, None)
        if node is None:
            stack.pop()
            yield end
        elif isinstance(node, str):
            yield escaped(node)
        else:
            tag, children = node.tag, node.children
            attributes = _attributes(node.attributes, xml=xml)
            if tag in more:
                attributes += _attributes(more[tag](node), xml=xml)
            if tag in VOID and not children:  # a package's <meta> has some
                yield f"<{tag}{attributes}/>" if xml else f"<{tag}{attributes}>"
                continue
            # A parser of HTML drops the first line end of <pre>: the author's own would be lost.
            yield f"<{tag}{attributes}>\n" if tag == "pre" and not xml else f"<{tag}{attributes}>"
            stack.append((iter(children), f"</{tag}>"))
