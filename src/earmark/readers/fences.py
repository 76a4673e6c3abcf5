"""`::: speaker Jane Doe` and `::: recording talk.wav`: what stands up to `:::` is said by someone, in either dialect.

The next such line ends it as well, so that an interview needs no closing lines; so does the end of the text.
More is said in braces: `::: speaker Jane Doe {recording="talk.wav"}`.
"""

import re

_OPENING = re.compile(r" {0,3}:{3,}[ \t]*(?P<kind>speaker|recording)[ \t]+(?=\S)")
_CLOSING = re.compile(r" {0,3}:{3,}[ \t]*")
_MORE = re.compile(r"\b(?P<kind>speaker|recording)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))")
_MOST = 500  # characters; a longer line is a paragraph
MARK = ":::"  # no text without it has a fence


def opening(line: str) -> dict[str, str] | None:
    """Return the attributes that a line opens a fence with, by name; None if it opens none."""
    found = _OPENING.match(line) if len(line) <= _MOST else None
    if not found:
        return None
    value, more = line[found.end() :].rstrip(" \t:"), ""
    if value.endswith("}"):
        value, _, more = value[:-1].rpartition("{")
        value = value.rstrip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    attributes = {one["kind"]: one["quoted"] or one["bare"] or "" for one in _MORE.finditer(more)}
    attributes[found["kind"]] = value.strip()
    return attributes


def closes(line: str) -> bool:
    """Tell whether a line closes a fence."""
    return _CLOSING.fullmatch(line) is not None
