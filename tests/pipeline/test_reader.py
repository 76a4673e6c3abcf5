"""A reader may be started before anybody knows whether one is needed."""

import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from earmark.pipeline import reader
from earmark.pipeline.composed import Source
from earmark.pipeline.desk import Desk
from earmark.settings import Settings

pytestmark = pytest.mark.usefixtures("counted_children")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.md").write_text("Words.", encoding="utf-8")
    return folder


def index(folder: Path, *, newer: bool) -> Path:
    path = folder.parent / "index"
    path.write_bytes(b"")
    times = [entry.stat().st_mtime_ns for entry in [folder, *folder.rglob("*")]]
    moment = max(times) + 1 if newer else min(times) - 1
    os.utime(path, ns=(moment, moment))
    return path


def test_one_is_started_where_something_looks_changed(articles: Path) -> None:
    file = articles / "deep" / "a.md"
    for sources in ([articles], [file]):
        with reader.started_early(sources, index(articles, newer=False)) as process:
            assert process is not None
            assert process.poll() is None
        assert process.poll() is not None
        with reader.started_early(sources, index(articles, newer=True)) as process:
            assert process is None


def test_one_is_started_where_nothing_was_built_yet_but_not_for_what_is_not_there(articles: Path) -> None:
    with reader.started_early([articles], articles / "no-index") as process:
        assert process is not None
    with reader.started_early([articles / "missing.md"], articles / "no-index") as process:
        assert process is None


def test_that_none_can_be_started_is_for_others_to_tell(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", none_left)
    with reader.started_early([articles], articles / "no-index") as process:
        assert process is None


def test_a_desk_works_with_one_that_is_started_and_ending_it_twice_is_no_matter(articles: Path) -> None:
    with (
        reader.started_early([articles], articles / "no-index") as process,
        closing(Desk(1, started=process)) as desk,
    ):
        found = desk.compose(Source(name="a.md", data=b"# Title\n\nWords.", settings=Settings(), paces={"": 150}))
        assert found.metadata.title == "Title"
