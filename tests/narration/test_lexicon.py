"""Words that the lexicon gives to another language are told by a voice of that language."""

from typing import TYPE_CHECKING

import pytest

from earmark.article import Article, Lexeme, Mark, MarkKind, Metadata
from earmark.narration.narrate import narrate
from earmark.narration.script import utterances
from earmark.narration.stretches import with_foreign
from earmark.options import NarrationOptions, PauseOptions
from earmark.spoken.lexicon import Entries, Lexicon

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

ENTRIES = Entries([Lexeme(grapheme="Schadenfreude", language="de"), Lexeme(grapheme="Ng", alias="ing")])


def told(sheet: "Sheet", text: str, *marks: tuple[MarkKind, str] | tuple[MarkKind, str, str]) -> list[tuple[str, str]]:
    script = narrate(
        Article(Metadata(), (sheet.p(text, *marks),)),
        narration=sheet.bare,
        pauses=PauseOptions(),
        language="en",
        title_fallback="",
        words_per_minute=170,
        lexicon=Lexicon(ENTRIES, Entries(), "en"),
    )
    return [(utterance.printed, utterance.language) for utterance in utterances(script)]


def test_a_word_is_a_part_of_its_own(sheet: "Sheet") -> None:
    assert told(sheet, "They felt Schadenfreude’s pull. Ng left.") == [
        ("They felt", "en"),
        ("Schadenfreude’s", "de"),
        ("pull.", "en"),
        ("Ng left.", "en"),
    ]


def test_what_an_author_has_marked_goes_first(sheet: "Sheet") -> None:
    assert told(sheet, "Du mal Schadenfreude ici.", (MarkKind.LANGUAGE, "Du mal Schadenfreude ici.", "fr")) == [
        ("Du mal Schadenfreude ici.", "fr")
    ]
    assert told(sheet, "Pure Schadenfreude.", (MarkKind.EMPHASIS, "Schadenfreude"))[1] == ("Schadenfreude.", "de")


@pytest.mark.parametrize(
    ("mark", "added"),
    [
        (Mark(MarkKind.EMPHASIS, 2, 6), True),
        (Mark(MarkKind.STRIKE, 0, 20), True),
        (Mark(MarkKind.STRIKE, 5, 9), True),
        (Mark(MarkKind.STRIKE, 0, 7), False),  # it would cross
        (Mark(MarkKind.STRIKE, 6, 8), False),
        (Mark(MarkKind.LANGUAGE, 0, 20, "fr"), False),
        (Mark(MarkKind.LANGUAGE, 12, 20, "fr"), True),
        (Mark(MarkKind.LANGUAGE, 0, 5, ""), True),
    ],
)
def test_marks_never_cross(mark: Mark, added: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    found = with_foreign((mark,), [(5, 9, "de")])
    new = Mark(MarkKind.LANGUAGE, 5, 9, "de")
    assert (new in found) is added
    assert list(found) == sorted(found, key=lambda one: (one.start, -one.end))


def test_without_such_words_nothing_is_done() -> None:
    marks = (Mark(MarkKind.EMPHASIS, 0, 3),)
    assert with_foreign(marks, ()) is marks


def test_the_opening_is_looked_up_too(sheet: "Sheet") -> None:
    lexicon = Lexicon(ENTRIES, Entries(), "en")
    narrate(
        Article(Metadata(title="Of Ng", authors=("Ann Bee",)), (sheet.p("Text."),)),
        narration=NarrationOptions(),
        pauses=PauseOptions(),
        language="en",
        title_fallback="",
        words_per_minute=170,
        lexicon=lexicon,
    )
    asked = Lexicon(Entries(), Entries(), "en")
    asked.match("of ng ann bee text synthetic", "en")
    assert {*asked.vocabulary()} <= {*lexicon.vocabulary()}
