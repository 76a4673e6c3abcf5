"""Where a Piper voice begins each word: the words' own phonemes found again in what was made of the sentence."""

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import SequenceMatcher

_SPACE = " "


def begins(
    words: Sequence[str], heard: Sequence[str], phonemes_of: Callable[[str], Sequence[str]]
) -> tuple[int | None, ...]:
    """Return the place in `heard`, the sentence's phonemes, where each word begins, None if that can't be told.

    The phonemes of a sentence are not those of its words in a row: "of the" is one, a word before a vowel
    gets an r. Where there are as many groups as words, they are those; else each word's own phonemes, by
    `phonemes_of`, are matched with what is heard.
    """
    groups = _groups(heard)
    if len(groups) == len(words) and not any(character.isdigit() for word in words for character in word):
        return tuple(groups)
    alone: list[str] = []
    spans: list[tuple[int, int]] = []
    for word in words:
        sounds = phonemes_of(word)
        spans.append((len(alone), len(alone) + len(sounds)))
        alone += [*sounds, _SPACE]
    places: dict[int, int] = {}
    for match in SequenceMatcher(None, alone, heard, autojunk=False).get_matching_blocks():
        places.update((match.a + step, match.b + step) for step in range(match.size))
    taken = frozenset(places.values())
    return tuple(_first(places, taken, start, end, heard) for start, end in spans)


def _groups(heard: Sequence[str]) -> list[int]:
    """Return where each stretch between spaces begins that holds a letter."""
    found: list[int] = []
    begin, sounds = 0, False
    for place, phoneme in enumerate([*heard, _SPACE]):
        if phoneme != _SPACE:
            sounds = sounds or is_sound(phoneme)
            continue
        if sounds:
            found.append(begin)
        begin, sounds = place + 1, False
    return found


def _first(places: Mapping[int, int], taken: Collection[int], start: int, end: int, heard: Sequence[str]) -> int | None:
    """Return where the first of the word's phonemes that was found again stands, with what it is short of before it."""
    for place in range(start, end):
        if place in places:
            # What was not found before it is of this word too: back to the space, but no further than the word is long.
            found = places[place]
            for _ in range(place - start):
                if found == 0 or heard[found - 1] == _SPACE or found - 1 in taken:
                    break
                found -= 1
            return found
    return None


def is_sound(phoneme: str) -> bool:
    """Tell whether it is more than punctuation, a stress or a space."""
    return any(character.isalpha() and character not in "ˈˌːˑ" for character in phoneme)
