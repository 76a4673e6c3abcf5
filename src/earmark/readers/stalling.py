"""What Python-Markdown is not given: a stretch without a blank line so long, and so full of marks, that it would stall.

At each mark it copies the whole stretch, and at each line of a list's item the item: the square of their length.
"""

import re
from collections.abc import Iterator

from earmark.errors import ReadError

_LEAST = 50_000  # characters between blank lines, below which nothing stalls
_MOST_COPIED = 4_000_000_000  # characters, which takes some two seconds
_LINES_A_MARK = 25  # a line in a list's item costs no more than this part of a mark
_MOST_DEFINITIONS = 900  # one below the other: each is read inside the one before
_BLANK = re.compile(r"\n(?:[ \t]*+\n)++")
# What begins a stretch of its own between blank lines: an item of a list, a heading, HTML, code, a table's row.
_BEGINS = re.compile(r"^(?:[ \t>]*(?:[-+*#<]|[0-9]{1,9}[.)])|[ \t]*>[ \t>]*$| {4}|\t)|^[^\n|]*\|", re.MULTILINE)
_AS_IT_IS = re.compile(r"[ \t]*<| {4}|\t")  # HTML and code: no marks are looked for
_FENCE = re.compile(r" {0,3}(`{3,}+|~{3,}+)")
_DEFINITION = re.compile(r"^ {0,3}: ", re.MULTILINE)
_HINT = "Part it by blank lines"


def check_stretches(text: str, *, name: str, first_line: int) -> None:
    """Raise `ReadError` for the first stretch of `text`, which begins at `first_line` of the file, that would stall."""
    if not any(_long(text)):
        return
    text = _without_fences(text)
    for start, end in _long(text):
        block = text[start:end]
        if len(_DEFINITION.findall(block)) > _MOST_DEFINITIONS:
            why, at = f"more than {_MOST_DEFINITIONS} definitions follow each other without a blank line", 0
        else:
            at = next((at for at, to in _stretches(block) if _copied(block, at, to) > _MOST_COPIED), -1)
            why = "a paragraph is too long for all the marks and breaks in it"
        if at >= 0:
            line = text.count("\n", 0, start + at) + first_line
            raise ReadError(why, source=name, line=line, hint=_HINT)


def _without_fences(text: str) -> str:
    """Return `text` with empty lines for those of fenced code."""
    lines = text.split("\n")
    opened, fence = 0, ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and not fence:
            opened, fence = number, found[1]
        elif found and found[1].startswith(fence) and not line[found.end() :].strip():
            lines[opened : number + 1] = [""] * (number + 1 - opened)
            fence = ""
    return "\n".join(lines)


def _long(text: str) -> Iterator[tuple[int, int]]:
    """Yield where what is long between blank lines begins and ends."""
    start = 0
    while start < len(text):
        blank = _BLANK.search(text, start)
        end = blank.start() if blank else len(text)
        if end - start > _LEAST:
            yield start, end
        start = blank.end() if blank else end


def _stretches(block: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _BEGINS.finditer(block):
        if found.start() - start > _LEAST:
            yield start, found.start()
        start = found.start()
    if len(block) - start > _LEAST:
        yield start, len(block)


def _copied(block: str, start: int, end: int) -> int:
    """Return how many characters are copied, at most, while a stretch is read."""
    if _AS_IT_IS.match(block, start):
        return 0
    alone = sum(block.count(mark, start, end) for mark in ("[", "<", "\\", "  \n"))
    paired = sum(block.count(mark, start, end) for mark in ("*", "_", "`", "~~"))
    lines = block.count("\n", start, end) if _BEGINS.match(block, start) else 0
    return (alone + paired // 2 + lines // _LINES_A_MARK) * (end - start)
