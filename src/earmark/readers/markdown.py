"""Markdown in two dialects, Python-Markdown's and CommonMark, each rendered and then walked as HTML."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from earmark.errors import ReadError
from earmark.readers.html import blocks_of
from earmark.readers.lines import SourceLines
from earmark.readers.nesting import check_markdown
from earmark.readers.source import Reading, Source

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
)
_STRUCK = r"(?<!~)(~~)(?![~\s])([^~]+)(?<!\s)~~(?!~)"
_BOX = re.compile(r"\s*\[([ xX])\][ \t\n]+(?=\S)")


def read(source: Source) -> Reading:
    """Return the blocks of a Markdown text and the problems seen in them; `ReadError` beyond the caps."""
    check_markdown(source.text, name=source.name, first_line=source.first_line, most=source.most_nesting)
    render = render_commonmark if source.dialect == "commonmark" else render_default
    try:
        html = render(source.text)
    except RecursionError:
        raise ReadError(
            "its lists, quotations or links stand too deep inside each other", source=source.name, hint="Flatten them"
        ) from None
    return blocks_of(
        html,
        name=source.name,
        language=source.language,
        most_nesting=source.most_nesting,
        find_line=SourceLines(source.text, first_line=source.first_line),
    )


def render_default(text: str) -> str:
    """Return what Python-Markdown makes of `text`, in the dialect of MkDocs and Pelican."""
    return Markdown(extensions=[*EXTENSIONS, Usual()]).convert(text)


def render_commonmark(text: str) -> str:
    """Return what markdown-it makes of `text`: CommonMark, with tables, ~~strike~~, task lists and footnotes."""
    parser = MarkdownIt("commonmark", {"maxNesting": 1_000_000})  # it drops what is deeper, without a word
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False).use(tasklists_plugin)
    parser.add_render_rule("footnote_caption", _note_number)
    return str(parser.render(text))


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


def _note_number(_renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    return str(tokens[at].meta["id"] + 1)
