"""Running text as it is gathered: white space collapsed, marks kept on the words that they hold."""

import re

from msgspec import Struct, field

from earmark.article import Inline, Mark, MarkKind

_SPACE = re.compile(r"[ \t\n\f\r]+")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")

IMAGES = frozenset({MarkKind.IMAGE, MarkKind.IMAGE_WITHOUT_ALT})


class Opened(Struct):
    """A mark whose end, and at first whose start, is not known yet; `empty` ones hold no text."""

    kind: MarkKind
    value: str = ""
    start: int | None = None
    end: int | None = None
    empty: bool = False


class Running(Struct):
    """An `Inline` in the making.

    A space is only written when a word follows it, so that neither the text nor a mark ever begins or
    ends with one. A mark begins at the first character that is written after it was opened.
    """

    marks: list[Opened] = field(default_factory=list)
    words: bool = False  # text was written that is not an image's
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _gap: str = ""  # white space that waits for a word: "", " " or "\n"
    _apart: bool = False  # whatever comes next is another word
    _waiting: list[Opened] = field(default_factory=list)

    def write(self, raw: str) -> None:
        """Add text from the source; its white space collapses."""
        text = _SPACE.sub(" ", clean(raw) if _CONTROLS.search(raw) else raw)
        if text[:1] == " ":
            self._gap = self._gap or " "
            text = text[1:]
        if not text:
            return
        self.words = True
        self._put(text.removesuffix(" "))
        if text[-1] == " ":
            self._gap = " "

    @property
    def breaking(self) -> bool:
        """Tell whether a line break was the last thing that was written."""
        return self._gap == "\n" and bool(self._pieces)

    def line_break(self) -> None:
        """Add a forced line break; several are one, and none stands at either end."""
        self._gap = "\n"

    def drop_space(self) -> None:
        """Take back no-break spaces that were written last: what they led to is gone."""
        while self._pieces and not (kept := self._pieces[-1].rstrip("\u00a0\n ")):
            self._length -= len(self._pieces.pop())
        if self._pieces:
            self._length -= len(self._pieces[-1]) - len(kept)
            self._pieces[-1] = kept

    def word_break(self) -> None:
        """Keep what comes next from growing together with what was written, by a space if need be."""
        self._apart = True

    def image(self, alt: str | None, source: str) -> None:
        """Add an image: its alternative text as words of their own, or an empty mark."""
        text = _SPACE.sub(" ", clean(alt or "")).strip(" ")
        mark = Opened(MarkKind.IMAGE_WITHOUT_ALT if alt is None else MarkKind.IMAGE, source, empty=not text)
        self.open(mark)
        if text:
            self._apart = True
            self._put(text)
            self._apart = True
        self.close(mark)

    def open(self, mark: Opened) -> None:
        """Begin a mark at whatever is written next."""
        self.marks.append(mark)
        self._waiting.append(mark)

    def close(self, mark: Opened) -> None:
        """End a mark after what was written last."""
        mark.end = self._length

    def blank(self) -> bool:
        """Tell whether nothing at all was written, not even an image."""
        return not self._pieces and not any(mark.kind in IMAGES for mark in self.marks)

    def text(self) -> str:
        """Return what was written so far."""
        return "".join(self._pieces)

    def finish(self) -> Inline:
        """Return the text and its marks; marks that hold nothing are gone, but for images."""
        marks = []
        for mark in self.marks:
            start = self._length if mark.start is None else min(mark.start, self._length)
            end = start if mark.empty else self._length if mark.end is None else min(mark.end, self._length)
            if start < end or mark.empty:
                marks.append(Mark(mark.kind, start, end, mark.value))
        marks.sort(key=lambda mark: mark.start)
        return Inline(self.text(), tuple(marks))

    def _put(self, text: str) -> None:
        if self._length:
            if self._apart and not self._gap and self._pieces[-1][-1].isalnum() and text[0].isalnum():
                self._gap = " "
            if self._gap:
                self._pieces.append(self._gap)
                self._length += 1
        self._gap, self._apart = "", False
        for mark in self._waiting:
            mark.start = self._length
        self._waiting.clear()
        self._pieces.append(text)
        self._length += len(text)


def clean(text: str) -> str:
    """Return `text` without control characters; a vertical tab, a word processor's line break, is a space."""
    return _CONTROLS.sub(lambda found: " " if found[0] in "\x0b\x1c\x1d\x1e\x1f" else "", text)


def plain(text: str) -> Inline:
    """Return text without any marks as an `Inline`, its white space collapsed."""
    running = Running()
    running.write(text)
    return running.finish()
