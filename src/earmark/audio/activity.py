"""Where nobody speaks in a recording: a room is never silent, so what is quiet is told by what is loud."""

import numpy as np
from numpy.typing import NDArray

Stretch = tuple[int, int]

_STEP_S = 0.01
_LEAST_S = 0.12  # a shorter silence is the closure of a "t"
_BELOW_DB, _ABOVE_DB, _APART_DB = -35.0, 6.0, -12.0
_LOUD, _QUIET = 95, 10  # percentiles that stand for the voice and for the room
_FLOOR = 2.0  # of int16


def pauses(samples: NDArray[np.int16], sample_rate: int) -> tuple[Stretch, ...]:
    """Return the stretches of at least 120 ms in which nobody speaks, in samples, in order, those at both ends too."""
    size = max(1, round(_STEP_S * sample_rate))
    count = len(samples) // size
    if not count:
        return ()
    rows = samples[: count * size].reshape(count, size).astype(np.float32)
    level = 20 * np.log10(np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows) / size), _FLOOR))
    loud, quiet = np.percentile(level, _LOUD), np.percentile(level, _QUIET)
    threshold = min(max(loud + _BELOW_DB, quiet + _ABOVE_DB), loud + _APART_DB)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (level <= threshold).astype(np.int8), [0]))))
    least = round(_LEAST_S / _STEP_S)
    found = [(int(start), int(end)) for start, end in edges.reshape(-1, 2) if end - start >= least]
    # What is left over of the last step belongs to it.
    return tuple((start * size, len(samples) if end == count else end * size) for start, end in found)
