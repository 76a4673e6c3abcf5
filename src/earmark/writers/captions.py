"""Captions that follow the voice: WebVTT with one cue a sentence, SRT with long sentences split."""

import re
from collections.abc import Iterator

from earmark.edition import Edition
from earmark.timeline import Cue
from earmark.writers.axis import stamp, stretch
from earmark.writers.clauses import cut, wrapped
from earmark.writers.printable import lines
from earmark.writers.wording import Shown, shown, texts

# SubRip has no escapes: what a player would take for its mark-up gets an invisible space inside.
_MARK_UP = re.compile(r"<(?=[a-zA-Z/!])|\{(?=[\\a-zA-Z])|--(?=>)")
_ZERO_WIDTH_SPACE = "\u200b"


def _cues(edition: Edition) -> Iterator[tuple[Cue, Shown]]:
    """Yield the cues that show anything, in order of time."""
    known = texts(edition.article, edition.metadata.title)
    for cue in sorted(edition.timeline.cues, key=lambda cue: cue.start):
        text = shown(cue.sentence, known)
        if lines(text.text):
            yield cue, text


def _escaped(line: str) -> str:
    """Return the line as WebVTT writes it; without ">" no text can look like the arrow between two times."""
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def vtt(edition: Edition) -> bytes:
    """Return captions.vtt: one cue a sentence, named with the sentence's id, in order of time."""
    rate = edition.timeline.sample_rate
    blocks = ["WEBVTT"]
    for cue, text in _cues(edition):
        start, end = stretch(cue.start, cue.end, rate)
        words = "\n".join(map(_escaped, lines(text.text)))
        blocks.append(f"{cue.sentence.id}\n{stamp(start, '.')} --> {stamp(end, '.')}\n{words}")
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def srt(edition: Edition) -> bytes:
    """Return captions.srt: two lines of 42 characters where the word times allow it, else whole sentences."""
    rate = edition.timeline.sample_rate
    placed = {place.utterance.id: place for place in edition.timeline.placed}
    blocks: list[str] = []
    for cue, text in _cues(edition):
        for part in cut(cue, text, placed):
            if lines(part.text):
                start, end = stretch(part.start, part.end, rate)
                words = "\n".join(_MARK_UP.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", line) for line in wrapped(part.text))
                number = len(blocks) + 1
                blocks.append(f"{number}\n{stamp(start, ',')} --> {stamp(end, ',')}\n{words}\n")
    return "\n".join(blocks).encode("utf-8")
