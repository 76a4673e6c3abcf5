"""`--log-format json`, the timings of a report, and `--trace`: what a program is told, and that no byte depends on it."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from earmark.article import Problem, Severity
from earmark.cli.telling import log
from earmark.cli.telling.timings import Observed, Stages, total
from earmark.cli.telling.trace import write_trace
from earmark.errors import RetryLater
from earmark.library import events
from earmark.pipeline.stopwatch import Span, Stopwatch, each, untimed

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
DOCS = Path(__file__).parents[2] / "docs"
ONE = "# One\n\nThe boat is late.\n\n## Two\n\nIt came in the night.\n"


def entries(text: str) -> list[log.Entry]:
    assert text.endswith("\n")
    return [msgspec.json.decode(line, type=log.Entry) for line in text.splitlines()]


def test_every_line_of_both_streams_is_an_entry(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("bad.md", "---\ntitle: [\n---\n")
    write("draft.md", "---\ndraft: true\n---\n")
    ended = run("build", "--log-format", "json")
    results, others = entries(ended.out), entries(ended.err)
    assert [entry.event for entry in results] == ["skipped", "made", "summary"] or [
        entry.event for entry in results
    ] == ["made", "skipped", "summary"]
    assert results[-1].fields["made"] == results[-1].fields["failed"] == 1
    assert "1 made, 0 unchanged, 1 failed, 1 skipped" in results[-1].message
    told = {entry.event for entry in others}
    assert {"planned", "started", "stage", "failed", "notice"} <= told
    (failed,) = (entry for entry in others if entry.event == "failed")
    assert (failed.level, failed.article, failed.fields["type"]) == ("error", "bad.md", "ReadError")
    assert failed.fields["line_number"] == 3
    stages = {entry.stage for entry in others if entry.article == "one.md" and entry.event == "stage"}
    assert stages == {"read", "narrate", "speak", "lay out", "encode", "write"}
    assert all(entry.time.endswith("Z") and "T" in entry.time for entry in (*results, *others))


def test_a_check_and_a_rehearsal_are_told_likewise(run: Run, write: Write) -> None:
    write("one.md", ONE)
    listed = entries(run("build", "--dry-run", "--log-format", "json").out)
    assert [entry.event for entry in listed] == ["listed", "summary"]
    assert listed[0].fields["state"] == "stale"
    found = entries(run("check", "--log-format", "json").out)
    assert [entry.event for entry in found] == [*["finding"] * (len(found) - 1), "summary"]
    assert found[0].fields["code"] == "edition-missing"
    assert found[0].article == "one.md"
    assert found[-1].fields["articles"] == 1


def test_what_keeps_a_command_from_beginning_is_an_entry_too(run: Run) -> None:
    ended = run("build", "nowhere", "--log-format", "json")
    (error,) = entries(ended.err)
    assert (error.level, error.event, error.fields["type"]) == ("error", "error", "SourceNotFound")


def test_nothing_in_a_line_acts_on_a_terminal_or_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    log.Json().result("note", "\x1b[31m\u202eone\ntwo\ud800 ##[error]" + "x" * 2_000, article="a\x07.md", f="\u2028")
    text = capsys.readouterr().out
    (entry,) = entries(text)
    assert text.isascii() or "…" in text
    assert not set("\x1b\u202e\ud800\x07") & set(text[:-1])
    assert "##[" not in text
    assert entry.message.startswith(" [31m one two  ##[error]x")
    assert len(entry.message) == 1_000
    assert (entry.article, entry.fields) == ("a .md", {"f": " "})


def test_what_a_newsroom_waits_for_has_a_level(capsys: pytest.CaptureFixture[str]) -> None:
    json_log = log.Json()
    json_log.show(events.Failed("a.md", "a.md", RetryLater("busy", engine="x", after=3.0)))
    json_log.show(events.Orphaned("gone", "gone.md", "its article is gone"))
    json_log.show(events.Moved("old.md", "new.md", "new", "guid"))
    json_log.show(events.Progressed("a.md", 1))
    json_log.problem(Problem("feed-x", Severity.WARNING, "It is so", "Change it"))
    told = entries(capsys.readouterr().err)
    assert [(entry.event, entry.level) for entry in told] == [
        ("deferred", "warning"), ("orphaned", "warning"), ("moved", "warning"), ("notice", "warning"),
    ]  # fmt: skip
    assert told[2].fields["wants"] == "id: guid"


def test_lines_for_a_person_are_what_they_were(run: Run, write: Write) -> None:
    write("one.md", ONE)
    plain = run("build", "--log-format", "plain")
    assert plain.out.splitlines()[0].startswith("made one: 0:")
    assert plain.err.startswith("1 article of 1 to make\n")
    assert run("build", "--log-format", "xml").code == 2


def test_a_traced_build_is_timed_and_has_the_same_bytes(run: Run, write: Write, site: Path) -> None:
    write("one.md", ONE)
    run("build", "--out", "plain", "--cache", "other", "--engine", "espeak")
    before = {path.relative_to(site / "plain"): path.read_bytes() for path in (site / "plain/one").rglob("*")}
    run("build", "--trace", "trace.json", "--report", "report.json", "--engine", "espeak")
    after = {path.relative_to(site / "audio"): path.read_bytes() for path in (site / "audio/one").rglob("*")}
    assert before == after
    report = json.loads((site / "report.json").read_bytes())
    stages = report["articles"][0]["stages"]
    assert set(stages) == {"read", "narrate", "speak", "lay_out", "encode", "write"}
    assert all(seconds > 0 for seconds in stages.values())
    assert report["timings"]["stages"] == stages
    assert report["timings"]["seconds"] > stages["encode"]
    _is_a_trace(json.loads((site / "trace.json").read_bytes()))


def _is_a_trace(document: dict[str, list[dict[str, object]]]) -> None:
    """Hold a document to the format of trace events: whole spans that lie within each other, everyone named."""
    spans = [event for event in document["traceEvents"] if event["ph"] == "X"]
    named = [event for event in document["traceEvents"] if event["ph"] == "M"]
    assert len(spans) + len(named) == len(document["traceEvents"])
    assert {event["pid"] for event in spans} == {event["pid"] for event in named if event["name"] == "process_name"}
    threads = {(event["pid"], event["tid"]) for event in named if event["name"] == "thread_name"}
    assert {(event["pid"], event["tid"]) for event in spans} == threads
    assert {str(event["name"]) for event in spans} >= {
        "article",
        "compose",
        "read",
        "utterance",
        "speak",
        "block",
        "mp3",
    }
    assert {str(event["args"]) for event in spans} == {"{'article': 'one.md'}"}
    lanes: dict[tuple[object, object], list[tuple[float, float]]] = defaultdict(list)
    for event in spans:
        begins, lasts = event["ts"], event["dur"]
        assert isinstance(begins, (int, float))
        assert isinstance(lasts, (int, float))
        assert begins >= 0 <= lasts
        lanes[event["pid"], event["tid"]].append((begins, -lasts))
    for lane in lanes.values():
        open_: list[float] = []
        for begins, lasts in sorted(lane):
            while open_ and open_[-1] <= begins + 0.01:
                open_.pop()
            assert not open_ or begins - lasts <= open_[-1] + 0.01, "one begins in another and outlasts it"
            open_.append(begins - lasts)


def test_the_schema_of_a_line_is_published() -> None:
    assert (DOCS / "log.schema.json").read_bytes() == log.schema(), "write docs/log.schema.json anew"


def test_work_for_nobody_known_stays_in_a_trace(tmp_path: Path) -> None:
    observed = Observed()
    heard: list[events.Event] = []
    show = observed.before(heard.append)
    show(events.Spent("", "", Span("speak", 1.0, 0.5, 77, "studio_0", 3, detail=True)))
    show(events.Planned(1, 1))
    assert len(heard) == 2
    write_trace(tmp_path / "trace.json", observed)
    (span,) = (one for one in json.loads((tmp_path / "trace.json").read_bytes())["traceEvents"] if one["ph"] == "X")
    assert (span["pid"], span["dur"], span["args"]) == (77, 500_000, {})
    assert observed.stages() == {}


def test_stages_add_up() -> None:
    one = Stages().to("lay out", 0.5).to("lay out", 0.25).to("read", 1.0)
    assert (one.lay_out, one.read, one.write) == (0.75, 1.0, 0.0)
    assert total({"a": one, "b": one}) == Stages(read=2.0, lay_out=1.5)
    assert total({}) == Stages()


def test_a_stopwatch_that_nobody_asked_for_details_calls_straight_through() -> None:
    heard: list[Span] = []
    quiet = Stopwatch(heard.append)
    assert quiet.detail is untimed
    assert each(quiet.detail, "x", len) is len
    asked = Stopwatch(heard.append, detailed=True)
    assert each(asked.detail, "x", len)("four") == 4
    with pytest.raises(KeyError), quiet.stage("read"):
        raise KeyError
    assert [(span.name, span.detail, span.number) for span in heard] == [
        ("x", True, threading.get_ident()),
        ("read", False, threading.get_ident()),
    ]
