"""What a language other than English prints short: abbreviations, titles, days, fractions, reigns; and telephones."""

from collections.abc import Callable

from msgspec import Struct, field

Words = dict[str, str]


class ShortForms(Struct, frozen=True, kw_only=True):
    """One language's short forms, as printed, with their full stops.

    `anywhere` are read wherever they stand, `titles` before a name, `numbered` before a figure. `days` are read in
    pairs ("Mo–Fr") and before a figure. `score` stands between the figures of a result, `per` before what a price is for.
    `half` and `parts` are fractions by their denominator: one, several. `reign` says the number behind a monarch's name, which
    print follows by `reign_mark`; behind `chapters` it is a plain number. `phone` leads to a telephone number, said in `pairs` or figure by figure.
    """

    anywhere: Words = field(default_factory=dict)
    titles: Words = field(default_factory=dict)
    numbered: Words = field(default_factory=dict)
    days: Words = field(default_factory=dict)
    suffixes: Words = field(default_factory=dict)  # of a longer word, before a figure: "Hauptstr. 5"
    score: str = " "
    per: str = ""
    half: tuple[str, str] = ("", "")  # beside a noun, and behind a whole number
    parts: dict[int, tuple[str, str]] = field(default_factory=dict)
    reign: Callable[[int], str] | None = None
    reign_mark: str = ""
    chapters: frozenset[str] = frozenset()
    phone: str = ""
    pairs: bool = False
    leads: str = ""  # what stands before a time of day that is printed with a point
    decade: str = ""  # what makes "1990" a decade: German "1990er"
