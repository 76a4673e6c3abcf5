"""Furniture that stands as a line inside a paragraph: a text's foot, its lines broken and no blank line between."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from earmark.article import Inline, Mark, MarkKind, Paragraph
from earmark.narration.furniture import credit, find_furniture
from earmark.narration.running import touching

_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*\Z")
_LONGEST_CREDIT = 120
_CREDIT = re.compile(r"\([^()\n]{2,100}\)\Z")
_FEWEST_WORDS = 3
_PLAIN = frozenset({"advertisement", "credit", "cookie-notice"})  # reasons that need no more words than they have


def without_furniture(content: Inline) -> Inline:
    """Return a paragraph in which what is furniture is silent, each stretch with its reason.

    That is whole lines, and a photographer's name in brackets at its end. A poem has lines that would be
    furniture elsewhere, so one among others is left out only between sentences, and only by three words or
    more; where all are furniture, all are left out.
    """
    silent = [*_silent_lines(content), *_silent_credit(content.text)] if len(content.text) > 1 else []
    if not silent:
        return content
    return Inline(content.text, tuple(sorted((*content.marks, *silent), key=lambda mark: (mark.start, -mark.end))))


def _silent_credit(text: str) -> Iterator[Mark]:
    """Yield a mark of "(Image: Jane Doe)" behind a caption."""
    found = _CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))
    if found and found.start() and credit(found[0]):
        yield Mark(MarkKind.SILENT, found.start(), found.end(), "credit")


def _silent_lines(content: Inline) -> list[Mark]:
    """Return marks of the lines that are furniture."""
    if "\n" not in content.text:
        return []
    lines = _lines(content.text)
    alone = tuple(
        Paragraph(id=str(at), content=Inline(content.text[start:end], _moved(marks, start, end)))
        for at, ((start, end), marks) in enumerate(zip(lines, touching(content.marks, lines), strict=True))
    )
    found = find_furniture(alone)
    if not found:
        return []
    reasons = [found.get(line.id) for line in alone]
    sure = reasons if all(reasons) else _between_sentences([line.content.text.strip() for line in alone], reasons)
    return [Mark(MarkKind.SILENT, *line, reason) for line, reason in zip(lines, sure, strict=True) if reason]


def _lines(text: str) -> list[tuple[int, int]]:
    """Return where each line starts and ends."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _moved(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    """Return the marks of a line as if it stood alone."""
    return tuple(
        Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start, mark.value) for mark in marks
    )


def _between_sentences(texts: Sequence[str], reasons: Sequence[str | None]) -> list[str | None]:
    """Return the reasons of the runs of lines that stand between sentences, and have words enough to be sure of it."""
    sure: list[str | None] = []
    ended = True
    for told, run in groupby(range(len(texts)), key=lambda at: reasons[at] is None):
        lines = list(run)
        if told:
            sure.extend(None for _ in lines)
            ended = _ENDED.search(texts[lines[-1]]) is not None
            continue
        enough = (
            any(reasons[at] in _PLAIN for at in lines) or sum(len(texts[at].split()) for at in lines) >= _FEWEST_WORDS
        )
        after = lines[-1] + 1
        begins = after == len(texts) or not texts[after][:1].islower()
        sure.extend(reasons[at] if ended and begins and enough else None for at in lines)
    return sure
