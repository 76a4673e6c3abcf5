"""What happens during a build, as values: the command line shows them, the report collects them."""

from dataclasses import dataclass

from earmark.article import Problem
from earmark.errors import EarmarkError


@dataclass(frozen=True, slots=True)
class Planned:
    """How many articles there are, and how many of them have to be made."""

    articles: int
    stale: int


@dataclass(frozen=True, slots=True)
class Started:
    """An article's script is ready: `utterances` in all, of which `to_speak` are not in the cache."""

    name: str
    utterances: int
    to_speak: int


@dataclass(frozen=True, slots=True)
class Progressed:
    """`utterances` more are spoken, by an engine or by the cache."""

    name: str
    utterances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """An edition is fresh and was left alone. `duration` in seconds."""

    name: str
    source: str
    slug: str
    title: str
    duration: float
    omitted_words: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article has no edition because it says so itself ("draft", "audio: false")."""

    name: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An article could not be made; what was published of it before is still there."""

    name: str
    source: str
    error: EarmarkError


@dataclass(frozen=True, slots=True)
class Orphaned:
    """An edition whose source is gone, or goes by another slug now; it is left alone."""

    slug: str
    source: str
    reason: str


Result = Made | Unchanged | Skipped | Failed
Event = Planned | Started | Progressed | Result | Orphaned


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: a result for each article, in the order of their names.

    `troubles` are errors that belong to no article: the index or the cache could not be written.
    """

    results: tuple[Result, ...]
    orphans: tuple[Orphaned, ...]
    interrupted: bool = False
    troubles: tuple[EarmarkError, ...] = ()
