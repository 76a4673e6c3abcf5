"""Pairs of figures: ranges, spans of years, ratios, sizes."""

import re

from earmark.spoken.locales.en_numbers import MAGNITUDES
from earmark.spoken.locales.en_units import UNITS
from earmark.spoken.numbers import below_hundred, cardinal, digits, year
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import (
    MAGNITUDE,
    NUMBER,
    START,
    is_million,
    say_number,
)

_DATED = 1500  # a year of which only the last figure is printed again is no older
_SPAN = Pattern(
    r"(?<![\w.,£$€/-])(?P<a>1[0-9]\d\d|20\d\d)(?P<dash> ?[-–—‒‑] ?|/| to )(?P<b>1[0-9]\d\d|20\d\d|['’]?\d\d|(?<=[-–/])[1-9])(?![\w/])(?!-\d)(?![.,]\d)(?! ?%)"
)


def _span(match: re.Match[str], passage: Passage) -> str | None:  # noqa: PLR0911 (one return for each way of reading)
    first, second, dash = int(match["a"]), match["b"].lstrip("'’"), match["dash"].strip()
    if len(second) == 1:  # "1941-5"
        if int(second) <= first % 10 or first < _DATED:
            return None
        second = f"{first // 10 % 10}{second}"
    short = len(second) == 2  # noqa: PLR2004 (the century is left out in print)
    if dash == "to" and short:
        return None
    if short and int(second) <= first % 100 and not (int(second) == 0 and first % 100 == 99):  # noqa: PLR2004 (1999-00)
        return None
    words = year(first, american=passage.american)
    if not short:
        if int(second) <= first and not _BEFORE_CHRIST.match(passage.text, match.end()):
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


_BEFORE_CHRIST = re.compile(r" ?(?:cal )?B\.?C\b")
_RANGE = Pattern(
    rf"{START}(?<!\d[-–])(?P<a>{NUMBER})(?P<k1>{MAGNITUDE})?(?P<dash> ?[–—‒] ?|[-‑‐])(?P<b>{NUMBER})(?:(?P<gap> ?)(?P<k2>{MAGNITUDE}))?(?:(?P<times>x\b)|(?P<s>(?<=[1-9]\d)s\b)|(?P<band> ?FM\b))?(?![\w/])(?!-\d)(?![.,]\d)"
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
    if match["s"]:
        if match["b"][-1] == "0" or len(match["b"]) != 2 or match["k1"]:  # noqa: PLR2004 (20-30s are decades, 747s are aeroplanes)
            return None
        times = "s"  # of people: 18-24s
    return (
        f"{say_number(match['a'], passage)}{k1 if k1 != k2 else ''} to {say_number(match['b'], passage)}{k2}{times}"
        + (" F M" if match["band"] else "")
    )


_RATIO = Pattern(
    r"(?<![\w.,:/£$€-])(?P<a>\d{1,4}(?:\.\d{1,2})?):(?P<b>\d{1,3}(?:,\d{3}){1,2}|\d{1,4})(?![\w:/])(?![.,]\d)"
)


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


_DOTS = 3  # figures from which on a screen is measured and no sum is done


def _size(match: re.Match[str], passage: Passage) -> str:
    # Without spaces it is a size: 4x4. With them, arithmetic: 5 × 3.
    sum_ = " " in match["x"] and not match["c"] and min(len(match["a"]), len(match["b"])) < _DOTS
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


# "W 120 x D 60 x H 75cm", "H1.5m x S1m".
_SIDE = r"(?P<{0}>[HWDLS]) ?(?P<{0}n>\d{{1,4}}(?:\.\d{{1,2}})?)(?P<{0}u>cm|mm|m|in|ft)?"
_LABELLED = Pattern(
    r"(?<![\w.&-])"
    + _SIDE.format("a")
    + r" ?[x×] ?"
    + _SIDE.format("b")
    + r"(?: ?[x×] ?"
    + _SIDE.format("c")
    + r")?(?![\w/])(?![.,]\d)"
)
_SIDES = {"H": "height", "W": "width", "D": "depth", "L": "length", "S": "spread"}


def _labelled(match: re.Match[str], passage: Passage) -> str:
    parts = []
    for side in ("a", "b", "c"):
        if match[side]:
            unit = match[f"{side}u"]
            name = f" {UNITS[unit][0 if match[f'{side}n'] == '1' else 1]}" if unit else ""
            parts.append(f"{_SIDES[match[side]]} {say_number(match[f'{side}n'], passage)}{name}")
    return " by ".join(parts)


LABELLED = Rule("size", "x×", _LABELLED, _labelled, figures=True)
RATIO = Rule("ratio", ":", _RATIO, _ratio, figures=True, leads=True)
DIFFERENCE = Rule("sum", "=", _DIFFERENCE, _difference, figures=True, leads=True)
SPAN = Rule("span of years", "-–—‒‑/t", _SPAN, _span, figures=True, leads=True)
RANGE = Rule("range", "-–—‒‑‐", _RANGE, _range, figures=True, leads=True)
SIZE = Rule("size", "xX×", _SIZE, _size, figures=True, leads=True)
