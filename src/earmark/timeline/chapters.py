"""Chooses the chapters among the places where one may start, knowing how long each would last."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from msgspec import Struct

from earmark.narration.script import PARAGRAPH, ChapterStart
from earmark.options import ChapterOptions
from earmark.timeline.pieces import ChapterPlace

MOST_CHAPTERS = 255  # an ID3 table of contents counts its entries in one byte
_DEEPEST = 2  # headings below level 2 are parts of a chapter


class Candidate(Struct, frozen=True):
    """A chapter may start at `at`, in samples."""

    place: ChapterPlace
    at: int

    @property
    def level(self) -> int:
        """The level of its `ChapterStart`."""
        return self.place.start.level


def choose_chapters(
    places: Sequence[Candidate],
    *,
    duration: int,
    sample_rate: int,
    options: ChapterOptions,
    untitled: ChapterStart | None,
) -> tuple[ChapterPlace, ...]:
    """Return the places where chapters start, in order, the first at the very beginning.

    `places` ascend. `untitled` is the chapter for what stands before the first of them, None if
    nothing is heard at all. Headings of level 1 and 2 and the notes start chapters; paragraphs do
    where the script offers them.
    """
    if untitled is None:
        return ()
    places = [place for place in places if place.at < duration]
    candidates = _one_each([place for place in places if place.level <= _DEEPEST])
    paragraphs = [place for place in places if place.level == PARAGRAPH]
    if not candidates or candidates[0].at > 0:
        first = ChapterPlace(untitled, 0, None)
        if paragraphs and paragraphs[0].at == 0:
            first = paragraphs.pop(0).place
        candidates.insert(0, Candidate(first, 0))
    shortest = round(options.shortest * sample_rate)
    if paragraphs:
        chosen = _by_paragraphs(candidates, paragraphs, duration, _Bounds(options, sample_rate), shortest)
    else:
        chosen = _by_headings(candidates, shortest)
    return tuple(candidate.place for candidate in _at_most(chosen, duration, MOST_CHAPTERS))


def _one_each(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep one candidate for each position: the highest in rank, of equals the first."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if not kept or kept[-1].at < candidate.at:
            kept.append(candidate)
        elif candidate.level < kept[-1].level:
            kept[-1] = candidate
    return kept


def _by_headings(candidates: Sequence[Candidate], shortest: int) -> list[Candidate]:
    """Join a chapter under `shortest` with the next of equal or lower level, under the title of the first.

    The last has no next to join, however short it is.
    """
    kept: list[Candidate] = []
    for candidate in candidates:
        if kept and candidate.at - kept[-1].at < shortest and candidate.level >= kept[-1].level:
            continue
        kept.append(candidate)
    return kept


class _Bounds:
    """Where paragraphs make the chapters: what each should last, in samples."""

    def __init__(self, options: ChapterOptions, sample_rate: int) -> None:
        self.least = round(options.least * sample_rate)
        self.most = max(self.least, round(options.most * sample_rate))
        self.aim = (self.least + self.most) / 2

    def cost(self, length: int) -> float:
        """Out of bounds costs far more than any distance from the middle within them."""
        outside = max(self.least - length, length - self.most, 0) / self.aim
        inside = (length - self.aim) / self.aim
        return inside * inside + (1000.0 * (1.0 + outside) if outside else 0.0)


def _by_paragraphs(
    fixed: Sequence[Candidate], paragraphs: Sequence[Candidate], duration: int, bounds: _Bounds, shortest: int
) -> list[Candidate]:
    """Divide each stretch between fixed starts (the opening, the notes) at paragraphs."""
    fixed = _by_headings(fixed, shortest)
    chosen: list[Candidate] = []
    ends = [*(candidate.at for candidate in fixed[1:]), duration]
    number = 0
    for start, end in zip(fixed, ends, strict=True):
        inside: list[Candidate] = []
        while number < len(paragraphs) and paragraphs[number].at < end:
            if paragraphs[number].at > start.at:
                inside.append(paragraphs[number])
            number += 1
        chosen += [start, *_divide(start.at, inside, end, bounds)]
    return chosen


def _divide(start: int, inside: Sequence[Candidate], end: int, bounds: _Bounds) -> list[Candidate]:
    """Choose the starts inside `[start, end)` that cost least in all (shortest path over the paragraphs)."""
    points = [start, *(candidate.at for candidate in inside), end]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for number in range(1, len(points)):
        choice = (float("inf"), -1)
        for before in range(number - 1, -1, -1):
            length = points[number] - points[before]
            choice = min(choice, (best[before][0] + bounds.cost(length), before))
            if length > bounds.most:  # from farther back it only gets worse
                break
        best.append(choice)
    chosen: list[Candidate] = []
    number = best[-1][1]
    while number > 0:
        chosen.append(inside[number - 1])
        number = best[number][1]
    return chosen[::-1]


def _at_most(chosen: Sequence[Candidate], duration: int, most: int) -> list[Candidate]:
    """Join the shortest chapter with the shorter of its neighbours until at most `most` are left."""
    starts = [candidate.at for candidate in chosen]
    ends = [*starts[1:], duration]
    before = list(range(-1, len(starts) - 1))
    after = list(range(1, len(starts) + 1))
    alive = [True] * len(starts)
    heap = [(end - start, number) for number, (start, end) in enumerate(zip(starts, ends, strict=True))]
    heapify(heap)
    left = len(starts)
    while left > most:
        length, number = heappop(heap)
        if not alive[number] or length != ends[number] - starts[number]:
            continue
        previous, following = before[number], after[number]
        first, second = number, following
        if following == len(starts) or (
            previous >= 0 and ends[previous] - starts[previous] <= ends[following] - starts[following]
        ):
            first, second = previous, number
        alive[second] = False
        ends[first], after[first] = ends[second], after[second]
        if after[second] < len(starts):
            before[after[second]] = first
        heappush(heap, (ends[first] - starts[first], first))
        left -= 1
    return [candidate for candidate, kept in zip(chosen, alive, strict=True) if kept]
