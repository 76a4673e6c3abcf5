"""Scores, votes and odds: 3–2, 325-7 dec, 6-4 7-6 (7-3), a hundred to one."""

import re

from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_SCORE = Pattern(
    r"(?<![\w.,£$€/+:-])(?P<a>\d{1,3})(?P<dash>[-–—‒‑])(?P<b>\d{1,3})(?P<tie> ?\((?P<c>\d{1,2})[-–](?P<d>\d{1,2})\))?(?(tie)|(?P<third>(?P<dash3>[-–])(?P<e>\d{1,2}))?)(?![\w/%])(?!-\d)(?![.,]\d)"
)
_SPORT = re.compile(
    r"(?i)\b(?:beat|beats|beaten|win|wins|won|winning|winner|winners|lose|loses|lost|losing|loss|draw|draws|drew|drawn|defeat|defeats|defeated|victory|victories|score|scores|scored|scoreline|lead|leads|led|leading|trail|trailing|trailed|ahead|half-time|halftime"
    r"|aggregate|penalties|thrashed|thrashing|hammered|goal|goals|match|game|equaliser|equalised|final|semi-final|set|sets|tie|cup|league|series|result|shootout|comeback|vote|voted|ruling|ruled|decision|majority|favour|odds|split|record|down|up|clash|united|city|rovers|fixture|HT|FT|half-time|full-time)\b"
)
_RANGE_AFTER = re.compile(
    r" ?(?:people|years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|per cent|percent|points?|of|million|billion|thousand|miles|metres|kilometres|pages|cm|mm|km|kg|year-olds?|and)\b|-"
)


_SETS = re.compile(r"\d[-–]\d\)?,? \(?\d{1,2}[-–]\d")


ODDS = re.compile(
    r"(?i)\b(?:odds|fav|favs|favourites?|bookmakers?|bookies|shot|outsiders?|horse|jockey|each-way|e-w|e/w|bet|bet365|evens|punters?|priced|backed|ratio|margin)\b"
)


_STAKES = frozenset({1, 2, 4, 5, 8, 11})
_TURF = re.compile(
    r"\b(?:Aintree|Ascot|Doncaster|Newbury|Wolverhampton|Lingfield|Southwell|Catterick|Ripon|Thirsk|Redcar|Pontefract|Musselburgh|Kelso|Cartmel|Market Rasen|Fakenham|Plumpton|Fontwell|Wincanton|Ludlow|Uttoxeter|Curragh|Punchestown|Fairyhouse|Sedgefield|Hexham|Cheltenham|Epsom|Newmarket|Goodwood|Sandown|Kempton|Haydock|Chepstow|Longchamp|Leopardstown|Grand National|Gold Cup|racecourse|handicap hurdle|hurdle|steeplechase|jockey|trainer|bookmakers?|bookies|each-way|starting price|Ladbrokes|William Hill|Betfair|Paddy Power|Coral|odds)\b"
)
_BOWLED = re.compile(r"(?i)\b(?:took|takes|taking|figures of|(?:returned|claimed|finished with)(?: figures of)?) $")


_PRICED = re.compile(
    r" (?:(?:hot|joint|second|clear|red-hot|co-|jt-?) ?)?(?:fav|favs|favourites?|shot|chance|outsider)\b"
)
_WICKETS, _HUNDRED = 10, 100
_INNINGS = re.compile(
    r"(?i)\b(?:innings|wickets?|overs?|ovs?|stumps|lbw|batsm[ae]n|batters?|bowler|crease|not out|Test,? (?:at|day)|Test, Lord|day (?:one|two|three|four|five|[1-5])\b)\b"
)
_BOWLER = re.compile(r"[(;,] ?[A-Z][\w’'-]{1,20} $")
_POINTS = frozenset({0, 15, 30, 40})
_COURT = re.compile(r"(?i)\b(?:serv(?:e|es|ed|ing)|deuce|break points?|tie-?break|advantage|aces?|baseline|racket)\b")
_LADDER = re.compile(
    r"(?i)\b(?:graded?s?|levels?|years|ages|pages?|pp\.?|(?-i:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)(?:[a-z]{0,3}day)?|daily|weekdays|weekends|open|sizes?) $"
)  # they run downwards too: "grades 9-7"


# Over there a side has won and lost so many: "the Bills (11-3) host the Jets".
_RECORD = re.compile(r"(?<!\d)(?:[A-Z][\w’'.-]{1,20}) \($")
_RECORD_ENDS = frozenset(",;)")


