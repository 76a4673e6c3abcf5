"""Short notations of a trade: charges of ions, keys pressed together, what stands under a line."""

import re

from earmark.spoken.letters import cling, spell
from earmark.spoken.locales.en_chemistry import ELEMENTS
from earmark.spoken.numbers import cardinal
from earmark.spoken.passage import Passage, Pattern, Rule

# "Fe3+", "Ca2+", "SO4 2-", "Na+" beside another ion; with a hyphen for its minus only behind a figure.
_ION = Pattern(
    r"(?<![\w-])(?P<e>(?:[A-Z][a-z]?\d?){1,4}?)(?P<n>[1-4])?(?P<s>[+⁺−⁻]|(?<=\d)[-–])(?=[.,;:)]|$| (?![\d$£€]))(?!\+)"
)
_ELEMENT = re.compile(r"([A-Z][a-z]?)(\d?)")
_CHEMISTRY = re.compile(
    r"(?i)\b(?:ions?|ionic|cations?|anions?|charged?|solution|atoms?|electrons?|electrolyte|channels?|salts?)\b"
)


def _ion(match: re.Match[str], passage: Passage) -> str | None:
    """Say an ion letter by letter with its charge: "F E three plus"."""
    elements = _ELEMENT.findall(match["e"])
    if any(element not in ELEMENTS for element, _count in elements):
        return None
    sure = match["n"] and match["s"] in "+⁺⁻−" and len(match["e"]) > 1
    if not sure and not passage.near(_CHEMISTRY, match.start() - 60, match.end() + 60):
        return None  # "grade C+", "vitamin B2-"
    words = [f"{spell(element.upper())}{' ' + cardinal(int(count)) if count else ''}" for element, count in elements]
    words += [cardinal(int(match["n"]))] if match["n"] else []
    return cling(" ".join([*words, "plus" if match["s"] in "+⁺" else "minus"]))


_KEYS = {
    "Ctrl": "control",
    "Cmd": "command",
    "Alt": "alt",
    "Opt": "option",
    "Shift": "shift",
    "Win": "Windows",
    "Fn": "function",
    "Esc": "escape",
    "Del": "delete",
}
_KEY = "|".join(_KEYS)
_PRESSED = Pattern(
    rf"(?<!\w)(?P<held>(?:{_KEY})(?: ?[+-] ?(?:{_KEY})){{0,3}}?) ?[+-] ?(?P<key>[A-Z](?!\w)|F\d{{1,2}}|{_KEY}|Tab|Enter|Space|Delete|Click|click)(?!\w)(?![+-]\w)"
    rf"|(?<!\w)(?P<alone>Ctrl|Cmd)(?!\w)"
)


def _pressed(match: re.Match[str], _passage: Passage) -> str:
    """Say keys that are pressed together: "control C"."""
    if match["alone"]:
        return _KEYS[match["alone"]]
    held = " ".join(_KEYS[key] for key in re.findall(_KEY, match["held"]))
    key = _KEYS.get(match["key"], match["key"])
    return f"{held} {'F ' + cardinal(int(key[1:])) if key[1:].isdigit() else key}"


ION = Rule("formula", "+⁺−⁻-–", _ION, _ion)
PRESSED = Rule("keys", "CASWOFED", _PRESSED, _pressed, has=tuple(_KEYS))
