"""What a page says of itself in odd ways, and whole pages that try one rule each: what is heard, and what is not."""

import json
import sys

import pytest
from selectolax.lexbor import LexborHTMLParser

from earmark.article import Metadata
from earmark.readers.page.about import About, about
from earmark.readers.page.choosing import choose_article
from earmark.readers.page.evidence import Opinion, second_opinion
from earmark.readers.page.hints import framed
from earmark.readers.page.pruning import is_data
from earmark.readers.page.tree import descend, page_of, weigh
from earmark.readers.references import references_in

ONE = "The harbour ferry will cross every half hour through the night from May, the operator said on Friday afternoon."
TWO = "Night workers at the hospital had asked for it for years, and one nurse has swum it, which was once too often."
THREE = (
    "Tickets that are bought before midnight are good until six in the morning, or until the kiosk has run out of them."
)


def said(head: str, body: str = "") -> About:
    return about(LexborHTMLParser(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"))


def told(head: str, body: str = "") -> Metadata:
    return said(head, body).metadata


def ld(**entry: object) -> str:
    value = {"@type": "NewsArticle", **entry}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def heard(html: str, *opinions: Opinion, authors: tuple[str, ...] = (), lead: str = "") -> list[str]:
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    assert body is not None
    return [unit.text for unit in choose_article(page_of(body), list(opinions), authors, lead).kept]


def test_broken_and_empty_json_ld_is_passed_over() -> None:
    head = '<script type="application/ld+json"> </script><script type="application/ld+json">{"a":</script>'
    assert told(head + ld(headline="Real")).title == "Real"


def test_values_of_json_ld_come_in_many_shapes() -> None:
    page = told(
        ld(
            headline=["A &amp; B"],
            author=[{"name": ["Ann Lee", "Bo Day"]}, "Cy Fox and Di Gray", 7],
            image=[{"url": "a.jpg"}],
            datePublished=["2020-02-03T99:00"],
            inLanguage={"name": "de"},
            keywords=["x", 3, "y"],
            publisher=[{"name": "The Post"}],
        )
    )
    assert page.title == "A & B"
    assert page.authors == ("Ann Lee", "Bo Day", "Cy Fox", "Di Gray")
    assert (page.published, page.language, page.cover, page.tags) == ("2020-02-03", "de", "a.jpg", ("x", "y"))


@pytest.mark.parametrize("value", [3, [], "soon", ["soon"]])
def test_what_is_no_date_or_headline_is_none(value: object) -> None:
    page = told(ld(datePublished=value, image=[], author=value if value != "soon" else 4) + "<title>A title</title>")
    assert (page.published, page.title, page.cover) == ("", "A title", "")


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("A crack in the pier | The Post", "A crack in the pier"),
        ("The Post – A crack in the pier", "A crack in the pier"),
        ("Crack | Post and much more of it here", "Crack | Post and much more of it here"),
        ("No site", "No site"),
    ],
)
def test_a_site_s_name_is_taken_off_a_title(title: str, left: str) -> None:
    assert told(f'<meta property="og:site_name" content="The Post"><title>{title}</title>').title == left


def test_a_title_from_open_graph_is_never_cut_by_guess() -> None:
    assert told('<meta property="og:title" content="One and two - and three">').title == "One and two - and three"


def test_authors_and_dates_are_found_where_they_are_printed() -> None:
    page = told(
        "", "<h1>A</h1><p class=byline>By Ann Lee</p><time datetime=x></time><time datetime=2020-01-02>2 Jan</time>"
    )
    assert page.authors == ("Ann Lee",)
    assert page.published == ""
    names = "<meta property=article:author content='Ann Lee'><meta property=article:author content='Bo Day'>"
    assert told(names).authors == ("Ann Lee", "Bo Day")


