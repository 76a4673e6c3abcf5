"""Figures by which something is found: planning files, map squares, boxes, short numbers to text, clues."""

import re

from earmark.spoken.letters import cling, spell
from earmark.spoken.numbers import below_hundred, cardinal, digits
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_FILE = Pattern(
    r"(?<![\w/£$€.,-])(?:(?P<lead>[A-Z]{1,4})/)?(?P<a>\d{2}|20\d\d)/(?P<b>\d{3,6})(?:/(?P<tail>[A-Z]{1,6}\d?))?(?![\w/])"
)


def _file(match: re.Match[str], _passage: Passage) -> str | None:
    """Say a council's reference as an officer reads it out: "twenty-four, oh one eight seven three, F U L"."""
    if not (match["lead"] or match["tail"]):
        return None
    parts = [spell(match["lead"])] if match["lead"] else []
    year = match["a"][-2:]
    parts += ["twenty"] if len(match["a"]) > len(year) else []
    parts.append(digits(year, zero="oh") if year[0] == "0" else below_hundred(int(year)))
    words = [" ".join(parts), digits(match["b"], zero="oh")]
    if match["tail"]:
        letters = match["tail"].rstrip("0123456789")
        words.append(spell(letters) + (f" {cardinal(int(match['tail'][-1]))}" if letters != match["tail"] else ""))
    return cling(", ".join(words))


_SQUARE = Pattern(r"(?<![\w-])(?P<l>[HNOST][A-HJ-Z]) ?(?P<e>\d{3,5}) ?(?P<n>\d{3,5})(?!\w)(?![.,]\d)")
_MAPPED = re.compile(r"(?i)\b(?:grid|map|o\.?s\.?)\b")


def _square(match: re.Match[str], passage: Passage) -> str | None:
    """Say a map reference of the Ordnance Survey, figure by figure."""
    if len(match["e"]) != len(match["n"]) or not passage.near(_MAPPED, match.start() - 40, match.end() + 20):
        return None
    return cling(f"{spell(match['l'])} {digits(match['e'], zero='oh')}, {digits(match['n'], zero='oh')}")


# "ref JS/4471", "quoting reference 45/67890/23": read out part by part, so that it can be written down.
_REFERENCE = Pattern(
    r"(?<=[\w.:] )(?P<n>(?=[A-Z/-]{0,12}\d)(?:[A-Z]{1,6}|[A-Z]{0,2}\d{1,10}[A-Z]{0,2})(?:[/-](?:[A-Z]{1,6}|[A-Z]{0,2}\d{1,10}[A-Z]{0,2})){1,6})(?![\w/-])(?!\.\d)"
)
_REFERRED = re.compile(
    r"(?i)\b(?:ref|reference|quoting|log|incident|crime|case|application|invoice|order|policy|claim|licence|license)(?: (?:no|number|code|id))?[.:]{0,2} $"
)
_YEARLY = re.compile(r"\d{1,4}/(?:19|20)\d\d")
_GROUPS = re.compile(r"[A-Z]+|\d+")
_PAIR = 2  # figures that are said as a number


def _reference(match: re.Match[str], passage: Passage) -> str | None:
    """Say a reference of several parts, each letter and each figure by itself."""
    named = match["n"][0].isalpha() or "/" in match["n"]  # a hyphen between figures alone may be a range
    if not named or _YEARLY.fullmatch(match["n"]) or not _REFERRED.search(passage.before(match.start())):
        return None
    parts = [" ".join(_part(piece) for piece in _GROUPS.findall(part)) for part in re.split("[/-]", match["n"])]
    return cling(", ".join(parts))


def _part(piece: str) -> str:
    if piece.isalpha():
        return spell(piece)
    return cardinal(int(piece)) if len(piece) <= _PAIR and piece[0] != "0" else digits(piece, zero="oh")


_PLACE = Pattern(
    r"(?:(?<=\bGR )|(?<=[Gg]rid ref )|(?<=[Gg]rid reference )|(?<=[Gg]rid ref: ))(?P<e>\d{3}) ?(?P<n>\d{3})(?![\w,.]\w|\w)"
)
_PORT = Pattern(r"(?<=\b[Pp]ort )(?P<n>\d{3,5})(?=[.,;:)]|$| (?:and|or|is|was|on|to|for)\b)")

# "text HOME to 85258", "Box 2207", "quoting 4417/24".
_DIALLED = Pattern(
    r"(?<![\w.,/£$€-])(?P<n>\d{3,8})(?:/(?P<b>\d{1,6}))?(?![\w/%-])(?![.,]\d)"
    r"(?! (?:people|readers|users|customers|others|times|million|of)\b)"
)
_TEXTED = re.compile(r"(?:\b(?:[Tt]ext(?:ed|ing)?|TEXT|SMS)\b[^.!?;]{1,40} to |\b[Tt]ext |\bSMS )(?:\d{4,7} or )?$")
_FILED = re.compile(
    r"\b(?:P\.?O\.? )?Box(?: No\.?| no\.?)? $|\b[Qq]uoting (?:(?:ref|reference|log|crime|incident)(?: (?:no|number))?\.? )?$"
)
_EXTENDED = re.compile(r"\b[Ee]xt(?:ension)?\.? $")
_SLASHED = re.compile(r"(?i)\b(?:ref|reference|log|incident|crime)(?: (?:no|number))?\.?:? $")
_LONG = 4  # figures of an extension that is said figure by figure
_SHORTEST = 5  # figures of a number to text; from three on it may be a sum of money or a year


