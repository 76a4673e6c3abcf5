"""Measures: figures with a unit, attributive and plural, and percentages."""

import re

from earmark.spoken.locales import words
from earmark.spoken.locales.en_numbers import MAGNITUDES
from earmark.spoken.locales.en_symbols import POWERS as EXPONENTS
from earmark.spoken.locales.en_units import (
    CONTAINERS,
    KITCHEN_UNITS,
    PER,
    POURED,
    POWERS,
    RACES,
    RATED,
    RATINGS,
    SHOT_ON,
    TIGHT,
    UNITS,
)
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import (
    DASH,
    FIGURE,
    FUNCTION_WORDS,
    MINUS,
    NUMBER,
    START,
    VULGARS,
    attributive,
    counted,
    is_one,
    next_word,
    say_number,
    signed,
)
from earmark.spoken.rules.metres import in_metres, several

_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_PER = "|".join(sorted({**PER, **{u: u for u in UNITS if u.isascii() and u.isalpha()}}, key=len, reverse=True))
_MEASURE = Pattern(
    rf"{START}(?P<minus>{MINUS}|(?<!\w)\+)?(?P<n1>{FIGURE})(?:(?:{DASH}|(?P<to> to )|(?P<by> ?[x×] ?))(?P<n2>{MINUS}?{NUMBER}(?: ?[{VULGARS}])?|[{VULGARS}]))?(?P<gap>[ -]?)(?P<k>(?:million|billion|bn|thousand) )?(?P<unit>{_UNIT})(?P<power>[²³]|(?<=m)[23](?![\d.])|(?<=ft)[23](?!\d))?"
    rf"(?P<stop>(?<=[a-zA-Z])\.(?=[,;:/)-]| [a-z\d(&½]| [NSEW]{{1,2}} of\b|(?<=-[a-z]{{2}}\.) [A-Z]))?"
    rf"(?:/(?P<per>{_PER})(?P<power2>[²³]|(?<=m)[23])?(?:\.(?= [a-z(]|[,;)]))?(?![\w]))?(?![\w²³])(?!['’][a-z])"
)


_POINTS = 40  # nothing in the news moves by more percentage points: "(Faber, 320pp)" is a book


def _unit(match: re.Match[str], passage: Passage, *, single: bool) -> str:
    if match["unit"] == "pp" and match["n1"].isdecimal() and int(match["n1"]) > _POINTS:
        return "pages"
    one, many = _AT_SEA if match["unit"] == "nm" and _sailed(match, passage) else UNITS[match["unit"]]
    if match["unit"] == "pt" and _SCORED.match(passage.text, match.end()):
        one, many = UNITS["pts"]
    name = one if single else many
    if match["power"]:
        name = f"{POWERS[match['power']]} {name}"
    if match["per"]:
        per = PER.get(match["per"]) or UNITS[match["per"]][0]
        # an acceleration, but a weight to the square metre
        squared = match["power2"] and per == "second"
        power = f"{POWERS[match['power2']]} " if match["power2"] and not squared else ""
        name += f" per {power}{per}{' ' + EXPONENTS[match['power2']] if squared else ''}"
    # Voices know "kilometer" and "kilometre", each where it is at home.
    return name.replace("metre", "meter").replace("litre", "liter") if passage.american else name


_AT_SEA = ("nautical mile", "nautical miles")
_SEA = re.compile(
    r"(?i)\b(?:nautical|lifeboats?|yachts?|ships?|vessels?|trawlers?|boats?|ferry|sail\w*|coast\w*|offshore|harbour|anchor\w*|airspace|aircraft|coordinates)\b"
)
_SCORED = re.compile(
    r" (?:from|clear|behind|ahead|off|above|below|adrift|in|after|cuts?|rises?|hikes?|increases?|falls?|drops?|gains?|swings?|leads?|moves?)\b"
)  # "1pt from a possible 15", "a 0.25pt cut"


