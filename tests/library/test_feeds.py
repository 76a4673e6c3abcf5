"""The feeds of a folder: what they list, in which order, when they are written, and what survives."""

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import feedparser
import pytest
from msgspec.structs import replace

from earmark.edition import House
from earmark.errors import SettingsError
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.catalogue import feeds
from earmark.library.catalogue.channels import planned
from earmark.library.catalogue.episodes import Kept
from earmark.library.catalogue.feeds import Standing, feeds_differ
from earmark.library.catalogue.publisher import Publisher
from earmark.library.gate.enclosures import wrong_lengths
from earmark.library.inputs.sources import discover
from earmark.options import FeedOptions, Site
from earmark.readers import READERS
from earmark.settings import Layer, merge
from earmark.writers import feed as writers

SITE = {
    "title": "The Review",
    "address": "https://example.org/audio",
    "id": "review",
    "description": "Articles.",
    "owner_email": "editor@example.org",
}


def article(title: str, date: str = "", language: str = "en", more: str = "") -> str:
    dated = f"date: {date}\n" if date else ""
    return f"---\ntitle: {title}\n{dated}language: {language}\n{more}---\n\nA word of {title}.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "earmark.toml").write_text("")
    (folder / "a.md").write_text(article("Old", "2024-01-01"))
    (folder / "b.md").write_text(article("New", "2026-05-05", more="updated: 2026-06-06\nseason: 1\nepisode: 2\n"))
    (folder / "c.md").write_text(article("Undated"))
    return folder


def run(articles: Path, *, epoch: int | None = None, **sections: Mapping[str, object]) -> events.Outcome:
    site = {**SITE, **sections.pop("site", {})}
    given = {
        "voice": {"engine": "tone"},
        "outputs": {"epub": False},
        "page": {"publish": False},
        "site": site,
        **sections,
    }
    out = articles.parent / "audio"
    plan = Plan(
        folder=discover([articles], suffixes=READERS, out=out),
        settings=merge(Layer("test", given)),
        out=out,
        cache=articles.parent / "cache",
        jobs=2,
        epoch=epoch,
    )
    outcome = build(plan, tell=lambda _event: None, stop=Event())
    assert not outcome.troubles
    assert all(not isinstance(result, events.Failed) for result in outcome.results)
    return outcome


def read(articles: Path, name: str = "feed.xml") -> feedparser.FeedParserDict:
    found = feedparser.parse((articles.parent / "audio" / name).read_bytes())
    assert not found.bozo
    return found


def guids(articles: Path, name: str = "feed.xml") -> list[str]:
    return [entry.id for entry in read(articles, name).entries]


def codes(outcome: events.Outcome) -> set[str]:
    return {notice.code for notice in outcome.notices}


def test_every_edition_is_an_item_newest_first_and_its_length_is_that_of_its_file(articles: Path) -> None:
    outcome = run(articles)
    found = read(articles)
    assert [entry.title for entry in found.entries] == ["New", "Old", "Undated"]
    for entry in found.entries:
        (enclosure,) = entry.enclosures
        path = enclosure.href.partition("?")[0].removeprefix("https://example.org/")
        assert (articles.parent / path).stat().st_size == int(enclosure.length)
    assert (found.entries[0].itunes_season, found.entries[0].itunes_episode) == ("1", "2")
    assert found.feed.updated == "Sat, 06 Jun 2026 00:00:00 +0000"
    assert codes(outcome) == {"feed-no-date"}


def test_without_an_address_there_is_no_feed_and_the_build_says_what_to_set(articles: Path) -> None:
    run(articles)
    outcome = run(articles, site={"address": ""})
    assert codes(outcome) == {"feed-no-address"}
    assert "address = " in outcome.notices[0].hint
    assert not list((articles.parent / "audio").glob("feed*"))
    assert not codes(run(articles, site={"address": ""}, feed={"publish": False}))


def test_what_a_feed_lacks_is_told(articles: Path) -> None:
    outcome = run(articles, site={"title": "", "description": "", "owner_email": ""})
    assert codes(outcome) == {"feed-no-date", "feed-no-description", "feed-no-owner", "feed-no-title"}
    assert read(articles).feed.title == "example.org"


