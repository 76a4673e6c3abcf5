"""The words that espeak-ng has been taught, read from a compiled dictionary; it guesses at all others by rule.

The file: a count of buckets and an offset, then the buckets. An entry is its own length, a byte of flags
and the word's length, the word, and what is known of it; a length of 0 ends a bucket. Words of Latin
letters are packed six bits to a letter.
"""

from functools import lru_cache
from pathlib import Path

_HEADER = 8
_PACKED, _SILENT, _LENGTH = 0x40, 0x80, 0x3F  # _SILENT: how to stress or spell it, but no sounds
_LETTERS = "abcdefghijklmnopqrstuvwxyzàáâåæçèéêëíîóöøúüăąćčđęłńśšţźżž"
_BITS = 6


@lru_cache(maxsize=16)
def read(path: Path) -> frozenset[str]:
    """Return the words whose sounds the dictionary gives, in lower case; none if there is no such file."""
    try:
        data = path.read_bytes()
    except OSError:
        return frozenset()
    words: set[str] = set()
    at, buckets = _HEADER, int.from_bytes(data[:4], "little")
    while buckets and at + 1 < len(data):
        size = data[at]
        if size == 0:
            buckets, at = buckets - 1, at + 1
            continue
        flags = data[at + 1]
        packed = data[at + 2 : at + 2 + (flags & _LENGTH)]
        if not flags & _SILENT:
            words.add(_unpacked(packed) if flags & _PACKED else packed.decode("utf-8", "replace"))
        at += size
    return frozenset(words)


def _unpacked(packed: bytes) -> str:
    letters: list[str] = []
    number = int.from_bytes(packed, "big")
    left = 8 * len(packed)
    while left >= _BITS:
        left -= _BITS
        code = number >> left & 0x3F
        if not 0 < code <= len(_LETTERS):
            break
        letters.append(_LETTERS[code - 1])
    return "".join(letters)