def _sailed(match: re.Match[str], passage: Passage) -> bool:
    return passage.near(_SEA, match.start() - 80, match.end() + 60)


def _measure(match: re.Match[str], passage: Passage) -> str | None:
    unit, gap = match["unit"], match["gap"]
    if (
        _not_a_unit(match, passage)
        or _not_here(match, passage)
        or _dated(match, passage)
        or (len(unit) == 1 and _TABLE.match(passage.text, match.start("unit")))
    ):
        return None
    if (
        unit == "m"
        and not (match["power"] or match["per"] or match["by"])
        and not gap
        and not in_metres(match, passage)
    ):
        return None
    after = next_word(passage, match.end())
    single = (
        attributive(passage, match.start(), match.end())
        or gap == "-"
        or after in CONTAINERS
        or (unit in RATINGS and _RATED.match(passage.text, match.end()) is not None)
        or (
            after in RACES or (match["by"] and " " in match["by"] and counted(after))
            if unit == "m"
            else unit not in {"pts", "°"} and counted(after)
        )
    )
    single = (
        single
        or _twin(match, passage)
        or (unit == "mm" and after in SHOT_ON)
        or (unit == "m" and counted(after) and several(passage, match.start()))
    )
    if match["n1"] in VULGARS[1:] and unit in KITCHEN_UNITS and not (match["n2"] or single or passage.american):
        return f"{say_number(match['n1'], passage)} of a{'n' if unit == 'oz' else ''} {_unit(match, passage, single=True)}{_stop(match, passage)}"
    if match["n1"].strip() == "½" and not (match["n2"] or match["minus"] or single or gap == "-"):
        name = _unit(match, passage, single=True)
        return f"half {'an' if name[0] in 'aeio' or name == 'hour' else 'a'} {name}{_stop(match, passage)}"
    if match["by"] and unit not in _LENGTHS:
        single = single or bool(after and after.islower() and after not in FUNCTION_WORDS)  # 2 x 400g tins
    # On the track it is "fifteen hundred metres".
    raced = unit == "m" and match["n1"] in {"1500", "1,500"} and not (match["power"] or match["per"] or match["k"])
    said = signed(match["minus"], "fifteen hundred" if raced else say_number(match["n1"], passage))
    if match["n2"]:
        joint = ("times" if " " in match["by"] and unit not in _LENGTHS else "by") if match["by"] else "to"
        second = match["n2"]
        said += f" {joint} {signed('-' if second[0] in '-−–' else None, say_number(second.lstrip('-−–‒‐'), passage))}"
    if match["k"]:
        said += " " + MAGNITUDES.get(match["k"].strip(), match["k"].strip())
    one = single or (is_one(match["n2"] or match["n1"]) and not match["k"])
    return f"{said}{'-' if gap == '-' else ' '}{_unit(match, passage, single=one)}{_stop(match, passage)}"


def _twin(match: re.Match[str], passage: Passage) -> bool:
    """Tell whether a noun stands behind the same size in other units: "a 23cm/9in tin"."""
    other = _OTHER_UNITS.match(passage.text, match.end())
    return (
        other is not None
        and other[1] not in FUNCTION_WORDS
        and re.search(r"(?i)\b(?:an?|the|each) $", passage.before(match.start(), 6)) is not None
    )


_OTHER_UNITS = re.compile(r"/\d[\d.]{0,5}[¼½¾]? ?(?:in|ins|oz|ft|lb|pt|cm|g|kg|ml|miles?|km) ([a-z]{3,20})")


def _stop(match: re.Match[str], passage: Passage) -> str:
    """Keep a full stop that ends a sentence besides: "Prep 15 min. Cook 1 hr."."""
    ends = match["unit"].endswith(".") and _NEW_SENTENCE.match(passage.text, match.end())
    return "." if ends else ""


_NEW_SENTENCE = re.compile(r"$| [A-Z][a-z]")


