"""What a Markdown parser is never given: brackets, quotations and lists nested beyond reason."""

import re

from earmark.errors import ReadError

MOST_IN_A_RUN = 1_000  # elements that begin one right after another; as many may be open in HTML
MOST_OPEN_TAGS = 400  # "<a" one after another without a ">"; the parser tries each to the end of the text

_BLANK = re.compile(r"\n[ \t]*\n")
_SIGNIFICANT = re.compile(r"\\.|\]\(|[\[\])]", re.DOTALL)
_TAG_ENDS = re.compile(r"<(?=[A-Za-z/!?])|>")
_RUN = re.compile(r"(?:<(?!(?:br|hr|img|wbr)\b)[a-z][^<>]*+>\s*+)++", re.IGNORECASE)
_MARKERS = re.compile(r"(?:[ \t]*+(?:>|[-+*](?=[ \t]|\Z)|[0-9]{1,9}[.)](?=[ \t]|\Z)|:(?=[ \t]|\Z)))++")
_MARKER = re.compile(r">|[-+*:]|[0-9]{1,9}[.)]")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*+)+|(?:-[ \t]*+)+)\Z")


def check_markdown(text: str, *, name: str, first_line: int, most: int) -> None:
    """Raise `ReadError` where brackets, links, quotations or lists stand more than `most` deep.

    `first_line` is the line of the file that `text` begins at.
    """
    for number, line in enumerate(text.split("\n")):
        found = _MARKERS.match(line)
        if found and found.end() > most and not _RULE.match(line) and len(_MARKER.findall(found[0])) > most:
            raise _too_deep("quotations and lists", name, number + first_line, most)
    for run in _RUN.finditer(text):
        if run.end() - run.start() > MOST_IN_A_RUN * len("<b>") and run[0].count("<") > MOST_IN_A_RUN:
            raise ReadError(
                f"more than {MOST_IN_A_RUN:,} elements begin one right after another",
                source=name,
                line=text.count("\n", 0, run.start()) + first_line,
                hint="Take out those of no use",
            )
    tags = 0
    for edge in _TAG_ENDS.finditer(text):
        tags = tags + 1 if edge[0] == "<" else 0
        if tags > MOST_OPEN_TAGS:
            raise ReadError(
                f"more than {MOST_OPEN_TAGS} tags follow each other that are never closed",
                source=name,
                line=text.count("\n", 0, edge.start()) + first_line,
                hint='Write "&lt;" where no tag is meant',
            )
    start = 0
    while start <= len(text):
        blank = _BLANK.search(text, start)
        end = blank.start() if blank else len(text)
        at = _blowup(text, start, end, most)
        if at is not None:
            raise _too_deep("brackets and links", name, text.count("\n", 0, at) + first_line, most)
        start = blank.end() if blank else len(text) + 1


def _blowup(text: str, start: int, end: int, most: int) -> int | None:
    """Return where a paragraph's brackets go too deep, None if they don't."""
    brackets = links = 0
    for found in _SIGNIFICANT.finditer(text, start, end):
        match found[0]:
            case "[":
                brackets += 1
            case "]":
                brackets -= brackets > 0
            case "](":
                brackets -= brackets > 0
                links += 1
            case ")":
                links -= links > 0
        if brackets > most or links > most:
            return found.start()
    return None


def _too_deep(what: str, name: str, line: int, most: int) -> ReadError:
    return ReadError(
        f"{what} stand inside each other more than {most} deep",
        source=name,
        line=line,
        hint="Flatten them, or raise [reading] most_nesting",
    )
