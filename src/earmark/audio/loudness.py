"""Measures loudness after ITU-R BS.1770 and true peak, in steps that can be kept and combined."""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from pedalboard import Chain, HighpassFilter, HighShelfFilter

STEPS_A_SECOND = 50
_WINDOW, _HOP = 20, 5  # steps: 400 ms windows at 100 ms hops
_OFFSET = -0.691
_HIGHPASS_HZ, _HIGHPASS_Q = 38.13547087602444, 0.5003270373238773
_ABSOLUTE, _RELATIVE = -70.0, -10.0
_TAPS = 12  # on either side, for true peak
_PHASES = 4
_LOUD = 0.6  # of the highest sample: peaks between samples stand beside such ones


class Levels(Struct, frozen=True, eq=False):
    """What each 20 ms hold: K-weighted `energy` (mean square) and sample `peak`, float32 of shape (n,)."""

    energy: NDArray[np.float32]
    peak: NDArray[np.float32]

    def to_bytes(self) -> bytes:
        """Return both as little-endian float32, for a cache."""
        return np.stack((self.energy, self.peak)).astype("<f4").tobytes()

    def raised(self, gain: float) -> "Levels":
        """Return the levels of the same sound, `gain` dB louder."""
        factor = np.float32(10 ** (gain / 20))
        return Levels(self.energy * factor * factor, self.peak * factor)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Levels":
        """Return what `to_bytes` made. Raises `ValueError` if it can't be that."""
        energy, peak = np.frombuffer(data, "<f4").reshape(2, -1)
        return cls(energy, peak)


def levels(samples: NDArray[np.float32], sample_rate: int, *, tail: bool) -> Levels:
    """Return the levels of mono `samples` in -1 to 1. With `tail`, an incomplete last step counts as followed by silence.

    Without, it is dropped: encoding blocks end in silence, and the next one's steps follow on.
    """
    weighted = _k_weighted(samples, sample_rate)
    size = sample_rate // STEPS_A_SECOND
    count = -(-len(samples) // size) if tail else len(samples) // size
    whole = len(samples) // size
    energy, peak = np.zeros(count, np.float32), np.zeros(count, np.float32)
    divisor = size / _highpass_power(sample_rate)
    rows, plain = weighted[: whole * size].reshape(whole, size), samples[: whole * size].reshape(whole, size)
    if whole:
        energy[:whole] = np.einsum("ij,ij->i", rows, rows) / divisor
        peak[:whole] = np.maximum(plain.max(axis=1), -plain.min(axis=1))
    if count > whole:
        rest = weighted[whole * size :]
        energy[whole] = float(np.dot(rest, rest)) / divisor
        peak[whole] = np.abs(samples[whole * size :]).max()
    return Levels(energy, peak)


def clip_levels(samples: NDArray[np.int16], sample_rate: int) -> Levels:
    """Return the levels of a clip, for `gain.choose_gain`: worth keeping beside it in a cache."""
    return levels(np.multiply(samples, np.float32(1 / 32768), dtype=np.float32), sample_rate, tail=True)


def _k_weighted(samples: NDArray[np.float32], sample_rate: int) -> NDArray[np.float32]:
    """Weight as BS.1770: pedalboard's shelf and two first-order high-passes have the standard's curve."""
    board = Chain([HighShelfFilter(1500, 4.0, q=2**-0.5), HighpassFilter(_HIGHPASS_HZ), HighpassFilter(_HIGHPASS_HZ)])
    return board(samples, sample_rate) if len(samples) else samples


def _highpass_power(sample_rate: int) -> float:
    """Return the power that the standard's high-pass adds to all it lets through.

    BS.1770 doesn't normalise it, and every meter keeps that at every rate: 0.09 dB at 22,050 Hz.
    """
    k = float(np.tan(np.pi * _HIGHPASS_HZ / sample_rate))
    return (1 + k / _HIGHPASS_Q + k * k) ** 2


def integrated(energies: Iterable[NDArray[np.float32]]) -> float:
    """Return the gated loudness in LUFS of steps in order, minus infinity for silence.

    What is shorter than one window is measured as it is.
    """
    parts = list(energies)
    steps = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    if not len(steps):
        return -np.inf
    if len(steps) < _WINDOW:
        windows = steps.mean(keepdims=True, dtype=np.float64)
    else:
        hops = steps[: len(steps) // _HOP * _HOP].reshape(-1, _HOP).mean(axis=1, dtype=np.float64)
        windows = sliding_window_view(hops, _WINDOW // _HOP).mean(axis=1)
    kept = windows[windows > _power(_ABSOLUTE)]
    if not len(kept):
        return -np.inf
    kept = kept[kept > _power(_loudness(float(kept.mean())) + _RELATIVE)]
    return _loudness(float(kept.mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))


def _loudness(power: float) -> float:
    return float(_OFFSET + 10 * np.log10(power))


def _crests(samples: NDArray[np.float32], least: float) -> NDArray[np.int_]:
    """Return where a sample is at least `least` and neither neighbour is higher."""
    high = np.flatnonzero(samples[1:-1] >= least) + 1
    return high[(samples[high] >= samples[high - 1]) & (samples[high] >= samples[high + 1])]


def _interpolator() -> NDArray[np.float32]:
    """Return windowed-sinc weights of shape (2·taps, phases-1) for the points between two samples."""
    at = np.arange(-_TAPS + 1, _TAPS + 1)[:, None] - np.arange(1, _PHASES)[None, :] / _PHASES
    weights = np.sinc(at) * np.cos(np.pi * at / (2 * _TAPS)) ** 2
    return np.asarray(weights / weights.sum(axis=0), np.float32)


_BETWEEN = _interpolator()


def true_peak(samples: NDArray[np.float32]) -> float:
    """Return the highest level between samples too (4 times oversampled), linear; 0 for no samples.

    Only the surroundings of high local peaks are computed: the rest can't hold the highest.
    """
    if not len(samples):
        return 0.0
    highest = max(float(samples.max()), -float(samples.min()))
    if highest == 0.0:
        return 0.0
    edges = np.array([0, len(samples) - 1])
    peaks = np.concatenate((_crests(samples, _LOUD * highest), _crests(-samples, _LOUD * highest), edges))
    padded = np.pad(samples, _TAPS)
    found = highest
    for side in (0, 1):  # between the peak and its neighbour before, and after
        windows = sliding_window_view(padded, 2 * _TAPS)[peaks + side]
        found = max(found, float(np.abs(windows @ _BETWEEN).max()))
    return found