_WEIGHED = re.compile(r" (?:of )?(?:CO[2₂]|carbon|steel|coal|ore|grain)")
# "4.7 in." and "5 in tall" are inches, "5 in a row" is not.
_INCHES = re.compile(r" (?:tall|long|wide|deep|high|thick)\b|[;,.)]|$")


def _not_a_unit(match: re.Match[str], passage: Passage) -> bool:  # noqa: PLR0911 (one return for each way of reading)
    unit, gap, text = match["unit"], match["gap"], passage.text
    if gap and unit in TIGHT and not match["per"]:
        allowed = {"in": _INCHES, "t": _WEIGHED, "pt": POURED}.get(unit)
        parted = unit == "pt" and match["n1"][-1] in VULGARS  # "¾ pt"
        dotted = unit in {"in", "mo"} and match["stop"]  # "4.7 in. of rain"
        return not (parted or dotted) and (allowed is None or not allowed.match(text, match.end()))
    if (
        unit in {"s", "A", "C", "F", "V", "N", "J", "h", "t", "m", "g", "W", "l", "L"}
        and gap == "-"
        and not match["per"]
    ):
        return True
    if unit == "s" and not gap and not match["per"]:  # 1990s, 747s, and a time of 10.8s
        return "." not in match["n1"]
    if unit == "A" and not gap and "." not in match["n1"]:  # pad 39A, a 12A certificate; but a 13A plug
        return next_word(passage, match.end()) not in {
            "fuse",
            "plug",
            "socket",
            "current",
            "charger",
            "supply",
            "circuit",
        }
    if unit in {"C", "F"} and not gap and _ROOM.search(passage.before(match.start(), 12)):
        return True
    if unit == "st" and match["n1"].endswith("1") and not match["n1"].endswith("11"):
        return True  # the ordinal: 1st, 21st
    if gap == " " and unit in {"A", "N", "J"} and text[match.end() : match.end() + 2].strip(" .,;:)")[:1].isalnum():
        return True
    if gap == " " and unit in {"A", "N", "V", "W", "J", "F", "L"}:
        return next_word(passage, match.end()) != "" and unit in {"A", "N", "J"}
    if unit == "pts" and gap == "":
        return False
    return gap == "-" and unit in {"MP", "in"}


_RATED = re.compile(rf" (?:{'|'.join(sorted(RATED))})\b")
_TABLE = re.compile(r"(?<= )[A-Z] \d")  # of a league: "Pld 12 W 7 D 3"
_ROOM = re.compile(
    r"(?i)\b(?:apt\.?|apartment|flat|room|unit|class|seat|row|gate|platform|form|grade|year|bus|route|block|level|suite) $"
)


_HOUSE = re.compile(r"\. [A-Z][a-z]")
_NAMED = re.compile(r"[A-Z]-$")


def _not_here(match: re.Match[str], passage: Passage) -> bool:
    """Tell a road's direction from watts, and circa from American cups."""
    if match["unit"] == "c.":
        return not passage.american
    if match["unit"] in {"C", "F"} and _NAMED.search(passage.before(match.start(), 2)):
        return True  # an F/A-18F
    if match["unit"] == "N" and match["gap"] and _HOUSE.match(passage.text, match.end("unit")):
        return True  # 10 N. Elm
    return match["unit"] in {"W", "N"} and bool(match["gap"] and _ROAD.search(passage.before(match.start(), 14)))


_ROAD = re.compile(r"(?:\b[A-Z]{1,3}[- ]|\b[Rr]oute |\b(?:Rte|Hwy)\.? |[Hh]ighway )$")  # "I-70 W" leads west
_LENGTHS = words("m cm mm km in ins ft yd")


_PERCENT = Pattern(
    rf"{START}(?P<sign>{MINUS}|\+)?(?P<n1>{FIGURE})(?:(?P<pc1> ?%)?(?:{DASH}|(?P<to> (?:to|or|and) ))(?P<n2>{NUMBER}))?(?:(?P<gap>[ -]?)(?P<pc>%|pct\b|pc(?! ?\w*[A-Z])\b))(?P<points> ?-?p(?:oin)?ts?\b)?(?![\w])"
)