def test_guids_and_order_survive_an_edit_a_title_an_address_and_an_empty_folder(articles: Path, tmp_path: Path) -> None:
    run(articles)
    before = guids(articles)
    (articles / "b.md").write_text(article("Newer", "2026-05-05") + "\nEdited.\n")
    run(articles, site={"address": "https://elsewhere.example/x/", "title": "Another"})
    assert guids(articles) == before
    audio = articles.parent / "audio"
    audio.rename(tmp_path / "put-away")
    run(articles, site={"address": "https://elsewhere.example/x/", "title": "Another"})
    assert guids(articles) == before
    for name in ("feed.xml",):
        assert (audio / name).read_bytes() == (tmp_path / "put-away" / name).read_bytes()


def test_a_new_name_with_its_id_keeps_guid_and_order_while_the_orphan_is_there_and_after(articles: Path) -> None:
    run(articles)
    before = guids(articles)
    (articles / "c.md").rename(articles / "z.md")
    moved = run(articles).moved[0]
    assert guids(articles) == before, "subscribers don't get it twice before the publisher has decided"
    text = (articles / "z.md").read_text()
    (articles / "z.md").write_text(text.replace("---\n", f"---\n{moved.line}\n", 1))
    run(articles)
    assert guids(articles) == before
    assert "/z/z.mp3" in read(articles).entries[-1].enclosures[0].href


def test_an_article_that_is_gone_stays_in_the_feed_until_it_is_pruned(articles: Path) -> None:
    run(articles)
    before = guids(articles)
    (articles / "a.md").unlink()
    run(articles)
    assert guids(articles) == before


def test_two_articles_of_one_id_in_two_folders_are_told_and_one_is_listed(articles: Path) -> None:
    others = articles.parent / "others"  # in one folder the second is refused
    others.mkdir()
    (others / "earmark.toml").write_text("")
    (articles / "a.md").write_text(article("One", more="id: same\n"))
    (others / "z.md").write_text(article("Two", more="id: same\n"))
    run(articles)
    outcome = run(others)
    assert guids(articles).count("same") == 1
    (notice,) = (notice for notice in outcome.notices if notice.code == "feed-guid-twice")
    assert notice.message == "z and a have the same GUID; only a is in the feed"


def test_each_language_has_a_feed_where_there_are_several(articles: Path) -> None:
    run(articles)
    assert [path.name for path in (articles.parent / "audio").glob("feed*")] == ["feed.xml"]
    (articles / "d.md").write_text(article("Deutsch", "2025-01-01", "de-AT"))
    run(articles)
    assert len(guids(articles)) == 4
    german, english = read(articles, "feed-de.xml"), read(articles, "feed-en.xml")
    assert [entry.title for entry in german.entries] == ["Deutsch"]
    assert (german.feed.language, german.feed.title) == ("de-AT", "The Review – Deutsch")
    assert (english.feed.language, english.feed.title) == ("en", "The Review – English")
    assert guids(articles, "feed-de.xml")[0] in guids(articles)
    (articles / "d.md").write_text(article("English", "2025-01-01", "en-US"))
    run(articles)
    assert [path.name for path in (articles.parent / "audio").glob("feed*")] == ["feed.xml"]


def test_a_feed_of_one_language_is_of_that_language(articles: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (articles / name).write_text(article(name, language="de"))
    run(articles, site={"description": ""})
    assert read(articles).feed.language == "de"
    assert read(articles).feed.subtitle.startswith("Artikel")
    (articles / "a.md").write_text(article("a", language="de-CH"))
    run(articles)
    assert read(articles).feed.language == "de"


def test_nothing_is_written_where_nothing_changed_and_one_record_is_read_for_one_edit(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(articles, feed={"editions": 1})
    out = articles.parent / "audio"
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("feed*.xml")}
    assert set(before) == {"feed.xml", "feed-2.xml", "feed-3.xml"}
    reads: list[bytes] = []
    whole = writers.episode

    def counted(data: bytes) -> writers.Episode | None:
        reads.append(data)
        return whole(data)

    monkeypatch.setattr(writers, "episode", counted)
    run(articles, feed={"editions": 1})
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("feed*.xml")} == before
    assert not reads
    (articles / "a.md").write_text(article("Old and edited", "2024-01-01"))
    run(articles, feed={"editions": 1})
    changed = {path.name for path in out.glob("feed*.xml") if path.stat().st_mtime_ns != before[path.name]}
    assert changed == {"feed-2.xml"}
    assert [json.loads(data)["title"] for data in reads] == ["Old and edited"]
    run(articles, feed={"editions": 3})
    assert [path.name for path in out.glob("feed*.xml")] == ["feed.xml"]


