"""Portuguese, European and Brazilian."""

from msgspec.structs import replace
from num2words import num2words

from earmark.spoken.locales.genders import gender
from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="pt"))


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{'um' if day == 1 else _cardinal(day)} de {month}"
    return f"{said} de {_cardinal(year)}" if year else said


def _date_brazil(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{'primeiro' if day == 1 else num2words(day, lang='pt_BR')} de {month}"
    return f"{said} de {num2words(year, lang='pt_BR')}" if year else said


def _ordinal(number: int, _before: str, mark: str) -> str | None:
    said = str(num2words(number, lang="pt", to="ordinal"))
    if not mark.endswith("ª"):
        return said
    return " ".join(f"{word[:-1]}a" if word.endswith("o") else word for word in said.split())


def _clock(hour: int, minute: int, _word: str) -> str:
    hours = {1: "uma", 2: "duas", 21: "vinte e uma", 22: "vinte e duas"}.get(hour) or _cardinal(hour)
    return f"{hours} e {_cardinal(minute)}" if minute else f"{hours} {'hora' if hour == 1 else 'horas'}"


def _reign(number: int) -> str:
    return str(num2words(number, lang="pt", to="ordinal" if number <= 10 else "cardinal"))  # noqa: PLR2004 (beyond they count)


SHORT = ShortForms(
    anywhere={
        "p. ex.": "por exemplo",
        "p.ex.": "por exemplo",
        "etc.": "etcétera",
        "a.C.": "antes de Cristo",
        "d.C.": "depois de Cristo",
        "aprox.": "aproximadamente",
        "EUA": "Estados Unidos",
    },
    titles={
        "Sr.": "senhor",
        "Sra.": "senhora",
        "Dr.": "doutor",
        "Dra.": "doutora",
        "Prof.": "professor",
        "Profa.": "professora",
        "D.": "dom",
        "Eng.": "engenheiro",
    },
    numbered={
        "n.º": "número",
        "nº": "número",
        "N.º": "número",
        "p.": "página",
        "pág.": "página",
        "págs.": "páginas",
        "cap.": "capítulo",
        "art.": "artigo",
        "vol.": "volume",
        "tel.": "telefone",
        "Tel.": "telefone",
    },
    score=" a ",
    per="por",
    half=("meio", " e meio"),
    parts={3: ("um terço", "terços"), 4: ("um quarto", "quartos"), 5: ("um quinto", "quintos")},
    reign=_reign,
    chapters=frozenset({"Capítulo", "Tomo", "Livro", "Ato", "Acto", "Artigo"}),
    phone="[Tt]el(?:efone)?|[Ff]ax",
    leads="às |das ",
)

LOCALE = Locale(
    short=SHORT,
    words="pt",
    thousands=". ",
    point_word="vírgula",
    minus="menos",
    percent=("por cento",),
    until="a",
    months=MONTHS["pt"],
    dates=_date,
    of_month=" de",
    ordinal=_ordinal,
    century=r"(?<=século )(?P<r>[IVX]{1,5})(?!\w)",
    century_counts=True,
    ordinal_marks=r"(?P<mark>\.?[ºª°])(?!\w)",
    currencies={
        "€": (("euro", "euros"), ("cêntimo", "cêntimos")),
        "EUR": (("euro", "euros"), ("cêntimo", "cêntimos")),
        "euros": (("euro", "euros"), ("cêntimo", "cêntimos")),
        "R$": (("real", "reais"), ("centavo", "centavos")),
        "$": (("dólar", "dólares"), ("cêntimo", "cêntimos")),
        "US$": (("dólar", "dólares"), ("cêntimo", "cêntimos")),
        "£": (("libra", "libras"), ("pêni", "pence")),
        "¥": (("iene", "ienes"), ()),
    },
    magnitudes={
        "milhões": ("milhão", "milhões"),
        "milhão": ("milhão",),
        "mil milhões": ("mil milhões",),
        "bilhões": ("bilhão", "bilhões"),
        "bilhão": ("bilhão",),
        "mil": ("mil",),
        "M": ("milhão", "milhões"),
    },
    units=units(
        metre=("metro", "metros"),
        litre=("litro", "litros"),
        gram=("grama", "gramas"),
        kilogram=("quilograma", "quilogramas"),
        tonne=("tonelada", "toneladas"),
        hectare=("hectare", "hectares"),
        watt=("watt", "watts"),
        watt_hour=("watt-hora", "watts-hora"),
        byte=("byte", "bytes"),
        hertz=("hertz",),
        volt=("volt", "volts"),
        degrees=("grau Celsius", "graus Celsius"),
        degree=("grau", "graus"),
        minute=("minuto", "minutos"),
        hours=("hora", "horas"),
        hour=("hora",),
        second=("segundo",),
        per=" por ",
        square=" quadrado|quadrados",
        cubic=" cúbico|cúbicos",
        prefixes={"kilo": "quilo", "milli": "mili", "centi": "centí"},
    )
    | {
        "km": ("quilómetro", "quilómetros"),
        "km/h": ("quilómetro por hora", "quilómetros por hora"),
        "mm": ("milímetro", "milímetros"),
        "cl": ("centilitro", "centilitros"),
        "km²": ("quilómetro quadrado", "quilómetros quadrados"),
    },
    clock=_clock,
    clock_words=r" ?(?P<word>h|horas)\b",
    pairs=True,
    feminine=(("um", "uma"), (" um", " uma"), ("dois", "duas"), (" dois", " duas")),
    feminine_hundreds=(
        ("centos", "centas"),
        ("duzentos", "duzentas"),
        ("trezentos", "trezentas"),
        ("quinhentos", "quinhentas"),
    ),
    gender=gender,
    feminine_nouns=frozenset({"libra", "libras", "tonelada", "toneladas", "hora", "horas"}),
    change=" e {0}",
    linking=" de ",
)
BRAZIL = replace(
    LOCALE,
    words="pt_BR",
    dates=_date_brazil,
    units=LOCALE.units
    | {
        "km": ("quilômetro", "quilômetros"),
        "km/h": ("quilômetro por hora", "quilômetros por hora"),
        "km²": ("quilômetro quadrado", "quilômetros quadrados"),
    },
)
