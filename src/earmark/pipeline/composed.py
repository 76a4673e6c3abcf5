"""What goes to the desk and what comes back; light, so that the parent loads no parser."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from msgspec import Struct

from earmark.article import Article, Metadata
from earmark.narration.script import Script
from earmark.settings import Settings


class Source(Struct, frozen=True, kw_only=True):
    """What is to be composed. `name` is the path as the user knows it; `data` the bytes found there.

    `shown` is what errors call it where `name` is none that a user knows, as of standard input. `paces` are
    words a minute by primary language, "" for any other. `memory` is that of the `Composed` before it.
    """

    name: str
    data: bytes
    settings: Settings
    paces: Mapping[str, float]
    shown: str = ""
    memory: bytes = b""

    @property
    def label(self) -> str:
        """What errors call it."""
        return self.shown or self.name


class Composed(Struct, frozen=True):
    """An article with its metadata resolved (title and language are never empty), and its script.

    `vocabulary` and `languages` are those of every text that was looked up in the lexicon. `memory` holds how its
    sentences are said, for the next time; nobody but the desk's children looks into it. `laps` tell how long
    each stage took where it was timed: its name, when it began, seconds, process. `unvoiced` is the script for an
    engine that lacks the voices which are named, None where nobody may step in or no voice is named.
    """

    article: Article
    metadata: Metadata
    script: Script
    vocabulary: bytes = b""
    languages: tuple[str, ...] = ()
    memory: bytes = b""
    laps: tuple[tuple[str, float, float, int], ...] = ()
    unvoiced: Script | None = None


class Tape(Struct, frozen=True, kw_only=True):
    """A person's recording that stands for some of an article.

    `name` is its path as the article gives it, at `line` if that is known; `path` that in the articles folder.
    """

    name: str
    path: str
    sha256: str
    line: int | None
    open: Callable[[], BinaryIO]
