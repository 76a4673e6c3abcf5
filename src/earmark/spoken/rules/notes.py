"""Marks of footnotes: silent in the flow."""

import re

from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_BRACKETED = Pattern(r"(?<=[^\s\[(])(?:\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\]){1,6}")
_RAISED = Pattern(r"(?<=[a-z]{3})[.,;:!?”\"’)]{0,3}(?P<mark>[¹²³⁴-⁹⁰]{1,3}|[†‡]{1,2})(?![\w])")
_GLUED = Pattern(r"(?:(?<=[a-z]{3})[.!?][”\"’)]?|(?<=[a-z]{2})[”\"’)]\.)(?P<mark>\d{1,2})(?=\s+[A-Z“\"‘]|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:fig|figs|vol|vols|sec|para|chap|nos|art|ver|ext|approx|apt)\.)$", re.IGNORECASE)


def _bracketed(_match: re.Match[str], _passage: Passage) -> str:
    return ""


def _raised(match: re.Match[str], _passage: Passage) -> Reading:
    return Reading(match.start("mark"), match.end("mark"), "")


def _glued(match: re.Match[str], passage: Passage) -> Reading | None:
    if _ABBREVIATED.search(passage.text[max(0, match.start() - 8) : match.start("mark")]):
        return None
    return Reading(match.start("mark"), match.end("mark"), "")


BRACKETED = Rule("note", "[", _BRACKETED, _bracketed)
RAISED = Rule("note", "⁰¹²³⁴⁵⁶⁷⁸⁹†‡", _RAISED, _raised)
GLUED = Rule("note", "0123456789", _GLUED, _glued)
