"""Times of day: 10.30pm, 18:00, 9am–5pm."""

import re

from earmark.spoken.numbers import below_hundred, cardinal, number
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_CLOCK = r"(?P<h{0}>2[0-4]|1\d|0?\d)(?:[:.](?P<m{0}>[0-5]\d))?"
_WITH_HALF = Pattern(
    r"(?<![\w.,:£$€])(?:"
    + _CLOCK.format(1)
    + r"(?: ?(?P<x1>[ap])\.?m\.?| ?(?P<X1>[AP])\.?M\.?)?(?P<dash> ?[-–—] ?| to ))?"
    + _CLOCK.format(2)
    + r" ?(?:(?P<x2>[ap])\.?m|(?P<X2>[AP])\.?M)(?P<dot>\.)?(?![\w])"
)
_24 = Pattern(
    r"(?<![\w.,:/])(?:(?P<h1>2[0-4]|[01]?\d):(?P<m1>[0-5]\d)(?P<dash> ?[-–—] ?))?(?P<h2>2[0-4]|[01]?\d):(?P<m2>[0-5]\d)(?::(?P<s2>[0-5]\d)(?P<part>\.\d{1,3})?)?(?P<unit> ?h(?:rs?|ours)?\b)?(?![\w:])(?!,\d{3})"
)
_RACE = Pattern(
    r"(?<![\w.,:/])(?:(?P<h>2[5-9]|[3-9]\d|\d{3}):(?=\d\d:))?(?P<m>\d{1,2}):(?P<s>[0-5]\d)(?P<part>\.\d{1,3})?(?![\w:])"
)
_SPENT = Pattern(
    r"(?<![\w.,:/])(?:(?P<h>\d{1,3})h ?(?:(?P<m>[0-5]?\d)m(?: ?(?P<s>[0-5]?\d)s)?|(?P<bare>[0-5]\d))|(?P<m2>\d{1,3})m ?(?P<s2>[0-5]?\d)s)(?!\w)"
)


def _race(match: re.Match[str], _passage: Passage) -> str | None:
    if not (match["h"] or match["part"]):
        return None
    hours = f"{_several(match['h'], 'hour')} " if match["h"] else ""
    return f"{hours}{_several(match['m'], 'minute')} {_several(match['s'], 'second', match['part'])}"


def _spent(match: re.Match[str], _passage: Passage) -> str:
    parts = ((match["h"], "hour"), (match["m"] or match["m2"], "minute"), (match["s"] or match["s2"], "second"))
    words = " ".join(_several(figure, unit) for figure, unit in parts if figure)
    return f"{words} {below_hundred(int(match['bare']))}" if match["bare"] else words


# "at 0600 hours": with a nought before it or a preposition it is no sum of hours.
_WATCH = Pattern(
    r"(?<![\w.,£$€])(?:(?<=at )|(?<=by )|(?<=from )|(?<=until )|(?<=since )|(?<=before )|(?<=after )|(?<=around )|(?=0))"
    r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d) ?(?P<unit>hours|hrs?|h)\b(?! of\b)"
    r"|(?<![\w.,£$€])(?:(?<=at )|(?<=by )|(?<=from )|(?<=until )|(?<=before )|(?<=after ))(?P<h3>0\d)(?P<m3>[0-5]\d)(?![\w/-])(?![.,]\d)"
    r"|(?<![\w.,£$€])(?P<h2>[01]\d|2[0-3])(?P<m2>[0-5]\d)(?=(?:(?: and | to |[-–])\d{4})? (?:GMT|BST|UTC|CET|EST|local)\b)"
)


def _watch(match: re.Match[str], _passage: Passage) -> str:
    hour, minute = match["h"] or match["h2"] or match["h3"], match["m"] or match["m2"] or match["m3"]
    words = f"oh {below_hundred(int(hour))}" if hour[0] == "0" else below_hundred(int(hour))
    words += " hundred" if minute == "00" else f" {'oh ' if minute[0] == '0' else ''}{below_hundred(int(minute))}"
    return f"{words} hours" if match["unit"] else words


_LED = re.compile(
    r"(?i:(?<!\w)(?:at|by|from|until|till|til|before|after|around|about|since|between|sunrise|sunset|(?:high|low) tide|kick-off|kick off|doors(?: open)?|lighting-up|matins|evensong|eucharist|mass|communion|vespers|compline|morning prayer|evening prayer|family service|bbc(?:1|2|4| one| two| four)|itv[1-4]?|channel [45]|film ?4|e4|more4)(?:,|:)? (?:about |around |just after |just before |exactly )?)$"
)
_DOTTED = Pattern(
    r"(?<![\w.,£$€])(?P<h1>2[0-3]|1\d|0?\d)\.(?P<m1>[0-5]\d)(?:(?P<dash> ?[-–—] ?| to | and )(?P<h2>2[0-3]|1\d|0?\d)\.(?P<m2>[0-5]\d))?(?![\w%°])(?!\.\d)(?! (?:per|percent|percentage|million|billion|trillion|km|miles?|metres|points?|times|degrees|kg|m|on the Richter)\b)"
)


