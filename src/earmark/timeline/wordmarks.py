"""Maps the engine's words back to the printed ones."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from earmark.narration.script import Aligned, Span, Utterance
from earmark.timeline.axis import WordMark

if TYPE_CHECKING:
    from earmark.audio.clip import SpokenWord


def word_marks(utterance: Utterance, words: "Sequence[SpokenWord]", *, start: int, length: int) -> list[WordMark]:
    """Return when each printed word of `utterance` is heard; its clip is `length` samples from `start`.

    A word that is said as printed maps character by character; a rewritten stretch maps to the whole
    of what is printed, and all engine words in it make one mark. What earmark added has no mark.

    Narration must guarantee that `utterance.printed` is the text at `utterance.spans`, in order,
    joined as it stands; that `alignment` ascends without overlap; and that each of its spans lies
    within one of `utterance.spans`. Where print and spans disagree there are no marks, not wrong ones.
    """
    printed = _Printed(utterance)
    if utterance.added or not printed.agrees:
        return []
    marks: list[WordMark] = []
    alignment = sorted(utterance.alignment, key=lambda piece: piece.start)
    for word, stretch in _mapped(alignment, words):
        span, text = printed.at(stretch)
        if not text:
            continue
        low = marks[-1].end if marks else start
        begin = min(max(start + word.start, low), start + length)
        end = min(max(start + word.end, begin), start + length)
        last = marks[-1] if marks else None
        if (
            last is not None
            and last.span.field == span.field
            and last.span.start < span.end
            and span.start < last.span.end
        ):
            union, text = printed.at(Span(span.field, min(last.span.start, span.start), max(last.span.end, span.end)))
            source = last.source if last.source == word.source else "aligned"
            marks[-1] = WordMark(union, text, last.start, max(last.end, end), source)
        elif end > begin:
            marks.append(WordMark(span, text, begin, end, word.source))
    return marks


def _mapped(alignment: Sequence[Aligned], words: "Sequence[SpokenWord]") -> "Iterator[tuple[SpokenWord, Span]]":
    """Yield each word with the printed stretch it stands for; words and alignment are walked together."""
    first = 0
    for word in sorted(words, key=lambda word: (word.start, word.text_start)):
        while first and alignment[first - 1].end > word.text_start:  # an engine may go back a word
            first -= 1
        while first < len(alignment) and alignment[first].end <= word.text_start:
            first += 1
        span: Span | None = None
        number = first
        while number < len(alignment) and alignment[number].start < word.text_end:
            part = _part(alignment[number], word.text_start, word.text_end)
            number += 1
            if span is None:
                span = part
            elif span.field == part.field:
                span = Span(span.field, min(span.start, part.start), max(span.end, part.end))
        if span is not None:
            yield word, span


def _part(piece: Aligned, start: int, end: int) -> Span:
    if not piece.exact:
        return piece.span
    begin = piece.span.start + max(0, start - piece.start)
    stop = piece.span.start + min(end, piece.end) - piece.start
    return Span(piece.span.field, begin, min(stop, piece.span.end))


class _Printed:
    """The printed text of an utterance, found by span."""

    def __init__(self, utterance: Utterance) -> None:
        self._text = utterance.printed
        self._spans: dict[str, list[tuple[Span, int]]] = {}
        offset = 0
        for span in utterance.spans:
            self._spans.setdefault(span.field, []).append((span, offset))
            offset += span.end - span.start
        for spans in self._spans.values():
            spans.sort()
        self.agrees = bool(self._spans) and offset == len(self._text)

    def at(self, span: Span) -> tuple[Span, str]:
        """Return `span` without the white space at its ends, and its text; "" if it isn't in the utterance.

        Where it reaches over several of the utterance's spans, their texts are joined as they stand.
        """
        spans = self._spans.get(span.field, [])
        if len(spans) == 1:  # as nearly all utterances have: nothing to gather
            whole, offset = spans[0]
            begin, end = max(span.start, whole.start), min(span.end, whole.end)
            text = self._text[offset + begin - whole.start : offset + max(begin, end) - whole.start]
            word = text.strip()
            if word == text:
                return (Span(span.field, begin, end) if word else span), word
            begin += len(text) - len(text.lstrip())
            return (Span(span.field, begin, begin + len(word)) if word else span), word
        number = max(0, bisect_right(spans, span.start, key=lambda entry: entry[0].start) - 1)
        parts: list[tuple[int, int, str]] = []
        while number < len(spans) and spans[number][0].start < span.end:
            whole, offset = spans[number]
            begin, end = max(span.start, whole.start), min(span.end, whole.end)
            text = self._text[offset + begin - whole.start : offset + max(begin, end) - whole.start]
            begin += len(text) - len(text.lstrip())
            text = text.strip()
            if text:
                parts.append((begin, begin + len(text), text))
            number += 1
        if not parts:
            return span, ""
        return Span(span.field, parts[0][0], parts[-1][1]), "".join(text for _, _, text in parts)
