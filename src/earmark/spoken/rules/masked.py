"""Masked words: f***, f---, s*** … A listener hears a letter and a bleep, never "asterisk"."""

import re

from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_WORD = Pattern(
    r"(?<![\w*])(?!A\*s\b)(?P<first>[^\W\d_]{1,3})(?:(?P<stars>\*{2,12}|\*(?=[a-z]))(?P<rest>[a-z]{0,8})"
    r"|[-–—]{2,12}(?P<rest2>[a-z]{0,4})(?=[\s.,;:!?’'\")”]|$))(?![*\w])"
)


def _masked(match: re.Match[str], passage: Passage) -> str | Reading | None:
    first = match["first"]
    dashes = match["stars"] is None
    if dashes and (len(first) > 1 or first in "aAI"):
        return None
    way = passage.context.masked
    sayable = any(vowel in "aeiouy" for vowel in first.lower())
    letter = first.lower() if len(first) > 1 and sayable else first[0].upper()
    ending = match["rest"] if (match["rest"] or "") in {"ing", "ed", "er", "ers", "s"} else ""
    if way == "skip":
        return ""
    if way == "letter":
        return letter
    if way == "tone":
        return Reading(match.start(), match.end(), "", "bleep")
    if not passage.language.lower().startswith("en"):  # "bleep" is English
        return Reading(match.start(), match.end(), f"{letter},", "bleep")
    return f"{letter}, bleep{ending}"


MASKED = Rule("masked", "*-–—", _WORD, _masked)
