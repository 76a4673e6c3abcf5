"""What is left of figures: ordinals, millions, plain numbers with any sign."""

import re

from earmark.spoken.locales.en_numbers import MAGNITUDES
from earmark.spoken.numbers import cardinal, digits, ordinal
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import MAGNITUDE, MINUS, NUMBER, START, is_million, next_word, say_number, signed
from earmark.spoken.rules.money import amount

_ORDINAL = Pattern(
    r"(?<![\w.,£$€])(?P<n>\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?P<gap> ?)(?:st|nd|rd|th|ST|ND|RD|TH|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ|º|ª)(?P<s>s|ly)?(?![\w])"
)
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def _ordinal(match: re.Match[str], passage: Passage) -> str | None:
    number = int(match["n"].replace(",", ""))
    suffix = "th" if number % 100 in (11, 12, 13) else _SUFFIX.get(number % 10, "th")
    printed = match.group()[len(match["n"]) :].removesuffix(match["s"] or "").strip()
    if printed.isascii() and (printed.lower() != suffix or match["gap"]):
        return None
    return ordinal(number, american=passage.american) + (match["s"] or "")


_MILLIONS = Pattern(
    rf"{START}(?P<minus>{MINUS})?(?P<n>{NUMBER})(?:(?P<gap>[ -]?)(?P<k>{MAGNITUDE}))(?P<plus>\+)?(?![\w])"
)


def _millions(match: re.Match[str], passage: Passage) -> str | None:  # noqa: PLR0911 (one return for each way of reading)
    mark = match["k"]
    if mark in {"b", "B", "T", "M", "mm", "cr", "K", "mn", "mln"} and match["gap"] == "-":
        return None
    if mark in {"m", "k", "b"} and match["gap"]:
        return None
    if mark == "b" and "." not in match["n"] and not _PEOPLED.match(passage.text, match.end()):
        return None  # flat 3b, exit 4b
    if mark == "K" and "," not in match["n"] and next_word(passage, match.end())[:1].isupper():
        return f"{say_number(match['n'], passage)} K"  # a screen or a song: "24K Magic"
    # "221B Baker Street" is no billion.
    if mark == "mm" or (mark in {"B", "T", "M"} and "." not in match["n"] and _lettered(match, passage)):
        return None
    if mark == "K" and match["gap"] == " ":
        return f"{signed(match['minus'], say_number(match['n'], passage))} kelvin"
    if mark == "m" and not is_million(passage, match.start(), match.end()):
        passage.warn(
            "ambiguous-number",
            f"“{match.group()}” may be millions or metres",
            "Write “million” or “metres”, or add a lexicon entry.",
        )
        return match.group()
    if mark in {"k", "K"} and next_word(passage, match.end()) in {
        "run",
        "race",
        "runs",
        "races",
        "runner",
        "runners",
        "walk",
        "swim",
        "ride",
        "video",
        "resolution",
        "TV",
        "TVs",
        "screen",
        "display",
        "event",
        "and",
    }:
        return f"{say_number(match['n'], passage)} K"
    words = f"{signed(match['minus'], say_number(match['n'], passage))}{'-' if match['gap'] == '-' else ' '}{MAGNITUDES[mark]}"
    return f"{words} plus" if match["plus"] else words


def _lettered(match: re.Match[str], passage: Passage) -> bool:
    """Tell whether a capital behind a figure is a letter of its name: "Exit 12B", "221B Baker Street"."""
    if not next_word(passage, match.end())[:1].islower():
        return True
    return _LABELLED.search(passage.before(match.start(), 14)) is not None


_LABELLED = re.compile(
    r"(?i)\b(?:exit|junction|gate|platform|flat|apartment|apt\.?|unit|room|stand|seat|row|bay|block|class|form|figure|fig\.?|table|page|part|no\.?|number|section|rule|bus|route|room) $"
)
_PEOPLED = re.compile(r" (?:people|users|of|in|more|[a-z]{3,20}s)\b")
_OVERS = Pattern(r"(?<![\w.,])# ?(?P<n>\d{1,6})(?!\w)")


def _number_sign(match: re.Match[str], passage: Passage) -> str:
    return f"number {say_number(match['n'], passage)}"


_MULTIPLE = Pattern(
    rf"(?:{START}(?P<n>{NUMBER})[x×](?![\w\d])|(?<![\w])x(?P<n2>[1-9]|1\d|[2-9]0|100|(?:(?<=ation x)|(?<=ation of x)|(?<=fied x)|(?<=zoom x))\d{{2,4}})(?![\w]))"
)


def _multiple(match: re.Match[str], passage: Passage) -> str:
    if match["n2"]:
        return f"times {say_number(match['n2'], passage)}"
    return f"{say_number(match['n'], passage)} times"


