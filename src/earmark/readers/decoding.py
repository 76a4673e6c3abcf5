"""Bytes to text: UTF-8, UTF-16 or Windows-1252, line ends and control characters put right, and said so."""

import codecs
import re
import unicodedata

from earmark.article import Problem, Severity
from earmark.errors import ReadError
from earmark.readers.inline import clean

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 8_192  # bytes that a page's encoding stands in
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# What browsers take these for: the wider encoding that holds them.
_WIDER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "utf-8": "", "utf8": "",
}  # fmt: skip
_LINE_ENDS = re.compile(r"\r\n?")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D})
_FEW = 3  # strange bytes that a small text may hold
_NOT_WESTERN = re.compile(rb"[\xc0-\xff]{3,}|[\x80-\xff]{5,}")  # accented letters rarely stand together
_MOST_SCRIPTS = 5  # high bytes: Latin, punctuation, and a script or two
_SAVE = "Save it as UTF-8"


def decode(data: bytes, *, name: str, declared: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file, its lines ended by line feeds, and what had to be guessed or put right.

    U+0000 becomes U+FFFD, other control characters but tab, new line and form feed are taken out.
    `declared` is the encoding that the file itself names, for what is not UTF-8. Raises `ReadError` for what is no text.
    """
    text, problems = _decode(data, name, declared)
    text = _LINE_ENDS.sub("\n", text).replace("\0", "\ufffd")
    if _CONTROL.search(text):
        strange = len(_CONTROL.findall(text))
        what = "1 control character was" if strange == 1 else f"{strange:,} control characters were"
        problems = [*problems, _problem("control-characters", f"{what} taken out", "Save it again as plain text")]
        text = _CONTROL.sub(lambda found: " " if found[0] == "\x85" else clean(found[0]), text)
        text = re.sub("[\x80-\x9f]", "", text)
    return text, tuple(problems)


def declared_in(data: bytes) -> str:
    """Return the encoding that a page names in its head, "" if it names none that Python knows."""
    found = _CHARSET.search(data[:_HEAD])
    if found is None:
        return ""
    written = found[1].decode("ascii", "replace").lower()
    try:
        known = codecs.lookup(_WIDER.get(written, written))
    except LookupError:
        return ""
    return known.name if known._is_text_encoding else ""  # noqa: SLF001 (there is no other way to ask)


def _decode(data: bytes, name: str, declared: str) -> tuple[str, list[Problem]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\0" in data:
        encoding = _unmarked_utf16(data)
        if encoding:
            return data.decode(encoding), [_guess("UTF-16")]
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if declared:
            return data.decode(declared, "replace"), []
        if b"\xed" in data and (halves := _with_halves(data)):
            return halves, [_problem("encoding-broken", "halves of characters in it became U+FFFD", _SAVE)]
        return _eight_bit(data, name, data.count(b"\n", 0, error.start) + 1)


def _with_halves(data: bytes) -> str:
    """Return the text of what would be UTF-8 but for halves of characters, "" for anything else; two that fit are one."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _marked(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        return text, [_problem("encoding-broken", f"what is not {name} in it became U+FFFD", _SAVE)]


def _unmarked_utf16(data: bytes) -> str:
    """Return the encoding if it can only be UTF-16: its zero bytes are all on one side, and it reads as text."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    scripts = len(set(data[::2] if even else data[1::2]))
    if len(data) % 2 or (even and odd) or max(even, odd) * 50 < len(data) or scripts > _MOST_SCRIPTS:
        return ""
    encoding = "utf-16-be" if even else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    strange = sum(
        unicodedata.category(character) in ("Cc", "Cn", "Co") and character not in "\t\n\f\r" for character in set(text)
    )
    return "" if strange else encoding


def _refuse_binary(data: bytes, name: str) -> None:
    strange = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if strange > max(_FEW, len(data) // 100) or data.count(0) > max(_FEW, len(data) // 1000):
        raise ReadError(
            "this is no text but binary data", source=name, hint="earmark reads Markdown, HTML and plain text"
        )


def _eight_bit(data: bytes, name: str, line: int) -> tuple[str, list[Problem]]:
    """Read Windows-1252, or line by line where most of the file is UTF-8 and some was pasted from elsewhere."""
    lines = data.split(b"\n")
    texts: list[str] = []
    utf8 = other = 0
    for one in lines:
        try:
            texts.append(one.decode("utf-8"))
            utf8 += not one.isascii()
        except UnicodeDecodeError:
            texts.append(one.decode("cp1252", "replace"))
            other += 1
    if utf8 > other:
        what = "1 line of it is not UTF-8 and was" if other == 1 else f"{other:,} lines of it are not UTF-8 and were"
        message = f"{what} read as Windows-1252"
        return "\n".join(texts), [_problem("encoding-mixed", message, _SAVE, line)]
    runs = sum(map(len, _NOT_WESTERN.findall(data)))
    if runs * 10 > len(data.translate(None, b" \t\r\n")):
        raise ReadError("its encoding can't be told: it is not UTF-8", source=name, line=line, hint=_SAVE)
    return data.decode("cp1252", "replace"), [_guess("Windows-1252", line)]


def _guess(encoding: str, line: int | None = None) -> Problem:
    return _problem("encoding-guessed", f"it is not UTF-8 and was read as {encoding}", _SAVE, line)


def _problem(code: str, message: str, hint: str = "", line: int | None = None) -> Problem:
    return Problem(code, Severity.WARNING, message, hint, line=line)
