"""The report: what a build did, for a program. Its schema number changes when a field changes its meaning."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from earmark.article import Problem
from earmark.checks.options import is_heard
from earmark.cli.telling.console import escaped
from earmark.cli.telling.timings import Observed, Stages, total
from earmark.errors import EarmarkError, RetryLater, WriteError
from earmark.library import events
from earmark.storage import refuse_device, sweep, write_atomically

SCHEMA = 1

_Seconds = Annotated[float, Meta(description="of audio, s")]
_Source = Annotated[str, Meta(description="the article's path in the folder of articles, with /")]
_Slug = Annotated[str, Meta(description="the name of its edition, a folder in `out`")]
_Words = Annotated[int, Meta(description="words that are not said, each listed in edition.json with the reason")]


class ReportedError(Struct, frozen=True):
    """Why something failed."""

    type: Annotated[str, Meta(description="ReadError, SynthesisError, WriteError, …")]
    message: Annotated[str, Meta(description="the whole message: what failed, on what, and what to do")]
    hint: Annotated[str, Meta(description='what to do, "" if that is plain')]
    line: Annotated[int | None, Meta(description="the line in the article, null where that is not known")]


class MadeArticle(Struct, frozen=True, tag_field="status", tag="made"):
    """Its edition was made."""

    source: _Source
    slug: _Slug
    title: str
    duration: _Seconds
    utterances: Annotated[int, Meta(description="how many stretches of speech it has")]
    spoken: Annotated[int, Meta(description="how many of them were spoken anew; the others were kept")]
    omitted_words: _Words
    problems: Annotated[tuple[Problem, ...], Meta(description="what to check, as in edition.json")]
    files: Annotated[tuple[str, ...], Meta(description="what was published, relative to `out`")]
    stages: Stages


class UnchangedArticle(Struct, frozen=True, tag_field="status", tag="unchanged"):
    """Its edition was fresh."""

    source: _Source
    slug: _Slug
    title: str
    duration: _Seconds
    omitted_words: _Words


class SkippedArticle(Struct, frozen=True, tag_field="status", tag="skipped"):
    """It wants no edition."""

    source: _Source
    reason: Annotated[str, Meta(description="what its front matter says")]


class FailedArticle(Struct, frozen=True, tag_field="status", tag="failed"):
    """It could not be made; what was published of it before is still there."""

    source: _Source
    error: ReportedError
    stages: Stages


class Totals(Struct, frozen=True):
    """How many there are of each, and how much it is."""

    made: int
    unchanged: int
    skipped: int
    failed: int
    deferred: Annotated[int, Meta(description="of those that failed, how many only have to be tried later")]
    seconds: _Seconds
    omitted_words: _Words


class ToCheck(Struct, frozen=True):
    """A problem, once, with all articles that have it."""

    code: Annotated[str, Meta(description="stable")]
    severity: Annotated[str, Meta(description="error, warning or info")]
    message: str
    hint: str
    articles: Annotated[tuple[str, ...], Meta(description="their paths in the folder of articles")]


class ReportedOrphan(Struct, frozen=True):
    """An edition whose article is gone; only `earmark prune` deletes it."""

    slug: _Slug
    source: Annotated[str, Meta(description="where its article was")]


class ReportedMove(Struct, frozen=True):
    """An article that was moved: `line` in its front matter keeps its subscribers' place."""

    old: str
    new: str
    slug: _Slug
    id: str
    line: str


class Timings(Struct, frozen=True):
    """How long it took: `seconds` by the clock, from the first look at the articles; `stages` of all articles together."""

    seconds: float
    stages: Stages


class Report(Struct, frozen=True):
    """What `earmark build` did. `schema` changes when a field changes its meaning; fields may be added."""

    schema: Annotated[int, Meta(description="of this document")]
    exit_code: Annotated[int, Meta(description="the command's own, as in the table of exit codes")]
    out: Annotated[str, Meta(description="the folder of editions")]
    interrupted: Annotated[bool, Meta(description="whether it was broken off; what is finished is kept")]
    totals: Totals
    articles: Annotated[
        tuple[MadeArticle | UnchangedArticle | SkippedArticle | FailedArticle, ...],
        Meta(description="in the order of their paths"),
    ]
    troubles: Annotated[tuple[ReportedError, ...], Meta(description="errors that belong to no article")]
    to_check: Annotated[
        tuple[ToCheck, ...], Meta(description="problems of what was made, those of most articles first")
    ]
    orphans: tuple[ReportedOrphan, ...]
    moved: tuple[ReportedMove, ...]
    notices: Annotated[tuple[Problem, ...], Meta(description="what to know of the feed and its cover")]
    timings: Timings


