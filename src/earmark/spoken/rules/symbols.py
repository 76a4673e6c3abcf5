"""Dashes, brackets and signs: what has a sound in print but none in a voice, or the other way round."""

import re
import unicodedata

from earmark.spoken.letters import spell
from earmark.spoken.locales import words
from earmark.spoken.locales.en_symbols import GREEK, POWERS, SUPERSCRIPTS, SYMBOLS
from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

# A dash that joins two words in print parts them in speech; voices run over one without spaces.
_DASH = Pattern(r"(?<=[^\s—–-])(?:—\s?|\s—(?=\S)|\s?--\s?|\s[–−-]\s)(?=[^\s—–-])")


def _dash(match: re.Match[str], passage: Passage) -> str | None:
    sign = match.group().strip()
    if sign == "−":
        return " minus "
    if sign not in "–-":
        return " — "
    before, after = passage.before(match.start(), 2), passage.after(match.end(), 2)
    single = re.fullmatch(r"(?:^|\s|\(|\d)?[\w)]|\w[²³]", before) and re.fullmatch(r"[\w(](?:$|\s|[.,;:)²³])?", after)
    return " minus " if single else None  # between words, any voice makes the pause


_ORNAMENT = Pattern(
    r"[•†‡¶◦▪■□●○◆◇★☆※❧☙⁂·]\s?|(?<!\w)(?:\*{1,3}|_{1,3}|~~|`{1,3})(?=\w)|(?<=[\w.,!?])(?:\*{1,3}|_{1,3}|~~|`{1,3})(?!\w)|^(?:[*_-] ?){3,12}$|^\*{1,3} (?=\w)"
)


def _ornament(match: re.Match[str], passage: Passage) -> str:
    return (
        " " if match.group()[-1].isspace() and match.start() and not passage.text[match.start() - 1].isspace() else ""
    )


# A grade, not a footnote: "an A*", "Grade II*-listed".
_STARRED = Pattern(
    r"(?:(?<=\bA)|(?<=\bII)|(?<=\b[1-7])(?=\*[ -][A-Za-z]))(?P<stars>\*{1,2})(?:(?P<to>[-–](?=[A-G]\b))|(?P<s>['’]?s\b)|(?!\w))"
    r"|(?<=\d)(?P<batting>\*)(?![\w*])"
)


def _starred(match: re.Match[str], passage: Passage) -> str | None:
    if match["batting"] and _RATED.search(passage.before(match.start(), 12)):
        return " star"
    if match["batting"]:
        return " not out" if _BATTING.search(passage.before(match.start(), 24)) else None
    return " star" * len(match["stars"]) + ("s" if match["s"] else "") + (" to " if match["to"] else "")


_RATED = re.compile(r"\b(?:is|are|was|a|the|rated) [1-5]$")
_BATTING = re.compile(r"(?i)\b(?:on|with|made|hit|unbeaten|scored|reached|for|[a-z]{2,20}) \d{1,3}$")
_STARS = Pattern(r"(?P<of>(?<=\d) ?★(?!★))|(?P<full>★{1,5})(?P<half>[½⯨])?(?P<empty>☆{0,5})")


def _stars(match: re.Match[str], _passage: Passage) -> str:
    """Say a critic's stars: "four stars out of five" where the empty ones are printed too."""
    if match["of"]:
        return " star"
    full, half, empty = len(match["full"]), match["half"], len(match["empty"])
    words = cardinal(full) + (" and a half" if half else "") + (" star" if full == 1 and not half else " stars")
    return f"{words} out of {cardinal(full + empty + (1 if half else 0))}" if empty else words


_BAR = Pattern(r"\s?\|\s?")


def _bar(match: re.Match[str], passage: Passage) -> str:
    return ", " if match.start() > 0 and match.end() < len(passage.text) else ""


_OPERATOR = Pattern(r"(?<=[\w)°%²³!])\s?(?P<o>[<>=+]|(?<=\d)\*(?=\d)|(?<=\s)\*(?=\s)|<=|>=|!=|==)\s?(?=[\w(£$€.-])")
_OPERATORS = {
    "<": "less than",
    ">": "greater than",
    "=": "equals",
    "+": "plus",
    "*": "times",
    "<=": "less than or equal to",
    ">=": "greater than or equal to",
    "!=": "not equal to",
    "==": "equals",
}


