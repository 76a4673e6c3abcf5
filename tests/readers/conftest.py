"""What the readers' tests share: an article in one call, and its blocks as an outline to compare."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest

from earmark.article import (
    Article,
    Aside,
    Block,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Math,
    Paragraph,
    Table,
    Term,
    children,
)
from earmark.options import ReadingOptions
from earmark.readers import read
from earmark.readers.html import blocks_of


def _row(cells: tuple[Inline, ...]) -> str:
    return " | ".join(cell.text for cell in cells)


def _line(block: Block) -> str:  # noqa: C901, PLR0911, PLR0912 (one flat case a kind of block)
    match block:
        case Heading():
            return f"h{block.level} {block.content.text}"
        case Paragraph():
            return f"p {block.content.text!r}"
        case List():
            return block.kind
        case ListItem():
            marks = "" if block.number is None else f" {block.number}"
            return f"item{marks}" + ("" if block.checked is None else f" {'done' if block.checked else 'open'}")
        case Term():
            return f"term {block.content.text}"
        case Code():
            return f"code {block.info} {block.text!r}"
        case Figure():
            return f"figure {block.source} {block.alt!r} {block.caption.text if block.caption else None!r}"
        case Table():
            rows = " / ".join(map(_row, block.rows))
            named = " named" if block.row_headers else ""
            return f"table {block.caption.text if block.caption else None!r} [{_row(block.header)}] {rows}{named}"
        case Footnote():
            return f"note {block.label}"
        case Aside():
            return f"{block.kind} {block.title.text if block.title else None!r}"
        case Math():
            return f"math {block.text}"
        case Embed():
            return f"embed {block.title} {block.source}"
        case _:
            return type(block).__name__.lower()


def _outline(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    stack = [(block, 0) for block in reversed(blocks)]
    while stack:
        block, depth = stack.pop()
        lines.append("  " * depth + _line(block))
        stack.extend((child, depth + 1) for child in reversed(children(block)))
    return lines


def _read(source: str | bytes, *, name: str, dialect: str) -> Article:
    data = source.encode() if isinstance(source, str) else source
    options = ReadingOptions(dialect="commonmark") if dialect == "commonmark" else ReadingOptions()
    return read(data, name=name, options=options)


@pytest.fixture(scope="session")
def outline() -> Callable[[Sequence[Block]], list[str]]:
    """Return the function that writes blocks as one line each, indented as they stand inside each other."""
    return _outline


@pytest.fixture(scope="session")
def html() -> Callable[[str], tuple[Block, ...]]:
    """Return the function that walks HTML."""
    return lambda source: blocks_of(source, name="page.html")[0]


@pytest.fixture(scope="session")
def markdown() -> Callable[[str | bytes], Article]:
    """Return the function that reads Markdown in the default dialect."""
    return partial(_read, name="article.md", dialect="default")


@pytest.fixture(scope="session")
def commonmark() -> Callable[[str | bytes], Article]:
    """Return the function that reads CommonMark."""
    return partial(_read, name="article.md", dialect="commonmark")


@pytest.fixture(scope="session")
def text() -> Callable[[str | bytes], Article]:
    """Return the function that reads plain text."""
    return partial(_read, name="article.txt", dialect="default")
