"""Covers in a folder: which are taken, what is said of those that are not, and which are drawn."""

import json
import struct
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import feedparser
import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser as Tree

from earmark.errors import SettingsError
from earmark.library import events
from earmark.library.book import bind
from earmark.library.build import Plan, build
from earmark.library.inputs import artwork
from earmark.library.inputs.headers import faults, kind_of
from earmark.library.inputs.sources import discover
from earmark.library.state.freshness import CODE
from earmark.readers import READERS
from earmark.settings import Layer, merge
from earmark.writers import tags

SITE = {"title": "The Review", "address": "https://example.org/audio", "id": "x", "description": "D", "language": "en"}


def picture(mode: str = "RGB", size: tuple[int, int] = (1400, 1400), kind: str = "PNG") -> bytes:
    written = BytesIO()
    Image.new(mode, size).save(written, kind)
    return written.getvalue()


def transparent() -> bytes:
    written = BytesIO()
    Image.new("P", (1400, 1400)).save(written, "PNG", transparency=0)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (picture(), []),
        (picture("P"), []),
        (picture(size=(3000, 3000)), []),
        (picture(kind="JPEG"), []),
        (picture(size=(900, 640)), ["not square (900 × 640 pixels)"]),
        (picture(size=(3200, 1400)), ["not square (3,200 × 1,400 pixels)", "too large"]),
        (picture(size=(1399, 1399)), ["too small (1,399 × 1,399 pixels)"]),
        (picture(size=(3001, 3001)), ["too large (3,001 × 3,001 pixels)"]),
        (picture("L"), ["in shades of grey"]),
        (picture("L", kind="JPEG"), ["in shades of grey"]),
        (picture("CMYK", kind="JPEG"), ["in CMYK colours, which are for print"]),
        (picture("RGBA"), ["partly transparent"]),
        (picture("LA"), ["partly transparent"]),
        (transparent(), ["partly transparent"]),
        (b"\x89PNG\r\n\x1a\n", ["too small (0 × 0 pixels)"]),
        (b"\xff\xd8\xff", ["too small (0 × 0 pixels)"]),
        (b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"xxyyyyyyyyyy", ["too small (0 × 0 pixels)"]),
    ],
)
def test_what_is_wrong_with_artwork_is_said(data: bytes, expected: list[str]) -> None:
    assert list(faults(data, kind_of(data))) == expected


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "earmark.toml").write_text("")
    (folder / "drawn.md").write_text("---\ntitle: Drawn & Told\ndate: 2026-01-01\n---\n\nA word.\n")
    (folder / "own.md").write_text("---\ntitle: Own\ncover: own.png\ndate: 2025-01-01\n---\n\nA word.\n")
    (folder / "own.png").write_bytes(picture())
    return folder


def run(articles: Path, **sections: Mapping[str, object]) -> events.Outcome:
    site = {**SITE, **sections.pop("site", {})}
    given = {"voice": {"engine": "tone"}, "outputs": {"epub": False, "transcript": False}, "site": site, **sections}
    out = articles.parent / "audio"
    plan = Plan(
        folder=discover([articles], suffixes=READERS, out=out),
        settings=merge(Layer("test", given)),
        out=out,
        cache=articles.parent / "cache",
        jobs=2,
    )
    return build(plan, tell=lambda _event: None, stop=Event())


def images(articles: Path) -> list[str]:
    found = feedparser.parse((articles.parent / "audio" / "feed.xml").read_bytes())
    return [found.feed.image.href, *(entry.get("image", {}).get("href", "") for entry in found.entries)]


def test_what_has_no_cover_gets_one_in_its_mp3_its_page_and_the_feed(articles: Path) -> None:
    run(articles)
    out = articles.parent / "audio"
    base = "https://example.org/audio/"
    assert images(articles) == [f"{base}cover.png", f"{base}drawn/cover.png", f"{base}own/cover.png"]
    drawn = (out / "drawn" / "cover.png").read_bytes()
    assert not list(faults(drawn, "image/png"))
    assert (out / "own" / "cover.png").read_bytes() == (articles / "own.png").read_bytes()
    assert not list(faults((out / "cover.png").read_bytes(), "image/png"))
    cover = tags.read((out / "drawn" / "drawn.mp3").read_bytes()).cover
    assert cover is not None
    assert (cover.type, cover.bytes) == ("image/png", len(drawn))
    shown = Tree((out / "drawn" / "index.html").read_text()).css_first("#p-cover")
    assert shown is not None
    assert (shown.attributes["src"], shown.attributes["alt"]) == ("cover.png", "Cover: Drawn & Told")
    record = json.loads((out / "drawn" / "edition.json").read_bytes())
    assert record["artwork"] == "cover.png"
    assert record["cover"] == ""
    assert "cover.png" in {file["name"] for file in record["files"]}


