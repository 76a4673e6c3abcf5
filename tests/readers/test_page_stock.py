"""Lines that pages print around articles: known in many languages, and never taken for the article's own words."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from earmark.readers.page.stock import house_lines, titled_lists
from earmark.readers.page.tree import page_of, weigh
from earmark.readers.page.units import Unit, units_of

PROSE = (
    "The harbour ferry will cross every half hour through the night from May, the operator said on Friday afternoon."
)


def units(html: str) -> list[Unit]:
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    assert body is not None
    page = page_of(body)
    weigh(page.body, set())
    return units_of(page.body)


def listed(html: str) -> list[str]:
    return [unit.text for unit in titled_lists(units(html))]


def lines(html: str) -> dict[str, str]:
    return {unit.text: reason for unit, reason in house_lines(units(html)).items()}


@pytest.mark.parametrize(
    "line",
    [
        "- Advertisement -",
        "Anzeige",
        "広告",
        "Please turn on JavaScript to use this feature",
        "Subscribe to our newsletter for more of this.",
        "You have read your last free article this month. Subscribe now from only £1 a week.",
        "This post may contain affiliate links. Please read our disclosure policy.",
        "Back to top",
        "ⓒ 무단전재 및 재배포 금지",
        "责任编辑：王小明",
    ],
)
def test_lines_of_the_house_are_left_out(line: str) -> None:
    assert list(lines(f"<p>{PROSE}</p><p>{line}</p><p>{PROSE}</p>")) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to the stream with a callback, and it is called once for each value.",
        "Print the page twice and keep one copy for the file.",
        "Advertising was banned on the ferry in 1931.",
        "Share your bread with the one who asks.",
        "Photographs were forbidden.",
    ],
)
def test_sentences_that_begin_alike_stay(line: str) -> None:
    assert lines(f"<p>{PROSE}</p><p>{line}</p>") == {}


def test_a_heading_is_never_a_line_of_the_house() -> None:
    assert lines("<h2>Print</h2><p>Lays the pages out.</p>") == {}


def test_credits_are_told_from_captions() -> None:
    assert lines(
        "<p>Photo: Ann Lee</p><figure><div>Photo: Bo Lee</div></figure><p>via <a href='x'>giphy.com</a></p>"
    ) == {
        "Photo: Ann Lee": "credit",
        "via giphy.com": "control",
    }


def test_initials_and_editors_close_an_article() -> None:
    assert lines(f"<p>{PROSE}</p><p>(fyk/ash)</p><p>Editor: Ade Marboen</p>") == {
        "(fyk/ash)": "byline",
        "Editor: Ade Marboen": "byline",
    }


@pytest.mark.parametrize(
    "title",
    ["Related stories", "Lesen Sie auch:", "À lire aussi", "Читайте также", "関連記事", "Baca Juga", "اقرأ أيضاً:"],
)
def test_a_titled_list_behind_the_article_goes_whole(title: str) -> None:
    html = f"<p>{PROSE}</p><div><h3>{title}</h3><ul><li><a href=1>One</a><li>Two, of June</ul></div>"
    assert listed(html) == [title, "One", "Two, of June"]


def test_within_the_article_only_what_leads_elsewhere_goes() -> None:
    html = f"<p>{PROSE}</p><p>Read more</p><p><a href=1>A bus that swims</a></p><p>He left.</p><p>{PROSE}</p>"
    assert listed(html) == ["Read more", "A bus that swims"]


def test_a_box_that_its_title_begins_goes_whole() -> None:
    html = f"<p>{PROSE}</p><div><b>Related</b><div>A short one</div></div><p>Left.</p><p>{PROSE}</p>"
    assert listed(html) == ["Related", "A short one"]


def test_a_title_over_prose_stays() -> None:
    assert listed(f"<p>{PROSE}</p><h2>Popular</h2><p>{PROSE}</p>") == []


@pytest.mark.parametrize("title", ["3 Comments", "Kommentare (2)", "YORUMLAR", "Leave a Reply", "コメント"])
def test_comments_end_a_page(title: str) -> None:
    assert listed(f"<p>{PROSE}</p><h3>{title}</h3><p>{PROSE}</p>") == [title, PROSE]


def test_comments_that_a_part_of_the_article_follows_are_a_part_of_it() -> None:
    assert listed(f"<p>{PROSE}</p><h2>Comments</h2><p>{PROSE}</p><h2>Strings</h2><p>{PROSE}</p>") == []
    assert listed(f"<h2>Comments</h2><p>{PROSE}</p>") == []


def test_comments_without_a_heading_are_known_by_their_box() -> None:
    assert listed(f"<p>{PROSE}</p><div class=comments><p>Comments</p><p>{PROSE}</p></div>") == ["Comments", PROSE]
    assert listed(f"<p>{PROSE}</p><div><p>Comments</p><p>{PROSE}</p></div>") == []
