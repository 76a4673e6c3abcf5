"""Short forms of languages other than English, from their tables: abbreviations, telephones, reigns, fractions, scores."""

import re

from earmark.spoken.locales.en_numbers import VULGAR
from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.short_forms import ShortForms, Words
from earmark.spoken.passage import Passage, Pattern, Reading, Rule
from earmark.spoken.rules.romans import value

_LEAST = 7  # figures of a telephone number
_HIGHEST = 39  # no monarch goes further
_SCORED = 100  # more is no score
_HALF = 2


def _any(keys: Words) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def words_of(forms: ShortForms) -> tuple[Rule, ...]:
    """Return the rules for abbreviations: anywhere, before a name, before a figure; and for days."""
    return (
        *_suffixes(forms.suffixes),
        *_shortened(forms.anywhere, r"(?:(?<=\W)|(?!\w))"),
        *_shortened(forms.titles, r"(?= [A-ZÀ-ÞŁŚŻŽ]|(?<=-)(?=[A-Z]))"),
        *_shortened(forms.numbered, r"(?= ?:? ?\+?[\dIVX(])"),
    )


def _shortened(forms: Words, after: str) -> tuple[Rule, ...]:
    if not forms:
        return ()
    forms = {form[0].upper() + form[1:]: said[0].upper() + said[1:] for form, said in forms.items()} | forms

    def say(match: re.Match[str], passage: Passage) -> str:
        printed = match.group()
        said = forms[printed]
        # What ends its sentence keeps the full stop; what is glued to its figure gets a space.
        stop = "." if printed.endswith(".") and passage.ends(match.end()) else ""
        return said + stop + (" " if passage.after(match.end(), 1).isdecimal() else "")

    return (Rule("abbreviation", "", Pattern(rf"(?<![\w.’'-])(?:{_any(forms)}){after}"), say),)


def _suffixes(suffixes: Words) -> tuple[Rule, ...]:
    if not suffixes:
        return ()
    pattern = Pattern(rf"(?<=[a-zäöüß]{{2}})(?:{_any(suffixes)})(?= \d)")
    return (Rule("abbreviation", "", pattern, lambda match, _passage: suffixes[match.group()], figures=True),)


def _lettered(locale: Locale) -> Rule:
    """Say the number of a house with its letter: "12a"."""
    pattern = Pattern(r"(?<![\w.,/])(?P<n>[1-9]\d{0,2})(?P<l>[a-f])(?!\w)(?![.,]\w)")
    return Rule(
        "number",
        "abcdef",
        pattern,
        lambda match, _passage: f"{locale.cardinal(int(match['n']))} {match['l']}",
        figures=True,
    )


def _days(days: Words) -> tuple[Rule, ...]:
    if not days:
        return ()
    day = _any(days)
    pattern = Pattern(
        rf"(?<![\w.])(?:(?P<a>{day})\.?(?P<to> ?[-–] ?| au | al? | bis | t/m | do )(?P<b>{day})(?!\w)(?:\.(?=,? \d))?|(?P<one>{day})(?:(?<=\.)|\.)(?=,? \d))"
    )

    def say(match: re.Match[str], passage: Passage) -> str:
        if match["one"]:
            return days[match["one"]]
        joint = f" {_until(passage)} " if match["to"].strip() in "-–" else match["to"].replace("t/m", "tot en met")
        return f"{days[match['a']]}{joint}{days[match['b']]}"

    return (Rule("weekday", "", pattern, say),)


def _until(passage: Passage) -> str:
    return _UNTIL.get(passage.language.lower().partition("-")[0], "–")


_UNTIL = {"de": "bis", "fr": "à", "es": "a", "it": "a", "pt": "a", "nl": "tot", "pl": "do", "sv": "till"}


def figures_of(locale: Locale) -> tuple[Rule, ...]:
    """Return the rules for figures that are no amounts: telephones, times behind a lead, reigns, fractions, scores, decades."""
    return (
        *_days(locale.short.days),
        *_phones(locale),
        *_times(locale),
        *_reigns(locale),
        *_parts(locale),
        _score(locale),
        *_decades(locale),
    )


def _phones(locale: Locale) -> tuple[Rule, ...]:
    forms = locale.short
    pattern = Pattern(
        rf"(?:\b(?i:{forms.phone or '(?!)'})\.? ?:? ?(?P<led>\+?\(?\d[\d ./()-]{{5,18}}\d)|(?<![\w.,€$£])(?P<alone>\+\d{{2}}[\d ()/-]{{7,16}}\d|0\d(?:[ .]\d\d){{4}}))(?![\w,]\d|\w)"
    )

    def say(match: re.Match[str], _passage: Passage) -> Reading | None:
        which = "led" if match["led"] else "alone"
        groups = re.findall(r"\d+", match[which])
        if sum(map(len, groups)) < _LEAST:
            return None
        said = ", ".join(_group(locale, group, pairs=forms.pairs) for group in groups)
        return Reading(match.start(which), match.end(which), f"plus {said}" if match[which][0] == "+" else said)

    return (Rule("telephone", "", pattern, say, figures=True),)


def _group(locale: Locale, group: str, *, pairs: bool) -> str:
    if pairs and len(group) == _HALF and group[0] != "0":
        return locale.cardinal(int(group))
    return " ".join(locale.cardinal(int(digit)) for digit in group)