def _time(hour: str, minute: str | None, *, half: bool) -> str:
    h = int(hour)
    if minute is None or (half and minute == "00"):
        return below_hundred(h)
    if minute == "00":
        if h == 0:
            return "midnight"
        # "eighteen hundred": nobody says eighteen o'clock, or "ten hundred" for ten.
        return f"{below_hundred(h)} hundred" if h > 12 else f"{below_hundred(h)} o'clock"  # noqa: PLR2004 (a clock's face)
    minutes = f"oh {below_hundred(int(minute))}" if minute[0] == "0" else below_hundred(int(minute))
    return f"{below_hundred(h)} {minutes}"


def clock(hour: str, minute: str) -> str:
    """Return a time of the 24-hour clock, without its day."""
    return _time(hour, minute, half=False)


def _letters(*found: str | None) -> str:
    half = next((letter for letter in found if letter), "")
    return f" {half.lower()}.m." if half else ""


def _with_half(match: re.Match[str], _passage: Passage) -> str | None:
    words = _time(match["h2"], match["m2"], half=True) + _letters(match["x2"], match["X2"])
    if match["h1"]:
        first = _letters(match["x1"], match["X1"])
        words = f"{_time(match['h1'], match['m1'], half=True)}{first} to {words}"
    return words


_PROPORTION = re.compile(r"(?i)\b(?:ratios?|scale|class(?:es)? sizes?|gradient|slope|odds|proportion|pupil-teacher)\b")


def _24_hours(match: re.Match[str], passage: Passage) -> str | None:
    if match["h2"] == "1" and not match["s2"] and passage.near(_PROPORTION, match.start() - 60, match.end() + 20):
        return None  # "class sizes rose to 1:27"
    if match["s2"]:
        words = f"{_several(match['h2'], 'hour')} {_several(match['m2'], 'minute')} {_several(match['s2'], 'second', match['part'])}"
    else:
        words = _time(match["h2"], match["m2"], half=False)
    if match["unit"] and words.endswith("hundred"):
        words += " hours"
    return f"{_time(match['h1'], match['m1'], half=False)} to {words}" if match["h1"] else words


def _several(figure: str, unit: str, part: str | None = None) -> str:
    """Say a part of a duration: "one hour", "two seconds", "one point five seconds"."""
    if part:
        return f"{number(figure.lstrip('0') + part if int(figure) else '0' + part)} {unit}s"
    return f"{cardinal(int(figure))} {unit if int(figure) == 1 else unit + 's'}"


def _dotted(match: re.Match[str], passage: Passage) -> Reading | None:
    if not _LED.search(passage.before(match.start())):
        return None
    words = _time(match["h1"], match["m1"], half=False)
    if match["h2"]:
        joint = match["dash"].strip()
        words += f" {'to' if joint in '-–—' else joint} {_time(match['h2'], match['m2'], half=False)}"
    return Reading(match.start("h1"), match.end(), words)


_ALONE = Pattern(r"(?<![\w.])(?P<x>[ap])\.m(?P<dot>\.)?(?![\w])")


def _alone(match: re.Match[str], _passage: Passage) -> str:
    return f"{match['x']}.m."


_TRAIN = Pattern(
    r"(?<![\w.,£$€])(?P<h>0\d)\.(?P<m>[0-5]\d)(?:(?P<joint> and | to | or |[-–])(?P<h2>[01]\d|2[0-3])\.(?P<m2>[0-5]\d))?(?![\w%°])(?!\.\d)(?! (?:per|cm|mm|m|miles?|seconds?|points?|of|in)\b)"
    r"|(?<![\w.,£$€])(?P<h8>2[0-3]|1\d|[1-9])\.(?P<m8>[0-5]\d)(?=(?:,| and| or| &) \d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b)"
    r"|(?<![\w.,£$€])(?P<h6>2[0-3]|1\d|\d)\.(?P<m6>[0-5]\d)(?=: [A-Z])"
    r"|(?<![\w.,£$€])(?P<h7>1[0-2]|[1-9])\.(?P<m7>[0-5]\d)(?= (?:Aintree|Ascot|Cheltenham|Epsom|Newmarket|Goodwood|Sandown|Kempton|Haydock|Chepstow|Doncaster|York|Newbury|Windsor|Wolverhampton|Lingfield|Southwell|Catterick|Ripon|Thirsk|Redcar|Pontefract|Musselburgh|Wincanton|Uttoxeter|Leopardstown|Curragh)\b)"
    r"|(?<=[Tt]he )(?P<h3>2[0-3]|1\d|0?\d)\.(?P<m3>[0-5]\d)(?= (?:from|to|at|train|bus|service|ferry|flight|news|showing|start)\b)"
    r"|(?<![\w.,£$€])(?P<h5>1[0-2]|[1-9])\.(?P<m5>[0-5][05])(?= for \d{1,2}(?:\.\d\d)?(?:[ap]m|\b(?! per)))"
    r"|(?:(?<=for the )|(?<=in the ))(?P<h4>1[0-2]|[1-9])\.(?P<m4>[0-5][05])(?=[.,;)]|$| (?:on|today|tomorrow)\b)"
)