def test_a_harmed_feed_is_put_right_and_told_to_check(articles: Path) -> None:
    run(articles)
    feed = articles.parent / "audio" / "feed.xml"
    whole = feed.read_bytes()
    feed.write_bytes(b"harmed")
    run(articles)
    assert feed.read_bytes() == whole
    (articles.parent / "audio" / ".earmark" / "episodes").write_bytes(b"harmed")
    (articles / "b.md").write_text(article("Edited", "2026-05-05"))
    run(articles)
    assert len(guids(articles)) == 3


def test_the_epoch_is_the_time_of_the_build_and_no_articles(articles: Path) -> None:
    run(articles, epoch=1_700_000_000)
    found = read(articles)
    assert found.feed.updated == "Tue, 14 Nov 2023 22:13:20 +0000"
    assert found.entries[-1].published == "Sat, 01 Jan 2000 00:00:00 +0000"


def test_without_an_index_the_feed_is_the_same(articles: Path) -> None:
    run(articles)
    out = articles.parent / "audio"
    whole = (out / "feed.xml").read_bytes()
    for path in (out / ".earmark").iterdir():
        if path.is_file():
            path.unlink()
    (out / "feed.xml").unlink()
    run(articles)
    assert (out / "feed.xml").read_bytes() == whole


@pytest.mark.parametrize(
    ("section", "key", "value", "expected"),
    [
        ("site", "category", "Sience", "Did you mean Science"),
        ("site", "category", "Qqqqq", "The outer ones are"),
        ("site", "owner_email", "Ann <ann@example.org>", "Write only the address"),
        ("site", "address", "https://example.org/?x=1", "Leave out what stands behind"),
        ("feed", "guid", "mine", "podcast:guid"),
        ("feed", "moved_to", "example.org", "as a browser shows it"),
    ],
)
def test_what_no_directory_would_take_ends_the_build(
    articles: Path, section: str, key: str, value: str, expected: str
) -> None:
    with pytest.raises(SettingsError, match=f"{section}.{key}") as caught:
        run(articles, epoch=None, **{section: {key: value}})
    assert expected in caught.value.hint


def test_what_settings_say_stands_in_the_feed(articles: Path) -> None:
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    run(
        articles,
        site={"category": "News > Politics", "explicit": True, "copyright": "© Us", "author": "Us"},
        feed={"type": "serial", "locked": False, "guid": guid, "moved_to": "https://new.example/feed.xml"},
    )
    text = (articles.parent / "audio" / "feed.xml").read_text()
    for expected in (
        '<itunes:category text="News">',
        '<itunes:category text="Politics"/>',
        "<itunes:explicit>true</itunes:explicit>",
        "<copyright>© Us</copyright>",
        "<itunes:type>serial</itunes:type>",
        '<podcast:locked owner="editor@example.org">no</podcast:locked>',
        f"<podcast:guid>{guid}</podcast:guid>",
        "<itunes:new-feed-url>https://new.example/feed.xml</itunes:new-feed-url>",
    ):
        assert expected in text


def test_a_new_description_makes_no_edition_anew(articles: Path) -> None:
    run(articles)
    outcome = run(articles, site={"description": "Other."})
    assert {type(result).__name__ for result in outcome.results} == {"Unchanged"}
    assert read(articles).feed.subtitle == "Other."


