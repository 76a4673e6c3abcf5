"""Trimming, plausibility and resampling of single clips."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from earmark.audio.clip import Clip, SpokenWord
from earmark.audio.plausible import implausible
from earmark.audio.resample import at_rate
from earmark.audio.trim import trim

Voice = Callable[..., NDArray[np.int16]]

RATE = 22_050


def padded(samples: NDArray[np.int16], before: int, after: int) -> NDArray[np.int16]:
    return np.concatenate([np.zeros(before, np.int16), samples, np.zeros(after, np.int16)])


def test_silence_goes_and_words_move_along(voice: Voice) -> None:
    spoken = voice(1.0)
    words = (SpokenWord(0, 3, 4000, 12_000), SpokenWord(4, 8, 12_000, 40_000), SpokenWord(9, 10, 60_000, 61_000))
    clip = Clip(padded(spoken, 5000, 9000), RATE, words)
    trimmed = trim(clip)
    start = 5000 - (len(clip.samples) - len(trimmed.samples) - (9000 - 5000)) // 2
    assert len(spoken) <= len(trimmed.samples) + 60 <= len(spoken) + 900
    assert trimmed.words is not None
    shift = trimmed.words[1].start
    assert 12_000 - 5000 <= shift <= 12_000 - 4700
    assert trimmed.words[0].start == 0
    assert trimmed.words[1].end == len(trimmed.samples)
    assert (trimmed.words[2].start, trimmed.words[2].end) == (len(trimmed.samples),) * 2
    assert start > 0
    again = trim(trimmed)
    assert len(again.samples) == len(trimmed.samples)


def test_soft_consonants_are_kept() -> None:
    at = np.arange(RATE // 2) / RATE
    vowel = (np.sin(2 * np.pi * 150 * at) * 20_000).astype(np.int16)
    hiss = (np.random.default_rng(1).standard_normal(2000) * 130).astype(np.int16)  # 44 dB below: the end of an f
    trimmed = trim(Clip(padded(np.concatenate([hiss, vowel, hiss]), 3000, 3000), RATE))
    assert len(trimmed.samples) >= len(vowel) + 2 * len(hiss) - 100
    assert len(trimmed.samples) <= len(vowel) + 2 * len(hiss) + 700


@pytest.mark.parametrize("count", [0, 1, 30, 20_000])
def test_a_clip_without_sound_keeps_a_few_milliseconds(count: int) -> None:
    trimmed = trim(Clip(np.zeros(count, np.int16), RATE))
    assert len(trimmed.samples) == min(count, 529)
    assert trimmed.words is None


def test_a_clip_without_silence_stays_as_it_is() -> None:
    clip = Clip(np.full(4000, 900, np.int16), RATE)
    assert trim(clip) is clip


@pytest.mark.parametrize(
    ("seconds", "text", "reason"),
    [
        (2.0, "The council said it would.", None),
        (0.2, "No.", None),
        (0.05, "The council said on Tuesday that it would fund the repairs.", "too short"),
        (60.0, "No.", "too long"),
        (4.0, "7", None),
        (6.0, "1989", None),
    ],
)
def test_length_for_its_text(voice: Voice, seconds: float, text: str, reason: str | None) -> None:
    found = implausible(Clip(voice(seconds), RATE), text)
    assert found is None if reason is None else reason in (found or "")


def test_a_faster_voice_may_be_shorter(voice: Voice) -> None:
    text = "The council said on Tuesday that it would fund the repairs."
    clip = Clip(voice(0.5), RATE)
    assert implausible(clip, text) is not None
    assert implausible(clip, text, rate=3.0) is None


def test_silent_empty_and_distorted_clips_are_refused(voice: Voice) -> None:
    assert implausible(Clip(np.zeros(RATE, np.int16), RATE), "Yes.") == "it is silent"
    assert implausible(Clip(np.zeros(0, np.int16), RATE), "Yes.") == "it is empty"
    broken = np.clip(voice(1.0).astype(np.int32) * 40, -32768, 32767).astype(np.int16)
    assert "distorted" in (implausible(Clip(broken, RATE), "Yes, indeed.") or "")
    assert implausible(Clip(np.zeros(0, np.int16), RATE), "…") is None


@pytest.mark.parametrize(("rate", "wanted"), [(24_000, 22_050), (22_050, 48_000), (16_000, 44_100)])
def test_resampling_keeps_length_pitch_and_words(rate: int, wanted: int) -> None:
    at = np.arange(rate) / rate
    clip = Clip((np.sin(2 * np.pi * 440 * at) * 16_000).astype(np.int16), rate, (SpokenWord(0, 2, rate // 2, rate),))
    made = at_rate(clip, wanted)
    assert (made.sample_rate, len(made.samples)) == (wanted, wanted)
    assert made.words == (SpokenWord(0, 2, wanted // 2, wanted),)
    expected = np.sin(2 * np.pi * 440 * np.arange(wanted) / wanted) * 16_000
    assert np.abs(made.samples - expected)[2000:-2000].max() < 16_000 * 2 * np.pi * 440 / wanted  # one sample off


def test_a_clip_at_the_rate_is_left_alone(voice: Voice) -> None:
    clip = Clip(voice(0.1), RATE)
    assert at_rate(clip, RATE).samples is clip.samples
    assert at_rate(Clip(np.zeros(0, np.int16), 8000), RATE).sample_rate == RATE
