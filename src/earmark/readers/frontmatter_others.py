"""The front matter that Hugo knows besides YAML: TOML between `+++` lines, and a JSON object."""

import json
import re
import tomllib
from collections.abc import Mapping

from earmark import toml
from earmark.readers.frontmatter import MOST_CHARACTERS, MOST_DEPTH, MOST_EVENTS, Entry, FrontMatter, invalid, too_large

_NONE = FrontMatter({}, 0, 0)
_FENCE = re.compile(r"\+\+\+[ \t]*\n")
_CLOSING = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML_KEY = re.compile(r"^[ \t]*(?:\[[ \t]*)?(?P<name>[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*[=.\]]", re.MULTILINE)
_JSON_KEY = re.compile(r"^[ \t{,]*\"(?P<name>[^\"\\\n]*)\"[ \t]*:", re.MULTILINE)
_MEANT = re.compile(r"\{\s*\"[^\"\n]*\"\s*:")
_AFTER = re.compile(r"[ \t]*(?:\n|\Z)")
_PLACE = re.compile(r" \(at line (?P<line>\d+), column \d+\)$| \(at end of document\)$")


def split_others(text: str, *, name: str) -> FrontMatter:
    """Return the TOML or JSON front matter of `text`; no entries and an end at 0 where there is none.

    Raises `ReadError`, with the line where it is known, for what is meant as front matter and can't be read.
    """
    return _json(text, name) if text.startswith("{") else _toml(text, name)


def _toml(text: str, name: str) -> FrontMatter:
    opening = _FENCE.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return _NONE
    source = text[opening.end() : closing.start()]
    if source.strip() and not any(_TOML_KEY.match(line) for line in source.split("\n")):
        return _NONE
    if len(source) > MOST_CHARACTERS:
        raise too_large(name)
    try:
        values = toml.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place["line"]) + 1 if place and place["line"] else None
        hint = "Put texts in quotes, and write one key = value a line"
        raise invalid("TOML", _PLACE.sub("", str(error)), name, line, hint) from None
    except RecursionError:
        raise too_large(name) from None
    _check_size(values, name)
    lines = text.count("\n", 0, closing.end())
    return FrontMatter(_entries(values, _lines(_TOML_KEY, source, first=2)), closing.end(), lines)


def _json(text: str, name: str) -> FrontMatter:
    """Return the object that `text` begins with; a text may as well begin with a brace."""
    if not _MEANT.match(text):
        return _NONE
    try:
        values, end = json.JSONDecoder().raw_decode(text[: MOST_CHARACTERS + 1])
    except json.JSONDecodeError as error:
        if len(text) > MOST_CHARACTERS and error.pos >= MOST_CHARACTERS:
            raise too_large(name) from None
        hint = "Put keys and texts in double quotes, with commas between the pairs and none after the last"
        raise invalid("JSON", error.msg, name, error.lineno, hint) from None
    except (RecursionError, ValueError):  # a number of more digits than Python reads
        raise too_large(name) from None
    after = _AFTER.match(text, end)
    if after is None:
        line = text.count("\n", 0, end) + 1
        raise invalid("JSON", "something follows its last brace", name, line, "Begin the article on a line of its own")
    _check_size(values, name)
    found = _lines(_JSON_KEY, text[:end], first=1)
    return FrontMatter(_entries(values, found), after.end(), text.count("\n", 0, after.end()))


def _entries(values: Mapping[str, object], lines: Mapping[str, int]) -> dict[str, Entry]:
    return {
        key: Entry(
            value,
            "" if isinstance(value, dict | list) else _written(value),
            lines.get(key, 1),
            {one: lines[one] for one in value if one in lines} if isinstance(value, dict) else {},
        )
        for key, value in values.items()
    }


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _lines(key: re.Pattern[str], source: str, *, first: int) -> dict[str, int]:
    """Return the line of each key that stands only once, so that nobody is sent to the wrong one."""
    seen: dict[str, list[int]] = {}
    last, line = 0, first
    for found in key.finditer(source):
        line += source.count("\n", last, found.start("name"))
        last = found.start("name")
        seen.setdefault(found["name"].strip("\"'"), []).append(line)
    return {name: at[0] for name, at in seen.items() if len(at) == 1}


def _check_size(values: Mapping[str, object], name: str) -> None:
    """Raise `ReadError` for what holds too much or goes too deep."""
    count = 0
    waiting: list[tuple[object, int]] = [(values, 1)]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > MOST_EVENTS or depth > MOST_DEPTH:
            raise too_large(name)
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend((one, depth + 1) for one in inside)
