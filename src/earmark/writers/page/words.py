"""What the page itself says, in the article's language where its words are known, else in English.

`languages/` has a file for each language; one for a region ("en-us") holds only what is otherwise there. A
publisher may put any of them otherwise in a template of their own.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Words = Mapping[str, str]

LANGUAGES = ("da", "de", "en", "es", "fr", "it", "nb", "nl", "pl", "pt", "sv")
REGIONS = ("en-us",)
_AS = {"no": "nb"}
_FOLDER = "languages"


@cache
def words_in(language: str) -> Words:
    """Return the words of one of `LANGUAGES` or `REGIONS`, in the order in which pages use them."""
    text = (files(__package__) / _FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    own: dict[str, str] = tomllib.loads(text)
    if language in REGIONS:
        own = {**words_in(language.partition("-")[0]), **own}
    return MappingProxyType(own)


def words_for(language: str) -> tuple[str, Words]:
    """Return the page's words and the language that they are in: the article's, else English."""
    tag = language.lower()
    primary = tag.partition("-")[0]
    primary = _AS.get(primary, primary)
    known = next((name for name in (tag, primary) if name in (*REGIONS, *LANGUAGES)), "")
    return (language, words_in(known)) if known else ("en", words_in("en"))


def clock(seconds: float) -> str:
    """Return a time as people write it: "1:23", "1:02:03"."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def written_number(value: float, words: Words) -> str:
    """Return a number with one decimal place, as the language writes it."""
    return f"{value:.1f}".replace(".", words["decimal"])


def written_date(value: str, words: Words) -> str:
    """Return an ISO date as the language writes it, as given if it is none."""
    year, _, rest = value[:10].partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdecimal() and month.isdecimal() and day.isdecimal()):
        return value
    months = words["months"].split(" ")
    if not 1 <= int(month) <= len(months):
        return value
    first = int(day) == 1
    return words["date"].format(
        day=words["first_day"] if first else int(day), month=months[int(month) - 1], year=int(year)
    )
