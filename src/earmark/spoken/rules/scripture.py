"""Chapter and verse: "John 3:16" is neither a time nor a ratio."""

import re

from earmark.spoken.locales.en_scripture import BOOKS, SHORT_BOOKS
from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

_BOOKS = "|".join(sorted((*BOOKS, *SHORT_BOOKS), key=len, reverse=True))
_VERSE = Pattern(
    rf"(?<![\w.])(?:(?P<part>[123]) )?(?P<book>{_BOOKS})\.? (?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})(?:[-–](?P<last>\d{{1,3}}))?(?![\w:])(?!\.\d)"
)
_PARTS = {"1": "First", "2": "Second", "3": "Third"}


def _verse(match: re.Match[str], _passage: Passage) -> Reading:
    book = SHORT_BOOKS.get(match["book"], match["book"])
    words = f"{book} {cardinal(int(match['chapter']))} {cardinal(int(match['verse']))}"
    if match["last"]:
        words += f" to {cardinal(int(match['last']))}"
    if match["part"]:
        words = f"{_PARTS[match['part']]} {words}"
    return Reading(match.start(), match.end(), words)


VERSE = Rule("scripture", ":", _VERSE, _verse, figures=True)
