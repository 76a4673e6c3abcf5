import re
import sys
from collections.abc import Callable
from typing import TextIO, cast

import pytest
from msgspec.structs import replace
from rich.console import Console
from rich.file_proxy import FileProxy
from rich.progress import Progress

from earmark.article import Problem, Severity
from earmark.cli.telling import progress
from earmark.errors import ReadError, SynthesisError
from earmark.library import events


def made(*, slug: str = "one", duration: float = 90.0, omitted_words: int = 0) -> events.Made:
    return events.Made(
        name=f"{slug}.md",
        source=f"{slug}.md",
        slug=slug,
        title="T",
        duration=duration,
        utterances=3,
        spoken=2,
        omitted_words=omitted_words,
        problems=(),
        files=(),
    )


def unchanged(duration: float) -> events.Unchanged:
    return events.Unchanged(name="u.md", source="u.md", slug="u", title="T", duration=duration, omitted_words=1)


FAILED = events.Failed("b.md", "b.md", ReadError("is wrong", source="b.md", line=3))


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (events.Outcome((), ()), "0 made, 0 unchanged, 0 failed, 0 seconds of audio, 0 words left out and listed"),
        (
            events.Outcome((made(omitted_words=2), FAILED), (), interrupted=True),
            "interrupted: 1 made, 0 unchanged, 1 failed, 2 minutes of audio, 2 words left out and listed",
        ),
        (
            events.Outcome((unchanged(60.0),), ()),
            "0 made, 1 unchanged, 0 failed, 1 minute of audio, 1 word left out and listed",
        ),
        (
            events.Outcome((events.Skipped("s.md", "s.md", "it is a draft"), unchanged(1.0)), ()),
            "0 made, 1 unchanged, 0 failed, 1 skipped, 1 second of audio, 1 word left out and listed",
        ),
        (
            events.Outcome((unchanged(360_000.0),), ()),
            "0 made, 1 unchanged, 0 failed, 6,000 minutes of audio, 1 word left out and listed",
        ),
    ],
)
def test_the_summary(outcome: events.Outcome, line: str) -> None:
    assert progress.summary(outcome) == line


def test_a_line_an_article(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.display(plain=True, colour=False) as display:
        for event in (
            events.Planned(3, 1),
            events.Started("one.md", 3, 2),
            events.Progressed("one.md", 2),
            made(omitted_words=1),
            unchanged(1.0),
            FAILED,
            events.Orphaned("old", "old.md", "its article old.md is gone"),
        ):
            display.show(event)
    shown = capsys.readouterr()
    assert shown.out == "made one: 1:30, 2 of 3 utterances spoken, 1 word left out\n"
    assert shown.err.splitlines() == [
        "1 article of 3 to make",
        "failed b.md:3: is wrong",
        "orphaned old: its article old.md is gone; it is left alone",
    ]


def test_the_bar_tells_what_is_spoken_and_how_far(capsys: pytest.CaptureFixture[str]) -> None:
    shown = Progress(console=Console(stderr=True, force_terminal=False))
    bar = progress.Bar(shown)
    task = shown.tasks[0]
    for event in (events.Planned(9, 2), events.Started("a\x1b[2J\n.md", 10, 10), events.Progressed("a.md", 5)):
        bar.show(event)
    assert task.description == "speaking a [2J .md"
    assert (task.completed, task.total) == (5, 20)
    bar.show(events.Started("b.md", 30, 0))
    assert task.total == 40
    bar.show(made())
    assert capsys.readouterr().out.startswith("made one")


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with progress.display(plain=False, colour=False) as display:
        assert isinstance(display, progress.Bar)
        display.show(events.Planned(1, 1))
        display.show(events.Started("one.md", 3, 3))
        display.show(made())
    shown = capsys.readouterr()
    assert "made one: 1:30" in shown.out
    colours: Callable[[str], list[str]] = re.compile(r"\x1b\[[\d;]*3\d[\d;]*m").findall
    assert not colours(shown.err)


def test_a_bar_does_not_hide_the_encoding(capsys: pytest.CaptureFixture[str]) -> None:
    stdout = sys.stdout
    sys.stdout = cast("TextIO", FileProxy(Console(file=stdout), stdout))
    try:
        progress.say(made(slug="łódź"))
    finally:
        sys.stdout = stdout
    assert capsys.readouterr().out.startswith("made łódź: 1:30")


def test_problems_of_reading_are_told_with_their_place() -> None:
    problems = (
        Problem("encoding-guessed", Severity.WARNING, "it was read as UTF-16", "Save it as UTF-8"),
        Problem("unclosed-html", Severity.ERROR, "it is never closed", "Close it.", line=7),
        Problem("alt-missing", Severity.WARNING, "is for check to tell"),
    )
    event = replace(made(), problems=problems)
    assert list(progress.warnings_of(event)) == [
        "warning: one.md: it was read as UTF-16. Save it as UTF-8",
        "error: one.md:7: it is never closed. Close it.",
    ]
    assert list(progress.warnings_of(FAILED)) == []


def test_a_failure_of_an_engine_names_the_article() -> None:
    error = SynthesisError("said nothing", engine="espeak", utterance="Hello.")
    assert progress.line_for(events.Failed("b.md", "b.md", error)).startswith("failed b.md: engine espeak: ")
