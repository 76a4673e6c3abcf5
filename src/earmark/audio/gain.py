"""Chooses the gain that will bring the finished MP3 to its loudness, from the clips' levels alone.

Encoding twice to find out would double the wait. So a small model of the compressor and the limiter,
step by step, predicts what they take away; it was fitted to twelve voices and misses by 0.3 LU at most.
`mastering` measures what came out and corrects the gain where that wasn't enough.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from earmark.audio.limiter import MAKE_UP_DB, RATIO, THRESHOLD_DB
from earmark.audio.loudness import Levels, integrated
from earmark.packed import Again

GRID_DB = 0.2  # so coarse that an edit rarely moves it, and with it every block
_ENVELOPE = 0.7  # the compressor follows the voice's envelope, which lies below its peaks
_MODEL_DB = -0.2  # what the model leaves out
_ENCODER_DB = -0.45  # LAME's constant bit rate presets scale the signal down
_LOWEST, _HIGHEST = -40.0, 50.0
_FLATTEST = 0.05  # LU a dB: where the limiter takes nearly all, halving finds the place sooner


Piece = tuple[Levels, bool, int]


class Stretch(Struct, frozen=True, eq=False):
    """The levels of some of an edition before gain: `speech` marks the steps that the gain will raise."""

    energy: NDArray[np.float32]
    peak: NDArray[np.float32]
    speech: NDArray[np.bool_]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "Stretch":
        """Join `(levels, is speech, steps of silence after it)` in the order they are heard."""
        steps = sum(len(levels.energy) + silence for levels, _, silence in pieces)
        energy, peak, speech = np.zeros(steps, np.float32), np.zeros(steps, np.float32), np.zeros(steps, np.bool_)
        at = 0
        for levels, spoken, silence in pieces:
            end = at + len(levels.energy)
            energy[at:end], peak[at:end] = levels.energy, levels.peak
            speech[at : end + silence] = spoken
            at = end + silence
        return cls(energy, peak, speech)

    def shaped(self, gain: float, *, ceiling: float) -> NDArray[np.float32]:
        """Return the energy that it would have at `gain` dB, once compressed and limited."""
        raised = np.where(self.speech, np.float32(10 ** (gain / 20)), np.float32(1))
        peak = self.peak * raised
        over = np.maximum(_ENVELOPE * peak / np.float32(10 ** (THRESHOLD_DB / 20)), 1)
        factor = over ** np.float32(1 / RATIO - 1) * np.float32(10 ** (MAKE_UP_DB / 20))
        factor *= np.minimum(1, ceiling / np.maximum(peak * factor, 1e-9))
        shaped: NDArray[np.float32] = self.energy * (raised * factor) ** 2
        return shaped


class Programme(Struct, frozen=True, eq=False):
    """A whole edition before gain, in stretches: of a long one they are made anew each time, and never all in memory."""

    stretches: Iterable[Stretch]

    @classmethod
    def of(cls, pieces: Iterable[Piece], *, at_once: int | None = None) -> "Programme":
        """Return one stretch of all pieces, or stretches of so many, for which `pieces` are gone over again and again."""
        if at_once is None:
            return cls((Stretch.of(tuple(pieces)),))
        return cls(Again(lambda: map(Stretch.of, _batches(pieces, at_once))))

    def is_silent(self) -> bool:
        """Tell whether nothing at all would be heard."""
        return not np.isfinite(integrated(stretch.energy for stretch in self.stretches))

    def predict(self, gain: float, *, ceiling: float) -> float:
        """Return the loudness in LUFS that the finished MP3 would have at `gain` dB."""
        shaped = (stretch.shaped(gain, ceiling=ceiling) for stretch in self.stretches)
        return integrated(shaped) + _MODEL_DB + _ENCODER_DB


def _batches(pieces: Iterable[Piece], each: int) -> Iterator[Sequence[Piece]]:
    coming = iter(pieces)
    while some := tuple(islice(coming, each)):
        yield some


def choose_gain(programme: Programme, goal: float, *, ceiling: float, bias: float = 0.0) -> float:
    """Return the gain in dB, on a grid of 0.2, at which `programme` should come out at `goal` LUFS.

    `bias` is by how much an earlier prediction was exceeded, in LU. `ceiling` is linear.
    """
    low, high = _LOWEST, _HIGHEST
    gain, slope = 0.0, 1.0  # until the limiter works, the loudness rises with the gain
    before: tuple[float, float] | None = None
    while high - low > GRID_DB / 8:
        over = programme.predict(gain, ceiling=ceiling) + bias - goal
        low, high = (gain, high) if over < 0 else (low, gain)
        if before and gain != before[0]:
            slope = (over - before[1]) / (gain - before[0])
        before = gain, over
        step = -over / slope if slope > _FLATTEST else math.inf
        if abs(step) < GRID_DB / 16:
            gain += step
            break
        gain = gain + step if low < gain + step < high else (low + high) / 2
    return round(round(min(max(gain, _LOWEST), _HIGHEST) / GRID_DB) * GRID_DB, 1)
