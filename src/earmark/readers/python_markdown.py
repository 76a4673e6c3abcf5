"""Markdown as MkDocs and Pelican write it, by Python-Markdown."""

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
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
_STRUCK = r"(?<!~)(~~)(?![~\s])([^~]+)(?<!\s)~~(?!~)"
_BOX = re.compile(r"\s*\[([ xX])\][ \t\n]+(?=\S)")


def render(text: str) -> str:
    """Return what Python-Markdown makes of `text`."""
    return Markdown(extensions=[*(extension() for extension in _EXTENSIONS), Usual()]).convert(text)


class Usual(Extension):
    """What everyone writes and Python-Markdown doesn't know: ~~struck~~ words and lists of tasks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register both, after the library's own rules."""
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 55)
        md.treeprocessors.register(_Tasks(md), "tasks", 15)


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
