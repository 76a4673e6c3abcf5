"""What a command tells, as lines for a person or as one JSON object a line for a program."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, Protocol, TypeAlias

import msgspec
from msgspec import Meta, Struct

from earmark.article import Problem, Severity
from earmark.cli.telling import console, progress
from earmark.errors import EarmarkError, RetryLater
from earmark.library import events

Level = Literal["info", "warning", "error"]
Value: TypeAlias = str | int | float | bool | None
_LONGEST = 1_000  # characters of a message: what is longer is in the report

Event = Literal[
    "planned", "started", "stage", "made", "skipped", "failed", "deferred", "orphaned", "moved",
    "problem", "notice", "finding", "fixed", "error", "note", "listed", "snippet", "serving", "summary",
]  # fmt: skip


class Entry(Struct, frozen=True):
    """A line of `--log-format json`. New events and fields may come; what is there keeps its meaning."""

    time: Annotated[str, Meta(description="when it was told: RFC 3339, UTC, in milliseconds")]
    level: Level
    event: Annotated[Event, Meta(description="what happened; docs/logs.md tells of each")]
    article: Annotated[str | None, Meta(description="the article's path in the folder of articles, with /")]
    stage: Annotated[
        Literal["read", "narrate", "speak", "lay out", "encode", "write"] | None,
        Meta(description="the stage of its making that this is about"),
    ]
    message: Annotated[str, Meta(description="what a person would be told, on one line and without control characters")]
    fields: Annotated[dict[str, Value], Meta(description="what else there is to know of the event, by name")]


class Log(Protocol):
    """Who is told. `line` is for a person; `article` and `fields` are for a program."""

    def result(self, event: Event, line: str, *, article: str = "", level: Level = "info", **fields: Value) -> None:
        """Tell a result, on standard output."""
        ...

    def note(self, event: Event, line: str, *, article: str = "", level: Level = "info", **fields: Value) -> None:
        """Tell all else, on standard error."""
        ...

    def complain(self, error: EarmarkError) -> None:
        """Tell of an error: what failed, on what, and what to do."""
        ...

    def problem(self, problem: Problem) -> None:
        """Tell of what concerns the site as a whole."""
        ...


class Plain(Struct, frozen=True):
    """Lines as they have always been."""

    def result(self, event: Event, line: str, *, article: str = "", level: Level = "info", **fields: Value) -> None:
        """Print the line."""
        del event, article, level, fields
        console.result(line)

    def note(self, event: Event, line: str, *, article: str = "", level: Level = "info", **fields: Value) -> None:
        """Print the line."""
        del event, article, level, fields
        console.note(line)

    def complain(self, error: EarmarkError) -> None:
        """Print the error."""
        console.complain(error)

    def problem(self, problem: Problem) -> None:
        """Print the line that tells of it."""
        console.note(progress.line_of(problem))


class Json(Struct, frozen=True):
    """A JSON object a line, each `Entry`, on the stream where a person would find the line."""

    def result(self, event: Event, line: str, *, article: str = "", level: Level = "info", **fields: Value) -> None:
        """Print the object."""
        console.data(_entry(event, line, level=level, article=article, fields=fields))

    def note(self, event: Event, line: str, *, article: str = "", level: Level = "info", **fields: Value) -> None:
        """Print the object."""
        self._aside(event, line, level, article, fields)

    def complain(self, error: EarmarkError) -> None:
        """Print the error with its type and what to do."""
        self._aside("error", str(error), "error", "", _of_error(error))

    def problem(self, problem: Problem) -> None:
        """Print it with its code and what to do."""
        line = progress.line_of(problem)
        self.note("notice", line, level=_LEVELS[problem.severity], code=problem.code, hint=problem.hint)

    def show(self, event: events.Event) -> None:
        """Print what happens in a build: `made` and `skipped` are results."""
        line = progress.line_for(event)
        match event:
            case events.Planned():
                self.note("planned", "", articles=event.articles, to_make=event.stale)
            case events.Started():
                self._at("started", event.source, "speak", utterances=event.utterances, to_speak=event.to_speak)
            case events.Spent() if not event.span.detail:
                self._at("stage", event.source, event.span.name, seconds=round(event.span.seconds, 6))
            case events.Made():
                self._made(event, line)
            case events.Skipped():
                self.result("skipped", line, article=event.source, reason=event.reason)
            case events.Failed():
                later = isinstance(event.error, RetryLater)
                level: Level = "warning" if later else "error"
                name: Event = "deferred" if later else "failed"
                self._aside(name, line, level, event.source, _of_error(event.error))
            case events.Orphaned():
                self.note("orphaned", line, article=event.source, level="warning", slug=event.slug)
            case events.Moved():
                about = {"slug": event.slug, "old": event.old, "wants": event.line}
                self._aside("moved", line, "warning", event.new, about)
            case _:
                pass

    def _made(self, event: events.Made, line: str) -> None:
        self.result(
            "made",
            line,
            article=event.source,
            slug=event.slug,
            duration=round(event.duration, 3),
            utterances=event.utterances,
            spoken=event.spoken,
            omitted_words=event.omitted_words,
            problems=len(event.problems),
        )
        for problem in event.problems:  # by its code: its message may hold words of the article
            level = _LEVELS[problem.severity]
            self.note("problem", "", article=event.source, level=level, code=problem.code, line_number=problem.line)

    def _at(self, event: Event, article: str, stage: str, **fields: Value) -> None:
        console.data(_entry(event, article=article, stage=stage, fields=fields), aside=True)

    def _aside(self, event: Event, line: str, level: Level, article: str, fields: Mapping[str, Value]) -> None:
        console.data(_entry(event, line, level=level, article=article, fields=fields), aside=True)


def log_for(log_format: str) -> Log:
    """Return the log of that format: "json", or lines."""
    return Json() if log_format == "json" else Plain()


_LEVELS: dict[Severity, Level] = {Severity.INFO: "info", Severity.WARNING: "warning", Severity.ERROR: "error"}


def _of_error(error: EarmarkError) -> dict[str, Value]:
    line = getattr(error, "line", None)
    return {"type": type(error).__name__, "hint": error.hint, "line_number": line if isinstance(line, int) else None}


def _entry(  # noqa: PLR0913 (the columns of a line)
    event: Event,
    line: str = "",
    *,
    level: Level = "info",
    article: str,
    stage: str | None = None,
    fields: Mapping[str, Value],
) -> bytes:
    """Return the line's JSON; no text in it holds what would act on a terminal, or half a surrogate pair."""
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": level,
        "event": event,
        "article": console.printable(article) or None,
        "stage": stage,
        "message": _short(line),
        "fields": {name: _short(value) if isinstance(value, str) else value for name, value in fields.items()},
    }
    return msgspec.json.encode(entry)


def _short(text: str) -> str:
    text = console.printable(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def schema() -> bytes:
    """Return the JSON Schema of a line."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Entry)), indent=2) + b"\n"
