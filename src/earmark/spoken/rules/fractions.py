"""Figures with a slash: fractions, marks out of ten, episodes, parts of an inch."""

import re

from earmark.spoken.locales import words as table
from earmark.spoken.locales.en_numbers import VULGAR
from earmark.spoken.numbers import cardinal, fraction, year
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import (
    DETERMINERS,
    FUNCTION_WORDS,
    VULGARS,
    counted,
    fraction_words,
    next_word,
    previous_word,
    say_number,
)
from earmark.spoken.rules.scores import ODDS

_FRACTION = Pattern(
    r"(?<![\w.,/£$€-])(?:(?P<minus>[-−])(?=\d))?(?:(?P<whole>\d{1,6})[ -])?(?P<a>\d{1,4})(?:/|⁄)(?P<b>[1-9]\d{0,3})(?P<th>ths?|rds?|nds?|sts?)?(?P<cent> ?%)?(?![\w/])(?![.,]\d)"
)


_YEARS = range(1900, 2100)  # "case no. 12/2023"
_OUT_OF = Pattern(r"(?<![\w.,/])(?P<a>\d{1,3}\.\d{1,2})/(?P<b>5|10|20|100)(?![\w/])(?!\.\d)")


def _out_of(match: re.Match[str], passage: Passage) -> str:
    return f"{say_number(match['a'], passage)} out of {say_number(match['b'], passage)}"


def _fraction(match: re.Match[str], passage: Passage) -> str | None:
    top, bottom = int(match["a"]), int(match["b"])
    if bottom == 1 and match["whole"]:
        return None
    if top in _YEARS and bottom > 2 * _WHOLE and not match["whole"]:
        return f"{year(top, american=passage.american)} slash {cardinal(bottom)}"  # a regulation's number
    pair = None if match["whole"] else _pair(match, passage)
    if pair:
        return pair
    american = passage.american
    if match["whole"]:
        name = fraction(top, bottom, american=american) if american or top != 1 else fraction_words(top, bottom)
        words = f"{cardinal(int(match['whole']), american=american)} and {name}"
    else:
        words = fraction(top, bottom, american=american)
        if (top, bottom) == (3, 4) and _JOINED.match(passage.text, match.end()):
            words = words.removesuffix("s")  # a three-quarter-length coat
        if top == 1 and (match["th"] or "").endswith("s"):
            words = fraction(2, bottom, american=american).partition(" ")[2]  # cut into 1/16ths
    if match["cent"]:
        cent = "percent" if american else "per cent"
        words += f" {cent}" if match["whole"] else f" of one {cent}"
    return f"minus {words}" if match["minus"] else words


def _pair(match: re.Match[str], passage: Passage) -> str | None:
    """Say figures with a slash that are no fraction: odds, shares, marks, episodes, numbers of cases."""
    top, bottom = int(match["a"]), int(match["b"])
    joint = ""
    if passage.near(ODDS, match.start() - 30, match.end() + 30):
        joint = " to "
    elif top + bottom == _WHOLE and min(top, bottom) >= _TENTH:
        joint = " "
    elif (top == bottom and bottom in _FULL_MARKS) or (
        bottom == _FULL_MARKS[0] and _MARK_ENDS.match(passage.text, match.end())
    ):
        joint = " out of "
    elif bottom == 1:
        joint = " over "
    elif _TENTH < top <= _MONTH >= 2 * bottom > 1 and _CITED.search(passage.before(match.start(), 12)):
        joint = " "  # a date, or shillings and pence: "12/6"
    elif top <= bottom and _SERIAL.match(passage.text, match.end()):
        joint = " of "
    elif bottom in _YEARS and _NUMBERED.search(passage.before(match.start(), 12)):
        return f"{cardinal(top)} slash {year(bottom, american=passage.american)}"
    elif re.search(
        r"(?i)\b(?:ep|episode|part|page|laps?|stage|round|chapter|question)\.? $",
        passage.before(match.start(), 9),
    ):
        joint = " of "
    elif (bottom in _FULL_MARKS and _MARKED.search(passage.before(match.start(), 24))) or (
        bottom == min(_FULL_MARKS)
        and (counted(next_word(passage, match.end())) or next_word(passage, match.end()) in _FOLK)
    ):
        joint = " out of "
    return f"{cardinal(top)}{joint}{cardinal(bottom)}" if joint else None


