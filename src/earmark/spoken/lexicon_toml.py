"""lexicon.toml: `"printed form" = "what is said"`, or a table, or a list of tables told apart by context."""

import re
import tomllib
from pathlib import PurePath

from earmark import toml
from earmark.article import Lexeme
from earmark.errors import LexiconError
from earmark.spoken.lexemes import BadEntry, lexemes

MOST_BYTES = 4_000_000
_LINE = re.compile(r"line (\d{1,9})")
_KEY = re.compile(
    r"""^[ \t]*(?:\[\[?[ \t]*)?(?:"(?P<basic>(?:[^"\\\n]|\\.)*)"|'(?P<literal>[^'\n]*)'|(?P<bare>[A-Za-z0-9_-]+))""",
    re.MULTILINE,
)


def read(data: bytes, path: PurePath | str) -> tuple[Lexeme, ...]:
    """Return the entries in the order of the file. Raises `LexiconError` with the line and the grapheme."""
    if len(data) > MOST_BYTES:
        raise LexiconError(
            f"it has more than {MOST_BYTES:,} bytes", path=path, hint="Cut it in two: .pls files can help."
        )
    try:
        text = data.decode("utf-8-sig")
        values = toml.loads(text)
    except UnicodeDecodeError as error:
        wrong = data.count(b"\n", 0, error.start) + 1
        raise LexiconError("this is not UTF-8 text", path=path, line=wrong, hint="Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, text, path) from None
    except RecursionError:
        raise LexiconError("it is nested too deeply", path=path, hint="An entry is a line or a table.") from None
    found: list[Lexeme] = []
    for grapheme, value in values.items():
        try:
            found.extend(lexemes(grapheme, value))
        except BadEntry as bad:
            line = line_of(text, grapheme)
            raise LexiconError(bad.message, path=path, line=line, grapheme=grapheme, hint=bad.hint) from None
    return tuple(found)


def line_of(text: str, grapheme: str) -> int | None:
    """Return the line (from 1) that the entry for `grapheme` begins on, None if it can't be told."""
    for match in _KEY.finditer(text):
        if _unquoted(match) == grapheme:
            return text.count("\n", 0, match.start()) + 1
    return None


def _unquoted(match: re.Match[str]) -> str:
    if match["basic"] is None:
        return match["literal"] if match["literal"] is not None else match["bare"]
    try:
        key: str = tomllib.loads(f'key = "{match["basic"]}"')["key"]
    except tomllib.TOMLDecodeError:
        return ""
    return key


def _not_toml(error: tomllib.TOMLDecodeError, text: str, path: PurePath | str) -> LexiconError:
    """Tell what TOML does not take, with the line, and what is written there."""
    message = str(error)
    found = _LINE.search(message)
    line = int(found[1]) if found else text.count("\n") + 1
    lines = text.split("\n")
    written = lines[line - 1].partition("=")[0].strip().strip("\"'[]") if line <= len(lines) else ""
    hint = 'Write "Siobhán" = "shivawn": letters beyond a-z need quotation marks.'
    if "overwrite" in message.lower():
        hint = "It is there twice: keep one, or make it a list of tables told apart by preceded_by and followed_by."
    return LexiconError(f"this is not TOML: {message}", path=path, line=line, grapheme=written[:60], hint=hint)
