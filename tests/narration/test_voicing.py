"""Running text: languages, abbreviations, masked words, emphasis, long sentences, the way back to print."""

from typing import TYPE_CHECKING

import pytest

from earmark.article import Article, Inline, Mark, MarkKind, Metadata, Paragraph
from earmark.narration.desk import LONGEST
from earmark.narration.narrate import narrate
from earmark.narration.running import running
from earmark.narration.script import (
    ChapterStart,
    Pause,
    Phonemes,
    Script,
    Sentence,
    Sound,
    Span,
    Text,
    Utterance,
    spoken_text,
    utterances,
)
from earmark.options import NarrationOptions, PauseOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

SHORT = {"say_title": False, "say_duration": False, "say_synthetic": False, "say_ending": False}


def printed(script: Script) -> list[tuple[str, str]]:
    return [(u.printed, u.language) for u in utterances(script)]


def test_foreign_words_are_utterances_of_their_own(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("She said bonjour, and left.", (MarkKind.LANGUAGE, "bonjour", "fr")))
    assert printed(script) == [("She said", "en"), ("bonjour,", "fr"), ("and left.", "en")]
    (sentence,) = [item for item in script.items if isinstance(item, Sentence)]
    assert sentence.spans == (Span("text", 0, 8), Span("text", 9, 17), Span("text", 18, 27))


def test_punctuation_stays_with_the_foreign_words(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("“Bonjour!” she said.", (MarkKind.LANGUAGE, "Bonjour", "fr")))
    assert printed(script) == [("“Bonjour!”", "fr"), ("she said.", "en")]


def test_a_region_is_no_other_language(sheet: "Sheet") -> None:
    assert printed(sheet.tell(sheet.p("The color red.", (MarkKind.LANGUAGE, "color", "en-US")))) == [
        ("The color red.", "en")
    ]


def test_the_innermost_language_counts(sheet: "Sheet") -> None:
    text = "Say: eins deux drei now."
    script = sheet.tell(sheet.p(text, (MarkKind.LANGUAGE, "eins deux drei", "de"), (MarkKind.LANGUAGE, "deux", "fr")))
    assert printed(script) == [("Say:", "en"), ("eins", "de"), ("deux", "fr"), ("drei", "de"), ("now.", "en")]


def test_abbreviations_are_said_in_full_once(sheet: "Sheet") -> None:
    mark = (MarkKind.ABBREVIATION, "Zorg", "World Health Organization")
    script = sheet.tell(sheet.p("The Zorg met.", mark), sheet.p("The Zorg left.", mark))
    assert sheet.said(script) == ["The World Health Organization met.", "The Zorg left."]
    (change,) = utterances(script)[0].changes
    assert (change.printed, change.spoken, change.rule) == ("Zorg", "World Health Organization", "abbreviation")
    assert change.span == Span("text", 4, 8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The World Health Organization (Zorg) met.", "World Health Organization"),
        ("The Zorg (World Health Organization) met.", "World Health Organization"),
        ("The Zorg met.", "zorg"),
        ("The Zorg met.", ""),
    ],
)
def test_what_print_says_in_full_is_not_said_twice(sheet: "Sheet", text: str, value: str) -> None:
    script = sheet.tell(sheet.p(text, (MarkKind.ABBREVIATION, "Zorg", value)))
    assert sheet.said(script) == [text]


def test_an_abbreviation_that_a_rule_has_read_is_left(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("See example.org now.", (MarkKind.ABBREVIATION, "org", "organisation")))
    assert "organisation" not in sheet.said(script)[0]


