"""Swedish."""

from num2words import num2words

from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="sv")).replace("förtio", "fyrtio")


def _year(number: int) -> str:
    if 1100 <= number < 2000:  # noqa: PLR2004 (the years said in hundreds: "nittonhundranittio")
        century, rest = divmod(number, 100)
        return f"{_cardinal(century)}hundra{_cardinal(rest) if rest else ''}"
    return _cardinal(number)


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{_ordinal(day, '', ':e')} {month}"
    return f"{said} {_year(year)}" if year else said


def _ordinal(number: int, _before: str, _mark: str) -> str:
    return str(num2words(number, lang="sv", to="ordinal")).replace("förtio", "fyrtio")


def _clock(hour: int, minute: int, _word: str) -> str:
    hours = "ett" if hour == 1 else _cardinal(hour)
    minutes = f"noll {_cardinal(minute)}" if 0 < minute < 10 else _cardinal(minute)  # noqa: PLR2004 (arton noll fem)
    return f"{hours} {minutes}" if minute else hours


def _reign(number: int) -> str:
    return f"den {num2words(number, lang='sv', to='ordinal')}"


SHORT = ShortForms(
    anywhere={
        "t.ex.": "till exempel",
        "t. ex.": "till exempel",
        "bl.a.": "bland annat",
        "bl. a.": "bland annat",
        "dvs.": "det vill säga",
        "d.v.s.": "det vill säga",
        "osv.": "och så vidare",
        "m.m.": "med mera",
        "p.g.a.": "på grund av",
        "s.k.": "så kallad",
        "ca": "cirka",
        "f.Kr.": "före Kristus",
        "e.Kr.": "efter Kristus",
        "kl.": "klockan",
    },
    titles={
        "dr": "doktor",
        "Dr": "Doktor",
        "prof.": "professor",
        "Prof.": "Professor",
        "S:t": "Sankt",
        "S:ta": "Sankta",
    },
    numbered={
        "nr": "nummer",
        "Nr": "Nummer",
        "s.": "sida",
        "sid.": "sida",
        "kap.": "kapitel",
        "art.": "artikel",
        "kl": "klockan",
        "tel.": "telefon",
    },
    days={
        "mån": "måndag",
        "tis": "tisdag",
        "ons": "onsdag",
        "tors": "torsdag",
        "fre": "fredag",
        "lör": "lördag",
        "sön": "söndag",
    },
    per="per",
    half=("en halv", " och en halv"),
    parts={
        3: ("en tredjedel", "tredjedelar"),
        4: ("en fjärdedel", "fjärdedelar"),
        5: ("en femtedel", "femtedelar"),
    },
    reign=_reign,
    chapters=frozenset({"Kapitel", "Del", "Akt", "Artikel"}),
    phone="[Tt]el(?:efon)?",
    leads="kl |kl\\. |klockan ",
)

LOCALE = Locale(
    short=SHORT,
    words="sv",
    thousands=" .",
    point_word="komma",
    minus="minus",
    percent=("procent",),
    until="till",
    months=MONTHS["sv"],
    short_months={
        "jan.": "januari",
        "febr.": "februari",
        "apr.": "april",
        "aug.": "augusti",
        "sept.": "september",
        "okt.": "oktober",
        "nov.": "november",
        "dec.": "december",
    },
    dates=_date,
    ordinal=_ordinal,
    ordinal_marks=r":(?P<mark>a|e)(?!\w)",
    currencies={
        "€": (("euro",), ("cent",)),
        "EUR": (("euro",), ("cent",)),
        "euro": (("euro",), ("cent",)),
        "$": (("dollar",), ("cent",)),
        "US$": (("amerikanska dollar",), ("cent",)),
        "£": (("pund",), ("pence",)),
        "kr": (("krona", "kronor"), ("öre",)),
        "SEK": (("krona", "kronor"), ("öre",)),
        "krona": (("krona", "kronor"), ("öre",)),
        "kronor": (("krona", "kronor"), ("öre",)),
        "¥": (("yen",), ()),
    },
    magnitudes={
        "mn": ("miljon", "miljoner"),
        "mkr": ("miljon kronor", "miljoner kronor"),
        "md": ("miljard", "miljarder"),
        "mdr": ("miljard", "miljarder"),
        "miljoner": ("miljon", "miljoner"),
        "miljarder": ("miljard", "miljarder"),
        "miljon": ("miljon",),
        "miljard": ("miljard",),
    },
    units=units(
        metre=("meter",),
        litre=("liter",),
        gram=("gram",),
        kilogram=("kilo",),
        tonne=("ton",),
        hectare=("hektar",),
        watt=("watt",),
        watt_hour=("wattimme", "wattimmar"),
        byte=("byte",),
        hertz=("hertz",),
        volt=("volt",),
        degrees=("grad Celsius", "grader Celsius"),
        degree=("grad", "grader"),
        minute=("minut", "minuter"),
        hours=("timme", "timmar"),
        hour=("timmen",),
        second=("sekund",),
        per=" i ",
        square="kvadrat",
        cubic="kubik",
        glued=True,
    )
    | {"m/s": ("meter per sekund",), "kvm": ("kvadratmeter",), "mil": ("mil",)},
    clock=_clock,
    clock_words=r"(?<=kl \d[:.]\d\d)|(?<=kl \d\d[:.]\d\d)|(?<=kl\. \d[:.]\d\d)|(?<=kl\. \d\d[:.]\d\d)|(?<=klockan \d[:.]\d\d)|(?<=klockan \d\d[:.]\d\d)",
    repairs=(("etttusen", "ettusen"), ("förtio", "fyrtio")),
    one=(("ett", "en"), ("tjugoett", "tjugoen")),
    change=" och {0} {1}",
    year=_year,
)
