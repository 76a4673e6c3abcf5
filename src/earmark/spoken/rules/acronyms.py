"""Acronyms: letters that voices take for words, plurals that they swallow, words that they spell."""

import re

from earmark.spoken.letters import plural, spell
from earmark.spoken.locales.en_acronyms import ALWAYS, LETTERS, MISREAD, MIXED, RESPELT, WORDS
from earmark.spoken.locales.en_common import COMMON
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_AMPERSAND = Pattern(r"(?<![\w&])(?P<a>[A-Z]{1,3})&(?P<b>[A-Z]{1,2})(?P<s>['’]?s)?(?P<plus>\+)?(?![\w&])")


def _ampersand(match: re.Match[str], _passage: Passage) -> str:
    first, last = spell(match["a"]), spell(match["b"])
    if match["s"]:
        last += "'s"
    # "A and E" would be an article; a hyphen makes it a letter.
    joint = "-and " if first == "A" else " and "
    return f"{first}{joint}{last}{' plus' if match['plus'] else ''}"


_KNOWN = Pattern(
    r"(?<![\w&@#])(?P<w>"
    + "|".join(re.escape(word) for word in sorted(MIXED, key=len, reverse=True))
    + r")(?P<s>['’]s)?(?![\w&])"
)


def _known(match: re.Match[str], _passage: Passage) -> str:
    return MIXED[match["w"]] + ("'s" if match["s"] else "")


_ACRONYM = Pattern(r"(?<![\w@#&])(?P<w>[A-Z]{2,8})(?P<plus>\+)?(?P<s>s|['’]s|['’]S)?(?![\w&@])(?![./]\w)")


# Where a voice sees the end of a clause it takes capitals for a word.
_CLAUSE_END = re.compile(r"\s?(?:[^\w\s'’(]|$)|\s[-–—(]")


def _acronym(match: re.Match[str], passage: Passage) -> str | Reading | None:
    word, ending = match["w"], match["s"]
    plus = " plus" if match["plus"] else ""
    if word in RESPELT:
        return RESPELT[word] + ("'s" if ending else "") + plus
    if word in WORDS or word.lower() in COMMON or word.lower() in passage.known_words or word == "OK":
        return None
    if ending:
        return _ended(match, passage)
    unknown = word not in LETTERS and _wordlike(word)
    if word in MISREAD or (unknown and len(word) <= 3):  # noqa: PLR2004 (short ones are letters)
        ends = _CLAUSE_END.match(passage.text, match.end())
        if ends or len(word) > 3 or word in ALWAYS or plus:  # noqa: PLR2004 (longer ones are read as words everywhere)
            return spell(word) + plus
    elif unknown and not passage.shouted:
        passage.warn("unknown-capitals", f"“{word}” may be a word or letters", "Add a lexicon entry to say which.")
    return f"{word}{plus}" if plus else None


def _ended(match: re.Match[str], passage: Passage) -> Reading | None:
    """Say "MPs", "BBC’s": voices swallow the s of long ones, of one that stands alone and of "MPs’"."""
    word = match["w"]
    if word not in LETTERS and len(word) > 4:  # noqa: PLR2004 (it may be a word in capitals)
        return None
    alone = match.start() == 0 and passage.ends(match.end())
    genitive = passage.after(match.end(), 1) in {"'", "’"}
    alone = alone or match["s"].endswith("S")
    if len(word) > (2 if match["s"] == "s" else 3) or word in ALWAYS or alone or genitive:
        return Reading(match.start(), match.end() + genitive, plural(word))
    return None


def _wordlike(word: str) -> bool:
    return any(vowel in word for vowel in "AEIOUY")


AMPERSAND = Rule("ampersand", "&", _AMPERSAND, _ampersand)
KNOWN = Rule("acronym", "MDTBPFAOWGCHIQLSm", _KNOWN, _known)
ACRONYM = Rule("acronym", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", _ACRONYM, _acronym)
