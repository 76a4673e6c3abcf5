"""Brings speech to its level: gain, a gentle compressor, and a limiter that looks ahead.

pedalboard's own `Limiter` is such a compressor with a hard clip at full scale behind it, which a
listener hears as crackle on every stressed vowel (one sample in a thousand was clipped at the level
we need). Here the clip is replaced by a gain that is already low when the peak arrives.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from pedalboard import Compressor

VERSION = 1  # to be raised when the same input gives other samples
THRESHOLD_DB, RATIO, ATTACK_MS, RELEASE_MS = -10.0, 4.0, 2.0, 200.0
MAKE_UP_DB = -THRESHOLD_DB * (1 - 1 / RATIO) / 2
_HOP_S = 0.001
_REACH = 10  # hops before and after a peak over which the gain falls and rises: longer than a voice's period


def level(samples: NDArray[np.float32], sample_rate: int, *, ceiling: float) -> NDArray[np.float32]:
    """Return `samples` compressed and limited, no sample beyond ±`ceiling` (linear). Fresh for each block."""
    if not len(samples):
        return samples
    squeezed = Compressor(THRESHOLD_DB, RATIO, ATTACK_MS, RELEASE_MS)(samples, sample_rate)
    squeezed *= np.float32(10 ** (MAKE_UP_DB / 20))
    return limit(squeezed, sample_rate, ceiling=ceiling)


def limit(samples: NDArray[np.float32], sample_rate: int, *, ceiling: float) -> NDArray[np.float32]:
    """Return `samples` with every peak brought to ±`ceiling` by a smooth gain; the rest is untouched."""
    hop = max(1, round(_HOP_S * sample_rate))
    count = -(-len(samples) // hop)
    out = np.zeros(count * hop, np.float32)
    out[: len(samples)] = samples
    rows = out.reshape(count, hop)
    peaks = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    wanted = np.minimum(np.float32(1), np.float32(ceiling) / np.maximum(peaks, np.float32(ceiling)))
    knots = _knots(wanted)
    busy = np.flatnonzero((knots[:-1] < 1) | (knots[1:] < 1))
    ramp = (np.arange(hop, dtype=np.float32) / hop)[None, :]
    rows[busy] *= knots[busy, None] + (knots[busy + 1] - knots[busy])[:, None] * ramp
    np.clip(out, -ceiling, ceiling, out=out)  # what rounding left over, a millionth
    return out[: len(samples)]


def _knots(wanted: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the gain at each edge between hops, never above what the hops on either side want.

    A minimum over the reach and then a mean over the same reach: the mean can't rise above the
    lowest wanted gain at its middle.
    """
    width = 2 * _REACH + 1
    lowest = _running_minimum(np.pad(wanted, 2 * _REACH + 1, constant_values=1), width + 1)
    window = np.hanning(width + 2)[1:-1].astype(np.float32)
    smooth = np.convolve(lowest, window / window.sum(), "valid")
    return np.minimum(smooth, np.float32(1)).astype(np.float32)


def _running_minimum(values: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Return the minimum of each `width` neighbours, by doubling."""
    reach = 1
    while 2 * reach <= width:
        values = np.minimum(values[:-reach], values[reach:])
        reach *= 2
    if width > reach:
        values = sliding_window_view(values, width - reach + 1)[:, [0, -1]].min(axis=1)
    return values
