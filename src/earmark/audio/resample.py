"""Brings a clip to the edition's sample rate, once."""

import numpy as np
from msgspec.structs import replace
from pedalboard.io import StreamResampler

from earmark.audio.clip import Clip, SpokenWord


def at_rate(clip: Clip, sample_rate: int) -> Clip:
    """Return `clip` at `sample_rate`, its words with it; the clip itself if it has that rate already."""
    if clip.sample_rate == sample_rate or not len(clip.samples):
        return replace(clip, sample_rate=sample_rate)
    length = _scaled(len(clip.samples), clip.sample_rate, sample_rate)
    resampler = StreamResampler(clip.sample_rate, sample_rate, 1)
    plain = np.multiply(clip.samples, np.float32(1 / 32768), dtype=np.float32)[None, :]
    made = np.concatenate([resampler.process(plain)[0], resampler.process(None)[0]])[:length]
    samples = np.zeros(length, np.int16)
    samples[: len(made)] = np.clip(np.rint(made * np.float32(32768)), -32768, 32767)
    words = None if clip.words is None else tuple(_at(word, clip.sample_rate, sample_rate) for word in clip.words)
    return Clip(samples, sample_rate, words)


def _at(word: SpokenWord, rate: int, wanted: int) -> SpokenWord:
    return replace(word, start=_scaled(word.start, rate, wanted), end=_scaled(word.end, rate, wanted))


def _scaled(samples: int, rate: int, wanted: int) -> int:
    return (2 * samples * wanted + rate) // (2 * rate)
