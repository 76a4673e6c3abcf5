"""Long sentences cut to what fits on a screen: at the end of a clause, where the voice's time is known.

Two lines of 42 characters are what a viewer reads at a glance. A cut is made only where an engine
said when the next word is heard; a guessed time would show words before or after their sound.
"""

import textwrap
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from earmark.narration.script import Utterance
from earmark.timeline import Cue, Placed, WordMark
from earmark.writers.printable import lines, one_line
from earmark.writers.wording import Shown

LINE = 42
LINES = 2
_WINDOW = LINE * LINES + 2  # the spaces at the line's and the caption's end are not shown
_SMALLEST = 0.4  # of an even share: a shorter caption is gone before it is read
_OPENING = "“‘\"'«‹([{¿¡„‚"
_CLOSING = "”’\"'»›)]}"
_WIDE_ENDS = "\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f"  # as Chinese and Japanese print them, without a space
_CLAUSE_ENDS = ",;:.!?…–—" + _WIDE_ENDS
_UNSPACED_ENDS = "—" + _WIDE_ENDS


class Stretch(Struct, frozen=True):
    """A stretch of a caption's text and when it is heard: `[start, end)` in samples."""

    text: str
    start: int
    end: int


def wrapped(text: str) -> tuple[str, ...]:
    """Return the lines of `text`: the author's two, one, two of like length, or what it takes; words stay whole."""
    return _fitting(text) or tuple(textwrap.wrap(one_line(text), LINE, break_long_words=False, break_on_hyphens=False))


def fits(text: str) -> bool:
    """Tell whether `text` fits on a screen."""
    return _fitting(text) is not None


def _fitting(text: str) -> tuple[str, ...] | None:
    """Return the one or two lines in which `text` fits on a screen, None if it does not."""
    if "\n" in text:
        given = lines(text)
        if len(given) == LINES and all(len(line) <= LINE for line in given):
            return given
    text = one_line(text)
    if len(text) <= LINE:
        return (text,)
    first, middle = max(len(text) - LINE - 1, 1), min(len(text) // 2, LINE)
    before, after = text.rfind(" ", first, middle + 1), text.find(" ", middle + 1, LINE + 1)
    if before < 0 and after < 0:
        return None
    best = after if before < 0 or 0 <= after < len(text) - before else before  # the nearer to the middle
    return text[:best], text[best + 1 :]


def _located(part: Utterance, words: Sequence[WordMark]) -> Iterator[tuple[int, int]]:
    """Yield where each word begins in the part's printed text, and its sample; one that is not found is passed over."""
    printed = part.printed
    if len(part.spans) == 1:  # nearly always
        (whole,) = part.spans
        for word in words:
            offset = word.span.start - whole.start
            if offset >= 0 and word.span.field == whole.field and printed.startswith(word.printed, offset):
                yield offset, word.start
        return
    passed = [0, *accumulate(span.end - span.start for span in part.spans)]
    places = sorted((span.field, span.start, number, passed[number]) for number, span in enumerate(part.spans))
    starts = [place[:2] for place in places]
    for word in words:
        at = bisect_right(starts, (word.span.field, word.span.start))
        if at and places[at - 1][0] == word.span.field:
            _, begun, number, before = places[at - 1]
            offset = before + word.span.start - begun
            # The printed words of several spans may be joined by a space each.
            found = printed.find(word.printed, offset, offset + number + len(word.printed))
            if found >= 0:
                yield found, word.start


def moments(cue: Cue, shown: Shown, placed: Mapping[str, Placed]) -> list[tuple[int, int]]:
    """Return offsets into the caption's text and the samples where their words are heard, both rising."""
    words = cue.words or ()
    pieces = [(piece, placed[piece.part.id].start) for piece in shown.pieces if piece.part.id in placed]
    starts = [start for _, start in pieces]
    held: list[list[WordMark]] = [[] for _ in pieces]
    for word in words:
        held[max(bisect_right(starts, word.start) - 1, 0)].append(word)
    found: list[tuple[int, int]] = []
    last, end = cue.start, cue.end
    for (piece, start), its_words in zip(pieces, held, strict=True):
        heard = [(0, start)] if piece.part.added else [(0, start), *_located(piece.part, its_words)]
        for offset, sample in heard:
            if last < sample < end:
                found.append((piece.offset + offset, sample))
                last = sample
    return found


def _cut_before(text: str, offset: int) -> int | None:
    """Return where to cut so that the word at `offset` comes next, None inside something written in one piece."""
    while offset > 0 and text[offset - 1] in _OPENING:
        offset -= 1
    if offset == 0:
        return None
    before = text[offset - 1]
    if before == " " or before.isspace() or before in _UNSPACED_ENDS:
        return offset
    return offset if unicodedata.east_asian_width(before) in "WF" else None


def _ends_clause(text: str, cut: int) -> bool:
    at = cut - 1
    while at > 0 and (text[at].isspace() or text[at] in _CLOSING):
        at -= 1
    return text[at] in _CLAUSE_ENDS


def _best(text: str, at: int, cuts: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the cut for the caption that begins at `at`: a clause's end, else a word's, near an even share."""
    left = len(text) - at
    share = left / -(-left // (LINE * LINES))

    def rank(cut: tuple[int, int]) -> tuple[bool, bool, float]:
        length = cut[0] - at
        return length < share * _SMALLEST, not _ends_clause(text, cut[0]), abs(length - share)

    within = sorted((cut for cut in cuts if cut[0] - at <= _WINDOW), key=rank)
    fitting = (cut for cut in within if fits(text[at : cut[0]]))
    return next(fitting, None) or (cuts[0] if cuts else None)


def cut(cue: Cue, shown: Shown, placed: Mapping[str, Placed]) -> tuple[Stretch, ...]:
    """Return the cue's text in stretches that fit on a screen, as far as word times are known; else whole.

    `placed` maps an utterance's id to its place on the axis. The stretches tile the cue.
    """
    text = shown.text
    if cue.words is None or fits(text):
        return (Stretch(text, cue.start, cue.end),)
    places = ((_cut_before(text, offset), sample) for offset, sample in moments(cue, shown, placed))
    cuts = [(offset, sample) for offset, sample in places if offset is not None]
    found: list[Stretch] = []
    at, start, index = 0, cue.start, 0
    while len(text) - at > 4 * _WINDOW or not fits(text[at:]):
        while index < len(cuts) and cuts[index][0] <= at:
            index += 1
        last = index
        while last < len(cuts) and (cuts[last][0] - at <= _WINDOW or last == index):
            last += 1
        choice = _best(text, at, cuts[index:last])
        if choice is None:
            break
        found.append(Stretch(text[at : choice[0]], start, choice[1]))
        at, start = choice
    return (*found, Stretch(text[at:], start, cue.end))
