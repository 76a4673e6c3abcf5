"""Text cut into words as a lexicon compares them, and the words of an article as a few bytes."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from zlib import crc32

# Scripts without spaces between words: there a character is a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+|[^\s]")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "\u2011": "-", "\u2010": "-"})

_BYTES = 3  # to a word: of 500 words, one in 34,000 that is not there seems to be


class Word(NamedTuple):
    """A word or a sign at `[start, end)`; `exact` as printed, `folded` whatever its case."""

    start: int
    end: int
    exact: str
    folded: str


def tokens(text: str) -> list[Word]:
    """Return the words and signs of `text`, in order, in time linear in its length.

    Typographic and typewriter apostrophes are the same.
    """
    alike = text.translate(_ALIKE)
    return [Word(m.start(), m.end(), m.group(), m.group().lower()) for m in _TOKEN.finditer(alike)]


def folded(text: str) -> set[str]:
    """Return the words and signs of `text` as they are compared whatever their case; quicker than `tokens`."""
    return set(map(str.lower, _TOKEN.findall(text.translate(_ALIKE))))


def inside_word(text: str, position: int) -> bool:
    """Tell whether the character at `position` belongs to a word that could go on: not in scripts without spaces."""
    if not 0 <= position < len(text):
        return False
    character = text[position]
    if character.isascii():
        return character.isalnum()
    return (character.isalnum() or unicodedata.category(character)[0] == "M") and not _unspaced().match(character)


@cache
def _unspaced() -> re.Pattern[str]:
    """Return what finds a character of those scripts: ranges as wide take 2 ms to compile, and few articles need them."""
    return re.compile(rf"[{_UNSPACED}]")


def vocabulary(words: Iterable[str]) -> bytes:
    """Return a few bytes that tell whether one of `words` may be among them, whatever their order."""
    return b"".join(sorted({_hash(word) for word in words}))


def hashes(known: bytes) -> frozenset[bytes]:
    """Return the hashes that a vocabulary holds."""
    return frozenset(known[at : at + _BYTES] for at in range(0, len(known), _BYTES))


def hashes_of(text: str) -> frozenset[bytes]:
    """Return the hashes of the words of `text`: it can only stand in an article whose vocabulary holds them all."""
    return frozenset(_hash(word.folded) for word in tokens(text))


def _hash(word: str) -> bytes:
    return crc32(word.encode("utf-8", "surrogatepass")).to_bytes(4)[:_BYTES]
