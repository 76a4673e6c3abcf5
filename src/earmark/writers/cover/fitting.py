"""Fits a title into a square: the largest letters in which its words fit, broken into lines."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from msgspec import Struct


class Length(Protocol):
    """Tells how wide a line is in a size, both in pixels."""

    def __call__(self, line: str, size: int) -> float:
        """Return the width of `line`."""
        ...


_LONGEST = 140  # characters: beyond that no cover can be read as a thumbnail


class Fitted(Struct, frozen=True):
    """Lines, and the size in pixels in which they fit."""

    lines: tuple[str, ...]
    size: int


class Room(Struct, frozen=True):
    """What there is room for, in pixels; a line takes `leading` times its size. Sizes are tried in order."""

    width: int
    height: int
    sizes: tuple[int, ...]
    leading: float = 1.2


def shown(text: str, has_glyph: Callable[[str], bool]) -> str:
    """Return what of a title the font can show, "" if letters of it are missing: boxes tell nobody anything.

    Signs without a glyph (emoji) are left out; letters are not, for a name with holes is another name.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text[: 4 * _LONGEST]):
        if has_glyph(character):
            kept.append(character)
        elif unicodedata.category(character)[0] in "LMN":
            return ""
        else:
            kept.append(" " if character.isspace() else "")
    line = re.sub(r"\s+", " ", "".join(kept)).strip()
    if len(line) <= _LONGEST:
        return line
    cut = line.rfind(" ", _LONGEST // 2, _LONGEST)
    return line[: cut if cut > 0 else _LONGEST - 1].rstrip(" ,;:–—-") + "…"


def initials(text: str, has_glyph: Callable[[str], bool]) -> str:
    """Return the first letters of up to three words, "" if the font has not all of them."""
    found = "".join(word[0] for word in re.findall(r"\w+", unicodedata.normalize("NFC", text[:_LONGEST])))[:3].upper()
    return found if all(map(has_glyph, found)) else ""


def fit(text: str, room: Room, length: Length) -> Fitted:
    """Return `text` in the largest size in which it fits; in the smallest, what does not fit is cut with "…"."""
    for size in room.sizes:
        lines = _lines(text.split(" "), room.width, partial(length, size=size))
        if lines is not None and len(lines) * size * room.leading <= room.height:
            return Fitted(tuple(lines), size)
    size = room.sizes[-1]
    most = max(1, int(room.height / (size * room.leading)))
    broken = [piece for word in text.split(" ") for piece in _pieces(word, room.width, size, length)]
    lines = _lines(broken, room.width, partial(length, size=size)) or broken
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]
    return Fitted(tuple(lines), size)


def _lines(words: Sequence[str], width: int, length: Callable[[str], float]) -> list[str] | None:
    """Return the words in lines, None if one of them is wider than a line."""
    lines: list[str] = []
    for word in words:
        if length(word) > width:
            return None
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and length(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _pieces(word: str, width: int, size: int, length: Length) -> list[str]:
    """Return a word in pieces that each fit on a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and length(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
