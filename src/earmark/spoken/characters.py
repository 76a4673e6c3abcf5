"""Printed characters that a voice trips over: invisible ones, odd spaces, ligatures, loose accents."""

import re
import unicodedata

from earmark.article import Mark, MarkKind

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
)
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_LIGATURES = "\ufb00-\ufb06\uff01-\uff5e"
_OKINA = "\u02bb\u02bc"
_TROUBLE = re.compile(
    rf"(?P<space>[{_SPACES}])|(?P<gone>[{_INVISIBLE}{_CONTROLS}\ud800-\udfff])|(?P<folded>[{_LIGATURES}{_OKINA}])"
    r"|(?P<loose>[^\W\d_][\u0300-\u036f]{1,8})"
)
_JOINED_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d]")


def clean(text: str) -> tuple[str, list[int] | None]:
    """Return the text as a voice should get it, and where each of its characters stands in `text`.

    The list has one more entry, the length of `text`; it is None where nothing had to change. A
    character that was taken out belongs to the character before it.
    """
    if text.isascii() and text.isprintable():
        return text, None
    out: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in _TROUBLE.finditer(text):
        said = _said(match)
        if said == match.group():
            continue
        out.append(text[last : match.start()])
        offsets.extend(range(last, match.start()))
        out.append(said)
        offsets.extend([match.start()] * len(said))
        last = match.end()
    if not out:
        return text, None
    out.append(text[last:])
    offsets.extend(range(last, len(text) + 1))
    offsets[0] = 0
    return "".join(out), offsets


def _said(match: re.Match[str]) -> str:
    found = match.group()
    if match["space"]:
        return " "
    if match["gone"]:
        # Emoji are sequences held together by joiners and selectors; their rule needs them whole.
        if found in "\ufe0f\u200d" and _JOINED_EMOJI.match(match.string, match.start() - 1):
            return found
        return ""
    if found in "\u02bb\u02bc":  # Hawaiʻi: a break in the voice that no English reader makes
        return "'" if found == "\u02bc" else ""
    return unicodedata.normalize("NFKC" if match["folded"] else "NFC", found)


_UP = str.maketrans("0123456789-+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ")
_DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def raised(text: str, marks: tuple[Mark, ...]) -> str:
    """Return `text` with figures that are set high or low as such characters, one for one."""
    scripts = [mark for mark in marks if mark.kind in {MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT}]
    if not scripts:
        return text
    letters = list(text)
    for mark in scripts:
        table = _UP if mark.kind is MarkKind.SUPERSCRIPT else _DOWN
        if text[mark.start : mark.end].strip("0123456789-+n") == "":
            letters[mark.start : mark.end] = text[mark.start : mark.end].translate(table)
    return "".join(letters)