def _operator(match: re.Match[str], _passage: Passage) -> str:
    return f" {_OPERATORS[match['o']]} "


_TAG = Pattern(r"</?[A-Za-z][A-Za-z0-9]{0,12}/?>")


def _tag(match: re.Match[str], _passage: Passage) -> str:
    inner = match.group().strip("<>").replace("/", " slash ")
    before = " " if match.start() and match.string[match.start() - 1].isalnum() else ""
    after = " " if match.string[match.end() : match.end() + 1].isalnum() else ""
    return f"{before}less than {inner.strip()} greater than{after}"


_SIGN = Pattern(rf"[{re.escape(''.join(SYMBOLS))}]")


def _sign(match: re.Match[str], passage: Passage) -> str:
    text = passage.text
    before = " " if match.start() and not text[match.start() - 1].isspace() else ""
    follows = text[match.end() : match.end() + 1]
    after = " " if follows.isalnum() or (follows and follows in "-−–+(£$€") else ""
    return f"{before}{SYMBOLS[match.group()]}{after}"


_GREEK = Pattern(rf"(?<![^\W\d])(?P<g>[{''.join(GREEK)}])(?P<of>(?=[A-Za-z](?!\w)))?(?(of)|(?![^\W\d]))")


def _greek(match: re.Match[str], _passage: Passage) -> str:
    return GREEK[match["g"]] + ("" if match["of"] is None else " ")


_POWER = Pattern(r"(?<=[\w)])(?:(?P<charge>[¹²³⁴-⁹]?[⁺⁻])|(?P<p>[⁻⁺]?[⁰¹²³⁴-⁹ⁿ]{1,4}))(?!\w)")


def _power(match: re.Match[str], passage: Passage) -> str | None:
    if match["charge"]:
        count, sign = match["charge"][:-1].translate(SUPERSCRIPTS), match["charge"][-1]
        return f"{' ' + cardinal(int(count)) if count else ''} {'plus' if sign == '⁺' else 'minus'}"
    if match["p"] in POWERS:
        return f" {POWERS[match['p']]}"
    return _raised((match["p"] or "").translate(SUPERSCRIPTS), passage)


_CARET = Pattern(r"(?<=[\w)])\^(?P<c>-?(?:\d{1,4}|[a-z]))(?!\w)")


def _caret(match: re.Match[str], passage: Passage) -> str:
    return " " + POWERS[{"2": "²", "3": "³"}[match["c"]]] if match["c"] in {"2", "3"} else _raised(match["c"], passage)


def _raised(power: str, passage: Passage) -> str:
    if not power.lstrip("-+").isdecimal():
        return f" to the power of {power}"
    return f" to the power of {cardinal(int(power), american=passage.american)}"


_LOWERED = Pattern(r"[₀-₉]{1,8}")


def _lowered(match: re.Match[str], _passage: Passage) -> str:
    """Bring the figures of CO₂ to the line, where a voice of any language knows them."""
    return "".join(str(unicodedata.digit(figure)) for figure in match.group())


_TILDE = Pattern(r"(?<![\w~])~ ?(?=[\d£$€])")
_COMPARED = Pattern(r"(?<![\w<>])[<>]=? ?(?=[\d£$€.])")


def _compared(match: re.Match[str], _passage: Passage) -> str:
    return f"{_OPERATORS[match.group().strip()]} "


_AND = Pattern(r"(?<=[\w.)’'])\s?&\s?(?=[\w(‘“\"])|(?<=\s)&(?=\s)")
_AT = Pattern(r"(?<=\s)@(?=\s)|(?<=\w)@(?=\s)")
_PLUS = Pattern(r"(?<=[a-z])\+(?!\w)")
_AND_OR = Pattern(r"(?<=\w)/(?=[\w£$€])")
_PRONOUNS = words("he she him her his hers s they them their")
_EVERY = words("second minute hour day night week month year person head capita household km mile kg tonne litre")