def test_check_learns_which_feed_is_not_what_it_should_be(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[tuple[str, str], ...]] = []
    whole = feeds.write_feeds

    def look(*arguments: object) -> object:
        asked.append(feeds_differ(*arguments))  # type: ignore[arg-type]  # passed on as they come
        asked.append(feeds_differ(*arguments, deep=True))  # type: ignore[arg-type]  # likewise
        return whole(*arguments)  # type: ignore[arg-type]  # likewise

    monkeypatch.setattr("earmark.library.closing.write_feeds", look)
    run(articles, feed={"editions": 2})
    missing = tuple((name, "the feed is missing") for name in ("feed-2.xml", "feed.xml"))
    missing = (*missing, ("cover.png", "the feed's cover is missing"))
    assert asked == [missing, missing]
    run(articles, feed={"editions": 2})
    assert asked[2:] == [(), ()]
    (articles.parent / "audio" / "feed.xml").write_text("harmed")
    run(articles, feed={"editions": 2})
    assert asked[4:] == [(("feed.xml", "the feed is not what it would be written as now"),)] * 2
    run(articles, feed={"editions": 3})
    assert ("feed-2.xml", "the feed is of no use any more") in asked[6]
    assert Standing(()).orphans == ()


def test_an_edit_writes_only_the_page_that_lists_it(articles: Path) -> None:
    one = {"editions": 1}
    run(articles, feed=one, library=one)
    out = articles.parent / "audio"
    names = ("feed.xml", "feed-2.xml", "feed-3.xml", "index.html", "page-2.html", "page-3.html", "library.css")
    before = {name: (out / name).stat().st_ino for name in names}
    (articles / "a.md").write_text(article("Old", "2024-01-01") + "\nIt has grown by a whole sentence.\n")
    run(articles, feed=one, library=one)
    assert {name for name in names if (out / name).stat().st_ino != before[name]} == {"feed-2.xml", "page-2.html"}
    (out / "feed-3.xml").write_text("<rss/>")
    (out / "page-3.html").unlink()
    run(articles, feed=one, library=one)
    assert "Undated" in (out / "feed-3.xml").read_text()
    assert (out / "page-3.html").is_file()


def test_enclosures_that_say_another_length_are_told_one_by_one(articles: Path) -> None:
    run(articles)
    out = articles.parent / "audio"
    whole = (out / "feed.xml").read_text()
    sizes = {slug: (out / slug / f"{slug}.mp3").stat().st_size for slug in "abc"}
    wrong = whole.replace(f'length="{sizes["a"]}"', 'length="1"').replace("b/b.mp3", "b/gone.mp3")
    (out / "feed.xml").write_text(wrong)
    assert sorted(wrong_lengths(out / "feed.xml", "https://example.org/audio/", out)) == [
        "the feed names b/gone.mp3, which is not there",
        f"the feed says that a/a.mp3 has 1 bytes, and it has {sizes['a']}",
    ]
    for other in (whole, "<rss", whole.replace("https://example.org/audio/", "https://elsewhere.example/")):
        (out / "feed.xml").write_text(other)
        assert not list(wrong_lengths(out / "feed.xml", "https://example.org/audio/", out))
    for name in ("../earmark.toml", "a/../b.mp3", "a", "./a.mp3"):
        (out / "feed.xml").write_text(f'<rss><enclosure url="https://example.org/audio/{name}" length="1"/></rss>')
        assert not list(wrong_lengths(out / "feed.xml", "https://example.org/audio/", out)), name
    assert not list(wrong_lengths(out / "no.xml", "https://example.org/audio/", out))


def test_the_guid_of_a_languages_feed_stays_when_the_site_moves() -> None:
    episodes = [Kept(tag, "", 0.0, tag, tag, "", "") for tag in ("de", "en")]
    house = House(address="https://old.example/audio/")
    old = Publisher(site=Site(), options=FeedOptions(), house=house, category=("", ""))
    before = {page.channel.name: page.channel.podcast_guid for page in planned(episodes, old)}
    assert len(set(before.values())) == 3
    house = House(address="https://new.example/")
    elsewhere = replace(old, house=house)
    assert before != {page.channel.name: page.channel.podcast_guid for page in planned(episodes, elsewhere)}
    kept = replace(elsewhere, options=FeedOptions(guid=before["feed"]))
    assert before == {page.channel.name: page.channel.podcast_guid for page in planned(episodes, kept)}


def test_a_serial_without_numbers_is_told(articles: Path) -> None:
    assert "feed-no-episode" not in {notice.code for notice in run(articles).notices}
    (notice,) = (one for one in run(articles, feed={"type": "serial"}).notices if one.code == "feed-no-episode")
    assert notice.message.startswith("2 articles have no episode number")
