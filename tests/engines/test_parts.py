"""Texts for services that take plain words, in parts of what they take at once; options that come as text."""

from typing import Any

import numpy as np
import pytest

from earmark.engines import parts
from earmark.engines.openai import answer as openai_answer
from earmark.engines.options import own, prices, typed
from earmark.errors import RetryLater, SynthesisError
from earmark.narration.script import Phonemes, Text

Sounds = Any


def test_sounds_without_an_alias_are_refused_and_others_are_said() -> None:
    assert parts.plain((Text("A "), Phonemes("wɪn", "win"), Text("\x00 b")), engine="x") == "A win b"
    with pytest.raises(SynthesisError, match="it takes no phonemes, and /wɪn/ has no alias"):
        parts.plain((Phonemes("wɪn"),), engine="x")


def test_a_text_without_a_place_to_cut_is_cut_anywhere() -> None:
    assert list(parts.split("a" * 25, 10)) == ["a" * 10, "a" * 10, "a" * 5]
    assert list(parts.split("One two. Three, four", 10)) == ["One two.", "Three,", "four"]


@pytest.mark.parametrize(("rate", "seconds"), [(22_050, 4_000), (4_000, 1)], ids=["hours", "a rate that is none"])
def test_what_a_codec_claims_is_held_to_what_was_asked(rate: int, seconds: int, sounds: Sounds) -> None:
    content = sounds.coded(np.zeros(rate * seconds, dtype=np.int16), "flac", rate)
    with pytest.raises((SynthesisError, RetryLater)):
        openai_answer.decode(content, "One word.")


def test_options_that_come_as_text() -> None:
    assert typed("openai", "voices", '["a:en", "b"]') == ("a:en", "b")
    assert typed("openai", "voices", "[") == "["
    assert typed("openai", "nonsense", "1") == "1"
    assert typed("openai", "format", "mp3") == "mp3"
    assert (typed("piper", "length_scale", "1.5"), typed("piper", "length_scale", "slow")) == (1.5, "slow")
    assert own({"price_per_minute": 1, "seconds": 2}) == {"seconds": 2}
    assert prices("x", {"seconds": 2}) is None
