"""Money: £3.5m, $100bn, 99p, €1.99, US$5m, ₹500 crore, "a £3.5m-a-year job"."""

import re

from earmark.spoken.locales.en_currencies import BEHIND, CODES, RATES, SMALL, SYMBOLS, Currency
from earmark.spoken.locales.en_numbers import MAGNITUDES
from earmark.spoken.locales.en_units import MONEY_NOUNS, PER, UNITS
from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Reading, Rule
from earmark.spoken.quantities import (
    DASH,
    FIGURE,
    MAGNITUDE,
    MINUS,
    NUMBER,
    START,
    VULGARS,
    attributive,
    is_one,
    next_word,
    say_number,
    signed,
)

_SYMBOL = "|".join(re.escape(sign) for sign in sorted(SYMBOLS, key=len, reverse=True))
_CODE = "|".join(CODES)
# "$12MM", "$1.2 mil": beside a sum these are no lenses and no parts of an inch.
_SUMS = MAGNITUDES | {"MM": "million", "mil": "million"}
_MAG = rf"(?: ?-?(?P<{{0}}>{MAGNITUDE}|MM|mil)(?![A-Za-z&]))?"
_RATE = "|".join(sorted((re.escape(rate) for rate in RATES), key=len, reverse=True))
_BY = (
    {
        unit: UNITS[unit][0]
        for unit in (
            "kg",
            "g",
            "lb",
            "oz",
            "l",
            "litre",
            "kWh",
            "MWh",
            "t",
            "ml",
            "sq ft",
            "sq m",
            "m²",
            "mile",
            "km",
            "ha",
            "ton",
        )
        if unit in UNITS
    }
    | {"100g": "one hundred grams", "100ml": "one hundred millilitres", "pint": "pint", "bottle": "bottle"}
    | PER
)
_PER = "|".join(sorted(map(re.escape, _BY), key=len, reverse=True))

_BEFORE = Pattern(
    rf"(?:(?<![\w.,])|(?<=\bc)|(?<=\bc\.))(?P<minus>[-−–]|(?<!\w)\+)?(?P<sign>{_SYMBOL}|(?:{_CODE})(?= ?\d)) ?(?P<minus2>[-−–])?(?P<n1>{FIGURE})"
    + _MAG.format("k1")
    + rf"(?:{DASH}(?:(?P<sign2>{_SYMBOL}) ?)?(?P<n2>{NUMBER})"
    + _MAG.format("k2")
    + rf")?(?P<code> (?:{_CODE})\b)?(?:(?<=\.\d\d)p)?(?P<plus>\+)?(?: ?(?P<rate>{_RATE})(?![\w]))?(?:/(?P<per>{_PER})\b(?:\.(?= [a-z]))?)?(?![\w])(?!,\d)"
)
_BEHIND = Pattern(
    rf"{START}(?P<minus>{MINUS})?(?P<n1>{NUMBER})"
    + _MAG.format("k1")
    + rf" ?(?P<sign>(?:{_CODE})\b|[€£¥₽](?!\d)|(?:zł|kr)\b)(?!\w)"
)
# Before 1971: "£2 10s 6d".
_SHILLINGS = Pattern(
    r"(?<![\w.,])(?:£(?P<pounds>\d{1,3}(?:,\d{3})*|\d{1,6}) )?(?P<s>1?\d)s\.?(?: (?P<d>1[01]|\d)(?P<half>½)?d\b\.?)?(?!\w)"
)


def _shillings(match: re.Match[str], passage: Passage) -> str | None:
    if not (match["pounds"] or match["d"]):
        if match["s"] in {"0", "50"} or not passage.near(_OLD, match.start() - 200, match.end() + 200):
            return None
    elif not match["pounds"] and not match["half"] and _FAMILY.search(passage.before(match.start(), 60)):
        return f"{_count(match['s'], 'son')} and {_count(match['d'], 'daughter')}"
    sums = [(match["pounds"], "pound", "pounds"), (match["s"], "shilling", "shillings")]
    words = " ".join(f"{say_number(n, passage)} {one if n == '1' else many}" for n, one, many in sums if n)
    if match["d"]:
        words += f" and {say_number(match['d'] + (match['half'] or ''), passage)} {'penny' if match['d'] == '1' else 'pence'}"
    stop = "." if match.group().endswith(".") and passage.ends(match.end()) else ""
    return words + stop


