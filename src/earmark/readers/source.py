"""What a reader is given: decoded text, without its front matter, and what is known about it."""

from typing import NamedTuple

from msgspec import Struct

from earmark.article import Block, Metadata, Problem


class Reading(NamedTuple):
    """What a reader makes of a source. `said` is what the source says of itself beside its front matter, if anything."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    said: Metadata | None = None


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
    most_tags: int = 100_000
