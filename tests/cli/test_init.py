"""`earmark init`: a folder that builds, asked for in a few lines, and nothing that was there is touched."""

import json
import locale
import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from earmark.cli import starting
from earmark.settings import Layer, merge, read_file

Run = Callable[..., Any]

COMMAND = Path(sys.executable).with_name("earmark")
STARTER = Path(starting.__file__).with_name("starter")
FILES = ["articles/earmark.toml", "articles/first-article.md", ".github/workflows/audio.yml", ".gitignore"]


def installed_from(origin: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have earmark find that note of pip's of where it came from."""

    class Installed:
        def read_text(self, _name: str) -> str | None:
            return origin

    monkeypatch.setattr(starting, "distribution", lambda _name: Installed())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_a_terminal_it_takes_defaults_and_says_what_it_wrote(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed_from(None, monkeypatch)
    ended = run("init", "my-harbour_news")
    assert ended.code == 0
    assert ended.err.startswith("https://example.org/audio/ stands for your own address: put that into earmark.toml")
    assert len(ended.err.splitlines()) == 1
    assert re.findall(r"^wrote my-harbour_news/(\S+): ", ended.out, re.MULTILINE) == FILES
    assert "  cd my-harbour_news\n  earmark build" in ended.out
    settings = merge(read_file(site / "my-harbour_news/articles/earmark.toml"))
    assert (settings.site.title, settings.site.author) == ("My Harbour News", "My Harbour News")
    assert str(UUID(settings.site.id)) == settings.site.id
    assert UUID(settings.site.id).version == 4


def test_what_it_wrote_builds_and_passes_without_a_problem(run: Run, site: Path) -> None:
    assert run("init", "--yes").code == 0
    ended = run("build", "--report", "report.json")
    assert ended.code == 0
    report = json.loads((site / "report.json").read_text())
    assert [article["status"] for article in report["articles"]] == ["made"]
    assert report["to_check"] == []
    assert (site / "audio/first-article/first-article.mp3").is_file()


def test_a_second_run_changes_nothing(run: Run, site: Path) -> None:
    run("init")
    before = contents(site)
    ended = run("init", "--title", "Another")
    assert ended.code == 0
    assert ended.out.startswith("nothing to write: everything is there already\n")
    assert "articles/earmark.toml is there already: left as it is, and title not used" in ended.err
    assert contents(site) == before


def test_what_is_there_already_is_named_and_left(run: Run, site: Path) -> None:
    (site / ".gitignore").write_text("*.tmp\n")
    (site / "articles/mine.md").write_text("# Mine\n")
    (site / ".github/workflows").mkdir(parents=True)
    (site / ".github/workflows/audio.yml").symlink_to("gone.yml")
    ended = run("init")
    assert (site / ".gitignore").read_text() == "*.tmp\n"
    assert (site / ".github/workflows/audio.yml").is_symlink()
    assert re.findall(r"^wrote (\S+): ", ended.out, re.MULTILINE) == ["articles/earmark.toml"]
    for words in (
        "articles already: no first one",
        ".github/workflows/audio.yml is there already",
        ".gitignore is there already: left as it is",
        "add to it: /audio/",
    ):
        assert words in ended.err


def test_a_gitignore_that_has_the_line_needs_nothing(run: Run, site: Path) -> None:
    (site / ".gitignore").write_text("audio/\n")
    assert "add to it" not in run("init").err


def test_settings_above_the_articles_hold_too(run: Run, site: Path) -> None:
    (site / "earmark.toml").write_text('[site]\ntitle = "Here"\n')
    assert "earmark.toml is there already" in run("init").err
    assert not (site / "articles/earmark.toml").exists()


def test_an_answer_can_hold_anything_and_stays_text(run: Run, site: Path) -> None:
    name = 'Say "hi"\\n\x1b]2;x\x07 [x] = \u2028 £'
    assert run("init", "new", "--title", name, "--author", "A # B: 'c'", "--language", "pt-BR").code == 0
    settings = merge(read_file(site / "new/articles/earmark.toml"))
    assert settings.site.title == 'Say "hi"\\n ]2;x [x] = £'
    assert (settings.site.author, settings.site.language) == ("A # B: 'c'", "pt-BR")
    assert "A # B: 'c'" in run("script", "new/articles/first-article.md").out


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--address", "example.org", "no address on the web"),
        ("--address", "https://ann:hush@example.org/", "password before its host"),
        ("--language", "German", "'German' is no language"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_written(run: Run, site: Path, flag: str, value: str, words: str) -> None:
    ended = run("init", "new", flag, value)
    assert ended.code == 4
    assert words in ended.err
    assert "hush" not in ended.err
    assert not (site / "new").exists()


def test_a_file_is_no_folder(run: Run, site: Path) -> None:
    (site / "file").write_text("")
    assert "this is no folder" in run("init", "file").err


@pytest.mark.parametrize(("language", "expected"), [("de_AT.UTF-8", "de-AT"), ("C.UTF-8", "en"), ("", "en")])
def test_the_language_is_the_systems(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, language: str, expected: str
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    monkeypatch.setenv("LANG", language)
    run("init", "new")
    assert merge(read_file(site / "new/articles/earmark.toml")).site.language == expected


@pytest.mark.parametrize(
    ("service", "file"), [("github", ".github/workflows/audio.yml"), ("gitlab", ".gitlab-ci.yml"), ("none", "")]
)
def test_the_workflow_is_yaml_and_installs_this_version(run: Run, site: Path, service: str, file: str) -> None:
    run("init", "new", "--ci", service)
    assert (site / "new/.github").exists() is (service == "github")
    if file:
        text = (site / "new" / file).read_text()
        assert yaml.safe_load(text)
        assert "{requirement}" not in text
        assert "pip install earmark==" in text


def test_an_earmark_from_a_repository_is_pinned_by_its_commit(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = '{"url": "https://example.org/e.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}'
    installed_from(origin, monkeypatch)
    run("init", "new")
    workflow = yaml.safe_load((site / "new/.github/workflows/audio.yml").read_text())
    commands = [step.get("run") for step in workflow["jobs"]["audio"]["steps"]]
    assert 'python -m pip install "earmark @ git+https://example.org/e.git@c0ffee"' in commands


@pytest.mark.parametrize(("service", "file"), [("github", ".github/workflows/audio.yml"), ("none", "")])
def test_an_earmark_from_a_folder_says_that_no_other_machine_has_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, service: str, file: str
) -> None:
    installed_from('{"url": "file:///home/me/earmark", "dir_info": {}}', monkeypatch)
    told = [line for line in run("init", "new", "--ci", service).err.splitlines() if "no other machine has" in line]
    assert len(told) == bool(file)
    assert all("file:///home/me/earmark" in line and f"new/{file} installs earmark" in line for line in told)
    assert "no other machine has" not in run("init", "new", "--ci", service).err  # it was written before


def test_every_setting_that_stands_as_a_comment_is_one_and_a_default() -> None:
    text = (STARTER / "earmark.toml").read_text()
    head, _, rest = text.partition("[voice]")
    with_all = "[voice]" + re.sub(r"^# ", "", rest, flags=re.MULTILINE)
    for name in ("title", "language", "author", "address", "id", "description"):
        head = head.replace(f"{{{name}}}", '"en"')
    path = Path(os.devnull)
    settings = merge(Layer(path, tomllib.loads(head + with_all)))
    assert settings.voice.rate == 1.1
    assert settings.pauses.paragraph == 650


def answered(site: Path, typed: bytes, *arguments: str) -> tuple[int, str]:
    """Return how `earmark init` ends on a terminal on which this is typed, and what it showed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 (the command under test)
        [COMMAND, "init", *arguments], cwd=site, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    os.write(ours, typed)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # how a terminal says that its last user has gone
        pass
    os.close(ours)
    return process.wait(60), shown.decode()


def test_on_a_terminal_it_asks_four_things_in_plain_lines(site: Path) -> None:
    code, shown = answered(site, b"Harbour News\nGerman\nde\n\nnowhere\nhttps://example.org/audio/\n")
    assert code == 0, shown
    assert "\x1b" not in shown
    assert "'German' is no language. Give a tag" in shown
    assert "'nowhere' is no address on the web" in shown
    settings = merge(read_file(site / "articles/earmark.toml")).site
    assert (settings.title, settings.language, settings.author) == ("Harbour News", "de", "Harbour News")
    assert settings.address == "https://example.org/audio/"


def test_whoever_breaks_off_leaves_nothing_behind(site: Path) -> None:
    code, shown = answered(site, b"Harbour\n\x04", "new")
    assert code == 130
    assert "interrupted" in shown
    assert not (site / "new").exists()


def test_yes_asks_nothing_on_a_terminal(site: Path) -> None:
    code, shown = answered(site, b"", "--yes", "--author", "Ann Lee")
    assert code == 0
    assert "?" not in shown
    assert merge(read_file(site / "articles/earmark.toml")).site.author == "Ann Lee"
