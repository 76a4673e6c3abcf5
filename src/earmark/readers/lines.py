"""Where a block stands in its source, by its opening words; where that is ambiguous it is not known."""

import re
from bisect import bisect_left
from collections import defaultdict

from earmark.article import Code, Embed, Figure, Footnote, List, Math, Table
from earmark.readers.drafts import Draft, inlines

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[^\s()<>\"'\[\]{}]+")
_DESTINATION = re.compile(r"\]\([^()\s]*\)")
_PREFIX = re.compile(
    r"[\s>*+#-]*(?:\[\^[^\]\s]{1,100}\]:|\d{1,9}[.)][ \t])?(?:\[[ xX]\][ \t])?"
)  # an item's number is no word of it
_OPENING = 6  # words; fewer are found too often
_LEAST = 3  # words that can stand for a block of more
_FAR = 120  # code points that hold as many words
_MOST_ALIKE = 8  # lines that are compared; a text that repeats itself more often has no sure line

Words = tuple[str, ...]


class SourceLines:
    """Finds the source line of each block, asked in document order."""

    def __init__(self, text: str, *, first_line: int = 1, printed: str | None = None) -> None:
        """Index `text` by the words that its lines begin with; `first_line` is its first line in the file.

        `printed` is the same text without its markup, line by line, where that is no part of its words.
        """
        self._lines = text.split("\n")
        self._first = first_line
        self._cursor = 0
        self._words: list[Words] = []
        self._begun: dict[Words, list[int]] = {}
        self._addresses: dict[str, list[int]] | None = None
        for number, line in enumerate(self._lines if printed is None else printed.split("\n")):
            words = _words(line) if line else ()
            self._words.append(words)
            if words:
                self._begun.setdefault(words[:_LEAST], []).append(number)

    def __call__(self, draft: Draft) -> int | None:
        """Return the line that the block begins at, if only one from the block before on can be meant."""
        if draft.make is Footnote:  # notes stand last, wherever they are written
            self._cursor = 0
        if draft.make is Figure:
            return self._by_address(draft.fields["source"])
        words = () if draft.make in (List, Embed) else _opening(draft)
        alike = self._begun.get(words[:_LEAST], [])
        at = bisect_left(alike, self._cursor)
        ahead = alike[at : at + _MOST_ALIKE]
        if len(ahead) > 1 or len(words) < _LEAST:  # a word or two must be all that the line says
            ahead = [line for line in ahead if self._words[line] == words]
        if len(ahead) != 1 or at + _MOST_ALIKE < len(alike):
            return None
        self._cursor = ahead[0]
        return ahead[0] + self._first

    def _by_address(self, address: str) -> int | None:
        if self._addresses is None:
            self._addresses = defaultdict(list)
            for number, line in enumerate(self._lines):
                if "." in line or "/" in line:
                    for found in set(_ADDRESS.findall(line)):
                        self._addresses[found].append(number)
        lines = self._addresses.get(address, [])
        return lines[0] + self._first if len(lines) == 1 else None


def _opening(draft: Draft) -> Words:
    if draft.make in (Code, Math):
        return _words(next((line for line in draft.fields["text"].split("\n") if _WORD.search(line)), ""))
    words: Words = ()
    texts = [inline for inline in inlines(draft) if inline.text]
    if draft.make is Table and not draft.fields["caption"]:
        texts = texts[: len(draft.fields["header"] or draft.fields["rows"][0])]  # a line of its source is a row
    for inline in texts:
        words += tuple(_WORD.findall(inline.text[:_FAR].split("\n", 1)[0])[:_OPENING])
        if len(words) >= _OPENING:
            break
    return words[:_OPENING]


def _words(line: str) -> Words:
    prefix = _PREFIX.match(line)
    start = prefix.end() if prefix else 0
    text = line[start : start + _FAR]
    return tuple(_WORD.findall(_DESTINATION.sub("]", text) if "](" in text else text)[:_OPENING])
