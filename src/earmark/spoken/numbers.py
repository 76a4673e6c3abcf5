"""English number words: cardinals, ordinals, years, decimals, digits."""

from earmark.spoken.locales.en_numbers import FRACTIONS, ORDINALS, SCALES, TENS, UNITS

_LONGEST = 15  # digits that still have a name a listener can follow: 999 trillion


def cardinal(number: int, *, american: bool = False) -> str:
    """Return the words of a whole number below 10**15: "one hundred and five", American "one hundred five"."""
    if number < 0:
        return f"minus {cardinal(-number, american=american)}"
    words: list[str] = []
    rest = number
    for scale, name in SCALES:
        count, rest = divmod(rest, scale)
        if count:
            words.append(f"{_below_thousand(count, american=american)} {name}")
    if rest or not words:
        joint = "and " if words and rest < 100 and not american else ""  # noqa: PLR2004 ("one thousand and five")
        words.append(joint + _below_thousand(rest, american=american))
    return " ".join(words)


def _below_thousand(number: int, *, american: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_hundred(rest)
    words = f"{UNITS[hundreds]} hundred"
    if not rest:
        return words
    return f"{words} {below_hundred(rest)}" if american else f"{words} and {below_hundred(rest)}"


def below_hundred(number: int) -> str:
    """Return the words of 0 to 99."""
    if number < len(UNITS):
        return UNITS[number]
    tens, unit = divmod(number, 10)
    return f"{TENS[tens]}-{UNITS[unit]}" if unit else TENS[tens]


def ordinal(number: int, *, american: bool = False) -> str:
    """Return "twenty-first" for 21."""
    words = cardinal(number, american=american)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return words[:cut] + ORDINALS.get(last, regular)


def year(number: int, *, american: bool = False) -> str:
    """Return a year as it is said: 1066 "ten sixty-six", 1901 "nineteen oh one", 2005 "two thousand and five"."""
    century, rest = divmod(number, 100)
    if number < 1000 or number > 9999 or (century % 10 == 0 and rest < 10):  # noqa: PLR2004 (years of four digits; 2000 to 2009)
        return cardinal(number, american=american)
    if not rest:
        return f"{below_hundred(century)} hundred"
    if rest < 10:  # noqa: PLR2004 ("nineteen oh one")
        return f"{below_hundred(century)} oh {UNITS[rest]}"
    return f"{below_hundred(century)} {below_hundred(rest)}"


def decade(number: int, *, american: bool = False) -> str:
    """Return "nineteen nineties" for 1990, "nineties" for 90, "nineteen hundreds" for 1900."""
    words = year(number, american=american) if number >= 1000 else cardinal(number)  # noqa: PLR2004 (a century is printed)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def digits(text: str, *, zero: str = "zero") -> str:
    """Return the digits of `text` one by one; everything else in it is passed over."""
    return " ".join(UNITS[int(digit)] if int(digit) else zero for digit in text if digit.isdecimal())


def number(text: str, *, american: bool = False) -> str:
    """Return the words of digits with thousands separators and a decimal point, as printed in English.

    What has a leading zero or more than fifteen digits is said digit by digit.
    """
    whole, point, part = text.replace(",", "").replace(" ", "").partition(".")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0"):
        words = digits(whole)
    elif whole:
        words = cardinal(int(whole), american=american)
    else:
        words = ""
    if not point:
        return words
    return f"{words} point {digits(part)}".strip()


def fraction(numerator: int, denominator: int, *, american: bool = False) -> str:
    """Return "three quarters", "one half", "two thirds", "five over two hundred and ten"."""
    if denominator in FRACTIONS:
        one, many = FRACTIONS[denominator]
        name = one if numerator == 1 else many
    elif 2 < denominator <= 1000 and denominator % 100 not in (1, 2):  # noqa: PLR2004 (nobody says "twenty-firsts")
        name = ordinal(denominator, american=american) + ("" if numerator == 1 else "s")
    else:
        return f"{cardinal(numerator, american=american)} over {cardinal(denominator, american=american)}"
    return f"{cardinal(numerator, american=american)} {name}"
