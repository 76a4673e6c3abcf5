"""Engine words come back as printed ones."""

from earmark.audio.clip import SpokenWord
from earmark.narration.script import Aligned, Span, Text, Utterance
from earmark.timeline.wordmarks import word_marks


def utterance(
    printed: str, said: str, alignment: tuple[Aligned, ...], spans: tuple[Span, ...], *, added: bool = False
) -> Utterance:
    return Utterance(
        id="u",
        block="b",
        spans=spans,
        printed=printed,
        said=(Text(said),),
        language="en",
        alignment=alignment,
        added=added,
    )


def spoken(said: str, step: int = 100) -> list[SpokenWord]:
    """Give each word of `said` `step` samples."""
    words, at = [], 0
    for number, word in enumerate(said.split(" ")):
        words.append(SpokenWord(at, at + len(word), number * step, (number + 1) * step))
        at += len(word) + 1
    return words


def text(start: int, end: int, field: str = "text") -> Span:
    return Span(field, start, end)


def found(piece: Utterance, words: list[SpokenWord], length: int = 10_000) -> list[tuple[str, int, int, int, int]]:
    marks = word_marks(piece, words, start=1000, length=length)
    return [(mark.printed, mark.span.start, mark.span.end, mark.start, mark.end) for mark in marks]


def test_what_is_said_as_printed_maps_letter_by_letter() -> None:
    piece = utterance(
        "Rain fell, again.", "Rain fell, again.", (Aligned(0, 17, text(40, 57), exact=True),), (text(40, 57),)
    )
    assert found(piece, spoken("Rain fell, again.")) == [
        ("Rain", 40, 44, 1000, 1100),
        ("fell,", 45, 50, 1100, 1200),
        ("again.", 51, 57, 1200, 1300),
    ]


def test_all_words_of_a_rewriting_are_one_mark() -> None:
    said = "costs three point five million pounds now"
    alignment = (
        Aligned(0, 6, text(0, 6), exact=True),
        Aligned(6, 37, text(6, 11), exact=False),
        Aligned(37, 41, text(11, 15), exact=True),
    )
    piece = utterance("costs £3.5m now", said, alignment, (text(0, 15),))
    assert found(piece, spoken(said)) == [
        ("costs", 0, 5, 1000, 1100),
        ("£3.5m", 6, 11, 1100, 1600),
        ("now", 12, 15, 1600, 1700),
    ]


def test_a_word_over_several_pieces_takes_them_all() -> None:
    alignment = (Aligned(0, 2, text(0, 2), exact=True), Aligned(2, 6, text(2, 3), exact=False))
    piece = utterance("CO2", "COtwo!", alignment, (text(0, 3),))
    assert found(piece, [SpokenWord(0, 6, 0, 50)]) == [("CO2", 0, 3, 1000, 1050)]


def test_several_spans_are_joined_as_they_stand() -> None:
    spans = (text(0, 4), text(9, 13), Span("alt", 0, 3))
    alignment = (
        Aligned(0, 4, text(0, 4), exact=True),
        Aligned(5, 9, text(9, 13), exact=True),
        Aligned(10, 13, Span("alt", 0, 3), exact=True),
    )
    piece = utterance("overherenow", "over here now", alignment, spans)
    words = [SpokenWord(0, 9, 0, 10), SpokenWord(10, 13, 10, 20)]
    assert found(piece, words) == [("overhere", 0, 13, 1000, 1010), ("now", 0, 3, 1010, 1020)]


def test_what_earmark_added_or_disagrees_has_no_marks() -> None:
    alignment = (Aligned(0, 4, text(0, 4), exact=True),)
    assert found(utterance("Rain", "Rain", alignment, (text(0, 4),), added=True), spoken("Rain")) == []
    assert found(utterance("Rain!", "Rain", alignment, (text(0, 4),)), spoken("Rain")) == []
    assert found(utterance("", "Rain", (), ()), spoken("Rain")) == []
    outside = (Aligned(0, 4, text(50, 54), exact=True),)
    assert found(utterance("Rain", "Rain", outside, (text(0, 4),)), spoken("Rain")) == []
    strange = (Aligned(0, 4, Span("alt", 0, 4), exact=True),)
    assert found(utterance("Rain", "Rain", strange, (text(0, 4),)), spoken("Rain")) == []


def test_marks_stay_in_order_and_in_the_clip() -> None:
    said = "a b c d"
    piece = utterance(said, said, (Aligned(0, 7, text(0, 7), exact=True),), (text(0, 7),))
    words = [
        SpokenWord(0, 1, -50, 120),
        SpokenWord(4, 5, 200, 300),
        SpokenWord(2, 3, 100, 210),
        SpokenWord(6, 7, 300, 900),
    ]
    assert found(piece, words, length=250) == [
        ("a", 0, 1, 1000, 1120),
        ("b", 2, 3, 1120, 1210),
        ("c", 4, 5, 1210, 1250),
    ]


def test_a_mark_is_known_as_its_weakest_part() -> None:
    piece = utterance("1980", "nineteen eighty", (Aligned(0, 15, text(0, 4), exact=False),), (text(0, 4),))
    words = [SpokenWord(0, 8, 0, 10), SpokenWord(9, 15, 10, 20, "aligned")]
    (mark,) = word_marks(piece, words, start=0, length=100)
    assert (mark.printed, mark.start, mark.end, mark.source) == ("1980", 0, 20, "aligned")


def test_white_space_is_no_word() -> None:
    piece = utterance("a  b", "a  b", (Aligned(0, 4, text(0, 4), exact=True),), (text(0, 4),))
    assert found(piece, [SpokenWord(1, 3, 0, 10)]) == []


def test_an_engine_may_go_back_a_word_and_skip_what_was_never_printed() -> None:
    alignment = (Aligned(0, 4, text(0, 4), exact=True), Aligned(10, 14, text(5, 9), exact=True))
    piece = utterance("Rain fell", "Rain then fell", alignment, (text(0, 9),))
    words = [SpokenWord(10, 14, 0, 10), SpokenWord(0, 4, 10, 20), SpokenWord(5, 9, 20, 30), SpokenWord(0, 4, 40, 40)]
    assert found(piece, words) == [("fell", 5, 9, 1000, 1010), ("Rain", 0, 4, 1010, 1040)]


def test_a_word_without_length_has_no_mark() -> None:
    piece = utterance("a b", "a b", (Aligned(0, 3, text(0, 3), exact=True),), (text(0, 3),))
    assert found(piece, [SpokenWord(0, 1, 5, 5), SpokenWord(2, 3, 5, 9)]) == [("b", 2, 3, 1005, 1009)]
