"""The words of a long edition, packed: as values of their own they take ten times the room of its text."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from earmark.narration.script import Span
from earmark.timeline.axis import WordMark

_NUMBERS = 6  # of each mark: start and end after the first mark's start, the span's, where its text ends, and its kind


class PackedMarks(Sequence[WordMark]):
    """Word marks that are made anew for whoever looks at them; equal to any sequence of the same marks."""

    __slots__ = ("_kinds", "_numbers", "_printed", "_start")

    def __init__(self, marks: Sequence[WordMark]) -> None:
        """Pack `marks`, which ascend."""
        self._start = marks[0].start if marks else 0
        self._printed = "".join(mark.printed for mark in marks)
        self._numbers = array("I")
        kinds: dict[tuple[str, str], int] = {}
        text = 0
        for mark in marks:
            span, text = mark.span, text + len(mark.printed)
            kind = kinds.setdefault((span.field, mark.source), len(kinds))
            at = (mark.start - self._start, mark.end - self._start)
            self._numbers.extend((*at, span.start, span.end, text, kind))
        self._kinds = tuple(kinds)

    def __len__(self) -> int:
        """Return how many marks there are."""
        return len(self._numbers) // _NUMBERS

    @overload
    def __getitem__(self, index: int) -> WordMark: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[WordMark]: ...
    def __getitem__(self, index: int | slice) -> WordMark | Sequence[WordMark]:
        """Return a mark, or some of them."""
        if isinstance(index, slice):
            return tuple(self)[index]
        number = range(len(self))[index]
        before = self._numbers[_NUMBERS * number - 2] if number else 0
        return self._mark(self._numbers[_NUMBERS * number : _NUMBERS * (number + 1)], before)

    def __iter__(self) -> Iterator[WordMark]:
        """Yield the marks in order."""
        before = 0
        for at in range(0, len(self._numbers), _NUMBERS):
            numbers = self._numbers[at : at + _NUMBERS]
            yield self._mark(numbers, before)
            before = numbers[4]

    def _mark(self, numbers: Sequence[int], before: int) -> WordMark:
        low, high, start, end, text, kind = numbers
        field, source = self._kinds[kind]
        return WordMark(
            Span(field, start, end), self._printed[before:text], self._start + low, self._start + high, source
        )

    def __eq__(self, other: object) -> bool:
        """Tell whether the marks are the same."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return what tuples of the same marks return."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return them as a tuple shows them."""
        return repr(tuple(self))
