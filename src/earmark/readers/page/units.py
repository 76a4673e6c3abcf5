"""Runs of words: what of a page is read, kept or left out as one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from earmark.readers.page.tree import BLOCK_TAGS, TEXT, Node, text_of

_LINKS_AROUND = 5  # elements from a block out that may be a link
_OF_ITS_OWN = re.compile(r"[▶►▷●■◆※☞>»©ⓒ]|https?://")  # a line that begins so is none of a paragraph's


@dataclass(slots=True, eq=False)
class Unit:
    """Words that belong together: a run of text and inline elements within one block, `nodes` being its parts."""

    holder: Node
    nodes: list[Node]
    text: str
    linked: float = 0
    whole: bool = False  # nothing else is in its holder

    @property
    def link_density(self) -> float:
        """The share of its words that are links."""
        return self.linked / len(self.text) if self.text else 0.0


def _in_link(holder: Node) -> bool:
    """Tell whether a block stands inside a link, as headlines of other articles do."""
    node: Node | None = holder
    for _ in range(_LINKS_AROUND):
        if node is None:
            return False
        if node.tag == "a":
            return not (node.attributes.get("href") or "#").startswith("#")
        node = node.parent
    return False


def _units_in(run: list[Node]) -> Iterator[Unit]:
    """Yield what one run of text and inline elements holds: more than one paragraph where blank lines part it."""
    for nodes in _parted(run) if any(node.tag == "br" for node in run) else (run,):
        only = nodes[0] if len(nodes) == 1 else None
        if only is not None and only.tag == TEXT:
            text = only.text
        else:
            text = " ".join(" ".join(text_of(node) for node in nodes).split())
        holder = nodes[0].parent
        if text and holder is not None:
            whole = len(nodes) == len(holder.children)  # a run is never broken within its holder
            linked = len(text) if _in_link(holder) else sum(node.linked for node in nodes)
            yield Unit(holder, list(nodes), text, linked, whole)


def _parted(run: list[Node]) -> Iterator[list[Node]]:
    """Yield the paragraphs that two line breaks part, and lines that are nothing but a link."""
    lines: list[list[Node]] = [[]]
    for node in run:
        if node.tag == "br":
            lines.append([])
        else:
            lines[-1].append(node)
    paragraph: list[Node] = []
    alone = False
    for line in lines:
        own = bool(line) and _of_its_own(line)
        if paragraph and (not line or own or alone):
            yield paragraph
            paragraph = []
        paragraph.extend(line)
        alone = own
    if paragraph:
        yield paragraph


def _of_its_own(line: list[Node]) -> bool:
    """Tell whether a line between line breaks can be no part of a paragraph: a way elsewhere, or a mark before it."""
    size = sum(node.size for node in line)
    linked = sum(node.linked for node in line)
    return linked > 0.9 * size > 0 or bool(_OF_ITS_OWN.match(next((node.text for node in line if node.text), "")))


def units_of(root: Node, without: set[Node] | dict[Node, str] | frozenset[Node] = frozenset()) -> list[Unit]:
    """Return every run of words in document order; the tree has been weighed."""
    found: list[Unit] = []
    run: list[Node] = []

    def close() -> None:
        if run:
            found.extend(_units_in(run))
            run.clear()

    stack: list[Node | None] = [root]
    while stack:
        node = stack.pop()
        if node is None or node in without:
            close()
        elif node.tag not in BLOCK_TAGS and not node.blocky:
            run.append(node)
        else:
            close()
            stack.append(None)
            stack.extend(reversed(node.children))
    close()
    return found
