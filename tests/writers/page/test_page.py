"""The listening page by its structure: every word, every cue, nothing that acts, nothing from elsewhere."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as Tree

from earmark.edition import Edition, House
from earmark.errors import SettingsError
from earmark.narration.phrases import PHRASES
from earmark.writers.galley import Galley
from earmark.writers.markup.labels import LABELS
from earmark.writers.page import pages, setting, snippet
from earmark.writers.page.words import LANGUAGES, REGIONS, clock, words_for, words_in, written_date, written_number
from earmark.writers.record import PublishedFile

Make = Callable[..., Edition]
NONE: tuple[PublishedFile, ...] = ()


def tree(path: Path) -> Tree:
    return Tree(path.read_text("utf-8"))


def written(edition: Edition, name: str = "index.html") -> Tree:
    return Tree(b"".join(dict(pages(setting(Galley(edition)), NONE))[name]).decode())


def text_of(page: Tree, selector: str) -> str:
    return " ".join(node.text() for node in page.css(selector))


def data_of(page: Tree) -> dict[str, Any]:
    found = page.css_first("#earmark-cues")
    assert found is not None
    loaded: dict[str, Any] = json.loads(found.text())
    return loaded


def test_every_cue_with_words_of_the_article_has_its_element_and_time(editions: Path) -> None:
    record = json.loads((editions / "tides" / "edition.json").read_text())
    page = tree(editions / "tides" / "index.html")
    data = data_of(page)
    assert data["ids"] == [cue["id"] for cue in record["cues"]]
    for number, cue in enumerate(record["cues"]):
        start, end, block = data["cues"][3 * number : 3 * number + 3]
        assert (start, end) == (round(cue["start"] * 1000), round(cue["end"] * 1000))
        assert data["blocks"][block] == cue["block"]
        if not cue["added"] and not cue["echo"]:
            assert page.css_first(f'[id="{cue["id"]}"]') is not None, cue


def test_words_stand_where_the_data_says(editions: Path) -> None:
    record = json.loads((editions / "tides" / "edition.json").read_text())
    page = tree(editions / "tides" / "index.html")
    data = data_of(page)
    marked = 0
    for cue, words in zip(record["cues"], data["words"], strict=True):
        if not words:
            continue
        pieces = page.css(f'[id="{cue["id"]}"], [data-cue="{cue["id"]}"]')
        text = "".join(piece.text() for piece in pieces).encode("utf-16-le")
        known = {word["printed"] for word in cue["words"]}
        for at in range(0, len(words), 3):
            _, place, length = words[at : at + 3]
            assert text[2 * place : 2 * (place + length)].decode("utf-16-le") in known
            marked += 1
    assert marked > 40


def test_the_article_keeps_its_structure(editions: Path) -> None:
    page = tree(editions / "tides" / "index.html")
    for selector in ("article h2", "article blockquote", "article ol li", "article table th", "article figure img",
                     "article pre code", 'article [lang="fr"]', "article abbr[title]", "article [role=doc-endnotes]"):  # fmt: skip
        assert page.css_first(selector) is not None, selector
    assert [node.tag for node in page.css("h1, article h2, article h3")] == ["h1", "h2", "h3", "h2"]
    hrefs = [node.attributes.get("href") for node in page.css("article a")]
    assert "https://example.org/harbour" in hrefs
    assert "https://example.org/other.md" in hrefs, "a relative link is relative to the article's own address"
    image = page.css_first("article figure img")
    assert image is not None
    assert (image.attributes["src"], image.attributes["alt"]) == ("picture-1.png", "A gauge on a pier.")
    assert not page.css('img[src^="http"]')
    assert "A far picture." in text_of(page, "article figure")


def test_what_is_not_read_stands_marked_and_furniture_last_and_closed(editions: Path) -> None:
    page = tree(editions / "tides" / "index.html")
    assert 'print("tide")' in text_of(page, "article .unread")
    furniture = page.css_first("article > details.furniture")
    assert furniture is not None
    assert "open" not in furniture.attributes
    assert "Ten other tides" in furniture.text()
    assert "Ten other tides" not in "".join(node.text() for node in page.css("article > p"))


def test_a_hostile_article_leaves_nothing_that_acts(editions: Path) -> None:
    for name in ("index.html", "embed.html"):
        text = (editions / "hostile" / name).read_text("utf-8")
        page = Tree(text)
        for node in page.css("*"):
            assert not [key for key in node.attributes if key.startswith("on")], node.html
        scripts = page.css("script")
        assert all(s.attributes.get("src") == "page.js" or "json" in (s.attributes.get("type") or "") for s in scripts)
        assert not page.css("svg script, iframe, object, base, form, style, article input, meta[http-equiv=refresh]")
        assert [node.attributes["href"] for node in page.css("link[rel=icon]")] == ["cover.png"]
        for node in page.css("[href], [src]"):
            value = node.attributes.get("href") or node.attributes.get("src") or ""
            assert not re.match(r"\s*(javascript|data|vbscript)", value, re.IGNORECASE)
        assert "49" not in text_of(page, "h1, article p")
        assert "{{7*7}}" in text_of(page, "h1")


def test_a_hostile_publication_is_only_text(make: Make) -> None:
    words = '"><script>owned=1</script></title>'
    address = 'https://example.org/"><script>owned=1</script>/'
    house = House(address=address, feed=address)
    for name in ("index.html", "embed.html"):
        page = written(make("One.", publication=words, house=house), name)
        assert not [node for node in page.css("script") if "owned" in node.text() and not node.attributes.get("type")]
        assert len(page.css("title")) == 1
        for node in page.css("*"):
            assert not [key for key in node.attributes if key.startswith("on")], node.html
    masthead = written(make("One.", publication=words)).css_first(".masthead strong")
    assert masthead is not None
    assert masthead.text() == words


def test_languages_that_run_to_the_left_say_so(editions: Path) -> None:
    page = tree(editions / "arabic" / "index.html")
    html = page.css_first("html")
    player = page.css_first(".player")
    assert html is not None
    assert player is not None
    assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")
    assert (player.attributes["lang"], player.attributes["dir"]) == ("en", "ltr")


def test_others_are_told_where_the_address_is_known(make: Make) -> None:
    edition = make(
        "One sentence.", house=House(address="https://example.org/audio/", feed="https://example.org/feed.xml")
    )
    page = written(edition)
    properties = {node.attributes["property"]: node.attributes["content"] for node in page.css("meta[property]")}
    assert properties["og:url"] == "https://example.org/audio/the-ledger/"
    assert properties["og:audio"] == "https://example.org/audio/the-ledger/the-ledger.mp3"
    canonical, feed = page.css_first("link[rel=canonical]"), page.css_first("link[rel=alternate]")
    assert canonical is not None
    assert feed is not None
    assert canonical.attributes["href"] == "https://example.org/audio/the-ledger/"
    assert feed.attributes["href"] == "https://example.org/feed.xml"
    linked = page.css_first('script[type="application/ld+json"]')
    assert linked is not None
    about = json.loads(linked.text())
    assert about["@type"] == "Article"
    assert about["audio"]["contentUrl"] == "https://example.org/audio/the-ledger/the-ledger.mp3"
    assert about["audio"]["transcript"] == "One sentence."
    assert about["audio"]["duration"] == "PT1S"


def test_without_an_address_nothing_pretends_to_have_one(make: Make) -> None:
    page = written(make("One sentence."))
    assert not page.css("link[rel=canonical], link[rel=alternate], meta[property='og:url']")


def test_what_may_be_taken_away_is_offered(make: Make) -> None:
    files = [PublishedFile(name, size, "", "") for name, size in
             (("captions.vtt", 900), ("the-ledger.mp3", 2_500_000), ("01-one.mp3", 9), ("the-ledger.epub", 3_000_000))]  # fmt: skip
    page = Tree(b"".join(dict(pages(setting(Galley(make("One."))), files))["index.html"]).decode())
    assert [node.attributes["href"] for node in page.css(".files a")] == [
        "the-ledger.mp3",
        "the-ledger.epub",
        "captions.vtt",
    ]
    assert "2.5 MB" in text_of(page, ".files")


def test_a_publisher_may_change_a_part_of_a_page(make: Make) -> None:
    own = {
        "index.html": '{% extends "earmark/index.html" %}{% block footer %}<footer>Ours: {{ title }}</footer>{% endblock %}',
        "properties.css": ":root { --accent: #123456 }",
    }
    said = setting(Galley(make("One.", metadata={"title": "A <b>"}, house=House(templates=own))))
    made = {name: b"".join(parts) for name, parts in pages(said, NONE)}
    assert b"<footer>Ours: A &lt;b&gt;</footer>" in made["index.html"]
    assert b"--accent: #123456" in made["page.css"]
    assert b"--accent: #0a5566" not in made["page.css"]


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% block %}", "line 1"),
        ("{{ nothing_of_the_kind }}", "nothing_of_the_kind"),
        ('{% extends "gone.html" %}', "gone.html"),
    ],
)
def test_a_wrong_template_is_told_by_name(make: Make, template: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as raised:
        dict(pages(setting(Galley(make("One.", house=House(templates={"index.html": template})))), NONE))
    assert "templates/index.html" in str(raised.value) or "gone.html" in str(raised.value)


def test_a_misspelt_template_is_told_with_the_near_miss(make: Make) -> None:
    with pytest.raises(SettingsError, match=r"properties\.css"):
        dict(pages(setting(Galley(make("One.", house=House(templates={"propertys.css": ""})))), NONE))
    with pytest.raises(SettingsError, match="These can be replaced"):
        dict(pages(setting(Galley(make("One.", house=House(templates={"zzz.js": ""})))), NONE))
    own = {"index.html": '{% include "ours.html" %}', "ours.html": "Ours: {{ title }}"}
    made = dict(pages(setting(Galley(make("One.", house=House(templates=own)))), NONE))
    assert b"".join(made["index.html"]) == b"Ours: The Ledger"


def test_the_snippet_is_one_line_without_scripts() -> None:
    line = snippet('A "quoted" <title>', "a-title", "https://example.org/audio/", "en")
    assert line == (
        '<iframe src="https://example.org/audio/a-title/embed.html" title="Listen to “A &#34;quoted&#34; &lt;title&gt;”"'
        ' loading="lazy" width="100%" height="300" style="border:0"></iframe>'
    )


def test_every_language_has_every_word_with_the_same_blanks() -> None:
    english = words_in("en")
    for language in LANGUAGES:
        words = words_in(language)
        assert list(words) == list(english), language
        for name, text in words.items():
            assert text.strip() == text != "", (language, name)
            assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", english[name])), (language, name)
        assert len(words["months"].split(" ")) == 12, language
        assert language == "en" or sum(words[name] == english[name] for name in words) < 12, language


def test_whoever_is_read_to_in_a_language_has_the_page_in_it() -> None:
    assert {"nb" if language == "no" else language for language in PHRASES} == set(LANGUAGES)
    assert {labels.language for labels in LABELS.values()} == set(LANGUAGES)


def test_regions_say_only_what_is_otherwise() -> None:
    for region in REGIONS:
        assert words_in(region).keys() == words_in(region.partition("-")[0]).keys()
    assert (words_for("en-US")[1]["theme"], words_for("en-GB")[1]["theme"]) == ("Colors", "Colours")
    assert (words_for("nn"), words_for("no")[0]) == (("en", words_in("en")), "no")
    assert words_for("no")[1]["chapters"] == "Kapitler"


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (83.9, "1:23"), (3723, "1:02:03")])
def test_times_are_written_as_people_do(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [("2026-03-14", "en", "14 March 2026"), ("2026-03-14T08:00:00Z", "de", "14. März 2026"), ("2026-13-01", "en", "2026-13-01"),
     ("2026-03-14", "en-US", "March 14, 2026"), ("2026-03-01", "fr", "1er mars 2026"), ("2026-05-02", "pl", "2 maja 2026"),
     ("2026-12-31", "pt-BR", "31 de dezembro de 2026"),
     ("spring", "en", "spring"), ("2026", "en", "2026")],
)  # fmt: skip
def test_dates_are_written_in_the_pages_language(value: str, language: str, shown: str) -> None:
    assert written_date(value, words_for(language)[1]) == shown


def test_numbers_are_written_in_the_pages_language() -> None:
    assert [written_number(2.5, words_for(language)[1]) for language in ("en", "fr")] == ["2.5", "2,5"]
