"""Markdown in two dialects, Python-Markdown's and CommonMark, each rendered and then walked as HTML."""

from importlib import import_module

from earmark.errors import ReadError
from earmark.readers.html import blocks_of
from earmark.readers.lines import SourceLines
from earmark.readers.nesting import check_markdown
from earmark.readers.shortcodes import expand
from earmark.readers.source import Reading, Source
from earmark.readers.stalling import check_stretches
from earmark.readers.unclosed import unclosed

# Each dialect, and the module here that renders it: `render(text)` returns HTML.
_DIALECTS = {"default": "python_markdown", "commonmark": "commonmark"}


def read(source: Source) -> Reading:
    """Return the blocks of a Markdown text and the problems seen in them; `ReadError` beyond the caps."""
    check_markdown(source.text, name=source.name, first_line=source.first_line, most=source.most_nesting)
    if source.dialect == "default":
        check_stretches(source.text, name=source.name, first_line=source.first_line)
    dialect = import_module(f"earmark.readers.{_DIALECTS[source.dialect]}")  # each loads a parser
    try:
        text = expand(source.text, dialect.render, name=source.name, first_line=source.first_line)
        if text is not source.text:
            check_markdown(text, name=source.name, first_line=source.first_line, most=source.most_nesting)
        html = dialect.render(text)
    except RecursionError:
        raise ReadError(
            "its lists, quotations or links stand too deep inside each other", source=source.name, hint="Flatten them"
        ) from None
    blocks, problems = blocks_of(
        html,
        name=source.name,
        language=source.language,
        most_nesting=source.most_nesting,
        find_line=SourceLines(source.text, first_line=source.first_line),
    )
    return Reading(blocks, (*unclosed(html, source.text, first_line=source.first_line), *problems))