_OLD = re.compile(r"\b1?\ds \d{1,2}½?d\b|£\d{1,6} 1?\ds\b|\bshillings?\b")
# An obituary: "they had 2s 1d".
_FAMILY = re.compile(
    r"(?i)(?:\bthey had|\bthey have|\bmarried[^.]{0,40}[;,(]|\bmarr?\b[^.]{0,40}[;,(]|\bsurvived by|\bdissolved[;,]?|\bchildren[:;,]?) $|\([^()]{0,30}[;,] $"
)
_OLD_PENCE = Pattern(
    r"(?<![\w.,/£$€])(?P<s>\d{1,2})/(?:(?P<d>1[01]|\d)(?P<half>½)?(?P<pence>d)?(?![\w/])(?![.,]\d)|(?P<none>[-–])(?![\w-]))"
)


def _count(figure: str, one: str) -> str:
    return f"{cardinal(int(figure))} {one if figure == '1' else one + 's'}"


def _old_pence(match: re.Match[str], passage: Passage) -> str | None:
    """Say shillings and pence with a stroke: 1/8d, 5/-."""
    words = _count(match["s"], "shilling")
    if match["none"]:
        return words
    if not match["pence"] and not passage.near(_OLD, match.start() - 200, match.end() + 200):
        return None
    figure = match["d"] + (match["half"] or "")
    return f"{words} and {say_number(figure, passage)} {'penny' if figure == '1' else 'pence'}"


# Children in brackets behind a name: "Jane Roe (3d)".
_ISSUE = Pattern(r"(?<=\()(?P<n>[1-9])(?P<c>[sd])(?=\))")
_WED = re.compile(r"(?i)\b(?:m|mar|married|marr|née|diss|dissolved)\b")


def _issue(match: re.Match[str], passage: Passage) -> str | None:
    if not passage.near(_WED, match.start() - 90, match.start()):
        return None
    return _count(match["n"], "son" if match["c"] == "s" else "daughter")


# As accountants print it: $(12)m has been lost.
_LOSS = Pattern(rf"(?P<sign>[£$€])\((?P<n>{NUMBER})\)(?: ?(?P<k>{MAGNITUDE})(?![A-Za-z]))?(?!\w)")


def _loss(match: re.Match[str], passage: Passage) -> str:
    return f"minus {_amount(match['n'], match['k'], SYMBOLS[match['sign']], passage, single=False)}"


_SMALL = Pattern(
    rf"{START}(?P<n1>\d{{1,4}}(?:\.\d{{1,2}})?(?: ?[{VULGARS}](?=p))?|[{VULGARS}](?=p))(?:p?{DASH}(?P<n2>\d{{1,4}}(?:\.\d{{1,2}})?))? ?(?P<sign>(?<! )p(?![\w.]*\d)|¢)(?:/(?P<per>{_PER})\b)?(?![\w])"
)


def _amount(figure: str, magnitude: str | None, currency: Currency, passage: Passage, *, single: bool) -> str:
    """Say one sum; `single` for the singular before a noun."""
    big = _SUMS.get(magnitude or "", "")
    name = currency.one if single or (not big and is_one(figure)) else currency.many
    whole, _, part = figure.partition(".")
    if big or len(part) not in (1, 2) or not currency.small or (len(part) == 1 and not passage.american) or not whole:
        if len(part) == 2 and not big and not whole and currency.small:  # noqa: PLR2004 (hundredths)
            return _hundredths(part, currency)
        return f"{say_number(figure, passage)}{' ' + big if big else ''} {name}"
    if len(part) == 1:
        part += "0"
    pounds = whole.replace(",", "").replace(" ", "")
    if not pounds.strip("0") and part != "00":
        return _hundredths(part, currency)
    name = currency.one if single or pounds == "1" else currency.many
    words = f"{say_number(whole, passage)} {name}"
    if part == "00":
        return words
    if passage.american:
        return f"{words} and {_hundredths(part, currency)}"
    return f"{words} and {_hundredths(part, currency)}" if part[0] == "0" else f"{words} {cardinal(int(part))}"


