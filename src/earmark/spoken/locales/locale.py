"""What earmark knows of a language other than English: tables, and the few ways in which they differ."""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from msgspec import Struct, field

from earmark.spoken.locales.short_forms import ShortForms

Forms = tuple[str, ...]  # one, several; Polish: one, two to four, five and more, behind a decimal
_FORMS = 3


def _second_unless_one(number: int) -> int:
    return 0 if number == 1 else 1


class Locale(Struct, frozen=True, kw_only=True):
    """A language's tables.

    `words` names the language for the number library. `thousands` are the characters between groups of
    three digits, `point` the decimal sign, `point_word` its name. `pairs` tells that decimals are read as a
    number ("virgule vingt-cinq") and not digit by digit. `one` is the number one before a masculine noun.
    `short` is what is printed short. `dates` says a day (1–31), a month's name, a year or None and the words right before.
    """

    words: str
    short: ShortForms
    thousands: str
    point_word: str
    minus: str
    percent: Forms
    until: str
    months: Forms
    dates: Callable[[int, str, int | None, str], str]
    ordinal: Callable[[int, str, str], str | None]
    ordinal_marks: str
    currencies: dict[str, tuple[Forms, Forms]]
    magnitudes: dict[str, Forms]
    units: dict[str, Forms]
    clock: Callable[[int, int, str], str]
    clock_words: str
    century: str = ""  # a pattern of the Roman numeral of a century: group "r"; and whether it is an ordinal
    century_counts: bool = False
    shortened: Forms = ()  # ordinals that lose their last letter before a noun: "primer lugar"
    of_month: str = ""
    short_months: dict[str, str] = field(default_factory=dict)
    point: str = ","
    pairs: bool = False
    one: tuple[tuple[str, str], ...] = ()
    feminine: tuple[tuple[str, str], ...] = ()
    feminine_hundreds: tuple[tuple[str, str], ...] = ()
    feminine_nouns: frozenset[str] = frozenset()
    gender: Callable[[str], str] | None = None  # "f" or "m" of a noun as it is printed, "" if it can't be told
    change: str = " {0}"  # what is said of the small coins: the figure {0}, their name {1}
    linking: str = ""  # "un millón de euros"
    repairs: tuple[tuple[str, str], ...] = ()
    year: Callable[[int], str] | None = None
    plural: Callable[[int], int] = _second_unless_one

    def form(self, forms: Forms, number: int | None) -> str:
        """Return the form that a number takes, None standing for a figure with decimals."""
        index = (
            len(forms) - 1 if number is None and len(forms) > _FORMS else 1 if number is None else self.plural(number)
        )
        return forms[min(index, len(forms) - 1)]

    def cardinal(self, number: int) -> str:
        """Return the words of a whole number."""
        from num2words import num2words  # noqa: PLC0415 (25 ms that an English article need not wait)

        said = str(num2words(number, lang=self.words))
        for wrong, right in self.repairs:
            said = said.replace(wrong, right)
        return said

    def counting(self, number: int, noun: str = "") -> str:
        """Return the words of a whole number before a noun: "ein Euro", "una libra"."""
        said = self.cardinal(number)
        feminine = noun in self.feminine_nouns or (self.gender is not None and self.gender(noun) == "f")
        if feminine:
            for masculine, other in self.feminine_hundreds:
                said = said.replace(masculine, other)
        for ending, joined in self.feminine if feminine else self.one:
            if said == ending or (said.endswith(ending) and ending.startswith(" ")):
                return said[: len(said) - len(ending)] + joined
        return said

    def years(self, number: int) -> str:
        """Return a year as it is said."""
        return self.year(number) if self.year else self.cardinal(number)


@cache
def locale_for(language: str) -> Locale | None:
    """Return the tables of a BCP 47 language, None if there are none."""
    tag = language.lower().replace("_", "-")
    primary = tag.partition("-")[0]
    if primary not in {"de", "fr", "es", "it", "pt", "nl", "pl", "sv"}:
        return None
    module = import_module(f"earmark.spoken.locales.{primary}")
    found: Locale = module.BRAZIL if tag == "pt-br" else module.LOCALE
    return found
