"""What is packed is what was put in: a long article goes the way of a short one."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark.packed import LONG, Again, Gathered, Packed, PackedTable, Through, growing, row, table

NUMBERS = tuple(range(1_003))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 700), st.integers(0, 700), st.slices(700))
def test_a_row_is_what_a_tuple_would_be(length: int, index: int, wanted: slice) -> None:
    plain = NUMBERS[:length]
    packed = Packed(iter(plain))
    assert tuple(packed) == plain
    assert packed == plain
    assert hash(packed) == hash(plain)
    assert tuple(reversed(packed)) == plain[::-1]
    assert tuple(packed[wanted]) == plain[wanted]
    if index < length:
        assert (packed[index], packed[-index - 1]) == (plain[index], plain[-index - 1])
    else:
        with pytest.raises(IndexError):
            packed[index]


def test_only_what_is_long_is_packed() -> None:
    short, long = row(range(LONG)), row(range(LONG + 1))
    assert isinstance(short, tuple)
    assert isinstance(long, Packed)
    assert (len(long), long[LONG]) == (LONG + 1, LONG)
    assert long != short
    assert long != 1
    assert "packed" in repr(long)
    for count in (LONG, LONG + 1, LONG + 2):
        found = table((str(number), number) for number in range(count))
        assert isinstance(found, dict) == (count <= LONG)
        assert list(found.items()) == [(str(number), number) for number in range(count)]
    assert isinstance(growing(LONG), dict)


@pytest.mark.parametrize("each", [1, 64])
def test_a_table_is_what_a_dictionary_would_be(each: int) -> None:
    packed, plain = PackedTable[str, int](each=each), dict[str, int]()
    for number in (*range(200), 3, 70, 199):
        packed[str(number)] = plain[str(number)] = number * len(plain)
    assert packed == plain
    assert [packed[key] for key in reversed(plain)] == list(plain.values())[::-1]
    assert ("7" in packed, "x" in packed, len(packed)) == (True, False, 200)
    with pytest.raises(KeyError):
        packed["x"]
    with pytest.raises(TypeError):
        del packed["7"]


def test_a_table_through_another_shows_what_leads_to_something() -> None:
    found: Mapping[str, int] = Through({"a": "x", "b": "y", "c": "x"}, {"x": 1})
    assert (dict(found), len(found), "b" in found, "d" in found) == ({"a": 1, "c": 1}, 2, False, False)


def test_what_is_gathered_may_be_changed_at_its_beginning() -> None:
    gathered = Gathered[int]()
    for number in range(LONG + 600):
        gathered.append(number)
    gathered[5] = -5
    expected = [*range(5), -5, *range(6, LONG + 600)]
    assert (list(gathered), list(gathered.done()), len(gathered)) == (expected, expected, len(expected))
    assert (gathered[5], gathered[:3]) == (-5, [0, 1, 2])


def test_again_is_made_anew() -> None:
    made = Again(lambda: iter("ab"))
    assert (list(made), list(made)) == (["a", "b"], ["a", "b"])


def test_a_page_is_the_same_whether_it_is_held_back_or_not() -> None:
    jinja2 = pytest.importorskip("jinja2")
    from earmark.writers.page.streams import Lines, Streams  # noqa: PLC0415 (beside the template engine)

    value = {
        "words": Again(lambda: iter([[1, 2], None, *([number] for number in range(2_100))])),
        "ids": Again(lambda: iter(())),
        "said": {1: "<b>'&"},
        "one": {"transcript": Lines(lambda: iter(["It’s <dark>", "“&”"])), "none": Lines(lambda: iter(()))},
    }
    template = jinja2.Environment(autoescape=True).from_string(
        "<p>{{ body }}</p><script>{{ data|tojson }}</script>{{ title }}"
    )
    pages = []
    for hold in (False, True):
        streams = Streams(hold=hold)
        body = jinja2.filters.Markup(streams.markup(("<b>ä", "</b>")))
        page = template.render(body=body, data=streams.data(value), title="\ud800<")
        pages.append(b"".join(streams.filled(page)))
    assert pages[0] == pages[1]
    data = json.loads(pages[0].partition(b"<script>")[2].partition(b"</script>")[0])
    assert len(data["words"]) == 2_102
