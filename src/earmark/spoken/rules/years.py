"""Years and decades, by the words around them; "c.1850"."""

import re

from earmark.spoken.letters import spell
from earmark.spoken.locales.en_numbers import MAGNITUDES
from earmark.spoken.numbers import cardinal, decade, ordinal, year
from earmark.spoken.passage import Passage, Pattern, Reading, Rule
from earmark.spoken.quantities import NUMBER, counted, next_word, say_number

_DECADE = Pattern(
    r"(?<![\w.,£$€-])(?:(?P<mid>(?i:mid|early|late|pre|post))(?P<dash>[-–‑ ]))?(?P<quote>['’‘])?(?P<n>1\d\d0|20\d0|\d0)['’]?s(?![\w])"
)


def _decade(match: re.Match[str], passage: Passage) -> str | None:
    number = match["n"]
    words = "noughties" if number == "00" else decade(int(number), american=passage.american)
    before = f"{match['mid']}{'-' if match['dash'] != ' ' else ' '}" if match["mid"] else ""
    return before + words


_CENTURY = Pattern(
    r"(?<!\w)C(?P<n>\d{1,2})(?:st|nd|rd|th)(?!\w)"
    r"|(?<![\w.,])(?P<n2>\d{1,2})(?:st|nd|rd|th)[ -](?:c|cent|C)(?![\w/])(?P<dot>\.)?"
)


def _century(match: re.Match[str], passage: Passage) -> str:
    stop = "." if match["dot"] and passage.ends(match.end()) else ""
    return f"{ordinal(int(match['n'] or match['n2']))} century{stop}"


_CIRCA = Pattern(
    r"(?<![\w.])(?:c|ca|circa)\.? ?(?P<n>\d{3,4})(?P<s>s)?(?: ?(?P<era>BCE|BC|AD|CE))?(?![\w])(?!,\d)(?:(?P<dash> ?[-–] ?)(?:c\. ?)?(?P<to>\d{4}|\d\d)(?!\w))?"
)


def _circa(match: re.Match[str], passage: Passage) -> str:
    words = decade(int(match["n"])) if match["s"] else year(int(match["n"]), american=passage.american)
    if match["to"]:
        words += f" to {year(int(match['to']), american=passage.american)}"
    if match["era"]:
        words += f" {spell(match['era'])}"
    return f"circa {words}"


_YEAR = Pattern(
    r"(?<![\w.,£$€+:/-])(?P<quote>['’])?(?P<n>1[0-9]\d\d|2[01]\d\d)(?P<s>['’]s)?(?![\w/%°]|:(?! [£$€A-Za-z]))(?!,\d)(?!\.\d)(?! ?(?:per cent|percent|of|people|times|miles|km|kilometres|metres|words|pages|men|women|children|others|copies|more)\b)"
)
_BEFORE = re.compile(
    r"(?i)(?:\b(?:in|since|by|from|until|till|of|to|before|after|during|circa|spring|summer|autumn|fall|winter|early|late|mid|the|year|class|back|for|on|and|or|through|than|between|into|around|about|born|died|founded|established|est\.?|copyright|©|january|february|march|april|may|june|july|august|september|october|november|december|[a-z]+’s|mid-|pre-|post-),?|[(,;]) ?$"
)
_SURE = re.compile(
    r"(?i)(?:\b(?:in|since|the|of|january|february|march|april|may|june|july|august|september|october|november|december)|’s|'s|^) $"
)
_LIKELY = re.compile(r"(?i)\b(?:from|by|to|than|between|after|before|and|until|at|on|with|their|its|his|her) $")


_THESE_DAYS = range(1950, 2050)
_EVENT = re.compile(r"[\w,’'] [A-Z][a-z]{2,15} $")
_ROUND = frozenset({2100, 2200})  # "the 2100 who came", as likely as a year


