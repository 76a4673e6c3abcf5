"""Chooses where the encoding blocks are cut: by content alone, so that an edit moves only its neighbours.

A cut stands in the longest pause of its surroundings; between equal pauses the words beside them
decide. Nothing is counted from the article's start: blocks far from an edit keep their samples.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

SHORTEST_S = 20
LONGEST_S = 60
PAUSE_MS = 200
SILENCE = 3000  # samples: the encoder's lookahead and the decoder's overlap must both end in silence


class CutPlace(Struct, frozen=True):
    """A block may start at `at` (samples), after `pause` ms; `digest` depends on the words beside it."""

    index: int
    at: int
    pause: int
    digest: bytes

    @property
    def rank(self) -> tuple[int, bytes]:
        """The longer pause wins; equal ones are told apart by the words."""
        return self.pause, self.digest


def choose_cuts(places: Sequence[CutPlace], *, duration: int, sample_rate: int) -> tuple[int, ...]:
    """Return the `index` of the places where a block starts, ascending; the first block's start is not among them.

    `places` ascend in `at`. Blocks last 20 to 60 s where the places allow.
    """
    least, most = SHORTEST_S * sample_rate, LONGEST_S * sample_rate
    eligible = [place for place in places if least <= place.at <= duration - least]
    chosen = _peaks(eligible, least)
    bounds = [0, *(place.at for place in chosen), duration]
    for low, high in pairwise(bounds):
        chosen += _fill(eligible, low, high, least=least, most=most)
    return tuple(sorted(place.index for place in chosen))


def _peaks(places: Sequence[CutPlace], radius: int) -> list[CutPlace]:
    """Return the places that no other within `radius` outranks; of equals, the earlier."""
    chosen: list[CutPlace] = []
    first = 0
    for number, place in enumerate(places):
        while place.at - places[first].at >= radius:
            first += 1
        if any(before.rank >= place.rank for before in places[first:number]):
            continue
        after = number + 1
        while after < len(places) and places[after].at - place.at < radius and places[after].rank <= place.rank:
            after += 1
        if after == len(places) or places[after].at - place.at >= radius:
            chosen.append(place)
    return chosen


def _fill(places: Sequence[CutPlace], low: int, high: int, *, least: int, most: int) -> list[CutPlace]:
    """Cut `[low, high)` further until nothing is longer than `most`, where the places allow."""
    chosen: list[CutPlace] = []
    open_stretches = [(low, high, places)]
    while open_stretches:
        low, high, places = open_stretches.pop()
        first = bisect_left(places, low + least, key=lambda place: place.at)
        places = places[first : bisect_right(places, high - least, key=lambda place: place.at)]
        if high - low <= most or not places:
            continue
        middle = (low + high) // 2  # of equals the middle one, so that a litany is halved and not nibbled at
        best = max(places, key=lambda place: (place.rank, -abs(place.at - middle)))
        chosen.append(best)
        open_stretches += [(low, best.at, places), (best.at, high, places)]
    return chosen
