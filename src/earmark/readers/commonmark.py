"""CommonMark as Hugo, Astro and GitHub write it, by markdown-it-py."""

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from earmark.readers import fences

_MOST_ATTRIBUTES = 200  # characters
_ATTRIBUTES = re.compile(r"(?<!\\)\{(?=[#.])(?:#(?P<id>[\w:.-]++)|\.[\w-]++| ++)++\}[ \t]*\Z")


def render(text: str) -> str:
    """Return what markdown-it makes of `text`: CommonMark, with tables, ~~strike~~, task lists and footnotes."""
    parser = MarkdownIt("commonmark", {"maxNesting": 1_000_000})  # it drops what is deeper, without a word
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False).use(tasklists_plugin)
    parser.add_render_rule("footnote_caption", _note_number)
    parser.core.ruler.before("inline", "heading_attributes", _heading_attributes)
    if fences.MARK in text:
        interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
        parser.block.ruler.before("fence", "speaker", _fence, interrupts)
    return str(parser.render(text))


def _fence(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls it)
    """Make what stands between `::: speaker Name` and `:::` a division that bears the name."""
    attributes = None if state.is_code_block(first) else fences.opening(_line(state, first))
    if attributes is None or silent:
        return attributes is not None
    last = first + 1
    while last < end and not (state.sCount[last] < state.blkIndent and not state.isEmpty(last)):
        if fences.closes(_line(state, last)) or fences.opening(_line(state, last)):
            break
        last += 1
    token = state.push("division_open", "div", 1)
    token.block = True
    token.attrs = {f"data-{name}": value for name, value in attributes.items()}
    above, most = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.md.block.tokenize(state, first + 1, last)
    state.parentType, state.lineMax = above, most
    state.push("division_close", "div", -1).block = True
    state.line = last + (last < end and fences.closes(_line(state, last)))
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _heading_attributes(state: StateCore) -> None:
    """Take "{#place .look}" off the end of headings, which Hugo doesn't print: nobody wants to hear it."""
    for heading, inline in pairwise(state.tokens):
        found = (
            _ATTRIBUTES.search(inline.content, max(0, len(inline.content) - _MOST_ATTRIBUTES))
            if heading.type == "heading_open"
            else None
        )
        if found:
            inline.content = inline.content[: found.start()].rstrip()
            if found["id"]:
                heading.attrSet("id", found["id"])


def _note_number(_renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    return str(tokens[at].meta["id"] + 1)
