"""Reading order: what is read first has to come first, and each mark has to lead somewhere."""

import re
from collections.abc import Iterator
from itertools import pairwise

from earmark.article import Block, Code, Footnote, Heading, List, ListItem, MarkKind, Paragraph, Problem, fields
from earmark.checks.rule import Reading, problem, shown, without_code

_LEAST_INTRODUCTION = 12  # words before a title: fewer are a kicker or a date
_UNRESOLVED = re.compile(r"\[\^([^\]\s^]{1,40})\]")


def title_late(reading: Reading) -> Iterator[Problem]:
    """Find a title that comes after what it is the title of."""
    headings = [block for block in reading.own if isinstance(block, Heading)]
    if not headings:
        return
    highest = min(headings, key=lambda heading: heading.level)
    if highest.level < headings[0].level:
        message = (
            f"the heading {shown(highest.content.text)} of level {highest.level} comes after others below it,"
            f" {shown(headings[0].content.text)} first"
        )
        yield problem("reading-order", highest, message, "Put it before them, or give it their level.")
    elif not reading.article.metadata.title and highest.level == 1:
        count = 0
        for block in reading.own:
            if block is highest:
                break
            count += len(block.content.text.split()) if isinstance(block, Paragraph) else 0
        if count > _LEAST_INTRODUCTION:
            message = f"{count} words come before the title {shown(highest.content.text)}"
            yield problem("reading-order", highest, message, "Put the title first.")


def numbers_shuffled(reading: Reading) -> Iterator[Problem]:
    """Find ordered lists whose numbers neither rise nor fall."""
    for block in reading.own:
        if not isinstance(block, List) or block.kind != "ordered":
            continue
        numbers = [item.number for item in block.items if isinstance(item, ListItem) and item.number is not None]
        steps = {after > before for before, after in pairwise(numbers)}
        if len(steps) > 1 or any(after == before for before, after in pairwise(numbers)):
            told = ", ".join(map(str, numbers[:8]))
            message = f"the numbers of a list run {told}"
            yield problem("reading-order", block.items[0], message, "Put the items in the order of their numbers.")


def note_missing(reading: Reading) -> Iterator[Problem]:
    """Find marks of notes that are not there."""
    for block in reading.blocks:
        for _, inline in () if isinstance(block, Code) else fields(block):
            for mark in inline.marks:
                if mark.kind is MarkKind.NOTE_REFERENCE and not mark.value:
                    yield _no_note(block, inline.text[mark.start : mark.end])
            for found in _UNRESOLVED.finditer(without_code(inline)):
                yield _no_note(block, found[0])


def note_unreferenced(reading: Reading) -> Iterator[Problem]:
    """Find notes that nothing in the article leads to: they are heard at the end, and belong nowhere."""
    pointed = {
        mark.value
        for block in reading.blocks
        for _, inline in fields(block)
        for mark in inline.marks
        if mark.kind is MarkKind.NOTE_REFERENCE
    }
    for block in reading.blocks:
        if isinstance(block, Footnote) and block.id not in pointed:
            message = f"no mark in the text leads to the note {block.label}"
            yield problem("note-unreferenced", block, message, "Put its mark where it belongs, or take the note out.")


def _no_note(block: Block, mark: str) -> Problem:
    return problem(
        "note-missing", block, f"there is no note for the mark {shown(mark)}", "Write the note, or take it out."
    )
