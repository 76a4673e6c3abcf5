"""Pairs of figures: ranges, spans of years, scores, sizes, fractions."""

import re

from earmark.spoken.locales.en_numbers import MAGNITUDES, VULGAR
from earmark.spoken.numbers import below_hundred, cardinal, digits, fraction, year
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import (
    MAGNITUDE,
    NUMBER,
    START,
    VULGARS,
    counted,
    fraction_words,
    is_million,
    next_word,
    say_number,
)

_SPAN = Pattern(
    r"(?<![\w.,£$€/-])(?P<a>1[0-9]\d\d|20\d\d)(?P<dash> ?[-–—‒‑] ?|/| to )(?P<b>1[0-9]\d\d|20\d\d|\d\d)(?![\w/])(?!-\d)(?![.,]\d)(?! ?%)"
)


def _span(match: re.Match[str], passage: Passage) -> str | None:
    first, second, dash = int(match["a"]), match["b"], match["dash"].strip()
    short = len(second) == 2  # noqa: PLR2004 (the century is left out in print)
    if dash == "to" and short:
        return None
    if short and int(second) <= first % 100 and not (int(second) == 0 and first % 100 == 99):  # noqa: PLR2004 (1999-00)
        return None
    words = year(first, american=passage.american)
    if not short:
        if int(second) <= first:
            return None
        return f"{words} to {year(int(second), american=passage.american)}"
    if dash == "/" or first < 1950 or (first % 100 >= 10 and first < 2000):  # noqa: PLR2004 ("nineteen thirty-nine to forty-five")
        end = (
            "two thousand"
            if second == "00"
            else below_hundred(int(second))
            if int(second) > 9  # noqa: PLR2004 (scores below a hundred; from nine down "oh nine")
            else f"oh {below_hundred(int(second))}"
        )
        return f"{words} {'' if dash == '/' else 'to '}{end}"
    # "twenty nineteen to twenty" would be left hanging in the air.
    return f"{words} to {year(first - first % 100 + int(second), american=passage.american)}"


_SCORE = Pattern(
    r"(?<![\w.,£$€/+:-])(?P<a>\d{1,3})(?P<dash>[-–—‒‑])(?P<b>\d{1,3})(?P<tie> ?\((?P<c>\d{1,2})[-–](?P<d>\d{1,2})\))?(?P<third>(?P<dash3>[-–])(?P<e>\d{1,2}))?(?![\w/%])(?!-\d)(?![.,]\d)"
)
_SPORT = re.compile(
    r"(?i)\b(?:beat|beats|beaten|win|wins|won|winning|winner|winners|lose|loses|lost|losing|loss|draw|draws|drew|drawn|defeat|defeats|defeated|victory|victories|score|scores|scored|scoreline|lead|leads|led|leading|trail|trailing|trailed|ahead|half-time|halftime"
    r"|aggregate|penalties|thrashed|thrashing|hammered|goal|goals|match|game|equaliser|equalised|final|semi-final|set|sets|tie|cup|league|series|result|shootout|comeback|vote|voted|ruling|ruled|decision|majority|favour|odds|split|record|down|up|clash|united|city|rovers|fixture)\b"
)
_RANGE_AFTER = re.compile(
    r" ?(?:people|years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|per cent|percent|points?|of|million|billion|thousand|miles|metres|kilometres|pages|cm|mm|km|kg|year-olds?|and)\b|-"
)


_SETS = re.compile(r"\d[-–]\d\)?,? \(?\d{1,2}[-–]\d")


_ODDS = re.compile(
    r"(?i)\b(?:odds|favourites?|bookmakers?|bookies|shot|outsiders?|horse|jockey|each-way|bet|backed|ratio|margin)\b"
)


_STAKES = frozenset({1, 2, 4, 5, 8, 11})
_TURF = re.compile(
    r"\b(?:Aintree|Ascot|Cheltenham|Epsom|Newmarket|Goodwood|Sandown|Kempton|Haydock|Chepstow|Longchamp|Leopardstown|Grand National|Gold Cup|racecourse|handicap hurdle|hurdle|steeplechase|jockey|trainer|bookmakers?|bookies|each-way|starting price|Ladbrokes|William Hill|Betfair|Paddy Power|Coral|odds)\b"
)
_BOWLED = re.compile(r"(?i)\b(?:took|takes|taking|figures of|(?:returned|claimed|finished with)(?: figures of)?) $")


_LADDER = re.compile(r"(?i)\b(?:grades?|levels?|years|ages|pages?|pp\.?) $")  # they run downwards too: "grades 9-7"


