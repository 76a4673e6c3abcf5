"""How long it will take: an estimate from the words and the voice's known rate, before anything is spoken."""

import re
from collections.abc import Iterable

from earmark.narration.script import Item, Pause, Sentence, Utterance, spoken_text

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
# "1980" left to the engine is three words long when it is heard, a Chinese sentence is no single word.
_WORDS_A_DIGIT = 0.75
_WORDS_A_SIGN = 0.6


def words_in(text: str) -> float:
    """Return how many words a text is as long as."""
    total = 0.0
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            total += max(1.0, len(word) * _WORDS_A_DIGIT)
        elif _UNSPACED.match(word):
            total += len(word) * _WORDS_A_SIGN
        else:
            total += 1
    return total


def estimated_seconds(items: Iterable[Item], words_per_minute: float) -> float:
    """Return about how long the items take, their pauses included, at `words_per_minute` of speech itself."""
    words = 0.0
    silence = 0
    for item in items:
        for part in item.parts if isinstance(item, Sentence) else (item,):
            if isinstance(part, Pause):
                silence += part.ms
            elif isinstance(part, Utterance):
                words += words_in(spoken_text(part.said))
    return words * 60 / words_per_minute + silence / 1000


def whole_minutes(seconds: float) -> int:
    """Return the minutes as they are said: whole, and never none."""
    return max(1, round(seconds / 60))
