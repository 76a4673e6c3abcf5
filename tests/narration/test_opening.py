"""The opening and the ending, the title said once, and how long it takes."""

from typing import TYPE_CHECKING

import pytest

from earmark.article import Block, Inline, Mark, MarkKind, Metadata, Paragraph
from earmark.narration.duration import estimated_seconds, whole_minutes, words_in
from earmark.narration.phrases import PHRASES
from earmark.narration.phrases.table import counted, phrases_for
from earmark.narration.script import METADATA_BLOCK, ChapterStart, Pause, Script, Sentence, Span, utterances
from earmark.options import NarrationOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

ALL = NarrationOptions()
KNOWN = Metadata(title="The Last Light", authors=("Jane Doe", "Ann Roe", "Zoë Poe"), published="2026-11-22T09:00:00Z")


def opening(script: Script) -> list[str]:
    return [
        part.printed
        for item in script.items
        if isinstance(item, Sentence) and item.kind in {"opening", "ending"}
        for part in item.parts
        if not isinstance(part, Pause) and hasattr(part, "printed")
    ]


def test_everything_in_order(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Words."), metadata=KNOWN, narration=ALL)
    assert opening(script) == [
        "The Last Light",
        "By Jane Doe, Ann Roe and Zoë Poe.",
        "22 November 2026.",
        "Listening time: about 1 minute.",
        "Read by a synthetic voice.",
        "End of article.",
    ]
    assert [item.ms for item in script.items if isinstance(item, Pause)] == [700, 300, 300, 300, 1000, 1200]
    assert script.title == "The Last Light"
    title, *rest = utterances(script)
    assert (title.block, title.spans, title.added, title.echo) == (
        METADATA_BLOCK,
        (Span("title", 0, 14),),
        False,
        False,
    )
    assert all(u.added for u in rest if u.printed != "Words.")


@pytest.mark.parametrize("part", ["title", "authors", "date", "duration", "synthetic", "ending"])
def test_each_part_can_be_turned_off(sheet: "Sheet", part: str) -> None:
    narration = NarrationOptions(**{f"say_{part}": False})  # type: ignore[arg-type]
    assert len(opening(sheet.tell(sheet.p("Words."), metadata=KNOWN, narration=narration))) == 5


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", ["By Jane Doe.", "November 22, 2026."]),
        ("de", ["Von Jane Doe.", "22. November 2026.", "Hördauer: etwa 1 Minute."]),
        ("fr-CA", ["Par Jane Doe.", "22 novembre 2026.", "Durée d’écoute : environ 1 minute."]),
        ("no", ["Av Jane Doe."]),
        ("cs", ["Titulek", "Jane Doe"]),
    ],
)
def test_in_the_language_of_the_article(sheet: "Sheet", language: str, words: list[str]) -> None:
    metadata = Metadata(title="Titulek", authors=("Jane Doe",), published="2026-11-22")
    script = sheet.tell(sheet.p("Slova."), metadata=metadata, narration=ALL, language=language)
    assert [word for word in opening(script) if word in words] == words
    assert ("language-without-phrases" in {p.code for p in script.problems}) == (language == "cs")
    if language == "cs":
        assert len(opening(script)) == 2


def test_the_first_of_a_month_in_french(sheet: "Sheet") -> None:
    script = sheet.tell(metadata=Metadata(published="2026-05-01"), narration=ALL, language="fr")
    assert "1er mai 2026." in opening(script)


@pytest.mark.parametrize("published", ["", "soon", "2026-13-40"])
def test_what_is_no_date_is_not_said(sheet: "Sheet", published: str) -> None:
    script = sheet.tell(metadata=Metadata(title="T", published=published), narration=ALL)
    assert opening(script)[1] == "Listening time: about 1 minute."


