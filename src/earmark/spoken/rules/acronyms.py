"""Acronyms: letters that voices take for words, plurals that they swallow, words that they spell."""

import re

from earmark.spoken.letters import plural, spell
from earmark.spoken.locales.en_acronyms import LETTERS, MISREAD, MIXED, RESPELT, WORDS
from earmark.spoken.locales.en_common import COMMON
from earmark.spoken.passage import Passage, Pattern, Rule

_AMPERSAND = Pattern(r"(?<![\w&])(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,2})(?P<s>['’]?s)?(?P<plus>\+)?(?![\w&])")


def _ampersand(match: re.Match[str], _passage: Passage) -> str:
    first, last = spell(match["a"]), spell(match["b"])
    if match["s"]:
        last += "'s"
    # "A and E" would be an article; a hyphen makes it a letter.
    joint = "-and " if first.endswith("A") else " and "
    return f"{first}{joint}{last}{' plus' if match['plus'] else ''}"


_KNOWN = Pattern(
    r"(?<![\w&@#])(?P<w>"
    + "|".join(re.escape(word) for word in sorted(MIXED, key=len, reverse=True))
    + r")(?P<s>['’]s)?(?![\w&])"
)


def _known(match: re.Match[str], _passage: Passage) -> str:
    return MIXED[match["w"]] + ("'s" if match["s"] else "")


_ACRONYM = Pattern(r"(?<![\w@#&])(?P<w>[A-Z]{2,8})(?P<plus>\+)?(?P<s>s|['’]s|['’]S)?(?![\w&@])(?![./]\w)")


def _acronym(match: re.Match[str], passage: Passage) -> str | None:
    word, ending = match["w"], match["s"]
    plus = " plus" if match["plus"] else ""
    if word in RESPELT:
        return RESPELT[word] + ("'s" if ending else "") + plus
    if word in WORDS:
        return None
    if word.lower() in COMMON or word.lower() in passage.context.known_words:
        return None
    if ending and (word in LETTERS or len(word) <= 4):  # noqa: PLR2004 (longer ones may be words in capitals)
        return plural(word) + plus if word != "OK" else None
    if word in MISREAD or (len(word) <= 3 and word not in LETTERS and _wordlike(word)):  # noqa: PLR2004
        return spell(word) + plus
    if len(word) > 3 and word not in LETTERS and _wordlike(word) and not passage.shouted:  # noqa: PLR2004
        passage.warn("unknown-capitals", f"“{word}” may be a word or letters", "Add a lexicon entry to say which.")
    return f"{word}{plus}" if plus else None


def _wordlike(word: str) -> bool:
    return any(vowel in word for vowel in "AEIOUY")


AMPERSAND = Rule("ampersand", "&", _AMPERSAND, _ampersand)
KNOWN = Rule("acronym", "MDTBPFAOWGCHIQLSm", _KNOWN, _known)
ACRONYM = Rule("acronym", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", _ACRONYM, _acronym)
