"""`earmark build --shard` and `earmark merge` as commands: what they print, their exit codes, and addresses as folders."""

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
