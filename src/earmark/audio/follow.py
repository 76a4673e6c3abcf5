"""When words are heard in a voice that does not tell: the same words are said by one that does, and laid along it."""

import numpy as np
from numpy.typing import NDArray

from earmark.audio.clip import Clip, SpokenWord
from earmark.audio.likeness import HOP_S, likeness
from earmark.audio.trim import trim
from earmark.audio.warping import STEPS, Path, warped

VERSION = "follow-3"  # changes when the same clips give other times

_QUIET_S = 0.1
_LONGEST_S = 90.0  # a sentence that takes longer is not laid along anything: the work grows with its square
_SLOWEST = 3.0  # times as long as the reference, or as short
# How unlike what is heard may be to the words that it is laid along, 1 being as unlike as to the same sounds backwards:
# any words can be bent until they sound like any others, and both are bent alike. Right words by other synthetic
# voices are at .4 to .93; of wrong ones that take as long, nine in ten of most voices are above.
UNLIKE_SPOKEN, UNLIKE_RECORDED = 0.93, 0.91  # an engine says what it is given, a person may not
_UNLIKE_WORD = 1.0


def follow(heard: Clip, reference: Clip, *, most: float = UNLIKE_SPOKEN) -> tuple[SpokenWord, ...] | None:
    """Return the words of `reference` where they are heard in `heard`, as "aligned"; None where they are not sure.

    `most` is how unlike they may be. Single words that are not sure are left out. Neither clip may hold other words.
    """
    known = trim(reference)
    length = len(heard.samples) / heard.sample_rate
    spoken = len(known.samples) / known.sample_rate
    if not known.words or length > _LONGEST_S or not length / _SLOWEST <= spoken <= length * _SLOWEST:
        return None
    highest = min(heard.sample_rate, known.sample_rate) / 2
    theirs = likeness(_quietly(known), known.sample_rate, highest)
    ours = likeness(_quietly(heard), heard.sample_rate, highest)
    path, backwards = warped(ours, theirs), warped(ours, theirs[::-1])
    if path is None or backwards is None or _paid(path).mean() > most * _paid(backwards).mean():
        return None
    costs = _costs(path, ours, theirs)
    rows = (np.array([[word.start, word.end] for word in known.words]) / known.sample_rate + _QUIET_S) / HOP_S
    places = _places(path, len(theirs))
    at = np.interp(rows, np.arange(len(places)), places)
    limits = np.round((at * HOP_S - _QUIET_S) * heard.sample_rate).astype(np.int64)
    starts, ends = np.clip(limits, 0, len(heard.samples)).T.tolist()
    sure = _means(costs, at) <= _UNLIKE_WORD
    return tuple(
        SpokenWord(word.text_start, word.text_end, start, max(start, end), "aligned")
        for word, start, end, is_sure in zip(known.words, starts, ends, sure, strict=True)
        if is_sure
    )


def _quietly(clip: Clip) -> NDArray[np.int16]:
    """Return the samples with a little silence around them, so that what is laid along begins and ends as one."""
    return np.pad(clip.samples, round(_QUIET_S * clip.sample_rate))


def _costs(path: Path, ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how unlike each row heard is to where the path lays it, beside how unlike it is to elsewhere."""
    length = len(theirs)
    elsewhere = [(path.rows + length * part // 8) % length for part in range(1, 8)]
    others = np.mean([np.sqrt(np.square(ours - theirs[rows]).sum(axis=1)).mean() for rows in elsewhere])
    costs: NDArray[np.float64] = _paid(path) / max(float(others), 1e-6)
    return costs


def _paid(path: Path) -> NDArray[np.float64]:
    """Return what the path pays for each row heard: how unlike it is, and what stopping and leaping costs."""
    steps = np.diff(path.rows, prepend=path.rows[:1] - 1)
    paid: NDArray[np.float64] = path.costs + np.array(STEPS)[steps]
    return paid


def _places(path: Path, length: int) -> NDArray[np.float64]:
    """Return for each edge between rows of the reference where it is heard, in rows."""
    first = np.searchsorted(path.rows, np.arange(length + 1), side="left").astype(np.float64)
    last = np.searchsorted(path.rows, np.arange(length + 1), side="right").astype(np.float64)
    known = np.flatnonzero(last > first)
    places: NDArray[np.float64] = np.interp(np.arange(length + 1) - 0.5, known, (first[known] + last[known]) / 2)
    places[0], places[-1] = 0, len(path.rows)
    return places


def _means(costs: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of `costs` between each two places."""
    sums = np.concatenate(([0.0], np.cumsum(costs)))
    low = np.minimum(np.floor(at[:, 0]).astype(np.int64), len(costs) - 1)
    high = np.clip(np.ceil(at[:, 1]).astype(np.int64), low + 1, len(costs))
    means: NDArray[np.float64] = (sums[high] - sums[low]) / (high - low)
    return means
