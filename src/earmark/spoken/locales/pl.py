"""Polish."""

from num2words import num2words

from earmark.spoken.locales import ordered, words
from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms

_UNITS = ordered(
    "zerowego pierwszego drugiego trzeciego czwartego piątego szóstego siódmego ósmego dziewiątego dziesiątego jedenastego dwunastego trzynastego"
    " czternastego piętnastego szesnastego siedemnastego osiemnastego dziewiętnastego"
)
_TENS = [
    "_",
    "dziesiątego",
    "dwudziestego",
    "trzydziestego",
    "czterdziestego",
    "pięćdziesiątego",
    "sześćdziesiątego",
    "siedemdziesiątego",
    "osiemdziesiątego",
    "dziewięćdziesiątego",
]
_HOURS = [
    "zerowa",
    "pierwsza",
    "druga",
    "trzecia",
    "czwarta",
    "piąta",
    "szósta",
    "siódma",
    "ósma",
    "dziewiąta",
    "dziesiąta",
    "jedenasta",
    "dwunasta",
    "trzynasta",
    "czternasta",
    "piętnasta",
    "szesnasta",
    "siedemnasta",
    "osiemnasta",
    "dziewiętnasta",
    "dwudziesta",
    "dwudziesta+pierwsza",
    "dwudziesta+druga",
    "dwudziesta+trzecia",
    "dwudziesta+czwarta",
]


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="pl"))