_DEGREES = re.compile(r"\d ?[°º]?[CF]$")


_SIZED = re.compile(r"\d ?(?:cm|mm|km|kg|m|g|ml|cl|l|L|lb|oz|ft|in|pt|miles?|litres?)$")
_ZONE_BEFORE = re.compile(r"\b[A-Z]{1,3}T$")
_SUM = re.compile(r"[£$€]\d[\d.,]{0,12}$")


def _slash(match: re.Match[str], passage: Passage) -> str:  # noqa: PLR0911 (one return for each way of reading)
    text = passage.text
    if text[match.end()] in "£$€" and _SUM.search(passage.before(match.start(), 16)):
        return ", "  # the dearer and the cheaper ticket: £25/£20
    before = re.search(r"\w{1,20}$", text[max(0, match.start() - 20) : match.start()])
    after = re.match(r"\w{1,20}", text[match.end() : match.end() + 20])
    first, last = (before.group().lower() if before else ""), (after.group().lower() if after else "")
    if first == "and" and last == "or":
        return " "
    if _ZONE_BEFORE.search(passage.before(match.start(), 5)):
        return ", "  # 8pm EST/7pm CST
    if text[match.end()].isnumeric() and _SIZED.search(passage.before(match.start(), 10)):
        return " or "  # 23cm/9in
    if last == "gas" or _DEGREES.search(passage.before(match.start(), 6)):
        return ", "  # an oven's: 180C/160C fan/gas 4
    if first in _PRONOUNS and last in _PRONOUNS:
        return " or "
    if last in _EVERY and any(letter.isdigit() for letter in first):
        return " per "  # CO2/year
    return " slash "


_SPACED_SLASH = Pattern(r"(?<=[\w.!?,”’]) /(?: (?=[\w“‘£$€]))")


def _spaced_slash(match: re.Match[str], passage: Passage) -> str:
    """Say a line's end in a quoted verse as the pause it is, and a division of figures by name."""
    sides = passage.text[match.start() - 1], passage.text[match.end()]
    if passage.before(match.start(), 4).lower().endswith("and") and passage.after(match.end(), 2).lower() == "or":
        return " "
    return " divided by " if sides[0].isdigit() and sides[1].isdigit() else ", "


_QUOTED_N = Pattern(r"(?<=\w) ['’‘]n['’‘]? (?=\w)|(?<=\w)['’‘]n['’](?=\w)")
# Between two amounts that have been said: "30cm x 40cm", "50p-£1".
_BY = Pattern(r"(?: [x×] |(?<=[a-z\d\"”″'′²])(?<![a-z]{4})[x×])(?=\d)")
_TO = Pattern(
    r"(?<=[\w%°])[-–](?=[£$€]?\d)|(?<=(?<!\w)[A-Z])–(?=[A-Z](?!\w))|(?<=(?<!\w)A)-(?=Z(?!\w))|(?<=[A-Z]\d)–(?=[A-Z]\d)|(?<=M\d)-(?=M\d)"
)
_E_COLI = Pattern(r"(?<![\w.])(?P<g>[A-Z])\. (?=(?:coli|difficile|elegans|aureus|falciparum|pneumoniae|pylori)\b)")


_AMOUNT = re.compile(r"(?:[£$€]\d[\d.,]{0,12}|\d ?(?:[a-z]{1,3}|°?[CF]|%|°))$")


_DOSES = re.compile(r"\d{1,2} ?[x×] ?\d")  # 1–2 x 200mg


def _to(match: re.Match[str], passage: Passage) -> str | None:
    if match.string[match.end()].isalpha() or _DOSES.match(match.string, match.end()):
        return " to "  # A–Z
    return " to " if _AMOUNT.search(passage.before(match.start(), 16)) else None


def _by(match: re.Match[str], passage: Passage) -> str | None:
    return " by " if _LENGTH.search(passage.before(match.start(), 16)) else None


