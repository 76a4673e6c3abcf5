from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.spoken.sentences import clauses, split

LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").split("\n")
CASES = [line for line in LINES if line and not line.startswith("# ")]


@pytest.mark.parametrize("line", CASES)
def test_ends(line: str) -> None:
    language, colon, rest = line.partition(": ")
    if not colon or len(language) != 2:
        language, rest = "en", line
    separator = "" if language == "ja" else " "
    parts = rest.split(" | ")
    text = separator.join(parts)
    assert [text[start:end] for start, end in split(text, language)] == parts


def test_missing_space_ends_a_sentence_after_a_word() -> None:
    text = "said Mr Smith.It was late. one.Two"
    assert [text[a:b] for a, b in split(text, "en")] == ["said Mr Smith.", "It was late. one.", "Two"]


def test_forced_line_breaks() -> None:
    assert len(split("One line\nAnother line", "en")) == 2
    assert len(split("one, and\nanother, and\nmore", "en")) == 1
    assert len(split("ends with a comma,\nThen goes on", "en")) == 1
    assert len(split("\nText", "en")) == 1


def test_nothing_ends_inside_what_is_protected() -> None:
    text = "Use ab. B to go. Then stop."
    assert len(split(text, "en")) == 3
    assert len(split(text, "en", protected=((4, 9),))) == 2
    assert len(split(text, "en", protected=((0, 2), (4, 9), (21, 23)))) == 2


def test_other_scripts() -> None:
    assert len(split("یہ کیا ہے؟ کچھ نہیں۔ ٹھیک", "ur")) == 3
    assert len(split("Mr. Foo came. He left.", "eo")) == 2


def test_clauses_keep_to_the_limit() -> None:
    text = "One, two and three; four five six: seven — eight nine ten"
    spans = clauses(text, 20)
    assert [text[a:b] for a, b in spans] == ["One, two and three;", "four five six:", "seven —", "eight nine ten"]
    assert clauses("x" * 25, 10) == ((0, 10), (10, 20), (20, 25))
    assert clauses("", 10) == ()


TEXT = st.text(alphabet=st.sampled_from('aB1 .!?…"”’)[]¹,;:\n—Mrí。'), max_size=80)


@given(TEXT, st.sampled_from(["en", "de", "fr", "ja"]))
def test_spans_cover_every_character_but_white_space(text: str, language: str) -> None:
    for spans in (split(text, language), clauses(text, 12)):
        last = 0
        for start, end in spans:
            assert last <= start < end
            assert not text[last:start].strip()
            assert text[start:end] == text[start:end].strip()
            last = end
        assert not text[last:].strip()


@given(TEXT)
def test_clauses_fit(text: str) -> None:
    assert all(end - start <= 12 for start, end in clauses(text, 12))
