"""What an edit changes, printed and heard, before anything is published."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[[str, str], Path]
ONE = "# One\n\nIt rained. It snowed at 10.30pm.\n\nThe lamp was lit.\n\n## Two\n\nNobody came.\n"
EDITED = ONE.replace("snowed at 10.30pm", "cost £3.5m").replace("Nobody came.", "Nobody came. Then they left.")


@pytest.fixture
def committed(write: Write, site: Path) -> Path:
    """Return an article that git knows."""
    path = write("one.md", ONE)
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    environment = {**os.environ, **dict.fromkeys(names, "a@b.c"), "GIT_CONFIG_GLOBAL": os.devnull}
    for command in (["init", "-q"], ["add", "articles"], ["commit", "-q", "-m", "x"]):
        subprocess.run([shutil.which("git") or "git", *command], cwd=site, env=environment, check=True)  # noqa: S603 (git, in a folder of the test)
    return path


def test_the_difference_for_a_person(run: Run, committed: Path) -> None:
    assert run("script", committed, "--diff", "HEAD").out == "nothing that is said has changed\n"
    committed.write_text(EDITED, encoding="utf-8")
    ended = run("script", committed, "--diff", "HEAD")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.split("\n", 2)[2] == (
        "\n"
        "  It rained.\n"
        "- It snowed at ten thirty p.m.\n"
        "+ It cost three point five million pounds.\n"
        "  The lamp was lit.\n"
        "\n"
        "  Nobody came.\n"
        "+ Then they left.\n"
        "  End of article.\n"
    )


def test_the_difference_for_a_program(run: Run, committed: Path) -> None:
    committed.write_text(ONE.replace("The lamp", "A lamp").replace("## Two", "## Three"), encoding="utf-8")
    found = json.loads(run("script", committed, "--diff", "HEAD", "--json").out)
    assert (found["schema"], found["source"], found["revision"], found["was_there"]) == (1, "one.md", "HEAD", True)
    assert len(found["commit"]) == 40
    assert [piece["text"] for one in found["changes"] for piece in one["after"]] == ["A lamp was lit.", "Three"]
    assert found["changes"][0]["before"][0]["kind"] == "utterance"


def test_an_article_that_is_new_is_all_new(run: Run, write: Write, committed: Path) -> None:
    write("new.md", "# New\n\nHail.\n")
    ended = run("script", "articles/new.md", "--diff", "HEAD")
    assert committed.is_file()
    assert ended.err == "articles/new.md was not there at HEAD: all of it is new\n"
    assert "+ Hail.\n" in ended.out
    assert not any(line.startswith("- ") for line in ended.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["articles/one.md", "--diff", "nope"], "git knows no revision 'nope'"),
        (["articles", "--diff", "HEAD"], "articles is no article that git could know"),
        (["-", "--diff", "HEAD"], "- is no article that git could know"),
        (["articles/one.pdf", "--diff", "HEAD"], "this kind of file is not read"),
    ],
)
def test_what_has_no_difference(run: Run, committed: Path, arguments: list[str], said: str) -> None:
    committed.with_suffix(".pdf").write_bytes(b"%PDF")
    ended = run("script", *arguments)
    assert ended.code in {1, 2}
    assert said in ended.err


def test_a_version_that_could_not_be_read_is_named(run: Run, committed: Path) -> None:
    committed.write_text("---\ntitle: no\n---\nIt rained.\n", encoding="utf-8")
    ended = run("script", committed, "--diff", "HEAD")
    assert ended.code == 1
    assert "title in its front matter should be text" in ended.err


def test_a_preview_has_only_what_has_changed_and_publishes_nothing(run: Run, write: Write, site: Path) -> None:
    path = write("one.md", ONE)
    assert run("build").code == 0
    published = {file: file.read_bytes() for file in (site / "audio").rglob("*") if file.is_file()}
    path.write_text(EDITED, encoding="utf-8")
    ended = run("build", "--preview")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].startswith("audio/.earmark/preview/one.mp3: 2 sentences of articles/one.md, 0:0")
    assert lines[1:] == [
        "  It cost three point five million pounds.",
        "  Then they left.",
        "1 preview, nothing published",
    ]
    preview = site / "audio" / ".earmark" / "preview" / "one.mp3"
    assert {
        file: file.read_bytes() for file in (site / "audio").rglob("*") if file.is_file() and file != preview
    } == published
    told = json.loads(run("inspect", preview, "--json").out)
    assert told["tags"]["title"] == "Preview: One"
    assert told["tags"]["comment"] == "2 changed sentences, to be heard before publishing. No edition."
    assert 1 < told["duration"] < 8
    assert run("check").out.count("edition-stale") == 1


def test_a_preview_of_an_article_without_an_edition_is_all_of_it(run: Run, write: Write) -> None:
    write("one.md", "".join(f"It rained on day {number} of the month.\n\n" for number in range(1, 30)))
    write("off.md", "---\naudio: false\n---\n# Off\n\nHail.\n")
    write("bad.md", "---\ntitle: no\n---\nHail.\n")
    ended = run("build", "--preview")
    assert ended.code == 1
    assert "title in its front matter should be text" in ended.err
    assert "skipped articles/off.md: its front matter says audio: false" in ended.out
    assert ", all of it: there is no edition yet" in ended.out
    assert "  and 13 more" in ended.out


def test_a_preview_of_what_is_only_gone(run: Run, write: Write, site: Path) -> None:
    path = write("one.md", EDITED)
    run("build")
    path.write_text(EDITED.replace("Nobody came.", "Somebody came."), encoding="utf-8")
    run("build", "--preview")
    assert (site / "audio" / ".earmark" / "preview" / "one.mp3").is_file()
    path.write_text(EDITED.replace(" Then they left.", ""), encoding="utf-8")
    ended = run("build", "--preview")
    assert ended.out == "articles/one.md: 1 sentence no more said, nothing new to hear\n0 previews, nothing published\n"
    assert not (site / "audio" / ".earmark" / "preview" / "one.mp3").exists()
    path.write_text(EDITED, encoding="utf-8")
    assert run("build", "--preview").out == "0 previews, nothing published\n"


def test_building_some_of_a_folder(run: Run, write: Write, committed: Path) -> None:
    write("two.md", "---\ntags: [Sea]\n---\n# Two\n\nHail.\n")
    write("sub/three.md", "# Three\n\nHail.\n")
    assert committed.is_file()
    assert "made three" in run("build", "--only", "sub/**").out
    assert "1 made, 0 unchanged" in run("build", "--tag", "sea").out
    assert run("build", "--tag", "sea").out.startswith("0 made, 1 unchanged")
    assert run("build", "--since", "HEAD").out.startswith("0 made, 2 unchanged")
    assert run("build", "--dry-run", "--tag", "sea").out.startswith("articles/two.md: unchanged\n")
    assert "unchanged" not in run("build", "--dry-run", "--tag", "nothing").out
    assert json.loads(run("script", "--problems", "--tag", "sea", "--json").out)["articles"] == 1
    assert run("build", "--since", "nope").code == 2
