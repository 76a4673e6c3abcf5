"""Captions that follow the voice: WebVTT with one cue a sentence, SRT with long sentences split."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from earmark.timeline import Cue, Placed
from earmark.writers.axis import milliseconds, stamp, stretch
from earmark.writers.clauses import cut, moments, wrapped
from earmark.writers.galley import Galley
from earmark.writers.printable import lines, one_line
from earmark.writers.voices import named_speakers
from earmark.writers.wording import Shown

# SubRip has no escapes: what a player would take for its mark-up gets an invisible space inside.
_MARK_UP = re.compile(r"<(?=[a-zA-Z/!])|\{(?=[\\a-zA-Z])|--(?=>)")
_ZERO_WIDTH_SPACE = "\u200b"
_CHARACTERS_A_SECOND = 17  # what a viewer reads who also looks at something else


def _escaped(line: str) -> str:
    """Return the line as WebVTT writes it; without ">" no text can look like the arrow between two times."""
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def vtt(galley: Galley) -> Iterator[bytes]:
    """Yield captions.vtt: one cue a sentence, named with the sentence's id, in order of time.

    Where word times are known each word has its time stamp, and where voices differ each is named.
    """
    rate = galley.edition.timeline.sample_rate
    names = named_speakers(galley.edition)
    yield b"WEBVTT"
    for cue, text in galley.captions:
        start, end = stretch(cue.start, cue.end, rate)
        words = "\n".join(_marked_up(cue, text, galley.placed, names, rate))
        yield f"\n\n{cue.sentence.id}\n{stamp(start, '.')} --> {stamp(end, '.')}\n{words}".encode()
    yield b"\n"


def _marked_up(
    cue: Cue, text: Shown, placed: Mapping[str, Placed], names: Mapping[str, str], rate: int
) -> tuple[str, ...]:
    """Return the cue's lines, none of them blank, with time stamps between words and voices around parts."""
    last, end = stretch(cue.start, cue.end, rate)
    times: dict[int, str] = {}
    for offset, sample in sorted(moments(cue, text, placed)):
        ms = milliseconds(sample, rate)
        if last < ms < end and offset:
            times[offset] = f"<{stamp(ms, '.')}>"
            last = ms
    voices = {piece.offset: names.get(piece.part.id, "") for piece in text.pieces}
    writing = _Writing()
    for first, until in pairwise(sorted({0, *times, *voices, len(text.text)})):
        if first in voices:
            writing.speaks(voices[first])
        words, *others = text.text[first:until].split("\n")
        writing.write(words, times.get(first, ""))
        for words in others:
            writing.end_line()
            writing.write(words)
    writing.end_line()
    return tuple(writing.lines)


class _Writing:
    """The lines of one cue as they are written; a blank line would end the cue, so there is none."""

    def __init__(self) -> None:
        self.voice = ""
        self.lines: list[str] = []
        self._line: list[str] = []
        self._blank = self._empty = True  # nothing to see in it, nothing at all in it
        self._spaced = True  # a space would be one too many

    def speaks(self, voice: str) -> None:
        """Let `voice` speak from here on."""
        if voice != self.voice:
            if self.voice and self._line:
                self._line.append("</v>")
            self.voice = voice
            self._line += _opened(voice)
            self._spaced = self._empty

    def write(self, words: str, time: str = "") -> None:
        """Write words, which hold no line end, heard from `time` on."""
        clean = words if words.isprintable() and "  " not in words else one_line(f"x{words}x")[1:-1]
        if self._spaced:
            clean = clean.lstrip(" ")
        if not clean:
            return
        if not clean.isspace():
            self._line.append(time)
            self._blank = False
        self._line.append(_escaped(clean))
        self._empty, self._spaced = False, clean[-1] == " "

    def end_line(self) -> None:
        """End the line; the voice goes on in the next."""
        if not self._blank:
            self.lines.append("".join(self._line).rstrip(" ") + ("</v>" if self.voice else ""))
        self._line = _opened(self.voice)
        self._blank = self._empty = self._spaced = True


def _opened(name: str) -> list[str]:
    return [f"<v {_escaped(one_line(name))}>"] if name else []


def srt(galley: Galley) -> Iterator[bytes]:
    """Yield captions.srt: two lines of 42 characters where the word times allow it, else whole sentences.

    What is read faster than 17 characters a second stays into the pause behind it, if there is one.
    """
    timeline = galley.edition.timeline
    rate = timeline.sample_rate
    found = (
        (*stretch(part.start, part.end, rate), wrapped(part.text))
        for cue, text in galley.captions
        for part in cut(cue, text, galley.placed)
        if lines(part.text)
    )
    last = (milliseconds(timeline.duration, rate), 0, ())
    for number, ((start, end, shown_lines), (limit, _, _)) in enumerate(pairwise(chain(found, [last])), start=1):
        wanted = start + -(-1000 * sum(map(len, shown_lines)) // _CHARACTERS_A_SECOND)
        until = max(end, min(wanted, limit))
        words = "\n".join(_MARK_UP.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", line) for line in shown_lines)
        before = "\n" if number > 1 else ""
        yield f"{before}{number}\n{stamp(start, ',')} --> {stamp(until, ',')}\n{words}\n".encode()
