"""Metric units built from a language's own words for them."""

Forms = tuple[str, ...]


def units(  # noqa: PLR0913 (a language's words, one by one)
    *,
    metre: Forms,
    litre: Forms,
    gram: Forms,
    kilogram: Forms,
    tonne: Forms,
    hectare: Forms,
    watt: Forms,
    watt_hour: Forms,
    byte: Forms,
    hertz: Forms,
    volt: Forms,
    degrees: Forms,
    degree: Forms,
    minute: Forms,
    hours: Forms,
    hour: str,
    second: str,
    per: str,
    square: str,
    cubic: str,
    glued: bool = False,
    kilo: str = "kilo",
    milli: str = "milli",
    centi: str = "centi",
    mega: str = "mega",
    giga: str = "giga",
) -> dict[str, Forms]:
    """Return symbol and spoken forms of the metric units that news prints.

    `square` and `cubic` go before ("Quadrat", glued to the unit) or behind ("metro quadrato"): a leading space
    tells that they go behind; forms may differ, then they are parted by a bar ("quadrato|quadrati").
    """

    def prefixed(prefix: str, forms: Forms) -> Forms:
        return tuple(prefix + (form[0].lower() + form[1:] if prefix[-1].isalpha() else form) for form in forms)

    def powered(power: str, forms: Forms) -> Forms:
        if not power.startswith(" "):
            return tuple(f"{power}{form[0].lower() + form[1:]}" if glued else f"{power} {form}" for form in forms)
        endings = power.strip().split("|")
        return tuple(f"{form} {endings[min(index, len(endings) - 1)]}" for index, form in enumerate(forms))

    kilometre = prefixed(kilo, metre)
    found = {
        "mm": prefixed(milli, metre),
        "cm": prefixed(centi, metre),
        "m": metre,
        "km": kilometre,
        "mg": prefixed(milli, gram),
        "g": gram,
        "kg": kilogram,
        "t": tonne,
        "ml": prefixed(milli, litre),
        "cl": prefixed(centi, litre),
        "l": litre,
        "L": litre,
        "ha": hectare,
        "W": watt,
        "kW": prefixed(kilo, watt),
        "MW": prefixed(mega, watt),
        "GW": prefixed(giga, watt),
        "kWh": prefixed(kilo, watt_hour),
        "MWh": prefixed(mega, watt_hour),
        "GWh": prefixed(giga, watt_hour),
        "MB": prefixed(mega, byte),
        "GB": prefixed(giga, byte),
        "Hz": hertz,
        "kHz": prefixed(kilo, hertz),
        "MHz": prefixed(mega, hertz),
        "GHz": prefixed(giga, hertz),
        "V": volt,
        "°C": degrees,
        "° C": degrees,
        "°": degree,
        "min": minute,
        "h": hours,
    }
    found |= {
        "km/h": tuple(f"{form}{per}{hour}" for form in kilometre),
        "m/s": tuple(f"{form}{per}{second}" for form in metre),
    }
    for name in ("m", "km", "cm"):
        found[f"{name}²"] = found[f"{name}2"] = powered(square, found[name])
        found[f"{name}³"] = found[f"{name}3"] = powered(cubic, found[name])
    return found