def test_a_first_heading_with_the_same_words_is_the_title(sheet: "Sheet") -> None:
    heading = sheet.h(1, "The last light.")
    script = sheet.tell(heading, sheet.p("Words."), metadata=KNOWN, narration=ALL)
    title = utterances(script)[0]
    assert (title.block, title.printed, title.echo) == (heading.id, "The last light.", False)
    assert [u.printed for u in utterances(script)].count("The last light.") == 1
    assert script.items[0] == ChapterStart("The Last Light", heading.id, 0)


def test_a_later_heading_with_the_same_words_makes_the_title_an_echo(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Words."), sheet.h(1, "The last light"), metadata=KNOWN, narration=ALL)
    title = utterances(script)[0]
    assert (title.block, title.printed, title.echo) == (METADATA_BLOCK, "The Last Light", True)
    assert "The last light" in [u.printed for u in utterances(script)][1:]


def test_without_a_title_the_first_heading_stands_for_it(sheet: "Sheet") -> None:
    heading = sheet.h(2, "The last light")
    script = sheet.tell(heading, sheet.p("Words."), narration=ALL)
    assert script.title == "The last light"
    assert not utterances(script)[0].echo
    paragraph, later = sheet.p("Words."), sheet.h(1, "The last light. It burns.")
    script = sheet.tell(paragraph, later, narration=ALL)
    assert [(u.block, u.echo) for u in utterances(script)][:2] == [(later.id, True), (later.id, True)]
    assert [(u.block, u.echo) for u in utterances(script) if u.printed == "It burns."] == [
        (later.id, True),
        (later.id, False),
    ]


def test_without_any_heading_the_name_of_the_file_is_added(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Words."), narration=ALL)
    assert script.title == "a-file"
    assert (utterances(script)[0].printed, utterances(script)[0].added) == ("a-file", True)


def test_a_first_heading_without_words_is_no_title(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.h(1, "* * *"), sheet.p("Words."), metadata=Metadata(title="***"), narration=ALL)
    assert opening(script)[0] == "Listening time: about 1 minute."
    assert sheet.omitted(script) == [("***", "nothing-to-say"), ("* * *", "nothing-to-say")]


def test_furniture_is_no_title(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.h(2, "Advertisement"), sheet.p("Words."), narration=ALL)
    assert sheet.omitted(script) == [("Advertisement", "advertisement")]


def test_a_byline_in_print_is_said_there(sheet: "Sheet") -> None:
    metadata = Metadata(title="T", authors=("Jane Doe",))
    script = sheet.tell(sheet.p("By Jane Doe"), sheet.p("Words."), metadata=metadata, narration=ALL)
    assert "By Jane Doe." not in opening(script)
    assert sheet.tell(metadata=Metadata(title="T", authors=(" ",)), narration=ALL)


def test_the_time_it_takes_counts_itself(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("word " * 1700), metadata=KNOWN, narration=ALL)
    said = next(words for words in opening(script) if words.startswith("Listening"))
    seconds = estimated_seconds(script.items, 170)
    assert said == f"Listening time: about {whole_minutes(seconds)} minutes."
    assert 480 < seconds < 540
    assert [u.id for u in utterances(script)] == [f"u{n:04}" for n in range(1, len(utterances(script)) + 1)]


def test_nothing_to_say_at_all(sheet: "Sheet") -> None:
    assert sheet.tell().items == ()
    assert opening(sheet.tell(narration=ALL))[-1] == "End of article."


def test_words_as_long_as_they_are_heard() -> None:
    assert words_in("Somewhere in the north a lamp is lit") == 6
    assert words_in("第一回") == pytest.approx(1.8)
    assert words_in("") == 0
    assert whole_minutes(4) == 1
    assert whole_minutes(91) == 2


@pytest.mark.parametrize(
    ("n", "words"), [(1, "1 wiersz"), (2, "2 wiersze"), (5, "5 wierszy"), (12, "12 wierszy"), (22, "22 wiersze")]
)
def test_counting_in_polish(n: int, words: str) -> None:
    polish = PHRASES["pl"]
    assert counted(n, polish.one_row, polish.rows, polish.few_rows) == words


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_language_has_what_its_phrases_need(language: str) -> None:
    phrases = phrases_for(f"{language}-XX", PHRASES)
    assert phrases is not None
    assert len(set(phrases.months)) == 12
    for name, places in {
        "by": ("authors",), "date": ("day", "month", "year"), "minutes": ("n",), "table": ("rows", "columns"),
        "code": ("lines",), "code_in": ("language", "lines"), "note_number": ("label",), "rows": ("n",), "columns": ("n",),
        "lines": ("n",),
    }.items():  # fmt: skip
        assert all(f"{{{place}}}" in getattr(phrases, name) for place in places), name


def _first(text: str, *marks: Mark) -> Block:
    return Paragraph(id="b0001", content=Inline(text, marks))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short.", "Short."),
        ("The keeper of the light went down to the sea.", "The keeper of the light went down to"),
        ("The keeper, the light and the grey sea – all gone", "The keeper, the light and the grey sea"),
        ("x" * 60, "x" * 39),
        ("so\u00adft and\u200b clear", "soft and clear"),
        ("two\nlines", "two lines"),
        ("FOR many years the mill stood. Then", "For many years the mill stood"),
        ("A LONG winter ended at the BBC", "A long winter ended at the BBC"),
        ("NATO and the UN met in May", "NATO and the UN met in May"),
    ],
)
def test_chapters_named_by_opening_words(sheet: "Sheet", text: str, title: str) -> None:
    script = sheet.tell(sheet.p("One."), _first(text), narration=ALL)
    starts = [item for item in script.items if isinstance(item, ChapterStart)]
    assert [(start.title, start.level) for start in starts] == [("a-file", 0), ("One.", 9), (title, 9)]


