"""Whether "3m" is three metres or three million: by what is long, high or run over around it."""

import re

from earmark.spoken.locales import words
from earmark.spoken.locales.en_units import METRE_WORDS
from earmark.spoken.passage import Passage
from earmark.spoken.quantities import FUNCTION_WORDS, counted, next_word

_TRACKS = words("50 60 80 100 110 200 300 400 600 800 1,500 1500 3,000 5,000 10,000 3000 5000 10000")


# How far they jump and throw, and what they run.
_COURSE = re.compile(r"\d{1,2}\.\d\d|100|200|400|800|1,?500|5,?000|10,?000")
_ATHLETICS = re.compile(
    r"(?i)\b(?:(?:long|high|triple) jump|pole vault|javelin|discus|shot put|heptathlon|decathlon|sprinter|hurdler|freestyle|backstroke|personal best|PB|world record|Diamond League)\b"
)
_WATER = re.compile(
    r"(?i)\b(?:sea levels?|water levels?|river|tides?|flood\w*|depths?|heights?|waves?|deep|snow(?:fall)?|hills?|mountains?|summit|altitude|elevation|ascent) "
)


def in_metres(match: re.Match[str], passage: Passage) -> bool:  # noqa: PLR0911 (one return for each way of reading)
    """Decide between metres and millions for "3m", by what is long, high or run over behind it."""
    text, after = passage.text, next_word(passage, match.end())
    if after in _COUNTED:
        return False
    if after.lower() in METRE_WORDS or after.partition("-")[0].lower() in METRE_WORDS:
        return True
    if re.match(r"(?:,? (?:and )?)?(?:[x×]| by )", text[match.end() : match.end() + 4]) or re.match(
        r",? (?:breast|back|free)", text[match.end() : match.end() + 8]
    ):
        return True
    if _SINGLE.search(passage.before(match.start(), 4)) and not match["n2"] and _small(match["n1"]) and _thing(after):
        return True  # "a 2.3m python"
    if several(passage, match.start()) and not match["n2"] and _small(match["n1"]):
        return True  # "two 6m poles"
    raced = re.search(
        r"(?i)(?:\b(?:the|ran|swam|run|swim|over|indoor|outdoor)|['’]s|\b[TF]\d\d) $",
        text[max(0, match.start() - 10) : match.start()],
    )
    if raced and match["n1"] in _TRACKS and not counted(after) and after != "people":
        return True
    if not counted(after) and after != "people" and _WATER.search(passage.before(match.start(), 60)):
        return True
    if _COURSE.fullmatch(match["n1"]) and passage.near(_ATHLETICS, match.start() - 60, match.end() + 60):
        return True
    before = passage.before(match.start(), 16)
    if (
        _THROWN.search(before)
        or _SIDE.search(before)
        or _OUT_OF_FEET.search(before)
        or (_ABOVE.search(before) and _CLOSED.match(text, match.end()))
        or _IN_FEET.match(text, match.end())
    ):
        return True
    return after == "of" and bool(
        re.match(
            r" of (?:cable|rope|water|snow|rain|pipe|wire|fabric|fence|track|fencing|concrete|rock|ice|mud|sand)\b",
            text[match.end() : match.end() + 14],
        )
    )


def several(passage: Passage, position: int) -> bool:
    """Tell whether a small number in words stands before `position`: "two 6m poles"."""
    return _SEVERAL.search(passage.before(position, 7)) is not None


_COUNTED = words("sq square people")  # "the 1.7m sq mile zone"
_ABOVE = re.compile(r"\b(?:above|below|beneath) (?:about )?$")  # "snow above 250m"
_CLOSED = re.compile(r"[.,;:)]|$")
_OUT_OF_FEET = re.compile(r"\d ?(?:ft|feet|in|ins|inches|miles?|yards?)[ \w]{0,6} \($")
_SINGLE = re.compile(r"\b[Aa]n? $")
_SEVERAL = re.compile(r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen) $")
# Of which there are millions: "a 3m audience".
_MANY = words(
    """user customer subscriber viewer voter vote following member membership petition signature household job acre
    audience crowd increase rise fall drop majority population total deal order backlog shortfall share barrel tonne
    fine loss profit surplus deficit cut gap fund lead turnover circulation readership dollar euro pound signing"""
)


def _small(figure: str) -> bool:
    return float(figure) <= _TALLEST if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", figure) else False


def _thing(word: str) -> bool:
    return word.islower() and not counted(word) and word not in FUNCTION_WORDS and word not in _MANY and "-" not in word


_TALLEST = 60  # metres of what an article "a" stands before
_THROWN = re.compile(
    r"(?i)\b(?:threw|jumped|cleared|leapt|hurled|vaulted|stands|measures|measuring|standing)(?: at)? $"
)
_SIDE = re.compile(r"(?:\d ?[x×] ?|\d(?:cm|km|mm|m|ft) (?:by|x|×) )$")
_IN_FEET = re.compile(r"(?: \(|/| or )\d[\d,.]{0,8} ?(?:ft|feet)\b")
