"""Hashtags without capitals, parted into the words that they are made of."""

from earmark.spoken.locales.en_common import COMMON
from earmark.spoken.locales.en_tags import TAGGED

_LONGEST = 14  # letters of a word
_LEAST = 3  # letters of a name that is worth parting
_KNOWN = COMMON | TAGGED
_SINGLE = frozenset("ai")


def parted(name: str) -> str:
    """Return "black lives matter" for "blacklivesmatter", "" where known words don't make it up.

    Of several ways the one with the fewest words is taken. Linear in the length of `name`.
    """
    if not name.isascii() or not name.isalpha() or len(name) < _LEAST or name in _KNOWN:
        return ""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(name) + 1):
        found: tuple[str, ...] | None = None
        for start in range(max(0, end - _LONGEST), end):
            before, word = best[start], name[start:end]
            if before is None or word not in _KNOWN or (len(word) == 1 and word not in _SINGLE):
                continue
            if found is None or len(before) + 1 < len(found):
                found = (*before, word)
        best.append(found)
    whole = best[-1]
    return " ".join(whole) if whole and len(whole) * 2 <= len(name) else ""
