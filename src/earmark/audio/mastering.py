"""Makes the finished MP3: gain, blocks on all cores, measured as decoded, joined under one header.

A block's bytes depend on its own samples and the gain alone, so they are kept by a key of just that,
and an edit costs its own block. Nothing here depends on the order or the number of threads.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from heapq import merge
from itertools import chain, islice, pairwise
from operator import itemgetter
from typing import Protocol, TypeVar

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray
from pedalboard.version import __version__ as encoder_version

from earmark.audio import limiter, mp3
from earmark.audio.finished import Finished
from earmark.audio.gain import Piece, Programme, choose_gain
from earmark.audio.loudness import STEPS_A_SECOND, Levels, Meter, levels, true_peak
from earmark.audio.render import Block, Produced, blocks_of, render
from earmark.edition import Loudness
from earmark.errors import EarmarkError
from earmark.options import AudioOptions
from earmark.packed import LONG, Again
from earmark.timeline import Timeline

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_HEADROOM_DB = 0.6  # between the limiter and the true peak: the encoder shapes peaks anew
_MEASURING_DB = 0.05  # meters differ by so much
_ATTEMPTS = 4
_LOWERINGS, _LOWERED = 7, 0.97  # ever larger steps: some peaks are the coder's own and hardly follow
_BLOCKS = 240  # of a long edition, made before the next are looked for: two hours and more
_PIECES = 500  # clips of a long edition whose levels are in memory at once
_CLOSE_LU = 0.35
_HELD_BYTES = 32_000_000  # an hour; a longer MP3 is read back from the store as it is written


class Store(Protocol):
    """Where encoded blocks are kept between runs; may be called from several threads."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, None if it isn't there (any more)."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`, if there is room."""
        ...

    def holds(self, key: str) -> bool:
        """Tell whether there seems to be something under `key`, without reading it."""
        ...


class Map(Protocol):
    """`map`, or an executor's: results in the items' order."""

    def __call__(self, function: Callable[[_Item], _Result], items: Iterable[_Item], /) -> Iterator[_Result]:
        """Apply `function` to each of `items`."""
        ...


class Material(Struct, frozen=True, kw_only=True):
    """What an edition's sound is made of. Both callables take an utterance's id and may be called from threads.

    `key` identifies the trimmed clip's sound, `samples` gives it (int16, at the timeline's rate); a cached
    block's clips are never read. `programme` is what `programme_of` makes of all their levels. `gains` are in dB,
    of utterances that need one to be as loud as the others; it is in their levels already.
    """

    timeline: Timeline
    key: Callable[[str], str]
    samples: Callable[[str], NDArray[np.int16]]
    programme: Programme
    sounds: Mapping[str, Produced]
    gains: Mapping[str, float] = field(default_factory=dict)


class Master(Struct, frozen=True, kw_only=True):
    """The finished MP3, without tags: `size` bytes in `chunks`, and what it measures as decoded.

    `stretch` yields the MP3 of what lies between two starts of blocks (in samples; the end may also be
    the whole's), of the same frames under a header of its own. It raises `ValueError` for other places.
    """

    loudness: Loudness
    gain: float
    size: int
    chunks: Callable[[], Iterator[bytes]]
    stretch: Callable[[int, int], Iterator[bytes]]


def gain_alone(levels: Levels, options: AudioOptions) -> float:
    """Return the gain in dB at which a sound alone would come out as loud as an edition is, after compressor and limiter.

    These take more from a voice with high peaks than from an even one: where two voices need the same gain, they are heard
    equally loud, and not where they are so before.
    """
    programme = Programme.of([(levels, True, 0)])
    return choose_gain(programme, options.loudness, ceiling=_ceiling(options))


def first_gain(material: Material, options: AudioOptions) -> float:
    """Return the gain in dB to try first. Raises `EarmarkError` if nothing would be heard."""
    if not material.timeline.cuts or material.programme.is_silent():
        raise EarmarkError("nothing in it can be heard", hint="Check that the article has words to say.")
    return choose_gain(material.programme, options.loudness, ceiling=_ceiling(options))


def master(
    material: Material, options: AudioOptions, store: Store, map_: Map = map, *, gain: float | None = None
) -> Master:
    """Encode and measure `material` at the options' loudness, beginning at `gain`, or else at its `first_gain`.

    Raises `EarmarkError` if nothing would be heard.
    """
    press = _Press(material, options, store)
    programme = material.programme
    gain = first_gain(material, options) if gain is None else gain
    tries: list[tuple[float, float, list[Finished]]] = []
    heard: dict[float, float] = {}
    for _ in range(_ATTEMPTS):
        made, measured = press.made(map_, gain)
        tries.append((abs(measured - options.loudness), gain, made))
        heard[gain] = measured
        if tries[-1][0] <= _CLOSE_LU or not np.isfinite(measured):
            break
        bias = measured - programme.predict(gain, ceiling=press.ceiling)
        gain = choose_gain(programme, options.loudness, ceiling=press.ceiling, bias=bias)
        if any(gain == tried for _, tried, _ in tries):
            break
    _, gain, made = min(tries, key=lambda entry: entry[:2])
    return press.joined(gain, made, heard[gain])


def _ceiling(options: AudioOptions) -> float:
    """Return what the limiter lets no sample pass, linear."""
    return float(10 ** ((options.true_peak - _HEADROOM_DB) / 20))


def programme_of(timeline: Timeline, levels: Callable[[str], Levels], sounds: Mapping[str, Produced]) -> Programme:
    """Line up the levels of all that is heard, with the silence between.

    `levels` gives an utterance's `loudness.clip_levels`, which should be kept beside its clip.
    """
    step = timeline.sample_rate // STEPS_A_SECOND

    def pieces() -> Iterator[Piece]:
        clips = ((clip.start, clip.id, True) for clip in timeline.placed)
        others = sorted(((sound.start, sound.name, False) for sound in timeline.sounds), key=itemgetter(0))
        heard = merge(clips, others, key=itemgetter(0))
        for (start, name, spoken), (end, _, _) in pairwise(chain(heard, [(timeline.duration, "", False)])):
            measured = levels(name) if spoken else sounds[name].levels
            yield measured, spoken, max(0, end - start - len(measured.energy) * step) // step

    return Programme.of(Again(pieces), at_once=_PIECES if len(timeline.placed) > LONG else None)


class _Press:
    """Makes blocks, or finds them made."""

    def __init__(self, material: Material, options: AudioOptions, store: Store) -> None:
        self._material, self._options, self._store = material, options, store
        timeline = material.timeline
        self._rate = timeline.sample_rate
        self._bitrate = mp3.bitrate_for(self._rate, options.bitrate)
        self._frame = mp3.frame_samples(self._rate)
        self.blocks = blocks_of(timeline)
        self.ceiling = _ceiling(options)
        self._hold = timeline.duration / self._rate * self._bitrate * 125 <= _HELD_BYTES

    def made(self, map_: Map, gain: float) -> tuple[list[Finished], float]:
        """Return all blocks made, and how loud they are in LUFS together; without their sound if it'd fill the memory.

        Those that have to be encoded are begun first, the others are read meanwhile.
        """
        meter, made = Meter(), list[Finished]()
        coming = iter(self.blocks)
        while some := tuple(islice(coming, _BLOCKS)):
            kept = [self._store.holds(self._key(block, gain)) for block in some]
            order = sorted(range(len(kept)), key=kept.__getitem__)
            found = map_(partial(self._make, gain=gain), [some[number] for number in order])
            for _, finished in sorted(zip(order, found, strict=True), key=itemgetter(0)):
                meter.add(finished.energy)
                made.append(finished.without_energy())
        return made, meter.loudness

    def _make(self, block: Block, *, gain: float) -> Finished:
        key = self._key(block, gain)
        kept = self._store.get(key)
        finished = None if kept is None else Finished.from_bytes(kept)
        if finished is None:
            finished = self._encode(block, gain)
            self._store.put(key, finished.to_bytes())
        return finished if self._hold else finished.without_frames()

    def _encode(self, block: Block, gain: float) -> Finished:
        """Encode, decode and measure; lower the limiter for this block alone until its true peak is in bounds."""
        its = self._material
        samples = render(block, its.samples, its.sounds, gain=gain, gains=its.gains)
        allowed = float(10 ** ((self._options.true_peak - _MEASURING_DB) / 20))
        ceiling = self.ceiling
        made: list[Finished] = []
        while len(made) < _LOWERINGS:
            shaped = limiter.level(samples, self._rate, ceiling=ceiling)
            data = mp3.encode_block(shaped, self._rate, self._bitrate, last=block.last)
            decoded = mp3.decode(data)
            peak = true_peak(decoded)
            energy = levels(decoded, self._rate, tail=False).energy
            made.append(Finished(mp3.Frames.of(data), energy, peak, data))
            if peak <= allowed:
                break
            ceiling *= allowed / peak * _LOWERED ** len(made)
        return min(made, key=lambda finished: finished.true_peak)

    def _key(self, block: Block, gain: float) -> str:
        gains = self._material.gains
        clips = [
            (
                self._material.key(part.name),
                part.start,
                part.length,
                *((gains[part.name],) if part.name in gains else ()),
            )
            for part in block.clips
        ]
        sounds = [(self._material.sounds[part.name].key, part.start, part.length) for part in block.sounds]
        return sha256(
            json.dumps(
                {
                    "encoder": encoder_version,
                    "level": limiter.VERSION,
                    "rate": self._rate,
                    "bitrate": self._bitrate,
                    "ceiling": self._options.true_peak,
                    "gain": gain,
                    "length": block.length,
                    "last": block.last,
                    "clips": clips,
                    "sounds": sounds,
                },
                sort_keys=True,
            ).encode()
        ).hexdigest()

    def joined(self, gain: float, made: list[Finished], loudness: float) -> Master:
        """Put the blocks under one header; `loudness` is what they measure together, in LUFS."""
        head = mp3.header(
            [block.frames for block in made],
            duration=self._material.timeline.duration,
            sample_rate=self._rate,
            bitrate=self._bitrate,
        )

        def chunks() -> Iterator[bytes]:
            yield head
            for block, finished in zip(self.blocks, made, strict=True):
                yield finished.data or self._again(block, gain)

        def stretch(start: int, end: int) -> Iterator[bytes]:
            cuts = self._material.timeline.cuts
            inside = [number for number, cut in enumerate(cuts) if start <= cut.start and cut.end <= end]
            if not inside or cuts[inside[0]].start != start or cuts[inside[-1]].end != end:
                raise ValueError(f"no blocks begin at {start} and end at {end}")
            tail = b"" if self.blocks[inside[-1]].last else mp3.silence(self._rate, self._bitrate)
            frames = [made[number].frames for number in inside]
            ending = [mp3.Frames.of(tail)] if tail else []
            yield mp3.header([*frames, *ending], duration=end - start, sample_rate=self._rate, bitrate=self._bitrate)
            for number in inside:
                yield made[number].data or self._again(self.blocks[number], gain)
            yield tail

        peak = max(block.true_peak for block in made)
        return Master(
            loudness=Loudness(loudness, float(20 * np.log10(peak)) if peak else -np.inf),
            gain=gain,
            size=len(head) + sum(block.frames.size for block in made),
            chunks=chunks,
            stretch=stretch,
        )

    def _again(self, block: Block, gain: float) -> bytes:
        """Return a block's frames from the store, or made once more if they have been swept from it."""
        kept = self._store.get(self._key(block, gain))
        finished = None if kept is None else Finished.from_bytes(kept)
        return finished.data if finished else self._encode(block, gain).data
