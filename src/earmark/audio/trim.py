"""Trims the silence that engines leave at both ends, so that a pause lasts what it says."""

import numpy as np
from msgspec.structs import replace

from earmark.audio.clip import Clip, SpokenWord

_BELOW_DB = -50.0  # of the clip's own loud parts; the release of an f or an s ends around -40
_BIN_S = 0.002
_GUARD_BEFORE_S = 0.008  # what is kept around the first and the last sound: an h, a t's release
_GUARD_AFTER_S = 0.016
_LOUD = 95  # percentile that stands for the clip's level: one click must not raise the threshold
_FLOOR = 2.0  # of int16: the last bit toggling is silence


def trim(clip: Clip) -> Clip:
    """Return `clip` from its first to its last sound, with its words moved along and kept inside.

    A clip without any sound keeps a few milliseconds, so that it still has a place.
    """
    start, end = _sounding(clip)
    if start == 0 and end == len(clip.samples):
        return clip
    words = None if clip.words is None else tuple(_moved(word, start, end) for word in clip.words)
    return replace(clip, samples=clip.samples[start:end], words=words)


def _sounding(clip: Clip) -> tuple[int, int]:
    samples, rate = clip.samples, clip.sample_rate
    before, after = round(_GUARD_BEFORE_S * rate), round(_GUARD_AFTER_S * rate)
    size = max(1, round(_BIN_S * rate))
    if len(samples) <= size:
        return 0, len(samples)
    edges = np.arange(0, len(samples), size)
    peaks = np.maximum(
        np.maximum.reduceat(samples, edges).astype(np.int32), -np.minimum.reduceat(samples, edges).astype(np.int32)
    )
    threshold = max(_FLOOR, float(np.percentile(peaks, _LOUD)) * 10 ** (_BELOW_DB / 20))
    loud = np.flatnonzero(peaks > threshold)
    if not len(loud):
        return 0, min(len(samples), before + after)
    return max(0, int(loud[0]) * size - before), min(len(samples), (int(loud[-1]) + 1) * size + after)


def _moved(word: SpokenWord, start: int, end: int) -> SpokenWord:
    low = min(max(word.start, start), end)
    return replace(word, start=low - start, end=max(low, min(word.end, end)) - start)
