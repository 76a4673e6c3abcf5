"""What is asked of a node of the tree: classes, whole numbers, the text inside."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from earmark.readers.elements import HIDDEN
from earmark.readers.gathering import Gathering
from earmark.readers.inline import clean

Attributes = dict[str, str | None]
Leave = Callable[[], None]
Enter = Callable[[Gathering, LexborNode, Attributes], Leave | None]

_INTEGER = re.compile(r"[ \t\n\f\r]*([-+]?[0-9]{1,9})(?![0-9])")
_DISPLAY_NONE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_ORDER = re.compile(r"(?:^|;)\s?order\s?:\s?-?[0-9]|(?:row|column)-reverse\b", re.IGNORECASE)


def nothing() -> None:
    """Do nothing when an element ends."""


def classes(attributes: Attributes) -> list[str]:
    """Return the element's classes."""
    return (attributes.get("class") or "").split()


def integer(attributes: Attributes, name: str) -> int | None:
    """Return an attribute as a whole number, None where it is none."""
    found = _INTEGER.match(attributes.get(name) or "")
    return int(found[1]) if found else None


def label(attributes: Attributes) -> str:
    """Return the name that an element has for those who don't see it."""
    return " ".join((attributes.get("title") or attributes.get("aria-label") or "").split())


def concealed(attributes: Attributes) -> bool:
    """Tell whether the author hides the element from everyone."""
    return "hidden" in attributes or ("style" in attributes and bool(_DISPLAY_NONE.search(attributes["style"] or "")))


def disordered(attributes: Attributes) -> bool:
    """Tell whether the author shows the element, or leads the keyboard to it, out of its order."""
    if "tabindex" in attributes and (integer(attributes, "tabindex") or 0) > 0:
        return True
    return "style" in attributes and bool(_ORDER.search(attributes["style"] or ""))


def text_inside(node: LexborNode, *, hidden: frozenset[str] = HIDDEN) -> str:
    """Return the visible text inside an element as written, a `<br>` as a new line."""
    pieces: list[str] = []
    stack = [node.first_child]
    while stack:
        current = stack.pop()
        if current is None:
            continue
        stack.append(current.next)
        tag = current.tag
        if tag == "-text":
            pieces.append((current.text_content or "").replace("\r", "\n"))
        elif tag == "br":
            pieces.append("\n")
        elif tag and tag[0] != "-" and tag not in hidden and not concealed(current.attributes):
            stack.append(current.first_child)
    return clean("".join(pieces))
