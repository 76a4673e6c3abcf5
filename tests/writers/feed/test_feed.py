"""The feed, rule by rule: what standards ask for, and what two readers of feeds make of it."""

import calendar
import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO

import feedparser
import msgspec
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from earmark.writers.categories import CATEGORIES, category, near_categories
from earmark.writers.feed import Channel, Episode, episode, feed
from earmark.writers.feed.item import item
from earmark.writers.feed.licences import licence
from earmark.writers.feed.moments import UNDATED, moment
from earmark.writers.feed.names import NAMESPACES
from earmark.writers.feed.notes import about, described, notes, summary, timestamp
from earmark.writers.record import PublishedFile

SITE = "https://example.org/audio/"


def file(name: str, size: int = 1000, kind: str = "audio/mpeg", sha256: str = "0123456789abcdef") -> PublishedFile:
    return PublishedFile(name, size, sha256, kind)


FILES = (
    file("house.mp3", 123_456),
    *(
        file(name)
        for name in (
            "captions.srt",
            "captions.vtt",
            "chapters.json",
            "cover.png",
            "index.html",
            "transcript.html",
            "transcript.json",
            "transcript.txt",
        )
    ),
)


def an_episode(**changes: object) -> Episode:
    base = Episode(
        slug="house",
        guid="6f1f0a0e-0000-5000-8000-000000000001",
        title="The House & the “Sea” <1>",
        authors=("Ann Byron", "Siobhán O'Neill"),
        language="en-GB",
        description="A house stands by the sea.",
        tags=("sea", "houses & homes"),
        published="2026-05-09",
        updated="",
        licence="CC BY 4.0",
        source_url="https://example.org/articles/house?a=1&b=2",
        duration=3724.6,
        opening=("It was a house.", "It stood by the sea."),
        chapters=((0.0, "The House"), (61.25, "The Sea & <b>"), (3661.0, "The End")),
        files=FILES,
        season=2,
        artwork="cover.png",
        number=7,
    )
    return msgspec.structs.replace(base, **changes)


CHANNEL = Channel(
    address=SITE,
    name="feed",
    title="The Review & Co",
    description="Articles <read> aloud & well.",
    language="en-GB",
    author="The Review (staff)",
    email="editor@example.org",
    category=("Society & Culture", "Documentary"),
    copyright="© The Review",
    image=f"{SITE}cover.png",
    built=datetime(2026, 5, 9, tzinfo=UTC),
)


def pages(channel: Channel = CHANNEL, *episodes: Episode, each: int = 300) -> dict[str, bytes]:
    return {page.name: page.written() for page in feed(channel, episodes or (an_episode(),), each=each)}


def channel_of(data: bytes) -> etree._Element:
    found = etree.fromstring(data).find("channel")
    assert found is not None
    return found


def texts(parent: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in parent.findall(path, dict(NAMESPACES))]


def attributes(parent: etree._Element, path: str) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in element.items()} for element in parent.findall(path, dict(NAMESPACES))
    ]


def test_the_channel_says_what_directories_ask_for() -> None:
    channel = channel_of(pages()["feed.xml"])
    expected = {
        "title": "The Review & Co",
        "link": SITE,
        "description": "Articles &lt;read&gt; aloud &amp; well.",
        "language": "en-GB",
        "copyright": "© The Review",
        "lastBuildDate": "Sat, 09 May 2026 00:00:00 +0000",
        "generator": "earmark",
        "managingEditor": "editor@example.org (The Review staff)",
        "webMaster": "editor@example.org (The Review staff)",
        "image/url": f"{SITE}cover.png",
        "image/title": "The Review & Co",
        "image/link": SITE,
        "itunes:author": "The Review (staff)",
        "itunes:type": "episodic",
        "itunes:explicit": "false",
        "itunes:owner/itunes:name": "The Review (staff)",
        "itunes:owner/itunes:email": "editor@example.org",
        "podcast:guid": CHANNEL.podcast_guid,
        "podcast:locked": "yes",
        "podcast:medium": "podcast",
    }
    assert {path: texts(channel, path) for path in expected} == {path: [text] for path, text in expected.items()}
    assert attributes(channel, "itunes:image") == [{"href": f"{SITE}cover.png"}]
    assert attributes(channel, "itunes:category") == [{"text": "Society & Culture"}]
    assert attributes(channel, "itunes:category/itunes:category") == [{"text": "Documentary"}]
    assert attributes(channel, "podcast:locked") == [{"owner": "editor@example.org"}]
    assert attributes(channel, "atom:link") == [
        {"rel": "self", "href": f"{SITE}feed.xml", "type": "application/rss+xml"}
    ]


