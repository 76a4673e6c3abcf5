"""Roman numerals, in names and in numbering and nowhere else."""

import re

from earmark.spoken.locales import words
from earmark.spoken.locales.en_abbreviations import MONARCHS, NUMBERED_NOUNS
from earmark.spoken.locales.en_numbers import ROMAN
from earmark.spoken.numbers import cardinal, ordinal, year
from earmark.spoken.passage import Passage, Pattern, Rule

_VALID = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ROMAN = Pattern(
    rf"(?<![\w.’'&-])(?P<r>(?=[MDCLXVI]){_VALID})(?P<s>['’]s)?(?:(?P<dash>[-–])(?P<r2>(?=[XVI]){_VALID}))?(?![\w&])(?![’'.]\w)"
)
_LOWER = Pattern(r"(?<![\w.’'-])(?P<r>(?=[ivx]{2})(?:x{0,3})(?:ix|iv|v?i{0,3}))(?![\w’'-])")
_LABEL = Pattern(r"\((?P<r>(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))\)")
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


def _roman(match: re.Match[str], passage: Passage) -> str | None:
    roman, text = match["r"], passage.text
    number = value(roman)
    before = _BEFORE.search(text, max(0, match.start() - 34), match.start())
    name = before["name"] if before else ""
    possessive = "'s" if match["s"] else ""
    if re.match(
        r" ?(?:century|centuries|dynasty|arrondissement|Olympiad|Corps|Amendment)\b",
        text[match.end() : match.end() + 15],
    ):
        return ordinal(number) + possessive
    if name in NUMBERED_NOUNS:
        if roman in {"C", "D", "M", "L", "X", "V"} and name not in {
            "Chapter",
            "chapter",
            "Act",
            "act",
            "Book",
            "Part",
            "Volume",
            "Vol",
            "Scene",
            "Psalm",
            "Canto",
            "Saturn",
        }:
            return None
        if roman in {"C", "D", "M", "L"} or (roman == "I" and name[0].islower() and not _ends(text, match.end())):
            return None
        words = cardinal(number)
        return f"{words} to {cardinal(value(match['r2']))}" if match["r2"] else words + possessive
    if number > 39:  # noqa: PLR2004 (no monarch reached it; what is longer is a year or an acronym)
        return None if roman in _OTHERWISE or len(roman) < 4 or number < 1000 else year(number)  # noqa: PLR2004
    if name in MONARCHS and roman not in {"C", "D", "M", "L"}:
        if roman == "I" and not _ends(text, match.end()):
            return None
        return f"the {ordinal(number)}{possessive}"
    if roman in _OTHERWISE:
        return None
    if name and name[0].isupper() and not name.isupper() and name not in {"The", "In", "And", "Of", "An", "A"}:
        surname = re.search(
            r"[A-Z][\w’'.-]{0,30} [A-Z][\w’'-]{0,30},? $", text[max(0, match.start() - 64) : match.start()]
        )
        royal = re.search(
            r"(?i)\b(?:king|queen|pope|emperor|tsar|kaiser|prince|duke|saint|sultan|empress|john) [A-Z][\w’'-]{0,30} $",
            text[max(0, match.start() - 44) : match.start()],
        )
        if royal or (surname and number <= 5):  # noqa: PLR2004 (William H Macy III; not Apollo Saturn IX)
            return f"the {ordinal(number)}{possessive}"
        return cardinal(number) + possessive
    if roman == "IV" and (
        name in {"an", "An", "the", "by", "and", "with"}
        or re.match(r" (?:drip|line|fluids?|drugs?|bag)\b", text[match.end() : match.end() + 8])
    ):
        return None
    return cardinal(number) + possessive


def _ends(text: str, position: int) -> bool:
    """Tell whether "I" behind a name can't be the speaker: what follows is no verb of his."""
    after = text[position : position + 14]
    return not re.match(
        r"[’']|,? (?:am|was|have|had|will|would|could|can|do|did|think|thought|know|knew|said|saw|went|met|wrote|read|love|loved|want|wanted|feel|felt|never|always|found|went|remember|believe)\b",
        after,
    )


def _lower(match: re.Match[str], _passage: Passage) -> str | None:
    return cardinal(value(match["r"].upper()))


def _label(match: re.Match[str], _passage: Passage) -> str:
    return f"{cardinal(value(match['r'].upper()))},"


ROMANS = Rule("roman numeral", "IVXLCDM", _ROMAN, _roman)
LOWER = Rule("roman numeral", "ivx", _LOWER, _lower)
LABEL = Rule("roman numeral", "(", _LABEL, _label)
