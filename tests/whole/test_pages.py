"""Whole pages: the article is taken out with its structure, and what is furniture in it is listed."""

import re
from pathlib import Path

import pytest

from earmark.article import Article, Footnote, Heading, List, Paragraph, Table, walk
from earmark.errors import ReadError
from earmark.options import ReadingOptions
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Composed, Source
from earmark.readers import hypertext, read, suffix_of
from earmark.settings import Settings

PROSE = (
    "The ferry came back on Monday, painted green, with room for forty passengers, twelve bicycles and one cow.",
    "The council found the money in a fund for rural roads, since the sea, it argued in a letter, is a road as well.",
    "A crossing takes eighteen minutes, and costs two pounds, which are to be paid on board, in coins if possible.",
    "The boat runs six times a day from April on, and in winter on Saturdays, if the weather allows, which it may not.",
)
LD = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Coast"}, {"@type": ["NewsArticle"],
 "headline": "The ferry is back", "author": [{"name": "Mary Kemp"}, {"name": "Tom Ash"}], "datePublished": "2026-05-04T08:30:00+01:00",
 "keywords": "sea, boats", "image": "https://example.org/f.jpg"}]}</script>"""
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>The ferry is back | Coast</title>{LD}
<meta name="description" content="A boat, and what it cost."><link rel="canonical" href="https://example.org/ferry"></head>
<body><nav><a href="/">Home</a></nav><main><article><h1>The ferry is back</h1><p class="byline">By Mary Kemp and Tom Ash</p>
<div class="entry-content"><p>{PROSE[0]}</p><p><strong>READ MORE:</strong> <a href="/w">Ten walks along the coast</a></p>
<h2>The money</h2><p>{PROSE[1]}</p><ul><li>Six crossings a day</li><li>Free for dogs, and for children under five</li></ul>
<table><caption>Fares</caption><tr><th>Who</th><th>Pounds</th></tr><tr><td>Adults</td><td>2</td></tr></table>
<div class="pullquote">The sea, it argued in a letter, is a road as well.</div><p>{PROSE[2]}</p>
<div class="newsletter-signup"><p>Get our letters every morning, with all that you must know.</p></div><p>{PROSE[3]}</p>
<div class="share-buttons"><a href="#">Facebook</a></div><div class="related-posts"><h3>Related</h3><ul><li><a href="/b">The bridge</a></li></ul></div>
</div></article></main><footer><p>All of this is ours, and nobody else's, in whatever country you are.</p></footer></body></html>"""


def made(html: str) -> Composed:
    return compose(Source(name="page.html", data=html.encode(), settings=Settings(), paces={"": 150.0}))


def read_page(html: str) -> Article:
    return read(html.encode(), name="page.html", options=ReadingOptions())


@pytest.fixture(params=["trafilatura", "alone"])
def _opinions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "alone":
        monkeypatch.setattr(hypertext, "second_opinion", lambda _html: None)


@pytest.mark.usefixtures("_opinions")
def test_an_article_keeps_its_structure_and_furniture_is_listed() -> None:
    page = made(PAGE)
    blocks = [block for block in walk(page.article.blocks) if not block.attributes]
    assert "The money" in [block.content.text for block in blocks if isinstance(block, Heading)]
    texts = [block.content.text for block in blocks if isinstance(block, Paragraph)]
    assert [text for text in texts if text in PROSE] == list(PROSE)
    assert [len(block.items) for block in blocks if isinstance(block, List)] == [2]
    assert [block.caption.text for block in blocks if isinstance(block, Table) and block.caption] == ["Fares"]
    reasons = {omission.printed: omission.reason for omission in page.script.omitted}
    assert reasons["READ MORE: Ten walks along the coast"] == "related-link"
    assert reasons["The sea, it argued in a letter, is a road as well."] == "pull-quote"
    assert reasons["Get our letters every morning, with all that you must know."] == "sign-up"
    assert reasons["Facebook"] == "share"
    assert reasons["The bridge"] == "related-link"
    assert not any("whatever country" in text or text == "Home" for text in texts)
    assert "page-extracted" in [problem.code for problem in page.article.problems]


def test_what_a_page_says_of_itself() -> None:
    known = read_page(PAGE).metadata
    assert (known.title, known.authors, known.language) == ("The ferry is back", ("Mary Kemp", "Tom Ash"), "en-GB")
    assert (known.published, known.tags, known.cover) == ("2026-05-04T08:30:00+01:00", ("sea", "boats"), "")
    assert (known.description, known.source_url) == ("A boat, and what it cost.", "https://example.org/ferry")


