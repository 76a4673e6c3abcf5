"""Words are found in other voices by laying espeak along them; where that is not sure, there are none."""

from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace

from earmark import engines
from earmark.audio.clip import Clip
from earmark.audio.follow import follow
from earmark.audio.likeness import likeness
from earmark.audio.trim import trim
from earmark.audio.warping import warped
from earmark.engines.base import Engine, Request
from earmark.narration.script import Text

TEXT = "The harbour master remembered {}, although the rain had not stopped before breakfast."
WHATS = ("a letter from 1937", "every boat", "two broken windows", "the old lighthouse", "Anna’s timetable")
MANNERS = (("en+f3", 0.8, 1.25), ("en-us", 1.3, 0.8), ("en+m3", 1.0, 1.5), ("en+whisper", 1.15, 1.0))


@pytest.fixture(scope="module")
def espeak() -> Iterator[Engine]:
    engine = engines.load("espeak", options={}, workers=1)
    yield engine
    engine.close()


def said(engine: Engine, text: str, voice: str = "en", rate: float = 1.0, pitch: float = 1.0) -> Clip:
    return engine.speak(Request(said=(Text(text),), language="en", voice=voice, rate=rate, pitch=pitch))


def test_nine_words_in_ten_are_within_80_ms_in_other_voices_rates_and_pitches(espeak: Engine) -> None:
    near = count = 0
    for what in WHATS:
        text = TEXT.format(what)
        reference = said(espeak, text)
        for voice, rate, pitch in MANNERS:
            clip = trim(said(espeak, text, voice, rate, pitch))
            words = follow(replace(clip, words=None), reference) or ()
            assert all(word.source == "aligned" for word in words)
            found = {word.text_start: word.start for word in words}
            known = {word.text_start: word.start for word in clip.words or ()}
            count += len(known)
            near += sum(abs(found[at] - start) <= 0.08 * clip.sample_rate for at, start in known.items() if at in found)
    assert count > 200
    assert near >= 0.9 * count


def test_noise_and_other_lengths_have_no_words(espeak: Engine) -> None:
    reference = said(espeak, TEXT.format("every boat"))
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 3000, len(reference.samples)).astype(np.int16)
    assert follow(Clip(noise, reference.sample_rate), reference) is None
    assert follow(Clip(noise[:4000], reference.sample_rate), reference) is None
    assert follow(Clip(noise, reference.sample_rate), replace(reference, words=None)) is None


def test_other_words_that_take_as_long_have_no_times(espeak: Engine) -> None:
    clip = trim(said(espeak, TEXT.format("every boat"), "en-us", 1.15, 0.8))
    others = (
        "Nobody in the village could say who had paid for the new organ, or why it was never once played.",
        "Prices of oil fell for a fourth week running, as traders in London bet upon a mild winter to come.",
    )
    assert follow(replace(clip, words=None), said(espeak, TEXT.format("every boat")))
    assert [follow(replace(clip, words=None), said(espeak, other)) for other in others] == [None, None]


def test_nothing_is_like_nothing() -> None:
    nothing = likeness(np.zeros(0, np.int16), 8000)
    assert len(nothing) == 0
    assert warped(nothing, nothing) is None


def test_a_way_that_would_leap_is_none() -> None:
    short, long = np.zeros((2, 3), np.float32), np.zeros((90, 3), np.float32)
    assert warped(short, long) is None
