"""Emoji by their names, or silent."""

import re
import unicodedata

from earmark.spoken.locales.en_emoji import FLAGS, NAMES
from earmark.spoken.passage import Passage, Pattern, Rule

_BASE = "[\u231a-\u23ff\u25aa-\u25fe\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]"
_EMOJI = Pattern(
    f"\\s?(?P<e>[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_BASE}[\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}(?:\u200d{_BASE}[\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}){{0,5}})\ufe0f?"
)
_TEXT = frozenset("✓✔✗✘♥♪♫♯♭♮♠♣♦★☆☙❧●○■□▪◆◇")
_CUT = re.compile(r"^(?:HEAVY |BLACK |WHITE )+|(?: SIGN| SYMBOL)$")


def _emoji(match: re.Match[str], passage: Passage) -> str | None:
    found = match["e"]
    if found[0] in _TEXT and len(found) == 1:
        return None
    if passage.context.emoji == "silent":
        return ""
    text = passage.text
    before = " " if match.start() and not text[match.start() - 1].isspace() else ""
    if match.group()[0].isspace():
        before = " "
    after = " " if match.end() < len(text) and text[match.end()].isalnum() else ""
    return f"{before}{_name(found)}{after}"


def _name(found: str) -> str:
    bare = found.replace("\ufe0f", "")
    if bare in NAMES:
        return NAMES[bare]
    if "\U0001f1e6" <= found[0] <= "\U0001f1ff":
        letters = "".join(chr(ord(letter) - 0x1F1E6 + 65) for letter in found)
        return f"flag of {FLAGS.get(letters) or ' '.join(letters)}"
    if bare[-1] == "\u20e3":
        return {"#": "hash", "*": "star"}.get(bare[0], bare[0])
    first = bare[0]
    if first in NAMES:
        return NAMES[first]
    name = unicodedata.name(first, "emoji")
    return _CUT.sub("", name).lower().replace("-", " ")


EMOJI = Rule("emoji", "", _EMOJI, _emoji)
