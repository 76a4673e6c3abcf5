"""Finds the words of a text in a recording of it: by their letters and by where the voice rests.

This is an estimate, good enough to cut at the pauses between sentences and no better: its times of words are
not to be published as known.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from earmark.audio.activity import Stretch, pauses

VERSION = "letters-1"  # changes when the same recording is cut otherwise
_SENTENCE_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*\Z")
_A_REST = 1.5  # how many seconds off its place a sentence may end, for each second that the voice rests there
_LONGEST_REST = 1.0  # s: longer ones mean no more
_DIGIT = 3  # letters that a digit is as long as


class Alignment(Struct, frozen=True):
    """Start and end of each word in samples, in order; `source` is "aligned" where they were heard, else "estimated"."""

    words: tuple[Stretch, ...]
    source: str


def align(words: Sequence[str], samples: NDArray[np.int16], sample_rate: int) -> Alignment:
    """Return when each of `words` is heard in mono `samples`; all of them are, and nothing else is."""
    quiet = pauses(samples, sample_rate)
    axis = _Speech(quiet, len(samples))
    weights = [1 + sum(_DIGIT if sign.isdigit() else sign.isalpha() for sign in word) for word in words]
    passed = [0, *accumulate(weights)]
    ends = [n for n, word in enumerate(words[:-1], start=1) if _SENTENCE_ENDS.search(word)]
    expected = [axis.length * passed[end] / passed[-1] for end in ends]
    inner = [pause for pause in quiet if pause[0] > 0 and pause[1] < len(samples)]
    rests = _chosen(expected, inner, axis, sample_rate)
    starts = [axis.first, *(rest[1] for rest in rests)]
    stops = [*(rest[0] for rest in rests), axis.last]
    bounds = list(pairwise([0, *ends, len(words)])) if rests else [(0, len(words))]
    found: list[Stretch] = []
    for (first, last), start, stop in zip(bounds, starts, stops, strict=True):
        low, high = axis.spoken(start), axis.spoken(stop)
        whole = passed[last] - passed[first]
        edges = [low + (high - low) * (passed[n] - passed[first]) / whole for n in range(first, last + 1)]
        places = [start, *(axis.at(edge) for edge in edges[1:-1]), stop]
        found += pairwise(places)
    return Alignment(tuple(found), "estimated")


class _Speech:
    """The time in which somebody speaks, and the way from it to the samples and back."""

    def __init__(self, quiet: Sequence[Stretch], length: int) -> None:
        self.first = quiet[0][1] if quiet and quiet[0][0] == 0 and quiet[0][1] < length else 0
        self.last = quiet[-1][0] if quiet and quiet[-1][1] == length and quiet[-1][0] > self.first else length
        points, spoken, at, total = [0], [0], 0, 0
        for start, end in quiet:
            total += start - at
            points += [start, end]
            spoken += [total, total]
            at = end
        points.append(length)
        spoken.append(total + length - at)
        self._points, self._spoken = np.array(points, np.float64), np.array(spoken, np.float64)
        self.length = float(spoken[-1])

    def spoken(self, sample: int) -> float:
        """Return how long somebody has spoken before `sample`."""
        return float(np.interp(sample, self._points, self._spoken))

    def at(self, spoken: float) -> int:
        """Return the first sample before which somebody has spoken for so long."""
        right = min(max(int(np.searchsorted(self._spoken, spoken)), 1), len(self._spoken) - 1)
        low, high = self._spoken[right - 1], self._spoken[right]
        part = (spoken - low) / (high - low) if high > low else 0.0
        start, end = float(self._points[right - 1]), float(self._points[right])
        return round(start + float(part) * (end - start))


def _chosen(
    expected: Sequence[float], inner: Sequence[Stretch], axis: _Speech, sample_rate: int
) -> tuple[Stretch, ...]:
    """Return the pause in which each sentence ends, all in order; none where there are too few of them."""
    if not expected or len(inner) < len(expected):
        return ()
    lengths = np.array([end - start for start, end in inner]) / sample_rate
    places = np.array([axis.spoken(start) for start, _ in inner])
    worth = _A_REST * np.minimum(lengths, _LONGEST_REST)
    best = np.zeros(len(inner))
    steps: list[NDArray[np.int_]] = []
    for number, goal in enumerate(expected):
        cost = np.abs(places - goal) / sample_rate - worth
        if number:
            lowest = np.minimum.accumulate(best)
            before = np.concatenate(([np.inf], lowest[:-1]))
            came = np.concatenate(([0], _last_lowest(best, lowest)[:-1]))
            best = cost + before
        else:
            came = np.zeros(len(inner), np.int_)
            best = cost
        steps.append(came)
    at = int(np.argmin(best))
    found = [inner[at]]
    for came in reversed(steps[1:]):
        at = int(came[at])
        found.append(inner[at])
    return tuple(reversed(found))


def _last_lowest(best: NDArray[np.float64], lowest: NDArray[np.float64]) -> NDArray[np.int_]:
    """Return for each place the index of the lowest so far."""
    new = np.concatenate(([True], lowest[1:] < lowest[:-1])) if len(best) else np.zeros(0, bool)
    return np.maximum.accumulate(np.where(new, np.arange(len(best)), 0))
