"""How it is written: what the eye takes for structure, or for emphasis, and the ear does not."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from earmark.article import Block, Code, Footnote, Heading, Paragraph, Problem, children, fields
from earmark.checks.rule import Reading, problem, shown, without_code

_LEAST_CAPITALS = 20  # letters: a shout, not a headline's first words or a list of names
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){4,}[^\W\d_](?!\w)")
_BULLET = re.compile(r"[-*•·▪‣◦●○]\s+\S")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+\S")
_IN_LINE = re.compile(r":\s+[-•*]\s+\S[^:]{0,300}?\s[-•*]\s+\S")
_EMOJI = re.compile("(?:[\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001faff]\ufe0f?\\s?){3,}")
_SIGNS = re.compile(r"(?:[^\w\s]\s*){3,}")
_PLACES = re.compile(
    r"\b(?:(?:photo|picture|image|chart|graph|map|table|figure|diagram|box|column|button|link|panel|illustration)s?"
    r" (?:(?:shown |seen |pictured )?(?:on|to|at) (?:the|your) (?:far )?(?:left|right)|(?:at|in) the (?:top|bottom) (?:left|right))"
    r"|(?:the|a) (?:red|green|blue|yellow|orange|grey|gray|black|white|round|square) (?:button|box|link|line|bar|icon|area)s?"
    r" (?:on|to|at|in) the (?:left|right|top|bottom))\b"
    r"|\b(?:Bild|Foto|Karte|Grafik|Tabelle|Kasten|Knopf|Schaltfläche) (?:links|rechts)\b",
    re.IGNORECASE,
)


def capitals(reading: Reading) -> Iterator[Problem]:
    """Find paragraphs all in capitals: some voices spell them, and nobody hears the shouting."""
    for block, text in _paragraphs(reading):
        letters = [character for character in text if character.isalpha()]
        if len(letters) >= _LEAST_CAPITALS and " " in text and text == text.upper() and text != text.lower():
            message = f"a paragraph is all in capitals, {shown(text)}"
            yield problem("capitals", block, message, "Write it in sentence case; a style sheet can show capitals.")


def letters_spaced(reading: Reading) -> Iterator[Problem]:
    """Find words that are set wide by hand: each letter of them is heard."""
    for block in reading.blocks:
        for _, inline in () if isinstance(block, Code) else fields(block):
            found = _SPACED.search(without_code(inline))
            if found:
                message = f"the letters of {shown(found[0])} stand apart, and are heard one by one"
                yield problem("letters-spaced", block, message, "Write the word as one; a style sheet can space it.")


def list_faked(reading: Reading) -> Iterator[Problem]:
    """Find lists that are none: nobody hears how many items there are, or where one ends."""
    for blocks in _flows(reading):
        inside = False
        for before, after in pairwise(blocks):
            faked = _follows(before, after)
            if faked and not inside:
                text = before.content.text if isinstance(before, Paragraph) else ""
                yield _faked_list(before, text)
            inside = faked
        for block in blocks:
            if isinstance(block, Paragraph):
                text = block.content.text
                lines = [line for line in text.split("\n") if _BULLET.match(line)]
                if len(lines) > 1 or _IN_LINE.search(text):
                    yield _faked_list(block, text)


def break_faked(reading: Reading) -> Iterator[Problem]:
    """Find rows of signs: each of them may be heard."""
    for block, text in _paragraphs(reading):
        if _SIGNS.fullmatch(text) and not _EMOJI.fullmatch(text):
            message = f"a row of signs stands as a paragraph, {shown(text)}"
            yield problem("break-faked", block, message, "For a break write a line of three asterisks: * * *")


def emoji_repeated(reading: Reading) -> Iterator[Problem]:
    """Find rows of emoji: each is heard by its whole name."""
    for block in reading.blocks:
        for _, inline in () if isinstance(block, Code) else fields(block):
            found = _EMOJI.search(without_code(inline))
            if found:
                message = f"{shown(found[0])} is heard name by name"
                yield problem("emoji-repeated", block, message, "One is enough.")


def sensory_reference(reading: Reading) -> Iterator[Problem]:
    """Find what is only to be found by who sees the page."""
    for block, text in _paragraphs(reading):
        found = _PLACES.search(text)
        if found:
            message = f"{shown(found[0])} can't be found by ear"
            yield problem("sensory-reference", block, message, "Call it by its name as well.")


def _paragraphs(reading: Reading) -> Iterator[tuple[Block, str]]:
    return ((block, block.content.text) for block in reading.blocks if isinstance(block, Paragraph))


def _flows(reading: Reading) -> Iterator[Sequence[Block]]:
    """Yield each run of blocks that follow one another."""
    yield reading.article.blocks
    for block in reading.blocks:
        inside = children(block)
        if inside and not isinstance(block, Footnote | Heading):
            yield inside


def _follows(before: Block, after: Block) -> bool:
    """Tell whether two paragraphs look like items of one list."""
    if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
        return False
    first, second = before.content.text, after.content.text
    if _BULLET.match(first) and _BULLET.match(second):
        return True
    one, two = _NUMBER.match(first), _NUMBER.match(second)
    return one is not None and two is not None and int(two[1]) == int(one[1]) + 1


def _faked_list(block: Block, text: str) -> Problem:
    message = f"a list is made by hand, from {shown(text)} on"
    return problem("list-faked", block, message, "Write it as a list, with a blank line before its first item.")
