from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from earmark.article import (
    Aside,
    Block,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Math,
    Paragraph,
    Quote,
    Term,
)
from earmark.edition import Edition
from earmark.narration.script import METADATA_BLOCK, Omission, Span, Utterance
from earmark.writers.markup import (
    Element,
    direction,
    document,
    elements,
    html,
    is_furniture,
    language_tag,
    safe_address,
)
from earmark.writers.markup.labels import LABELS

Make = Callable[..., Edition]
Say = Callable[..., Utterance]


@pytest.mark.parametrize(
    ("given_", "safe"),
    [
        ("https://example.org/a b?x=<1>&y='\"#z", "https://example.org/a%20b?x=%3C1%3E&y='%22#z"),
        ("HTTP://EXAMPLE.org:80", "http://example.org:80"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://müller.example/ä%zz%41", "https://xn--mller-kva.example/%C3%A4%25zz%41"),
        ("mailto:ann@example.org?body=x", "mailto:ann@example.org"),
        ("tel:+44-20-7946", "tel:+44-20-7946"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        (" \x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/x", ""),
        ("other.md", ""),
        ("https://", ""),
        ("https://[::1/", ""),
        ("https://exa mple.org/", ""),
        ("https://-bad-.example/", ""),
        ("https://example.org:99999/", ""),
        ("https://" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_only_addresses_that_may_be_followed_become_links(given_: str, safe: str) -> None:
    assert safe_address(given_) == safe


def test_beside_the_articles_own_address_others_are_absolute() -> None:
    assert safe_address("../b?c#d", "https://example.org/news/a/") == "https://example.org/news/b?c#d"
    assert safe_address("javascript:x", "https://example.org/") == ""


@given(st.text(st.characters(), max_size=60), st.sampled_from(["", "https://", "http://a.b/", "mailto:", "tel:"]))
def test_no_address_is_anything_but_safe(text: str, scheme: str) -> None:
    found = safe_address(scheme + text)
    assert found == "" or found.startswith(("https://", "http://", "mailto:", "tel:"))
    assert found.isascii()
    assert not set(found) & set(' "<>\\^`{|}\x7f')
    assert safe_address(found) == found


def test_tags_and_directions() -> None:
    assert [language_tag(tag) for tag in ("en", "en-GB", "zh-Hant-TW", "", "e", 'x"y', "en_GB")] == [
        *("en", "en-GB", "zh-Hant-TW"),
        *(None, None, None, None),
    ]
    tags = ("he", "ar-EG", "en", "az-Arab", "ar-Latn", "de-AT")
    assert [direction(tag) for tag in tags] == ["rtl", "rtl", "ltr", "rtl", "ltr", "ltr"]


def test_every_language_that_speaks_has_its_labels() -> None:
    assert set(LABELS) >= {"da", "de", "en", "es", "fr", "it", "nb", "nl", "pl", "pt", "sv"}


def written(make: Make, *blocks: Block, sentences: tuple[tuple[Utterance, ...], ...] = (), **more: object) -> str:
    return html(*document(make(*sentences, blocks=blocks, **more)).body)


def paragraph(text: str, *marks: Mark) -> Paragraph:
    return Paragraph(id="b0001", content=Inline(text, marks))


def test_a_sentence_stays_whole_and_marks_are_parted(make: Make, say: Say) -> None:
    block = paragraph("One two. Three four.", Mark(MarkKind.EMPHASIS, 4, 14), Mark(MarkKind.QUOTATION, 4, 20))
    found = written(make, block, sentences=((say("One two."),), (say("Three four.", start=9),)))
    assert found == (
        '<p id="b0001"><span class="cue" id="s0001">One <em>“two.</em></span><em> </em>'
        '<span class="cue" id="s0002"><em>Three</em> four.”</span></p>'
    )


@pytest.mark.parametrize(
    ("mark", "inside"),
    [
        (Mark(MarkKind.STRONG, 0, 3), "<strong>One</strong> two"),
        (Mark(MarkKind.QUOTATION, 0, 3), "<q>One</q> two"),
        (Mark(MarkKind.ABBREVIATION, 0, 3, 'a "b"'), '<abbr title="a &quot;b&quot;">One</abbr> two'),
        (Mark(MarkKind.TIME, 0, 3, "2024-03-01"), '<time datetime="2024-03-01">One</time> two'),
        (Mark(MarkKind.TIME, 0, 3, "soon"), "One two"),
        (Mark(MarkKind.LANGUAGE, 0, 3, "he"), '<span lang="he" dir="rtl">One</span> two'),
        (Mark(MarkKind.LANGUAGE, 0, 3, "x y"), "One two"),
        (Mark(MarkKind.SILENT, 0, 3), '<span aria-hidden="true">One</span> two'),
        (Mark(MarkKind.MATH, 0, 3), '<span class="math">One</span> two'),
        (Mark(MarkKind.LINK, 0, 3, "https://example.org"), '<a href="https://example.org">One</a> two'),
        (Mark(MarkKind.LINK, 0, 3, "#there"), "One two"),
        (Mark(MarkKind.LINK, 3, 4, "https://example.org"), "One two"),
        (Mark(MarkKind.IMAGE, 0, 3, "https://example.org/a.png"), '<a href="https://example.org/a.png">One</a> two'),
        (Mark(MarkKind.NOTE_REFERENCE, 0, 3, "b0099"), "One two"),
    ],
)
def test_marks_become_elements_or_leave_their_words(make: Make, mark: Mark, inside: str) -> None:
    assert written(make, paragraph("One two", mark)) == f'<p id="b0001">{inside}</p>'


def test_links_inside_the_article_lead_to_its_headings(make: Make) -> None:
    link = paragraph("See below", Mark(MarkKind.LINK, 4, 9, "#there"))
    heading = Heading(id="b0002", level=4, content=Inline("Below"), anchor="there")
    empty = Heading(id="b0003", level=2, content=Inline(""))
    last = Heading(id="b0004", level=6, content=Inline("Deeper"))
    assert written(make, link, heading, empty, last) == (
        '<p id="b0001">See <a href="#b0002">below</a></p><h2 id="b0002">Below</h2>'
        '<p id="b0003"></p><h3 id="b0004">Deeper</h3>'
    )


def test_a_link_is_in_no_link(make: Make) -> None:
    marks = (Mark(MarkKind.LINK, 0, 7, "https://example.org"), Mark(MarkKind.LINK, 0, 3, "https://example.com"))
    assert written(make, paragraph("One two", *marks)).count("<a ") == 1


def test_lists_asides_and_the_rest(make: Make) -> None:
    term, item = Term(id="b0002", content=Inline("Wick")), ListItem(id="b0003", blocks=(paragraph("Burns"),))
    defining = written(make, List(id="b0009", kind="definition", items=(term, item)))
    assert defining == '<dl id="b0009"><dt id="b0002">Wick</dt><dd id="b0003"><p id="b0001">Burns</p></dd></dl>'
    assert written(make, List(id="b0009", kind="definition", items=(item, term))).startswith('<ul id="b0009"><li')
    done = ListItem(id="b0003", checked=True, blocks=(paragraph("Lit"),))
    assert '<li id="b0003" class="task"><p id="b0001"><span class="check">☑ </span>Lit' in written(
        make, List(id="b0009", kind="bullet", items=(done,))
    )
    aside = Aside(id="b0009", kind='note"x', title=Inline("Mind"), blocks=(paragraph("Wet"),))
    assert written(make, aside).startswith('<aside id="b0009" role="note" class="notex"><p class="title">Mind</p>')
    assert written(make, Math(id="b0009", text="a<b")) == '<p id="b0009" class="math">a&lt;b</p>'
    assert written(make, Embed(id="b0009", title="", source="javascript:x")) == '<p id="b0009" class="embed"></p>'
    film = written(make, Embed(id="b0009", title="Film", source="https://example.org/f"))
    assert film == '<p id="b0009" class="embed"><a href="https://example.org/f">Film</a></p>'


def test_furniture_can_be_told_from_the_rest(make: Make, say: Say) -> None:
    blocks = (paragraph("Text."), *(Paragraph(id=f"b000{n}", content=Inline("READ MORE: Rain")) for n in (2, 3)))
    omitted = tuple(
        Omission(f"b000{n}", (Span("text", 0, 15),), "READ MORE: Rain", reason)
        for n, reason in ((2, "related-link"), (3, "by-hand"))
    )
    body = document(make((say("Text."),), blocks=blocks, script={"omitted": omitted})).body
    assert [is_furniture(node) for node in body] == [False, True, False]


def test_words_of_nobodys_print_are_shown_all_the_same(make: Make, say: Say) -> None:
    """A cue of a block that is not there still finds a place: nobody hears what they can't read."""
    edition = make((say("Lost words", block="b0077"),), blocks=(paragraph("Text."),))
    assert '<span class="cue" id="s0001">Lost words</span>' in html(*document(edition).body)


def opened(edition: Edition) -> Edition:
    """Return the edition with its first cue as the opening."""
    first, *others = edition.timeline.cues
    first = replace(first, sentence=replace(first.sentence, kind="opening"))
    return replace(edition, timeline=replace(edition.timeline, cues=(first, *others)))


def test_the_title_is_said_where_it_stands(make: Make, say: Say) -> None:
    heading = Heading(id="b0001", level=1, content=Inline("The Ledger"))
    edition = make((say("The Ledger"),), blocks=(heading,))
    found = document(opened(edition))
    assert html(found.title) == '<h1 id="b0001"><span class="cue" id="s0001">The Ledger</span></h1>'
    assert found.body == ()


def test_a_title_made_of_the_files_name_is_said_too(make: Make, say: Say) -> None:
    edition = make((say("The Ledger", added=True, block=METADATA_BLOCK),), blocks=())
    assert html(document(opened(edition)).title) == '<h1><span class="cue" id="s0001">The Ledger</span></h1>'


def test_html_keeps_the_first_line_of_code_and_holds_no_forbidden_character() -> None:
    assert html(Element("pre", (), ("\nx",))) == "<pre>\n\nx</pre>"
    assert html("a\x00b\ud800c\ufffe\u0085") == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert [node.tag for node in elements((Element("p", (), (Element("br"), "x")),))] == ["p", "br"]


def pictured(make: Make, block: Block, *sentences: tuple[Utterance, ...]) -> str:
    return html(*document(make(*sentences, blocks=(block,)), pictures={"a.png": "p.png"}).body)


def test_sentences_stand_around_a_picture_in_running_text(make: Make, say: Say) -> None:
    """Its alternative text holds an end, a whole and a beginning of sentences; a picture can't be parted."""
    block = paragraph("Up a. B b. C c on.", Mark(MarkKind.IMAGE, 3, 14, "a.png"))
    found = pictured(make, block, (say("Up a."),), (say("B b.", start=6),), (say("C c on.", start=11),))
    assert found == (
        '<p id="b0001"><span class="cue" id="s0001">Up <span class="cue" id="s0002">'
        '<img src="p.png" alt="a. B b. C c"></span></span><span class="cue" id="s0003"> on.</span></p>'
    )
    whole = pictured(make, paragraph("A b.", Mark(MarkKind.IMAGE, 0, 4, "a.png")), (say("A b."),))
    assert whole == '<p id="b0001"><span class="cue" id="s0001"><img src="p.png" alt="A b."></span></p>'
    mute = paragraph("ab", Mark(MarkKind.LINK, 1, 1, "https://a.b"), Mark(MarkKind.IMAGE_WITHOUT_ALT, 1, 1, "a.png"))
    assert pictured(make, mute) == '<p id="b0001">a<img src="p.png" alt="">b</p>'


def test_a_picture_told_at_great_length_is_told_in_print(make: Make, say: Say) -> None:
    alt = "One. " * 30
    told = [(say("One.", start=5 * n) if n else say("One."),) for n in range(30)]
    told = [(replace(part, spans=(Span("alt", 5 * n, 5 * n + 4),)),) for n, (part,) in enumerate(told)]
    found = pictured(make, Figure(id="b0001", source="a.png", alt=alt.strip()), *told)
    assert found.startswith(
        '<figure id="b0001"><img src="p.png" alt=""><p class="alternative"><span class="cue" id="s0001">One.'
    )
    assert found.count('class="cue"') == 30
    inline = paragraph(alt.strip(), Mark(MarkKind.IMAGE, 0, len(alt) - 1, "a.png"))
    deep = pictured(
        make, inline, *((replace(part, spans=(Span("text", 5 * n, 5 * n + 4),)),) for n, (part,) in enumerate(told))
    )
    assert deep.count('class="cue"') == 30
    assert "</span>" * 21 not in deep


def test_code_that_is_read_keeps_its_lines_and_quotations_their_announcements(make: Make, say: Say) -> None:
    code = Code(id="b0002", text="a\n  b\n", info="Py<thon> x")
    quote = Quote(id="b0003", blocks=(paragraph("Text."),))
    edition = make(
        (say("Quote.", added=True, block="b0003"),),
        (say("Text."),),
        (say("End quote.", added=True, block="b0003"),),
        (say("a", block="b0002"),),
        (say("b", start=4, block="b0002"),),
        blocks=(quote, code),
    )
    assert html(*document(edition).body) == (
        '<blockquote id="b0003"><p class="added"><span class="cue" id="s0001">Quote.</span></p>'
        '<p id="b0001"><span class="cue" id="s0002">Text.</span></p>'
        '<p class="added"><span class="cue" id="s0003">End quote.</span></p></blockquote>'
        '<div id="b0002" class="code"><pre>\n<code class="language-python"><span class="cue" id="s0004">a</span>\n'
        '  <span class="cue" id="s0005">b</span>\n</code></pre></div>'
    )


def test_words_are_elements_if_asked_also_where_marks_part_them(make: Make, say: Say) -> None:
    block = paragraph("One two", Mark(MarkKind.STRONG, 5, 7))
    found = html(*document(make((say("One two"),), blocks=(block,)), words=True).body)
    assert found == (
        '<p id="b0001"><span class="cue" id="s0001"><span class="word" id="s0001-0">One</span> '
        '<span class="word" id="s0001-1">t</span><strong><span class="word" data-word="s0001-1">wo</span></strong></span></p>'
    )


def test_notes_without_a_paragraph_keep_their_label(make: Make) -> None:
    note = Footnote(id="b0002", label="*", blocks=(Code(id="b0003", text="x"),))
    marks = (Mark(MarkKind.NOTE_REFERENCE, 1, 2, "b0002"), Mark(MarkKind.NOTE_REFERENCE, 3, 4, "b0002"))
    found = document(make(blocks=(paragraph("a*b*", *marks), note)))
    assert found.notes
    assert html(found.notes).startswith(
        '<section class="notes" role="doc-endnotes"><h2>Notes</h2><aside id="b0002" role="doc-footnote">'
        '<p><span class="label">* </span></p>'
    )
    assert html(found.notes).count("doc-backlink") == 2
