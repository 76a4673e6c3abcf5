from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from earmark.writers.axis import milliseconds, seconds, stamp, stretch

rates = st.sampled_from((8_000, 22_050, 24_000, 44_100, 48_000))
positions = st.integers(0, 10**12)


def test_the_nearest_millisecond_halves_up() -> None:
    assert milliseconds(0, 22_050) == 0
    assert milliseconds(22_050, 22_050) == 1000
    assert milliseconds(12, 24_000) == 1  # exactly half a millisecond
    assert milliseconds(11, 24_000) == 0


@given(positions, rates)
def test_rounding_is_exact_and_all_formats_share_it(position: int, rate: int) -> None:
    exact = Fraction(position * 1000, rate)
    assert abs(milliseconds(position, rate) - exact) <= Fraction(1, 2)
    assert round(seconds(position, rate) * 1000) == milliseconds(position, rate)


@given(st.lists(positions, min_size=2), rates)
def test_order_is_kept(found: list[int], rate: int) -> None:
    rounded = [milliseconds(position, rate) for position in sorted(found)]
    assert rounded == sorted(rounded)


def test_a_stretch_never_ends_where_it_starts() -> None:
    assert stretch(22_050, 22_051, 22_050) == (1000, 1001)
    assert stretch(0, 22_050, 22_050) == (0, 1000)


def test_stamps_of_each_format() -> None:
    assert stamp(0, ".") == "00:00:00.000"
    assert stamp(3_723_004, ",") == "01:02:03,004"
    assert stamp(360_000_000, ".") == "100:00:00.000"
