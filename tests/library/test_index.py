import os
from pathlib import Path

import msgspec

from earmark.library.state.index import FOLDER, Files, Index, Known, Stat, stat_of, unchanged


def known(path: str, slug: str = "slug") -> Known:
    return Known(
        root="../articles",
        source=Stat(path, 1, 2),
        slug=slug,
        title="T",
        duration=1.5,
        omitted_words=0,
        inputs={"source": "x"},
        record="0",
        voices=(("espeak", "en"),),
        files=Files("edition.json", b"0" * 16),
    )


def test_what_is_put_is_there_next_time(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put(known("a.md"))
    index.save()
    assert Index(tmp_path).get("a.md") == known("a.md")
    assert [entry.slug for entry in Index(tmp_path).all()] == ["slug"]


def test_two_builds_keep_what_each_has_learnt(tmp_path: Path) -> None:
    one, two = Index(tmp_path), Index(tmp_path)
    one.put(known("a.md"))
    two.put(known("b.md", "other"))
    one.save()
    two.save()
    three = Index(tmp_path)
    assert three.get("a.md")
    assert three.get("b.md")
    three.forget("a.md")
    three.forget("never.md")
    three.save()
    assert Index(tmp_path).get("a.md") is None


def test_who_takes_over_a_slug_makes_the_former_owner_forgotten(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put(known("old.md", "house"))
    index.put(known("new.md", "house"))
    assert index.get("old.md") is None
    owner = index.owner("house")
    assert owner
    assert owner.source.path == "new.md"
    index.save()
    assert [entry.source.path for entry in Index(tmp_path).all()] == ["new.md"]


def test_an_article_that_goes_by_another_slug_leaves_the_first(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.put(known("a.md", "first"))
    index.put(known("a.md", "second"))
    assert index.owner("first") is None
    assert index.owner("second") == known("a.md", "second")


def test_an_index_that_cannot_be_read_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "index").mkdir(parents=True)
    assert list(Index(tmp_path).all()) == []


def test_what_a_killed_run_left_half_written_is_swept(tmp_path: Path) -> None:
    left = tmp_path / FOLDER / ".earmark-0123.part"
    left.parent.mkdir()
    left.touch()
    index = Index(tmp_path)
    index.put(known("a.md"))
    index.save()
    assert not left.exists()


def test_nothing_learnt_writes_nothing(tmp_path: Path) -> None:
    Index(tmp_path).save()
    assert not (tmp_path / FOLDER).exists()


def test_a_damaged_or_foreign_index_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / FOLDER / "index"
    path.parent.mkdir()
    for data in (b"", b"{", b"\xff\xfe", msgspec.json.encode({"schema": 99, "known": []})):
        path.write_bytes(data)
        assert list(Index(tmp_path).all()) == []


def test_a_file_is_unchanged_only_with_the_very_same_time(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("one", encoding="utf-8")
    before = stat_of(tmp_path, "x")
    assert before
    assert unchanged(tmp_path, [before])
    os.utime(path, ns=(before.mtime_ns - 1, before.mtime_ns - 1))
    assert not unchanged(tmp_path, [before])
    path.unlink()
    assert stat_of(tmp_path, "x") is None
    assert not unchanged(tmp_path, [before])