def test_prose_that_another_takes_for_the_article_is_heard() -> None:
    ours = f"<div class='article content'><p>{' '.join([ONE] * 6)}</p></div>"
    theirs = f"<div class=sidebar><p>{' '.join([TWO] * 5)}</p><p>{' '.join([THREE] * 5)}</p></div>"
    text = f"{' '.join([TWO] * 5)}\n{' '.join([THREE] * 5)}"
    page = f"<nav>n</nav>{ours}{theirs}"
    assert set(text.split("\n")) <= set(heard(page, Opinion(text)))
    assert not set(text.split("\n")) & set(heard(page))


def test_what_a_name_calls_furniture_comes_back_where_others_have_its_prose() -> None:
    body = f"<main><p>{ONE}</p><p>{TWO}</p><div class=promo><p>{THREE}</p></div><p>{ONE[::-1]}.</p></main>"
    text = f"{ONE}\n{TWO}\n{THREE}\n{ONE[::-1]}."
    assert THREE in heard(body, Opinion(text))


def test_contracts_stay_out_though_others_read_them() -> None:
    body = f"<main><p>{ONE}</p><p>{TWO}</p><div class=newsletter><p>{THREE}</p></div><p>{ONE[::-1]}.</p><p>{TWO[::-1]}.</p></main>"
    assert THREE not in heard(body, Opinion(f"{ONE}\n{TWO}\n{THREE}\n{ONE[::-1]}.\n{TWO[::-1]}."))


def test_captions_of_a_gallery_stay_behind_its_introduction() -> None:
    slides = "".join(
        f"<li><figure><figcaption><div>Before dawn the dogs are fed first, at gate number {n}.</div></figcaption></figure>"
        for n in "abc"
    )
    kept = heard(f"<nav>n</nav><div class=gallery><p>{ONE}</p><ol>{slides}</ol></div>", Opinion(ONE))
    assert kept == [ONE, *(f"Before dawn the dogs are fed first, at gate number {n}." for n in "abc")]


def test_notes_on_an_author_close_an_article() -> None:
    body = f"<main><p>By Ann Lee</p><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>Ann Lee is a writer in Leeds.</p><p>About the author: Ann keeps bees.</p></main>"
    assert heard(body, authors=("Ann Lee",)) == [ONE, TWO, THREE]


def test_addresses_are_no_headlines() -> None:
    body = f"<main><p>{ONE}</p><p><a href=x>https://example.org/a/b</a></p><p>{TWO}</p><p><a href=x>A bus that swims home</a></p><p>{THREE}</p></main>"
    assert "https://example.org/a/b" in heard(body)
    assert "A bus that swims home" not in heard(body)


def test_a_page_without_prose_keeps_its_title() -> None:
    assert "Title" in heard("<nav>n</nav><h1>Title</h1>")


def test_many_equal_parts_are_one_article() -> None:
    parts = "".join(f"<section class=p{n}><p>{ONE} {n}, {n}, {n}.</p><p>{TWO} {n}.</p></section>" for n in range(5))
    assert len(heard(f"<nav>n</nav><div>{parts}</div>")) == 10


@pytest.mark.parametrize(
    ("table", "data"),
    [
        ("<table role=presentation><tr><th>a</table>", False),
        ("<table><tr><td><table><tr><td>a</table></table>", False),
        ("<table><tr><th>a<td>b</table>", True),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", True),
        ("<table><tr><td>a</table>", False),
        (f"<table><tr><td>{ONE * 5}<td>b<tr><td>c<td>d</table>", False),
    ],
)
def test_tables_of_values_are_told_from_those_of_parts(table: str, data: bool) -> None:  # noqa: FBT001 (what is expected)
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{table}").body
    assert body is not None
    page = page_of(body)
    weigh(page.body, set())
    first = next(node for node in descend(page.body) if node.tag == "table")
    assert is_data(first) is data
    assert is_data(first) is data  # the second time it is remembered


