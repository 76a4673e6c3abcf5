"""Currencies as newspapers print them: singular, plural, and the hundredth part."""

from typing import NamedTuple


class Currency(NamedTuple):
    """The words of a currency; `small` is empty where it has no part in use."""

    one: str
    many: str
    small: tuple[str, str] | tuple[()] = ()


_CENT = ("cent", "cents")
_POUND = Currency("pound", "pounds", ("penny", "pence"))
_DOLLAR = Currency("dollar", "dollars", _CENT)
_EURO = Currency("euro", "euros", _CENT)
_YEN = Currency("yen", "yen")
_RUPEE = Currency("rupee", "rupees", ("paisa", "paise"))


def _dollar(of: str) -> Currency:
    return Currency(f"{of} dollar", f"{of} dollars", _CENT)


# Before the figure.
SYMBOLS = {
    "£": _POUND,
    "$": _DOLLAR,
    "€": _EURO,
    "¥": _YEN,
    "₹": _RUPEE,
    "Rs": _RUPEE,
    "Rs.": _RUPEE,
    "US$": _dollar("US"),
    "A$": _dollar("Australian"),
    "AU$": _dollar("Australian"),
    "C$": _dollar("Canadian"),
    "CA$": _dollar("Canadian"),
    "NZ$": _dollar("New Zealand"),
    "HK$": _dollar("Hong Kong"),
    "S$": _dollar("Singapore"),
    "R$": Currency("real", "reais"),
    "₽": Currency("rouble", "roubles"),
    "₩": Currency("won", "won"),
    "₪": Currency("shekel", "shekels"),
    "₺": Currency("lira", "lira"),
    "₴": Currency("hryvnia", "hryvnias"),
    "₦": Currency("naira", "naira"),
    "฿": Currency("baht", "baht"),
    "₫": Currency("dong", "dong"),
    "₿": Currency("bitcoin", "bitcoins"),
    "₱": Currency("peso", "pesos"),
    "IR£": Currency("Irish pound", "Irish pounds", ("penny", "pence")),
    "kr": Currency("krona", "kronor"),
    "Kr": Currency("krona", "kronor"),
    "E£": Currency("Egyptian pound", "Egyptian pounds"),
    "CN¥": Currency("yuan", "yuan"),
    "NT$": _dollar("Taiwan"),
}
# Before or behind it, in capitals.
CODES = {
    "GBP": _POUND,
    "USD": _dollar("US"),
    "EUR": _EURO,
    "JPY": _YEN,
    "INR": _RUPEE,
    "CHF": Currency("Swiss franc", "Swiss francs"),
    "AUD": _dollar("Australian"),
    "CAD": _dollar("Canadian"),
    "NZD": _dollar("New Zealand"),
    "HKD": _dollar("Hong Kong"),
    "CNY": Currency("yuan", "yuan"),
    "RMB": Currency("renminbi", "renminbi"),
    "SEK": Currency("Swedish krona", "Swedish kronor"),
    "NOK": Currency("Norwegian krone", "Norwegian kroner"),
    "DKK": Currency("Danish krone", "Danish kroner"),
    "PLN": Currency("zloty", "zlotys"),
    "ZAR": Currency("rand", "rand"),
    "RUB": Currency("rouble", "roubles"),
    "BRL": Currency("real", "reais"),
    "MXN": Currency("Mexican peso", "Mexican pesos"),
    "KRW": Currency("won", "won"),
    "SGD": _dollar("Singapore"),
    "TRY": Currency("lira", "lira"),
    "ILS": Currency("shekel", "shekels"),
    "UAH": Currency("hryvnia", "hryvnias"),
    "SAR": Currency("riyal", "riyals"),
    "AED": Currency("dirham", "dirhams"),
}
# Behind the figure.
BEHIND = {
    "€": _EURO,
    "£": _POUND,
    "$": _DOLLAR,
    "¥": _YEN,
    "₽": Currency("rouble", "roubles"),
    "zł": Currency("zloty", "zlotys"),
    "kr": Currency("krona", "kronor"),
}
# Behind a sum: rents, pay, prices of holidays.
RATES = {
    "pa": "per annum",
    "p.a": "per annum",
    "p.a.": "per annum",
    "p/a": "per annum",
    "pcm": "per calendar month",
    "pm/pcm": "per calendar month",
    "pw": "per week",
    "pn": "per night",
    "p.w.": "per week",
    "pp": "per person",
    "pppn": "per person per night",
    "ph": "per hour",
    "psf": "per square foot",
}
SMALL = {"p": ("penny", "pence"), "¢": _CENT}
