"""Markdown as MkDocs and Pelican write it, by Python-Markdown."""

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from earmark.readers import fences

# Classes, not names: names are looked for among all that is installed, which takes longer than most articles.
_EXTENSIONS: tuple[type[Extension], ...] = (
    AbbrExtension,
    AdmonitionExtension,
    AttrListExtension,
    DefListExtension,
    FencedCodeExtension,
    FootnoteExtension,
    MarkdownInHtmlExtension,
    SaneListExtension,
    TableExtension,
)
# Below what makes blocks of raw HTML and code, above all that looks at a line's first words.
_FENCES_PRIORITY = 95
_STRUCK = r"(?<!~)(~~)(?![~\s])([^~]+)(?<!\s)~~(?!~)"
_BOX = re.compile(r"\s*\[([ xX])\][ \t\n]+(?=\S)")


def render(text: str) -> str:
    """Return what Python-Markdown makes of `text`."""
    return Markdown(extensions=[*(extension() for extension in _EXTENSIONS), Usual()]).convert(text)


class Usual(Extension):
    """What everyone writes and Python-Markdown doesn't know: ~~struck~~ words, lists of tasks; and who says what."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register them, the marks after the library's own rules."""
        md.parser.blockprocessors.register(_Fences(md.parser), "fences", _FENCES_PRIORITY)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 55)
        md.treeprocessors.register(_Tasks(md), "tasks", 15)


class _Fences(BlockProcessor):
    """Makes what stands between `::: speaker Name` and `:::` a division that bears the name."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Tell whether a fence opens in `block`."""
        del parent
        return fences.MARK in block and any(fences.opening(line) for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Take the blocks up to the end of the fence out of `blocks`, and make its division of them."""
        lines, at = blocks.pop(0).split("\n"), 0
        outside: list[str] = []
        while at < len(lines):
            attributes = fences.opening(lines[at])
            at += 1
            if attributes is None:
                outside.append(lines[at - 1])
                continue
            self._parse(parent, ["\n".join(outside)])
            outside = []
            division = ET.SubElement(parent, "div", {f"data-{name}": value for name, value in attributes.items()})
            inside: list[str] = []
            while True:
                start, at = at, next((n for n in range(at, len(lines)) if _is_fence(lines[n])), len(lines))
                inside.append("\n".join(lines[start:at]))
                if at < len(lines) or not blocks:
                    break
                lines, at = blocks.pop(0).split("\n"), 0
            at += at < len(lines) and fences.closes(lines[at])
            self._parse(division, inside)
        if outside:
            blocks.insert(0, "\n".join(outside))

    def _parse(self, parent: ET.Element, blocks: list[str]) -> None:
        self.parser.parseBlocks(parent, [block for block in blocks if block.strip()])


def _is_fence(line: str) -> bool:
    return fences.closes(line) or fences.opening(line) is not None


class _Tasks(Treeprocessor):
    """Turns "[ ]" and "[x]" that begin an item into its box."""

    def run(self, root: ET.Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            box = _BOX.match(holder.text or "")
            if box:
                ticked = {"checked": "checked"} if box[1] in "xX" else {}
                place = ET.Element("input", {"type": "checkbox", "disabled": "disabled", **ticked})
                place.tail = (holder.text or "")[box.end() :]
                holder.text = ""
                holder.insert(0, place)