_HOUSE = Pattern(
    r"(?<![\w.,£$€-])(?P<n>\d{1,5})(?: (?P<side>[NSEW]|[NS][EW])\.?)?(?= (?:(?:[A-Z][\w'’]{1,20}|\d{1,3}(?:st|nd|rd|th)) ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Expy|Expressway|Hwy|Highway|Pkwy|Parkway|Ct|Court|Pl|Place)\b)"
)
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _house(match: re.Match[str], passage: Passage) -> str | None:
    """Say American house numbers in pairs: "twenty-seven eighty-eight San Tomas Expressway"."""
    number = match["n"]
    if not passage.american or number[0] == "0":
        return None
    side = "".join(f" {_SIDES[letter]}" for letter in match["side"] or "")
    if len(number) == 5:  # noqa: PLR2004 (one, then two pairs)
        return f"{cardinal(int(number[0]))} {_pairs(number[1:])}{side}"
    if len(number) == 4:  # noqa: PLR2004 (two pairs)
        return _pairs(number) + side
    if len(number) == 3 and not number.endswith("00"):  # noqa: PLR2004 (one, then a pair)
        return f"{cardinal(int(number[0]))} {_pair(number[1:])}{side}"
    return cardinal(int(number)) + side


def _pair(two: str) -> str:
    return f"oh {digits(two[1])}" if two[0] == "0" else cardinal(int(two))


def _pairs(four: str) -> str:
    if four[1:] == "000":
        return cardinal(int(four))
    if four.endswith("00"):
        return f"{cardinal(int(four[:2]))} hundred"
    return f"{_pair(four[:2])} {_pair(four[2:])}"


_CARDINAL = Pattern(rf"(?<![\w])(?<!\w[.,])(?P<minus>{MINUS}|\+(?=\d))?(?P<n>{NUMBER}|\.\d{{1,12}})(?P<plus>\+(?!\d))?")


def _cardinal(match: re.Match[str], passage: Passage) -> str:
    words = say_number(match["n"], passage)
    words = f"plus {words}" if match["minus"] == "+" else signed(match["minus"], words)
    behind = passage.text[match.end() : match.end() + 1]
    if match["plus"]:
        words += " plus"
    return f"{words} " if behind.isalpha() else words


_CONTINENTAL = Pattern(
    r"(?<![\w.,])(?P<n>\d{1,3}(?:\.\d{3}){1,4},\d{1,2}|\d{1,3}(?: \d{3}){1,4},\d\d)(?: ?(?P<sign>€|EUR\b|zł|kr\b))?(?![\w.,]\w|\w)|(?P<before>€) ?(?P<n2>\d{1,3}(?:\.\d{3})*,\d\d)(?![\w.,]\w|\w)"
)


def _continental(match: re.Match[str], passage: Passage) -> str:
    """Say "1.234,56 €" as what it is: no English figure has its comma there."""
    whole, _, part = (match["n"] or match["n2"]).partition(",")
    figure = f"{whole.replace('.', '').replace(' ', '')}.{part}"
    sign = match["sign"] or match["before"]
    return amount(figure, sign, passage) if sign else say_number(figure, passage)


_LEFT = Pattern(r"\d{1,40}")


def _left(match: re.Match[str], passage: Passage) -> str:
    """Say figures that no rule knows, glued to letters: nothing that is printed goes missing."""
    number = match.group()
    words = cardinal(int(number), american=passage.american) if len(number) < 4 and number[0] != "0" else digits(number)  # noqa: PLR2004 (longer ones are codes)
    before = " " if passage.text[max(0, match.start() - 1) : match.start()].isalnum() else ""
    after = " " if passage.text[match.end() : match.end() + 1].isalpha() else ""
    return f"{before}{words}{after}"


ORDINAL = Rule("ordinal", "tdhTDHˢⁿʳᵗºª", _ORDINAL, _ordinal, figures=True, leads=True)
MILLIONS = Rule("number", "kKmMbBtThlc", _MILLIONS, _millions, figures=True, leads=True)
NUMBER_SIGN = Rule("number", "#", _OVERS, _number_sign, figures=True)
MULTIPLE = Rule("multiple", "x×", _MULTIPLE, _multiple, figures=True)
HOUSE = Rule(
    "address",
    "0123456789",
    _HOUSE,
    _house,
    figures=True,
    leads=True,
    has=tuple(
        f" {word}"
        for word in (
            "St",
            "Ave",
            "Road",
            "Rd",
            "Blvd",
            "Boulevard",
            "Dr",
            "Ln",
            "Lane",
            "Way",
            "Exp",
            "Hwy",
            "Highway",
            "Pkwy",
            "Parkway",
            "Ct",
            "Court",
            "Pl",
        )
    ),
)
CARDINAL = Rule("number", "0123456789", _CARDINAL, _cardinal, figures=True, leads=True)
CONTINENTAL = Rule("number", ",", _CONTINENTAL, _continental, figures=True)
LEFT = Rule("number", "", _LEFT, _left)
