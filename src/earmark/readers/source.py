"""What a reader is given: decoded text, without its front matter, and what is known about it."""

from msgspec import Struct

from earmark.article import Block, Problem

Reading = tuple[tuple[Block, ...], tuple[Problem, ...]]


class Source(Struct, frozen=True, kw_only=True):
    """The text of an article.

    `name` is its path for errors, `first_line` the line of the file that `text` begins at, `language`
    the article's own ("" if it names none), `dialect` "default" or "commonmark".
    """

    name: str
    text: str
    first_line: int = 1
    language: str = ""
    dialect: str = "default"
    most_nesting: int = 100
