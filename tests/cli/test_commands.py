"""script, voices, inspect, and what all commands share."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earmark import __version__, engines
from earmark.cli import scripting
from earmark.cli.commands import script as script_command
from earmark.engines import tone
from earmark.engines.base import Engine
from earmark.errors import EngineError

Run = Callable[..., Any]
Write = Callable[[str, str], Path]

ARTICLE = """---
title: "Ten \\e[31mpounds\\a"
authors: [Ann Lee]
---
## A price

It was £3.50 then.

READ MORE: Other prices
"""


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"earmark {__version__}\n"


def test_help_names_every_command_and_code(run: Run) -> None:
    ended = run("--help")
    assert ended.code == 0
    for word in ("build", "script", "voices", "inspect", "0 all built", "75 try again later", "130 interrupted"):
        assert word in " ".join(ended.out.split())
    assert not re.search("[\u2500-\u257f\x1b]", ended.out)
    assert run().err.startswith("Usage: earmark")


@pytest.mark.parametrize("command", ["build", "script", "voices", "inspect"])
def test_each_command_has_help(run: Run, command: str) -> None:
    assert run(command, "--help").out.startswith(f"Usage: earmark {command}")


def test_script_tells_what_would_keep_the_article_from_being_built(run: Run, write: Write) -> None:
    write("a.md", "---\ncover: ../../cover.png\n---\n# Hello\n\nWorld.\n")
    for more in ((), ("--problems",)):
        ended = run("script", *more, "articles/a.md")
        assert ended.code == 1
        assert "cover '../../cover.png' is outside the folder of articles. Copy it inside." in " ".join(
            ended.err.split()
        )
        assert ended.out


def test_the_script_for_a_person(run: Run, write: Write) -> None:
    write("a.md", ARTICLE)
    ended = run("script", "articles/a.md")
    assert (ended.code, ended.err) == (0, "")
    assert "\x1b" not in ended.out
    assert "\x07" not in ended.out
    assert "£3.50" in ended.out
    assert "three pounds fifty" in ended.out
    assert "READ MORE: Other prices" in ended.out


def test_the_script_as_json(run: Run, write: Write) -> None:
    write("a.md", ARTICLE)
    ended = run("script", "articles/a.md", "--json", "--language", "de")
    found = json.loads(ended.out)
    assert found["language"] == "de"
    assert {"title", "language", "items", "omitted", "problems"} <= set(found)
    assert {item["kind"] for item in found["items"]} <= {"chapter", "utterance", "pause", "sound"}
    assert "\x1b[31m" in found["title"] or "\x1b" not in found["title"]


def test_the_script_of_standard_input(run: Run) -> None:
    ended = run("script", "-", given=b"# Hello\n\nWorld.\n")
    assert ended.out.startswith("Hello (en)\n")


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("articles", 1, "articles: this is a folder, not an article. Name a file."),
        ("articles/x.docx", 1, "articles/x.docx: this kind of file is not read."),
        ("articles/none.md", 2, "articles/none.md: there is no such file or folder."),
        ("articles/bad.md", 1, "articles/bad.md:3: "),
    ],
)
def test_what_has_no_script(run: Run, write: Write, name: str, code: int, words: str) -> None:
    write("x.docx", "")
    write("bad.md", "---\ntitle: [\n---\n")
    ended = run("script", name)
    assert ended.code == code
    assert words in ended.err
    assert ended.out == ""


def test_voices_for_a_person_and_for_a_program(run: Run) -> None:
    ended = run("voices", "--engine", "tone")
    assert ended.out.splitlines() == [
        "tone low: mul; a low tone for each word; installed",
        "tone high: mul; a high tone for each word; installed",
    ]
    found = json.loads(run("voices", "--engine", "tone", "--json").out)
    assert found["schema"] == 1
    assert [voice["name"] for voice in found["voices"]] == ["low", "high"]


def test_voices_of_a_language(run: Run) -> None:
    ended = run("voices", "--engine", "espeak", "--language", "pt")
    assert ended.code == 0
    assert {line.split(":")[0] for line in ended.out.splitlines()} >= {"espeak pt", "espeak pt-br"}
    none = run("voices", "--engine", "espeak", "--language", "xx")
    assert (none.code, none.out, none.err) == (4, "", "no voice speaks xx\n")


def test_an_engine_that_is_not_there(run: Run) -> None:
    ended = run("voices", "--engine", "expeak")
    assert (ended.code, ended.err) == (4, "error: engine expeak: no such engine is installed. Did you mean espeak?\n")


def test_an_engine_that_fails_does_not_hide_the_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str, **_: object) -> Engine:
        if name == "broken":
            raise EngineError("it is broken", engine="broken")
        return tone.create()

    monkeypatch.setattr(engines, "names", lambda: ("broken", "tone"))
    monkeypatch.setattr(engines, "load", load)
    ended = run("voices")
    assert ended.code == 0
    assert ended.err == "error: engine broken: it is broken\n"
    assert ended.out.startswith("tone low")
    monkeypatch.setattr(engines, "names", lambda: ("broken",))
    assert run("voices").err.endswith("no voice is installed\n")


def test_inspecting_what_was_built(run: Run, write: Write, site: Path) -> None:
    write("a.md", ARTICLE)
    run("build")
    mp3 = site / "audio" / "a" / "a.mp3"
    ended = run("inspect", mp3)
    lines = ended.out.splitlines()
    assert lines[0].startswith("Title: Ten")
    assert lines[1] == "By: Ann Lee"
    assert "\x1b" not in ended.out
    assert any(re.fullmatch(r"Sound: 64 kbit/s, 22,050 Hz, mono", line) for line in lines)
    assert any(re.fullmatch(r"Loudness: -\d\d\.\d LUFS, true peak -\d+\.\d dBTP", line) for line in lines)
    chapters = json.loads((mp3.parent / "chapters.json").read_bytes())["chapters"]
    assert f"Chapters: {len(chapters)}" in lines
    assert lines[-1].startswith(f"{len(chapters)}. ")
    found = json.loads(run("inspect", mp3, "--json").out)
    assert found["schema"] == 1
    assert found["file"] == "a.mp3"
    record = json.loads((mp3.parent / "edition.json").read_bytes())
    assert found["duration"] == pytest.approx(record["duration"], abs=0.05)
    assert found["loudness"]["integrated_lufs"] == pytest.approx(record["loudness"]["integrated_lufs"], abs=0.1)


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("nothing.mp3", 2, "error: nothing.mp3: there is no such file. Check the spelling.\n"),
        ("articles", 1, "error: articles: it can't be read: Is a directory\n"),
        ("articles/a.md", 1, "error: articles/a.md: "),
        ("articles/empty.mp3", 1, "error: articles/empty.mp3: "),
    ],
)
def test_what_cannot_be_inspected(run: Run, write: Write, name: str, code: int, words: str) -> None:
    write("a.md", ARTICLE)
    write("empty.mp3", "")
    ended = run("inspect", name)
    assert ended.code == code
    assert ended.err.startswith(words)
    assert "fault of earmark" not in ended.err


def test_an_interruption_has_its_code(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    write("a.md", ARTICLE)
    monkeypatch.setattr(scripting, "run", interrupted)
    ended = run("script", "articles/a.md")
    assert (ended.code, ended.err) == (130, "interrupted\n")


def test_a_fault_is_told_shortly_and_shown_whole_to_who_asks(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> int:
        raise ValueError("a\x1bb")

    write("a.md", ARTICLE)
    monkeypatch.setattr(scripting, "run", faulty)
    ended = run("script", "articles/a.md")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "error: ValueError: a b. This is a fault of earmark: please report it.",
        "Run it again with EARMARK_DEBUG=1 to see where it happened.",
    ]
    monkeypatch.setenv("EARMARK_DEBUG", "1")
    from earmark.cli.border import bordered  # noqa: PLC0415

    with pytest.raises(ValueError, match=r"^a"):
        bordered(script_command.script)([Path("articles/a.md")], language=None, as_json=False)


def test_the_working_directory_is_not_imported_from(run: Run, write: Write, site: Path) -> None:
    for name in ("html.py", "json.py", "earmark.py"):
        (site / name).write_text("raise SystemExit('imported from the folder of articles')", encoding="utf-8")
    write("a.md", ARTICLE)
    assert run("build").code == 0
    assert os.listdir(site / "audio" / "a")  # noqa: PTH208 (whether it is empty)
