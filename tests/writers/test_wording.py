from collections.abc import Callable

from earmark.article import Figure, Inline, Paragraph
from earmark.edition import Edition
from earmark.narration.script import Pause, Phonemes, Span, Text, Utterance
from earmark.writers.wording import joined, parts, shown, spoken, texts

Make = Callable[..., Edition]
Say = Callable[..., Utterance]

TEXT = "They spoke of joie de vivre, and of the sea."


def _shown(edition: Edition) -> str:
    known = texts(edition.article, edition.metadata.title)
    return shown(edition.timeline.cues[0].sentence, known).text


def _split(say: Say, *cuts: int, text: str = TEXT) -> list[Utterance]:
    ends = (*cuts, len(text))
    return [say(text[start:end], start=start) for start, end in zip((0, *cuts), ends, strict=True)]


def test_texts_are_those_of_every_field(make: Make) -> None:
    figure = Figure(id="b0002", source="a.png", alt="A lamp", caption=Inline("The lamp in 1898"))
    edition = make(blocks=(Paragraph(id="b0001", content=Inline("One.")), figure))
    assert texts(edition.article, "Title") == {
        ("b0000", "title"): "Title",
        ("b0001", "text"): "One.",
        ("b0002", "alt"): "A lamp",
        ("b0002", "caption"): "The lamp in 1898",
    }


def test_a_foreign_phrase_stands_in_its_sentence_as_printed(make: Make, say: Say) -> None:
    """The phrase's own space is between the parts, in neither of them."""
    block = Paragraph(id="b0001", content=Inline(TEXT))
    trimmed = (
        say("They spoke of", start=0),
        say("joie de vivre", start=14, language="fr"),
        say(", and of the sea.", start=27),
    )
    assert _shown(make(trimmed, blocks=(block,))) == TEXT
    assert _shown(make(_split(say, 14, 27), blocks=(block,))) == TEXT


def test_a_silent_note_mark_leaves_no_gap(make: Make, say: Say) -> None:
    text = "The light1, they said."
    block = Paragraph(id="b0001", content=Inline(text))
    assert _shown(make((say("The light", start=0), say(", they said.", start=10)), blocks=(block,))) == (
        "The light, they said."
    )


def test_where_the_text_is_unknown_the_places_decide(make: Make, say: Say) -> None:
    assert _shown(make((say("one", start=0), say("two", start=4)), blocks=())) == "one two"
    assert _shown(make((say("un", start=0), say("known", start=2)), blocks=())) == "unknown"
    assert _shown(make((say("two", start=4), say("one", start=0)), blocks=())) == "two one"


def test_what_earmark_adds_stands_in_brackets(make: Make, say: Say) -> None:
    sentence = (
        say("Image: ", added=True),
        Pause(150),
        say("A lamp", spans=(Span("alt", 0, 6),)),
        say("The lamp", spans=(Span("caption", 0, 8),)),
    )
    assert _shown(make(sentence)) == "[Image:] A lamp The lamp"


def test_what_is_added_without_print_is_shown_as_said(make: Make, say: Say) -> None:
    assert _shown(make((say("", added=True, said=(Text("End quote."),)),))) == "[End quote.]"


def test_what_is_said_again_is_shown_again(make: Make, say: Say) -> None:
    sentence = (
        say("Year", spans=(Span("cell(0,0)", 0, 4),), echo=True),
        say("1898", spans=(Span("cell(1,0)", 0, 4),)),
    )
    assert _shown(make(sentence)) == "Year 1898"


def test_parts_of_other_blocks_stand_apart(make: Make, say: Say) -> None:
    assert _shown(make((say("light", start=0), say("A note.", start=5, block="b0009")))) == "light A note."


def test_parts_without_words_add_no_space(say: Say) -> None:
    found = (say("light", start=0), say("", start=9, spans=()), say("house", start=9, spans=()))
    assert joined(found, {}) == "lighthouse"


def test_pieces_know_their_place(make: Make, say: Say) -> None:
    edition = make((say("Quote.", added=True), say("All is well.")))
    found = shown(edition.timeline.cues[0].sentence, {})
    assert [(piece.offset, piece.part.printed) for piece in found.pieces] == [(0, "Quote."), (9, "All is well.")]
    assert found.text == "[Quote.] All is well."


def test_phonemes_are_said_between_slashes(make: Make, say: Say) -> None:
    edition = make((say("Mr Taylor", said=(Text("Mister "), Phonemes("ˈteɪlə"))), say("x", start=20, said=())))
    assert spoken(parts(edition.timeline.cues[0].sentence)) == "Mister /ˈteɪlə/"
