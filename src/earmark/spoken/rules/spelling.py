"""Words whose spelling hides how they are said: names, and letters that voices spell out."""

import re
import unicodedata

from earmark.spoken.locales.en_names import NAMES
from earmark.spoken.passage import Passage, Pattern, Reading, Rule

# Letters beyond those of Europe's larger languages: an English voice names them one by one.
_FAR = Pattern(r"[\u0180-\u024f\u1e00-\u1eff\u0307\u0323]")


def _far(match: re.Match[str], passage: Passage) -> Reading:
    before, after = _TAIL.search(passage.before(match.start())), _HEAD.match(passage.after(match.end()))
    start = match.start() - (len(before.group()) if before else 0)
    start = start if passage.free(start, match.start()) else match.start()
    end = match.end() + (after.end() if after else 0)
    plain = unicodedata.normalize("NFD", passage.text[start:end])
    return Reading(start, end, "".join(letter for letter in plain if not unicodedata.combining(letter)))


_TAIL = re.compile(r"[^\W\d_]{1,40}$")
_HEAD = re.compile(r"[^\W\d_\u0300-\u036f]{0,40}[\u0300-\u036f]{0,8}[^\W\d_]{0,40}")


_NAME = Pattern(
    rf"(?<![\w'’-])(?:{'|'.join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))})(?![\w-])"
)


def _name(match: re.Match[str], _passage: Passage) -> str:
    return NAMES[match.group()]


# Behind these a voice takes the letter for "a": "results for A-levels".
_GRADE = Pattern(
    r"(?:(?<=\b[Oo]f )|(?<=\b[Aa]t )|(?<=\b[Ff]or )|(?<=\b[Ww]as )|(?<=\bnot )|(?<=\bthan )|(?<=\bthat ))A(?=[-‑ ]levels?\b|\*|[-‑](?:roads?|list|listers?|team)\b)"
)
GRADE = Rule("letters", "A", _GRADE, lambda _match, _passage: "eigh")
NAME = Rule("name", "ABCDEFGHIJKLMNOPQRSTUVWXYZŁ", _NAME, _name)
FAR_LETTERS = Rule("letters", "", _FAR, _far)
