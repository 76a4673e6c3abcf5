"""What Polish inflects: hours and centuries behind their prepositions."""

import re

from earmark.spoken.locales.locale import Locale
from earmark.spoken.passage import Passage, Pattern, Reading, Rule
from earmark.spoken.rules.romans import value

_TIME = r"(?P<h{0}>2[0-4]|1\d|0?\d)(?:[.:](?P<m{0}>[0-5]\d))?"
_HOURS = Pattern(
    rf"\b(?P<lead>[wW]|[oO]d|[dD]o) godz\. {_TIME.format('')}(?:(?: ?[-–] ?| do ){_TIME.format(2)})?(?!\w)(?![.:]\d)"
)
_CENTURY = Pattern(r"(?<!\w)(?P<r>[IVX]{1,5})(?= wieku\b)")
_LED = re.compile(r"\b[wW]e? $")


def rules_of(locale: Locale) -> tuple[Rule, ...]:
    """Return the rules that only Polish has: "w godz. 10-16", "w XIX wieku"."""

    def hours(match: re.Match[str], _passage: Passage) -> str | None:
        first = locale.clock(int(match["h"]), int(match["m"] or 0), "o")
        if match["h2"] is None:
            return None if match["lead"] in "wW" else f"{match['lead']} godziny {first}"
        last = locale.clock(int(match["h2"]), int(match["m2"] or 0), "o")
        led = f"{match['lead']} godzinach od" if match["lead"] in "wW" else f"{match['lead']} godziny"
        return f"{led} {first} do {last}"

    def century(match: re.Match[str], passage: Passage) -> Reading:
        endings = ("ym", "im") if _LED.search(passage.before(match.start(), 4)) else ("ego", "iego")
        said = str(locale.ordinal(value(match["r"]), "", ""))
        words = (word[:-1] + endings[word.endswith("i")] for word in said.split())
        return Reading(match.start(), match.end(), " ".join(words))

    return (
        Rule("time", "g", _HOURS, hours, figures=True, has=("godz. ",)),
        Rule("century", "IVX", _CENTURY, century, has=(" wieku",)),
    )