def _score(match: re.Match[str], passage: Passage) -> str | None:
    a, b = match["a"], match["b"]
    if (len(a) > 1 and a[0] == "0") or (len(b) > 1 and b[0] == "0"):
        return None
    first, second = int(a), int(b)
    text = passage.text
    if _LADDER.search(passage.before(match.start(), 8)) or (
        (first, second) == (9, 5) and not passage.near(_SPORT, match.start() - 60, match.end() + 40)
    ):
        return None  # office hours
    if match["third"]:
        return " ".join(cardinal(int(n)) for n in (a, b, match["e"]))
    tennis = match["tie"] or (
        max(first, second) in {6, 7} and _SETS.search(text, max(0, match.start() - 12), match.end() + 12)
    )
    bowled = second > first <= 10 and _BOWLED.search(text, max(0, match.start() - 24), match.start()) is not None  # noqa: PLR2004 (ten wickets end an innings)
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
    odds = (second in {1, 2} and passage.near(_ODDS, match.start() - 30, match.end() + 30)) or (
        second in _STAKES and passage.near(_TURF, match.start() - 120, match.end() + 120)
    )
    wickets = not passage.american and (bowled or (first > 99 and second <= 10))  # noqa: PLR2004 (ten wickets end an innings)
    joint = " to " if odds else " for " if wickets else " to " if max(first, second) > 99 else " "  # noqa: PLR2004 (no match is scored in hundreds)
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


_RANGE = Pattern(
    rf"{START}(?P<a>{NUMBER})(?P<k1>{MAGNITUDE})?(?P<dash> ?[–—‒] ?|[-‑‐])(?P<b>{NUMBER})(?:(?P<gap> ?)(?P<k2>{MAGNITUDE}))?(?P<times>x\b)?(?![\w/])(?!-\d)(?![.,]\d)"
)


def _range(match: re.Match[str], passage: Passage) -> str | None:
    if (
        match["k2"] == "m"
        and not match["k1"]
        and not match["gap"]
        and not is_million(passage, match.start(), match.end())
    ):
        passage.warn(
            "ambiguous-number",
            f"“{match.group()}” may be millions or metres",
            "Write “million” or “metres”, or add a lexicon entry.",
        )
        return match.group()
    k1 = f" {MAGNITUDES[match['k1']]}" if match["k1"] else ""
    k2 = f" {MAGNITUDES[match['k2']]}" if match["k2"] else ""
    if match["a"][0] == "0" and len(match["a"]) > 1 and match["a"][1].isdigit():
        return f"{digits(match['a'])}, {digits(match['b'])}"
    times = " times" if match["times"] else ""
    return f"{say_number(match['a'], passage)}{k1 if k1 != k2 else ''} to {say_number(match['b'], passage)}{k2}{times}"


_RATIO = Pattern(r"(?<![\w.,:/£$€-])(?P<a>\d{1,4}):(?P<b>\d{1,4})(?![\w:/])(?![.,]\d)")


_DEGREE = re.compile(r"(?i)\b(?:an?|upper|lower|high|low|her|his|predicted|expected) $")
_SUBJECT = re.compile(r" (?:in|from|at|degree)\b|[.,;)]|$")


def _ratio(match: re.Match[str], passage: Passage) -> str:
    if (
        match.group() in {"2:1", "2:2"}
        and _DEGREE.search(passage.before(match.start(), 12))
        and _SUBJECT.match(passage.text, match.end())
    ):
        return f"two {cardinal(int(match['b']))}"  # what a student was awarded
    return f"{say_number(match['a'], passage)} to {say_number(match['b'], passage)}"


_DIFFERENCE = Pattern(rf"{START}(?P<a>{NUMBER}) ?[-–−] ?(?P<b>{NUMBER})(?= ?=)")


def _difference(match: re.Match[str], passage: Passage) -> str:
    return f"{say_number(match['a'], passage)} minus {say_number(match['b'], passage)}"


_SIZE = Pattern(
    rf"{START}(?P<a>{NUMBER})(?P<x> ?[x×X] ?)(?P<b>{NUMBER})(?:(?P<x2> ?[x×X] ?)(?P<c>{NUMBER}))?(?P<s>s)?(?![\w])(?![.,]\d)"
)


def _size(match: re.Match[str], passage: Passage) -> str:
    # Without spaces it is a size: 4x4. With them, arithmetic: 5 × 3.
    sum_ = " " in match["x"] and not match["c"]
    joint = (
        " times "
        if sum_
        and not re.match(
            r" ?(?:cm|mm|m|inch|in|ft|feet|metres|grid|pixels)\b", passage.text[match.end() : match.end() + 8]
        )
        else " by "
    )
    words = f"{say_number(match['a'], passage)}{joint}{say_number(match['b'], passage)}"
    if match["c"]:
        words += f" by {say_number(match['c'], passage)}"
    return words + (match["s"] or "")


_FRACTION = Pattern(
    r"(?<![\w.,/£$€-])(?:(?P<minus>[-−])(?=\d))?(?:(?P<whole>\d{1,6})[ -])?(?P<a>\d{1,4})(?:/|⁄)(?P<b>[1-9]\d{0,3})(?P<th>ths?|rds?|nds?|sts?)?(?![\w/])(?![.,]\d)"
)


_YEARS = range(1900, 2100)  # "case no. 12/2023"
_OUT_OF = Pattern(r"(?<![\w.,/])(?P<a>\d{1,3}\.\d{1,2})/(?P<b>5|10|20|100)(?![\w/])(?!\.\d)")


