"""Letters and figures together: formulas, roads, flights, aircraft, Covid-19, 3D, MP3."""

import re

from earmark.spoken.letters import cling, plural, spell
from earmark.spoken.locales import words
from earmark.spoken.locales.en_acronyms import WORDS
from earmark.spoken.locales.en_chemistry import ELEMENTS, FORMULAS
from earmark.spoken.numbers import below_hundred, cardinal, digits, year
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_FORMULA = Pattern(
    r"(?<![\w-])(?P<f>PM ?[₂₁\d]{1,2}(?:[.][\d₀-₉])?|(?:[A-Z][a-z]?[\d₀-₉]{0,3}){1,8})(?P<charge>[⁺⁻])?(?![\w])"
)


def _formula(match: re.Match[str], _passage: Passage) -> str | None:
    printed = match["f"]
    plain = printed.translate(_SUBSCRIPTS)
    if plain.replace(" ", "") in FORMULAS:
        return FORMULAS[plain.replace(" ", "")]
    if plain == printed:
        return None
    words = []
    for element, count in re.findall(r"([A-Z][a-z]?)(\d{0,3})", plain):
        if element not in ELEMENTS:
            return None
        words.append(spell(element.upper()) if len(element) > 1 else element)
        words += [cardinal(int(count))] if count else []
    return cling(" ".join(words))


def figures(text: str) -> str:  # noqa: PLR0911 (one return for each way of reading)
    """Return figures as they are said in a name: M25 "twenty-five", A380 "three eighty", A303 "three oh three"."""
    if text[0] == "0":
        return digits(text, zero="oh" if len(text) == 3 else "zero")  # noqa: PLR2004 (double-oh seven)
    if len(text) <= 2:  # noqa: PLR2004 (up to ninety-nine: said whole)
        return cardinal(int(text))
    if len(text) == 3:  # noqa: PLR2004 (short figures are said whole, short letters spelt)
        if text.endswith("00"):
            return cardinal(int(text))
        if text[2] == "0" or text[1] == "1":
            return f"{cardinal(int(text[0]))} {cardinal(int(text[1:]))}"
        return digits(text, zero="oh")
    if len(text) == 4 and text.endswith("00") and text[1] != "0":  # noqa: PLR2004 (RX 5700)
        return f"{below_hundred(int(text[:2]))} hundred"
    if text.endswith("000") and len(text) <= 5:  # noqa: PLR2004 (P50000)
        return cardinal(int(text))
    return digits(text, zero="oh")


_ROUND = {"10": "tens", "100": "hundreds", "1000": "thousands"}