_JOINED = re.compile(r"-[a-z]")
_SERIAL = re.compile(r"\)? (?:opener|episode|drama|documentary|sitcom)\b")  # a part of a series on television
_FOLK = table("people men women children")
_WHOLE, _TENTH = 100, 10  # split 60/40
_MONTH = 31  # days
_CITED = re.compile(r"(?i)[”’\"'],? $|\b(?:letters?|dated|report|since|from|until),? $")
_MARK_ENDS = re.compile(r"[.,;:!)’”]|$| (?:for|in|from|with|and)\b")
_FULL_MARKS = (10, 20, 50, 100)
_NUMBERED = re.compile(r"(?i)\b(?:nos?|number|case|ref|resolution)\.? $")
_MARKED = re.compile(
    r"(?i)\b(?:scored?|rated?|rating|mark(?:ed)?|got|gave|gives?|given|giving|grade) (?:it |him |her |them |a |of |just |only )?$"
)


_VULGAR = Pattern(rf"(?<![\w.,])(?<!\d/)(?P<whole>\d{{1,6}} ?)?(?P<v>[{VULGARS}])(?P<more>%)?(?![\d])")


def _vulgar(match: re.Match[str], passage: Passage) -> str:
    top, bottom = VULGAR[match["v"]]
    glued = " " if passage.text[match.end() : match.end() + 1].isalpha() else ""
    if match["whole"]:
        return f"{cardinal(int(match['whole']), american=passage.american)} and {fraction_words(top, bottom)}{glued}"
    thing = next_word(passage, match.end())
    if _one_thing(passage, match, thing):
        part = "half" if match["v"] == "½" else f"{fraction_words(top, bottom)} of"
        return f"{part} {'an' if thing[0] in 'aeiou' or thing == 'hour' else 'a'}"
    return ("half" if match["v"] == "½" else fraction(top, bottom)) + glued


def _one_thing(passage: Passage, match: re.Match[str], thing: str) -> bool:
    """Tell whether a part of the thing behind is meant: "½ cucumber" is half a cucumber."""
    if len(thing) <= 2 or not thing.islower() or thing in FUNCTION_WORDS or thing in _UNCOUNTED or counted(thing):  # noqa: PLR2004 (abbreviations)
        return False
    if thing not in _MEASURED and (match["v"] != "½" or (thing.endswith("ed") and thing != "red") or thing in _DID):
        return False  # "⅓ got a seven"
    before = previous_word(passage, match.start()).lower()
    if passage.american:
        return False  # over there it is "half cup", "one quarter teaspoon"
    hyphened = passage.text[match.end() : match.end() + 1] != " "
    return not hyphened and before not in DETERMINERS


_UNCOUNTED = table(
    "price term time way milk water cream fat sugar board fare pay moon marathon size full empty back off past inch inches percent hundred million billion thousand through finished done century not tsp tbsp each size and old volunteers people"
)
_MEASURED = table("mile hour pint pound acre ounce litre yard gallon pineapple cucumber lemon onion")
_DID = table("got went said came took gave knew thought fell rose lost won were are was have had will would can could")


_INCHES = Pattern(r"(?<![\w.,/])(?:(?P<w>\d{1,3})[ -])?(?P<a>\d{1,2})/(?P<b>2|4|8|16|32|64)[\"″](?!\w)")


def _inches(match: re.Match[str], passage: Passage) -> str:
    """Say a part of an inch: five eighths of it before a quotation mark that is none."""
    part = fraction(int(match["a"]), int(match["b"]), american=passage.american)
    return f"{cardinal(int(match['w']))} and {part} inches" if match["w"] else f"{part} inch"


OUT_OF = Rule("mark", "/", _OUT_OF, _out_of, figures=True, leads=True)
INCHES = Rule("measure", "/", _INCHES, _inches, figures=True, leads=True)
FRACTION = Rule("fraction", "/⁄", _FRACTION, _fraction, figures=True, leads=True)
VULGAR_FRACTION = Rule("fraction", VULGARS, _VULGAR, _vulgar, figures=True, leads=True)
