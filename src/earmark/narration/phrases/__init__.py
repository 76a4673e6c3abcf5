"""What earmark itself says, language by language.

A language that is not here gets no added words at all: English words in a Czech voice mislead more
than a pause does. Its article opens with the title and the authors' names, and structure is heard
by pauses alone; a problem says so. To add a language: one file beside these, and one line here.
"""

from earmark.narration.phrases import da, de, en, es, fr, it, nb, nl, pl, pt, sv
from earmark.narration.phrases.table import Phrases

PHRASES: dict[str, Phrases] = {
    "da": da.PHRASES,
    "de": de.PHRASES,
    "en": en.PHRASES,
    "es": es.PHRASES,
    "fr": fr.PHRASES,
    "it": it.PHRASES,
    "nb": nb.PHRASES,
    "nl": nl.PHRASES,
    "no": nb.PHRASES,
    "pl": pl.PHRASES,
    "pt": pt.PHRASES,
    "sv": sv.PHRASES,
}
_AMERICAN_DATES = frozenset({"en-us", "en-ph"})


def date_pattern(language: str, phrases: Phrases) -> str:
    """Return how a date is printed in `language`: "en-US" puts the month first."""
    return "{month} {day}, {year}." if language.lower() in _AMERICAN_DATES else phrases.date
