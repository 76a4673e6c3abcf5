"""`earmark prune`: what it lists, what it deletes, and all that it never touches."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from earmark.storage import Lock
from earmark.storage.files import PREFIX, SUFFIX

Run = Callable[..., Any]
Write = Callable[[str, str], Path]


@pytest.fixture
def orphan(run: Run, write: Write, site: Path) -> Path:
    """Return the folder of an edition whose article is gone; another article is still there."""
    path = write("old.md", "# Old\n\nIt rained.\n")
    write("one.md", "# One\n\nIt snowed.\n")
    assert run("build").code == 0
    path.unlink()
    return site / "audio" / "old"


def test_it_lists_and_without_anybody_to_ask_deletes_nothing(run: Run, orphan: Path) -> None:
    ended = run("prune")
    assert ended.code == 2
    assert ended.out.startswith(f"audio/old: {len(list(orphan.iterdir()))} files, ")
    assert ended.out.endswith("MB; its article old.md is gone\n")
    assert ended.err == "nothing was deleted: nobody is there to ask. Run it again with --yes.\n"
    assert (orphan / "edition.json").is_file()


def test_with_yes_it_deletes_and_what_lists_editions_follows(run: Run, orphan: Path, site: Path) -> None:
    left = site / "audio" / "one" / f"{PREFIX}1{SUFFIX}"
    left.write_bytes(b"half")
    assert "old" in (site / "audio" / "library-data.js").read_text("utf-8")
    ended = run("prune", "--yes")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "2 deleted")
    assert not orphan.exists()
    assert not left.exists()
    assert (site / "audio" / "one" / "one.mp3").is_file()
    assert '"old"' not in (site / "audio" / "library-data.js").read_text("utf-8")
    assert run("check").code == 0
    assert run("prune").out == "nothing to delete\n"


def test_lists_that_could_not_follow_are_told(run: Run, orphan: Path, site: Path) -> None:
    page = site / "audio" / "index.html"
    page.unlink()
    page.mkdir()
    ended = run("prune", "--yes")
    assert ended.code == 1
    assert not orphan.exists()
    assert "may still list what was deleted. Run `earmark build`" in ended.err
    page.rmdir()
    assert run("build").code == 0
    assert '"old"' not in (site / "audio" / "library-data.js").read_text("utf-8")


@pytest.mark.parametrize(("answer", "there"), [("y\n", False), ("n\n", True)])
def test_it_asks_whoever_is_there(
    run: Run, orphan: Path, monkeypatch: pytest.MonkeyPatch, answer: str, *, there: bool
) -> None:
    monkeypatch.setattr("earmark.cli.pruning._is_answered", lambda: True)
    ended = run("prune", given=answer.encode())
    assert (ended.code, orphan.exists()) == (0, there)
    assert "Delete all this?" in ended.err


def test_what_is_not_ours_stays(run: Run, orphan: Path, site: Path) -> None:
    (orphan / "mine.txt").write_text("mine", encoding="utf-8")
    (site / "audio" / "other").mkdir()
    (site / "audio" / "other" / "edition.json").write_text("{}", encoding="utf-8")
    ended = run("prune", "--yes")
    assert sorted(path.name for path in orphan.iterdir()) == ["mine.txt"]
    assert ended.err == "left alone: audio/old/mine.txt: it is no file of the edition\n"
    assert (site / "audio" / "other" / "edition.json").is_file()


def test_no_link_is_followed_out(run: Run, orphan: Path, site: Path) -> None:
    away = site / "away"
    shutil.move(orphan, away)
    orphan.symlink_to(away, target_is_directory=True)
    before = sorted(away.iterdir())
    assert run("prune", "--yes").out == "nothing to delete\n"
    assert sorted(away.iterdir()) == before
    orphan.unlink()
    shutil.move(away, orphan)
    treasure = site / "treasure.mp3"
    (orphan / "old.mp3").rename(treasure)
    (orphan / "old.mp3").symlink_to(treasure)
    assert run("prune", "--yes").code == 0
    assert treasure.is_file()
    assert not orphan.exists()


def test_a_record_that_is_a_link_is_no_edition(run: Run, orphan: Path, site: Path) -> None:
    (orphan / "edition.json").rename(site / "edition.json")
    (orphan / "edition.json").symlink_to(site / "edition.json")
    assert run("prune", "--yes").out == "nothing to delete\n"
    assert (orphan / "old.mp3").is_file()


def test_an_edition_that_a_build_is_at_work_on_is_left_alone(run: Run, orphan: Path, site: Path) -> None:
    with Lock(site / "audio" / ".earmark" / "locks" / "old"):
        ended = run("prune", "--yes")
    assert ended.code == 1
    assert "a build is at work on it" in ended.err
    assert (orphan / "edition.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "- is no folder of articles"),
        (["articles/one.md"], "articles/one.md is no folder of articles"),
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["--out", "elsewhere"], "elsewhere: there is no such folder of editions"),
        (["empty"], "there is no article in "),
    ],
)
def test_it_refuses_where_nobody_can_know_what_is_gone(
    run: Run, orphan: Path, site: Path, arguments: list[str], said: str
) -> None:
    (site / "empty").mkdir()
    ended = run("prune", *arguments, "--yes")
    assert ended.code == 2
    assert said in ended.err
    assert (orphan / "edition.json").is_file()


def test_a_part_of_the_folder_is_refused(run: Run, write: Write, orphan: Path, site: Path) -> None:
    write("earmark.toml", '[site]\nlanguage = "en"\n')
    write("sub/two.md", "# Two\n\nIt rained.\n")
    ended = run("prune", site / "articles" / "sub", "--yes")
    assert ended.code == 2
    assert "is a part of" in ended.err
    assert orphan.is_dir()


def test_an_article_that_was_moved_is_named(run: Run, write: Write, orphan: Path) -> None:
    write("new.md", "# Old\n\nIt rained.\n")
    assert "new.md has its text now, and no id line that keeps its subscribers" in run("prune").out
    assert orphan.is_dir()


def test_a_folder_of_articles_that_is_out_of_reach_makes_no_orphans(run: Run, write: Write, site: Path) -> None:
    (site / "others").mkdir()
    (site / "others" / "two.md").write_text("# Two\n\nIt rained.\n", encoding="utf-8")
    write("one.md", "# One\n\nIt snowed.\n")
    assert run("build", "articles").code == 0
    assert run("build", "others").code == 0
    (site / "others").rename(site / "unmounted")
    assert run("prune", "--yes").out == "nothing to delete\n"
    assert (site / "audio" / "two" / "two.mp3").is_file()


@pytest.mark.parametrize(
    ("settings", "front", "why"),
    [
        ('[articles]\nexclude = ["old.*"]\n', "", "[articles] exclude leaves out old.md, by old.*"),
        ('[articles]\ninclude = ["one.md"]\n', "", "[articles] include does not name old.md"),
        ("[articles]\naudio = false\n", "", "nothing says audio: true, and [articles] audio is off"),
        ("", "---\naudio: false\n---\n", "its front matter says audio: false"),
        ("", "---\ndraft: true\n---\n", "it is a draft"),
    ],
    ids=["excluded", "not included", "audio is off", "audio: false", "draft"],
)
def test_what_is_no_longer_to_be_published_is_an_orphan(  # noqa: PLR0913, PLR0917 (three fixtures, three parameters)
    run: Run, write: Write, site: Path, settings: str, front: str, why: str
) -> None:
    write("old.md", "# Old\n\nIt rained.\n")
    write("one.md", "---\naudio: true\n---\n# One\n\nIt snowed.\n")
    engine = '[voice]\nengine = "tone"\n'
    write("earmark.toml", engine)
    assert run("build").code == 0
    write("earmark.toml", f"{engine}{settings}")
    if front:
        write("old.md", f"{front}# Old\n\nIt rained.\n")
    checked = run("check")
    assert checked.code == 3
    assert checked.out.count("edition-withdrawn") == 1
    assert why in checked.out
    listed = run("prune")  # before any build has looked
    assert listed.out.endswith(f"{why}\n")
    for _ in range(2):
        built = run("build")
        assert f"orphaned old: {why}; it is left alone" in built.out + built.err
    assert (site / "audio" / "old" / "edition.json").is_file()
    assert run("prune", "--yes").code == 0
    assert not (site / "audio" / "old").exists()
    assert (site / "audio" / "one" / "edition.json").is_file()
    assert run("check").code == 0
    assert run("prune").out == "nothing to delete\n"


def test_what_a_run_leaves_out_by_itself_is_no_orphan(run: Run, write: Write) -> None:
    write("earmark.toml", '[voice]\nengine = "tone"\n')
    write("old.md", "# Old\n\nIt rained.\n")
    write("one.md", "# One\n\nIt snowed.\n")
    assert run("build").code == 0
    built = run("build", "--only", "one.md")
    assert "orphan" not in built.out + built.err
    assert run("prune").out == "nothing to delete\n"