def test_chapters_at_headings(sheet: "Sheet") -> None:
    blocks = (sheet.h(1, "Title"), sheet.p("a"), sheet.h(2, "Two"), sheet.p("b"), sheet.h(3, "Three"), sheet.p("c"))
    starts = [item for item in sheet.tell(*blocks, narration=ALL).items if isinstance(item, ChapterStart)]
    assert [(start.title, start.level) for start in starts] == [("Title", 0), ("Two", 2)]


def test_where_there_are_only_small_headings_they_serve(sheet: "Sheet") -> None:
    blocks = (sheet.p("a"), sheet.h(4, "Four"), sheet.p("b"), sheet.h(3, "Three"), sheet.h(3, "…"), sheet.p("c"))
    script = sheet.tell(*blocks, metadata=KNOWN, narration=ALL)
    starts = [item for item in script.items if isinstance(item, ChapterStart)]
    assert [(start.title, start.level) for start in starts] == [("The Last Light", 0), ("Three", 3)]


def test_headings_in_quotations_start_no_chapter(sheet: "Sheet") -> None:
    quote = sheet.quote()
    quote = type(quote)(id=quote.id, blocks=(sheet.h(2, "Inside"),))
    starts = [item for item in sheet.tell(quote, narration=ALL).items if isinstance(item, ChapterStart)]
    assert [start.title for start in starts] == ["a-file"]


def test_without_an_opening_the_first_chapter_keeps_the_title(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("* * *"), sheet.p("Words."), metadata=KNOWN)
    assert [i.title for i in script.items if isinstance(i, ChapterStart)] == ["The Last Light"]
    script = sheet.tell(sheet.h(2, "One"), sheet.p("Words."), metadata=KNOWN)
    assert [i.title for i in script.items if isinstance(i, ChapterStart)] == ["One"]


def test_note_marks_are_no_part_of_a_title(sheet: "Sheet") -> None:
    heading = sheet.h(2, "The end1")
    heading = type(heading)(
        id=heading.id, level=2, content=Inline("The end1", (Mark(MarkKind.NOTE_REFERENCE, 7, 8, ""),))
    )
    script = sheet.tell(sheet.h(1, "Title"), heading, narration=ALL)
    assert [i.title for i in script.items if isinstance(i, ChapterStart)] == ["Title", "The end"]