def _train(match: re.Match[str], _passage: Passage) -> str:
    for hour, minute in (("h3", "m3"), ("h4", "m4"), ("h5", "m5"), ("h6", "m6"), ("h7", "m7"), ("h8", "m8")):
        if match[hour]:
            return clock(match[hour], match[minute])
    words = clock(match["h"], match["m"])
    if match["joint"]:
        joint = match["joint"].strip()
        words += f" {'to' if joint in '-–' else joint} {clock(match['h2'], match['m2'])}"
    return words


# Two times with minutes, in a listing or beside a day: "Wed 25 Dec: 7.30-9.00 BBC1".
_LISTED = Pattern(
    r"(?<![\w.,:£$€])(?P<h1>2[0-3]|1\d|[1-9])\.(?P<m1>[0-5][05])(?P<dash> ?[-–] ?)(?P<h2>2[0-3]|1\d|[1-9])\.(?P<m2>[0-5][05])(?![\w%°])(?!\.\d)"
    r"(?! ?(?:per|million|billion|miles?|metres|points?|times|degrees|inches|feet|tonnes|cm|mm|kg|km|m)\b)"
)
_LISTING = re.compile(
    r"(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}s?|\b[Dd]aily|\b[Ww]eekdays|\b[Oo]pen|\b[Dd]oors|\b[Hh]ours|\b[Tt]imes?|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6})[^\d;]{0,12}$"
)
_CHANNEL = re.compile(
    r",? (?:BBC|ITV|Channel|Sky|Radio|Ch\d|Film4|E4|More4|am\b|pm\b|daily|on (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))"
)


def _listed(match: re.Match[str], passage: Passage) -> str | None:
    if not (_LISTING.search(passage.before(match.start(), 24)) or _CHANNEL.match(passage.text, match.end())):
        return None
    return f"{_time(match['h1'], match['m1'], half=True)} to {_time(match['h2'], match['m2'], half=True)}"


LISTED = Rule("time", "-–", _LISTED, _listed, figures=True, leads=True)
WITH_HALF = Rule("time", "mM", _WITH_HALF, _with_half, figures=True, leads=True)
CLOCK = Rule("time", ":", _24, _24_hours, figures=True, leads=True)
RACE = Rule("time", ":", _RACE, _race, figures=True, leads=True)
SPENT = Rule("time", "mh", _SPENT, _spent, figures=True, leads=True)
WATCH = Rule("time", "0hGBUCEl", _WATCH, _watch, figures=True, leads=True)
# A clock by its zone: "21.00 BST".
_ZONED = Pattern(
    r"(?<![\w.,£$€])(?P<h>2[0-3]|[01]?\d)\.(?P<m>[0-5]\d)(?= (?:BST|GMT|UTC|CET|CEST|EST|EDT|local time)\b)"
)


def _zoned(match: re.Match[str], _passage: Passage) -> str:
    return clock(match["h"], match["m"])


# A day that ends with a word: 10:30am–noon.
_UNTIL = Pattern(
    r"(?:(?<=[apAP][mM.])|(?<=\d))[-–](?=(?:noon|midday|midnight|late|dusk|close|sunset)\b)|(?:(?<=\bnoon)|(?<=\bmidday)|(?<=\bmidnight))[-–](?=\d)|(?:(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))|(?<=day))[-–](?=\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b)"
)
UNTIL = Rule("range", "-–", _UNTIL, lambda _match, _passage: " to ")
ZONED = Rule("time", ".", _ZONED, _zoned, figures=True, leads=True)
TRAIN = Rule("time", ".", _TRAIN, _train, figures=True, leads=True)
DOTTED = Rule("time", ".", _DOTTED, _dotted, figures=True, leads=True)
ALONE = Rule("time", ".", _ALONE, _alone, has=("a.m", "p.m"))
