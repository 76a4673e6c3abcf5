"""IPA as espeak's mnemonics, and how said text is cut and mapped back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.audio.clip import SpokenWord
from earmark.engines.espeak.phonemes import mnemonics, nearest
from earmark.engines.espeak.text import LONGEST_RUN, Prepared, prepare, split, words
from earmark.errors import SynthesisError
from earmark.narration.script import Phonemes, Text


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("ˈteɪlə", "t|'eI|l|@"),
        ("hə.ˈləʊ", "h|@|l|'oU"),
        ("ˌʌndəˈstænd", ",V|n|d|@|s|t|'a|n|d"),
        ("t͡ʃɜːt͡ʃ", "tS|3:|tS"),
        ("ɡiːs giːs", "g|i:|s g|i:|s"),
        ("ˈbʌt.n̩", "b|'V|t|@n"),
        ("nɪə", "n|i@"),
        ("faɪə", "f|aI@"),
        ("a:", None),
        ("ǃxóõ", None),
        ("", None),
        ("ˈ", None),
        (" . ", None),
    ],
)
def test_ipa_becomes_mnemonics(ipa: str, expected: str | None) -> None:
    assert mnemonics(ipa) == expected


@given(st.text(alphabet="aɪəʊˈˌtʃdʒ[]|' .", max_size=60))
def test_no_ipa_can_end_the_brackets(ipa: str) -> None:
    found = mnemonics(ipa)
    assert found is None or ("]" not in found and "[" not in found)


@given(st.lists(st.text(max_size=400) | st.just("[["), max_size=4))
def test_every_character_stands_for_one_that_is_said(texts: list[str]) -> None:
    said = tuple(Text(text) for text in texts)
    whole = "".join(texts)
    prepared = prepare((*said, Phonemes("eɪ")), "espeak")
    assert len(prepared.text) == len(prepared.origin)
    assert list(prepared.origin) == sorted(prepared.origin)
    prepared.text.encode()
    for character, origin in zip(prepared.text, prepared.origin, strict=True):
        if not character.isspace() and character != "\u200b" and origin < len(whole):
            assert whole[origin] == character
    assert prepared.text.count("[[") == 1


@given(st.text(alphabet="abc.,/ 漢", max_size=900))
def test_no_run_is_long(text: str) -> None:
    prepared = prepare((Text(text),), "espeak")
    assert max(map(len, prepared.text.split()), default=0) <= LONGEST_RUN
    assert prepared.text.replace(" ", "") == text.replace(" ", "")


def test_a_long_run_is_broken_where_it_is_heard_least() -> None:
    prepared = prepare((Text("https://example.org/" + "path/" * 20),), "espeak")
    assert all(piece.endswith("/") for piece in prepared.text.split(" "))


def test_sounds_are_not_broken() -> None:
    prepared = prepare((Phonemes("t" * 90),), "espeak")
    assert " " not in prepared.text


@given(st.text(alphabet="ab ,.;", max_size=700), st.sampled_from([30, 100, 300]))
def test_pieces_are_the_whole(text: str, most: int) -> None:
    prepared = prepare((Text(text),), "espeak")
    pieces = list(split(prepared, most))
    assert "".join(piece.text for piece in pieces) == prepared.text
    assert tuple(at for piece in pieces for at in piece.origin) == prepared.origin
    assert all(len(piece.text) <= most for piece in pieces)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One is here now. Two, three and more of the same", "One is here now. "),
        ("One is here and now, two, three and more of the same", "One is here and now, two, "),
        ("One is here and now two three and more of the same", "One is here and now two three "),
        ("x" * 40, "x" * 30),
    ],
)
def test_pieces_end_where_speech_pauses(text: str, first: str) -> None:
    prepared = Prepared(text, tuple(range(len(text))), phonemes=False)
    assert next(split(prepared, 30)).text == first


@pytest.mark.parametrize("before", ["", "x" * 25, "word " * 5])
def test_sounds_stay_whole_in_pieces(before: str) -> None:
    text = before + "[[" + "t|" * 20 + "]] and more words after it"
    pieces = [piece.text for piece in split(Prepared(text, tuple(range(len(text))), phonemes=True), 30)]
    assert "".join(pieces) == text
    assert all(piece.count("[[") == piece.count("]]") for piece in pieces)


def test_a_word_without_a_mark_joins_the_one_before_it() -> None:
    found = words("“On the mat” — a cat", [(1, 0), (7, 50), (16, 90)], 120)
    assert found == (SpokenWord(0, 7, 0, 50), SpokenWord(8, 16, 50, 90), SpokenWord(17, 20, 90, 120))


def test_marks_that_make_no_sense_make_no_word() -> None:
    assert words("one two", [(0, 500), (90, 1)], 100) == ()
    assert words("one two", [], 100) == ()
    assert words("", [(0, 0)], 100) == ()
    assert words("one two three", [(0, 10), (4, 10), (8, 5)], 100) == (SpokenWord(0, 13, 10, 100),)


@given(
    st.text(alphabet="ab —\u00a0", max_size=60),
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-5, 1100)), max_size=30),
)
def test_words_are_in_order_whatever_the_marks(text: str, marks: list[tuple[int, int]]) -> None:
    at = heard = 0
    for word in words(text, marks, 1000):
        assert at <= word.text_start < word.text_end <= len(text)
        assert heard <= word.start < word.end <= 1000
        at, heard = word.text_end, word.end


@pytest.mark.parametrize(
    ("ipa", "near"),
    [
        ("makʁɔ̃", "makrɔn"),
        ("kœln", "kɜln"),
        ("ɡʷaˈɲo", "ɡwaˈnjo"),
        ("ç", "h"),
        ("ŋʷĩəŋ˧˥", "ŋwinəŋ"),
        ("ˈteɪlə", "ˈteɪlə"),
    ],
)
def test_sounds_that_english_lacks_are_made_as_an_english_reader_would(ipa: str, near: str) -> None:
    assert nearest(ipa) == near
    assert mnemonics(nearest(ipa)) is not None


def test_an_alias_goes_before_a_sound_that_is_only_near() -> None:
    assert prepare((Phonemes("kœln", "Cologne"),), "espeak").text == "Cologne"
    assert prepare((Phonemes("kœln"),), "espeak").text == "[[k|3:|l|n]]"
    with pytest.raises(SynthesisError, match="does not know"):
        prepare((Phonemes("ʘ"),), "espeak")
