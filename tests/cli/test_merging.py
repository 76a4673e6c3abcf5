"""`earmark build --shard` and `earmark merge` as commands: what they print, their exit codes, and addresses as folders."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from obstore.store import LocalStore

from earmark.storage import remote

Run = Callable[..., Any]
Write = Callable[[str, str], Path]


@pytest.fixture
def two(write: Write) -> None:
    write("one.md", "# One\n\nIt rained.\n")
    write("two.md", "# Two\n\nIt snowed.\n")


@pytest.mark.usefixtures("two")
def test_parts_are_built_and_merged(run: Run, site: Path, write: Write) -> None:
    write("bad.md", "---\nslug: Not A Slug\n---\n# Bad\n\nIt has no name.\n")
    codes = {run("build", "-o", f"p{number}", "--shard", f"{number}/2").code for number in (1, 2)}
    assert codes == {0, 1}
    missing = run("merge", "p1")
    assert missing.code == 2
    assert missing.err == (
        "error: a shard is missing: 2/2. Build what is missing (--shard 2/2) or name the folder that it is in.\n"
    )
    ended = run("merge", "p1", "p2")
    assert (ended.code, ended.out) == (1, "2 shards: 2 editions, 2 brought here, 1 failed\n")
    assert ended.err.startswith("failed articles/bad.md: slug 'Not A Slug' can't name a folder")
    assert (site / "audio" / "index.html").is_file()


@pytest.mark.usefixtures("two")
def test_what_is_no_shard_is_a_wrong_command_line(run: Run) -> None:
    ended = run("build", "--shard", "3/2")
    assert ended.code == 2
    assert "'3/2' is no shard. Write it as K/N" in ended.err


@pytest.mark.usefixtures("two")
def test_addresses_are_folders(
    run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    buckets = tmp_path_factory.mktemp("buckets")
    monkeypatch.setattr(remote, "_opened", lambda address: LocalStore(buckets / address[5:], mkdir=True))
    for machine in ("a", "b"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp(machine)))
        ended = run("build", "-o", "s3://press/audio", "--cache", "s3://press/cache", "--shard", "1/1")
        assert ended.code == 0
        assert ("2 made" if machine == "a" else "2 unchanged") in ended.out
    assert (buckets / "press" / "audio" / "one" / "edition.json").is_file()
    assert not (buckets / "press" / "audio" / "feed.xml").exists()
    assert any((buckets / "press" / "cache" / "objects").iterdir())
    ended = run("merge", "s3://press/audio", "-o", "s3://press/all", "--articles", "articles")
    assert (ended.code, ended.out) == (0, "1 shard: 2 editions, 2 brought here\n")
    assert "files sent to s3://press/all" in ended.err
    assert (buckets / "press" / "all" / "index.html").is_file()


@pytest.fixture
def buckets(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that stands for all buckets."""
    made = tmp_path_factory.mktemp("buckets")
    monkeypatch.setattr(remote, "_opened", lambda address: LocalStore(made / address[5:], mkdir=True))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("machine")))
    return made


@pytest.mark.usefixtures("two")
def test_what_lies_in_a_store_is_checked_and_pruned(run: Run, site: Path, buckets: Path) -> None:
    shutil.copytree(site / "articles", buckets / "press" / "articles")
    there = ("s3://press/articles", "-o", "s3://press/audio")
    expected = run("build", *there, "--dry-run")
    assert (expected.code, "2 of 2 articles to make" in expected.out) == (0, True)
    assert run("build", *there, "--preview").code == 0
    assert not any((buckets / "press" / "audio").rglob("*"))
    assert run("check", *there).code == 3
    assert run("build", *there, "--cache", "s3://press/cache").code == 0
    assert run("check", *there, "--deep").code == 0
    ended = run("inspect", "s3://press/audio/one/one.mp3")
    assert (ended.code, ended.out.startswith("Title: One")) == (0, True)
    assert run("inspect", "s3://press/audio/one/none.mp3").code == 2

    (buckets / "press" / "audio" / "feed.xml").unlink(missing_ok=True)
    (buckets / "press" / "audio" / "index.html").write_bytes(b"harmed")
    assert run("check", *there, "--deep").code == 3
    assert (buckets / "press" / "audio" / "index.html").read_bytes() == b"harmed"
    assert run("check", *there, "--deep", "--fix").code == 0
    assert (buckets / "press" / "audio" / "index.html").read_bytes() != b"harmed"

    (buckets / "press" / "articles" / "two.md").unlink()
    asked = run("prune", *there)
    assert (asked.code, (buckets / "press" / "audio" / "two").is_dir()) == (2, True)
    assert run("prune", *there, "--yes").code == 0
    assert not list((buckets / "press" / "audio" / "two").glob("*"))
    assert (buckets / "press" / "audio" / "one" / "edition.json").is_file()


@pytest.mark.usefixtures("two")
def test_a_rehearsal_knows_what_machines_share(
    run: Run, buckets: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = ("--cache", "s3://press/cache")
    assert run("build", *kept).code == 0
    assert any((buckets / "press" / "cache").rglob("*"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("other")))
    assert run("build", *kept, "-o", "b", "--dry-run").out.endswith(" 0 to be spoken\n")


@pytest.mark.usefixtures("buckets")
@pytest.mark.parametrize(
    "words",
    [
        ("serve", "s3://press/articles"),
        ("serve", "-o", "az://press/audio"),
        ("script", "s3://press/articles/one.md"),
        ("script", "--problems", "gs://press/articles"),
        ("book", "-o", "s3://press/issue.epub"),
        ("build", "--report", "s3://press/report.json"),
        ("check", "--report", "s3://press/report.json"),
        ("say", "Hello", "-o", "s3://press/a.mp3"),
        ("settings", "s3://press/articles"),
        ("doctor", "s3://press/articles"),
        ("init", "s3://press"),
    ],
)
def test_what_works_with_files_alone_says_so(run: Run, site: Path, words: tuple[str, ...]) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert "is in an object store, and this command works with files" in ended.err
    assert not list(site.glob("?3:"))


@pytest.mark.usefixtures("buckets")
def test_an_empty_source_deletes_nothing(run: Run) -> None:
    for command in ("build", "check", "prune"):
        ended = run(command, "s3://press/misspelt", "-o", "s3://press/audio")
        assert (ended.code, "s3://press/misspelt: there is nothing in it" in ended.err) == (2, True)
