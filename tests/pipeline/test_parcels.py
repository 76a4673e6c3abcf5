"""A desk's answer comes whole through the pipe, in parcels, or not at all."""

import pickle
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.parcels import EACH, NoAnswer, packed, unpacked
from earmark.settings import Settings

FAILURE = ("it is too long", 3, "Make it shorter.", "too-long")


@pytest.fixture(scope="module")
def long() -> Composed:
    """Return an article of more sentences than a parcel has room for."""
    text = "# One\n\n" + "It rained. " * (EACH // 2 + 7)
    return compose(Source(name="a.md", data=text.encode(), settings=Settings(), paces={"": 170}))


def test_a_long_article_comes_in_several_parcels_and_is_the_same(long: Composed) -> None:
    parcels = list(packed(long))
    assert len(parcels) == 1 + 1 + -(-len(long.script.items) // EACH)
    assert len(parcels) > 3
    assert unpacked(iter(parcels)) == long
    assert unpacked(packed(replace(long, unvoiced=long.script))) == replace(long, unvoiced=long.script)


def test_what_went_wrong_takes_the_place_of_any_parcel(long: Composed) -> None:
    assert unpacked(packed(FAILURE)) == FAILURE
    before = list(packed(long))[:3]
    assert unpacked(iter([*before, *packed(FAILURE)])) == FAILURE


def test_an_answer_without_its_end_is_none(long: Composed) -> None:
    with pytest.raises(StopIteration):
        unpacked(iter(list(packed(long))[:-1]))


@pytest.mark.parametrize("parcel", [[], None, (), [1]])
def test_a_parcel_that_is_none_is_no_answer(long: Composed, parcel: object) -> None:
    first = next(packed(long))

    def parcels() -> Iterator[bytes]:
        yield first
        while True:
            yield pickle.dumps(parcel)

    if parcel == [1]:  # as long as it says: what is in it, whoever takes it finds out
        assert unpacked(parcels()).article.blocks[0] == 1  # type: ignore[union-attr]
        return
    with pytest.raises(NoAnswer):
        unpacked(parcels())


@pytest.mark.parametrize("first", [(), (1, 2), ("a", "b", "c", "d"), "text", (FAILURE, [1])])
def test_a_first_parcel_that_is_none_is_no_answer(first: object) -> None:
    with pytest.raises(NoAnswer):
        unpacked(iter([pickle.dumps(first)]))
