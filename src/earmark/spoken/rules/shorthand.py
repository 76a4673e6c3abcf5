"""What newspapers print short of a name and a figure: sides by age, league rows, opening hours, standards, kings."""

import re

from earmark.spoken.letters import cling, spell
from earmark.spoken.numbers import cardinal, digits, ordinal, year
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.rules.romans import value

_SIDE = Pattern(
    r"(?<![\w.-])(?P<u>[Uu])-?(?P<n>[5-9]|1\d|2[0-3])"
    r"(?:(?P<s>['’]?s)(?!\w)|(?= (?:sides?|teams?|squads?|level|internationals?|caps?|coach|boss|football|rugby|cricket|league|championships?|Championships?|Euros?|World Cup|players?|girls|boys)\b))"
)


def _side(match: re.Match[str], passage: Passage) -> str:
    """Say a side by the age that its players are under: "the U21s"."""
    under = "Under" if match["u"] == "U" and match.start() == 0 else "under"
    said = cardinal(int(match["n"]), american=passage.american)
    if not match["s"]:
        return f"{under}-{said}"
    return f"{under}-{said[:-1]}ies" if said.endswith("y") else f"{under}-{said}{'es' if said.endswith('x') else 's'}"


_COLUMNS = (
    ("P", "Pl?d?", "played"),
    ("W", "W", "won"),
    ("D", "D", "drawn"),
    ("L", "L", "lost"),
    ("F", "F", "for"),
    ("A", "A", "against"),
    ("Pts", "Pts", "points"),
)
_ROW = Pattern(
    r"(?<!\w)(?:Pl?d? ?(?P<P>\d{1,3}),? )?W ?(?P<W>\d{1,3}),? D ?(?P<D>\d{1,3}),? L ?(?P<L>\d{1,3})"
    r"(?:,? F ?(?P<F>\d{1,4}),? A ?(?P<A>\d{1,4}))?(?:,? Pts ?(?P<Pts>\d{1,3}))?(?![\w/%])(?!\.\d)"
)


def _row(match: re.Match[str], _passage: Passage) -> str:
    """Say a side's row of the league table: "won four, drawn two, lost three"."""
    return ", ".join(f"{said} {cardinal(int(match[key]))}" for key, _printed, said in _COLUMNS if match[key])


_HOURS = Pattern(
    r"(?<![\w.,/£$€+:-])(?P<a>[7-9]|1[0-2])(?:[.:](?P<am>[0-5]\d))?(?P<dash> ?[-–] ?)(?P<b>[1-9])(?:[.:](?P<pm>[0-5]\d))?(?![\w/%-])(?![.,:]\d)"
)
_DAYS = re.compile(
    r"(?:(?:[-–]|\bto |& ?)(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:[a-z]{2,5}day|day)?\.?|\b[Dd]aily|\b[Ww]eekdays|\b[Ww]eekends?),?:? $"
)
_DAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}s?,?:? $")
_QUARTERS = frozenset({"15", "30", "45"})
_OPEN = re.compile(r"(?i)\b(?:open|opens|opening|hours|closed)\b")


def _hours(match: re.Match[str], passage: Passage) -> str | None:
    """Say when a shop is open; elsewhere it is a score."""
    before = passage.before(match.start(), 14)
    # What runs from a larger figure to a smaller with a quarter of an hour is no range.
    lunch = match["pm"] in _QUARTERS and int(match["a"]) > int(match["b"])
    if not (
        lunch
        or _DAYS.search(before)
        or (_DAY.search(before) and passage.near(_OPEN, match.start() - 60, match.end() + 20))
    ):
        return None
    return f"{_clock(match['a'], match['am'])} to {_clock(match['b'], match['pm'])}"


def _clock(hour: str, minute: str | None) -> str:
    if not minute or minute == "00":
        return cardinal(int(hour))
    return f"{cardinal(int(hour))} {'oh ' if minute[0] == '0' else ''}{cardinal(int(minute))}"


_STANDARD = Pattern(
    r"(?:(?<=\bISO )|(?<=\bIEC )|(?<=\bBS )|(?<=\bEN )|(?<=\bBSI ))(?P<n>\d{3,5})(?:-(?P<part>\d{1,2}))?:(?P<y>(?:19|20)\d\d)(?!\w)"
)


def _standard(match: re.Match[str], passage: Passage) -> str:
    """Say a standard and the year of its issue: "ISO 9001:2015"."""
    part = f" part {cardinal(int(match['part']))}" if match["part"] else ""
    return f"{cardinal(int(match['n']))}{part}, {year(int(match['y']), american=passage.american)}"


_FLAW = Pattern(r"(?<![\w-])CVE-(?P<y>(?:19|20)\d\d)-(?P<n>\d{4,7})(?![\w-])")