def test_the_podcasts_guid_is_that_of_its_address_or_the_one_it_had() -> None:
    # The example of the standard: https://github.com/Podcastindex-org/podcast-namespace, "Guid".
    example = replace(CHANNEL, address="https://mp3s.nashownotes.com/", name="pc20rss")
    assert replace(example, name="pc20rss").podcast_guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert replace(CHANNEL, address="http://example.org/audio/").podcast_guid == CHANNEL.podcast_guid
    assert replace(CHANNEL, guid="x").podcast_guid == "x"


def test_what_is_not_known_is_left_out_and_what_is_asked_for_is_there() -> None:
    bare = Channel(address=SITE, name="feed", title="T", description="D", language="de", author="A", explicit=True)
    channel = channel_of(
        pages(replace(bare, locked=False, type="serial", moved_to="https://new.example/f"))["feed.xml"]
    )
    for absent in ("copyright", "lastBuildDate", "managingEditor", "image", "itunes:image", "itunes:owner"):
        assert not texts(channel, absent), absent
    assert not attributes(channel, "itunes:category")
    assert texts(channel, "itunes:explicit") == ["true"]
    assert texts(channel, "podcast:locked") == ["no"]
    assert attributes(channel, "podcast:locked") == [{}]
    assert texts(channel, "itunes:new-feed-url") == ["https://new.example/f"]
    assert texts(channel, "itunes:type") == ["serial"]


def test_the_item_says_all_there_is() -> None:
    (entry,) = channel_of(pages()["feed.xml"]).findall("item")
    assert texts(entry, "title") == ["The House & the “Sea” <1>"]
    assert texts(entry, "link") == [f"{SITE}house/"]
    assert attributes(entry, "guid") == [{"isPermaLink": "false"}]
    assert texts(entry, "guid") == ["6f1f0a0e-0000-5000-8000-000000000001"]
    assert texts(entry, "pubDate") == ["Sat, 09 May 2026 00:00:00 +0000"]
    assert texts(entry, "description") == ["A house stands by the sea."]
    assert attributes(entry, "enclosure") == [
        {"url": f"{SITE}house/house.mp3?v=01234567", "length": "123456", "type": "audio/mpeg"}
    ]
    assert texts(entry, "category") == ["sea", "houses & homes"]
    assert texts(entry, "itunes:duration") == ["3725"]
    assert texts(entry, "itunes:author") == ["Ann Byron and Siobhán O'Neill"]
    assert texts(entry, "itunes:episodeType") == ["full"]
    assert texts(entry, "itunes:explicit") == ["false"]
    assert texts(entry, "itunes:season") == texts(entry, "podcast:season") == ["2"]
    assert texts(entry, "itunes:episode") == texts(entry, "podcast:episode") == ["7"]
    assert attributes(entry, "itunes:image") == [{"href": f"{SITE}house/cover.png"}]
    assert texts(entry, "podcast:person") == ["Ann Byron", "Siobhán O'Neill"]
    assert attributes(entry, "podcast:person") == [{"role": "author", "group": "writing"}] * 2
    transcripts = attributes(entry, "podcast:transcript")
    assert [(one["url"].rpartition("/")[2].partition("?")[0], one["type"], one.get("rel")) for one in transcripts] == [
        ("captions.vtt", "text/vtt", "captions"),
        ("captions.srt", "application/x-subrip", "captions"),
        ("transcript.json", "application/json", None),
        ("transcript.html", "text/html", None),
        ("transcript.txt", "text/plain", None),
    ]
    assert {one["language"] for one in transcripts} == {"en-GB"}
    assert attributes(entry, "podcast:chapters") == [
        {"url": f"{SITE}house/chapters.json?v=01234567", "type": "application/json+chapters"}
    ]
    assert texts(entry, "podcast:license") == ["cc-by-4.0"]
    assert attributes(entry, "psc:chapters") == [{"version": "1.2"}]
    assert attributes(entry, "psc:chapters/psc:chapter") == [
        {"start": "00:00:00.000", "title": "The House"},
        {"start": "00:01:01.250", "title": "The Sea & <b>"},
        {"start": "01:01:01.000", "title": "The End"},
    ]


