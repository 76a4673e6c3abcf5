"""What of an article's text may stand in a published file, where a stray character could break a player."""

import re
import unicodedata

# Control characters and Unicode's own line ends become a space: a NUL would end an ID3 title early,
# a line end would end a caption.
_TO_SPACE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Embeddings, overrides and isolates reach past the text they stand in: one unclosed override turns
# a player's whole list of chapters around. The plain direction marks (U+200E, U+200F) stay.
_TO_NOTHING = re.compile("[\u202a-\u202e\u2066-\u2069]+")
# Half a surrogate pair can't be encoded; non-characters read as a byte order mark in UTF-16.
_TO_REPLACEMENT = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(" {2,}")
_JOINING = "\u200d\ufe0e\ufe0f"


def one_line(text: str) -> str:
    """Return `text` as one clean line; no-break spaces and soft hyphens stay as the author put them."""
    if not text.isprintable():  # nearly every text is: what has to go never counts as printable
        text = _TO_REPLACEMENT.sub("\ufffd", _TO_NOTHING.sub("", _TO_SPACE.sub(" ", text)))
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of `text`, each clean, none of them blank."""
    return tuple([line for line in map(one_line, text.split("\n")) if line.strip()])


def short_line(text: str, most: int) -> str:
    """Return `text` as one clean line of at most `most` code points, cut at a word and marked with "…".

    Costs no more for twenty megabytes of title than for a line of it.
    """
    line = one_line(text[: 4 * most])
    if not line.strip():
        return ""  # a no-break space alone shows nothing
    if len(line) <= most and len(text) <= 4 * most:
        return line
    cut = min(len(line), most - 1)
    space = line.rfind(" ", 0, cut + 1)
    if space >= most // 2:
        cut = space
    while cut > 0 and cut < len(line) and (unicodedata.combining(line[cut]) or line[cut] in _JOINING):
        cut -= 1
    return line[:cut].rstrip() + "…"