def _flaw(match: re.Match[str], passage: Passage) -> str:
    return cling(f"{spell('CVE')} {year(int(match['y']), american=passage.american)}, {digits(match['n'])}")


_KINGS = {"Geo": "George", "Wm": "William", "Edw": "Edward", "Eliz": "Elizabeth", "Chas": "Charles", "Jas": "James"}
_KING = Pattern(
    rf"(?<![\w.-])(?:(?P<short>{'|'.join(_KINGS)})\.? (?P<r>I{{1,3}}|IV|VI{{0,2}})(?![\w.]\w|\w)"
    r"|James (?P<a>VII?|II?)(?P<and> and | & |/)(?P<b>VII?|II?)(?!\w))"
)
_CROWNS = frozenset({("VI", "I"), ("I", "VI"), ("VII", "II"), ("II", "VII")})


def _king(match: re.Match[str], _passage: Passage) -> str | None:
    """Say a king printed short, and one with a number in each kingdom: "James the sixth and first"."""
    if match["short"]:
        return f"{_KINGS[match['short']]} the {ordinal(value(match['r']))}"
    if (match["a"], match["b"]) not in _CROWNS:
        return None
    return f"James the {ordinal(value(match['a']))} and {ordinal(value(match['b']))}"


_CROWD = Pattern(r"(?<!\w)Att(?P<mark>[:.]? )(?=\d)")
_KICK_OFF = Pattern(r"(?<![\w-])(?P<k>KO|ko):? (?=\d{1,2}(?:[.:]\d\d| ?[ap]\.?m\b)|noon\b)")
_BOUND = Pattern(r"(?<![\w-])(?P<p>[NSEW])(?:[-/]bound|/b)(?!\w)")
_BOUNDS = {"N": "northbound", "S": "southbound", "E": "eastbound", "W": "westbound"}
_STATION = Pattern(r"(?<![\w.-])R(?P<n>[1-6])(?=['’]s\b|[ .,;:)]|$)")
_AIR = re.compile(
    r"\b(?:BBC|Radio|[Ll]isten(?:ers?|ing)?|[Bb]roadcast|programme|presenter|airs|Archers|Today|[Oo]n R[1-6] (?:at|tonight|tomorrow|today|on|this))\b"
)


def _station(match: re.Match[str], passage: Passage) -> str | None:
    """Say a station of the BBC, where broadcasting is spoken of."""
    near = passage.near(_AIR, match.start() - 60, match.end() + 40)
    return f"Radio {cardinal(int(match['n']))}" if near else None


_FAVOURITE = Pattern(r"(?<![\w.,/£$€-])(?P<a>\d{1,3})/(?P<b>\d{1,2}) ?(?P<f>jt-?fav|co-?fav|c-fav|fav|JF|CF|F)(?!\w)")


def _favourite(match: re.Match[str], _passage: Passage) -> str:
    which = {"j": "joint ", "c": "co-"}.get(match["f"][0].lower(), "")
    return f"{cardinal(int(match['a']))} to {cardinal(int(match['b']))} {which}favourite"


_KICKS = Pattern(
    r"(?:(?<=\bpens: )|(?<=\bcons: )|(?<=\bPens: )|(?<=\bCons: ))(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/])|(?<![\w.,/£$€-])(?P<won>\d{1,2})/(?P<of>\d{1,2})(?= (?:break points|set points|match points|tackles|passes|penalties|kicks|conversions|shots)\b)"
)
_LAW = Pattern(
    r"(?<![\w.-])(?:(?P<reg>[Rr]eg(?P<s>s)?\.? (?=\d{1,3}\())|[Aa]rts?\.? (?=\d{1,3}\(\d)|Arts?\.? (?=\d{1,3}[^\s]{0,6} (?:ECHR|E\.?U|GDPR|TFEU|TEU|UNCLOS|of the)\b))"
)


def _law(match: re.Match[str], _passage: Passage) -> str:
    name = match.group().strip()
    if match["reg"]:
        said = "regulations " if match["s"] else "regulation "
        return said.capitalize() if name[0] == "R" else said
    return f"{name[0]}rticles " if name[1:].startswith("rts") else f"{name[0]}rticle "


_ENDING = Pattern(r"(?<=\w)\.(?P<e>pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|zip|csv|txt|exe)(?![\w/])(?!\.\w)")


def _ending(match: re.Match[str], _passage: Passage) -> str:
    """Say what kind of file it is, letter by letter."""
    kind = match["e"]
    return f" dot {kind if kind == 'zip' else spell(kind.upper())}"


