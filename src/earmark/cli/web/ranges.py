"""Byte ranges and conditions of HTTP (RFC 9110), as pure functions."""

import re
from email.utils import parsedate_to_datetime

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)
_TAGS = re.compile(r'(?:W/)?"[^"]*"')


class Unsatisfiable(Exception):
    """The range that was asked for lies behind the end."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one after the last; None where the whole is to be sent.

    Several ranges at once, other units, and what is no range are answered with the whole, as the standard
    allows. Raises `Unsatisfiable`.
    """
    found = _RANGE.fullmatch(header)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if length == 0:
            raise Unsatisfiable
        return size - length, size
    first = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if found[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(last + 1, size)


def is_unchanged(headers: "dict[str, str]", tag: str, modified: int | None) -> bool:
    """Tell whether the client has it already: by its entity tags, or else by the time in whole seconds."""
    if "if-none-match" in headers:
        asked = headers["if-none-match"]
        return asked.strip() == "*" or tag.removeprefix("W/") in (
            one.removeprefix("W/") for one in _TAGS.findall(asked)
        )
    since = _seconds(headers.get("if-modified-since", ""))
    return modified is not None and since is not None and modified <= since


def may_resume(condition: str, tag: str, modified: int | None) -> bool:
    """Tell whether `If-Range` allows a part: the bytes are those that the client has the beginning of."""
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == tag
    return modified is not None and _seconds(condition) == modified


def _seconds(date: str) -> int | None:
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