def _dialled(match: re.Match[str], passage: Passage) -> str | None:
    before = passage.before(match.start(), 60)
    number, more = match["n"], match["b"]
    filed = _FILED.search(before) or (more and _SLASHED.search(before))
    filed = filed or (len(number) >= _LONG and _EXTENDED.search(before))
    if not (filed or (len(number) >= _SHORTEST and not more and _TEXTED.search(before))):
        return None
    said = digits(number, zero="oh")
    return f"{said}, {digits(more, zero='oh')}" if more else said


_CHARITY = Pattern(
    r"(?<=harity )(?P<w>(?:(?:registration )?(?:no\.?|number):? ?)?)(?P<n>(?:SC)?\d{5,7})(?![\w,.]\w|\w)"
)


def _charity(match: re.Match[str], _passage: Passage) -> Reading:
    number = match["n"].removeprefix("SC")
    said = digits(number, zero="oh")
    return Reading(match.start("n"), match.end(), said if number == match["n"] else cling(f"S C {said}"))


_CLUE = Pattern(r"(?<![\w.,£$€])(?P<n>\d{1,2})(?P<way>dn|ac)(?!\w)")
_WAYS = {"dn": "down", "ac": "across"}
_ENTRY = Pattern(r"(?<![\w.,£$€])(?P<n>\d{1,4}) ?nos?\.?(?= [a-z(])")


def _entry(match: re.Match[str], passage: Passage) -> str | None:
    """Say how many of something are planned: "47no. dwellings" is forty-seven of them."""
    spaced = " " in match.group()
    return None if spaced and "no." not in match.group() else cardinal(int(match["n"]), american=passage.american)


# On a motorway: "closed at J12", "between J15A and J16".
_JUNCTION = Pattern(
    r"(?<![\w.,&-])J(?P<n>\d{1,2})(?P<side>[ABNSEW])?(?:(?P<dash>[-–/])J?(?P<n2>\d{1,2})(?P<side2>[ABNSEW])?)?(?!\w)"
)
_ROAD = re.compile(
    r"\b(?:[AM]\d{1,4}(?:\(M\))?|motorway|carriageway|[Nn]orthbound|[Ss]outhbound|[Ee]astbound|[Ww]estbound)\b"
)


def _junction(match: re.Match[str], passage: Passage) -> str | None:
    if passage.american or not passage.near(_ROAD, match.start() - 120, match.end() + 120):
        return None
    said = f"junction {cardinal(int(match['n']))}" + (f" {match['side']}" if match["side"] else "")
    if match["n2"]:
        joint = " and" if match["dash"] == "/" else " to"
        said = f"{said.replace('junction', 'junctions')}{joint} {cardinal(int(match['n2']))}"
        said += f" {match['side2']}" if match["side2"] else ""
    return said.capitalize() if match.start() == 0 else said


_GAUGE = Pattern(r"(?<![\w.,£$€])(?P<n>00|0)(?=[ -]gauge\b)")

REFERENCE = Rule("reference", "/-", _REFERENCE, _reference, figures=True)
PLACE = Rule(
    "reference",
    "Gg",
    _PLACE,
    lambda match, _passage: f"{digits(match['e'], zero='oh')}, {digits(match['n'], zero='oh')}",
    figures=True,
    leads=True,
    has=("GR ", "rid ref"),
)
PORT = Rule("code", "Pp", _PORT, lambda match, _passage: digits(match["n"]), figures=True, leads=True, has=("ort ",))
FILE = Rule("reference", "/", _FILE, _file, figures=True)
SQUARE = Rule("reference", "HNOST", _SQUARE, _square, figures=True)
DIALLED = Rule("code", "0123456789", _DIALLED, _dialled, figures=True, leads=True)
CHARITY = Rule("code", "h", _CHARITY, _charity, figures=True, has=("harity ",))
CLUE = Rule(
    "clue",
    "dc",
    _CLUE,
    lambda match, _passage: f"{cardinal(int(match['n']))} {_WAYS[match['way']]}",
    figures=True,
    leads=True,
)
ENTRY = Rule("number", "n", _ENTRY, _entry, figures=True, leads=True)
JUNCTION = Rule("junction", "J", _JUNCTION, _junction, figures=True, has=tuple(f"J{figure}" for figure in range(1, 10)))
GAUGE = Rule(
    "gauge",
    "0",
    _GAUGE,
    lambda match, _passage: "double oh" if match["n"] == "00" else "oh",
    figures=True,
    leads=True,
    has=("gauge",),
)
