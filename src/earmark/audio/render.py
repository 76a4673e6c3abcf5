"""Renders one encoding block: clips and produced sounds at their places, silence between them."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from earmark.audio.loudness import Levels
from earmark.packed import LONG, row
from earmark.timeline import PlacedSound, Timeline

_CLIPS_A_BLOCK = 6  # or more
_SCALE = np.float32(1 / 32768)


class Produced(Struct, frozen=True, eq=False):
    """A produced sound, at its final level: mono float32 `samples`, a `key` of its content, and its levels."""

    samples: NDArray[np.float32]
    key: str
    levels: Levels


class Part(Struct, frozen=True, gc=False):
    """A clip (`name` is the utterance's id) or a sound of a block, `start` samples from the block's start."""

    name: str
    start: int
    length: int


class Block(Struct, frozen=True):
    """One encoding block, told from its own start: equal blocks sound the same wherever they stand."""

    length: int
    clips: tuple[Part, ...]
    sounds: tuple[Part, ...]
    last: bool


def blocks_of(timeline: Timeline) -> Sequence[Block]:
    """Return the timeline's encoding blocks, each with what is heard in it."""
    return row(_blocks(timeline), least=LONG // _CLIPS_A_BLOCK)


def _blocks(timeline: Timeline) -> Iterator[Block]:
    starts = [placed.start for placed in timeline.placed]
    sounds = sorted(timeline.sounds, key=lambda sound: sound.start)
    sound_starts = [sound.start for sound in sounds]
    for cut in timeline.cuts:
        clips = timeline.placed[bisect_left(starts, cut.start) : bisect_left(starts, cut.end)]
        inside = sounds[bisect_left(sound_starts, cut.start) : bisect_left(sound_starts, cut.end)]
        yield Block(
            cut.end - cut.start,
            tuple(Part(clip.id, clip.start - cut.start, clip.length) for clip in clips),
            tuple(_part(sound, cut.start) for sound in inside),
            last=cut is timeline.cuts[-1],
        )


def _part(sound: PlacedSound, start: int) -> Part:
    return Part(sound.name, sound.start - start, sound.length)


def render(
    block: Block,
    samples: Callable[[str], NDArray[np.int16]],
    sounds: Mapping[str, Produced],
    *,
    gain: float,
    gains: Mapping[str, float] = MappingProxyType({}),
) -> NDArray[np.float32]:
    """Return the block's samples, the speech raised by `gain` dB and by its own of `gains`; a sound keeps its own level.

    `samples` gives an utterance's trimmed clip. Raises `ValueError` if one isn't as long as it was laid out.
    """
    out = np.zeros(block.length, np.float32)
    factor = _SCALE * np.float32(10 ** (gain / 20))
    for part in block.clips:
        clip = samples(part.name)
        if len(clip) != part.length:
            raise ValueError(f"clip {part.name!r} has {len(clip)} samples where {part.length} were laid out")
        own = gains.get(part.name)
        by = factor if own is None else factor * np.float32(10 ** (own / 20))
        np.multiply(clip, by, out=out[part.start : part.start + part.length])
    for part in block.sounds:
        sound = sounds[part.name]
        if len(sound.samples) != part.length:
            raise ValueError(f"sound {part.name!r} has {len(sound.samples)} samples where {part.length} were laid out")
        out[part.start : part.start + part.length] += sound.samples
    return out
