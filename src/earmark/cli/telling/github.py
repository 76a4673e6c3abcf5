"""What GitHub Actions shows of a run: annotations, the step's summary, the step's outputs.

Whatever a title holds stays text: it starts no workflow command, no line of its own, no element of a page.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from earmark.article import Severity
from earmark.cli.telling import console
from earmark.errors import EarmarkError, LexiconError, ReadError, SettingsError, WriteError
from earmark.library import events
from earmark.library.gate.findings import Inspection
from earmark.storage.files import write_errors

MOST_ANNOTATIONS = 10  # GitHub shows no more of a step
_MOST_ROWS = 200  # of a table in the summary, which may have a megabyte
_MOST_LETTERS = 300  # of a message: what is longer is in the log
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


class Annotation(Struct, frozen=True):
    """Something to be shown at a line of a file: `level` is "error" or "warning"."""

    level: str
    message: str
    file: str = ""
    line: int | None = None
    title: str = ""


def of_error(error: EarmarkError) -> Annotation:
    """Return an error as an annotation, at its place if it has one."""
    file, line = "", None
    match error:
        case ReadError():
            file, line = str(error.source), error.line
        case LexiconError():
            file, line = str(error.path), error.line
        case SettingsError() | WriteError():
            file = str(error.path)
    return Annotation("error", str(error), file if Path(file).is_file() else "", line)


def annotate(annotations: Sequence[Annotation], environment: Mapping[str, str]) -> None:
    """Show the annotations, errors first; of more than ten the last tells how many there are.

    Steps that name one file as EARMARK_ANNOTATED share the ten, and none of them shows what another has shown.
    Raises `WriteError` if that file can't be written.
    """
    file = environment.get("EARMARK_ANNOTATED", "")
    before = _shown_before(file)
    known = frozenset(map(_told, before))
    ranked = sorted(annotations, key=lambda one: one.level != "error")
    fresh = [(one.level, line) for one in ranked if _told(line := _line(one, environment)) not in known]
    room = max(0, MOST_ANNOTATIONS - len(before))
    lines = [line for _, line in (fresh if len(fresh) <= room else fresh[: max(0, room - 1)])]
    if room and len(fresh) > len(lines):
        rest = f"{len(fresh) - len(lines)} more are in the log and in the summary"
        lines.append(_line(Annotation(fresh[len(lines)][0], rest), environment))
    for line in lines:
        console.command(line)
    _append(file, lines)


def _shown_before(file: str) -> list[str]:
    """Return what steps before have shown, one command a line."""
    try:
        return Path(file).read_text("utf-8").splitlines() if file else []
    except FileNotFoundError:
        return []


def _told(command: str) -> str:
    """Return a command without its level: what a build warns of may be an error to a check."""
    return command.removeprefix("::").removeprefix("error").removeprefix("warning")


def _line(one: Annotation, environment: Mapping[str, str]) -> str:
    """Return the workflow command: in it, what would end it or begin another is escaped."""
    file = _in_repository(one.file, environment)
    properties = {"file": file, "line": str(one.line) if one.line and file else "", "title": one.title}
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{one.level}{f' {given}' if given else ''}::{_data(_short(one.message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(console.printable(text)).replace(":", "%3A").replace(",", "%2C")


def _short(text: str) -> str:
    text = " ".join(console.printable(text).split()).replace("##[", "##\u200b[")  # an older form of command
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def _in_repository(file: str, environment: Mapping[str, str]) -> str:
    """Return the path as GitHub knows it, "" for what lies outside the repository."""
    if not file:
        return ""
    top = Path(environment.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    path = Path(os.path.abspath(file))  # noqa: PTH100 (a link is shown where it lies)
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else ""


def of_build(outcome: events.Outcome) -> list[Annotation]:
    """Return what a build has to show: what failed, then what to check in what was made."""
    found = [of_error(result.error) for result in outcome.results if isinstance(result, events.Failed)]
    found += [of_error(error) for error in outcome.troubles]
    found += [
        Annotation("warning", f"{problem.message}. {problem.hint}".strip(), result.name, problem.line, problem.code)
        for result in outcome.results
        if isinstance(result, events.Made)
        for problem in result.problems
        if problem.severity != Severity.INFO
    ]
    return found


def of_check(inspection: Inspection) -> list[Annotation]:
    """Return what a check has to show."""
    found = [of_error(error) for error in inspection.troubles]
    found += [
        Annotation(
            "error" if finding.level == "error" else "warning",
            f"{finding.message}. {finding.hint}".strip(),
            finding.file,
            finding.line,
            finding.code,
        )
        for finding in inspection.findings
    ]
    return found


def show_build(
    outcome: events.Outcome,
    summary: str,
    environment: Mapping[str, str],
    outputs: Mapping[str, str],
    *,
    annotated: bool = True,
) -> None:
    """Show a build: annotations (unless standard output is for a program), summary and outputs. Raises `WriteError`."""
    if annotated:
        annotate(of_build(outcome), environment)
    _append(environment.get("GITHUB_STEP_SUMMARY", ""), _summary_of_build(outcome, summary))
    _append(environment.get("GITHUB_OUTPUT", ""), (f"{name}={_one_line(value)}" for name, value in outputs.items()))


def show_check(inspection: Inspection, summary: str, environment: Mapping[str, str], *, annotated: bool = True) -> None:
    """Show a check: annotations, as `show_build`, and summary. Raises `WriteError`."""
    if annotated:
        annotate(of_check(inspection), environment)
    found = [(one.level, one.code, _place(one.file, one.line), one.message, one.hint) for one in inspection.findings]
    lines = [f"### earmark check: {as_text(summary)}", "", *_table(("", "Code", "Where", "What", "What to do"), found)]
    _append(environment.get("GITHUB_STEP_SUMMARY", ""), lines)


def _summary_of_build(outcome: events.Outcome, summary: str) -> Iterator[str]:
    yield f"### earmark build: {as_text(summary)}"
    yield ""
    failed = [result for result in outcome.results if isinstance(result, events.Failed)]
    if failed or outcome.troubles:
        errors = [*((one.name, one.error) for one in failed), *(("", error) for error in outcome.troubles)]
        yield from _table(("Failed", "Why"), [(name, str(error)) for name, error in errors])
    made = [result for result in outcome.results if isinstance(result, events.Made)]
    if made:
        rows = [(one.title, one.name, console.clock(one.duration), str(len(one.problems) or "")) for one in made]
        yield from _table(("Made", "Of", "Length", "To check"), rows)
    if outcome.moved:
        rows_ = [(one.old, one.new, one.line) for one in outcome.moved]
        yield from _table(("Moved from", "To", "Its front matter needs"), rows_)
    if outcome.orphans:
        yield from _table(("Orphaned", "Why"), [(one.slug, one.reason) for one in outcome.orphans])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows[:_MOST_ROWS]:
        yield f"| {' | '.join(as_text(_short(cell)) for cell in row)} |"
    yield ""
    if len(rows) > _MOST_ROWS:
        yield f"and {len(rows) - _MOST_ROWS:,} more, in the log"
        yield ""


def _place(file: str, line: int | None) -> str:
    return f"{file}:{line}" if line else file


def as_text(text: str) -> str:
    """Return text that Markdown and HTML only show: each sign of theirs is a character reference."""
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", " ".join(console.printable(text).split()))


def _one_line(text: str) -> str:
    return console.printable(text).strip()


def _append(file: str, lines: Iterable[str]) -> None:
    """Add lines to one of the files that the runner reads; nothing if there is none."""
    if not file:
        return
    with write_errors(Path(file)), Path(file).open("a", encoding="utf-8", newline="\n") as open_:
        open_.writelines(f"{line}\n" for line in lines)
