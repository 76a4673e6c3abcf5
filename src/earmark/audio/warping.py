"""Lays one course of sounds along another: dynamic time warping in a band, a row of numpy at a time."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

# What it costs to move on by so many rows of the reference for one row heard: speech seldom stops and never leaps.
STEPS = (1.5, 0.0, 0.8, 2.0)
_BAND = 0.25  # of the reference to each side of the straight line; pauses and pace shift sounds by less
_LEAST_BAND = 100  # rows
_FAR = np.float32(1e9)


class Path(Struct, frozen=True, eq=False):
    """For each row heard: the row of the reference, never going back, and how unlike the two are."""

    rows: NDArray[np.int32]
    costs: NDArray[np.float32]


def warped(heard: NDArray[np.float32], reference: NDArray[np.float32]) -> Path | None:
    """Return the cheapest way from the first rows of both to the last; None where there is none, or either is empty."""
    count, length = len(heard), len(reference)
    if not count or not length:
        return None
    half = max(_LEAST_BAND, round(_BAND * length))
    width = min(length, 2 * half + 1)
    firsts = np.clip(np.round(np.linspace(0, length - 1, count)).astype(np.int64) - half, 0, length - width)
    squares = np.einsum("ij,ij->i", reference, reference)
    own = np.einsum("ij,ij->i", heard, heard)
    moves = np.zeros((count, width), np.uint8)
    best = np.full(width, _FAR, np.float32)
    costs = _unlike(heard[0], reference[:width], squares[:width] + own[0])
    best[0] = costs[0]
    options = np.empty((len(STEPS), width), np.float32)
    padded = np.full(width + length + len(STEPS), _FAR, np.float32)
    margin = len(STEPS) - 1
    columns = np.arange(width)
    for row in range(1, count):
        first = int(firsts[row])
        span = slice(first, first + width)
        shift = first - int(firsts[row - 1])
        padded[margin : margin + width] = best
        padded[margin + width : margin + width + shift] = _FAR
        for step, penalty in enumerate(STEPS):
            begin = margin + shift - step
            np.add(padded[begin : begin + width], np.float32(penalty), out=options[step])
        chosen = np.argmin(options, axis=0)
        moves[row] = chosen
        best = options[chosen, columns] + _unlike(heard[row], reference[span], squares[span] + own[row])
    column = length - 1 - int(firsts[-1])
    if best[column] >= _FAR:
        return None
    return _traced(moves, firsts, column, heard, reference)


def _unlike(
    one: NDArray[np.float32], stretch: NDArray[np.float32], squares: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return how unlike `one` row is to each of a stretch; `squares` are those of both, summed."""
    unlike: NDArray[np.float32] = np.sqrt(np.maximum(squares - 2 * (stretch @ one), 0))
    return unlike


def _traced(
    moves: NDArray[np.uint8],
    firsts: NDArray[np.int64],
    column: int,
    heard: NDArray[np.float32],
    reference: NDArray[np.float32],
) -> Path:
    """Return the way that led to the last column of the last row."""
    count = len(moves)
    rows = np.empty(count, np.int32)
    for row in range(count - 1, -1, -1):
        rows[row] = column + firsts[row]
        if row:
            column += int(firsts[row]) - int(moves[row, column]) - int(firsts[row - 1])
    unlike = np.sqrt(np.square(heard - reference[rows]).sum(axis=1))
    return Path(rows, unlike.astype(np.float32))