def test_masked_words_with_a_tone(sheet: "Sheet") -> None:
    narration = NarrationOptions(masked="tone", **SHORT)  # type: ignore[arg-type]
    script = sheet.tell(sheet.p("Oh, f***! He left."), narration=narration)
    first = script.items[1]
    assert isinstance(first, Sentence)
    assert [type(part) for part in first.parts] == [Utterance, Sound]
    assert isinstance(first.parts[0], Utterance)
    assert first.parts[0].printed == "Oh, f***!"
    script = sheet.tell(sheet.p("F*** that."), narration=narration)
    first = script.items[1]
    assert isinstance(first, Sentence)
    assert [type(part) for part in first.parts] == [Sound, Utterance]
    script = sheet.tell(sheet.p("F***!"), narration=narration)
    assert sheet.omitted(script) == [("F***!", "masked")]
    assert [item for item in script.items if not isinstance(item, ChapterStart)] == [Sound("bleep")]


def test_emphasis_is_carried_where_all_is_emphasised(sheet: "Sheet") -> None:
    script = sheet.tell(
        sheet.p("Not now.", (MarkKind.EMPHASIS, "Not")),
        sheet.p("“Never!”", (MarkKind.STRONG, "Never")),
    )
    assert [u.emphasis for u in utterances(script)] == [False, True]


def test_struck_words_are_announced(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("It costs fifty forty pounds.", (MarkKind.STRIKE, "fifty")))
    assert sheet.said(script) == ["It costs", "[Struck out:]", "fifty", "[End of deletion:]", "forty pounds."]


