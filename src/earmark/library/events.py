"""What happens during a build, as values: the command line shows them, the report collects them."""

import json
import re

from msgspec import Struct

from earmark.article import Problem
from earmark.errors import EarmarkError
from earmark.pipeline.stopwatch import Span

_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w./-]|:(?!\s|\Z))*", re.ASCII)  # what YAML takes for text without quotes


class Planned(Struct, frozen=True):
    """How many articles there are, and how many of them have to be made."""

    articles: int
    stale: int


class Started(Struct, frozen=True):
    """An article's script is ready: `utterances` in all, of which `to_speak` are not in the cache."""

    name: str
    utterances: int
    to_speak: int
    source: str = ""


class Progressed(Struct, frozen=True):
    """`utterances` more are spoken, by an engine or by the cache."""

    name: str
    utterances: int


class Spent(Struct, frozen=True):
    """A stretch of work on an article is over: one of the pipeline's stages or, if `span` says so, a detail.

    `name` and `source` are "" where it is not known for which article it was.
    """

    name: str
    source: str
    span: Span


class Made(Struct, frozen=True, kw_only=True):
    """An edition was made and published. `duration` in seconds; `spoken` counts what the engine spoke anew."""

    name: str
    source: str
    slug: str
    title: str
    duration: float
    utterances: int
    spoken: int
    omitted_words: int
    problems: tuple[Problem, ...]
    files: tuple[str, ...]


class Unchanged(Struct, frozen=True, kw_only=True):
    """An edition is fresh and was left alone. `duration` in seconds."""

    name: str
    source: str
    slug: str
    title: str
    duration: float
    omitted_words: int


class Skipped(Struct, frozen=True):
    """An article has no edition because it says so itself ("draft", "audio: false")."""

    name: str
    source: str
    reason: str


class Failed(Struct, frozen=True):
    """An article could not be made; what was published of it before is still there."""

    name: str
    source: str
    error: EarmarkError


class Orphaned(Struct, frozen=True):
    """An edition whose source is gone, or goes by another slug now; it is left alone.

    `withdrawn` says that the source is there, and that it or settings want no audio of it.
    """

    slug: str
    source: str
    reason: str
    withdrawn: bool = False


class Moved(Struct, frozen=True):
    """An article that lies at `new` now and was published from `old`: its subscribers' place is kept by `line`.

    `slug` is the edition that they know; `guid` is what they know it by.
    """

    old: str
    new: str
    slug: str
    guid: str

    @property
    def line(self) -> str:
        """The line that the article's front matter needs."""
        plain = _PLAIN.fullmatch(self.guid)
        return f"id: {self.guid}" if plain else f"id: {json.dumps(self.guid, ensure_ascii=False)}"


Result = Made | Unchanged | Skipped | Failed
Event = Planned | Started | Progressed | Spent | Result | Orphaned | Moved


class Outcome(Struct, frozen=True):
    """How a build ended: a result for each article, in the order of their names.

    `troubles` are errors that belong to no article: the index or the cache could not be written. `notices`
    are what a publisher should know of the site as a whole: of its feed and its cover.
    """

    results: tuple[Result, ...]
    orphans: tuple[Orphaned, ...]
    interrupted: bool = False
    troubles: tuple[EarmarkError, ...] = ()
    moved: tuple[Moved, ...] = ()
    notices: tuple[Problem, ...] = ()
