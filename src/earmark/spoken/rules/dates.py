"""Dates in every printed order, weekdays and months printed short."""

import re

from earmark.spoken.locales.en_dates import MONTH, MONTHS, UNMISTAKABLE, WEEKDAY
from earmark.spoken.numbers import cardinal, ordinal, year
from earmark.spoken.passage import Passage, Pattern, Reading, Rule
from earmark.spoken.rules.times import clock

_MONTH_NAMES = "|".join(sorted(MONTH, key=len, reverse=True))
# "may" and "march" are words, "mar", "sun" and "sat" are too, unless they have a capital.
_M = rf"(?:(?i:(?!may\b|march\b|mar\b|dec\b)(?:{_MONTH_NAMES}))|May|March|Mar|Dec|MAY|MARCH|MAR|DEC)"
_W = "(?i:" + "|".join(sorted(WEEKDAY, key=len, reverse=True)) + ")"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?: ?(?:st|nd|rd|th|ST|ND|RD|TH))"
_Y = r"(?:1\d{3}|20\d\d|[3-9]\d\d(?= (?:AD|BC)))"
_SPAN = r" ?(?:[-–—&]|to|and|or) ?"
_STOP = r"(?![\w])(?![,.:/-]\d)(?! ?(?:%|per ?cent\b|percent\b|(?:million|billion|thousand)\b))"

DAY_FIRST = Pattern(
    rf"(?<![\w.,£$€])(?<!\d[-–])(?P<the>[Tt]he )?(?:(?P<from>{_D}){_TH}?(?P<span>{_SPAN}))?(?P<day>{_D})(?P<th>{_TH})?(?: of)?[ -](?P<month>{_M})(?![^\W\d_])\.?"
    rf"(?:(?P<comma>,)?[ -](?P<year>{_Y}|['’]\d\d|(?<=-[A-Z][a-z]{{2}}-)\d\d(?!:))(?P<s>s)?(?![\w,]\d|\w))?(?![\w])"
)
MONTH_FIRST = Pattern(
    rf"(?<![\w.])(?P<month>{_M})\.?(?P<the> the)?[ -](?P<day>{_D})(?P<th>{_TH})?(?:(?P<span>{_SPAN})(?P<to>{_D}){_TH}?{_STOP}(?! {_M}))?"
    rf"(?:(?P<comma>,)?[ -](?P<year>{_Y}|['’]\d\d)(?!\w)(?!,\d))?{_STOP}"
)
MONTH_YEAR = Pattern(rf"(?<![\w.])(?P<month>{_M})\.?(?P<comma>,)? ['’]?(?P<year>{_Y})(?!\w)(?![,.:/]\d)")
_NUMERIC = Pattern(
    r"(?<![\w./-])(?:(?P<y>[12]\d{3})(?P<s1>[-/.])(?P<m>\d{1,2})(?P=s1)(?P<d>\d{1,2})|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>[12]\d{3}|\d\d))"
    r"(?:T(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?Z?)?(?![\w/-])(?!\.\d)"
)


def _spoken_year(text: str | None, passage: Passage, comma: str | None = None) -> str:
    if not text:
        return ""
    short = text.lstrip("'’")
    if len(text) == 2:  # noqa: PLR2004 ("23-Apr-16", as machines write it)
        short = f"{19 if int(text) >= 50 else 20}{text}"  # noqa: PLR2004 (as people write them)
    nought = "oh " if short[0] == "0" else ""
    return f"{',' if comma else ''} {nought}{year(int(short), american=passage.american)}"


def _day_first(match: re.Match[str], passage: Passage) -> str | None:
    month = MONTH[match["month"].lower()]
    if match["s"]:
        return None
    if match["span"] and match["span"].strip() in {"and", "or", "&"} and int(match["from"]) >= int(match["day"]):
        return None
    opening = (match["the"] or "the ").lower() if match.start() or match["the"] else "the "
    opening = match["the"] or opening
    days = _th(match["day"])
    if match["span"]:
        joint = match["span"].strip().replace("&", "and")
        joint = "to" if joint in "-–—" else joint
        days = f"{_th(match['from'])} {joint} {'the ' if joint == 'to' else ''}{days}"
    stop = _stop_kept(match, passage)
    return f"{opening}{days} of {month}{_spoken_year(match['year'], passage, match['comma'])}{stop}"


def _stop_kept(match: re.Match[str], passage: Passage) -> str:
    """Keep a full stop that ends the sentence as well as the abbreviation."""
    return "." if match.group().endswith(".") and match.end() == len(passage.text) else ""


def _th(day: str) -> str:
    return ordinal(int(day))


