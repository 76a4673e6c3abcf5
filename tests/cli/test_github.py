"""What GitHub Actions is shown: never more than ten annotations, and never a command that a title wrote."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from earmark.cli.telling import console, report
from earmark.cli.telling.github import Annotation, annotate, as_text
from earmark.writers.record import parse

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
DOCS = Path(__file__).parents[2] / "docs"
COMMAND = re.compile(r"^\s*::\w|##\[")

EVIL = "::error::owned ##[add-mask]x %0A::set-output name=made::9 | <img src=x> [a](javascript:x) `b` www.evil.example"


@pytest.fixture
def actions(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which the runner would read what a step leaves; this is such a step."""
    folder = site / "runner"
    folder.mkdir()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(site))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(folder / "outputs"))
    return folder


def annotations(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith(("::error", "::warning"))]


def test_a_build_leaves_a_summary_and_outputs(run: Run, write: Write, actions: Path) -> None:
    write("one.md", "# One | two\n\nWords.\n")
    write("two.md", "---\ntitle: [\n---\nWords.\n")
    ended = run("build", "--report", "report.json")
    assert ended.code == 1
    outputs = dict(line.split("=", 1) for line in (actions / "outputs").read_text().splitlines())
    assert outputs == {
        "exit-code": "1",
        "made": "1",
        "unchanged": "0",
        "failed": "1",
        "seconds": outputs["seconds"],
        "report": "report.json",
    }
    assert int(outputs["seconds"]) >= 1
    summary = (actions / "summary.md").read_text()
    assert summary.startswith("### earmark build: 1 made&#44; 0 unchanged&#44; 1 failed&#44;")
    assert "| One &#124; two | articles&#47;one&#46;md | 0&#58;" in summary
    assert "| articles&#47;two&#46;md | articles&#47;two&#46;md" in summary
    (error,) = (line for line in annotations(ended.out) if line.startswith("::error"))
    assert error.startswith("::error file=articles/two.md,line=")


def test_a_title_writes_no_command_no_line_and_no_element(run: Run, write: Write, actions: Path) -> None:
    title = json.dumps(EVIL + "\n::error::second line\r::warning::third \x1b[31m")
    write("one.md", f"---\ntitle: {title}\ndescription: {title}\n---\n# {EVIL}\n\n![](x.png)\n\n{EVIL}\n")
    write("two.md", "::error::x ##[error]y\n")
    write("three.md", f"---\nslug: {title}\n---\nWords.\n")
    shown = [run("build"), run("build", "--snippet"), run("build", "--dry-run", "--language", "de")]
    shown += [
        run("script", "articles/one.md"),
        run("script", "articles/two.md"),
        run("script", "--problems"),
        run("check"),
    ]
    shown += [run("say", EVIL), run("script", "articles/two.md", "--json"), run("build", EVIL)]
    ours = re.compile(r"::(error|warning)( (file|line|title)=[^:]*)?::[^\r\n]*")
    for ended in shown:
        for line in (ended.out + ended.err).splitlines():
            assert not COMMAND.search(line) or (ours.fullmatch(line) and "##[" not in line), line
            assert "\x1b" not in line
            assert "set-output name=made::9" not in line or not line.lstrip().startswith("::set")
    summary = (actions / "summary.md").read_text()
    for wrong in ("<img", "](", "`b`", "www.", "::"):
        assert wrong not in summary
    assert all(line.startswith(("| ", "|:", "|-", "| -", "### ", "and ")) or not line for line in summary.splitlines())
    for line in (actions / "outputs").read_text().splitlines():
        assert re.fullmatch(r"(exit-code|made|unchanged|failed|seconds)=\d+|report=", line)


def test_json_keeps_its_values(run: Run, write: Write, actions: Path) -> None:
    assert actions.is_dir()
    write("one.md", "# One\n\n::error::x and ##[error]y\n")
    found = json.loads(run("script", "articles/one.md", "--json").out)
    assert "##[error]y" in json.dumps(found)


def test_at_most_ten_errors_first(run: Run, write: Write, actions: Path) -> None:
    for number in range(14):
        write(f"bad-{number:02}.md", "---\ntitle: [\n---\nWords.\n")
    write("good.md", "# One\n\n![](x.png)\n")
    ended = run("build")
    lines = annotations(ended.out)
    assert len(lines) == 10
    assert all(line.startswith("::error file=articles/bad-") for line in lines[:9])
    assert re.fullmatch(r"::error::\d+ more are in the log and in the summary", lines[9])
    assert (actions / "summary.md").read_text().count("bad&#45;") >= 14


def test_what_is_gone_and_what_was_moved_is_in_the_summary(run: Run, write: Write, actions: Path, site: Path) -> None:
    for name in ("gone", "old"):
        write(f"{name}.md", f"# {name}\n\nThe {name} words of it are these, and no others were ever written down.\n")
    run("build")
    (site / "articles/gone.md").unlink()
    (site / "articles/old.md").rename(site / "articles/new.md")
    run("build")
    summary = (actions / "summary.md").read_text()
    assert "| Orphaned | Why |\n| --- | --- |\n| gone |" in summary
    assert "| old&#46;md | new&#46;md | id&#58; " in summary


def test_exactly_ten_are_all_shown(capfd: pytest.CaptureFixture[str]) -> None:
    annotate([Annotation("warning", "w"), *[Annotation("error", "e")] * 9], {})
    assert capfd.readouterr().out.splitlines() == [*["::error::e"] * 9, "::warning::w"]


