"""`earmark check` as a person and a program meet it: lines, codes, the report and its schema."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from earmark.cli.checking import Report, schema

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
DOCS = Path(__file__).parents[2] / "docs"


def test_each_finding_is_a_line_that_an_editor_can_follow(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nThe tide tables are [here](https://example.org).\n")
    ended = run("check")
    assert ended.code == 3
    assert ended.out == (
        "articles/one.md: error: edition-missing: it has no edition — Run `earmark build`.\n"
        "articles/one.md:3: error: link-text-vague: a link is called “here”, which doesn't tell where it leads"
        " — Name what is found there: “the tide tables” rather than “here”.\n"
        "1 article, 1 missing, 2 errors, 0 warnings\n"
    )
    assert ended.err == ""


def test_what_is_fit_to_publish_passes(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nIt rained.\n")
    assert run("build").code == 0
    ended = run("check", "--deep")
    assert (ended.code, ended.out) == (0, "1 article, 1 fresh, 0 errors, 0 warnings\n")


def test_warnings_fail_only_where_they_are_asked_to(run: Run, write: Write) -> None:
    write("one.md", "# One\n\n![Image of a wave](wave.png)\n\nIt rained.\n")
    assert run("check", "--articles").code == 0
    ended = run("check", "--articles", "--strict")
    assert ended.code == 3
    assert ended.out.startswith("articles/one.md:3: warning: alt-redundant: ")


def test_before_a_commit_only_the_articles_count(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nIt rained.\n")
    assert run("check").code == 3
    assert run("check", "--articles").out == "1 article, 1 missing, 0 errors, 0 warnings\n"


def test_settings_choose_the_level_of_each_code(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("earmark.toml", '[check]\nedition-missing = "warning"\nlink-text-vague = "off"\n')
    write("one.md", "# One\n\nThe tide tables are [here](https://example.org).\n")
    ended = run("check")
    assert (ended.code, ended.out.count("warning: edition-missing")) == (0, 1)
    monkeypatch.setenv("EARMARK_CHECK_EDITION_MISSING", "error")
    assert run("check").code == 3


def test_a_code_that_there_is_not_is_told_with_the_near_one(run: Run, write: Write) -> None:
    write("earmark.toml", '[check]\nalt-mising = "off"\n')
    write("one.md", "# One\n\nIt rained.\n")
    ended = run("check")
    assert ended.code == 4
    assert "check.alt-mising: there is no such setting. Did you mean alt-missing?" in ended.err
    write("earmark.toml", '[check]\nalt-missing = "loud"\n')
    assert "check.alt-missing: 'loud' is not one of its values" in run("check").err


def test_a_title_writes_no_line_and_no_escape(run: Run, write: Write) -> None:
    write("one.md", "# One\n\n[\x1b[31mhere\r::error::x](https://example.org) and [click here](https://example.org)\n")
    ended = run("check", "--articles")
    assert "\x1b" not in ended.out
    assert not any(line.startswith("::") for line in ended.out.splitlines())


def test_the_report_is_the_document_that_is_printed(run: Run, write: Write, site: Path) -> None:
    write("one.md", "# One\n\n### Two\n\nIt rained.\n")
    write("off.md", "---\naudio: false\n---\n# Off\n\nIt rained.\n")
    ended = run("check", "--json", "--report", "report.json")
    report = json.loads(ended.out)
    assert report == json.loads((site / "report.json").read_bytes())
    assert (report["schema"], report["command"], report["exit_code"], ended.code) == (1, "check", 3, 3)
    assert (report["whole"], report["deep"], report["out"]) == (True, False, "audio")
    assert report["totals"] == {
        "articles": 2, "fresh": 0, "stale": 0, "missing": 1, "skipped": 1, "unreadable": 0,
        "orphans": 0, "errors": 2, "warnings": 0,
    }  # fmt: skip
    assert report["articles"][0] == {
        "source": "off.md",
        "file": "articles/off.md",
        "state": "skipped",
        "slug": "",
        "reasons": ["its front matter says audio: false"],
    }
    assert report["findings"][1] == {
        "code": "heading-skipped",
        "severity": "error",
        "message": "the heading “Two” is of level 3, and level 1 was last",
        "hint": "Make it level 2.",
        "file": "articles/one.md",
        "line": 3,
        "block": "b0002",
        "source": "one.md",
        "slug": "one",
    }
    assert msgspec.json.decode(ended.out.encode(), type=Report).totals.errors == 2


def test_the_published_schema_of_the_report_is_up_to_date() -> None:
    assert (DOCS / "check-report.schema.json").read_bytes() == schema()


def test_a_part_of_the_folder_is_told_as_one(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nIt rained.\n")
    path = write("two.md", "# Two\n\nIt rained.\n")
    report = json.loads(run("check", path, "--json").out)
    assert (report["whole"], [article["source"] for article in report["articles"]]) == (False, ["two.md"])
    assert json.loads(run("check", "--only", "one*", "--json").out)["whole"] is False


def test_fix_tells_what_it_did(run: Run, write: Write, site: Path) -> None:
    write("one.md", "# One\n\nIt rained.\n")
    run("build")
    (site / "audio" / "index.html").unlink()
    assert run("check").code == 3
    ended = run("check", "--fix")
    assert (ended.code, ended.out.splitlines()[0]) == (0, "fixed: audio: the front page was written anew")


def test_a_report_that_cannot_be_written_is_told_first(run: Run, write: Write, site: Path) -> None:
    write("one.md", "# One\n\nIt rained.\n")
    ended = run("check", "--report", site / "nowhere" / "report.json")
    assert (ended.code, ended.out) == (1, "")