def test_a_menu_before_all_prose_frames_a_page_and_a_list_of_sources_does_not() -> None:
    links = "".join(f"<li><a href=/{n}>{n}</a>" for n in "abcd")
    pages = [
        LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
        for html in (f"<ul>{links}</ul><p>{ONE}", f"<p>{ONE}<ul>{links}</ul>")
    ]
    assert [framed(page_of(page).body) for page in pages if page is not None] == [True, False]


def test_opinions_need_words() -> None:
    assert Opinion(ONE).holds("…") == 0
    assert Opinion("").holds(ONE) == 0
    assert second_opinion("<p>" * 60_001) is None


@pytest.mark.parametrize(
    "html",
    [
        "<p><a id=r1 href='#gone'>1</a>",
        "<p><a id=r1 href='#n1'>not a mark at all</a><p id=n1><a href='#r1'>^</a> x",
        "<p id=n1><a href='#r1'>^</a> x</p><p><a id=r1 href='#n1'>1</a>",
        "<p id=n1>x <a id=r1 href='#n1'>1</a> <a href='#r1'>^</a>",
        "<article id=n1><a id=r1 href='#n1'>1</a><a href='#r1'>^</a></article>",
    ],
)
def test_links_that_do_not_lead_back_are_no_notes(html: str) -> None:
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    assert body is not None
    assert references_in(body).marks == {}


@pytest.mark.parametrize(
    "mark",
    [
        "<a href='#n1'><sup id=r1>1</sup></a>",
        "<a id=r1></a><a href='#n1'>1</a>",
        "<sup id=r1><a href='#n1'>1</a></sup>",
        "<sup id=r1><span><a href='#n1'>[1]</a></span></sup>",
        "<a name=r1 href='#n1'>*</a>",
    ],
)
def test_marks_are_known_however_they_are_named(mark: str) -> None:
    body = LexborHTMLParser(
        f"<!DOCTYPE html><body><p>x {mark}</p><ol><li><b id=n1>A</b> note <a href='#r1'>^</a></ol>"
    ).body
    assert body is not None
    assert len(references_in(body).marks) == 1


def test_without_the_extra_there_is_no_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert second_opinion(f"<main><p>{ONE}</p></main>") is None


def test_long_tags_and_boxes_of_notes_are_the_article_s() -> None:
    tags = f"<div class=topics><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{TWO}</p></div>"
    notes = "<ul class=media><li class=footnote>A note, <a href=x>which is long enough a link</a></ul>"
    kept = heard(
        f"<main><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>{'<p>' + ONE + '</p>' + tags}<p>{THREE}</p>{notes}</main>"
    )
    assert kept.count(TWO) == 3
    assert any("A note," in text for text in kept)


def test_long_lists_between_nothing_and_small_forms_are_no_article() -> None:
    items = "".join(f"<li>{n} word</li>" for n in range(120))
    kept = heard(
        f"<main><p>{ONE}</p><section><ul>{items}</ul><span>{ONE}</span></section><form>Go on</form><p>{TWO}</p><p>{THREE}</p></main>"
    )
    assert "Go on" not in kept
    assert {TWO, THREE} <= set(kept)


def test_headings_that_are_called_subheader_stay() -> None:
    page = (
        f'<nav>Menu</nav><main><p>{ONE}</p><h2 class="subheader night">By night</h2><p>{TWO}</p><p>{THREE}</p></main>'
    )
    assert heard(page) == [ONE, "By night", TWO, THREE]


def test_the_end_of_a_review_in_a_box_of_its_own_is_heard_where_others_have_it() -> None:
    wrap = (
        "In the end there is a reason why so many of us remember the ferries of our childhood, and this is one of them."
    )
    page = (
        f'<nav>Menu</nav><article><section class="body"><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></section>'
        f'<section class="wrapup"><h4>Wrap-up</h4><p class="large">{wrap}</p></section>'
        f'<section class="aside"><p>Our games desk gives marks from one to ten, and has done so since 1998, whoever asks.</p></section></article>'
    )
    assert heard(page, Opinion(f"{ONE}\n{TWO}\n{THREE}\n{wrap}")) == [ONE, TWO, THREE, "Wrap-up", wrap]