def test_steps_that_share_a_file_show_ten_in_all_and_none_twice(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    environment = {"EARMARK_ANNOTATED": str(tmp_path / "annotated")}
    six = [Annotation("warning", f"w{number}") for number in range(6)]
    annotate(six, environment)
    assert len(capfd.readouterr().out.splitlines()) == 6
    annotate(
        [Annotation("error", "w0"), *six, *[Annotation("error", f"e{number}") for number in range(5)]], environment
    )
    rest = "::error::2 more are in the log and in the summary"
    assert capfd.readouterr().out.splitlines() == ["::error::e0", "::error::e1", "::error::e2", rest]
    annotate([Annotation("error", "one more")], environment)
    assert capfd.readouterr().out == ""


def test_a_build_and_its_check_tell_the_same_once(
    run: Run, write: Write, actions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARMARK_ANNOTATED", str(actions / "annotated"))
    for number in range(4):
        write(f"{number}.md", "# One\n\n![](x.png)\n\nSee [click here](https://example.org/).\n")
    lines = annotations(run("build").out) + annotations(run("check").out)
    assert len({line.partition(" ")[2] for line in lines}) == len(lines) <= 10


def test_an_annotation_is_one_line_whatever_is_in_it(capfd: pytest.CaptureFixture[str], site: Path) -> None:
    (site / "a,b:c%\n.md").write_text("")
    annotate([Annotation("error", "50% of\r\n::x::y", "a,b:c%\n.md", 3, "t,i:t%le")], {"GITHUB_WORKSPACE": str(site)})
    assert capfd.readouterr().out == "::error file=a%2Cb%3Ac%25 .md,line=3,title=t%2Ci%3At%25le::50%25 of ::x::y\n"
    annotate([Annotation("error", "x" * 1000, "/etc/passwd", 3)], {"GITHUB_WORKSPACE": str(site)})
    assert capfd.readouterr().out == f"::error::{'x' * 299}…\n"


def test_an_error_before_the_build_is_shown_at_its_place(run: Run, write: Write, actions: Path) -> None:
    place = "articles/earmark.toml"
    write("earmark.toml", "[voice]\nrate = 9\n")
    ended = run("build")
    assert ended.code == 4
    assert annotations(ended.out) == [
        f"::error file={place}::{place}: voice.rate: expected a number <= 3.0. It sets: factor of the voice's own speed."
    ]
    write("earmark.toml", "")
    write("lexicon.toml", '"a" = 3\n')
    write("one.md", "# One\n\nWords.\n")
    assert annotations(run("build").out)[0].startswith("::error file=articles/lexicon.toml,line=1::")
    write("lexicon.toml", "")
    assert annotations(run("build", "--engine", "nobody").out)[0].startswith("::error::engine nobody")
    assert not (actions / "outputs").exists()


def test_a_check_is_shown_too(run: Run, write: Write, actions: Path) -> None:
    write("one.md", "# One\n\n![](x.png)\n\nWords.\n")
    ended = run("check")
    assert ended.code == 3
    assert any(re.match(r"::error file=articles/one\.md(,line=\d+)?,title=", line) for line in annotations(ended.out))
    summary = (actions / "summary.md").read_text()
    assert summary.startswith("### earmark check: 1 article")
    assert "|  | Code | Where | What | What to do |" in summary


def test_a_long_table_ends_with_how_many_more(run: Run, write: Write, actions: Path) -> None:
    for number in range(230):
        write(f"bad-{number:03}.md", "---\ntitle: [\n---\n")
    run("build")
    assert "and 30 more, in the log" in (actions / "summary.md").read_text()


def test_elsewhere_nothing_of_it_is_shown(run: Run, write: Write, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "false")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(site / "summary.md"))
    write("one.md", "---\ntitle: [\n---\nWords.\n")
    ended = run("build")
    assert annotations(ended.out) == []
    assert not (site / "summary.md").exists()
    assert "##[" in run("say", "##[x]").out


def test_a_summary_that_can_not_be_written_is_an_error(
    run: Run, write: Write, actions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert actions.is_dir()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/nowhere/summary.md")
    write("one.md", "# One\n\nWords.\n")
    assert "/nowhere/summary.md: no such file" in run("build").err


def test_text_in_a_summary_is_only_text() -> None:
    assert as_text("a *b*\n<c> | `d`") == "a &#42;b&#42; &#60;c&#62; &#124; &#96;d&#96;"
    assert console.printable("x\ny") == "x y"


def test_the_reports_schema_is_published_and_is_what_reports_are(run: Run, write: Write, site: Path) -> None:
    write("one.md", "# One\n\n![](x.png)\n\nWords.\n")
    write("two.md", "---\ntitle: [\n---\n")
    write("three.md", "---\ndraft: true\n---\nWords.\n")
    run("build")
    write("four.md", "# Four\n\nWords.\n")
    (site / "articles/one.md").unlink()
    run("build", "--report", "report.json")
    data = (site / "report.json").read_bytes()
    found = msgspec.json.decode(data, type=report.Report)
    assert [type(one).__name__ for one in found.articles] == ["MadeArticle", "SkippedArticle", "FailedArticle"]
    assert [one.slug for one in found.orphans] == ["one"]
    assert json.loads(data) == json.loads(msgspec.json.encode(found))  # no field that the schema does not know
    assert (DOCS / "report.schema.json").read_bytes() == report.schema(), "write docs/report.schema.json anew"
    assert parse((site / "audio/four/edition.json").read_bytes())
