"""Dashes and ornaments: what has a sound in print but none in a voice, or the other way round."""

import re

from earmark.spoken.passage import Passage, Rule

# A dash that joins two words in print parts them in speech; voices run over one without spaces.
_DASH = re.compile(r"(?<=[^\s—–-])(?:\s{0,2}—\s{0,2}|\s{0,2}--\s{0,2}|\s–\s|\s-\s)(?=[^\s—–-])")
_ORNAMENT = re.compile(r"[•†‡¶◦▪■□●○◆◇★☆※❧☙⁂|]|(?<!\w)[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?!\w)")


def _dash(_match: re.Match[str], _passage: Passage) -> str:
    return " — "


def _ornament(_match: re.Match[str], _passage: Passage) -> str:
    return ""


DASH = Rule("dash", "—–-", _DASH, _dash)
ORNAMENT = Rule("ornament", "•†‡¶◦▪■□●○◆◇★☆※❧☙⁂|*_", _ORNAMENT, _ornament)
