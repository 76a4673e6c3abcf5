"""Points of the compass printed short, and places by degrees: SE England, NW winds, 51°30′N."""

import re

from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import say_number

_POINTS = {
    "N": "north",
    "S": "south",
    "E": "east",
    "W": "west",
    "NE": "north-east",
    "NW": "north-west",
    "SE": "south-east",
    "SW": "south-west",
    "NNE": "north-north-east",
    "NNW": "north-north-west",
    "SSE": "south-south-east",
    "SSW": "south-south-west",
    "ENE": "east-north-east",
    "ESE": "east-south-east",
    "WNW": "west-north-west",
    "WSW": "west-south-west",
}
_TWO = "[NS][EW]|[NS][NS][EW]|[EW][NS][EW]"
_REGION = (
    "England|Wales|Scotland|Ireland|Britain|London|France|Germany|Italy|Spain|Asia|Africa|Europe|America|Australia|China|India"
    "|Lincolnshire|Somerset|Derbyshire|Yorkshire|Kent|Essex|Devon|Cornwall|Wiltshire|Norfolk|Suffolk|Hampshire|Atlantic|Pacific"
)
_SIDE = Pattern(
    rf"(?<![\w.&-])(?:(?<!, )(?P<p>{_TWO})(?= (?:{_REGION}|winds?|gales|breezes?|gusts|coast|corner|facing|slopes?|side|of)\b|-facing|ly\b)|(?:(?<=\bin the )|(?<=\bacross the )|(?<=\bto the )|(?<=\bfrom the ))(?P<region>[NS][EW])(?=[.,;)]|$| and\b| on\b| by\b)"
    rf"|(?:(?<=\bwind )|(?<=\bwinds ))(?P<wind>{_TWO})(?=[.,;)]|$| \d)|(?P<one>[NSEW])(?= (?:{_REGION}|Indies|Ireland|Korea|Africa|America|Yorkshire|Yorks|Wales|Sussex|Glamorgan|Lothian|Midlands|Dakota|Carolina|Lanarkshire|Ayrshire|Devon|Dorset|Lincs|Somerset|Berwick)\b))"
)
_POINT = Pattern(
    rf"(?=[NSEW])(?:(?<=\bhead )|(?<=\bdrive )|(?<=\bDrive )|(?<=\bHead )|(?<=\bgo )|(?<=\bGo )|(?<=\bturn )|(?<=\bmiles )|(?<=\bmile )|(?<=\dkm )|(?<=\d km )|(?<=\dmi )|(?<=\bmetres ))(?P<p>[NSEW]|{_TWO})(?= (?:of|on|along|to|from|for|towards|over)\b)|(?<![\w.,&-])(?<!, )(?P<land>[NSEW])(?= of (?:the )?[A-Z][a-z])"
)


def _side(match: re.Match[str], _passage: Passage) -> str:
    point = match["p"] or match["region"] or match["wind"]
    if point:
        return _POINTS[point]
    return _POINTS[match["one"]].capitalize()


_COORDINATE = Pattern(
    r"(?<![\w.,])(?P<d>\d{1,3})[°º] ?(?P<m>\d{1,2}(?:\.\d{1,6})?)[′'’] ?(?:(?P<s>\d{1,2}(?:\.\d{1,4})?)(?:[″\"”]|''|′′) ?)?(?P<side>[NSEW]\b)?"
)


def _coordinate(match: re.Match[str], passage: Passage) -> str:
    parts = ((match["d"], "degree"), (match["m"], "minute"), (match["s"], "second"))
    said = " ".join(f"{say_number(n, passage)} {unit if n == '1' else unit + 's'}" for n, unit in parts if n)
    return f"{said} {_POINTS[match['side']]}" if match["side"] else said


COORDINATE = Rule("measure", "°º", _COORDINATE, _coordinate, figures=True, leads=True)
SIDE = Rule("compass", "NSEW", _SIDE, _side)
POINT = Rule("compass", "NSEW", _POINT, lambda match, _passage: _POINTS[match["p"] or match["land"]])