def several(words: str) -> str:
    """Return the plural of figures: "seven four sevens", "three eighties", "fifty-sixes"."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


_PLURAL = Pattern(r"(?<![\w.,£$€/])(?P<n>\d{1,4})(?P<who>er)?s(?![\w])")


def _plural(match: re.Match[str], _passage: Passage) -> str:
    if match["who"]:  # the 49ers
        words = figures(match["n"])
        return f"{words.removesuffix('e')}ers"
    return _ROUND.get(match["n"]) or several(figures(match["n"]))


_LINEAGE = Pattern(r"(?<![\w.])(?P<l>[A-Z]{1,2})(?P<n>(?:\.\d{1,3}){1,4})(?![\w.]\d|\w)")


def _lineage(match: re.Match[str], passage: Passage) -> str | None:
    if match["l"] in {"NO", "PP", "P"}:
        return None
    if match["l"] == "ID":  # a Volkswagen
        return f"I D {figures(match['n'].lstrip('.'))}" if match["n"].count(".") == 1 else None
    joint = "dot" if passage.american else "point"
    parts = [f"{joint} {figures(n)}" for n in re.findall(r"\d+", match["n"])]
    return cling(f"{spell(match['l'])} {' '.join(parts)}")


_LINES = Pattern(r"(?<![\w.,])(?P<n>480|720|1080|1440|2160)p(?!\w)|(?<![\w.,£$€])(?P<k>[2-8])K(?!\w)")


def _lines(match: re.Match[str], _passage: Passage) -> str:
    """Say how sharp a picture is: "ten eighty p", "four K"."""
    if match["k"]:
        return f"{cardinal(int(match['k']))} K"
    number = match["n"]
    return f"{cardinal(int(number[:-2]))} {cardinal(int(number[-2:]))} P"


_SERIAL = Pattern(
    r"(?<![\w.@#/£$€+])(?P<letters>[A-Z]{1,5}|[A-Z][a-z]{1,11}|[a-z])(?P<dash>[-‑‐–])?(?P<n>\d{1,5})(?P<tail>[A-Z]{1,2}|[a-rt-z])?(?P<m>\(M\))?(?P<s>s|['’]s)?(?P<more>(?:-?[A-Z]{0,2}\d{1,4}[A-Z]{0,2}){0,3})(?![\w/])(?![.,]\d)"
)
_FLIGHTS = words(
    """BA MH AA UA DL EK QF LH AF KL FR EZY SQ QR EY TK AI CX VS LX NH JL WN MU CZ IB AZ SK AY BE PK MS ET"""
)


def _serial(match: re.Match[str], _passage: Passage) -> str | None:
    letters, number = match["letters"], match["n"]
    if _ran_together(match) or letters in {"BC", "AD", "CE"} or (letters == "No" and not match["dash"]):
        return None
    if letters in {"FY", "CY"} and len(number) == 4:  # noqa: PLR2004 (a financial year)
        return f"{spell(letters)} {year(int(number))}"
    if letters == "WW" and number in {"1", "2"}:
        return f"World War {cardinal(int(number))}"
    letters = letters.capitalize() if letters in WORDS else letters
    word = letters if len(letters) > 1 and not letters.isupper() else spell(letters.upper())
    # BA1 is no flight, and neither is AA-12.
    flight = letters in _FLIGHTS and len(number) >= 3 and not match["dash"] and not match["tail"]  # noqa: PLR2004 (short figures are said whole, short letters spelt)
    words = f"{word} {digits(number) if flight else figures(number)}{_tail(match)}"
    if match["s"]:
        words = f"{words}'s" if match["s"] != "s" or words[-1].isupper() else several(words)
    return cling(words)


def _ran_together(match: re.Match[str]) -> bool:
    """Tell a letter that has its own rule, and a word that ran into a year, from a name with a number."""
    letters = match["letters"]
    if len(letters) == 1 and letters in "pvcx":
        return True
    word = len(letters) > 1 and not letters.isupper() and not match["dash"]
    return word and len(match["n"]) > 3 and letters not in {"Covid", "Windows"}  # noqa: PLR2004 (a year)


def _tail(match: re.Match[str]) -> str:
    words = ""
    if match["tail"]:
        words += f" {match['tail'].upper() if len(match['tail']) == 1 else spell(match['tail'])}"
    if match["m"]:
        words += " M"
    for group in re.findall(r"\d+|[A-Z]+", match["more"]):
        words += " to" if group == match["letters"] and match["more"].startswith("-") else ""  # Q1-Q3
        words += f" {spell(group) if group.isalpha() else figures(group)}"
    return words


_REVERSED = Pattern(
    r"(?<![\w.,£$€/])(?P<n>\d{1,3})(?P<dash>-)?(?P<letters>[A-Z]{1,3})(?P<s>['’]?s)?(?P<more>\d{1,4})?(?![\w/])"
)


def _reversed(match: re.Match[str], passage: Passage) -> str:
    letters = plural(match["letters"]) if match["s"] else spell(match["letters"])
    number = match["n"]
    words = f"{_road(number) if passage.american and len(number) == 3 else figures(number)} {letters}"  # noqa: PLR2004 (exit 142B)
    return f"{words} {figures(match['more'])}" if match["more"] else words


_MIXED = Pattern(
    r"(?<![\w.,£$€/@#-])(?=[A-Za-z0-9-]{0,24}\d)(?=[A-Za-z0-9-]{0,24}[A-Za-z])(?P<all>(?:[A-Za-z]{1,12}(?![A-Za-z])|\d{1,12}(?!\d))(?:-?(?:[A-Za-z]{1,12}(?![A-Za-z])|\d{1,12}(?!\d))){1,8})(?![\w/])(?![.,]\d)"
)


def _mixed(match: re.Match[str], _passage: Passage) -> str | None:
    """Say what is left of letters and figures run together: "c325b", "iphone12", "R2-D2"."""
    parts = re.findall(r"\d+|[A-Za-z]+|-", match["all"])
    if not re.search(r"\d[A-Za-z]|[A-Za-z]\d", match["all"]):
        return None
    words = []
    for part in parts:
        if part.isdigit():
            words.append(figures(part) if len(parts) < 3 or len(part) < 4 else digits(part))  # noqa: PLR2004 (short figures are said whole, short letters spelt)
        elif part != "-":
            words.append(spell(part.upper()) if len(part) < 3 or part.isupper() else part)  # noqa: PLR2004 (longer ones are words)
    return cling(" ".join(words))


_NAMED = Pattern(
    r"\b(?P<name>Boeing|Airbus|Peugeot|Flight|[Ff]light|[Rr]oom|Highway|Interstate|Route|Levi’s|Levi's|Concorde|Apollo|Studio|Porsche|Ferrari|Fiat|Nokia|Section|section|US|U\.S\.) (?P<n>\d{3})(?:-(?P<series>\d{1,3}))?(?![\w,])(?!\.\d)|(?<![\w.,£$€-])(?P<jet>7\d7)-(?P<series2>\d{1,3})(?P<jets>s)?(?![\w,])(?!\.\d)"
)


_TRAVEL = re.compile(r"(?i)\b(?:on|off|along|via|take|near|from|onto|down|up|and|of|intersection) $|(?<!.)$")
_ON_ROAD = re.compile(
    r"$|[.,;:)]| (?:is|was|in|near|north|south|east|west|northbound|southbound|eastbound|westbound|between|to|at|and|from|through|bridge|traffic|corridor|exit)\b"
)


def _named(match: re.Match[str], passage: Passage) -> Reading | None:
    if match["name"] in {"US", "U.S."}:
        # A highway, and no count of what is American: "US 101 north".
        if not (_TRAVEL.search(passage.before(match.start(), 16)) and _ON_ROAD.match(passage.text, match.end())):
            return None
        return Reading(match.start(), match.end(), f"U S {_road(match['n'])}")
    number, series = match["n"] or match["jet"], match["series"] or match["series2"]
    spelt = match["name"] in {None, "Flight", "flight", "Boeing", "Airbus"} and not number.endswith("0")
    said = digits(number, zero="oh") if spelt else _road(number) if match["name"] in _AMERICAN else figures(number)
    if series:
        said += f" {several(figures(series)) if match['jets'] else figures(series)}"
    return Reading(match.start("n" if match["n"] else "jet"), match.end(), said)


_AMERICAN = words("Highway Interstate Route")


def _road(number: str) -> str:
    """Say an American road of three figures: "one twenty-seven", "two hundred", "one oh one"."""
    return figures(number) if number[1] == "0" else f"{cardinal(int(number[0]))} {cardinal(int(number[1:]))}"


_FLIGHT = Pattern(r"(?<=light )(?P<line>[A-Z]{2}|[A-Z]\d|\d[A-Z]) ?(?P<n>\d{1,4})(?![\w,])(?!\.\d)")


def _flight(match: re.Match[str], _passage: Passage) -> str:
    return cling(f"{spell(match['line'])} {digits(match['n'])}")


_PLAN = Pattern(r"(?<![\w.,£$€])(?P<n>401|403|501|529|457)\((?P<l>[a-z])\)(?:\((?P<m>\d)\))?")


def _plan(match: re.Match[str], _passage: Passage) -> str:
    """Say a section of the American tax code by which things are called: "four oh one K"."""
    words = f"{figures(match['n'])} {match['l'].upper()}"
    return f"{words} {cardinal(int(match['m']))}" if match["m"] else words


_GRAPHICS = Pattern(r"\b(?P<l>RTX|GTX|RX) ?(?P<n>\d{4})(?: ?(?P<tail>Ti|XTX?))?(?![\w,])(?!\.\d)")


def _graphics(match: re.Match[str], _passage: Passage) -> str:
    """Say a graphics card in pairs: "R T X forty ninety"."""
    first, last = match["n"][:2], match["n"][2:]
    figure = f"{cardinal(int(first))} {cardinal(int(last))}" if last != "00" else figures(match["n"])
    tail = {"Ti": " T I", "XT": " X T", "XTX": " X T X", None: ""}[match["tail"]]
    return f"{spell(match['l'])} {figure}{tail}"


GRAPHICS = Rule("serial", "X", _GRAPHICS, _graphics, figures=True, has=("RTX", "GTX", "RX"))
FLIGHT = Rule("serial", "0123456789", _FLIGHT, _flight, has=("light ",))
_ROADS = Pattern(r"(?<![\w/.-])(?P<l>[ABM])(?P<n>\d{1,4})/(?P<l2>[ABM])(?P<n2>\d{1,4})(?![\w/])")


def _roads(match: re.Match[str], _passage: Passage) -> str:
    """Say where two roads meet: "A thirty-nine, A three six one"."""
    return cling(f"{match['l']} {figures(match['n'])}, {match['l2']} {figures(match['n2'])}")


ROADS = Rule("serial", "/", _ROADS, _roads, figures=True)
PLAN = Rule("serial", "(", _PLAN, _plan, figures=True)
FORMULA = Rule("formula", "0123456789₀₁₂₃₄₅₆₇₈₉x", _FORMULA, _formula, figures=True)
PLURAL = Rule("serial", "s", _PLURAL, _plural, figures=True, leads=True)
LINEAGE = Rule("serial", ".", _LINEAGE, _lineage, figures=True)
LINES = Rule("serial", "pK", _LINES, _lines, figures=True, leads=True)
NAMED = Rule("serial", "0123456789", _NAMED, _named)
SERIAL = Rule("serial", "0123456789", _SERIAL, _serial)
REVERSED = Rule("serial", "0123456789", _REVERSED, _reversed, figures=True, leads=True)
MIXED = Rule("serial", "0123456789", _MIXED, _mixed)
