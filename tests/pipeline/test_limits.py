"""What an article may take grows with its words, not with what only a bomb has many of."""

import pytest
from msgspec.structs import replace

from earmark.pipeline.composed import Source
from earmark.pipeline.limits import Limits, limits_of
from earmark.settings import Settings


def limits(data: bytes) -> Limits:
    return limits_of(Source(name="a.md", data=data, settings=Settings(), paces={}))


def test_a_bomb_of_any_size_gets_no_more_than_a_short_article() -> None:
    least = Limits(1.5, 120_000_000)
    for unit in ("[", "*a **a ", "> ", "<div>", "</div>", "- a\n", "1,234 ", "'s", "e\u0301", "[a](", "😀", "٣"):
        assert limits((unit * 50_000).encode()) == least, unit


@pytest.mark.parametrize(
    "text",
    [
        "It rained again, and the harbour was shut.",
        "Дождь шёл опять, и гавань была закрыта вся.",
        "<p>It rained</p> <p>again and the harbour was shut</p>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_words_are_given_time_and_memory(text: str, encoding: str) -> None:
    found = limits((f"{text}\n" * 2_500).encode(encoding))
    assert found.seconds == pytest.approx(4.7, abs=0.3)
    assert found.memory == pytest.approx(144_000_000, abs=4_000_000)


def test_three_ideographs_are_a_word() -> None:
    assert limits("港は閉まっていた。".encode() * 5_000).seconds == pytest.approx(1.5 + 13_333 / 6_000, abs=0.01)


def test_settings_say_what_is_the_least() -> None:
    reading = replace(Settings().reading, seconds=9.0, most_memory=5_000_000)
    source = Source(name="a.md", data=b"[[", settings=replace(Settings(), reading=reading), paces={})
    assert limits_of(source) == Limits(9.0, 5_000_000)
