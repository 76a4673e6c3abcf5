"""Spanish."""

from num2words import num2words

from earmark.spoken.locales.genders import gender
from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="es")).replace("veintiuno mil", "veintiún mil").replace("y uno mil", "y un mil")


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{'uno' if day == 1 else _cardinal(day)} de {month}"
    return f"{said} de {_cardinal(year)}" if year else said


def _ordinal(number: int, _before: str, mark: str) -> str | None:
    if number > 20:  # noqa: PLR2004 (beyond, Spanish counts: "el cincuenta aniversario")
        return _cardinal(number)
    said = str(num2words(number, lang="es", to="ordinal"))
    if mark.endswith(("ª", "a")):
        return f"{said[:-1]}a"
    return said[:-1] if mark.endswith("er") and said.endswith("ero") else said


def _clock(hour: int, minute: int, _word: str) -> str:
    hours = "una" if hour == 1 else "veintiuna" if hour == 21 else _cardinal(hour)  # noqa: PLR2004 (las veintiuna horas)
    if 0 < minute < 10:  # noqa: PLR2004 ("las ocho y cinco")
        return f"{hours} y {_cardinal(minute)}"
    return f"{hours} {_cardinal(minute)}" if minute else f"{hours} {'hora' if hour == 1 else 'horas'}"


def _reign(number: int) -> str:
    return str(num2words(number, lang="es", to="ordinal" if number <= 10 else "cardinal"))  # noqa: PLR2004 (beyond they count)


SHORT = ShortForms(
    anywhere={
        "p. ej.": "por ejemplo",
        "p.ej.": "por ejemplo",
        "EE. UU.": "Estados Unidos",
        "EE.UU.": "Estados Unidos",
        "EEUU": "Estados Unidos",
        "a. C.": "antes de Cristo",
        "d. C.": "después de Cristo",
        "aprox.": "aproximadamente",
        "cda.": "cucharada",
        "cdas.": "cucharadas",
        "cdta.": "cucharadita",
        "cdtas.": "cucharaditas",
        "c/": "calle",
        "C/": "calle",
        "Avda.": "avenida",
        "S. M.": "Su Majestad",
    },
    titles={
        "Sr.": "señor",
        "Sra.": "señora",
        "Sres.": "señores",
        "Srta.": "señorita",
        "Dr.": "doctor",
        "Dra.": "doctora",
        "Lic.": "licenciado",
        "Prof.": "profesor",
        "D.": "don",
        "Dña.": "doña",
    },
    numbered={
        "N.º": "número",
        "n.º": "número",
        "nº": "número",
        "Nº": "número",
        "núm.": "número",
        "pág.": "página",
        "págs.": "páginas",
        "cap.": "capítulo",
        "art.": "artículo",
        "vol.": "volumen",
        "km": "kilómetro",
        "Tel.": "teléfono",
        "tel.": "teléfono",
    },
    days={
        "lun.": "lunes",
        "mar.": "martes",
        "mié.": "miércoles",
        "jue.": "jueves",
        "vie.": "viernes",
        "sáb.": "sábado",
        "dom.": "domingo",
    },
    score=" a ",
    per="por",
    half=("medio", " y medio"),
    parts={3: ("un tercio", "tercios"), 4: ("un cuarto", "cuartos"), 5: ("un quinto", "quintos")},
    reign=_reign,
    chapters=frozenset({"Capítulo", "Tomo", "Libro", "Acto", "Artículo", "Título"}),
    phone="[Tt]el(?:éfono)?|[Tt]fno|[Ff]ax|llame al",
    leads=r"a las |las |de las |de (?=\d{1,2}\.\d\d a )",
)

LOCALE = Locale(
    short=SHORT,
    words="es",
    thousands=". ",
    point_word="coma",
    minus="menos",
    percent=("por ciento",),
    until="a",
    months=MONTHS["es"],
    dates=_date,
    of_month=" de",
    ordinal=_ordinal,
    century=r"(?<=siglo )(?P<r>[IVX]{1,5})(?!\w)",
    century_counts=True,
    shortened=("primero", "tercero"),
    ordinal_marks=r"(?P<mark>\.?[ºª°]|er|\.er)(?!\w)",
    currencies={
        "€": (("euro", "euros"), ("céntimo", "céntimos")),
        "EUR": (("euro", "euros"), ("céntimo", "céntimos")),
        "euros": (("euro", "euros"), ("céntimo", "céntimos")),
        "$": (("dólar", "dólares"), ("centavo", "centavos")),
        "US$": (("dólar estadounidense", "dólares estadounidenses"), ("centavo", "centavos")),
        "£": (("libra", "libras"), ("penique", "peniques")),
        "¥": (("yen", "yenes"), ()),
    },
    magnitudes={
        "M": ("millón", "millones"),
        "millones": ("millón", "millones"),
        "millón": ("millón",),
        "mil": ("mil",),
        "mil millones": ("mil millones",),
    },
    units=units(
        metre=("metro", "metros"),
        litre=("litro", "litros"),
        gram=("gramo", "gramos"),
        kilogram=("kilogramo", "kilogramos"),
        tonne=("tonelada", "toneladas"),
        hectare=("hectárea", "hectáreas"),
        watt=("vatio", "vatios"),
        watt_hour=("vatio hora", "vatios hora"),
        byte=("byte", "bytes"),
        hertz=("hercio", "hercios"),
        volt=("voltio", "voltios"),
        degrees=("grado Celsius", "grados Celsius"),
        degree=("grado", "grados"),
        minute=("minuto", "minutos"),
        hours=("hora", "horas"),
        hour=("hora",),
        second=("segundo",),
        per=" por ",
        square=" cuadrado|cuadrados",
        cubic=" cúbico|cúbicos",
        prefixes={"milli": "mili", "centi": "centí"},
    )
    | {
        "s": ("segundo", "segundos"),
        "km": ("kilómetro", "kilómetros"),
        "mm": ("milímetro", "milímetros"),
        "km/h": ("kilómetro por hora", "kilómetros por hora"),
        "cl": ("centilitro", "centilitros"),
        "km²": ("kilómetro cuadrado", "kilómetros cuadrados"),
    },
    clock=_clock,
    clock_words=r" ?(?P<word>h|horas)\b\.?",
    pairs=True,
    one=(("uno", "un"), (" uno", " un"), ("veintiuno", "veintiún")),
    feminine=(("uno", "una"), (" uno", " una"), ("veintiuno", "veintiuna")),
    feminine_hundreds=(("cientos", "cientas"), ("quinientos", "quinientas")),
    gender=gender,
    feminine_nouns=frozenset({"libra", "libras", "tonelada", "toneladas", "hora", "horas", "hectárea", "hectáreas"}),
    linking=" de ",
    repairs=(("veintiuno mil", "veintiún mil"), ("y uno mil", "y un mil")),
)
