"""How long it will take: an estimate from the words and the voice's known rate, before anything is spoken."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from earmark.narration.script import Item, Pause, Sentence, Utterance, spoken_text

# A voice's words per minute are counted in words of six characters, the space among them: so a German
# article, or one of short words, takes as long as it is estimated.
_LETTERS_A_WORD = 6
# A Chinese, Japanese or Thai sign is a syllable, more than half a word.
_LETTERS_A_SIGN = 3.6


def words_in(text: str) -> float:
    """Return how many words of running text a text is as long as."""
    signs = 0 if text.isascii() else len(_unspaced().findall(text))
    return (len(text) + signs * (_LETTERS_A_SIGN - 1)) / _LETTERS_A_WORD


@cache
def _unspaced() -> re.Pattern[str]:
    """Return what finds signs that stand without spaces: ranges as wide take 2 ms to compile, and few articles need them."""
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


def pace_of(paces: Mapping[str, float], language: str) -> float:
    """Return the words a minute of a voice that speaks `language`, from paces by primary language."""
    return paces.get(language.lower().partition("-")[0], paces[""])


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