def prepare_report(path: Path) -> None:
    """Raise `WriteError` if no report could be written there: better before a long build than after it."""
    if path.is_dir():
        raise WriteError("a folder has this name", path=path, hint="Name a file.")
    if not os.access(path.absolute().parent, os.W_OK):
        raise WriteError("its folder is not there, or can't be written", path=path, hint="Make the folder first.")
    refuse_device(path)


def write_report(path: Path, outcome: events.Outcome, observed: Observed, *, out: Path, code: int) -> None:
    """Write the report, whole or not at all. Raises `WriteError`."""
    stages = observed.stages()
    report = Report(
        schema=SCHEMA,
        exit_code=code,
        out=str(out),
        interrupted=outcome.interrupted,
        totals=totals_of(outcome.results),
        articles=tuple(_article(result, stages.get(result.source, Stages())) for result in outcome.results),
        troubles=tuple(map(_error, outcome.troubles)),
        to_check=_to_check(outcome.results),
        orphans=tuple(ReportedOrphan(orphan.slug, orphan.source) for orphan in outcome.orphans),
        moved=tuple(ReportedMove(one.old, one.new, one.slug, one.guid, one.line) for one in outcome.moved),
        notices=outcome.notices,
        timings=Timings(observed.seconds(), total(stages)),
    )
    sweep(path.absolute().parent)
    write_atomically(path, msgspec.json.format(escaped(msgspec.json.encode(report)), indent=2) + b"\n")


def outputs_of(outcome: events.Outcome, *, code: int, report: Path | None) -> dict[str, str]:
    """Return what a step of a workflow hands on, by name."""
    totals = totals_of(outcome.results)
    return {
        "exit-code": str(code),
        "made": str(totals.made),
        "unchanged": str(totals.unchanged),
        "failed": str(totals.failed),
        "seconds": f"{totals.seconds:.0f}",
        "report": str(report or ""),
    }


def schema() -> bytes:
    """Return the JSON Schema of the report."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Report)), indent=2) + b"\n"


def totals_of(results: Iterable[events.Result]) -> Totals:
    """Return how many articles there are of each kind, and how much it is."""
    every = tuple(results)
    there = [result for result in every if isinstance(result, events.Made | events.Unchanged)]
    return Totals(
        made=sum(isinstance(result, events.Made) for result in every),
        unchanged=sum(isinstance(result, events.Unchanged) for result in every),
        skipped=sum(isinstance(result, events.Skipped) for result in every),
        failed=sum(isinstance(result, events.Failed) for result in every),
        deferred=sum(isinstance(result, events.Failed) and isinstance(result.error, RetryLater) for result in every),
        seconds=round(sum(result.duration for result in there), 3),
        omitted_words=sum(result.omitted_words for result in there),
    )


def _to_check(results: Iterable[events.Result]) -> tuple[ToCheck, ...]:
    """Return the problems of all articles that were made, each once, those of most articles first."""
    articles: dict[tuple[str, str, str, str], set[str]] = {}
    for result in results:
        problems = result.problems if isinstance(result, events.Made) else ()
        for problem in (one for one in problems if is_heard(one.code)):
            key = (problem.code, str(problem.severity), problem.message, problem.hint)
            articles.setdefault(key, set()).add(result.source)
    ranked = sorted(articles.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(ToCheck(*key, tuple(sorted(where))) for key, where in ranked)


def _article(result: events.Result, stages: Stages) -> MadeArticle | UnchangedArticle | SkippedArticle | FailedArticle:
    match result:
        case events.Made():
            return MadeArticle(
                source=result.source,
                slug=result.slug,
                title=result.title,
                duration=round(result.duration, 3),
                utterances=result.utterances,
                spoken=result.spoken,
                omitted_words=result.omitted_words,
                problems=result.problems,
                files=result.files,
                stages=stages,
            )
        case events.Unchanged():
            return UnchangedArticle(
                source=result.source,
                slug=result.slug,
                title=result.title,
                duration=round(result.duration, 3),
                omitted_words=result.omitted_words,
            )
        case events.Skipped():
            return SkippedArticle(result.source, result.reason)
        case events.Failed():
            return FailedArticle(result.source, _error(result.error), stages)


def _error(error: EarmarkError) -> ReportedError:
    return ReportedError(type(error).__name__, str(error), error.hint, getattr(error, "line", None))
