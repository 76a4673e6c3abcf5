"""German."""

from num2words import num2words

from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms

_WEAK = (
    "am",
    "vom",
    "zum",
    "beim",
    "im",
    "dem",
    "den",
    "des",
    "seit",
    "ab",
    "bis",
    "diesem",
    "jedem",
    "einem",
    "ihrem",
    "seinem",
    "ihren",
    "seinen",
)


def _ordinal(number: int, before: str, _mark: str) -> str:
    stem = str(num2words(number, lang="de", to="ordinal"))
    last = before.lower().rpartition(" ")[2]
    if last in {"der", "die", "das"}:
        return stem
    return f"{stem}n" if last in _WEAK else f"{stem}r"


def _date(day: int, month: str, year: int | None, before: str) -> str:
    said = f"{_ordinal(day, before, '.')} {month}"
    return f"{said} {_year(year)}" if year else said


def _year(number: int) -> str:
    if 1100 <= number < 2000:  # noqa: PLR2004 ("neunzehnhundertneunzig")
        return str(num2words(number, lang="de", to="year")).replace("einshundert", "einhundert")
    return str(num2words(number, lang="de"))


def _clock(hour: int, minute: int, word: str) -> str:
    hours = "ein" if hour == 1 else str(num2words(hour, lang="de"))
    return f"{hours} Uhr {num2words(minute, lang='de')}" if minute else f"{hours} {word or 'Uhr'}"


def _reign(number: int) -> str:
    return f"der {str(num2words(number, lang='de', to='ordinal')).capitalize()}"


SHORT = ShortForms(
    anywhere={
        "z. B.": "zum Beispiel",
        "z.B.": "zum Beispiel",
        "d. h.": "das heißt",
        "d.h.": "das heißt",
        "u. a.": "unter anderem",
        "u.a.": "unter anderem",
        "z. T.": "zum Teil",
        "z.T.": "zum Teil",
        "i. d. R.": "in der Regel",
        "i.d.R.": "in der Regel",
        "n. V.": "nach Verlängerung",
        "n. Chr.": "nach Christus",
        "v. Chr.": "vor Christus",
        "bzw.": "beziehungsweise",
        "usw.": "und so weiter",
        "ca.": "zirka",
        "Ca.": "Zirka",
        "vgl.": "vergleiche",
        "Vgl.": "Vergleiche",
        "evtl.": "eventuell",
        "ggf.": "gegebenenfalls",
        "inkl.": "inklusive",
        "zzgl.": "zuzüglich",
        "sog.": "sogenannte",
        "mind.": "mindestens",
        "max.": "maximal",
        "ff.": "folgende",
    },
    titles={
        "Dr.": "Doktor",
        "Prof.": "Professor",
        "Hr.": "Herr",
        "Fr.": "Frau",
        "St.": "Sankt",
        "Dipl.-Ing.": "Diplomingenieur",
    },
    numbered={
        "Nr.": "Nummer",
        "S.": "Seite",
        "Bd.": "Band",
        "Abs.": "Absatz",
        "Art.": "Artikel",
        "Kap.": "Kapitel",
        "Abb.": "Abbildung",
        "§": "Paragraf",
        "§§": "Paragrafen",
        "Tel.": "Telefon",
    },
    days={
        "Mo": "Montag",
        "Di": "Dienstag",
        "Mi": "Mittwoch",
        "Do": "Donnerstag",
        "Fr": "Freitag",
        "Sa": "Samstag",
        "So": "Sonntag",
    },
    suffixes={"str.": "straße", "Str.": "Straße", "pl.": "platz"},
    score=" zu ",
    per="pro",
    half=("ein halber", "einhalb"),
    parts={3: ("ein Drittel", "Drittel"), 4: ("ein Viertel", "Viertel"), 5: ("ein Fünftel", "Fünftel")},
    reign=_reign,
    reign_mark=".",
    chapters=frozenset({"Kapitel", "Band", "Teil", "Akt", "Artikel", "Buch"}),
    phone="Tel|Telefon|Fax|Hotline|Telefonnummer|Rufnummer",
    decade="er",
)

LOCALE = Locale(
    short=SHORT,
    words="de",
    thousands=". ’'",
    point_word="Komma",
    minus="minus",
    percent=("Prozent",),
    until="bis",
    months=MONTHS["de"],
    short_months={
        "Jan.": "Januar",
        "Feb.": "Februar",
        "Apr.": "April",
        "Aug.": "August",
        "Sept.": "September",
        "Okt.": "Oktober",
        "Nov.": "November",
        "Dez.": "Dezember",
    },
    dates=_date,
    ordinal=_ordinal,
    ordinal_marks=r"\.(?= (?:[a-zäöüA-ZÄÖÜ]{3}|FC\b))",
    currencies={
        "€": (("Euro",), ("Cent",)),
        "EUR": (("Euro",), ("Cent",)),
        "Euro": (("Euro",), ("Cent",)),
        "$": (("Dollar",), ("Cent",)),
        "US$": (("US-Dollar",), ("Cent",)),
        "£": (("Pfund",), ("Pence",)),
        "CHF": (("Franken",), ("Rappen",)),
        "Fr.": (("Franken",), ("Rappen",)),
        "¥": (("Yen",), ()),
    },
    magnitudes={
        "Tsd.": ("tausend",),
        "Mio.": ("Million", "Millionen"),
        "Mio": ("Million", "Millionen"),
        "Mrd.": ("Milliarde", "Milliarden"),
        "Mrd": ("Milliarde", "Milliarden"),
        "Bio.": ("Billion", "Billionen"),
        "Millionen": ("Million", "Millionen"),
        "Milliarden": ("Milliarde", "Milliarden"),
        "Million": ("Million",),
        "Milliarde": ("Milliarde",),
    },
    units=units(
        metre=("Meter",),
        litre=("Liter",),
        gram=("Gramm",),
        tonne=("Tonne", "Tonnen"),
        hour=("Stunde",),
        second=("Sekunde",),
        per=" pro ",
        square="Quadrat",
        cubic="Kubik",
        prefixes={"kilo": "Kilo", "milli": "Milli", "centi": "Zenti", "mega": "Mega", "giga": "Giga"},
        glued=True,
        degrees=("Grad Celsius",),
        degree=("Grad",),
        minute=("Minute", "Minuten"),
        hours=("Stunde", "Stunden"),
        hectare=("Hektar",),
        watt_hour=("Wattstunde", "Wattstunden"),
        kilogram=("Kilogramm",),
        watt=("Watt",),
        byte=("Byte",),
        hertz=("Hertz",),
        volt=("Volt",),
    )
    | {
        "s": ("Sekunde", "Sekunden"),
        "Sek.": ("Sekunde", "Sekunden"),
        "Min.": ("Minute", "Minuten"),
        "Std.": ("Stunde", "Stunden"),
        "EL": ("Esslöffel",),
        "TL": ("Teelöffel",),
        "Mbit/s": ("Megabit pro Sekunde",),
    },
    clock=_clock,
    clock_words=r" ?(?P<word>Uhr|h)\b",
    one=(("eins", "ein"), (" eins", " ein"), ("einhunderteins", "einhundertein")),
    feminine=(("eins", "eine"),),
    feminine_nouns=frozenset({"Million", "Milliarde", "Billion", "Tonne", "Minute", "Stunde", "Sekunde"}),
    year=_year,
)
