"""Where a sentence has to be cut: another language, a picture, words struck out, a forced line break."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from earmark.article import Mark, MarkKind

_WORD = re.compile(r"[^\W_]")
_CLOSING = re.compile(r"[^\w\s]{1,8}(?=\s|$)")
_LABELS = {MarkKind.IMAGE: ("image", ""), MarkKind.STRIKE: ("struck", "end_struck")}


class Stretch(Struct):
    """`[start, end)` of a running text, in one language.

    `before` and `after` name the phrases that tell a listener what it is, `closes` that this was its
    end; `breaks` marks a new line.
    """

    start: int
    end: int
    language: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    breaks: bool = False
    closes: bool = False


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit: what holds none is silence to most voices."""
    return bool(_WORD.search(text))


def primary(language: str) -> str:
    """Return the language of a tag without its region: a voice of another region is no other language."""
    return language.partition("-")[0].lower()


def stretches(text: str, start: int, end: int, marks: Sequence[Mark], language: str) -> list[Stretch]:
    """Return the stretches that tile `[start, end)`; none is without words if any has some."""
    cutting = [mark for mark in marks if _cuts(mark) and mark.start < mark.end]
    lines = text.find("\n", start, end) >= 0
    if not cutting and not lines:
        return [Stretch(start, end, language)]
    places = {start, end}
    for mark in cutting:
        places.update((max(mark.start, start), min(mark.end, end)))
    if lines:
        places.update(match.end() for match in re.compile("\n").finditer(text, start, end))
    return _with_words(text, _sweep(text, sorted(places), cutting, language))


def with_foreign(marks: Sequence[Mark], foreign: Iterable[tuple[int, int, str]]) -> Sequence[Mark]:
    """Return `marks` and those of words that the lexicon gives to another language, in order.

    What a lexicon can't know goes first: where an author has marked a language, or the mark would cross
    another that cuts, it is left out.
    """
    words = tuple(foreign)
    if not words:
        return marks
    cutting = [mark for mark in marks if _cuts(mark) and mark.start < mark.end]
    edges = sorted({edge for mark in cutting for edge in (mark.start, mark.end)})
    base, end = words[0][0], words[-1][1]
    taken = bytearray(end - base)
    for mark in cutting:
        if mark.kind is MarkKind.LANGUAGE:
            first, last = max(mark.start, base), min(mark.end, end)
            taken[first - base : last - base] = b"\x01" * max(0, last - first)
    added = [
        Mark(MarkKind.LANGUAGE, first, last, tag)
        for first, last, tag in words
        if bisect_right(edges, first) == bisect_left(edges, last) and taken.find(1, first - base, last - base) < 0
    ]
    return sorted((*marks, *added), key=lambda mark: (mark.start, -mark.end))


def _cuts(mark: Mark) -> bool:
    return mark.kind in _LABELS or (mark.kind is MarkKind.LANGUAGE and bool(mark.value))


def _sweep(text: str, places: Sequence[int], marks: Sequence[Mark], language: str) -> list[Stretch]:
    """Go through the places once, with a stack of the marks that are open."""
    found: list[Stretch] = []
    stack: list[Mark] = []
    waiting = 0
    for place, following in pairwise(places):
        before: list[str] = []
        while stack and stack[-1].end <= place:
            stack.pop()
        while waiting < len(marks) and marks[waiting].start <= place:
            mark = marks[waiting]
            stack.append(mark)
            # A mark that was open before this sentence has been announced there.
            if mark.kind in _LABELS and mark.start >= places[0]:
                before.append(_LABELS[mark.kind][0])
            waiting += 1
        spoken = next((m.value for m in reversed(stack) if m.kind is MarkKind.LANGUAGE), language)
        if primary(spoken) == primary(language):
            spoken = language
        closing = [_LABELS[m.kind][1] for m in stack if m.end == following and m.kind in _LABELS]
        after = tuple(label for label in closing if label)
        breaks = place > places[0] and text[place - 1] == "\n"
        found.append(Stretch(place, following, spoken, tuple(before), after, breaks, bool(closing)))
    return found


def _with_words(text: str, found: Iterable[Stretch]) -> list[Stretch]:
    """Join neighbours that sound as one, and punctuation to the words that it closes.

    So a voice hears that its phrase ends, and none is given a lone comma.
    """
    out: list[Stretch] = []
    for stretch in found:
        last = out[-1] if out else None
        closing = _CLOSING.match(text, stretch.start, stretch.end) if last and not stretch.before else None
        if last and closing:
            last.end = stretch.start = closing.end()
        if last is None:
            out.append(stretch)
        elif not _WORD.search(text, stretch.start, stretch.end):
            last.end, last.closes = stretch.end, last.closes or stretch.closes
            last.after += stretch.after
        elif not _WORD.search(text, last.start, last.end):
            stretch.start, stretch.breaks = last.start, last.breaks
            out[-1] = stretch
        elif last.language == stretch.language and not (last.closes or stretch.before or stretch.breaks):
            last.end, last.after, last.closes = stretch.end, stretch.after, stretch.closes
        else:
            out.append(stretch)
    return out
