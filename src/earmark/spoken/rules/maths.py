"""Sums and formulas as people read them out: 1.5e10, 6.02 × 10²³, 2x + 3, f(x), x₁."""

import re

from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Rule
from earmark.spoken.quantities import NUMBER, START, say_number, signed

_SCIENTIFIC = Pattern(
    r"(?<![\w.,])(?P<n>\d{1,6}\.\d{1,12})[eE](?P<p>[-−+]?\d{1,3})(?!\w)|(?<![\w.,])(?P<n2>\d)[eE](?P<p2>[-−+]\d{1,3})(?!\w)"
)


def _scientific(match: re.Match[str], passage: Passage) -> str:
    figure, power = match["n"] or match["n2"], match["p"] or match["p2"]
    sign = "-" if power[0] in "-−" else None
    words = signed(sign, cardinal(int(power.lstrip("-−+")), american=passage.american))
    return f"{say_number(figure, passage)} times ten to the power of {words}"


_TIMES_TEN = Pattern(rf"{START}(?P<n>{NUMBER}) ?[x×·*] ?10(?=[⁰¹²³⁴-⁹⁻]|\^)")


def _times_ten(match: re.Match[str], passage: Passage) -> str:
    return f"{say_number(match['n'], passage)} times ten"


# A letter behind a figure is an unknown where the sum goes on around it: "y = 3x + 2", but "3x more".
_UNKNOWN = Pattern(
    r"(?<![\w.,])(?P<n>\d{1,4})(?P<x>[abnxyz])(?=[²³)]| ?[-−–+=] ?[\w(])|(?<=[=+−] )(?P<n2>\d{1,4})(?P<x2>[abnxyz])(?!\w)"
)


def _unknown(match: re.Match[str], passage: Passage) -> str | None:
    if "=" not in passage.characters:
        return None
    return f"{cardinal(int(match['n'] or match['n2']), american=passage.american)} {match['x'] or match['x2']}"


_FUNCTION = Pattern(r"(?<!\w)(?P<f>[fgh])\((?P<x>[a-z])\)(?= ?=)")
_INDEX = Pattern(r"(?<=[A-Za-z])[₀-₉]{1,4}(?!\w)")
_INDICES = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _index(match: re.Match[str], passage: Passage) -> str:
    return f" {cardinal(int(match.group().translate(_INDICES)), american=passage.american)}"


_QUOTIENT = Pattern(rf"{START}(?P<a>{NUMBER}) ?/ ?(?P<b>{NUMBER})(?= ?[=≈])")


def _quotient(match: re.Match[str], passage: Passage) -> str:
    return f"{say_number(match['a'], passage)} divided by {say_number(match['b'], passage)}"


_FACTORIAL = Pattern(r"(?<![\w.,!])(?P<n>\d{1,4})!(?= ?[=+×÷/<>])|(?<=[=×+] )(?P<n2>\d{1,4})!(?=\s|[.,;)]|$)")


def _factorial(match: re.Match[str], passage: Passage) -> str:
    return f"{cardinal(int(match['n'] or match['n2']), american=passage.american)} factorial"


FACTORIAL = Rule("sum", "!", _FACTORIAL, _factorial, figures=True, leads=True)
SCIENTIFIC = Rule("sum", "eE", _SCIENTIFIC, _scientific, figures=True, leads=True)
TIMES_TEN = Rule("sum", "x×·*", _TIMES_TEN, _times_ten, figures=True, leads=True)
UNKNOWN = Rule("sum", "=", _UNKNOWN, _unknown, figures=True, leads=True)
FUNCTION = Rule("sum", "=", _FUNCTION, lambda match, _passage: f"{match['f']} of {match['x']}")
INDEX = Rule("formula", "₀₁₂₃₄₅₆₇₈₉", _INDEX, _index)
QUOTIENT = Rule("sum", "=≈", _QUOTIENT, _quotient, figures=True, leads=True)