def _month_first(match: re.Match[str], passage: Passage) -> str | Reading:
    month = MONTH[match["month"].lower()]
    the = "" if passage.american and not match["the"] else "the "
    words = f"{month} {the}{_th(match['day'])}"
    if match["to"]:
        joint = match["span"].strip().replace("&", "and")
        if joint in {"and", "or"} and int(match["to"]) <= int(match["day"]):
            return Reading(match.start(), match.end("th") if match["th"] else match.end("day"), words)
        words += f" {'to' if joint in '-–—' else joint} {the}{_th(match['to'])}"
    return words + _spoken_year(match["year"], passage, match["comma"])


def _month_year(match: re.Match[str], passage: Passage) -> str:
    return MONTH[match["month"].lower()] + _spoken_year(match["year"], passage, match["comma"])


_ON_DAY = re.compile(
    r"(?i)\b(?:on|dated|since|until|born|ended|ending|(?:years?|months|weeks|quarter|half|period) to) $"
)


def _numeric(match: re.Match[str], passage: Passage) -> str | None:
    if match["y"]:
        when, month, day = match["y"], int(match["m"]), int(match["d"])
        full = int(when)
    else:
        first, second = int(match["a"]), int(match["b"])
        day, month = (second, first) if passage.american else (first, second)
        if month > 12 >= day:  # noqa: PLR2004 (the other order is the only one that makes a date)
            day, month = month, day
        when = match["y2"]
        short = len(when) == 2  # noqa: PLR2004 (a year without its century)
        on = short and _ON_DAY.search(passage.before(match.start(), 14))
        if short and match["s2"] == "." and len(match["a"] + match["b"]) < 4 and not on:  # noqa: PLR2004 (1.2.34 is a version)
            return None
        late = int(when) < 50 and not (int(when) >= 30 and passage.near(_THEN, match.start() - 90, match.end() + 90))  # noqa: PLR2004 (as people write them)
        full = int(when) + ((2000 if late else 1900) if short else 0)
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 (a calendar)
        return None
    name, spoken = MONTHS[month - 1], year(full, american=passage.american)
    words = f"{name} {ordinal(day)}, {spoken}" if passage.american else f"the {ordinal(day)} of {name} {spoken}"
    return words + _moment(match)


# What tells that '44 is past.
_THEN = re.compile(
    r"(?i)\b(?:wars?|wartime|born|landings?|D-Day|RAF|battalion|regiment|squadron|brigade|killed in action|Normandy|Blitz|invasion|allied|allies|nazis?|luftwaffe|evacuat\w+|bombed|dated|postmarked|inscribed|grave|diary|letters?)\b"
)


def _moment(match: re.Match[str]) -> str:
    """Say the time that a machine wrote behind the date; its seconds only where they are not zero."""
    if not match["hour"]:
        return ""
    seconds = int(match["second"] or 0)
    return f", {clock(match['hour'], match['minute'])}" + (f" and {cardinal(seconds)} seconds" if seconds else "")


_ON = Pattern(
    r"(?:(?<=\b[Oo]n )|(?<=day )|(?<=day, )|(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )|(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[.,] ))(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%])(?!\.\d)"
)


def _on(match: re.Match[str], passage: Passage) -> str | None:
    first, second = int(match["a"]), int(match["b"])
    day, month = (second, first) if passage.american else (first, second)
    if month > 12 >= day:  # noqa: PLR2004 (the other order is the only one that makes a date)
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 (a calendar)
        return None
    return f"{MONTHS[month - 1]} {ordinal(day)}" if passage.american else f"the {ordinal(day)} of {MONTHS[month - 1]}"


_SHORT = Pattern(
    rf"(?<![\w'’.])(?P<name>(?!(?i:may|march|mar)\b)(?:{'|'.join(k.capitalize() for k in list(MONTH) + list(WEEKDAY) if len(k) < 6)}))(?P<dot>\.)?(?![\w'’])"  # noqa: PLR2004 (what is longer is no short form)
    rf"(?P<before>(?= ?(?:[-–—/]|to) ?(?:{_W}|{_M})(?!\w)|,? (?:the )?\d| (?:{_W}|{_M})(?!\w)|, (?:{_M})\.? \d|(?<=\.),? (?:and|or|to|&) (?:{_W}|{_M})(?!\w)))?"
)


_MONTH_WHEN = re.compile(r"\b(?:in|since|until|last|(?:months?|weeks|year|quarter) to) $")
_WHEN = re.compile(r"\b(?:(?:on|until|till|by|from|next|last|every|this|noon|midnight)|\d(?:\.\d\d)? ?[ap]\.?m\.?) $")
_MONTHS_OWN = re.compile(
    r" (?:night|day|sales|transfer|window|weekend|morning|evening|afternoon|temperatures?|figures|data|rainfall|average|highs?|lows?|budget|elections?|meeting|report|issue|deadline|start|heatwave|trial|storms?|frost|weather|cold snap)\b"
)