def test_front_matter_goes_before_what_a_page_says() -> None:
    known = read_page(f"---\ntitle: Another\n---\n{PAGE}").metadata
    assert (known.title, known.published) == ("Another", "2026-05-04T08:30:00+01:00")


def test_a_clean_page_is_read_whole() -> None:
    page = read_page(f"<!DOCTYPE html><title>T</title><h1>T</h1><p>{PROSE[0]}</p><p>Short.</p>")
    assert [block.content.text for block in page.blocks if isinstance(block, Paragraph)] == [PROSE[0], "Short."]
    assert page.problems == ()


def test_too_little_is_told_and_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hypertext, "second_opinion", lambda _html: None)
    parts = "".join(
        f"<td><table><tr><td><p>{number}. {PROSE[number % 4]}</p></td></tr></table></td>" for number in range(9)
    )
    page = read_page(
        f"<html><body><nav>Menu</nav><div><p>{PROSE[0]} {PROSE[1]} {PROSE[2]} {PROSE[3]} {PROSE[0]}</p></div><table><tr>{parts}</tr></table>"
    )
    texts = " ".join(
        block.content.text for block in page.blocks if isinstance(block, Paragraph) and not block.attributes
    )
    assert len(re.findall(r"\d\. The|\d\. A", texts)) == 9
    assert "Menu" not in texts


def test_a_page_names_its_encoding() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Часы на башне идут.</p></body></html>'
    article = read(page.encode("cp1251"), name="a.html", options=ReadingOptions())
    assert isinstance(article.blocks[0], Paragraph)
    assert article.blocks[0].content.text == "Часы на башне идут."
    assert article.problems == ()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE html><p>a", ".html"),
        (b"<!-- x -->\n<html>", ".html"),
        (b"<h1>a</h1>\n<p>b</p>\n", ".html"),
        (b"<div>a</div>\n\n# b\n<br>", ".md"),
        (b"# a\n", ".md"),
        (b"", ".md"),
    ],
)
def test_standard_input_is_known_by_how_it_begins(data: bytes, suffix: str) -> None:
    assert suffix_of(data) == suffix


def test_too_many_tags_are_refused() -> None:
    with pytest.raises(ReadError, match="more than 100,000 tags"):
        read(b"<p>" * 100_001, name="a.html", options=ReadingOptions())


def test_a_page_is_searched_for_its_article_within_limits() -> None:
    page = b"<!DOCTYPE html><body><nav>x</nav>" + b"<p>a</p>" * 20_001
    with pytest.raises(ReadError, match="more than 40,000 tags"):
        read(page, name="a.html", options=ReadingOptions())


def test_footnotes_are_known_by_their_links() -> None:
    source = Path(__file__).with_name("notes.html").read_text(encoding="utf-8")
    notes = [block for block in made(source).article.blocks if isinstance(block, Footnote)]
    assert [note.label for note in notes] == ["1", "2", "3", "4"]
    first = [note.blocks[0] for note in notes]
    assert [block.content.text for block in first if isinstance(block, Paragraph)] == [
        "The almanac.",
        "From the press.",
        "In a letter.",
        "Said at lunch.",
    ]


def test_roles_tell_what_elements_are() -> None:
    page = read_page(
        '<div role="blockquote">a</div><div role="note">b</div><p>c <span role="emphasis">d</span> <span role="math">e</span>'
        ' <span role="math" aria-label="f squared">f²</span></p><div role="separator"></div><div role="list"><div role="listitem">g</div></div>'
    )
    assert [type(block).__name__ for block in page.blocks] == ["Quote", "Aside", "Paragraph", "Break", "List"]
    line = page.blocks[2]
    assert isinstance(line, Paragraph)
    assert [mark.kind.value for mark in line.content.marks] == ["emphasis", "math", "math", "silent"]


def test_a_page_without_json_ld_is_asked_otherwise() -> None:
    page = read_page(
        '<html xml:lang="de_AT"><head><title>Die Fähre ist zurück - Küste</title><meta property="article:published_time" content="2026-05-04T08:00:00Z">'
        f'<meta name="author" content="Von Anna Berg und Tom Ash"></head><body><p>{PROSE[0]}</p></body></html>'
    )
    known = page.metadata
    assert (known.title, known.authors, known.language) == ("Die Fähre ist zurück", ("Anna Berg", "Tom Ash"), "de-AT")
    assert known.published.startswith("2026-05-04T08:00:00")
