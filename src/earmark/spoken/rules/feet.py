"""Measures in two figures: feet and inches, stone and pounds; marks of feet and inches; blood pressure."""

import re

from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import START, attributive, is_one, say_number

_FEET = Pattern(
    rf"{START}(?P<ft>\d{{1,5}})(?:(?P<word>[ -]?(?:ft|feet|foot))[ -]?|['’′] ?)(?P<in>\d{{1,2}}(?:\.\d)?(?: ?[½¼¾])?)(?:[ -]?(?:ins?|inch(?:es)?)\b\.?|[\"”″]|['’′]{{2}}|(?=\b))(?![\w/])"
)


def _feet(match: re.Match[str], passage: Passage) -> str | None:
    if not match["word"] and match.end() < len(passage.text) and match.group()[-1].isdigit():
        return None
    inches_printed = match.group()[-1] in "\"”″'’′" or "in" in match.group()[match.end("in") - match.start() :]
    single = attributive(passage, match.start(), match.end())
    foot = "foot" if single or match["ft"] == "1" else "feet"
    inch = "inch" if single or match["in"] == "1" else "inches"
    said = f"{cardinal(int(match['ft']))} {foot} {say_number(match['in'], passage)}"
    return f"{said} {inch}" if inches_printed else said


# Blood pressure: with its unit, or two figures that are no fraction of anything.
_PRESSURE = Pattern(r"(?<![\w.,/])(?P<a>\d{2,3})/(?P<b>\d{2,3})(?P<unit> ?mm ?Hg)?(?![\w/])(?![.,]\d)")
_SYSTOLIC, _DIASTOLIC = range(80, 220), range(40, 131)


def _pressure(match: re.Match[str], passage: Passage) -> str | None:
    above, below = int(match["a"]), int(match["b"])
    likely = above in _SYSTOLIC and below in _DIASTOLIC and above > below and match["b"] != "100"
    if not (match["unit"] or likely):
        return None
    said = f"{cardinal(above, american=passage.american)} over {cardinal(below, american=passage.american)}"
    return f"{said} millimetres of mercury" if match["unit"] else said


_PRIME = Pattern(rf"{START}(?P<n>\d{{1,4}}(?:\.\d)?)(?P<prime>′|″|(?<=\d)'(?![\w'])|(?<=\d)\"(?!\w))")


_BY_FEET = re.compile(r"\d['\"] ?[x×] ?$")


_MINUTES = 120  # of a match with its extra time
_ENTERED = re.compile(r"^$|[(,;+.] ?$|\d\+$|[a-z] $")
_ENTRY = re.compile(r" ?[-–:,;)]| [A-Z]|$")
_FOOTBALL = re.compile(
    r"(?i)\b(?:goals?|free kick|corner|penalty|scored|scorers?|yellow card|red card|booked|substitut\w+|kick-off|half-time|full[ -]time|equali[sz]\w+|header|offside|throw-in)\b"
)


def _played(match: re.Match[str], passage: Passage) -> bool:
    """Tell whether a mark is the minutes of a match: "14' - Free kick", "he scored twice (23', 67')"."""
    return (
        match["prime"] in "'′"
        and int(float(match["n"])) <= _MINUTES
        and _ENTRY.match(passage.text, match.end()) is not None
        and _ENTERED.search(passage.before(match.start(), 4)) is not None
        and passage.near(_FOOTBALL, match.start() - 80, match.end() + 80)
    )


def _prime(match: re.Match[str], passage: Passage) -> str | None:
    if _played(match, passage):
        return f"{say_number(match['n'], passage)} minute{'' if match['n'] == '1' else 's'}"
    if match["prime"] in "'\"" and not _BY_FEET.search(passage.before(match.start(), 10)):
        # A closing quotation mark looks the same: "in 1999" with its opening before it is no inch.
        before = passage.before(match.start(), 200)
        if before.count(match["prime"]) % 2 or "‘" in before or "“" in before or re.search(r"(?:^|[\s(])'\w", before):
            return None
    one = is_one(match["n"]) or attributive(passage, match.start(), match.end())
    name = ("foot" if one else "feet") if match["prime"] in "′'" else ("inch" if one else "inches")
    return f"{say_number(match['n'], passage)} {name}"


_STONE = Pattern(rf"{START}(?P<st>\d{{1,3}})st (?P<lb>\d{{1,2}})(?:lbs?)?(?!\w)")


def _stone(match: re.Match[str], _passage: Passage) -> str:
    pounds = cardinal(int(match["lb"]))
    named = match.group().endswith(("lb", "lbs"))
    return f"{cardinal(int(match['st']))} stone {pounds}" + (
        (" pound" if match["lb"] == "1" else " pounds") if named else ""
    )


PRESSURE = Rule("measure", "/", _PRESSURE, _pressure, figures=True, leads=True)
FEET = Rule("measure", "0123456789", _FEET, _feet, figures=True, leads=True)
STONE = Rule("measure", "s", _STONE, _stone, figures=True, leads=True, has=("st ",))
PRIME = Rule("measure", "'\"′″", _PRIME, _prime, figures=True, leads=True)
