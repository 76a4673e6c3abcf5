"""The front page of all editions: newest first, in pages, and left alone where nothing changed."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import pytest
from selectolax.lexbor import LexborHTMLParser as Tree

from earmark.errors import SettingsError
from earmark.library.build import Plan, build
from earmark.library.events import Outcome
from earmark.library.inputs.sources import discover
from earmark.readers import READERS
from earmark.settings import Layer, merge


def article(title: str, date: str = "", tags: str = "", language: str = "en") -> str:
    dated = f"date: {date}\n" if date else ""
    return f"---\ntitle: {title}\n{dated}tags: [{tags}]\nlanguage: {language}\n---\n\nA word.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {
        "a.md": article("Oldest", "2024-01-01", "sea"),
        "b.md": article("Newest", "2026-05-05", "sea, sky"),
        "c.md": article("Undated"),
        "d.md": article("Mittendrin", "2025-02-02", language="de"),
    }.items():
        (folder / name).write_text(text)
    return folder


def run(articles: Path, **sections: Mapping[str, object]) -> Outcome:
    given = {"voice": {"engine": "tone"}, "outputs": {"epub": False, "transcript": False}, **sections}
    out = articles.parent / "audio"
    plan = Plan(
        folder=discover([articles], suffixes=READERS, out=out),
        settings=merge(Layer("test", given)),
        out=out,
        cache=articles.parent / "cache",
        jobs=2,
    )
    return build(plan, tell=lambda _event: None, stop=Event())


def titles(page: Path) -> list[str]:
    return [node.text() for node in Tree(page.read_text()).css(".edition h2")]


def test_editions_are_listed_newest_first_with_what_is_known_of_them(site: Path) -> None:
    run(
        site,
        site={"title": "The Review", "address": "https://example.org/audio"},
        page={"feed": "https://example.org/f"},
    )
    page = Tree((site.parent / "audio" / "index.html").read_text())
    assert [node.text() for node in page.css(".edition h2")] == ["Newest", "Mittendrin", "Oldest", "Undated"]
    first, second = page.css(".edition")[:2]
    assert "5 May 2026" in first.text()
    assert [node.text() for node in first.css(".tags li")] == ["sea", "sky"]
    assert second.attributes["lang"] == "de"
    audio, canonical, feed = first.css_first("audio"), page.css_first("link[rel=canonical]"), page.css_first("a.feed")
    assert audio is not None
    assert canonical is not None
    assert feed is not None
    assert audio.attributes["src"] == "b/b.mp3"
    assert audio.attributes["preload"] == "none"
    assert canonical.attributes["href"] == "https://example.org/audio/"
    assert feed.attributes["href"] == "https://example.org/f"


def test_hundreds_are_in_pages_and_all_are_searched(site: Path) -> None:
    out = site.parent / "audio"
    run(site, library={"editions": 3})
    assert titles(out / "index.html") == ["Newest", "Mittendrin", "Oldest"]
    assert titles(out / "page-2.html") == ["Undated"]
    data = (out / "library-data.js").read_text()
    found = json.loads(data.removeprefix("window.earmarkLibrary = ").rstrip().removesuffix(";"))
    assert [entry["title"] for entry in found] == ["Newest", "Mittendrin", "Oldest", "Undated"]
    assert not re.search("[<>]", data)
    run(site, library={"editions": 4})
    assert not (out / "page-2.html").exists()


def test_nothing_is_written_where_nothing_changed_and_all_where_it_did(site: Path) -> None:
    out = site.parent / "audio"
    run(site)
    before = (out / "index.html").stat().st_mtime_ns
    run(site)
    assert (out / "index.html").stat().st_mtime_ns == before
    (out / "index.html").write_text("harmed")
    run(site)
    assert titles(out / "index.html")[0] == "Newest"
    (site / "e.md").write_text(article("Later", "2027-01-01"))
    run(site)
    assert titles(out / "index.html")[0] == "Later"


def test_a_lost_index_and_no_library_at_all(site: Path) -> None:
    out = site.parent / "audio"
    run(site)
    (out / ".earmark" / "index").unlink()
    run(site)
    assert len(titles(out / "index.html")) == 4
    run(site, library={"publish": False})
    assert not list(out.glob("*.html"))
    assert not list(out.glob("library*"))


def test_a_template_of_the_site_makes_its_pages_anew(site: Path) -> None:
    out = site.parent / "audio"
    run(site)
    own = site / "templates"
    own.mkdir()
    (own / "properties.css").write_text(":root { --accent: #123456 }")
    made = run(site)
    assert {type(result).__name__ for result in made.results} == {"Made"}
    assert "#123456" in (out / "library.css").read_text()
    assert "#123456" in (out / "a" / "page.css").read_text()


@pytest.mark.parametrize(
    ("name", "data"), [("index.html", b"\xff\xfe"), ("index.html", b"x" * 1_000_001)], ids=["no text", "too long"]
)
def test_a_template_that_cannot_be_read_ends_the_build(site: Path, name: str, data: bytes) -> None:
    (site / "templates").mkdir()
    (site / "templates" / name).write_bytes(data)
    with pytest.raises(SettingsError, match=r"index\.html"):
        run(site)


@pytest.mark.parametrize(
    "address", ["example.org", "javascript:x", "https://", "https://a b/", "https://ex/\"'<", "http://[x/"]
)
def test_an_address_that_is_none_ends_the_build(site: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="no address on the web"):
        run(site, site={"address": address})


def test_the_page_is_in_the_sites_language_and_names_each_by_its_own(site: Path) -> None:
    run(site, site={"title": "La Revue", "language": "fr"})
    page = Tree((site.parent / "audio" / "index.html").read_text())
    html, search, title = page.css_first("html"), page.css_first("label[for=l-search]"), page.css_first("title")
    assert html is not None
    assert search is not None
    assert title is not None
    assert (html.attributes["lang"], search.text()) == ("fr", "Rechercher")
    assert title.text() == "La Revue\u00a0: éditions audio"
    assert "2 février 2025" in page.text()
    assert not page.css("search[lang]"), "the page's own words are in the page's own language"
    assert [option.text() for option in page.css("#l-language option")] == ["Tout", "Deutsch", "English"]
    assert [node.text() for node in page.css(".tongue")] == ["English", "Deutsch", "English", "English"]


def test_of_a_great_many_tags_pages_offer_those_that_most_editions_have(site: Path) -> None:
    (site / "e.md").write_text(article("Tagged", tags=", ".join(f"t{number:04}" for number in range(400))))
    run(site)
    page = Tree((site.parent / "audio" / "index.html").read_text())
    offered = [node.attributes.get("value") for node in page.css("#l-tag option")]
    assert len(offered) == 301
    assert offered[1] == "sea"  # two editions have it, each of the others one
    assert offered[2:4] == ["sky", "t0000"]
