"""Dutch."""

from num2words import num2words

from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms


def _cardinal(number: int) -> str:
    return "een" if number == 1 else str(num2words(number, lang="nl"))


def _year(number: int) -> str:
    if 1100 <= number < 2000:  # noqa: PLR2004 (the years said in hundreds: "negentienhonderdnegentig")
        return str(num2words(number, lang="nl", to="year")).replace(" honderd", "honderd")
    return _cardinal(number)


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{_cardinal(day)} {month}"
    return f"{said} {_year(year)}" if year else said


def _ordinal(number: int, _before: str, _mark: str) -> str:
    return str(num2words(number, lang="nl", to="ordinal"))


def _clock(hour: int, minute: int, _word: str) -> str:
    return f"{_cardinal(hour)} uur {_cardinal(minute)}" if minute else f"{_cardinal(hour)} uur"


def _reign(number: int) -> str:
    return f"de {num2words(number, lang='nl', to='ordinal')}"


SHORT = ShortForms(
    anywhere={
        "bijv.": "bijvoorbeeld",
        "d.w.z.": "dat wil zeggen",
        "o.a.": "onder andere",
        "enz.": "enzovoort",
        "m.b.t.": "met betrekking tot",
        "i.v.m.": "in verband met",
        "t/m": "tot en met",
        "v.Chr.": "voor Christus",
        "n.Chr.": "na Christus",
        "ca.": "circa",
        "excl.": "exclusief",
        "incl.": "inclusief",
        "a.u.b.": "alstublieft",
    },
    titles={
        "dhr.": "de heer",
        "Dhr.": "De heer",
        "mevr.": "mevrouw",
        "Mevr.": "Mevrouw",
        "mw.": "mevrouw",
        "dr.": "doctor",
        "Dr.": "Doctor",
        "prof.": "professor",
        "Prof.": "Professor",
        "ir.": "ingenieur",
        "St.": "Sint",
    },
    numbered={
        "nr.": "nummer",
        "Nr.": "Nummer",
        "blz.": "bladzijde",
        "p.": "pagina",
        "art.": "artikel",
        "tel.": "telefoon",
    },
    days={
        "ma": "maandag",
        "di": "dinsdag",
        "wo": "woensdag",
        "do": "donderdag",
        "vr": "vrijdag",
        "za": "zaterdag",
        "zo": "zondag",
    },
    per="per",
    half=("een half", " en een half"),
    parts={3: ("een derde", "derde"), 4: ("een kwart", "kwart"), 5: ("een vijfde", "vijfde")},
    reign=_reign,
    chapters=frozenset({"Hoofdstuk", "Deel", "Akte", "Artikel"}),
    phone="[Tt]el(?:efoon)?|[Bb]el",
    leads="om |van ",
)

LOCALE = Locale(
    short=SHORT,
    words="nl",
    thousands=". ",
    point_word="komma",
    minus="min",
    percent=("procent",),
    until="tot",
    months=MONTHS["nl"],
    short_months={
        "jan.": "januari",
        "feb.": "februari",
        "mrt.": "maart",
        "apr.": "april",
        "aug.": "augustus",
        "sept.": "september",
        "okt.": "oktober",
        "nov.": "november",
        "dec.": "december",
    },
    dates=_date,
    ordinal=_ordinal,
    ordinal_marks=r"(?P<mark>ste|de|e)(?!\w)",
    currencies={
        "€": (("euro",), ("cent",)),
        "EUR": (("euro",), ("cent",)),
        "euro": (("euro",), ("cent",)),
        "$": (("dollar",), ("cent",)),
        "US$": (("Amerikaanse dollar",), ("cent",)),
        "£": (("pond",), ("pence",)),
        "¥": (("yen",), ()),
    },
    magnitudes={
        "mln": ("miljoen",),
        "mld": ("miljard",),
        "mln.": ("miljoen",),
        "mld.": ("miljard",),
        "miljoen": ("miljoen",),
        "miljard": ("miljard",),
    },
    units=units(
        metre=("meter",),
        litre=("liter",),
        gram=("gram",),
        kilogram=("kilogram",),
        tonne=("ton",),
        hectare=("hectare",),
        watt=("watt",),
        watt_hour=("wattuur",),
        byte=("byte",),
        hertz=("hertz",),
        volt=("volt",),
        degrees=("graad Celsius", "graden Celsius"),
        degree=("graad", "graden"),
        minute=("minuut", "minuten"),
        hours=("uur",),
        hour=("uur",),
        second=("seconde",),
        per=" per ",
        square="vierkante",
        cubic="kubieke",
    )
    | {"km/u": ("kilometer per uur",)},
    clock=_clock,
    clock_words=r" ?(?P<word>uur|u)\b",
    one=(("één", "een"),),
    year=_year,
)
