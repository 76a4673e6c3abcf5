"""Footnotes by what they do: a mark leads to a note, and the note leads back to its mark, whatever both are called."""

import re

from selectolax.lexbor import LexborNode

from earmark.readers.gathering import References
from earmark.readers.nodes import text_inside

_MARK = re.compile(
    r"\s*[\[(]?\s*(?:\d{1,4}|[a-z]{1,4}|[*†‡§¶]{1,4}|(?:note|fn|nb|n)\.?\s*\d{1,4})\s*[\])]?\s*\Z", re.IGNORECASE
)
_HOLDERS = frozenset({"li", "p", "div", "aside", "dd", "section"})
_MOST_UP = 4  # elements between a note's anchor and what holds the note
_MOST_WAYS = 100  # links in a note that are looked at
_LONGEST = 20_000  # characters of a note


def references_in(body: LexborNode) -> References:
    """Return the footnotes of a page: links within it whose ends lead to each other."""
    found = References()
    links = [link for link in body.css('a[href^="#"]') if len(_address(link)) > 1]
    if not links:
        return found
    order = {node.mem_id: at for at, node in enumerate(body.css("*"))}
    holders = {
        address: _holder(target) for address, target in _targets(body, {_address(link) for link in links}).items()
    }
    ways = {address: _ways(holder) for address, holder in holders.items() if holder is not None}
    for link in links:
        address = _address(link)
        holder = holders.get(address)
        if holder is None or not _MARK.match(text_inside(link)) or order[link.mem_id] > order[holder.mem_id]:
            continue
        back = [way for name in _names_near(link) for way in ways[address].get(f"#{name}", ())]
        if back and not _inside(link, holder):
            found.marks[link.mem_id] = found.notes.setdefault(holder.mem_id, address)
            found.backlinks.update(back)
    return found


def _address(link: LexborNode) -> str:
    return link.attributes.get("href") or ""


def _ways(holder: LexborNode) -> dict[str, list[int]]:
    """Return the links within the page that stand in a note, by where they lead."""
    found: dict[str, list[int]] = {}
    for link in holder.css('a[href^="#"]')[:_MOST_WAYS]:
        found.setdefault(_address(link), []).append(link.mem_id)
    return found


def _targets(body: LexborNode, addresses: set[str]) -> dict[str, LexborNode]:
    """Return what each of `addresses` leads to."""
    found: dict[str, LexborNode] = {}
    for node in body.css("[id], a[name]"):
        for name in (node.attributes.get("id"), node.attributes.get("name")):
            if name and f"#{name}" in addresses:
                found.setdefault(f"#{name}", node)
    return found


def _names_near(link: LexborNode) -> list[str]:
    """Return the ids that a way back to this mark may name: its own, of what is in it, or of what holds it alone."""
    names = [link.attributes.get("id"), link.attributes.get("name")]
    child = link.first_child
    if child is not None and child.tag != "-text":
        names += [child.attributes.get("id")]
    before = link.prev
    if before is not None and before.tag in ("a", "span") and not text_inside(before).strip():
        names += [before.attributes.get("id"), before.attributes.get("name")]
    parent = link.parent
    if parent is not None and parent.tag in ("sup", "span", "small"):
        names.append(parent.attributes.get("id"))
        outer = parent.parent
        if outer is not None and outer.tag in ("sup", "span"):
            names.append(outer.attributes.get("id"))
    return [name for name in names if name]


def _holder(target: LexborNode) -> LexborNode | None:
    """Return the block that holds a note, from where its address leads to."""
    node: LexborNode | None = target
    for _ in range(_MOST_UP):
        if node is None or node.tag in ("body", "-document", "html", "article", "main"):
            return None
        if node.tag in _HOLDERS:
            return node if len(text_inside(node)) <= _LONGEST else None
        node = node.parent
    return None


def _inside(link: LexborNode, holder: LexborNode) -> bool:
    node = link.parent
    while node is not None:
        if node.mem_id == holder.mem_id:
            return True
        node = node.parent
    return False
