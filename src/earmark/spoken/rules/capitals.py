"""Capitals that are typography, not letters to spell: headlines, lead-ins, emphasis."""

import re

from earmark.spoken.locales.en_acronyms import LETTERS, WORDS
from earmark.spoken.locales.en_common import COMMON
from earmark.spoken.passage import Passage, Pattern, Rule

_CAPS = Pattern(
    r"(?<![\w@#.&/-])[A-Z][A-Z]{1,29}(?:[’'][A-Z]{1,3})?(?![\w@&]|[./-]\w)|(?<=[A-Z] )A(?= [A-Z]{2})|^A(?= [A-Z]{2})"
)


def _capitals(match: re.Match[str], passage: Passage) -> str | None:
    if not passage.context.capitals:
        return None
    word = match.group()
    stem = word.replace("’", "'").partition("'")[0]
    lower = stem.lower()
    shouting = _shouting(passage, match)
    if stem in {"US", "WHO", "IT"}:
        return _pronoun(match, passage, word, shouting=shouting)
    if stem in LETTERS or stem in WORDS:
        return None
    if lower in COMMON or lower in passage.known_words or (shouting and (len(stem) > 3 or _sayable(lower))):  # noqa: PLR2004 (acronyms are mostly of three letters)
        return word.capitalize() if match.start() == 0 else word.lower()
    return None


_OPENING = 2  # quotation marks before the first word


def _sayable(lower: str) -> bool:
    return any(vowel in lower for vowel in "aeiouy") and lower[-1] not in "jqv"


def _shouting(passage: Passage, match: re.Match[str]) -> bool:
    """Tell whether capitals around the word are set by the page and not by the word."""
    text = passage.text
    if passage.shouted:
        return True
    opening = re.match(r"\W{0,3}(?:[A-Z][A-Z’'-]{0,30}\b[ ,]{1,2}){1,8}", text)
    return opening is not None and match.end() <= opening.end() and passage.context.lead_in


def _pronoun(match: re.Match[str], passage: Passage, word: str, *, shouting: bool) -> str | None:
    text = passage.text
    if word == "US":
        before = passage.before(match.start()).split()[-1:] if shouting else []
        asks = {
            "LET",
            "GIVE",
            "HELP",
            "TELL",
            "OF",
            "TO",
            "FOR",
            "WITH",
            "MAKE",
            "MAKES",
            "LEAVE",
            "JOIN",
            "SAVE",
            "BOTH",
        }
        return "us" if before and before[0] in asks else None
    if word == "WHO":
        if re.search(r"\b(?:the|THE)\s$", text[max(0, match.start() - 5) : match.start()]):
            return None
        if not shouting and re.match(
            r"\s(?:chief|said|says|has|warns|warned|director|official|expert)", text[match.end() : match.end() + 12]
        ):
            return None
        return "Who" if match.start() == 0 else "who" if shouting else None
    if (
        match.start() <= _OPENING
        and not text[: match.start()].strip("\"'“‘(")
        and not re.match(
            r"\s(?:department|support|systems?|workers?|staff|experts?|jobs?|firms?|company|skills|security|consultant|sector)\b",
            text[match.end() : match.end() + 14],
        )
    ):
        return "It"
    return "it" if shouting else None


CAPITALS = Rule("capitals", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", _CAPS, _capitals)
