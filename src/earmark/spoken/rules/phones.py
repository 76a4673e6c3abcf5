"""Figures that are names, not amounts: telephone numbers, postcodes, accounts, versions."""

import re

from earmark.spoken.letters import cling, spell
from earmark.spoken.numbers import cardinal, digits
from earmark.spoken.passage import Passage, Pattern, Reading, Rule
from earmark.spoken.quantities import counted, next_word

_PHONE = Pattern(
    r"(?<![\w.,£$€-])(?:(?P<intl>(?:\+|00 ?(?=[1-9]))\d{1,3}(?:[ .-]?\(0\))?(?:[ .-]?\(?\d{1,5}\)?){2,5})"
    r"|(?P<us>(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4})"
    r"|(?P<uk>\(?0\d{2,5}\)?[ -]\d{3,4}(?:[ -]?\d{3,4}){0,2}|0[1-9]\d{8,9}|01-\d{3} \d{4})"
    r"|(?P<seven>\d{3}-\d{4})"
    r"|(?P<free>0(?:800|808|300|345|330|333|344|845|844|870|871)[ -]?\d{2,4}(?:[ -]?\d{2,4})?))(?: ?(?P<ext>ext?\.?|x) ?(?P<extn>\d{1,5}))?(?![\w/])(?!-\d)(?![.,]\d)"
)


def _phone(match: re.Match[str], passage: Passage) -> str | None:
    whole = match.group()
    body = whole[: match.start("ext") - match.start()] if match["ext"] else whole
    if match["intl"] and sum(map(str.isdecimal, body)) < _SHORTEST:
        return None  # "+1.66%"
    if match["seven"] and re.search(
        r"(?i)\b(?:pages?|pp|between|from|of|range|about|some|to) $", passage.before(match.start(), 10)
    ):
        return None
    zero = "zero" if passage.american else "oh"
    groups = ", ".join(
        f"{zero} {cardinal(int(group))}" if group in _FREE and zero == "oh" else digits(group, zero=zero)
        for group in re.findall(r"\d{1,15}", body)
    )
    words = f"plus {groups}" if body.startswith("+") else groups
    return f"{words}, extension {digits(match['extn'], zero=zero)}" if match["extn"] else words


_SHORTEST = 7  # figures of a number with its country
_FREE = frozenset({"0800", "0500", "0300", "0900"})  # "oh eight hundred"


_WORDED = Pattern(
    r"(?<![\w.,£$€-])1-(?P<area>8\d\d|900)-(?P<word>(?=[\dA-Z-]{0,9}[A-Z]{2})[A-Z\d]{2,10}(?:-[A-Z\d]{2,10}){0,2})(?!\w)"
)


def _worded(match: re.Match[str], _passage: Passage) -> str:
    """Say a number that is dialled as a word: "one, eight hundred, flowers"."""
    area = cardinal(int(match["area"])) if match["area"].endswith("00") else digits(match["area"])
    parts = re.findall(r"[A-Z]+|\d+", match["word"])
    said = [digits(p) if p.isdigit() else spell(p) if len(p) < 4 else p.capitalize() for p in parts]  # noqa: PLR2004 (longer ones are words)
    return f"one, {area}, {' '.join(said)}"


_SHORT = Pattern(
    r"(?:(?P<before>\b(?i:call|calls|called|calling|dial|dials|dialled|dialed|dialling|ring|rang|ringing|phone|phoned|text|the|Samaritans(?: on| at|:)?|(?:life|help|hot)line(?: is)?(?: at| on|:)?)|NHS) )?(?<![\w.,£$€/-])(?P<n>999|911|112|111|101|(?P<harmonised>116 (?:000|006|111|117|123))|116(?:000|006|111|117|123)|[2-8]11|988|105|119|159)(?P<after> (?:calls?|operators?|handlers?|service|helpline|hotline|lifeline|line|emergency|number)\b)?(?![\w/%-])(?![.,]\d)"
)


_CONTACT = re.compile(r"(?i)\b(?:contact|call|phone|ring|reach)\b[^.;]{0,40} on $")
_OTHER = re.compile(r"\b(?:999|[2-9]11|111|101|112|988|105) (?:or|and) $")


def _short(match: re.Match[str], passage: Passage) -> Reading | None:
    harmonised = bool(match["harmonised"]) and not counted(next_word(passage, match.end()))
    said_so = harmonised or (match["before"] or "the").lower() != "the"
    beside = (
        _OTHER.search(passage.before(match.start("n"), 8)) or _CONTACT.search(passage.before(match.start("n"), 60))
    ) is not None
    if match["n"] in _EMERGENCIES:
        alone = match.start() == 0 and passage.ends(match.end()) and passage.context.kind != "cell"
        calls = said_so or match["after"] or beside or alone
    else:
        calls = harmonised or match["after"] or ((said_so or beside) and not _CALLED.match(passage.text, match.end()))
    if not calls or match.group() == "111":
        return None
    return Reading(match.start("n"), match.end("n"), digits(match["n"], zero="oh"))


_EMERGENCIES = frozenset({"999", "911", "112", "111", "101", "116 123", "116123"})
# How many were rung, and no number: "she called 411 voters".
_CALLED = re.compile(
    r" (?!(?:for|to|or|and|if|when|in|on|from|any|free|with|as|at|before|instead|straight|now|today|immediately|is|was)\b)[a-z]"
)


_POSTCODE = Pattern(r"(?<![\w-])(?P<out>[A-Z]{1,2}\d{1,2}[A-Z]?) (?P<in>\d[ABD-HJLNP-UW-Z]{2})(?!\w)")


