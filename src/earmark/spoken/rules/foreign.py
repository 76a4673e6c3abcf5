"""Figures of languages other than English, from their tables: one list of rules a language."""

import re
from functools import cache

from earmark.spoken.locales.locale import Forms, Locale, locale_for
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import next_word
from earmark.spoken.rules.foreign_forms import figures_of, joints_of, words_of
from earmark.spoken.rules.polish import rules_of as polish_rules_of
from earmark.spoken.rules.romans import value

_LONGEST = 15
_SIGN = r"(?P<minus>(?<![\w\d)%.,])[-−–](?=\d))?"
_START = r"(?<![\w.,/])"
_END = r"(?![\w])(?![.,]\d)"


def _any(keys: object) -> str:
    return "|".join(re.escape(str(key)) for key in sorted(keys, key=lambda key: (-len(key), key)))  # type: ignore[call-overload]


class _Figures:
    """How one language prints and says figures."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        groups = "".join(re.escape(mark) for mark in locale.thousands)
        self.pattern = (
            rf"(?:\d{{1,3}}(?:[{groups}]\d{{3}}){{1,4}}(?!\d)|\d{{1,15}})(?:{re.escape(locale.point)}\d{{1,12}})?"
        )
        self._groups = re.compile(f"[{groups}]")

    def parse(self, text: str) -> tuple[int, str] | None:
        """Return the whole part and the digits behind the point, None if it is a code and not an amount."""
        whole, _, part = text.partition(self.locale.point)
        whole = self._groups.sub("", whole)
        if len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0"):
            return None
        return int(whole), part

    def say(self, text: str, noun: str = "") -> str | None:
        parsed = self.parse(text)
        if parsed is None:
            return None
        whole, part = parsed
        if not part:
            return self.locale.counting(whole, noun) if noun else self.locale.cardinal(whole)
        return f"{self.locale.cardinal(whole)} {self.locale.point_word} {self._decimals(part)}"

    def _decimals(self, part: str) -> str:
        if self.locale.pairs and part[0] != "0" and len(part) <= 2:  # noqa: PLR2004 ("virgule vingt-cinq")
            return self.locale.cardinal(int(part))
        return " ".join(self.locale.cardinal(int(digit)) for digit in part)

    def counted(self, text: str, forms: Forms) -> str | None:
        """Say a figure and what it counts."""
        parsed = self.parse(text)
        said = self.say(text, self.locale.form(forms, 1))
        if parsed is None or said is None:
            return None
        return f"{said} {self.locale.form(forms, None if parsed[1] else parsed[0])}"


def _signed(locale: Locale, minus: str | None, said: str) -> str:
    return f"{locale.minus} {said}" if minus else said


def _dates(figures: _Figures) -> tuple[Rule, ...]:
    locale = figures.locale
    months = {month: month for month in locale.months} | locale.short_months
    of = re.escape(locale.of_month)
    written = Pattern(
        rf"{_START}(?P<day>3[01]|[12]\d|0?[1-9])(?:\.|er|º|°|:[ae])?{of} (?P<month>{_any(months)})(?!\w)(?:(?:{of}|\s) ?(?P<year>[12]\d{{3}})(?!\w|[.,]\d))?"
    )
    numeric = Pattern(
        r"(?<![\w./-])(?:(?P<y>[12]\d{3})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<a>\d{1,2})(?P<s>[./-]) ?(?P<b>\d{1,2})(?P=s) ?(?P<y2>[12]\d{3}))(?![\w/-])(?!\.\d)"
    )

    def say_written(match: re.Match[str], passage: Passage) -> str:
        year = int(match["year"]) if match["year"] else None
        return locale.dates(int(match["day"]), months[match["month"]], year, passage.before(match.start()).rstrip())

    def say_numeric(match: re.Match[str], passage: Passage) -> str | None:
        day, month = int(match["d"] or match["a"]), int(match["m"] or match["b"])
        if not (1 <= day <= 31 and 1 <= month <= 12):  # noqa: PLR2004 (a calendar)
            return None
        return locale.dates(
            day, locale.months[month - 1], int(match["y"] or match["y2"]), passage.before(match.start()).rstrip()
        )

    return Rule("date", "", numeric, say_numeric, figures=True), Rule("date", "", written, say_written, figures=True)


def _times(figures: _Figures) -> tuple[Rule, ...]:
    locale = figures.locale
    follows = (locale.clock_words or "(?!)").replace("(?P<word>", "(?:")
    clock = Pattern(
        rf"(?P<at>\b(?:[oO]|[pP]o) (?:godz\. |godzinie )?)?(?<![\w.,:/])(?P<h>2[0-4]|1\d|0?\d)(?:(?P<colon>:)(?P<m>[0-5]\d)(?!:)|(?P<letter> ?h ?)(?P<m2>[0-5]\d)|\.(?P<m3>[0-5]\d)(?={follows}))?"
        rf"(?P<tail>{locale.clock_words or '(?!)'})?(?![\w:])"
    )

    def say(match: re.Match[str], _passage: Passage) -> str | None:
        minute = match["m"] or match["m2"] or match["m3"]
        at = match["at"] or ""
        if minute is None and not match["tail"] and "godz" not in at:
            return None
        word = match.groupdict().get("word") or at.partition(" ")[0]
        return at.replace("godz. ", "godzinie ") + locale.clock(
            int(match["h"]), int(minute or 0), "" if word in {"h", "u"} else word
        )

    return (Rule("time", "", clock, say, figures=True),)


def _money(figures: _Figures) -> tuple[Rule, ...]:
    locale = figures.locale
    signs, names = _any(key for key in locale.currencies if not key.isalpha()), _any(locale.currencies)
    magnitude = rf"(?: ?(?P<k>{_any(locale.magnitudes)})(?![^\W\d_]))?"
    before = Pattern(rf"(?<!\w){_SIGN}(?P<sign>{signs}) ?(?P<n>{figures.pattern}){magnitude}{_END}")
    behind = Pattern(
        rf"{_START}{_SIGN}(?P<n>{figures.pattern}){magnitude}(?:(?: de| d['’]| di)? ?)(?P<sign>{names})(?![\w])"
    )

    def say(match: re.Match[str], _passage: Passage) -> str | None:
        large, small = locale.currencies[match["sign"]]
        if match["k"]:
            said = figures.counted(match["n"], locale.magnitudes[match["k"]])
            if said is None:
                return None
            joint = (
                _linking(locale, large[-1])
                if locale.magnitudes[match["k"]][0].startswith(("m", "b")) and match["k"] not in {"mil", "mila"}
                else " "
            )
            return _signed(locale, match["minus"], f"{said}{joint}{large[-1]}")
        parsed = figures.parse(match["n"])
        if parsed is None or len(parsed[1]) != 2 or not small:  # noqa: PLR2004 (hundredths)
            said = figures.counted(match["n"], large)
            return None if said is None else _signed(locale, match["minus"], said)
        whole, part = parsed[0], int(parsed[1])
        said = f"{locale.counting(whole, large[0])} {locale.form(large, whole)}"
        if part:
            said += locale.change.format(locale.counting(part, small[0]), locale.form(small, part))
        return _signed(locale, match["minus"], said)

    return Rule("money", "", before, say, figures=True), Rule("money", "", behind, say, figures=True)


def _linking(locale: Locale, noun: str) -> str:
    if "|" not in locale.linking:
        return locale.linking or " "
    return " d’" if noun[0] in "aeiouy" else " de "


def _centuries(figures: _Figures) -> tuple[Rule, ...]:
    locale = figures.locale

    def say_century(match: re.Match[str], _passage: Passage) -> str | None:
        number = value(match["r"])
        return locale.cardinal(number) if locale.century_counts else locale.ordinal(number, "", "")

    return (Rule("century", "IVX", Pattern(rf"(?<![\w]){locale.century or '(?!)'}"), say_century),)


def _measures(figures: _Figures) -> Rule:
    locale, figure = figures.locale, figures.pattern
    measure = Pattern(
        rf"{_START}{_SIGN}(?P<n>{figure})(?: (?P<k>{_any(locale.magnitudes)})(?= ))? ?(?P<unit>{_any(locale.units)})(?![\w²³/])"
    )

    def say_measure(match: re.Match[str], _passage: Passage) -> str | None:
        unit = locale.units[match["unit"]]
        if match["k"]:
            said = figures.counted(match["n"], locale.magnitudes[match["k"]])
            many = f"{_linking(locale, unit[-1])}{unit[-1]}"
            return None if said is None else _signed(locale, match["minus"], said + many)
        if match["unit"] == "s" and match.group().endswith("0s"):
            return None  # a decade, as the English print it
        said = figures.counted(match["n"], unit)
        return None if said is None else _signed(locale, match["minus"], said)

    return Rule("measure", "", measure, say_measure, figures=True)


def _amounts(figures: _Figures) -> tuple[Rule, ...]:
    locale, figure = figures.locale, figures.pattern
    percent = Pattern(rf"{_START}{_SIGN}(?P<n>{figure})(?: ?(?P<dash>[-–]) ?(?P<n2>{figure}))? ?%(?!\w)")
    range_ = Pattern(rf"{_START}(?P<a>{figure})(?: ?– ?|-)(?P<b>{figure})(?![\w-]){_END}")
    ordinal = Pattern(rf"(?<![\w.,])(?P<n>\d{{1,4}})(?:{locale.ordinal_marks})")
    large = Pattern(rf"{_START}{_SIGN}(?P<n>{figure}) ?(?P<k>{_any(locale.magnitudes)})(?![\w])")
    year = Pattern(rf"{_START}(?P<n>1[1-9]\d\d)(?![\w%]){_END}")
    plain = Pattern(rf"(?<![\w])(?<!\w[.,]){_SIGN}(?P<n>{figure})(?![\w])(?!,\d|\.\d)")

    def say_percent(match: re.Match[str], _passage: Passage) -> str | None:
        said = figures.counted(match["n2"] or match["n"], locale.percent)
        if said and match["n2"]:
            first = figures.say(match["n"])
            said = f"{first} {locale.until} {said}" if first else None
        return None if said is None else _signed(locale, match["minus"], said)

    def say_range(match: re.Match[str], _passage: Passage) -> str | None:
        years = all(re.fullmatch(r"1[1-9]\d\d|20\d\d", side) for side in (match["a"], match["b"]))
        first, last = ((locale.years(int(side)) if years else figures.say(side)) for side in (match["a"], match["b"]))
        if not (first and last):
            return None
        falling = match["a"].isdecimal() and match["b"].isdecimal() and int(match["a"]) > int(match["b"])
        return f"{first} {last}" if falling else f"{first} {locale.until} {last}"

    def say_ordinal(match: re.Match[str], passage: Passage) -> str | None:
        mark = match.groupdict().get("mark") or ""
        if int(match["n"]) == 0 or (not mark.strip(".") and len(match["n"]) > 2):  # noqa: PLR2004 ("1990." ends a sentence)
            return None
        said = locale.ordinal(int(match["n"]), passage.before(match.start()).rstrip(), mark)
        return said[:-1] if said in locale.shortened and next_word(passage, match.end()) else said

    def say_large(match: re.Match[str], _passage: Passage) -> str | None:
        said = figures.counted(match["n"], locale.magnitudes[match["k"]])
        return None if said is None else _signed(locale, match["minus"], said)

    def say_year(match: re.Match[str], _passage: Passage) -> str:
        return locale.years(int(match["n"]))

    def say_plain(match: re.Match[str], passage: Passage) -> str | None:
        noun = next_word(passage, match.end())
        known = noun in locale.feminine_nouns or (locale.gender is not None and locale.gender(noun))
        said = figures.say(match["n"], noun if known else "")
        return None if said is None else _signed(locale, match["minus"], said)

    return (
        Rule("percentage", "%", percent, say_percent, figures=True),
        _measures(figures),
        Rule("ordinal", "", ordinal, say_ordinal, figures=True),
        Rule("number", "", large, say_large, figures=True),
        Rule("range", "-–", range_, say_range, figures=True),
        Rule("year", "1", year, say_year, figures=True),
        Rule("number", "", plain, say_plain, figures=True),
    )


@cache
def rules_of(language: str) -> tuple[Rule, ...]:
    """Return the rules for the figures of a language that has tables, none for any other."""
    locale = locale_for(language)
    if locale is None:
        return ()
    figures = _Figures(locale)
    return (
        *_dates(figures),
        *(polish_rules_of(locale) if locale.words == "pl" else ()),
        *_times(figures),
        *figures_of(locale),
        *_money(figures),
        *_centuries(figures),
        *_amounts(figures),
        *joints_of(locale),
        *words_of(locale.short),
    )