def _dated(match: re.Match[str], passage: Passage) -> bool:
    """Tell whether "in 2019 to 30%" is a year and where things went from there, no range."""
    joint = (match["to"] or "").strip()
    if not joint or _YEAR_BEFORE.match(match["n1"]) is None:
        return False
    return joint != "to" or passage.before(match.start(), 3) in _DATED


_YEAR_BEFORE = re.compile(r"(?:1\d{3}|20\d\d)$")
_DATED = frozenset({"in ", "In ", "of ", "ce "})


def _percent(match: re.Match[str], passage: Passage) -> str | None:
    if (match["pc"] == "pc" and match["gap"] == " " and passage.after(match.end(), 4) != " of ") or _dated(
        match, passage
    ):
        return None
    said = say_number(match["n1"], passage)
    if match["n2"]:
        said += f" {match['to'].strip() if match['to'] else 'to'} {say_number(match['n2'], passage)}"
    said = f"plus {said}" if match["sign"] == "+" else signed(match["sign"], said)
    cent = "percent" if passage.american else "per cent"
    if match["points"]:
        return f"{said} percentage {'point' if is_one(match['n1']) else 'points'}"
    return f"{said} {cent}"


_PERCENT_ALONE = Pattern(r"(?<![\w%])%(?![\w%])")
_DEGREE_ALONE = Pattern(r"°(?![\w])")
_UNIT_ALONE = Pattern(
    r"(?<![\w/.])(?P<unit>°[CF]|mph|kWh|MWh|GWh|MW|GW|kW|km/h|m/s|kph|kg|km|sq ft|sq km|cm|mm|ml|lbs|bbl|(?<=\d )c(?=\. [a-z])|(?<=[\d½¼¾] )(?:tsp|tbsp|Tbsp|oz|lb)|(?<=\ban )hr|(?<=\bper )(?:hr|min|sec|yr|wk|mth)|(?<=\bthe )yr|(?<=\b(?:last|this|next) )yr|(?<=\ba )(?:yr|wk|mth|min|kg|lb)|(?:km|cm|mm|m)(?=[²³]))(?P<power>[²³])?(?:(?<=[a-z])\.(?= [a-z(]))?(?![\w/])"
)
_ALONE = {"km/h": "kilometres per hour", "m/s": "metres per second"}


_EACH = re.compile(r"\b(?:per|an?|every|the|last|this|next) $")
_PART = re.compile(r"(?<!\d )\b\d/\d{1,2} $")


def _unit_alone(match: re.Match[str], passage: Passage) -> str | None:
    if match["unit"] == "c":
        return UNITS["c."][0] if passage.american else None  # "1/3 c. sugar"
    if _PART.search(passage.before(match.start(), 8)):
        return UNITS[match["unit"]][0]  # "1/4 tsp"
    single = _EACH.search(passage.before(match.start(), 6)) is not None
    name = _ALONE.get(match["unit"]) or UNITS[match["unit"]][0 if single else 1]
    return f"{POWERS[match['power']]} {name}" if match["power"] else name


PERCENT = Rule("percentage", "%p", _PERCENT, _percent, figures=True, leads=True)
MEASURE = Rule("measure", "0123456789½¼¾⅓⅔", _MEASURE, _measure, figures=True, leads=True)
PERCENT_ALONE = Rule(
    "percentage", "%", _PERCENT_ALONE, lambda _match, passage: "percent" if passage.american else "per cent"
)
DEGREE_ALONE = Rule("measure", "°", _DEGREE_ALONE, lambda _match, _passage: " degrees")
UNIT_ALONE = Rule("measure", "mkGMshlbo°", _UNIT_ALONE, _unit_alone)
