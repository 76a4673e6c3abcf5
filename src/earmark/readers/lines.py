"""Where a block stands in its source, by its opening words; where that is ambiguous it is not known."""

import re
from bisect import bisect_left
from collections import defaultdict

from earmark.article import Code, Embed, Figure, Footnote, List, Math
from earmark.readers.drafts import Draft, inlines

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[^\s()<>\"'\[\]{}]+")
_DESTINATION = re.compile(r"\]\([^()\s]*\)")
_PREFIX = re.compile(r"[\s>*+#-]*(?:\[\^[^\]\s]{1,100}\]:|\d{1,9}[.)][ \t])?")  # an item's number is no word of it
_OPENING = 6  # words; fewer are found too often
_LEAST = 3  # words that can stand for a block of more

Words = tuple[str, ...]


class SourceLines:
    """Finds the source line of each block, asked in document order."""

    def __init__(self, text: str, *, first_line: int = 1) -> None:
        """Index `text` by the words that its lines begin with; `first_line` is its first line in the file."""
        self._first = first_line
        self._cursor = 0
        self._whole: dict[Words, list[int]] = defaultdict(list)
        self._begun: dict[Words, list[int]] = defaultdict(list)
        self._addresses: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(text.split("\n")):
            words = _words(line)
            if 0 < len(words) < _LEAST:
                self._whole[words].append(number)
            for size in range(_LEAST, min(len(words), _OPENING) + 1):
                self._begun[words[:size]].append(number)
            for address in set(_ADDRESS.findall(line)):
                if "." in address or "/" in address:
                    self._addresses[address].append(number)

    def __call__(self, draft: Draft) -> int | None:
        """Return the line that the block begins at, if only one from the block before on can be meant."""
        if draft.make is Footnote:  # notes stand last, wherever they are written
            self._cursor = 0
        if draft.make is Figure:
            found = self._addresses.get(draft.fields["source"], [])
            return found[0] + self._first if len(found) == 1 else None
        words = () if draft.make in (List, Embed) else _opening(draft)
        if len(words) < _LEAST:  # a word or two must be all that the line says
            ahead = self._ahead(self._whole, words)
        else:
            sizes = range(min(_OPENING, len(words)), _LEAST - 1, -1)
            ahead = next((lines for size in sizes if (lines := self._ahead(self._begun, words[:size]))), [])
        if len(ahead) != 1:
            return None
        self._cursor = ahead[0]
        return ahead[0] + self._first

    def _ahead(self, index: dict[Words, list[int]], words: Words) -> list[int]:
        """Return the first two lines from here on that begin with these words."""
        lines = index.get(words, [])
        at = bisect_left(lines, self._cursor)
        return lines[at : at + 2]


def _opening(draft: Draft) -> Words:
    if draft.make in (Code, Math):
        return _words(next((line for line in draft.fields["text"].split("\n") if _WORD.search(line)), ""))
    words: Words = ()
    for inline in inlines(draft):
        words += tuple(_WORD.findall(inline.text[:400].split("\n", 1)[0])[:_OPENING])
        if len(words) >= _OPENING:
            break
    return words[:_OPENING]


def _words(line: str) -> Words:
    prefix = _PREFIX.match(line)
    start = prefix.end() if prefix else 0
    return tuple(_WORD.findall(_DESTINATION.sub("]", line[start : start + 400]))[:_OPENING])