def _genitive(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{_TENS[tens]} {_UNITS[unit]}" if unit else _TENS[tens]


def _year(number: int) -> str:
    """Say a year in the genitive that a date asks for, where its last two figures carry the ending."""
    hundreds, rest = divmod(number, 100)
    return f"{_cardinal(hundreds * 100)} {_genitive(rest)}" if rest else _cardinal(number)


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{_genitive(day)} {month}"
    return f"{said} {_year(year)}" if year else said


def _ordinal(number: int, _before: str, _mark: str) -> str:
    return str(num2words(number, lang="pl", to="ordinal"))


def _clock(hour: int, minute: int, word: str) -> str:
    said = _HOURS[hour].replace("+", " ")
    if word in {"o", "O", "po", "Po"}:
        said = " ".join(
            f"{part[:-2]}giej"
            if part == "druga"
            else f"{part[:-1]}{'e' if part.endswith('ia') else 'ej'}".replace("iee", "iej")
            for part in said.split()
        )
        said = said.replace("trzecie", "trzeciej")
    return f"{said} {'zero ' if 0 < minute < 10 else ''}{_cardinal(minute)}" if minute else said  # noqa: PLR2004 (zero pięć)


def _plural(number: int) -> int:
    if number == 1:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2  # noqa: PLR2004 (Polish counts so)


SHORT = ShortForms(
    anywhere={
        "np.": "na przykład",
        "itd.": "i tak dalej",
        "itp.": "i tym podobne",
        "m.in.": "między innymi",
        "m. in.": "między innymi",
        "tzn.": "to znaczy",
        "tj.": "to jest",
        "tzw.": "tak zwany",
        "ok.": "około",
        "n.e.": "naszej ery",
        "p.n.e.": "przed naszą erą",
        "tys.": "tysięcy",
    },
    titles={
        "dr": "doktor",
        "Dr": "Doktor",
        "prof.": "profesor",
        "Prof.": "Profesor",
        "mgr": "magister",
        "inż.": "inżynier",
        "gen.": "generał",
        "ks.": "ksiądz",
        "św.": "święty",
        "ul.": "ulicy",
        "al.": "alei",
        "pl.": "placu",
    },
    numbered={
        "nr": "numer",
        "str.": "strona",
        "s.": "strona",
        "art.": "artykuł",
        "rozdz.": "rozdział",
        "tel.": "telefon",
    },
    days={
        "pn.": "poniedziałek",
        "wt.": "wtorek",
        "śr.": "środa",
        "czw.": "czwartek",
        "pt.": "piątek",
        "sob.": "sobota",
        "niedz.": "niedziela",
    },
    per="za",
    half=("pół", " i pół"),
    parts={3: ("jedna trzecia", "trzecie"), 4: ("jedna czwarta", "czwarte"), 5: ("jedna piąta", "piąte")},
    phone="[Tt]el(?:efon)?",
)

LOCALE = Locale(
    short=SHORT,
    words="pl",
    thousands=" .",
    point_word="przecinek",
    minus="minus",
    percent=("procent", "procent", "procent"),
    until="do",
    months=MONTHS["pl"],
    dates=_date,
    ordinal=_ordinal,
    century=r"(?P<r>[IVX]{1,5})(?= wiek)",
    ordinal_marks=r"(?P<mark>\.)(?= (?:raz|dzień|tydzień|sezon|etap|wiek))",
    currencies={
        "zł": (("złoty", "złote", "złotych"), ("grosz", "grosze", "groszy")),
        "PLN": (("złoty", "złote", "złotych"), ("grosz", "grosze", "groszy")),
        "€": (("euro",), ("cent", "centy", "centów")),
        "EUR": (("euro",), ("cent", "centy", "centów")),
        "euro": (("euro",), ("cent", "centy", "centów")),
        "$": (("dolar", "dolary", "dolarów"), ("cent", "centy", "centów")),
        "USD": (("dolar", "dolary", "dolarów"), ("cent", "centy", "centów")),
        "£": (("funt", "funty", "funtów"), ("pens", "pensy", "pensów")),
    },
    magnitudes={
        "tys.": ("tysiąc", "tysiące", "tysięcy", "tysiąca"),
        "mln": ("milion", "miliony", "milionów", "miliona"),
        "mld": ("miliard", "miliardy", "miliardów", "miliarda"),
    },
    units=units(
        metre=("metr", "metry", "metrów"),
        litre=("litr", "litry", "litrów"),
        gram=("gram", "gramy", "gramów"),
        kilogram=("kilogram", "kilogramy", "kilogramów"),
        tonne=("tona", "tony", "ton"),
        hectare=("hektar", "hektary", "hektarów"),
        watt=("wat", "waty", "watów"),
        watt_hour=("watogodzina", "watogodziny", "watogodzin"),
        byte=("bajt", "bajty", "bajtów"),
        hertz=("herc", "herce", "herców"),
        volt=("wolt", "wolty", "woltów"),
        degrees=("stopień Celsjusza", "stopnie Celsjusza", "stopni Celsjusza"),
        degree=("stopień", "stopnie", "stopni"),
        minute=("minuta", "minuty", "minut"),
        hours=("godzina", "godziny", "godzin"),
        hour=("godzinę",),
        second=("sekundę",),
        per=" na ",
        square=" kwadratowy|kwadratowe|kwadratowych",
        cubic=" sześcienny|sześcienne|sześciennych",
        prefixes={"milli": "mili", "centi": "centy"},
    )
    | {
        "km": ("kilometr", "kilometry", "kilometrów"),
        "cm": ("centymetr", "centymetry", "centymetrów"),
        "mm": ("milimetr", "milimetry", "milimetrów"),
    },
    clock=_clock,
    clock_words=r"(?<=godz\. \d\.\d\d)|(?<=godz\. \d\d\.\d\d)|(?<=godzinie \d\.\d\d)|(?<=godzinie \d\d\.\d\d)",
    pairs=True,
    feminine=(("jeden", "jedna"), ("dwa", "dwie"), (" dwa", " dwie")),
    feminine_nouns=words(
        "tona tony ton minuta minuty godzina godziny kobieta kobiety osoba osoby dziewczyna dziewczyny rodzina rodziny"
        " firma firmy szkoła szkoły drużyna drużyny gmina gminy ofiara ofiary partia partie bramka bramki strona strony"
        " noc noce godzinę książka książki gwiazda gwiazdy metoda metody umowa umowy ustawa ustawy sekunda sekundy"
        " wersja wersje spółka spółki karta karty ulica ulice rakieta rakiety kampania kampanie decyzja decyzje córka córki"
    ),
    change=" {0} {1}",
    year=_cardinal,
    plural=_plural,
)