_AGGREGATE = Pattern(r"(?<![\w-])(?P<g>[Aa]gg):? (?=\d{1,2}[-–]\d)")
_BALLS = Pattern(r"(?<=\boff )(?P<n>\d{1,3})b(?!\w)")
_OFFICER = Pattern(r"(?<=\bPC )(?P<n>\d{3,5})(?= [A-Z][a-z])")
_BATTALION = Pattern(r"(?<![\w.,£$€-])(?P<n>[1-9]\d?) Bn(?=,? (?:the |The )?[A-Z][a-z])")
_SUNDAY = Pattern(r"(?<=[,;.(&] )Sun(?=[,.;:)]|$| [a-z])")
_SATURDAY = re.compile(r"\bSat(?:urday)?\b")


def _sunday(match: re.Match[str], passage: Passage) -> str | None:
    """Say the day after a Saturday; elsewhere it is the sun, or a newspaper."""
    return "Sunday" if passage.near(_SATURDAY, match.start() - 50, match.start()) else None


_TRAIN = Pattern(
    r"(?<![\w.,£$€/-])(?P<h>0[4-9])(?P<m>[0-5]\d)(?= (?:to|from|train|service|ferry|flight|departure|bus|sailing)\b)"
)


def _train(match: re.Match[str], _passage: Passage) -> str:
    hour = f"oh {cardinal(int(match['h']))}"
    minute = match["m"]
    if minute == "00":
        return f"{hour} hundred"
    return f"{hour} {'oh ' if minute[0] == '0' else ''}{cardinal(int(minute))}"


AGGREGATE = Rule(
    "score", "Aa", _AGGREGATE, lambda match, _passage: f"{match['g']}regate ", figures=True, has=("gg ", "gg: ")
)
BALLS = Rule(
    "score",
    "b",
    _BALLS,
    lambda match, _passage: f"{cardinal(int(match['n']))} balls",
    figures=True,
    leads=True,
    has=("off ",),
)
OFFICER = Rule(
    "code", "P", _OFFICER, lambda match, _passage: digits(match["n"], zero="oh"), figures=True, leads=True, has=("PC ",)
)
BATTALION = Rule(
    "unit",
    "B",
    _BATTALION,
    lambda match, _passage: f"{ordinal(int(match['n']))} battalion",
    figures=True,
    leads=True,
    has=(" Bn",),
)
SUNDAY = Rule("month or weekday", "S", _SUNDAY, _sunday, has=(" Sun",))
TRAIN = Rule("time", "0", _TRAIN, _train, figures=True, leads=True)
SIDE = Rule("side", "Uu", _SIDE, _side, figures=True)
ROW = Rule("league", "W", _ROW, _row, figures=True, has=(" D",))
HOURS = Rule("time", "-–", _HOURS, _hours, figures=True, leads=True)
STANDARD = Rule(
    "standard", ":", _STANDARD, _standard, figures=True, leads=True, has=("ISO ", "IEC ", "BS ", "EN ", "BSI ")
)
FLAW = Rule("code", "-", _FLAW, _flaw, figures=True, has=("CVE-",))
KING = Rule(
    "regnal number",
    "IV",
    _KING,
    _king,
    has=("James ", *(f"{king} " for king in _KINGS), *(f"{king}. " for king in _KINGS)),
)
KICK_OFF = Rule(
    "abbreviation", "Kk", _KICK_OFF, lambda _match, _passage: "kick-off ", has=("KO ", "ko ", "KO: ", "ko: ")
)
CROWD = Rule(
    "abbreviation",
    "A",
    _CROWD,
    lambda match, _passage: f"attendance{match['mark'].replace('.', '')}",
    figures=True,
    has=("Att",),
)
BOUND = Rule("compass", "NSEW", _BOUND, lambda match, _passage: _BOUNDS[match["p"]], has=("bound", "/b"))
STATION = Rule("station", "R", _STATION, _station, figures=True, has=tuple(f"R{figure}" for figure in range(1, 7)))
FAVOURITE = Rule("odds", "/", _FAVOURITE, _favourite, figures=True, leads=True)
KICKS = Rule(
    "score",
    "/",
    _KICKS,
    lambda match, _passage: (
        f"{cardinal(int(match['a'] or match['won']))} out of {cardinal(int(match['b'] or match['of']))}"
    ),
    figures=True,
    leads=True,
)
LAW = Rule("abbreviation", "rRA", _LAW, _law, figures=True, has=("eg ", "eg. ", "egs ", "egs. ", "rt ", "rt. ", "rts "))
ENDING = Rule(
    "file",
    ".",
    _ENDING,
    _ending,
    has=(".pdf", ".doc", ".xls", ".ppt", ".jp", ".png", ".gif", ".zip", ".csv", ".txt", ".exe"),
)
