"""Metric units built from a language's own words for them."""

Forms = tuple[str, ...]

_PREFIXES = {"kilo": "kilo", "milli": "milli", "centi": "centi", "mega": "mega", "giga": "giga"}
# Symbol: prefix, "" for none, and the word of the language that `units` is given.
_SYMBOLS = {
    "mm": ("milli", "metre"),
    "cm": ("centi", "metre"),
    "m": ("", "metre"),
    "km": ("kilo", "metre"),
    "mg": ("milli", "gram"),
    "g": ("", "gram"),
    "kg": ("", "kilogram"),
    "t": ("", "tonne"),
    "ml": ("milli", "litre"),
    "cl": ("centi", "litre"),
    "l": ("", "litre"),
    "L": ("", "litre"),
    "ha": ("", "hectare"),
    "W": ("", "watt"),
    "kW": ("kilo", "watt"),
    "MW": ("mega", "watt"),
    "GW": ("giga", "watt"),
    "kWh": ("kilo", "watt_hour"),
    "MWh": ("mega", "watt_hour"),
    "GWh": ("giga", "watt_hour"),
    "MB": ("mega", "byte"),
    "GB": ("giga", "byte"),
    "Hz": ("", "hertz"),
    "kHz": ("kilo", "hertz"),
    "MHz": ("mega", "hertz"),
    "GHz": ("giga", "hertz"),
    "V": ("", "volt"),
    "°C": ("", "degrees"),
    "° C": ("", "degrees"),
    "ºC": ("", "degrees"),
    "°": ("", "degree"),
    "min": ("", "minute"),
    "h": ("", "hours"),
}
# Symbol: what moves, and the word for the time behind "per".
_SPEEDS = {"km/h": ("km", "hour"), "m/s": ("m", "second")}


def units(
    *, per: str, square: str, cubic: str, glued: bool = False, prefixes: dict[str, str] | None = None, **words: Forms
) -> dict[str, Forms]:
    """Return symbol and spoken forms of the metric units that news prints.

    `words` are the language's own: metre, litre, gram, kilogram, tonne, hectare, watt, watt_hour, byte, hertz, volt,
    degrees (Celsius), degree, minute, hours; hour and second as they stand behind `per`. `prefixes` are those that
    differ from "kilo", "milli", …. `square` and `cubic` go before ("Quadrat", `glued` to the unit) or behind
    ("metro quadrato"): a leading space tells that they go behind; forms may differ, then they are parted by a bar
    ("quadrato|quadrati").
    """
    said = _PREFIXES | (prefixes or {})
    found = {
        symbol: _prefixed(said[prefix], words[word]) if prefix else words[word]
        for symbol, (prefix, word) in _SYMBOLS.items()
    }
    for symbol, (moved, time) in _SPEEDS.items():
        found[symbol] = tuple(f"{form}{per}{words[time][0]}" for form in found[moved])
    for name in ("m", "km", "cm"):
        found[f"{name}²"] = found[f"{name}2"] = _powered(square, found[name], glued=glued)
        found[f"{name}³"] = found[f"{name}3"] = _powered(cubic, found[name], glued=glued)
    return found


def _prefixed(prefix: str, forms: Forms) -> Forms:
    return tuple(prefix + (form[0].lower() + form[1:] if prefix[-1].isalpha() else form) for form in forms)


def _powered(power: str, forms: Forms, *, glued: bool) -> Forms:
    if not power.startswith(" "):
        return tuple(f"{power}{form[0].lower() + form[1:]}" if glued else f"{power} {form}" for form in forms)
    endings = power.strip().split("|")
    return tuple(f"{form} {endings[min(index, len(endings) - 1)]}" for index, form in enumerate(forms))
