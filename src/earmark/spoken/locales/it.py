"""Italian."""

from num2words import num2words

from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="it"))


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{'primo' if day == 1 else _cardinal(day)} {month}"
    return f"{said} {_cardinal(year)}" if year else said


def _ordinal(number: int, _before: str, mark: str) -> str:
    said = str(num2words(number, lang="it", to="ordinal"))
    return f"{said[:-1]}a" if mark.endswith("ª") else said


def _clock(hour: int, minute: int, _word: str) -> str:
    hours = "una" if hour == 1 else _cardinal(hour)
    return f"{hours} e {_cardinal(minute)}" if minute else hours


def _reign(number: int) -> str:
    return str(num2words(number, lang="it", to="ordinal"))


SHORT = ShortForms(
    anywhere={
        "p. es.": "per esempio",
        "p.es.": "per esempio",
        "ad es.": "ad esempio",
        "ecc.": "eccetera",
        "a.C.": "avanti Cristo",
        "d.C.": "dopo Cristo",
        "ca.": "circa",
    },
    titles={
        "Sig.": "signor",
        "Sig.ra": "signora",
        "sig.": "signor",
        "sig.ra": "signora",
        "Dott.": "dottor",
        "Dott.ssa": "dottoressa",
        "dott.": "dottor",
        "Prof.": "professor",
        "prof.": "professor",
        "Avv.": "avvocato",
        "Ing.": "ingegner",
        "On.": "onorevole",
        "S.": "San",
    },
    numbered={
        "n.": "numero",
        "N.": "numero",
        "p.": "pagina",
        "pag.": "pagina",
        "pagg.": "pagine",
        "pp.": "pagine",
        "cap.": "capitolo",
        "art.": "articolo",
        "vol.": "volume",
        "tel.": "telefono",
        "Tel.": "telefono",
    },
    score=" a ",
    per="al",
    half=("mezzo", " e mezzo"),
    parts={3: ("un terzo", "terzi"), 4: ("un quarto", "quarti"), 5: ("un quinto", "quinti")},
    reign=_reign,
    chapters=frozenset({"Capitolo", "Tomo", "Libro", "Atto", "Articolo"}),
    phone="[Tt]el(?:efono)?|[Ff]ax",
    leads="alle |ore |dalle ",
)

LOCALE = Locale(
    short=SHORT,
    words="it",
    thousands=". ’'",
    point_word="virgola",
    minus="meno",
    percent=("per cento",),
    until="a",
    months=MONTHS["it"],
    dates=_date,
    ordinal=_ordinal,
    century=r"(?P<r>[IVX]{1,5})(?= secolo)",
    ordinal_marks=r"(?P<mark>[ºª°])(?=\s|$|[.,;:!?])",
    currencies={
        "€": (("euro",), ("centesimo", "centesimi")),
        "EUR": (("euro",), ("centesimo", "centesimi")),
        "euro": (("euro",), ("centesimo", "centesimi")),
        "$": (("dollaro", "dollari"), ("centesimo", "centesimi")),
        "US$": (("dollaro americano", "dollari americani"), ("centesimo", "centesimi")),
        "£": (("sterlina", "sterline"), ("penny", "penny")),
        "¥": (("yen",), ()),
    },
    magnitudes={
        "mln": ("milione", "milioni"),
        "mld": ("miliardo", "miliardi"),
        "milioni": ("milione", "milioni"),
        "miliardi": ("miliardo", "miliardi"),
        "milione": ("milione",),
        "miliardo": ("miliardo",),
        "mila": ("mila",),
    },
    units=units(
        metre=("metro", "metri"),
        litre=("litro", "litri"),
        gram=("grammo", "grammi"),
        kilogram=("chilogrammo", "chilogrammi"),
        tonne=("tonnellata", "tonnellate"),
        hectare=("ettaro", "ettari"),
        watt=("watt",),
        watt_hour=("wattora",),
        byte=("byte",),
        hertz=("hertz",),
        volt=("volt",),
        degrees=("grado Celsius", "gradi Celsius"),
        degree=("grado", "gradi"),
        minute=("minuto", "minuti"),
        hours=("ora", "ore"),
        hour=("ora",),
        second=("secondo",),
        per=" al ",
        square=" quadrato|quadrati",
        cubic=" cubo|cubi",
        prefixes={"kilo": "chilo"},
    )
    | {
        "km/h": ("chilometro all’ora", "chilometri all’ora"),
        "mm": ("millimetro", "millimetri"),
        "kW": ("chilowatt",),
        "kWh": ("chilowattora",),
    },
    clock=_clock,
    clock_words=r"(?<=ore \d[:.]\d\d)|(?<=ore \d\d[:.]\d\d)",
    pairs=True,
    one=(("uno", "un"),),
    feminine=(("uno", "una"),),
    feminine_nouns=frozenset({"sterlina", "tonnellata", "ora"}),
    change=" e {0}",
    linking=" di ",
)