def _score(match: re.Match[str], passage: Passage) -> str | None:
    a, b = match["a"], match["b"]
    if (len(a) > 1 and a[0] == "0") or (len(b) > 1 and b[0] == "0"):
        return None
    first, second = int(a), int(b)
    text = passage.text
    if _LADDER.search(passage.before(match.start(), 12)) or (
        (first, second) == (9, 5) and not passage.near(_SPORT, match.start() - 60, match.end() + 40)
    ):
        return None  # office hours
    if (
        passage.american
        and _RECORD.search(passage.before(match.start()))
        and text[match.end() : match.end() + 1] in _RECORD_ENDS
    ):
        return f"{cardinal(first)} and {cardinal(second)}"
    if match["third"]:
        return " ".join(cardinal(int(n)) for n in (a, b, match["e"]))
    tennis = match["tie"] or (
        max(first, second) in {6, 7} and _SETS.search(text, max(0, match.start() - 12), match.end() + 12)
    )
    bowled = second > first <= 10 and _BOWLED.search(text, max(0, match.start() - 24), match.start()) is not None  # noqa: PLR2004 (ten wickets end an innings)
    bowled = bowled or (
        second > first <= _WICKETS
        and _BOWLER.search(text, max(0, match.start() - 24), match.start()) is not None
        and passage.near(_INNINGS, match.start() - 90, match.end() + 60)
    )
    tennis = tennis or ({first, second} <= _POINTS and passage.near(_COURT, match.start() - 60, match.end() + 60))
    sport = (
        bowled
        or first >= second
        or first == 0
        or tennis
        or (
            max(first, second) < 100  # noqa: PLR2004 (scores below a hundred; from nine down "oh nine")
            and passage.near(_SPORT, match.start() - 60, match.end() + 40)
            and not _RANGE_AFTER.match(text, match.end())
        )
    )
    if not sport:
        return None
    # "a hundred to one" against a horse, and long votes; but "three two" on the pitch.
    odds = (
        _PRICED.match(text, match.end()) is not None
        or (second in {1, 2} and passage.near(ODDS, match.start() - 30, match.end() + 30))
        or (second in _STAKES and passage.near(_TURF, match.start() - 120, match.end() + 120))
    )
    wickets = not passage.american and (
        bowled
        or (
            second <= _WICKETS < first
            and (first >= _HUNDRED or passage.near(_INNINGS, match.start() - 60, match.end() + 60))
        )
    )
    halves = first + second == _HUNDRED and min(first, second) >= _WICKETS  # "a 50-50 chance"
    joint = " " if halves else " to " if odds else " for " if wickets else " to " if max(first, second) > 99 else " "  # noqa: PLR2004 (no match is scored in hundreds)
    words = f"{_nil(first, passage, tennis=bool(tennis))}{joint}{_nil(second, passage, tennis=bool(tennis))}"
    if first == second == 0 and not passage.american:
        words = "nil-nil"
    elif first == second and first and re.match(r" (?:draw|stalemate)", text[match.end() : match.end() + 10]):
        words = f"{cardinal(first)}-all"
    if match["tie"]:
        words += f", {_nil(int(match['c']), passage, tennis=True)} {_nil(int(match['d']), passage, tennis=True)}"
    return words


def _nil(number: int, passage: Passage, *, tennis: bool) -> str:
    if number:
        return cardinal(number, american=passage.american)
    return "love" if tennis else "zero" if passage.american else "nil"


_DECLARED = Pattern(r"(?<=\d )dec\b(?=\.?(?:[ ,;.)]|$))")


def _declared(match: re.Match[str], passage: Passage) -> str | None:
    return (
        "declared"
        if re.search(r"\d{3}(?:[-–]\d| for (?:\d|[a-z]{3,5})) $", passage.before(match.start(), 14))
        else None
    )


# A result in a list: "Burnley 0, Leeds 2", "Celtic 3 Hearts 0".
_TEAM = r"[A-Z][a-zA-Z’'-]{1,16}(?: (?:[A-Z][a-zA-Z’'-]{1,16}|of|and|&)){0,2}"
_RESULT = Pattern(
    rf"(?:(?<=^)|(?<=[;,.(:] ))(?P<home>{_TEAM}) (?P<a>\d{{1,2}}),? (?P<away>{_TEAM}) (?P<b>\d{{1,2}})(?=[;,.)]|$| \()"
)


def _result(match: re.Match[str], passage: Passage) -> str | Reading | None:
    if passage.american or "0" not in {match["a"], match["b"]} or {match["home"], match["away"]} & _NO_TEAMS:
        return None
    for side in ("a", "b"):
        if match[side] == "0":
            passage.claim(Reading(match.start(side), match.end(side), "nil"), "score")
    return None


_NO_TEAMS = frozenset({"Year", "Grade", "Level", "Day", "Stage", "Figure", "Table", "Page"})

RESULT = Rule("score", "0", _RESULT, _result, figures=True)
DECLARED = Rule("score", "d", _DECLARED, _declared, figures=True, has=(" dec",))
SCORE = Rule("score", "-–—‒‑", _SCORE, _score, figures=True, leads=True)
