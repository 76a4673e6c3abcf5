"""An article that lies elsewhere now: named, with the line that keeps its subscribers' place."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Event

import pytest

from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.gate.moved import text_digest
from earmark.library.inputs.sources import discover
from earmark.readers import READERS
from earmark.settings import Layer, merge

TEXT = "---\ntitle: {title}\n---\n\nThe house stood by the sea.\n"


def run(articles: Path, only: Iterable[str] = (), **sections: Mapping[str, object]) -> events.Outcome:
    given = {"voice": {"engine": "tone"}, "outputs": {"epub": False, "transcript": False}, **sections}
    out = articles.parent / "audio"
    plan = Plan(
        folder=discover([articles / name for name in only] or [articles], suffixes=READERS, out=out),
        settings=merge(Layer("test", given)),
        out=out,
        cache=articles.parent / "cache",
        jobs=2,
    )
    return build(plan, tell=lambda _event: None, stop=Event())


def record(articles: Path, slug: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((articles.parent / "audio" / slug / "edition.json").read_bytes())
    return found


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "2024").mkdir(parents=True)
    (folder / "earmark.toml").write_text("")
    (folder / "2024" / "house.md").write_text(TEXT.format(title="A House"))
    (folder / "other.md").write_text("# Other\n\nSomething else.\n")
    assert not run(folder).moved
    return folder


def add_id(path: Path, line: str) -> None:
    path.write_text(path.read_text().replace("---\n", f"---\n{line}\n", 1))


def test_a_new_name_is_told_with_the_line_until_it_is_there(articles: Path) -> None:
    guid = record(articles, "house")["guid"]
    (articles / "2024" / "house.md").rename(articles / "cottage.md")
    for _ in range(2):
        (moved,) = run(articles).moved
        assert (moved.old, moved.new, moved.slug) == ("2024/house.md", "cottage.md", "house")
        assert moved.line == f"id: {guid}"
    add_id(articles / "cottage.md", moved.line)
    assert not run(articles).moved
    assert record(articles, "cottage")["guid"] == guid


def test_the_same_text_under_another_title_is_the_same_article(articles: Path) -> None:
    (articles / "2024" / "house.md").unlink()
    (articles / "cottage.md").write_text(TEXT.format(title="Renamed").replace("stood by", "stood\nby"))
    (moved,) = run(articles).moved
    assert moved.new == "cottage.md"


def test_another_text_is_another_article(articles: Path) -> None:
    (articles / "2024" / "house.md").unlink()
    (articles / "cottage.md").write_text(TEXT.format(title="A House") + "\nAnd more.\n")
    outcome = run(articles)
    assert not outcome.moved
    assert [orphan.slug for orphan in outcome.orphans] == ["house"]


@pytest.mark.parametrize("change", ["", "---\ndraft: true\n", "---\naudio: false\n"])
def test_an_article_that_wants_no_edition_takes_no_place(articles: Path, change: str) -> None:
    text = (articles / "2024" / "house.md").read_text()
    (articles / "2024" / "house.md").unlink()
    (articles / "cottage.md").write_text(text.replace("---\n", change or "---\n", 1))
    assert bool(run(articles).moved) == (not change)


def test_another_folder_and_the_same_slug_keeps_the_place_and_asks_for_the_line(articles: Path) -> None:
    guid = record(articles, "house")["guid"]
    (articles / "archive").mkdir()
    (articles / "2024" / "house.md").rename(articles / "archive" / "house.md")
    first = run(articles)
    assert [moved.line for moved in first.moved] == [f"id: {guid}"]
    assert not first.orphans
    assert record(articles, "house")["guid"] == guid
    assert record(articles, "house")["source"] == {"path": "archive/house.md", "former": "2024/house.md"}
    (articles / "archive" / "house.md").write_text(TEXT.format(title="Edited"))
    assert [moved.old for moved in run(articles).moved] == ["2024/house.md"]
    (articles.parent / "audio" / ".earmark" / "index").unlink()
    assert len(run(articles).moved) == 1
    add_id(articles / "archive" / "house.md", f"id: {guid}")
    assert not run(articles).moved
    assert record(articles, "house")["source"] == {"path": "archive/house.md"}
    assert record(articles, "house")["guid"] == guid


def test_moved_there_and_back_is_not_moved(articles: Path) -> None:
    guid = record(articles, "house")["guid"]
    (articles / "2024" / "house.md").rename(articles / "house.md")
    run(articles)
    (articles / "house.md").rename(articles / "2024" / "house.md")
    assert not run(articles).moved
    assert record(articles, "house")["guid"] == guid


def test_an_orphan_takes_one_article_and_that_of_its_name_first(articles: Path) -> None:
    text = (articles / "2024" / "house.md").read_text()
    (articles / "2024" / "house.md").unlink()
    (articles / "a.md").write_text(text)
    (articles / "new").mkdir()
    (articles / "new" / "house.md").write_text(text.replace("---\n", "---\nslug: house-new\n", 1))
    assert [moved.new for moved in run(articles).moved] == ["new/house.md"]


def test_articles_that_were_not_named_are_looked_at_too(articles: Path) -> None:
    (articles / "2024" / "house.md").rename(articles / "cottage.md")
    run(articles)
    assert [moved.new for moved in run(articles, ["other.md"]).moved] == ["cottage.md"]


def test_another_article_in_the_place_of_one_that_is_gone_is_a_new_one(articles: Path) -> None:
    guid = record(articles, "house")["guid"]
    (articles / "2024" / "house.md").unlink()
    (articles / "house.md").write_text("# House\n\nAnother one.\n")
    assert not run(articles).moved
    assert record(articles, "house")["guid"] != guid


@pytest.mark.parametrize(
    ("guid", "line"),
    [("a-b.c/1", "id: a-b.c/1"), ("urn:x:1", "id: urn:x:1"), ("a: b # c", 'id: "a: b # c"'), ("é", 'id: "é"')],
)
def test_the_line_is_yaml(guid: str, line: str) -> None:
    assert events.Moved("a.md", "b.md", "a", guid).line == line


def test_the_text_is_what_stands_below_the_front_matter() -> None:
    assert text_digest(b"---\ntitle: x\n---\n\nA  b\n") == text_digest(b"\xef\xbb\xbfA\r\nb") != text_digest(b"A c")
    assert text_digest(b"---\ntitle: x\n---\n \n") == ""
    assert text_digest(b"---\n" * 200_000)
