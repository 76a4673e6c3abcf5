"""Roman numerals, in names and in numbering and nowhere else."""

import re

from earmark.spoken.locales import words
from earmark.spoken.locales.en_numbers import ROMAN
from earmark.spoken.locales.en_regnal import MONARCHS, NUMBERED_NOUNS
from earmark.spoken.numbers import cardinal, ordinal, year
from earmark.spoken.passage import Passage, Pattern, Rule

_VALID = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ROMAN = Pattern(
    rf"(?<![\w.’'&-])(?P<r>(?=[MDCLXVI]){_VALID})(?P<s>['’]s)?(?:(?P<dash>[-–])(?P<r2>(?=[XVI]){_VALID}))?(?![\w&])(?![’'.]\w)"
)
_LOWER = Pattern(
    r"(?<![\w.’'-])(?P<r>(?=[ivx]{2}|[ivx][-–][ivx]{2})(?:x{0,3})(?:ix|iv|v?i{0,3}))(?:[-–](?P<r2>(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})))?(?![\w’'-])"
)
_LABEL = Pattern(r"(?<!\w)\((?P<r>(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))\)")
# Acronyms and words that are good numerals too.
_OTHERWISE = words(
    """I V X L C D M CV CD DC MD CC MC DM CL MI DI LI XL MM XX XXX MIX DIM MD LCD DVD CIVIL CIV DIV DIX LIV MDC CCC
    CCL CDC DCI CDI MCI MDCCC"""
)
_BEFORE = re.compile(r"(?P<name>[^\W\d_][\w’'-]{0,30}),? $")


def value(roman: str) -> int:
    """Return the value of a well-formed Roman numeral in capitals."""
    total = 0
    for letter, after in zip(roman, [*roman[1:], "I"], strict=True):
        total += ROMAN[letter] if ROMAN[letter] >= ROMAN[after] else -ROMAN[letter]
    return total


_ORDERED = re.compile(r" ?(?:century|centuries|dynasty|arrondissement|Olympiad|Corps|Amendment)\b")
_AFTER = re.compile(r"\b(?P<m>[A-Z][\w-]{2,16}) [IVX]{1,5}(?:, [IVX]{1,5}){0,3}(?:,? and |,? or | & |, )$")
_OF_LIST = re.compile(r"\bNos?\.? $")
_LISTED = re.compile(r" (?:of|in|on|for) |[,;:)]")  # "No. I never did" is no number
_DRIP = re.compile(r" (?:drip|line|fluids?|drugs?|bag)\b")
_ROYAL = re.compile(
    r"(?i)\b(?:king|queen|pope|emperor|tsar|kaiser|prince|duke|saint|sultan|empress|john) [A-Z][\w’'-]{0,30} $"
)
_SURNAME = re.compile(r"(?<!\w)[A-Z][\w.-]{0,30} [A-Z][\w’'-]{0,30},? $")
_ALONE = words("C D M L")
_HIGHEST = 39  # no monarch, pope or chapter that is cited goes further; beyond are acronyms and years
_MILLENNIUM, _LONG = 1000, 4  # a year is long: "MM" is something else
_GENERATIONS = 5  # John Smith V
# Single letters number these: "Chapter V", but "Group C" and "Class C".
_LETTERED = words("Chapter chapter Act act Book Part Volume Vol Scene Psalm Canto Saturn Episode episode Rocky")


def _roman(match: re.Match[str], passage: Passage) -> str | None:
    number = value(match["r"])
    before = _BEFORE.search(passage.text, max(0, match.start() - 34), match.start())
    name = before["name"] if before else ""
    if _ORDERED.match(passage.text, match.end()):
        said: str | None = ordinal(number)
    elif name in NUMBERED_NOUNS:
        said = _numbered(match, passage, name)
    elif (
        number > 1  # "Henry II, I saw": the speaker
        and name not in MONARCHS
        and (reign := _AFTER.search(passage.before(match.start(), 48)))
        and reign["m"] in MONARCHS
    ):
        said = f"the {ordinal(number)}"  # "James I and II"
    elif _OF_LIST.search(passage.before(match.start(), 5)) and (
        match["r"] != "I" or _LISTED.match(passage.text, match.end())
    ):
        said = cardinal(number)  # "No. I"
    elif number > _HIGHEST:
        dated = number >= _MILLENNIUM and len(match["r"]) >= _LONG and match["r"] not in _OTHERWISE
        said = year(number) if dated else None
    elif name in MONARCHS and match["r"] not in _ALONE and (name, match["r"]) != ("Malcolm", "X"):
        royal = (
            match["r"] != "I" or _ends(passage.text, match.end()) or _ROYAL.search(passage.before(match.start(), 44))
        )
        said = f"the {ordinal(number)}" if royal else None
    elif match["r"] in _OTHERWISE:
        said = None
    else:
        said = _named(match, passage, name)
    if said and match["r2"]:
        said = f"{cardinal(number)} to {cardinal(value(match['r2']))}"
    return f"{said}'s" if said and match["s"] else said


def _numbered(match: re.Match[str], passage: Passage, name: str) -> str | None:
    roman = match["r"]
    if roman in _ALONE or (roman in {"X", "V"} and name not in _LETTERED):
        return None
    if roman == "I" and name[0].islower() and not _ends(passage.text, match.end()):
        return None
    return cardinal(value(roman))


def _named(match: re.Match[str], passage: Passage, name: str) -> str | None:
    number = value(match["r"])
    if name[:1].isupper() and not name.isupper() and name not in {"The", "In", "And", "Of", "An", "A"}:
        surname = (
            number <= _GENERATIONS
            and not name.endswith(("'s", "’s"))
            and _SURNAME.search(passage.before(match.start(), 64))
        )
        if surname or _ROYAL.search(passage.before(match.start(), 44)):
            return f"the {ordinal(number)}"
    elif match["r"] == "IV" and (
        name in {"an", "An", "the", "by", "and", "with"} or _DRIP.match(passage.text, match.end())
    ):
        return None
    return cardinal(number)


def _ends(text: str, position: int) -> bool:
    """Tell whether "I" behind a name can't be the speaker: what follows is no verb of his."""
    after = text[position : position + 14]
    return not re.match(
        r"[’']|,? (?:am|was|have|had|will|would|could|can|do|did|think|thought|know|knew|said|saw|went|met|wrote|read|love|loved|want|wanted|feel|felt|never|always|found|went|remember|believe)\b",
        after,
    )


def _lower(match: re.Match[str], _passage: Passage) -> str | None:
    words = cardinal(value(match["r"].upper()))
    return f"{words} to {cardinal(value(match['r2'].upper()))}" if match["r2"] else words


def _label(match: re.Match[str], _passage: Passage) -> str:
    return f"{cardinal(value(match['r'].upper()))},"


ROMANS = Rule("roman numeral", "IVXLCDM", _ROMAN, _roman)
LOWER = Rule("roman numeral", "ivx", _LOWER, _lower)
_ORDINAL = Pattern(
    r"(?<![\w.’'-])(?!Ind\b)(?P<r>(?=[XVI]{1,6}(?:th|st|nd|rd)\b)X{0,3}(?:IX|IV|V?I{0,3}))(?:th|st|nd|rd)(?!\w)"
)
ORDINAL = Rule("roman numeral", "XVI", _ORDINAL, lambda match, _passage: ordinal(value(match["r"])))
LABEL = Rule("roman numeral", "(", _LABEL, _label)