_LENGTH = re.compile(r"\d(?: ?(?:[a-z]{1,3}²?|[\"”″'′]))?$")
# "5 PM ET": beside a time these are no words.
_CLOCKED = Pattern(r"(?:(?<=[aApP][mM] )|(?<=[.][mM][.] ))(?P<z>[ECMP][SD]?T)(?!\w)")
_ZONE = Pattern(r"(?<=GMT|UTC|BST)(?P<sign>[-−+])(?=\d)")


def _zone(match: re.Match[str], _passage: Passage) -> str:
    return " plus " if match["sign"] == "+" else " minus "


_EDITED = Pattern(r"\s?\[(?:\.{3}|…)\]|\s?\((?:…|\.{3})\)")


def _edited(match: re.Match[str], _passage: Passage) -> str:
    return " …" if match.start() else "…"


_SPACED_DOTS = Pattern(r"\s?\.(?: \.){2,5}")
_LETTER_LABEL = Pattern(r"(?:(?<=^)|(?<=\s))\(?(?P<l>[aA])\)(?=\s)")


def _letter_label(match: re.Match[str], _passage: Passage) -> Reading:
    return Reading(match.start(), match.end(), "A,")


DASH = Rule("dash", "—–−-", _DASH, _dash)
ORNAMENT = Rule("ornament", "•†‡¶◦▪■□●○◆◇★☆※❧☙⁂·*_~`-", _ORNAMENT, _ornament)
STARRED = Rule("symbol", "*", _STARRED, _starred)
STARS = Rule("stars", "★", _STARS, _stars)
BAR = Rule("ornament", "|", _BAR, _bar)
TAG = Rule("symbol", "<", _TAG, _tag)
CARET = Rule("power", "^", _CARET, _caret)
LOWERED = Rule("formula", "₀₁₂₃₄₅₆₇₈₉", _LOWERED, _lowered)
OPERATOR = Rule("symbol", "<>=+*", _OPERATOR, _operator)
SIGN = Rule("symbol", "".join(SYMBOLS), _SIGN, _sign)
GREEK_LETTER = Rule("symbol", "".join(GREEK), _GREEK, _greek)
POWER = Rule("power", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ^", _POWER, _power)
ABOUT = Rule("symbol", "~", _TILDE, lambda _match, _passage: "about ")
COMPARED = Rule("symbol", "<>", _COMPARED, _compared)
AND = Rule(
    "ampersand",
    "&",
    _AND,
    lambda match, _passage: "and" if match.group() == "&" and match.string[match.start() - 1].isspace() else " and ",
)
AT = Rule("symbol", "@", _AT, lambda match, _passage: "at" if match.string[match.start() - 1].isspace() else " at")
PLUS = Rule("symbol", "+", _PLUS, lambda _match, _passage: " plus")
SPACED_SLASH = Rule("slash", "/", _SPACED_SLASH, _spaced_slash)
SLASH = Rule("slash", "/", _AND_OR, _slash)
ROCK_N_ROLL = Rule("symbol", "'’‘", _QUOTED_N, lambda _match, _passage: " and ")
_GLUED = Pattern(r"(?<=[a-z]{2})[.!?](?=[A-Z][a-z])(?!\w{1,20}[.@/])")


BY = Rule("size", "x×", _BY, _by, figures=True)
CLOCKED = Rule("time", "T", _CLOCKED, lambda match, _passage: spell(match["z"]), figures=True)
ZONE = Rule("symbol", "-−+", _ZONE, _zone, figures=True)
TO = Rule("range", "-–", _TO, _to)
SPECIES = Rule(
    "initials", ".", _E_COLI, lambda match, _passage: f"{match['g']} ", has=(". c", ". d", ". e", ". a", ". f", ". p")
)
GLUED = Rule("missing space", ".!?", _GLUED, lambda match, _passage: f"{match.group()} ")
EDITED = Rule("ellipsis", "[(", _EDITED, _edited)
ELLIPSIS = Rule("ellipsis", ".", _SPACED_DOTS, lambda _match, _passage: "…")
LETTER_LABEL = Rule("label", ")", _LETTER_LABEL, _letter_label)