def _out_of(match: re.Match[str], passage: Passage) -> str:
    return f"{say_number(match['a'], passage)} out of {say_number(match['b'], passage)}"


def _fraction(match: re.Match[str], passage: Passage) -> str | None:
    top, bottom = int(match["a"]), int(match["b"])
    if bottom == 1 and match["whole"]:
        return None
    pair = None if match["whole"] else _pair(match, passage)
    if pair:
        return pair
    american = passage.american
    if match["whole"]:
        name = fraction(top, bottom, american=american) if american or top != 1 else fraction_words(top, bottom)
        words = f"{cardinal(int(match['whole']), american=american)} and {name}"
    else:
        words = fraction(top, bottom, american=american)
    return f"minus {words}" if match["minus"] else words


def _pair(match: re.Match[str], passage: Passage) -> str | None:
    """Say figures with a slash that are no fraction: odds, shares, marks, episodes, numbers of cases."""
    top, bottom = int(match["a"]), int(match["b"])
    joint = ""
    if passage.near(_ODDS, match.start() - 30, match.end() + 30):
        joint = " to "
    elif top + bottom == _WHOLE and min(top, bottom) >= _TENTH:
        joint = " "
    elif bottom == 1:
        joint = " over "
    elif top <= bottom and _SERIAL.match(passage.text, match.end()):
        joint = " of "
    elif bottom in _YEARS and _NUMBERED.search(passage.before(match.start(), 12)):
        return f"{cardinal(top)} slash {year(bottom, american=passage.american)}"
    elif re.search(r"(?i)\b(?:ep|episode|part|page)\.? $", passage.before(match.start(), 9)):
        joint = " of "
    elif (bottom in _FULL_MARKS and _MARKED.search(passage.before(match.start(), 24))) or (
        bottom == min(_FULL_MARKS) and counted(next_word(passage, match.end()))
    ):
        joint = " out of "
    return f"{cardinal(top)}{joint}{cardinal(bottom)}" if joint else None


_SERIAL = re.compile(r"\)? (?:opener|episode|drama|documentary|sitcom)\b")  # a part of a series on television
_WHOLE, _TENTH = 100, 10  # split 60/40
_FULL_MARKS = (10, 20, 50, 100)
_NUMBERED = re.compile(r"(?i)\b(?:nos?|number|case|ref|resolution)\.? $")
_MARKED = re.compile(
    r"(?i)\b(?:scored?|rated?|rating|mark(?:ed)?|got|gave|gives?|given|giving|grade) (?:it |him |her |them |a |of |just |only )?$"
)


_VULGAR = Pattern(rf"(?<![\w.,/])(?P<whole>\d{{1,6}} ?)?(?P<v>[{VULGARS}])(?P<more>%)?(?![\d])")


def _vulgar(match: re.Match[str], passage: Passage) -> str:
    top, bottom = VULGAR[match["v"]]
    glued = " " if passage.text[match.end() : match.end() + 1].isalpha() else ""
    if match["whole"]:
        return f"{cardinal(int(match['whole']), american=passage.american)} and {fraction_words(top, bottom)}{glued}"
    return ("half" if match["v"] == "½" else fraction(top, bottom)) + glued


RATIO = Rule("ratio", ":", _RATIO, _ratio, figures=True)
DIFFERENCE = Rule("sum", "=", _DIFFERENCE, _difference, figures=True)
SPAN = Rule("span of years", "-–—‒‑/t", _SPAN, _span, figures=True)
_DECLARED = Pattern(r"(?<=\d )dec\b(?=\.?(?:[ ,;.)]|$))")


def _declared(match: re.Match[str], passage: Passage) -> str | None:
    return (
        "declared"
        if re.search(r"\d{3}(?:[-–]\d| for (?:\d|[a-z]{3,5})) $", passage.before(match.start(), 14))
        else None
    )


DECLARED = Rule("score", "d", _DECLARED, _declared, figures=True)
SCORE = Rule("score", "-–—‒‑", _SCORE, _score, figures=True)
RANGE = Rule("range", "-–—‒‑‐", _RANGE, _range, figures=True)
SIZE = Rule("size", "xX×", _SIZE, _size, figures=True)
OUT_OF = Rule("mark", "/", _OUT_OF, _out_of, figures=True)
_INCHES = Pattern(r"(?<![\w.,/])(?:(?P<w>\d{1,3})[ -])?(?P<a>\d{1,2})/(?P<b>2|4|8|16|32|64)[\"″](?!\w)")


def _inches(match: re.Match[str], passage: Passage) -> str:
    """Say a part of an inch: five eighths of it before a quotation mark that is none."""
    part = fraction(int(match["a"]), int(match["b"]), american=passage.american)
    return f"{cardinal(int(match['w']))} and {part} inches" if match["w"] else f"{part} inch"


INCHES = Rule("measure", "/", _INCHES, _inches, figures=True)
FRACTION = Rule("fraction", "/⁄", _FRACTION, _fraction, figures=True)
VULGAR_FRACTION = Rule("fraction", VULGARS, _VULGAR, _vulgar)
