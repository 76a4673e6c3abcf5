import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from earmark.edition import Edition
from earmark.timeline import Chapter
from earmark.writers.chapters import chapters
from earmark.writers.formats import WRITERS
from earmark.writers.galley import Galley

Make = Callable[..., Edition]


def _read(data: bytes) -> dict[str, Any]:
    document = json.loads(data)
    assert isinstance(document, dict)
    return document


def test_chapters_as_podcast_players_read_them(make: Make) -> None:
    tiling = (Chapter("The light", "b0001", 0, 44_100), Chapter("The ledger", "b0004", 44_100, 100_000))
    edition = make("One.", chapters=tiling, metadata={"authors": ("Ann Lee", "Bo Ray")})
    assert b"".join(WRITERS["chapters.json"](Galley(edition))).decode() == (
        "{\n"
        '  "version": "1.2.0",\n'
        '  "title": "The Ledger",\n'
        '  "author": "Ann Lee, Bo Ray",\n'
        '  "fileName": "the-ledger.mp3",\n'
        '  "chapters": [\n'
        '    {"startTime": 0.0, "endTime": 2.0, "title": "The light"},\n'
        '    {"startTime": 2.0, "endTime": 4.535, "title": "The ledger"}\n'
        "  ]\n"
        "}\n"
    )


def test_without_authors_there_is_no_author(make: Make) -> None:
    assert "author" not in _read(chapters(make("One.")))


def test_a_chapter_with_nothing_to_show_bears_the_articles_title(make: Make) -> None:
    edition = make("One.", chapters=(Chapter("\0\u202e", "b0001", 0, 10),))
    assert _read(chapters(edition))["chapters"][0]["title"] == "The Ledger"


def test_a_title_with_nothing_to_show_gives_way_to_the_slug(make: Make) -> None:
    assert _read(chapters(make("One.", metadata={"title": "\u202e"})))["title"] == "the-ledger"


@given(st.lists(st.text(st.characters()), max_size=8))
def test_any_titles_make_ascending_chapters(make: Make, titles: list[str]) -> None:
    tiling = [Chapter(title, "b0001", 30_000 * n, 30_000 * (n + 1)) for n, title in enumerate(titles)]
    found = _read(chapters(make("One.", chapters=tiling)))["chapters"]
    starts = [chapter["startTime"] for chapter in found]
    assert len(found) == len(titles)
    assert starts == sorted(set(starts))
    assert all(chapter["title"].strip() and chapter["endTime"] > chapter["startTime"] for chapter in found)
