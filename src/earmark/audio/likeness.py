"""What a stretch of speech sounds like, whoever says it: ten milliseconds a row, to compare two voices by."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

HOP_S = 0.01
_WINDOW_S = 0.025
_LOWEST_HZ, _HIGHEST_HZ = 100.0, 7000.0  # hiss above that differs between voices more than between sounds
_BANDS = 30
_CEPSTRA = 10
_REACH = 2  # rows to each side that a change is told by
_CHANGE = 0.6  # what a change weighs beside a level: sounds are told by both, edges by this
_ENERGY = 1.0
_FLOOR_DB = -45.0  # of the loudest: what is softer is silence
_CHUNK = 4096  # rows at a time: an hour's spectra would not fit


def likeness(samples: NDArray[np.int16], sample_rate: int, highest: float = _HIGHEST_HZ) -> NDArray[np.float32]:
    """Return a row for every 10 ms of mono `samples`: cepstra and loudness, and how they change; no row for no sample.

    Each column has mean 0 and deviation 1 where somebody speaks, so that a deep voice and a high one, near or far
    from the microphone, give rows that are near each other for the same sound.
    """
    hop = round(HOP_S * sample_rate)
    size = max(hop, round(_WINDOW_S * sample_rate))
    count = -(-len(samples) // hop)
    if not count:
        return np.zeros((0, 2 * (_CEPSTRA + 1)), np.float32)
    before = (size - hop) // 2
    padded = np.zeros((count - 1) * hop + size, np.float32)
    part = samples[: len(padded) - before]
    padded[before : before + len(part)] = part
    bands, turn = _bands(sample_rate, size, min(highest, _HIGHEST_HZ)), _turn()
    window = np.hanning(size).astype(np.float32)
    rows = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop]
    levels = np.empty((count, _BANDS), np.float32)
    for first in range(0, count, _CHUNK):
        spectrum = np.abs(np.fft.rfft(rows[first : first + _CHUNK] * window, n=_points(size))) ** 2
        levels[first : first + _CHUNK] = spectrum.astype(np.float32) @ bands
    energy = 10 * np.log10(levels.sum(axis=1) + 1)
    floor = 10 ** ((float(energy.max()) + _FLOOR_DB) / 10) / _BANDS
    logs = np.log(levels + np.float32(floor + 1e-3))
    energy = np.maximum(energy - energy.max(), _FLOOR_DB)
    static = np.column_stack([logs @ turn, energy]).astype(np.float32)
    heard = energy > _FLOOR_DB / 2
    spoken = static[heard]
    static = (static - spoken.mean(axis=0)) / (spoken.std(axis=0) + np.float32(1e-3))
    static[:, -1] *= _ENERGY
    np.clip(static, -4, 4, out=static)
    return np.concatenate([static, _CHANGE * _changes(static)], axis=1)


def _changes(static: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the slope of each column over a few rows, scaled as the columns are."""
    padded = np.pad(static, ((_REACH, _REACH), (0, 0)), mode="edge")
    count = len(static)
    slope: NDArray[np.float32] = np.zeros_like(static)
    for step in range(1, _REACH + 1):
        slope += step * (padded[_REACH + step : _REACH + step + count] - padded[_REACH - step : _REACH - step + count])
    slope /= np.float32(sum(step * 2 for step in range(1, _REACH + 1)))
    return slope


def _points(size: int) -> int:
    return 1 << (size - 1).bit_length()


@cache
def _bands(sample_rate: int, size: int, highest: float) -> NDArray[np.float32]:
    """Return the weights of each frequency in each band, equally wide on the mel scale."""
    points = _points(size)
    frequencies = np.arange(points // 2 + 1) * sample_rate / points
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in (_LOWEST_HZ, highest))
    edges = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    rising = (frequencies[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - frequencies[:, None]) / (edges[2:] - edges[1:-1])
    weights: NDArray[np.float32] = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return weights


@cache
def _turn() -> NDArray[np.float32]:
    """Return what makes cepstra of logarithms of bands: the spectrum's broad shape first, its ripples left out."""
    order = np.arange(1, _CEPSTRA + 1)
    turn: NDArray[np.float32] = np.cos(np.pi / _BANDS * (np.arange(_BANDS)[:, None] + 0.5) * order).astype(np.float32)
    return turn
