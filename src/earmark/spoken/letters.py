"""Letters said by their names, and names glued together from words and figures."""

import re

from earmark.spoken.locales.en_acronyms import LETTERS, WORDS
from earmark.spoken.locales.en_common import COMMON
from earmark.spoken.numbers import cardinal, digits, year

# The parts of an address that are not words.
TAGS = {
    "uk": "U K",
    "us": "U S",
    "eu": "E U",
    "de": "D E",
    "fr": "F R",
    "es": "E S",
    "nl": "N L",
    "pl": "P L",
    "se": "S E",
    "io": "I O",
    "ai": "A.I",
    "tv": "T V",
    "ie": "I E",
    "au": "A.U",
    "ca": "C.A",
    "nz": "N Z",
    "ch": "C H",
    "it": "I T",
    "ac": "A.C",
    "co": "co",
    "com": "com",
    "org": "org",
    "net": "net",
    "gov": "gov",
    "edu": "E D U",
    "me": "me",
    "bbc": "B B C",
    "txt": "T X T",
    "pdf": "P D F",
    "jpg": "J P G",
    "jpeg": "J peg",
    "png": "P N G",
    "gif": "gif",
    "mp3": "M P three",
    "mp4": "M P four",
    "html": "H T M L",
    "htm": "H T M",
    "css": "C S S",
    "js": "J S",
    "py": "P Y",
    "md": "M D",
    "json": "Jason",
    "xml": "X M L",
    "csv": "C S V",
    "xls": "X L S",
    "xlsx": "X L S X",
    "doc": "doc",
    "docx": "doc X",
    "jp": "J P",
    "cn": "C N",
    "www": "W W W",
    "at": "A.T",
    "be": "B E",
    "mil": "mil",
    "itv": "I T V",
    "nhs": "N H S",
    "hmrc": "H M R C",
    "ibm": "I B M",
    "cnn": "C N N",
    "nbc": "N B C",
    "cbs": "C B S",
    "pbs": "P B S",
    "rnli": "R N L I",
    "rspb": "R S P B",
    "tfl": "T F L",
    "dwp": "D W P",
    "ucl": "U C L",
    "lse": "L S E",
    "mit": "M I T",
    "rte": "R T E",
    "stv": "S T V",
}
_SIGNS = {".": "dot", "_": "underscore", "-": "dash", "+": "plus", "/": "slash", "~": "tilde", ":": "colon", "@": "at"}
_PIECES = re.compile(
    r"(?P<digits>\d{1,40})|(?P<caps>[A-Z]{2,20}(?![a-z])|[A-Z](?=[A-Z][a-z]))|(?P<word>[^\W\d_A-Z]{1,40}|[A-Z][^\W\d_A-Z]{0,40}|[^\W\d_])|(?P<sign>[._+/~:@-])|(?P<space>\s)"
)


def spell(text: str) -> str:
    """Return letters as a voice must see them to name each: "N G O"; "F.A", or its "A" would be an article."""
    return ".".join(text) if "A" in text and len(text) > 1 else " ".join(text)


_ARTICLE = re.compile(r"(?<![\w.])A (?=\w)")


def cling(words: str) -> str:
    """Tie a letter A to what follows: "A-three eighty", not "a three eighty"."""
    return _ARTICLE.sub("A-", words)


# Behind these a voice hears "a" in any letter A: "of A.I" would be "of a dot I".
_SWALLOWING = re.compile(r"(?i)(?<!\w)(?:of|at|for|was|not|than|that) $")
_LETTERS = re.compile(r"A(?:(?=[.-])|$)|(?<=[.-])A(?=[.-]|\b)")


def heard(before: str, said: str) -> str:
    """Return letters that begin with an A so that it is heard as one behind the words `before`."""
    if said[:2] not in {"A.", "A-"} or not _SWALLOWING.search(before):
        return said
    first, gap, rest = said.partition(" ")
    return _LETTERS.sub("eigh", first).replace(".", " ").replace("-", " ") + gap + rest


def plural(letters: str) -> str:
    """Return "M P's" for "MP": voices swallow the s of "MPs"."""
    return f"{spell(letters)}'s"


def label(text: str) -> str:
    """Return what a listener needs to hear of a label: "jane.doe" "jane dot doe", "BBCNews" "BBC News", "abc" "A.B.C"."""
    words: list[str] = []
    for match in _PIECES.finditer(text):
        piece = match.group()
        if match["digits"]:
            words.append(_figures(piece))
        elif match["caps"]:
            words.append(
                piece if len(piece) == 1 or piece in LETTERS or piece in WORDS or len(piece) > 4 else spell(piece)  # noqa: PLR2004 (longer ones are words in capitals)
            )
        elif match["word"]:
            words.append(_word(piece))
        elif match["sign"]:
            words.append(_SIGNS[piece])
    return " ".join(words)


def _figures(piece: str) -> str:
    if len(piece) <= 2 and piece[0] != "0":  # noqa: PLR2004 (longer ones are years or codes)
        return cardinal(int(piece))
    return year(int(piece)) if _YEAR.fullmatch(piece) else digits(piece)


_YEAR = re.compile(r"19\d\d|20\d\d")


def _word(piece: str) -> str:
    lower = piece.lower()
    if lower in TAGS and lower in {"bbc", "uk", "www", "tv"}:
        return TAGS[lower]
    if lower in COMMON or len(piece) == 1:
        return piece
    sayable = any(vowel in lower for vowel in "aeiouy")
    return spell(piece.upper()) if not sayable or lower == "abc" else piece
