import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.writers.printable import lines, one_line, short_line

anything = st.text(st.characters())  # with lone surrogates


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\0b", "a b"),
        (" a \t\r\n b ", "a b"),
        ("a\u2028b\x85c", "a b c"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("\u2067abc", "abc"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("10\u00a0000 co\u00adop", "10\u00a0000 co\u00adop"),
        ("שלום\u200f!", "שלום\u200f!"),
    ],
)
def test_what_stays_and_what_goes(given_text: str, expected: str) -> None:
    assert one_line(given_text) == expected


@given(anything)
def test_one_clean_line_that_cleaning_leaves_alone(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in line)
    line.encode("utf-8")


@given(anything)
def test_lines_are_never_blank(text: str) -> None:
    assert all(line.strip() and "\n" not in line for line in lines(text))


def test_a_forced_line_break_stays() -> None:
    assert lines("The sea\n\n \nand the sky") == ("The sea", "and the sky")


@given(anything, st.integers(2, 40))
def test_short_lines_are_short(text: str, most: int) -> None:
    assert len(short_line(text, most)) <= most


def test_a_long_title_is_cut_at_a_word() -> None:
    assert short_line("The keeper of the light at Corran Head", 20) == "The keeper of the…"
    assert short_line("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"


def test_an_accent_is_not_cut_from_its_letter() -> None:
    assert short_line("abcde\u0301f", 6) == "abcd…"


def test_twenty_megabytes_of_title() -> None:
    title = "word " * 4_000_000
    assert short_line(title, 200) == ("word " * 40)[:199].rstrip() + "…"
    assert short_line("\0" * 20_000_000, 200) == ""
