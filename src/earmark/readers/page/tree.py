"""A page as a light tree that can be weighed: elements with their text, links and places, invisible ones left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from earmark.readers.elements import HIDDEN
from earmark.readers.nodes import Attributes, concealed

# Shown or worked by the page, and no words of an article.
CONTROLS = frozenset(
    [
        "button",
        "input",
        "noscript",
        "select",
        "textarea",
        "option",
        "datalist",
        "dialog",
        "amp-ad",
        "amp-consent",
        "amp-embed",
        "amp-iframe",
        "amp-sidebar",
        "amp-user-notification",
    ]
)
# What begins and ends a run of words.
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "iframe",
        "video",
        "audio",
        "object",
        "embed",
    ]
)
TEXT = "-text"
_NONE: Attributes = {}
_LONGEST_NAME = 400  # characters of a class or an id that are looked at
_COMMA = re.compile("[,،﹐︐︑⸁⸲⸴⹁，、]")
_UNSEEN = re.compile(
    r"clip\s*:\s*rect\(\s*[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:left|text-indent)\s*:\s*-\d{4}", re.IGNORECASE
)
# What pages whose classes are hashed call their parts by.
_NAMING = (
    "data-testid",
    "data-test-id",
    "data-component",
    "data-component-name",
    "data-qa",
    "data-module",
    "data-hook",
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True, eq=False)
class Node:
    """An element or a text of the page. `key` is its identity in the parser's own tree."""

    tag: str
    key: int
    parent: "Node | None"
    attributes: Attributes
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    names: str = ""  # its class and id, in lower case
    size: int = 0  # characters of the words inside, white space collapsed
    linked: float = 0  # of them, in links
    commas: int = 0
    blocky: bool = False  # a block stands somewhere inside
    data: bool | None = None  # of a table: whether it holds values; None while nobody has asked

    @property
    def link_density(self) -> float:
        """The share of the words inside that are links, from 0 to 1."""
        return self.linked / self.size if self.size else 0.0


@dataclass(slots=True)
class Page:
    """The body of a page, and the keys of what in it holds no words of an article."""

    body: Node
    controls: list[int]


def page_of(body: LexborNode) -> Page:
    """Return the tree of a page's body, in one pass; it never recurses."""
    root = Node("body", body.mem_id, None, body.attributes, names=_names(body.attributes))
    controls: list[int] = []
    stack: list[tuple[LexborNode | None, Node]] = [(body.first_child, root)]
    while stack:
        current, holder = stack.pop()
        if current is None:
            continue
        stack.append((current.next, holder))
        tag = current.tag or ""
        if tag == TEXT:
            words = " ".join((current.text_content or "").split())
            if words:
                text = Node(TEXT, current.mem_id, holder, _NONE, words, size=len(words))
                text.commas = len(_COMMA.findall(words)) if _COMMA.search(words) else 0
                holder.children.append(text)
        elif tag[:1] == "-" or tag in HIDDEN:
            continue
        elif tag in CONTROLS:
            controls.append(current.mem_id)
        else:
            attributes = current.attributes
            if concealed(attributes):
                continue
            if "style" in attributes and _UNSEEN.search(attributes["style"] or ""):
                controls.append(current.mem_id)
                continue
            made = Node(tag, current.mem_id, holder, attributes, names=_names(attributes) if attributes else "")
            holder.children.append(made)
            if tag != "iframe":  # what is written in one is for browsers that show none
                stack.append((current.first_child, made))
    return Page(root, controls)


def _names(attributes: Attributes) -> str:
    told = [(attributes.get("class") or "")[:_LONGEST_NAME], (attributes.get("id") or "")[:_LONGEST_NAME]]
    told += [_CAMEL.sub("-", (attributes[key] or "")[:_LONGEST_NAME]) for key in _NAMING if key in attributes]
    return " ".join(told).strip().lower()


def weigh(root: Node, without: set[Node] | dict[Node, str]) -> None:
    """Work out what each element holds, `without` some of them."""
    for node in reversed(list(descend(root, without))):
        if node.tag == TEXT:
            continue  # weighed once for all
        node.size = node.commas = 0
        node.linked = 0.0
        node.blocky = False
        before = ""
        for child in node.children:
            if child in without:
                continue
            node.blocky = node.blocky or before == child.tag == "br"
            before = child.tag
            node.size += child.size
            node.linked += child.linked
            node.commas += child.commas
            node.blocky = node.blocky or child.blocky or child.tag in BLOCK_TAGS
        if node.tag == "a":
            inside = (node.attributes.get("href") or "#").startswith("#")
            node.linked = node.size * (0.3 if inside else 1.0)  # a way within the page leads nowhere else


def descend(root: Node, without: set[Node] | dict[Node, str] | frozenset[Node] = frozenset()) -> Iterator[Node]:
    """Yield an element and all inside in document order, `without` some and what they hold."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node in without:
            continue
        yield node
        stack.extend(reversed(node.children))


def ancestors(node: Node, most: int = 1_000_000) -> Iterator[Node]:
    """Yield what holds an element, the innermost first."""
    holder = node.parent
    while holder is not None and most:
        yield holder
        holder = holder.parent
        most -= 1


def text_of(node: Node, without: set[Node] | dict[Node, str] | frozenset[Node] = frozenset()) -> str:
    """Return the words inside, those of different blocks apart."""
    pieces: list[str] = []
    for inner in descend(node, without):
        if inner.tag == TEXT:
            pieces.append(inner.text)
        elif inner.tag in BLOCK_TAGS or inner.tag == "br":
            pieces.append(" ")
    return " ".join(" ".join(pieces).split())
