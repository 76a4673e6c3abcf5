"""Where words stand on the page: in UTF-16 units of the cue's text, whatever else is in it."""

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from earmark.article import Inline, Mark, MarkKind, Paragraph
from earmark.edition import Edition, Picture
from earmark.narration.script import Utterance
from earmark.writers.galley import Galley
from earmark.writers.page.transcript import Place, transcript, units

Make = Callable[..., Edition]
Say = Callable[..., Utterance]


def places(make: Make, say: Say, text: str, *marks: Mark, pictures: Sequence[Picture] = ()) -> list[Place]:
    """Return the places of the words of one sentence."""
    block = Paragraph(id="b0001", content=Inline(text, marks))
    edition = make((say(text),), blocks=(block,), pictures=tuple(pictures))
    return list(transcript(Galley(edition), table="Table").places(edition.timeline.cues[0]))


def test_a_word_that_a_mark_parts_is_one_word(make: Make, say: Say) -> None:
    marks = (Mark(MarkKind.STRONG, 4, 8), Mark(MarkKind.EMPHASIS, 6, 8))
    assert places(make, say, "One halfword two", *marks) == [(0, 0, 3), (1, 4, 8), (2, 13, 3)]


def test_characters_beyond_the_basic_plane_count_twice(make: Make, say: Say) -> None:
    found = places(make, say, "A 𝒳𝒴𝒵 b\U0001f600 c", Mark(MarkKind.EMPHASIS, 3, 4))
    assert found == [(0, 0, 1), (1, 2, 6), (2, 9, 3), (3, 13, 1)]


def test_a_forced_line_end_has_no_length(make: Make, say: Say) -> None:
    assert places(make, say, "One\ntwo three") == [(0, 0, 3), (1, 3, 3), (2, 7, 5)]


def test_words_of_a_picture_are_not_on_the_page(make: Make, say: Say) -> None:
    picture = Picture(source="a.png", name="p.png", type="image/png", data=b"")
    inside = Mark(MarkKind.IMAGE, 4, 11, "a.png")
    assert places(make, say, "See the sea now", inside, pictures=(picture,)) == [(0, 0, 3), (3, 5, 3)]
    ends = Mark(MarkKind.IMAGE, 9, 15, "a.png")  # nothing of the sentence is behind it
    assert places(make, say, "See the sea now", ends, pictures=(picture,)) == [(0, 0, 3), (1, 4, 3), (2, 8, 1)]
    over = Mark(MarkKind.IMAGE, 5, 9, "a.png")  # it covers the ends of two words
    assert places(make, say, "See the sea now", over, pictures=(picture,)) == [
        (0, 0, 3),
        (1, 4, 1),
        (2, 5, 2),
        (3, 8, 3),
    ]


def test_the_marks_of_a_quotation_that_is_parted_count(make: Make, say: Say) -> None:
    text = "He said it. Then he left."
    block = Paragraph(id="b0001", content=Inline(text, (Mark(MarkKind.QUOTATION, 3, 16),)))
    edition = make((say(text[:11]),), (say(text[12:], start=12),), blocks=(block,))
    found = transcript(Galley(edition), table="Table")
    body = "".join(found.body)
    assert "He “said it.</span>" in body
    assert "Then” he left." in body
    first, second = (list(found.places(cue)) for cue in edition.timeline.cues)
    assert first[:2] == [(0, 0, 2), (1, 4, 4)]
    assert second[:2] == [(0, 0, 4), (1, 6, 2)]


@given(st.text(st.sampled_from("a\U0001f600é \n"), max_size=40), st.data())
def test_every_word_stands_where_it_is_said_to(make: Make, say: Say, text: str, data: st.DataObject) -> None:
    text = " ".join(text.split(" ")).strip() or "a"
    start = data.draw(st.integers(0, len(text)))
    mark = Mark(MarkKind.EMPHASIS, start, data.draw(st.integers(start, len(text))))
    shown = text.replace("\n", "").encode("utf-16-le")
    block = Paragraph(id="b0001", content=Inline(text, (mark,)))
    edition = make((say(text),), blocks=(block,))
    (cue,) = edition.timeline.cues
    words = cue.words or ()
    found = list(transcript(Galley(edition), table="Table").places(cue))
    assert [words[number].printed for number, _, _ in found] == [
        shown[2 * at : 2 * (at + length)].decode("utf-16-le") for _, at, length in found
    ]
    assert len(found) == len(words)


def test_units_are_those_of_utf_16() -> None:
    assert [units(text) for text in ("", "abc", "é—", "a\U0001f600", "\ud800")] == [0, 3, 2, 3, 1]