def test_an_item_of_little_has_no_more_than_that() -> None:
    bare = an_episode(
        authors=(), description="", opening=(), tags=(), licence="all mine", chapters=(), season=0, number=0, language="?",
        files=(file("house.mp3"), file("captions.vtt"), file("chapters.json")), source_url="javascript:x", duration=0.2,
    )  # fmt: skip
    (entry,) = channel_of(pages(CHANNEL, bare)["feed.xml"]).findall("item")
    assert texts(entry, "link") == [SITE]
    assert texts(entry, "description") == [bare.title]
    assert texts(entry, "itunes:author") == ["The Review (staff)"]
    assert texts(entry, "itunes:duration") == ["1"]
    assert "language" not in attributes(entry, "podcast:transcript")[0]
    for absent in ("category", "itunes:season", "itunes:image", "podcast:person", "podcast:chapters", "psc:chapters"):
        assert not entry.findall(absent, dict(NAMESPACES)), absent
    assert not texts(entry, "podcast:license")
    assert "<a " not in texts(entry, "content:encoded")[0]


def test_an_edition_without_an_mp3_is_no_item() -> None:
    assert not channel_of(pages(CHANNEL, an_episode(files=()))["feed.xml"]).findall("item")


def test_another_sound_has_another_address() -> None:
    other = an_episode(files=(file("house.mp3", sha256="ffff0000aaaa"),))
    (entry,) = channel_of(pages(CHANNEL, other)["feed.xml"]).findall("item")
    assert attributes(entry, "enclosure")[0]["url"].endswith("house.mp3?v=ffff0000")


def test_no_element_stands_twice_that_may_stand_once_and_none_is_empty() -> None:
    document = etree.fromstring(pages()["feed.xml"])
    several = {"category", f"{{{NAMESPACES['podcast']}}}person", f"{{{NAMESPACES['podcast']}}}transcript", "item"}
    several |= {f"{{{NAMESPACES['psc']}}}chapter"}
    for parent in document.iter():
        names = [child.tag for child in parent if child.tag not in several]
        assert len(names) == len(set(names)), parent.tag
        assert parent.text or len(parent) or parent.attrib, parent.tag


# --- show notes


def test_show_notes_tell_what_it_is_and_where_each_chapter_begins() -> None:
    found = notes(an_episode(), f"{SITE}house/")
    assert found == (
        "<p>A house stands by the sea.</p><p>It was a house.</p><p>It stood by the sea.</p>"
        "<p>By Ann Byron and Siobhán O&#x27;Neill</p>"
        f'<p><a href="{SITE}house/">Read along</a> · '
        '<a href="https://example.org/articles/house?a=1&amp;b=2">The article where it was first published</a> · Read by a synthetic voice</p>'
        "<p>Chapters</p><p>00:00 The House<br>01:01 The Sea &amp; &lt;b&gt;<br>1:01:01 The End</p>"
    )


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=300))
def test_show_notes_are_short_and_safe_whatever_they_tell(text: str, titles: Sequence[str]) -> None:
    told = an_episode(
        description=text, opening=(text * 2,), chapters=tuple((at * 30.0, title) for at, title in enumerate(titles))
    )
    found = notes(told, f"{SITE}house/")
    assert len(found.encode("utf-8", "replace")) <= 4_000
    assert set(re.findall(r"<(/?\w+)", found)) <= {"p", "/p", "a", "/a", "br"}
    assert all(address.startswith("https://") for address in re.findall(r'="([^"]*)"', found))


@pytest.mark.parametrize(("seconds", "shown"), [(0, "00:00"), (59.999, "00:59"), (600, "10:00"), (3600, "1:00:00")])
def test_a_timestamp_is_never_late(seconds: float, shown: str) -> None:
    assert timestamp(seconds) == shown


def test_the_summary_is_never_empty() -> None:
    assert summary(an_episode()) == "A house stands by the sea."
    assert summary(an_episode(description="")) == "It was a house."
    assert summary(an_episode(description="", opening=())) == an_episode().title
    assert about("de-AT").startswith("Artikel")
    assert about("xx") == about("en")