def test_what_is_hidden_from_listeners_is_listed(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Now ★★ playing.", (MarkKind.SILENT, "★★")))
    assert [u.printed for u in utterances(script)] == ["Now playing."]
    assert sheet.omitted(script) == [("★★", "aria-hidden")]


def test_notes_do_not_keep_a_sentence_from_ending(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("It ended.1 Next day.", (MarkKind.NOTE_REFERENCE, "1", "b9")))
    assert [u.printed for u in utterances(script)] == ["It ended.", "Next day."]
    assert sheet.omitted(script) == [("1", "note-reference")]


def test_a_sentence_around_a_note_mark_maps_back(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("The keeper1 left.", (MarkKind.NOTE_REFERENCE, "1", "b9")))
    (utterance,) = utterances(script)
    assert utterance.printed == "The keeper left."
    assert utterance.spans == (Span("text", 0, 10), Span("text", 11, 17))
    assert [(a.start, a.end, a.span, a.exact) for a in utterance.alignment] == [
        (0, 10, Span("text", 0, 10), True),
        (10, 16, Span("text", 11, 17), True),
    ]


def test_lines_of_a_poem_are_heard(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("the sea\nthe sky"))
    (sentence,) = [item for item in script.items if isinstance(item, Sentence)]
    assert [part.printed if isinstance(part, Utterance) else part for part in sentence.parts] == [
        "the sea",
        Pause(150),
        "the sky",
    ]


def test_long_sentences_are_one_cue_and_several_breaths(sheet: "Sheet") -> None:
    text = ", ".join(["and then the keeper of the light went down to the sea"] * 30) + "."
    script = sheet.tell(sheet.p(text))
    (sentence,) = [item for item in script.items if isinstance(item, Sentence)]
    assert sentence.spans == tuple(u.spans[0] for u in utterances(script))
    assert all(len(u.printed) <= LONGEST for u in utterances(script))
    assert all(u.printed.endswith((",", ".")) for u in utterances(script))
    assert sum(isinstance(part, Pause) for part in sentence.parts) == len(utterances(script)) - 1


@pytest.mark.parametrize("unit", ["and on, ", "1+", "9", "a.", "🙂", "word "])
def test_what_never_ends_is_several_cues_with_a_pause_between(sheet: "Sheet", unit: str) -> None:
    text = (unit * 3_000).strip()
    script = sheet.tell(sheet.p(text))
    cues = [item for item in script.items if isinstance(item, Sentence)]
    assert len(cues) > 1
    assert all(sum(len(spoken_text(u.said)) for u in cue.parts if isinstance(u, Utterance)) <= 4_000 for cue in cues)
    assert [item.ms for item in script.items if isinstance(item, Pause)] == [300] * (len(cues) - 1)
    assert "".join("".join(u.printed for u in utterances(script)).split()) == "".join(text.split())


def test_an_endless_title_and_byline_are_said_in_breaths(sheet: "Sheet") -> None:
    metadata = Metadata(title="Rain " * 2_000, authors=("Ann Lee",) * 500)
    script = sheet.tell(sheet.p("It rained."), metadata=metadata, narration=NarrationOptions())
    assert len(utterances(script)) > 20
    assert all(len(u.printed) <= LONGEST for u in utterances(script))


def test_what_an_abbreviation_stands_for_is_no_article(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("AB", (MarkKind.ABBREVIATION, "AB", "word " * 1_000)))
    assert [u.printed for u in utterances(script)] == ["AB"]
    assert len(spoken_text(utterances(script)[0].said)) < 10


def test_long_sentences_without_clauses_have_no_pauses(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("word " * 300 + "end"))
    assert len(utterances(script)) > 1
    assert not [p for item in script.items if isinstance(item, Sentence) for p in item.parts if isinstance(p, Pause)]


def test_problems_of_speech_name_their_block(sheet: "Sheet") -> None:
    class Lexicon:
        def unbroken(self, _text: str, _language: str) -> tuple[tuple[int, int], ...]:
            return ()

        def foreign(self, _text: str, _language: str) -> tuple[tuple[int, int, str], ...]:
            return ()

        def match(self, text: str, _language: str) -> tuple[tuple[int, int, str | Phonemes], ...]:
            at = text.find("Taylor")
            return ((at, at + 6, Phonemes("ˈteɪlə", "Taylor")),) if at >= 0 else ()

    script = narrate(
        Article(Metadata(title="Taylor"), (sheet.p("Ann Taylor Swift."), sheet.p("Taylor"))),
        narration=NarrationOptions(),
        pauses=PauseOptions(),
        language="en",
        title_fallback="",
        words_per_minute=170,
        lexicon=Lexicon(),
    )
    spoken = {u.printed: u for u in utterances(script)}
    assert spoken["Taylor"].said == (Phonemes("ˈteɪlə", "Taylor"),)
    swift = spoken["Ann Taylor Swift."]
    assert swift.said == (Text("Ann "), Phonemes("ˈteɪlə", "Taylor"), Text(" Swift."))
    assert [(c.printed, c.spoken, c.rule) for c in swift.changes] == [("Taylor", "/ˈteɪlə/", "lexicon")]
    assert swift.alignment[-1].end == len("Ann /ˈteɪlə/ Swift.")


def test_silent_stretches_inside_each_other() -> None:
    marks = (
        Mark(MarkKind.SILENT, 0, 6),
        Mark(MarkKind.NOTE_REFERENCE, 2, 3, "b9"),
        Mark(MarkKind.EMPHASIS, 7, 12),
    )
    run = running("text", Inline("hidden shown", marks))
    assert [(s.start, s.end, s.reason) for s in run.silent] == [(0, 6, "aria-hidden")]
    assert run.text.strip() == "shown"
    assert [run.text[m.start : m.end] for m in run.marks] == ["shown"]
    assert run.notes == ((0, "b9"),)


def test_addresses_and_code_do_not_end_sentences(sheet: "Sheet") -> None:
    text = "Use x. Y now. Then Example. Org."
    script = sheet.tell(sheet.p(text, (MarkKind.CODE, "x. Y"), (MarkKind.KEYBOARD, "Y")))
    assert next(u.printed for u in utterances(script)) == "Use x. Y now."


def test_a_field_that_is_all_note_mark_says_nothing(sheet: "Sheet") -> None:
    block = Paragraph(id=sheet.id(), content=Inline("1", (Mark(MarkKind.NOTE_REFERENCE, 0, 1, ""),)))
    assert sheet.tell(block).items == ()
