"""CommonMark as Hugo, Astro and GitHub write it, by markdown-it-py."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin


def render(text: str) -> str:
    """Return what markdown-it makes of `text`: CommonMark, with tables, ~~strike~~, task lists and footnotes."""
    parser = MarkdownIt("commonmark", {"maxNesting": 1_000_000})  # it drops what is deeper, without a word
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False).use(tasklists_plugin)
    parser.add_render_rule("footnote_caption", _note_number)
    return str(parser.render(text))


def _note_number(_renderer: object, tokens: Sequence[Token], at: int, *_: object) -> str:
    return str(tokens[at].meta["id"] + 1)
