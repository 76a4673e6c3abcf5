"""The drawn cover: a picture that directories take, readable, the same each time, and never in boxes."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from earmark.library.inputs.headers import faults
from earmark.writers.cover import COLOURS, SIDE, draw
from earmark.writers.cover.fitting import Room, fit, initials, shown

ROOM = Room(1000, 400, (200, 100, 50), 1.0)


def has_glyph(character: str) -> bool:
    return character.isascii() or character in "é…"


def width(line: str, size: int) -> float:
    return len(line) * size * 0.5


def luminance(colour: tuple[int, ...]) -> float:
    """As WCAG 2.2 defines it."""
    bands = [value / 255 for value in colour]
    linear = [band / 12.92 if band <= 0.04045 else ((band + 0.055) / 1.055) ** 2.4 for band in bands]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def whites(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    histogram = image.crop(box).convert("L").histogram()
    return sum(histogram[250:])


@pytest.mark.parametrize("colour", COLOURS)
def test_white_stands_out_from_every_ground(colour: tuple[int, int, int]) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 7


def test_a_cover_is_what_directories_take_and_the_same_each_time() -> None:
    data = draw("The Lighthouse Keeper's Ledger", "The Review")
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (SIDE, SIDE))
    assert not list(faults(data, "image/png"))
    assert data == draw("The Lighthouse Keeper's Ledger", "The Review")
    assert data != draw("The Lighthouse Keeper's Ledge", "The Review")
    assert image.getpixel((0, 0)) in COLOURS
    assert image.getpixel((0, 0)) == opened(draw("Another", "The Review")).getpixel((0, 0)), (
        "a publication has its colour"
    )


def test_title_and_publication_are_inside_the_margins() -> None:
    image = opened(draw("Wavy Mountains " * 6, "The Review"))
    assert whites(image, (120, 100, 1290, 1000)) > 20_000
    assert whites(image, (120, 1300, 1290, 1400)) > 1_000
    for edge in ((0, 0, 100, SIDE), (SIDE - 100, 0, SIDE, SIDE), (0, 0, SIDE, 100)):
        assert not whites(image, edge)


@pytest.mark.parametrize("title", ["新聞の話", "قصة", "שלום", "हिन्दी", "Ledger 新聞"])
def test_letters_that_the_font_has_not_are_no_boxes_but_the_publications_initials(title: str) -> None:
    image = opened(draw(title, "The Skerry Review"))
    assert whites(image, (120, 100, 1290, 1000)) > 50_000
    bare = opened(draw(title, ""))
    assert not whites(bare, (0, 0, SIDE, SIDE)), "without a publication the ground alone"


@pytest.mark.parametrize(
    "title", ["Łódź & Kraków", "Ξένος στην Αθήνα", "Москва слезам не верит", "Việt Nam", "Հայաստան"]
)
def test_scripts_that_the_font_has_are_drawn(title: str) -> None:
    assert whites(opened(draw(title, "")), (120, 100, 1290, 1000)) > 5_000


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_title_is_drawn(title: str, publication: str) -> None:
    assert opened(draw(title, publication)).size == (SIDE, SIDE)


def test_twenty_megabytes_of_title_cost_no_more_than_a_line() -> None:
    assert opened(draw("ledger " * 3_000_000, "The Review")).size == (SIDE, SIDE)


def test_words_are_broken_into_lines_of_the_largest_size_that_fits() -> None:
    assert fit("one two", ROOM, width).lines == ("one two",)
    assert fit("one two", ROOM, width).size == 200
    found = fit("lighthouse keepers ledger and more", ROOM, width)
    assert (found.size, found.lines) == (100, ("lighthouse keepers", "ledger and more"))


def test_what_fits_in_no_size_is_cut() -> None:
    found = fit("word " * 200 + "end", ROOM, width)
    assert found.size == 50
    assert len(found.lines) == 8
    assert found.lines[-1].endswith("…")
    long = fit("x" * 100, ROOM, width)
    assert long.lines == ("x" * 40, "x" * 40, "x" * 20)


def test_signs_without_a_glyph_are_left_out_and_letters_are_not() -> None:
    assert shown("Party 🎉 at\u2028nine\t!", has_glyph) == "Party at nine !"
    assert shown("Party в nine", has_glyph) == ""
    assert shown("cafe\u0301", has_glyph) == "café"
    cut = shown("word " * 100, has_glyph)
    assert cut.endswith("word…")
    assert len(cut) <= 140
    assert len(shown("x" * 1000, has_glyph)) == 140


def test_initials_are_of_words() -> None:
    assert initials("the skerry review of books", has_glyph) == "TSR"
    assert initials("Журнал", has_glyph) == ""
    assert initials("…", has_glyph) == ""
