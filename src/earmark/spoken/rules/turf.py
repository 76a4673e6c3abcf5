"""Figures of sport that are no scores: furlongs, fours and sixes, line-ups, bowling figures."""

import re

from earmark.spoken.letters import cling
from earmark.spoken.locales.en_numbers import VULGAR
from earmark.spoken.locales.en_turf import COURSES
from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import VULGARS, attributive, fraction_words
from earmark.spoken.rules.times import clock

_FURLONGS = Pattern(
    rf"(?<![\w.,£$€])(?:(?P<m>[1-4])m ?)?(?P<f>\d{{1,2}})?(?P<v>[{VULGARS}])?(?<=[\d{VULGARS}])f(?: ?(?P<y>\d{{1,3}})y(?:ds?)?)?(?![\w/])"
)


def _furlongs(match: re.Match[str], passage: Passage) -> str | None:
    """Say how far horses run: "two miles four furlongs", "the six furlong sprint"."""
    if not (match["f"] or (match["m"] and match["v"])):
        return None
    single = attributive(passage, match.start(), match.end()) or _RUN.match(passage.text, match.end())
    parts = [f"{cardinal(int(match['m']))} {'mile' if single or match['m'] == '1' else 'miles'}"] if match["m"] else []
    part = fraction_words(*VULGAR[match["v"]]) if match["v"] else ""
    if match["f"]:
        number = cardinal(int(match["f"])) + (f" and {part}" if part else "")
        one = single or (match["f"] == "1" and not part)
        parts.append(f"{number} {'furlong' if one else 'furlongs'}")
    else:
        parts.append("half a furlong" if part == "a half" else f"{part} of a furlong")
    if match["y"]:
        parts.append(f"{cardinal(int(match['y']))} yards")
    return " ".join(parts)


_RUN = re.compile(r" (?:chase|hurdle|sprint|handicap|maiden|trip|race|stakes|listed|contest|novices?)\b")
_HITS = Pattern(r"(?<![\w.,£$€])(?P<n>\d{1,2}) ?x ?(?P<s>[46])(?:s)?(?![\w.,]\w|\w)")


def _hits(match: re.Match[str], passage: Passage) -> str | None:
    """Say how many fours and sixes a batsman hit, where it is one."""
    if not _BATTED.search(passage.before(match.start())):
        return None
    one = match["n"] == "1"
    names = {"4": ("four", "fours"), "6": ("six", "sixes")}[match["s"]]
    return f"{cardinal(int(match['n']))} {names[0 if one else 1]}"


_BATTED = re.compile(r"(?i)\b(?:hit|hits|with|balls?|\d{1,3}b|\d ?x ?[46]s?)[ ,;(]{1,3}(?:and )?$")
# Of a side on the field, and of a bowler: overs, maidens, runs, wickets. No sum of ten men ends above it.
_GROUPS = Pattern(r"(?<![\w.,/£$€+:-])(?P<all>\d{1,2}(?:\.\d)?(?:[-–]\d{1,3}){3,4})(?![\w/%-])(?![.,]\d)")
_TEN = 10


def _groups(match: re.Match[str], _passage: Passage) -> str | None:
    figures = re.split("[-–]", match["all"])
    lined_up = all(len(figure) == 1 for figure in figures) and sum(map(int, filter(str.isdigit, figures))) == _TEN
    bowled = len(figures) == 4 and len(figures[3]) == 1 and not any(f[0] == "0" and len(f) > 1 for f in figures)  # noqa: PLR2004 (overs, maidens, runs, wickets)
    if not (lined_up or bowled):
        return None
    overs, _, balls = figures[0].partition(".")
    first = cardinal(int(overs)) + (f" point {cardinal(int(balls))}" if balls else "")
    return cling(" ".join([first, *(cardinal(int(figure)) for figure in figures[1:])]))


_LENGTHS = Pattern(rf"(?<![\w.,£$€])(?P<n>\d{{1,2}})?(?P<v>[{VULGARS}])?(?<=[\d{VULGARS}])l(?![\w/])(?! of )")
_RACED = re.compile(
    r"(?i)\b(?:beaten|won by|runner-up|back in|jockey|lengths?|favourite|chance|hurdle|chase|(?:jt-|co-)?fav|\d-\d)\b"
)


def _lengths(match: re.Match[str], passage: Passage) -> str | None:
    """Say by how much a horse won; elsewhere it is litres."""
    if not passage.near(_RACED, match.start() - 40, match.end() + 20) or match["n"] == "0":
        return None
    part = fraction_words(*VULGAR[match["v"]]) if match["v"] else ""
    if not match["n"]:
        return "half a length" if part == "a half" else f"{part} of a length"
    words = cardinal(int(match["n"])) + (f" and {part}" if part else "")
    return f"{words} {'length' if match['n'] == '1' and not part else 'lengths'}"


_AGED = Pattern(r"(?<![\w.,£$€])(?P<n>\d{1,2})[ -]?(?:yo|y/o|y\.o\.)(?![\w])")


def _aged(match: re.Match[str], passage: Passage) -> str:
    stop = "." if match.group().endswith(".") and passage.ends(match.end()) else ""
    if _IS.search(passage.before(match.start(), 8)):
        return f"{cardinal(int(match['n']))} {'year' if match['n'] == '1' else 'years'} old{stop}"
    return f"{cardinal(int(match['n']))}-year-old{stop}"


_IS = re.compile(r"(?:\b(?:is|was|are|were|am)|['’](?:s|m|re)) $")
# At half-time and at the end: "HT: 1-2".
_AT_TIME = Pattern(r"(?<![\w.])(?<!he )(?P<t>[HF])T(?=:? \d{1,3}[-–]\d{1,3}(?!\w)|: [A-Z])")

# A race is called by its course and its time: "(Newmarket 3.35)".
_OFF = Pattern(
    r"(?<![\w.,£$€])(?P<h>1[0-2]|[1-9])\.(?P<m>[0-5]\d)(?![\w%°])(?!\.\d)"
    r"(?! (?:per|pc|percent|percentage|million|billion|trillion|km|miles?|metres|points?|times|degrees|kg|inches|tonnes|acres)\b)"
)
_ON_COURSE = re.compile(rf"\b(?:{'|'.join(COURSES)})(?: Park| Downs)?(?: \(AW\))?,? $")


def _off(match: re.Match[str], passage: Passage) -> str | None:
    return clock(match["h"], match["m"]) if _ON_COURSE.search(passage.before(match.start(), 28)) else None


OFF = Rule("time", ".", _OFF, _off, figures=True, leads=True)
LENGTHS = Rule("distance", "l", _LENGTHS, _lengths, figures=True, leads=True)
AGED = Rule("age", "y", _AGED, _aged, figures=True, leads=True)
AT_TIME = Rule(
    "score", "HF", _AT_TIME, lambda match, _passage: "half-time" if match["t"] == "H" else "full-time", figures=True
)
FURLONGS = Rule("distance", "f", _FURLONGS, _furlongs, figures=True, leads=True)
HITS = Rule("score", "x", _HITS, _hits, figures=True, leads=True)
GROUPS = Rule("score", "-–", _GROUPS, _groups, figures=True, leads=True)