# --- dates, licences, categories


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-05-09", "2026-05-09T00:00:00+00:00"),
        ("2026-05-09T10:30:00", "2026-05-09T10:30:00+00:00"),
        ("2026-05-09T10:30:00+02:00", "2026-05-09T10:30:00+02:00"),
        ("2026-05-09T10:30:00Z", "2026-05-09T10:30:00+00:00"),
        ("", None),
        ("soon", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-13-09T10:30:00Z", None),
    ],
)
def test_a_moment_is_the_articles_own(written: str, expected: str | None) -> None:
    found = moment(written)
    assert (found.isoformat() if found else None) == expected


def test_what_has_no_date_is_older_than_all_and_of_the_same_day_each_time() -> None:
    undated = an_episode(published="", guid="b")
    same = an_episode(published="2026-05-09", guid="a", slug="a")
    later = an_episode(published="2026-05-09T10:00:00+02:00", guid="c", slug="c")
    order = sorted((undated, same, later), key=lambda one: one.order)
    assert [one.slug for one in order] == ["c", "a", "house"]
    assert undated.moment == UNDATED
    entry = channel_of(pages(CHANNEL, undated)["feed.xml"]).find("item")
    assert entry is not None
    assert texts(entry, "pubDate") == ["Sat, 01 Jan 2000 00:00:00 +0000"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("CC BY 4.0", ("cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/")),
        ("cc-by-nc-sa-3.0", ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/")),
        ("CC0", ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")),
        (
            "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
            ("cc-by-sa-4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.de"),
        ),
        (
            "http://creativecommons.org/publicdomain/zero/1.0/",
            ("cc0-1.0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ),
        ("https://example.org/licence", ("custom", "https://example.org/licence")),
        ("all rights reserved", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_a_licence_is_a_known_one_or_has_an_address(written: str, expected: tuple[str, str] | None) -> None:
    assert licence(written) == expected


def test_categories_are_apples() -> None:
    assert len(CATEGORIES) == 19
    assert sum(map(len, CATEGORIES.values())) == 91
    assert category("society & culture>documentary") == ("Society & Culture", "Documentary")
    assert category("Documentary") == ("Society & Culture", "Documentary")
    assert category(" technology ") == ("Technology", "")
    assert category("Nonsense") is None
    assert category("") is None
    assert near_categories("Sience")[0] == "Science"
    assert near_categories("Documentry") == ("Society & Culture > Documentary",)


# --- paging


def test_a_long_feed_is_in_pages_that_lead_to_each_other() -> None:
    many = [an_episode(slug=f"e{number}", guid=f"g{number}", files=(file(f"e{number}.mp3"),)) for number in range(5)]
    found = pages(CHANNEL, *many, each=2)
    assert list(found) == ["feed-3.xml", "feed-2.xml", "feed.xml"]
    assert [texts(channel_of(found[name]), "item/guid") for name in ("feed.xml", "feed-2.xml", "feed-3.xml")] == [
        ["g0", "g1"],
        ["g2", "g3"],
        ["g4"],
    ]
    links = {
        name: {link["rel"]: link["href"].removeprefix(SITE) for link in attributes(channel_of(data), "atom:link")}
        for name, data in found.items()
    }
    ends = {"first": "feed.xml", "last": "feed-3.xml"}
    assert links == {
        "feed.xml": {"self": "feed.xml", "next": "feed-2.xml", **ends},
        "feed-2.xml": {"self": "feed-2.xml", "previous": "feed.xml", "next": "feed-3.xml", **ends},
        "feed-3.xml": {"self": "feed-3.xml", "previous": "feed-2.xml", **ends},
    }
    second = podcastparser.parse(f"{SITE}feed-2.xml", BytesIO(found["feed-2.xml"]))
    assert second["paged_feed_next"] == f"{SITE}feed-3.xml"
    assert len({guid for data in found.values() for guid in texts(channel_of(data), "podcast:guid")}) == 1


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert [page.name for page in feed(CHANNEL, (), each=300)] == ["feed.xml"]


def test_ten_thousand_episodes_are_each_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    from earmark.writers.feed import pages as module  # noqa: PLC0415 (what is counted)

    def counted(parent: etree._Element, of: Episode, channel: Channel) -> None:
        written.append(of.guid)
        if len(written) % 100 == 0:  # the rest is the same work again
            item(parent, of, channel)

    monkeypatch.setattr(module, "item", counted)
    many = [an_episode(guid=f"g{number}") for number in range(10_000)]
    found = {page.name: page.written() for page in feed(CHANNEL, many, each=300)}
    assert len(found) == 34
    assert sorted(written) == sorted(one.guid for one in many)


@pytest.mark.parametrize(
    ("name", "moved_to", "new"),
    [
        ("feed", "https://new.example/a/feed.xml", "https://new.example/a/feed.xml"),
        ("feed-de", "https://new.example/a/feed.xml", "https://new.example/a/feed-de.xml"),
        ("feed-de", "https://new.example/podcast", ""),
        ("feed-de", "", ""),
    ],
)
def test_a_feed_of_one_language_never_leads_to_all_of_them(name: str, moved_to: str, new: str) -> None:
    moved = pages(replace(CHANNEL, name=name, moved_to=moved_to))[f"{name}.xml"]
    assert texts(channel_of(moved), "itunes:new-feed-url") == ([new] if new else [])


# --- hostile texts, and other readers


@pytest.mark.parametrize("line", ["A house by the sea.", "R&D at AT&T, a < b > c", "“1 & 2”; 3 <3"])
def test_a_description_that_all_clients_show_alike_stands_as_it_is(line: str) -> None:
    assert described(line) == line


@pytest.mark.parametrize(
    "line", ["<script>alert(1)</script>", "the <b> element", "write &amp; for &", "?a=1&copy=2", "<!-- x", "</p>"]
)
def test_a_description_with_what_would_be_markup_is_shown_as_it_was_written(line: str) -> None:
    (entry,) = channel_of(pages(CHANNEL, an_episode(description=line))["feed.xml"]).findall("item")
    (written,) = texts(entry, "description")
    assert "<" not in written
    assert html.unescape(written) == line
    found = feedparser.parse(pages(replace(CHANNEL, description=line), an_episode(description=line))["feed.xml"])
    assert html.unescape(found.feed.subtitle) == html.unescape(found.entries[0].summary) == line


@given(st.text(alphabet="<&;aé", max_size=3000))
def test_a_description_keeps_to_its_length(line: str) -> None:
    written = described(line)
    assert len(written.encode()) <= 4_000
    assert line.startswith(html.unescape(written))


def test_a_tag_and_an_author_are_told_once() -> None:
    told = episode(record(tags=["Rail", "rail", "", "sea"], authors=["Ann", "Ann"]))
    assert told is not None
    assert (told.tags, told.authors) == (("Rail", "sea"), ("Ann",))


HOSTILE = [
    "\x00\x08\x1b[31m",
    "\ud800",
    "\ufffe\uffff\U0001fffe",
    "]]><x>&amp;",
    "x" * 20_000_000,
    "\u202e\u2066",
    "\r\n\t",
]


def record(**changes: object) -> bytes:
    base: dict[str, object] = {
        "schema": 1, "guid": "g", "slug": "house", "title": "T", "authors": ["A"], "language": "en", "description": "D",
        "tags": ["t"], "published": "2026-05-09", "updated": "", "licence": "", "source_url": "", "duration": 60.0,
        "chapters": [{"title": "One", "block": "b1", "start": 0.0, "end": 60.0}],
        "cues": [
            {"kind": "opening", "block": "b0", "printed": "T", "added": True, "echo": False},
            {"kind": "paragraph", "block": "b1", "printed": "One.", "added": False, "echo": False},
            {"kind": "paragraph", "block": "b1", "printed": "Two.", "added": False, "echo": False},
            {"kind": "paragraph", "block": "b2", "printed": "[bleep]", "added": True, "echo": False},
            {"kind": "paragraph", "block": "b3", "printed": "Three.", "added": False, "echo": False},
            {"kind": "paragraph", "block": "b4", "printed": "Four.", "added": False, "echo": False},
        ],
        "files": [{"name": "house.mp3", "bytes": 10, "sha256": "a" * 64, "type": "audio/mpeg"}],
    }  # fmt: skip
    return msgspec.json.encode(base | changes)


def test_a_record_is_read() -> None:
    found = episode(record(season=3, episode=4))
    assert found is not None
    assert found.opening == ("One. Two.", "Three.")
    assert (found.season, found.number) == (3, 4)
    assert found.sound == file("house.mp3", 10, sha256="a" * 64)
    assert found.cover is None


@pytest.mark.parametrize("data", [b"", b"{", b'"\xff"', record(schema=9), record(slug="../x")])
def test_a_record_that_is_none_is_no_episode(data: bytes) -> None:
    assert episode(data) is None


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["control", "surrogate", "no character", "markup", "20 MB", "turns", "white"]
)
def test_whatever_a_title_holds_the_feed_is_xml(text: str) -> None:
    told = episode(
        record(
            title=text.encode("utf-8", "replace").decode(),
            description=text.encode("utf-8", "replace").decode(),
            tags=[text.encode("utf-8", "replace").decode()],
        )
    )
    assert told is not None
    data = pages(CHANNEL, told)["feed.xml"]
    assert len(data) < 20_000
    (entry,) = channel_of(data).findall("item")
    assert texts(entry, "title")[0]
    assert texts(entry, "description")[0]


@given(st.text(), st.text(), st.text())
def test_any_text_goes_in_and_comes_out(title: str, author: str, tag: str) -> None:
    clean = [text.encode("utf-8", "replace").decode() for text in (title, author, tag)]
    told = episode(record(title=clean[0], authors=[clean[1]], tags=[clean[2]]))
    assert told is not None
    (entry,) = channel_of(pages(CHANNEL, told)["feed.xml"]).findall("item")
    assert texts(entry, "title") == [told.title]


def test_feedparser_reads_every_field() -> None:
    found = feedparser.parse(pages()["feed.xml"])
    assert not found.bozo
    assert found.version == "rss20"
    assert found.feed.title == "The Review & Co"
    assert found.feed.language == "en-GB"
    assert found.feed.image.href == f"{SITE}cover.png"
    assert found.feed.itunes_explicit is False or found.feed.itunes_explicit is None
    assert [tag.term for tag in found.feed.tags] == ["Society & Culture", "Documentary"]
    assert found.feed.publisher_detail.email == "editor@example.org"
    (entry,) = found.entries
    assert entry.title == "The House & the “Sea” <1>"
    assert entry.id == "6f1f0a0e-0000-5000-8000-000000000001"
    assert entry.guidislink is False
    assert entry.link == f"{SITE}house/"
    assert entry.summary == "A house stands by the sea."
    assert calendar.timegm(entry.published_parsed) == datetime(2026, 5, 9, tzinfo=UTC).timestamp()
    assert [(one.href, one.length, one.type) for one in entry.enclosures] == [
        (f"{SITE}house/house.mp3?v=01234567", "123456", "audio/mpeg")
    ]
    assert entry.itunes_duration == "3725"
    assert entry.image.href == f"{SITE}house/cover.png"
    assert "01:01 The Sea" in entry.content[0].value
    assert (entry.itunes_season, entry.itunes_episode, entry.itunes_episodetype) == ("2", "7", "full")
    assert [chapter.title for chapter in entry.psc_chapters.chapters] == ["The House", "The Sea & <b>", "The End"]


def test_gpodders_parser_reads_every_field() -> None:
    found = podcastparser.parse(f"{SITE}feed.xml", BytesIO(pages()["feed.xml"]))
    assert found["title"] == "The Review & Co"
    assert found["cover_url"] == f"{SITE}cover.png"
    assert found["link"] == SITE
    assert found["explicit"] is False
    assert found["itunes_owner"] == {"name": "The Review (staff)", "email": "editor@example.org"}
    (entry,) = found["episodes"]
    assert entry["guid"] == "6f1f0a0e-0000-5000-8000-000000000001"
    assert entry["title"] == "The House & the “Sea” <1>"
    assert entry["total_time"] == 3725
    assert entry["published"] == parsedate_to_datetime("Sat, 09 May 2026 00:00:00 +0000").timestamp()
    assert entry["enclosures"] == [
        {"url": f"{SITE}house/house.mp3?v=01234567", "file_size": 123_456, "mime_type": "audio/mpeg"}
    ]
    assert entry["chapters"] == [
        {"start": 0.0, "title": "The House"},
        {"start": 61, "title": "The Sea & <b>"},  # it counts whole seconds
        {"start": 3661.0, "title": "The End"},
    ]
    assert entry["number"] == 7
    assert entry["season"] == 2
    assert entry["description_html"].startswith("<p>A house stands by the sea.</p>")


def test_the_same_episodes_give_the_same_bytes() -> None:
    assert pages() == pages()