def _year(match: re.Match[str], passage: Passage) -> str | None:
    number = int(match["n"])
    before = passage.text[max(0, match.start() - 24) : match.start()]
    # Counts have a comma in print, so a bare figure is a year unless it is round or nothing leads up to it.
    if not match["s"] and counted(next_word(passage, match.end())):
        named = number in _THESE_DAYS and _EVENT.search(before)  # "Euro 2024 finals"
        if not (_SURE.search(before) or (number % 100 and (named or _LIKELY.search(before)))):
            return None
    elif not _BEFORE.search(before) and (number in _ROUND or (number % 1000 == 0 and before.strip())):
        return None
    return year(number, american=passage.american) + (match["s"] or "")


_CLOSED = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_NOUGHTY = Pattern(
    r"(?<!\w)(?P<quote>['’‘])(?:0(?P<n>[1-9])|(?P<two>[1-9]\d))(?![\w%'’])(?![.,:]\d)(?! ?(?:per|million|years?)\b)"
)


def _noughty(match: re.Match[str], passage: Passage) -> str | None:
    """Say a year of which the century is left out: "’09" as "oh nine"."""
    if match["two"] and (match["quote"] == "‘" or _CLOSED.search(passage.text, match.end(), match.end() + 200)):
        return None  # a quotation that opens with a figure
    return f"oh {cardinal(int(match['n']))}" if match["n"] else cardinal(int(match["two"]))


_PREFIXED = Pattern(r"(?<=[a-z])-(?P<n>1[0-9]\d\d|20\d\d)(?![\w,/-])(?!\.\d)")


def _prefixed(match: re.Match[str], passage: Passage) -> str | None:
    before = re.search(
        r"(?i)\b(mid|pre|post|early|late|then|the)$", passage.text[max(0, match.start() - 6) : match.start()]
    )
    return f"-{year(int(match['n']), american=passage.american)}" if before else None


DECADE = Rule("decade", "0", _DECADE, _decade, figures=True)
CENTURY = Rule("century", "Cc", _CENTURY, _century, figures=True, has=("th", "st", "nd", "rd"))
_ROUGHLY = Pattern(
    rf"(?<![\w.])c(?:\.? ?(?P<n>{NUMBER})(?P<k>m|bn|k)(?!\w)|(?P<gap>\. ?|(?=\d{{1,3}},\d{{3}}))(?=[\d£$€])| (?=\d{{1,2}}(?:[.:]\d\d)? ?[ap]\.?m\b))"
)
_FIGURE = re.compile(NUMBER)
# A count that stands by itself: no time, no range, no measure.
_COUNT = re.compile(r"(?= [a-z]{3}|[.,;:)]?(?: |$))")


def _roughly(match: re.Match[str], passage: Passage) -> str | Reading | None:
    if match["k"]:  # "c2m copies"
        return f"circa {say_number(match['n'], passage)} {MAGNITUDES[match['k']]}"
    bare = match["gap"] == "." or (match["gap"] == "" and "," in passage.after(match.end(), 4))
    figure = _FIGURE.match(passage.text, match.end()) if bare else None
    if figure and _COUNT.match(passage.text, figure.end()) and passage.free(match.end(), figure.end()):
        # Glued to the point, it would be taken whole by no other rule.
        return Reading(match.start(), figure.end(), f"circa {say_number(figure.group(), passage)}")
    return "circa "


# "c30min", "c40-50 people": what the figure counts has been said by its own rule.
_GLUED = Pattern(r"(?<![\w.])c(?=(?P<n>\d{2,4})(?P<count> [a-z]{3})?)")


def _glued(match: re.Match[str], passage: Passage) -> Reading | None:
    if not passage.free(match.start("n"), match.end("n")):
        return Reading(match.start(), match.start("n"), "circa ")
    if match["count"] is None:
        return None
    return Reading(match.start(), match.end("n"), f"circa {say_number(match['n'], passage)}")


GLUED = Rule("circa", "c", _GLUED, _glued, figures=True)
ROUGHLY = Rule("circa", "c", _ROUGHLY, _roughly, figures=True)
CIRCA = Rule("circa", "c", _CIRCA, _circa, figures=True)
YEAR = Rule("year", "12", _YEAR, _year, figures=True)
NOUGHTY = Rule("year", "'’‘", _NOUGHTY, _noughty, figures=True)
PREFIXED = Rule("year", "-", _PREFIXED, _prefixed, figures=True, leads=True)
