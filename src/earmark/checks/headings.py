"""Headings: by them a listener knows where they are, and finds their way back."""

import re
from collections.abc import Iterator
from itertools import pairwise

from earmark.article import Heading, Inline, MarkKind, Paragraph, Problem, fields
from earmark.checks.rule import Reading, is_marked, problem, shown, words

_LONG_ARTICLE = 1_000  # words that nobody should have to hear through to find a place
_LONGEST_FAKE = 12  # words of a line that stands for a heading
_OPENING = 3  # blocks in which a line in bold may tell who wrote it
_BYLINE = re.compile(r"(?:by|words|text|von|par|por|di|door|av|af)\b", re.IGNORECASE)
_ENDS = tuple('.!?:;,…"”')


def title_missing(reading: Reading) -> Iterator[Problem]:
    """Find an article that is called by its file's name."""
    if not reading.article.metadata.title and not any(isinstance(block, Heading) for block in reading.blocks):
        message = f"it has no title, and is called by its file's name, {shown(reading.metadata.title)}"
        yield problem("title-missing", None, message, "Give it a first heading, or title: in its front matter.")


def heading_skipped(reading: Reading) -> Iterator[Problem]:
    """Find headings that stand two levels or more below the heading before."""
    before = 1
    for block in reading.own:
        if not isinstance(block, Heading):
            continue
        if block.level > before + 1:
            message = f"the heading {shown(block.content.text)} is of level {block.level}, and level {before} was last"
            yield problem("heading-skipped", block, message, f"Make it level {before + 1}.")
        before = block.level


def heading_repeated(reading: Reading) -> Iterator[Problem]:
    """Find headings that can't be told apart, in one section and of one level."""
    above: list[str] = [""] * 7
    seen: set[tuple[str, ...]] = set()
    for block in reading.own:
        if isinstance(block, Heading):
            above[block.level :] = [words(block.content.text)] + [""] * (6 - block.level)
            here = (*above[: block.level + 1],)
            if here in seen:
                message = f"two headings of the same section are {shown(block.content.text)}"
                yield problem("heading-repeated", block, message, "Say in each what its part is about.")
            seen.add(here)


def headings_missing(reading: Reading) -> Iterator[Problem]:
    """Find a long article that gives no place to jump to."""
    if any(isinstance(block, Heading) and block.level > 1 for block in reading.own):
        return
    count = sum(len(inline.text.split()) for block in reading.blocks for _, inline in fields(block))
    if count > _LONG_ARTICLE and sum(isinstance(block, Heading) for block in reading.own) <= 1:
        message = f"it has {count:,} words and no headings between them"
        yield problem(
            "headings-missing", None, message, "Give each part a heading: listeners jump from one to the next."
        )


def heading_faked(reading: Reading) -> Iterator[Problem]:
    """Find lines all in bold that look like headings and are none to a listener."""
    top = reading.article.blocks
    for number, (block, after) in enumerate(pairwise(top)):
        if not isinstance(block, Paragraph) or isinstance(after, Heading):
            continue
        if number < _OPENING and _BYLINE.match(block.content.text):
            continue
        if _is_bold_line(block.content):
            message = f"the line {shown(block.content.text)} is all in bold, as a heading would be"
            yield problem("heading-faked", block, message, "If it heads what follows, write it as a heading.")


def _is_bold_line(inline: Inline) -> bool:
    text = inline.text
    return (
        len(text.split()) <= _LONGEST_FAKE
        and not text.endswith(_ENDS)
        and any(character.isalpha() for character in text)
        and is_marked(MarkKind.STRONG, 0, len(text), inline.marks)
    )
