"""Measures loudness after ITU-R BS.1770 and true peak, in steps that can be kept and combined."""

from array import array
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
_AT_ONCE = 1 << 19  # windows: some fourteen hours
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
    meter = Meter()
    for energy in energies:
        meter.add(energy)
    return meter.loudness


class Meter:
    """Gated loudness of steps that come part by part; it keeps eight bytes of each tenth of a second."""

    def __init__(self) -> None:
        """Nothing has been heard."""
        self._steps = np.zeros(0, np.float32)  # what makes no whole hop yet
        self._hops = np.zeros(0, np.float64)  # the last, which windows to come begin with
        self._windows = array("d")
        self._few: list[NDArray[np.float32]] = []

    def add(self, energy: NDArray[np.float32]) -> None:
        """Hear some steps."""
        if not self._windows:
            self._few.append(energy)
        steps = np.concatenate((self._steps, energy)) if len(self._steps) else energy
        whole = len(steps) // _HOP * _HOP
        self._steps = steps[whole:].copy()
        hops = steps[:whole].reshape(-1, _HOP).mean(axis=1, dtype=np.float64)
        hops = np.concatenate((self._hops, hops)) if len(self._hops) else hops
        self._hops = hops[-(_WINDOW // _HOP) + 1 :].copy()
        if len(hops) >= _WINDOW // _HOP:
            self._windows.frombytes(sliding_window_view(hops, _WINDOW // _HOP).mean(axis=1).tobytes())
            self._few = []

    @property
    def loudness(self) -> float:
        """In LUFS, minus infinity for silence."""
        windows = np.frombuffer(self._windows, np.float64)
        if not len(windows):
            steps = np.concatenate(self._few) if self._few else np.zeros(0, np.float32)
            if not len(steps):
                return -np.inf
            windows = steps.mean(keepdims=True, dtype=np.float64)
        mean = _mean(windows, _power(_ABSOLUTE))
        return -np.inf if mean is None else _loudness(_mean(windows, _power(_loudness(mean) + _RELATIVE)) or mean)


def _mean(windows: NDArray[np.float64], gate: float) -> float | None:
    """Return the mean of what is over the gate, None if nothing is; of a long edition in parts, to copy less."""
    total, count = 0.0, 0
    for at in range(0, len(windows), _AT_ONCE):
        some = windows[at : at + _AT_ONCE]
        kept = some[some > gate]
        total, count = total + float(kept.sum()), count + len(kept)
    return total / count if count else None


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