def _times(locale: Locale) -> tuple[Rule, ...]:
    forms = locale.short
    if not forms.leads:
        return ()
    pattern = Pattern(
        rf"(?<!\w)(?:{forms.leads})(?P<h>2[0-3]|1\d|0?\d)\.(?P<m>[0-5]\d)(?![\w%€]|[.,]\d| ?(?:%|€|km|kg|m\b|mil|euro))"
    )

    def say(match: re.Match[str], _passage: Passage) -> Reading:
        return Reading(match.start("h"), match.end(), locale.clock(int(match["h"]), int(match["m"]), ""))

    return (Rule("time", ".", pattern, say, figures=True),)


def _reigns(locale: Locale) -> tuple[Rule, ...]:
    forms = locale.short
    reign = forms.reign
    if reign is None:
        return ()
    mark = re.escape(forms.reign_mark)
    numeral = r"(?P<r>(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3}))"
    pattern = Pattern(rf"(?<=[a-zà-ÿß] )(?:{numeral}{mark}|(?P<first>I(?:er|ᵉʳ)))(?!\w)")

    def say(match: re.Match[str], passage: Passage) -> str | None:
        before = _NAME.search(passage.before(match.start()))
        if before is None:
            return None
        if match["first"]:
            return "premier"
        number, name = value(match["r"]), before[1]
        stop = "." if mark and passage.ends(match.end()) else ""
        if name in forms.chapters:
            return locale.cardinal(number) + stop
        if len(match["r"]) == 1 and not (mark or _ALONE.match(passage.text, match.end())):
            return None  # a letter
        return reign(number) + stop if number <= _HIGHEST else None

    return (Rule("regnal number", "IVX", pattern, say),)


_NAME = re.compile(r"([A-ZÀ-Þ][a-zà-ÿß]{2,20}) $")
_ALONE = re.compile(r"[.,;:)]|$| (?:[a-zà-ÿ]{3}|y|e|et|en|i|og)\b| [a-zà-ÿ]{3}")


def _parts(locale: Locale) -> tuple[Rule, ...]:
    forms = locale.short
    if not forms.parts:
        return ()
    vulgars = "".join(VULGAR)
    pattern = Pattern(
        rf"(?<![\w.,/-])(?:(?:(?P<w>\d{{1,3}}) )?(?P<a>[1-4])/(?P<b>[2-5])(?![\w/])(?![.,]\d)|(?P<w2>\d{{1,3}})? ?(?P<v>[{vulgars}])(?!\w))"
    )
    whole_half = forms.half[1]
    joint = whole_half[: whole_half.find(" ", 1) + 1] or " "

    def say(match: re.Match[str], _passage: Passage) -> str | None:
        top, bottom = VULGAR[match["v"]] if match["v"] else (int(match["a"]), int(match["b"]))
        whole = match["w"] or match["w2"]
        if top >= bottom or (bottom != _HALF and bottom not in forms.parts):
            return None
        if bottom == _HALF:
            said = whole_half if whole else forms.half[0]
        else:
            said = forms.parts[bottom][0] if top == 1 else f"{locale.cardinal(top)} {forms.parts[bottom][1]}"
            said = f"{joint}{said}" if whole else said
        return f"{locale.counting(int(whole))}{said}" if whole else said

    return (Rule("fraction", f"/{vulgars}", pattern, say, figures=True),)


def _score(locale: Locale) -> Rule:
    forms = locale.short
    pattern = Pattern(
        r"(?<![\w.,:/€$£-])(?P<a>\d{1,3})(?P<s>[:–-])(?P<b>\d{1,3})(?![\w:%/-]|[.,:]\d)(?! ?(?:%|€|Uhr|h\b))"
    )

    def say(match: re.Match[str], _passage: Passage) -> str | None:
        first, second = int(match["a"]), int(match["b"])
        clock = match["s"] == ":" and len(match["b"]) > 1
        if clock or max(first, second) >= _SCORED or (match["s"] != ":" and first < second):
            return None  # a time, or a range
        return f"{locale.cardinal(first)}{forms.score}{locale.cardinal(second)}"

    return Rule("score", ":-–", pattern, say, figures=True, leads=True)


def _decades(locale: Locale) -> tuple[Rule, ...]:
    forms = locale.short
    if not forms.decade:
        return ()
    pattern = Pattern(rf"(?<![\w.,])(?P<n>[12]\d\d0|[1-9]0){forms.decade}(?!\w)")
    return (
        Rule(
            "decade", "0", pattern, lambda match, _passage: locale.years(int(match["n"])) + forms.decade, figures=True
        ),
    )


def joints_of(locale: Locale) -> tuple[Rule, ...]:
    """Return the rules for what stands between amounts that have been said: "20–25 €", "2,99 €/kg"."""
    forms = locale.short
    to = Pattern(r"(?<=\d)(?: ?– ?|-)(?=\d)")
    each = Pattern(
        rf"(?<=[\w€$£])/(?:(?P<u>{_any(dict.fromkeys(locale.units, ''))})|(?P<w>[A-Za-zÀ-ÿ][a-zà-ÿ]{{1,11}}))(?!\w)"
    )

    def say_to(match: re.Match[str], passage: Passage) -> str | None:
        said = passage.free(match.start() - 1, match.start()) or passage.free(match.end(), match.end() + 1)
        return None if said else f" {locale.until} "

    def say_each(match: re.Match[str], passage: Passage) -> str | None:
        if not forms.per or passage.free(match.start() - 1, match.start()):
            return None
        return f" {forms.per} {match['w'] or locale.units[match['u']][0]}"

    return (
        Rule("range", "-–", to, say_to, figures=True),
        Rule("measure", "/", each, say_each, figures=True),
        _lettered(locale),
    )