def test_a_cover_is_drawn_once(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []
    whole = artwork.draw

    def counted(title: str, publication: str) -> bytes:
        titles.append(title)
        return whole(title, publication)

    monkeypatch.setattr(artwork, "draw", counted)
    monkeypatch.setattr("earmark.library.catalogue.feeds.draw", counted)
    run(articles)
    assert sorted(titles) == ["Drawn & Told", "The Review"]
    (articles / "drawn.md").write_text("---\ntitle: Drawn & Told\ndate: 2026-01-01\n---\n\nAnother word.\n")
    run(articles)
    assert len(titles) == 2


def test_none_is_drawn_where_none_is_wanted_and_a_cover_needs_no_page(articles: Path) -> None:
    run(articles, outputs={"epub": False, "transcript": False, "cover": False}, page={"publish": False})
    out = articles.parent / "audio"
    assert not (out / "drawn" / "cover.png").exists()
    assert (out / "own" / "cover.png").exists()
    assert images(articles)[1:] == ["", "https://example.org/audio/own/cover.png"]


def test_an_articles_cover_that_directories_refuse_is_told_and_not_in_the_feed(articles: Path) -> None:
    (articles / "own.png").write_bytes(picture(size=(900, 640)))
    outcome = run(articles)
    (problem,) = (
        problem
        for result in outcome.results
        if isinstance(result, events.Made)
        for problem in result.problems
        if problem.code == "cover"
    )
    assert problem.message == "podcast clients don't show the cover own.png: it is not square (900 × 640 pixels)"
    assert "1,400 to 3,000 pixels" in problem.hint
    assert images(articles)[2] == ""
    assert (articles.parent / "audio" / "own" / "cover.png").exists()


def test_the_sites_own_cover_is_published_and_followed(articles: Path) -> None:
    (articles / "site.jpg").write_bytes(picture(size=(1500, 1500), kind="JPEG"))
    assert not run(articles, site={"cover": "site.jpg"}).notices[:-1]
    out = articles.parent / "audio"
    assert (out / "cover.jpg").read_bytes() == (articles / "site.jpg").read_bytes()
    assert images(articles)[0] == "https://example.org/audio/cover.jpg"
    (articles / "site.jpg").write_bytes(picture(size=(1600, 1600), kind="JPEG"))
    run(articles, site={"cover": "site.jpg"})
    assert (out / "cover.jpg").read_bytes() == (articles / "site.jpg").read_bytes()
    run(articles)
    assert not (out / "cover.jpg").exists()
    assert images(articles)[0] == "https://example.org/audio/cover.png"


def test_a_sites_cover_that_directories_refuse_is_told_and_one_is_drawn(articles: Path) -> None:
    (articles / "site.jpg").write_bytes(picture("CMYK", kind="JPEG"))
    outcome = run(articles, site={"cover": "site.jpg"})
    (notice,) = (notice for notice in outcome.notices if notice.code == "cover")
    assert notice.message.startswith("podcast clients don't show the cover site.jpg: it is in CMYK colours")
    assert notice.message.endswith("the feed shows one drawn of the title instead")
    assert images(articles)[0] == "https://example.org/audio/cover.png"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("missing.png", "can't be read"),
        ("../outside.png", "outside the folder"),
        ("earmark.toml", "no JPEG or PNG"),
        ("a\0b", "can't be a file's name"),
        ("vast.png", "no JPEG or PNG"),
    ],
)
def test_a_sites_cover_that_is_none_ends_the_build(articles: Path, value: str, message: str) -> None:
    (articles / "vast.png").write_bytes(picture(size=(8, 8))[:16] + struct.pack(">II", 60_000, 60_000))
    with pytest.raises(SettingsError, match=message):
        run(articles, site={"cover": value})


@pytest.mark.parametrize(("slugs", "own"), [(["drawn", "own"], True), (["drawn"], False)])
def test_a_book_has_an_articles_own_cover_or_one_of_its_own_title(
    articles: Path, *, slugs: list[str], own: bool
) -> None:
    run(articles, outputs={"transcript": False})
    out = articles.parent / "audio"
    bind(out, slugs, articles.parent / "book.epub", title="Spring", publisher="The Review")
    with ZipFile(articles.parent / "book.epub") as book:
        cover = book.read("EPUB/cover.png")
    assert (cover == (articles / "own.png").read_bytes()) is own
    assert cover != (out / "drawn" / "cover.png").read_bytes()


def test_another_font_draws_other_covers() -> None:
    """Covers are kept under a digest of the code that draws them; the font is part of that."""
    names = [entry.name for entry in files("earmark.writers.cover").iterdir()]
    assert [name for name in names if name.endswith(".ttf")]
    assert all(name.endswith(CODE) for name in names if not name.endswith((".txt", "__pycache__")))
