"""Shows a build as it goes: a bar on a terminal, or append-only lines that a screen reader can follow."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from earmark.article import Problem, Severity
from earmark.cli.telling import console
from earmark.errors import RetryLater
from earmark.library import events

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


# Problems of how an article was read. They are told with the build: nobody looks for what they don't expect.
_MISREAD = frozenset(
    {
        "control-characters",
        "cover-elsewhere",
        "encoding-broken",
        "encoding-guessed",
        "encoding-mixed",
        "front-matter-unknown-key",
        "unclosed-html",
        "voice-stand-in",
    }
)


class Display(Protocol):
    """Something that shows events; may be called from several threads."""

    def show(self, event: events.Event) -> None:
        """Show one event."""
        ...


def line_for(event: events.Event) -> str:
    """Return the line that tells of an event, "" for one that is only a step on the way."""
    match event:
        case events.Made():
            again = f", {event.spoken} of {event.utterances} utterances spoken" if event.utterances else ""
            left_out = f", {_words(event.omitted_words)} left out" if event.omitted_words else ""
            problems = f", {_count(len(event.problems), 'problem')}" if event.problems else ""
            return f"made {event.slug}: {console.clock(event.duration)}{again}{left_out}{problems}"
        case events.Skipped():
            return f"skipped {event.name}: {event.reason}"
        case events.Failed():
            told = str(event.error)
            word = "deferred" if isinstance(event.error, RetryLater) else "failed"
            return f"{word} {told}" if told.startswith(event.name) else f"{word} {event.name}: {told}"
        case events.Orphaned():
            return f"orphaned {event.slug}: {event.reason}; it is left alone"
        case events.Moved():
            return (
                f"moved {event.old} to {event.new}: subscribers would get it a second time;"
                f" put this line into the front matter of {event.new}: {event.line}"
            )
        case _:
            return ""


def warnings_of(event: events.Event) -> Iterator[str]:
    """Yield a line for each part of an article that was not taken as it is written, with file and line."""
    if not isinstance(event, events.Made):
        return
    for problem in event.problems:
        if problem.code in _MISREAD:
            place = f"{event.name}:{problem.line}" if problem.line else event.name
            yield f"{problem.severity}: {place}: {problem.message}. {problem.hint}".rstrip()


def line_of(notice: Problem) -> str:
    """Return the line that tells of what concerns the site as a whole."""
    word = "note" if notice.severity is Severity.INFO else notice.severity.value
    return f"{word}: {notice.message}. {notice.hint}"


def summary(outcome: events.Outcome) -> str:
    """Return the one line that sums a build up."""
    made = [result for result in outcome.results if isinstance(result, events.Made)]
    unchanged = [result for result in outcome.results if isinstance(result, events.Unchanged)]
    done: list[events.Made | events.Unchanged] = [*made, *unchanged]
    errors = [result.error for result in outcome.results if isinstance(result, events.Failed)]
    deferred = sum(isinstance(error, RetryLater) for error in errors)
    stand_ins = sum(any(problem.code == "voice-stand-in" for problem in result.problems) for result in made)
    skipped = sum(isinstance(result, events.Skipped) for result in outcome.results)
    minutes = sum(result.duration for result in done) / 60
    left_out = sum(result.omitted_words for result in done)
    parts = [f"{len(made)} made", f"{len(unchanged)} unchanged", f"{len(errors) - deferred} failed"]
    if deferred:
        parts.append(f"{deferred} deferred")
    if stand_ins:
        parts.append(f"{stand_ins} by a stand-in engine")
    if skipped:
        parts.append(f"{skipped} skipped")
    length = _count(round(minutes), "minute") if minutes >= 1 else _count(round(minutes * 60), "second")
    parts.append(f"{length} of audio")
    parts.append(f"{_words(left_out)} left out and listed")
    if outcome.moved:
        parts.append(f"{len(outcome.moved)} MOVED WITHOUT AN ID")
    return ("interrupted: " if outcome.interrupted else "") + ", ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number:,} {thing}s"


def _words(number: int) -> str:
    return _count(number, "word")


def say(event: events.Event) -> None:
    """Print the event's line, if it has one, and its warnings: failures with the errors, all else with the results."""
    line = line_for(event)
    if line:
        (console.note if isinstance(event, events.Failed | events.Orphaned | events.Moved) else console.result)(line)
    for warning in warnings_of(event):
        console.note(warning)


class Lines(Struct):
    """A line an article, nothing redrawn."""

    lock: Lock = field(default_factory=Lock)

    def show(self, event: events.Event) -> None:
        """Print the event's line."""
        if isinstance(event, events.Unchanged):  # there may be ten thousand, and none has a line
            return
        with self.lock:
            if isinstance(event, events.Planned) and event.stale:
                console.note(f"{_count(event.stale, 'article')} of {event.articles} to make")
            say(event)


class Bar:
    """One bar for all that is being spoken, with what is being spoken and how long is left."""

    def __init__(self, progress: "Progress") -> None:
        """Show on `progress`, which is running."""
        self._progress = progress
        self._lock = Lock()
        self._task: TaskID = progress.add_task("reading", total=None)
        self._done = 0
        self._articles = 0
        self._stale = 0
        self._started = 0
        self._utterances = 0

    def show(self, event: events.Event) -> None:
        """Move the bar, and print the event's line above it."""
        with self._lock:
            match event:
                case events.Planned():
                    self._stale = event.stale
                case events.Started():
                    self._started += 1
                    self._utterances += event.utterances
                    self._progress.update(self._task, description=f"speaking {console.printable(event.name)}")
                case events.Progressed():
                    self._done += event.utterances
            if self._started:
                # Articles that are still to be read are taken to be as long as those that were.
                expected = self._utterances * max(self._stale, self._started) / self._started
                self._progress.update(self._task, total=expected, completed=self._done)
            if line_for(event):
                say(event)


@contextmanager
def display(*, plain: bool, colour: bool) -> Iterator[Display]:
    """Give what shows the build's events, until the block ends."""
    if plain:
        yield Lines()
        return
    from rich.console import Console  # noqa: PLC0415 (only on a terminal)
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn(compact=True))
    console_ = Console(stderr=True, no_color=not colour)
    # Results that go to a file or a pipe must not be caught by the bar and shown instead.
    with Progress(*columns, console=console_, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield Bar(progress)
