"""French."""

from num2words import num2words

from earmark.spoken.locales.locale import Locale
from earmark.spoken.locales.metric import units
from earmark.spoken.locales.months import MONTHS
from earmark.spoken.locales.short_forms import ShortForms


def _cardinal(number: int) -> str:
    return str(num2words(number, lang="fr"))


def _date(day: int, month: str, year: int | None, _before: str) -> str:
    said = f"{'premier' if day == 1 else _cardinal(day)} {month}"
    return f"{said} {_cardinal(year)}" if year else said


def _ordinal(number: int, _before: str, mark: str) -> str:
    if number == 1:
        return "première" if mark in {"re", "ère", "ere", "ʳᵉ"} else "premier"
    said = str(num2words(number, lang="fr", to="ordinal"))
    if mark in {"nd", "nde"}:
        return "second" if mark == "nd" else "seconde"
    return f"{said}s" if mark.endswith("s") else said


def _clock(hour: int, minute: int, _word: str) -> str:
    hours = "une heure" if hour == 1 else "zéro heure" if hour == 0 else f"{_hour(hour)} heures"
    return f"{hours} {_hour(minute)}" if minute else hours


def _hour(number: int) -> str:
    said = _cardinal(number)
    return f"{said[:-2]}une" if said.endswith(" un") else said


def _reign(number: int) -> str:
    return str(num2words(number, lang="fr"))


SHORT = ShortForms(
    anywhere={
        "p. ex.": "par exemple",
        "p.ex.": "par exemple",
        "c.-à-d.": "c’est-à-dire",
        "env.": "environ",
        "c. à s.": "cuillères à soupe",
        "c. à c.": "cuillères à café",
        "c.à.s.": "cuillères à soupe",
        "c.à.c.": "cuillères à café",
        "St-": "Saint-",
        "Ste-": "Sainte-",
        "av. J.-C.": "avant Jésus-Christ",
        "apr. J.-C.": "après Jésus-Christ",
    },
    titles={
        "M.": "monsieur",
        "MM.": "messieurs",
        "Mme": "madame",
        "Mmes": "mesdames",
        "Mlle": "mademoiselle",
        "Dr": "docteur",
        "Pr": "professeur",
        "Me": "maître",
        "Mgr": "monseigneur",
    },
    numbered={
        "n°": "numéro",
        "N°": "numéro",
        "nº": "numéro",
        "no": "numéro",
        "p.": "page",
        "pp.": "pages",
        "chap.": "chapitre",
        "art.": "article",
        "vol.": "volume",
        "fig.": "figure",
        "Tél.": "téléphone",
    },
    days={
        "lun.": "lundi",
        "mar.": "mardi",
        "mer.": "mercredi",
        "jeu.": "jeudi",
        "ven.": "vendredi",
        "sam.": "samedi",
        "dim.": "dimanche",
    },
    score=" à ",
    per="par",
    half=("un demi", " et demi"),
    parts={3: ("un tiers", "tiers"), 4: ("un quart", "quarts"), 5: ("un cinquième", "cinquièmes")},
    reign=_reign,
    chapters=frozenset({"Chapitre", "Tome", "Livre", "Acte", "Article", "Titre"}),
    phone="[Tt]él(?:éphone)?|appelez le|[Ff]ax|au",
    pairs=True,
)

LOCALE = Locale(
    short=SHORT,
    words="fr",
    thousands=" .",
    point_word="virgule",
    minus="moins",
    percent=("pour cent",),
    until="à",
    months=MONTHS["fr"],
    short_months={
        "janv.": "janvier",
        "févr.": "février",
        "avr.": "avril",
        "juill.": "juillet",
        "sept.": "septembre",
        "oct.": "octobre",
        "nov.": "novembre",
        "déc.": "décembre",
    },
    dates=_date,
    ordinal=_ordinal,
    century=r"(?P<r>[IVX]{1,5})(?:er|e|ᵉʳ|ᵉ|ème)(?= siècle)",
    ordinal_marks=r"(?P<mark>ers?|res?|ère|ere|nde?|es?|èmes?|ème|ᵉ|ᵉʳ)(?!\w)",
    currencies={
        "€": (("euro", "euros"), ("centime", "centimes")),
        "EUR": (("euro", "euros"), ("centime", "centimes")),
        "euros": (("euro", "euros"), ("centime", "centimes")),
        "$": (("dollar", "dollars"), ("cent", "cents")),
        "US$": (("dollar américain", "dollars américains"), ("cent", "cents")),
        "£": (("livre", "livres"), ("penny", "pence")),
        "CHF": (("franc suisse", "francs suisses"), ("centime", "centimes")),
        "¥": (("yen", "yens"), ()),
    },
    magnitudes={
        "M": ("million", "millions"),
        "Md": ("milliard", "milliards"),
        "Mds": ("milliard", "milliards"),
        "millions": ("million", "millions"),
        "milliards": ("milliard", "milliards"),
        "million": ("million",),
        "milliard": ("milliard",),
        "k": ("mille",),
    },
    units=units(
        metre=("mètre", "mètres"),
        litre=("litre", "litres"),
        gram=("gramme", "grammes"),
        kilogram=("kilogramme", "kilogrammes"),
        tonne=("tonne", "tonnes"),
        hectare=("hectare", "hectares"),
        watt=("watt", "watts"),
        watt_hour=("wattheure", "wattheures"),
        byte=("octet", "octets"),
        hertz=("hertz",),
        volt=("volt", "volts"),
        degrees=("degré Celsius", "degrés Celsius"),
        degree=("degré", "degrés"),
        minute=("minute", "minutes"),
        hours=("heure", "heures"),
        hour=("heure",),
        second=("seconde",),
        per=" par ",
        square=" carré|carrés",
        cubic=" cube|cubes",
        prefixes={"mega": "méga"},
    )
    | {
        "s": ("seconde", "secondes"),
        "Mo": ("mégaoctet", "mégaoctets"),
        "Go": ("gigaoctet", "gigaoctets"),
        "To": ("téraoctet", "téraoctets"),
    },
    clock=_clock,
    clock_words=r" ?(?P<word>h|heures?)\b",
    pairs=True,
    feminine=(("un", "une"), (" un", " une")),
    feminine_nouns=frozenset({"livre", "livres", "tonne", "tonnes", "minute", "minutes", "heure", "heures"}),
    linking=" d’|de",
    plural=lambda number: 0 if number < 2 else 1,  # noqa: PLR2004 (French has its plural from two)
)
