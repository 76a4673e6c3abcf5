"""Every example of CommonMark 0.31.2 as an article, and the whole specification as one."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from earmark.article import Article, fields, walk
from earmark.readers import commonmark as commonmark_dialect
from earmark.readers import python_markdown
from earmark.readers.frontmatter import split

DATA = Path(__file__).parent / "data"
EXAMPLES = json.loads((DATA / "commonmark-0.31.2.json").read_text(encoding="utf-8"))
SPEC = (DATA / "commonmark-0.31.2-spec.txt").read_text(encoding="utf-8")

BLOCKS = frozenset(
    [
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "textarea",
        "th",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset({"script", "style", "template", "title"})

# Where the standard library's parser is no browser: what a browser shows, by hand from the HTML standard.
BY_HAND = {
    156: [],  # a tag that is never closed is not shown
    157: [],
    158: [],
    626: ["foo", "foo", "-->", "foo", "foo", "-->"],  # <!--> is a whole comment
    629: ["foo", "&<]]>"],  # CDATA outside SVG is a comment up to the first ">"
}


class Visible(HTMLParser):
    """Gathers visible words, independently of the reader's parser and walk."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0
        self.backlink = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.pieces.append(" " * (tag in BLOCKS))
        self.unseen += tag in UNSEEN
        self.backlink |= "footnote-backref" in (attributes.get("class") or "")
        if tag == "img":
            self.pieces.append(f" {attributes.get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(" " * (tag in BLOCKS))
        self.unseen -= tag in UNSEEN
        self.backlink &= tag != "a"

    def handle_data(self, data: str) -> None:
        if not self.unseen and not self.backlink:
            self.pieces.append(data)


def visible(html: str) -> list[str]:
    parser = Visible()
    parser.feed(html)
    parser.close()
    return re.findall(r"[^ \t\n\f\r]+", "".join(parser.pieces))


def words(article: Article) -> list[str]:
    text = "\n".join(inline.text for block in walk(article.blocks) for _, inline in fields(block))
    return re.findall(r"[^ \t\n\f\r]+", text)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_commonmark_shows_exactly_the_words_of_the_specification(
    example: dict[str, str], commonmark: Callable[[str], Article]
) -> None:
    expected = BY_HAND.get(int(example["example"]))
    assert words(commonmark(example["markdown"])) == (visible(example["html"]) if expected is None else expected)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_default_dialect_shows_every_word_that_the_library_renders(
    example: dict[str, str], markdown: Callable[[str], Article]
) -> None:
    expected = BY_HAND.get(int(example["example"])) if int(example["example"]) > 600 else None
    html = python_markdown.render(example["markdown"].replace("\0", "\ufffd"))
    assert words(markdown(example["markdown"])) == (visible(html) if expected is None else expected)


def test_whole_specification_is_one_article(
    commonmark: Callable[[str], Article], markdown: Callable[[str], Article]
) -> None:
    body = SPEC[split(SPEC, name="spec.txt").end :]
    for article, html in (
        (commonmark(SPEC), commonmark_dialect.render(body)),
        (markdown(SPEC), python_markdown.render(body)),
    ):
        assert article.metadata.title == "CommonMark Spec"
        assert article.metadata.published == "2024-01-28"
        assert words(article) == visible(html)
        assert len(words(article)) > 20_000
