"""`earmark script --problems`: ten entries and not a thousand articles."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[[str, str], Path]

ONE = """# A test of names

Nguyen met Ngozi in Szczecin. Ngozi’s gnocchi were cold, ABUTA said. Edinburgh was dull. Ngozi left for London.

Dies ist ein ganzer Absatz, der auf Deutsch geschrieben ist und den niemand als solchen ausgezeichnet hat.

This is fine, and <span lang="tlh">tlhIngan Hol</span> is spoken by Ngozi.
"""
HINT = "Listen to it with earmark say, and give it an entry in lexicon.toml."
TWO = """---
language: fr
---
# Title

This article claims to be in French but it is not, and it was written by someone who has not looked at it.
"""


@pytest.fixture(autouse=True)
def _speaking(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del site  # whose own engine is another
    monkeypatch.setenv("EARMARK_VOICE_ENGINE", "espeak")


def found(run: Run, *arguments: object) -> dict[tuple[str, str], dict[str, Any]]:
    document = json.loads(run("script", "--problems", "--json", *arguments).out)
    assert document["schema"] == 1
    counts = [one["count"] for one in document["findings"]]
    assert counts == sorted(counts, reverse=True)
    return {(one["code"], one["word"]): one for one in document["findings"]}


def test_the_whole_folder_the_most_frequent_first(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("two.md", "# Two\n\nShe saw Ngozi and the bar of ABUTA.\n")
    write("draft.md", "---\ndraft: true\n---\n# Draft\n\nShe saw Skłodowska.\n")
    findings = found(run)
    ngozi = findings["guessed-name", "Ngozi"]
    assert (ngozi["count"], ngozi["articles"]) == (5, ["articles/one.md", "articles/two.md"])
    assert ngozi["sentence"] == "Nguyen met Ngozi in Szczecin."
    assert findings["unknown-capitals", "ABUTA"]["count"] == 2
    assert findings["unknown-capitals", "ABUTA"]["sentence"] == "Ngozi’s gnocchi were cold, ABUTA said."
    assert {("guessed-name", "Szczecin"), ("guessed-word", "gnocchi")} <= set(findings)
    names = {word for code, word in findings if code == "guessed-name"}
    assert not names & {"Nguyen", "Edinburgh", "London", "Skłodowska", "Deutsch", "Absatz"}


def test_languages_nobody_speaks_and_languages_that_are_not_what_they_claim(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("two.md", TWO)
    write("three.md", "---\nlanguage: tlh\n---\nnuqneH\n")
    messages = {one["message"]: one for one in json.loads(run("script", "--problems", "--json").out)["findings"]}
    assert messages["a block claims to be in en, and seems to be in de"]["sentence"].startswith("Dies ist")
    assert "the article claims to be in fr, and seems to be in en" in messages
    assert messages["there is no voice for 'tlh'; en speaks it"]["severity"] == "warning"
    assert messages["espeak: it has no voice for 'tlh'"]["severity"] == "error"


def test_an_entry_takes_its_word_off_the_list(run: Run, write: Write) -> None:
    write("one.md", ONE)
    write("lexicon.toml", '"Ngozi" = "in go zee"\n"ABUTA" = { word = true }\n')
    assert not {("guessed-name", "Ngozi"), ("unknown-capitals", "ABUTA")} & set(found(run))


def test_for_a_person(run: Run, write: Write) -> None:
    write("one.md", "# One\n\nThe cat saw Ngozi.\n")
    ended = run("script", "--problems", "articles/one.md")
    assert ended.out.splitlines() == [
        f"1 × warning: guessed-name: the voice guesses at the name “Ngozi”. {HINT}",
        "    The cat saw Ngozi. (articles/one.md)",
        "1 thing to check in 1 article",
    ]
    many = [f"a{number}.md" for number in range(5)]
    for name in many:
        write(name, "The cat saw Ngozi and Szczecin.\n")
    lines = run("script", "--problems").out.splitlines()
    assert lines[0].startswith("6 × warning: guessed-name")
    assert lines[1].endswith("(articles/a0.md, articles/a1.md, articles/a2.md and 3 more)")
    assert lines[2].startswith("5 × warning: guessed-name")
    assert lines[-1] == "2 things to check in 6 articles"


def test_articles_that_can_not_be_read_are_told_and_the_others_checked(run: Run, write: Write) -> None:
    write("bad.md", "---\ntitle: [\n---\n")
    write("one.md", "# One\n\nThe cat saw Ngozi.\n")
    ended = run("script", "--problems")
    assert ended.code == 1
    assert "bad.md:3" in ended.err
    assert "1 thing to check in 1 article" in ended.out


def test_standard_input_and_an_engine_that_tells_nothing(run: Run) -> None:
    ended = run("script", "--problems", "-", "--engine", "tone", given=b"The cat saw Ngozi and ABUTA.\n")
    assert ended.out.startswith("1 × info: unknown-capitals")
    assert "guessed" not in ended.out


def test_a_script_is_of_one_article(run: Run) -> None:
    ended = run("script")
    assert ended.code == 2
    assert ended.err == "error: a script is of one article. Name one, or ask for --problems of several.\n"


def test_the_record_and_the_report_list_them_too(run: Run, write: Write, site: Path) -> None:
    write("one.md", "# One\n\nThe cat saw Ngozi and ABUTA.\n")
    write("two.md", "# Two\n\nThe dog saw Ngozi.\n")
    assert run("build", "--report", "report.json").code == 0
    report = json.loads((site / "report.json").read_text(encoding="utf-8"))
    assert [(one["code"], one["articles"]) for one in report["to_check"]] == [
        ("guessed-name", ["one.md", "two.md"]),
        ("unknown-capitals", ["one.md"]),
    ]
    record = json.loads((site / "audio" / "one" / "edition.json").read_text(encoding="utf-8"))
    assert [problem["code"] for problem in record["problems"]] == ["unknown-capitals", "guessed-name"]