def test_a_short_paragraph_between_others_behind_a_paywall_is_restored_with_them() -> None:
    parts = (ONE, TWO, "Nobody would say more.", THREE)
    page = "<nav>Menu</nav><main>" + "".join(f'<p class="paywall">{part}</p>' for part in parts) + "</main>"
    assert heard(page) == list(parts)


def test_what_is_written_in_a_frame_for_old_browsers_is_no_part_of_the_page() -> None:
    page = f"<nav>Menu</nav><main><p>{ONE}</p><p>{TWO}</p><iframe src='x'><a href='y'>Click here</a></iframe><p>{THREE}</p></main>"
    assert heard(page) == [ONE, TWO, THREE]


def test_teasers_at_the_end_and_elsewhere_are_no_part_of_an_article() -> None:
    teasers = "".join(
        f'<div class="item"><a href="/{at}"><h3>Another story {at}</h3></a><p>{words} Elsewhere, {at}.</p></div>'
        for at, words in enumerate((ONE[:70], TWO[:70]))
    )
    article = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{TWO[::-1].capitalize()}.</p>"
    words = [ONE, TWO, THREE, f"{TWO[::-1].capitalize()}."]
    assert heard(f"<nav>Menu</nav><main>{article}{teasers}</main>") == words
    everybody = Opinion("\n".join((*words, *(f"{part[:70]} Elsewhere, {at}." for at, part in enumerate((ONE, TWO))))))
    assert heard(f"<nav>Menu</nav><main>{article}</main><div>{teasers}</div>", everybody) == words


def test_a_standfirst_is_heard_once_though_it_stands_in_a_form_for_mail_too() -> None:
    lead = "Ferries will run all night, which nobody had expected before the autumn."
    page = (
        f'<h1>Ferries</h1><p class="standfirst">{lead}</p><nav>Menu</nav>'
        f"<div><table><tr><td>{lead}</td></tr></table></div><main><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></main>"
    )
    assert heard(page, lead=lead).count(lead) == 1


def test_a_list_of_words_that_nobody_else_has_is_none_of_the_articles() -> None:
    services = "<ul><li>Pinterest</li><li>Me2day</li><li>Scrap it</li></ul>"
    tools = "<ul><li>A good rope</li><li>Two hooks</li></ul>"
    page = f"<nav>Menu</nav><main><p>{ONE}</p>{services}<p>{TWO}</p>{tools}<p>{THREE}</p></main>"
    others = Opinion(f"{ONE}\n{TWO}\nA good rope\nTwo hooks\n{THREE}")
    assert heard(page, others) == [ONE, TWO, "A good rope", "Two hooks", THREE]


def test_votes_on_chinese_are_by_characters() -> None:
    assert Opinion("渡轮从五月起将通宵运行。医院的夜班职工多年来一直要求。").holds("医院的夜班职工") == 1.0


def test_what_lies_outside_is_read_once_though_two_places_tell_it() -> None:
    lead = "Ferries will run all night, which nobody had expected before the autumn."
    top = f'<div><div><h1>Ferries</h1><p class="standfirst">{lead}</p><div><ul><li><p>{lead}</p></li></ul></div></div></div>'
    page = f"<div>{top}<nav>Menu</nav><div><div><article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>{ONE}</p></article></div></div></div>"
    assert heard(page, lead=lead).count(lead) == 1


def test_an_article_in_four_equal_parts_is_taken_whole() -> None:
    parts = "".join(
        f"<section><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p>Part {at}, and no more.</p></section>" for at in range(5)
    )
    said = heard(f"<nav>Menu</nav><div><div>{parts}</div></div>")
    assert [words for words in said if words.startswith("Part")] == [f"Part {at}, and no more." for at in range(5)]