_GOES_ON = re.compile(r" [a-z]")  # a full stop that ends no sentence


def _short(match: re.Match[str], passage: Passage) -> str | None:
    lower = match["name"].lower()
    name = MONTH.get(lower) or WEEKDAY[lower]
    if name.lower() == lower:
        return None
    behind = re.search(rf"(?:{_W}|{_M})\.? ?(?:[-–—/]|to) ?$", passage.text[max(0, match.start() - 16) : match.start()])
    alone = lower in UNMISTAKABLE and not passage.before(match.start()).endswith("and ")
    alone = alone or (lower in WEEKDAY and _WHEN.search(passage.before(match.start(), 10)) is not None)
    alone = alone or (lower in MONTH and _MONTH_WHEN.search(passage.before(match.start(), 12)) is not None)
    alone = alone or (lower in MONTH and _MONTHS_OWN.match(passage.text, match.end()) is not None)
    if not (
        match["before"] is not None
        or behind
        or alone
        or (match["dot"] and (lower not in {"jan", "sun", "mar"} or _GOES_ON.match(passage.text, match.end())))
    ):
        return None
    if match["dot"] and match.end() == len(passage.text):
        return f"{name}."
    return name


_DAYS = Pattern(
    rf"(?:(?<=[a-z.])|(?<=[a-z.] \d{{4}}))(?P<dash> ?[-–—] ?|/(?={_W}))(?=(?:{_W}|{_M})\b|\d{{1,2}}(?:st|nd|rd|th)? (?:{_M})\b)"
)


def _days(match: re.Match[str], passage: Passage) -> str | None:
    before = re.search(r"([A-Z][a-z]{2,8})\.?(?: \d{4})?$", passage.text[max(0, match.start() - 15) : match.start()])
    name = before[1].lower() if before else ""
    if match["dash"] == "/":
        return " and " if name in WEEKDAY else None
    return " to " if name in MONTH or name in WEEKDAY else None


_NAMED = Pattern(r"(?<![\w/.-])(?P<text>9/11|7/7|24/7|50/50|20/20)(?![\w/-])(?!\.\d)")
_NAMES = {
    "9/11": "nine eleven",
    "7/7": "seven seven",
    "24/7": "twenty-four seven",
    "50/50": "fifty-fifty",
    "20/20": "twenty-twenty",
}


def _named(match: re.Match[str], passage: Passage) -> str | None:
    if re.search(r"(?i)\b(?:ep|episode|part)\.? $", passage.before(match.start(), 9)):
        return None
    return _NAMES[match["text"]]


_ERA = Pattern(
    r"(?<![\w.])(?:(?P<ad>AD|A\.D\.) ?(?P<n1>\d{1,4})(?:[-–](?P<to>\d{1,4}))?|(?P<n2>\d{1,4}(?:,\d{3})?) ?(?P<era>BCE?|CE|AD|B\.C\.(?:E\.)?|A\.D\.))(?!\w)"
)


def _era(match: re.Match[str], passage: Passage) -> str:
    figure = (match["n1"] or match["n2"]).replace(",", "")
    words = year(int(figure), american=passage.american)
    if match["ad"]:
        to = f" to {year(int(match['to']), american=passage.american)}" if match["to"] else ""
        return f"A-D {words}{to}"
    letters = match["era"].replace(".", "")
    return f"{words} {'A-D' if letters == 'AD' else ' '.join(letters)}"


NAMED = Rule("named date", "/", _NAMED, _named, figures=True, leads=True)
NUMERIC = Rule("date", "/-.", _NUMERIC, _numeric, figures=True, leads=True)
ON = Rule("date", "/", _ON, _on, figures=True, leads=True)
DAY_MONTH = Rule("date", "0123456789", DAY_FIRST, _day_first)
MONTH_DAY = Rule("date", "0123456789", MONTH_FIRST, _month_first)
MONTH_AND_YEAR = Rule("date", "0123456789", MONTH_YEAR, _month_year)
# "Mar" beside another month: alone it is a verb.
_MAR = Pattern(
    r"(?:(?<=\bOct[-–/])|(?<=\bNov[-–/])|(?<=\bDec[-–/])|(?<=\bJan[-–/])|(?<=\bFeb[-–/])|(?<=\bJan to )|(?<=\bFeb to )|(?<=[a-z]\.[-–]))Mar\b\.?|(?<!\w)Mar(?=[-–/](?:Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
)
MAR = Rule("month or weekday", "M", _MAR, lambda _match, _passage: "March", has=("Mar",))
SHORT = Rule("month or weekday", "JFMASONDTW", _SHORT, _short)
DAYS = Rule("range", "-–—/", _DAYS, _days)
ERA = Rule("era", "CD", _ERA, _era, figures=True, has=("BC", "AD", "CE", "B.C", "A.D"))
