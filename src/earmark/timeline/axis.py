"""What stands on the axis: clips, placed sounds, cues, chapters and encoding blocks, in whole samples.

Seconds are made by writers, always from the absolute position.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from earmark.narration.script import Sentence, Span

if TYPE_CHECKING:
    from earmark.audio.clip import SpokenWord  # a clip needs numpy, a layout doesn't


class ClipLength(Struct, frozen=True, gc=False):
    """All that layout knows of a trimmed clip: its samples' count and its words (None if unknown)."""

    length: int
    words: "tuple[SpokenWord, ...] | None" = None


class WordMark(Struct, frozen=True, gc=False):
    """When a printed word is heard: samples from the edition's start. `source` is "engine" or "aligned"."""

    span: Span
    printed: str
    start: int
    end: int
    source: str


class Cue(Struct, frozen=True, gc=False):
    """One sentence on the axis, `[start, end)` in samples; `words` is None where no engine knows them."""

    sentence: Sentence
    start: int
    end: int
    words: Sequence[WordMark] | None


class Chapter(Struct, frozen=True):
    """A chapter `[start, end)` in samples; chapters tile the edition."""

    title: str
    block: str
    start: int
    end: int


class Placed(Struct, frozen=True, gc=False):
    """A clip of speech on the axis: `length` samples of the utterance of that id from `start`."""

    id: str
    start: int
    length: int


class PlacedSound(Struct, frozen=True):
    """A produced sound on the axis; it may run under speech. `length` in samples."""

    name: str
    start: int
    length: int


class Cut(Struct, frozen=True):
    """An encoding block `[start, end)` in samples, cut in silence on the MP3 frame grid (but the last's end)."""

    start: int
    end: int


class Timeline(Struct, frozen=True, kw_only=True):
    """Everything that knows when, for one edition, in order of time; a long edition's clips and cues are packed."""

    sample_rate: int
    duration: int
    placed: Sequence[Placed]
    sounds: tuple[PlacedSound, ...]
    cues: Sequence[Cue]
    chapters: tuple[Chapter, ...]
    cuts: tuple[Cut, ...]