def _postcode(match: re.Match[str], _passage: Passage) -> str:
    return f"{_code(match['out'])}, {_code(match['in'])}"


def _code(text: str) -> str:
    words = [
        spell(part) if part.isalpha() else cardinal(int(part)) if part[0] != "0" else digits(part, zero="oh")
        for part in re.findall(r"\d+|[A-Z]+", text)
    ]
    return cling(" ".join(words))


_GROUPED = Pattern(
    r"(?<![\w.,£$€-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{2,4}|\d{3}-\d{2}-\d{4}|\d{2}-\d{2}-\d{2}|97[89]-?(?:\d{1,7}-){1,4}[\dX]|\d{1,3}(?:\.\d{1,3}){3}|\d{5}-\d{4})(?![\w/-])(?!\.\d)"
)


# The number of a book, parted by spaces: "ISBN 0 7181 2973 8".
_BOOK = Pattern(r"(?:(?<=\bISBN[ :])|(?<=\bISBN-1[03][ :])) ?(?P<n>\d[\d -]{8,18}[\dX])(?!\w)")


def _book(match: re.Match[str], _passage: Passage) -> Reading:
    groups = (
        " ".join("X" if sign == "X" else digits(sign) for sign in group) for group in re.split(r"[ -]+", match["n"])
    )
    return Reading(match.start("n"), match.end("n"), ", ".join(groups))


_STATE = re.compile(r", [A-Z]{2} $")


def _grouped(match: re.Match[str], passage: Passage) -> str | None:
    whole = match.group()
    if _STATE.search(passage.before(match.start(), 5)):
        return None  # a postal code, which the state's rule says
    if whole.count(".") == 3:  # noqa: PLR2004 (the address of a computer)
        return " dot ".join(digits(group) for group in whole.split("."))
    groups = ", ".join(digits(group) for group in re.split(r"[ -]", whole.removesuffix("X")) if group)
    return f"{groups}, X" if whole.endswith("X") else groups


_ACCOUNT = Pattern(r"(?<=[ #])(?P<n>\d{4,20})(?![\w/%])(?![.,]\d)(?! (?:people|of|million|years|men|women)\b)")
_NAMED = re.compile(
    r"(?i)\b(?P<what>account|acct|reference|ref|pin|code|serial|passport|policy|case|id|badge|number|licence|sort code|invoice|tracking|order|zip|extension|flight|isbn|confirmation)(?: number| code| no\.?)?(?: is| was|:)? #?$"
)
_SHORT_TOO = frozenset({"pin", "code", "flight", "extension", "id", "account"})  # elsewhere four figures may be a year


def _account(match: re.Match[str], passage: Passage) -> str | None:
    named = _NAMED.search(passage.before(match.start()))
    if named is None or (len(match["n"]) == 4 and named["what"].lower() not in _SHORT_TOO):  # noqa: PLR2004 (a year has as many)
        return None
    return digits(match["n"], zero="zero")


_VERSION = Pattern(
    r"(?<![\w.])(?P<v>[vV](?:ersion |er\.? ?|\.)?)?(?P<n>\d{1,4}(?:\.\d{1,6}){1,4})(?P<tail>[a-z]\d?|-?(?:beta|alpha|rc)\d?)?(?![\w%])(?!\.\d)"
)


def _version(match: re.Match[str], passage: Passage) -> str | None:
    parts = match["n"].split(".")
    if not match["v"] and len(parts) < 3:  # noqa: PLR2004 (one point is a decimal)
        return None
    joint = " dot " if passage.american else " point "
    words = joint.join(cardinal(int(p)) if len(p) < 3 and (p == "0" or p[0] != "0") else digits(p) for p in parts)  # noqa: PLR2004 (3.11 is "three point eleven")
    if match["tail"]:
        tail = match["tail"].lstrip("-")
        words += f" {tail.rstrip('0123456789')}" + (f" {cardinal(int(tail[-1]))}" if tail[-1].isdigit() else "")
    return f"{match['v'] if match['v'] and len(match['v']) > 3 else 'version '}{words}" if match["v"] else words  # noqa: PLR2004 (spelt out already)


_BARE = Pattern(r"(?<![\w.,£$€/:-])(?<!\d )(?:0\d{2,14}|\d{11,40})(?![\w/])(?![.,:]\d)")


_SPY = re.compile(r"\b(?:Bond|[Aa]gent|[Ss]py)\b")


def _bare(match: re.Match[str], passage: Passage) -> str:
    if match.group() == "007" and (not passage.american or _SPY.search(passage.text[:200])):
        return "double oh seven"
    return digits(match.group())


PHONE = Rule("telephone", "0123456789", _PHONE, _phone)
WORDED = Rule("telephone", "-", _WORDED, _worded, figures=True, leads=True)
EMERGENCY = Rule(
    "telephone",
    "159",
    _SHORT,
    _short,
    figures=True,
    has=(
        "999",
        "911",
        "112",
        "111",
        "101",
        "116",
        "211",
        "311",
        "411",
        "511",
        "611",
        "711",
        "811",
        "988",
        "105",
        "119",
        "159",
    ),
)
POSTCODE = Rule("postcode", "0123456789", _POSTCODE, _postcode)
BOOK = Rule("code", "I", _BOOK, _book, figures=True, has=("ISBN",))
GROUPED = Rule("code", "-. ", _GROUPED, _grouped, figures=True, leads=True)
ACCOUNT = Rule("code", "0123456789", _ACCOUNT, _account, leads=True)
VERSION = Rule("version", ".", _VERSION, _version, figures=True)
BARE = Rule("code", "0123456789", _BARE, _bare, figures=True, leads=True)