def _hundredths(part: str, currency: Currency) -> str:
    one, many = currency.small or ("", "")
    return f"{cardinal(int(part))} {one if int(part) == 1 else many}"


def _before(match: re.Match[str], passage: Passage) -> str | None:
    sign = match["sign"]
    currency = CODES.get(match["code"].strip()) if match["code"] else SYMBOLS.get(sign) or CODES[sign]
    assert currency is not None  # noqa: S101 (the pattern lists the tables' own keys)
    if passage.before(match.start(), 1) == "c":
        passage.claim(Reading(match.start() - 1, match.start(), "circa "), "circa")
    minus = match["minus"] if not passage.before(match.start(), 1).isdecimal() else None
    single = attributive(passage, match.start(), match.end()) or _noun(passage, match)
    first, last = match["n1"], match["n2"]
    if not last:
        words = _amount(first, match["k1"], currency, passage, single=single)
    elif (match["k1"] and match["k1"] != match["k2"]) or ("." in first + last and not (match["k1"] or match["k2"])):
        words = f"{_amount(first, match['k1'], currency, passage, single=single)} to {_amount(last, match['k2'], currency, passage, single=single)}"
    else:
        words = f"{say_number(first, passage)} to {_amount(last, match['k2'], currency, passage, single=single)}"
    if match["plus"]:
        words += " plus"
    if match["rate"]:
        words += f" {RATES[match['rate']]}"
        words += "." if match["rate"].endswith(".") and passage.ends(match.end()) else ""
    if match["per"]:
        words += f" per {_BY[match['per']]}"
    return signed(minus or match["minus2"], words)


def _noun(passage: Passage, match: re.Match[str]) -> bool:
    return passage.text[match.end() : match.end() + 1] == " " and next_word(passage, match.end()) in MONEY_NOUNS


def amount(figure: str, sign: str, passage: Passage) -> str:
    """Return a sum whose currency is printed behind it."""
    return _amount(figure, None, BEHIND.get(sign) or CODES[sign], passage, single=False)


def _behind(match: re.Match[str], passage: Passage) -> str:
    currency = BEHIND.get(match["sign"]) or CODES[match["sign"]]
    words = _amount(
        match["n1"], match["k1"], currency, passage, single=attributive(passage, match.start(), match.end())
    )
    return signed(match["minus"], words)


def _small(match: re.Match[str], passage: Passage) -> str:
    one, many = SMALL[match["sign"]]
    words = say_number(match["n1"], passage)
    if match["n2"]:
        words += f" to {say_number(match['n2'], passage)}"
    per = f" per {_BY[match['per']]}" if match["per"] else ""
    # "a fifty cent stamp", but "a twenty pence coin"
    single = match["sign"] == "¢" and attributive(passage, match.start(), match.end())
    return f"{words} {one if single or (not match['n2'] and is_one(match['n1'])) else many}{per}"


_SYMBOL_ALONE = Pattern(r"(?<![\w$£€])(?P<sign>[£€¥₹])(?P<s>s)?(?![\w])")


def _alone(match: re.Match[str], _passage: Passage) -> str:
    currency = SYMBOLS[match["sign"]]
    return currency.many if match["s"] else currency.one


OLD_PENCE = Rule("money", "/", _OLD_PENCE, _old_pence, figures=True, leads=True)
ISSUE = Rule("family", "(", _ISSUE, _issue, figures=True, leads=True)
LOSS = Rule("money", "(", _LOSS, _loss, figures=True)
BEFORE = Rule("money", "£$€¥₹₽₩₪₺₴₦฿₫₿₱RGUECADHJISKNMPTBZk", _BEFORE, _before, figures=True)
SHILLINGS = Rule("money", "s", _SHILLINGS, _shillings, figures=True, has=tuple(f"{figure}s" for figure in range(10)))
AFTER = Rule("money", "£€¥₽łkGUECADHJISKNMPTBZ", _BEHIND, _behind, figures=True, leads=True)
PENCE = Rule("money", "p¢", _SMALL, _small, figures=True, leads=True)
ALONE = Rule("money", "£€¥₹", _SYMBOL_ALONE, _alone)
