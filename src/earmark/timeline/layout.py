"""Lays a script out: clips, pauses and sounds end to end, exact to the sample."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from earmark.narration.script import ChapterStart, Script, Sentence, Utterance
from earmark.options import ChapterOptions
from earmark.packed import LONG, row
from earmark.timeline.axis import Chapter, ClipLength, Cue, Cut, Placed, PlacedSound, Timeline, WordMark
from earmark.timeline.chapters import Candidate, choose_chapters
from earmark.timeline.cuts import LONGEST_S, PAUSE_MS, SILENCE, CutPlace, choose_cuts
from earmark.timeline.packing import PackedMarks
from earmark.timeline.pieces import (
    STING,
    ChapterPlace,
    Flat,
    Piece,
    flatten,
    with_frame,
    with_room,
    with_stings,
)
from earmark.timeline.wordmarks import word_marks


def samples_of(milliseconds: int, sample_rate: int) -> int:
    """Return how many samples `milliseconds` last, half a sample counting as one."""
    return (2 * milliseconds * sample_rate + 1000) // 2000


def lay_out(  # noqa: PLR0913 (what is laid out, and four named measures)
    script: Script,
    clips: Mapping[str, ClipLength],
    sounds: Mapping[str, int] | None = None,
    *,
    sample_rate: int,
    frame: int,
    chapters: ChapterOptions,
    crossfade: int = 0,
    cut_at_chapters: bool = False,
) -> Timeline:
    """Return the timeline of `script`, spoken as `clips` (by utterance id) and dressed with `sounds`.

    `sounds` holds lengths in samples by name; "intro", "outro" and "sting" are placed here, each if it
    is there. `frame` is the MP3 frame's length in samples: encoding blocks are cut on its multiples.
    `crossfade` is in ms. With `cut_at_chapters` a block starts with each chapter, so that chapters can be
    published as MP3s of their own; the other cuts then fall within chapters. Raises `ValueError` for an utterance without a clip or an unknown sound.
    See `wordmarks` for what the script must hold so that words are marked.
    """
    sounds = sounds or {}
    flat = flatten(script, clips, sounds)
    chosen = _choose(script, flat, sample_rate, chapters)
    if STING in sounds:
        flat, chosen = with_stings(flat, chosen, sounds[STING])
    if flat.pieces:
        flat, chosen = with_frame(flat, chosen, sounds, samples_of(crossfade, sample_rate))
    if cut_at_chapters:
        flat = with_room(flat, [place.index for place in chosen[1:]], sample_rate)
    cuts = _cuts(flat, sample_rate, [place.index for place in chosen[1:]] if cut_at_chapters else [])
    if close := _close_cuts(flat, sample_rate, cuts):
        flat = with_room(flat, close, sample_rate)
        cuts = tuple(sorted({*cuts, *close}))
    axis = _place(flat, sample_rate, frame=frame, cuts=frozenset(cuts))
    bounds = [0, *(axis.starts[index] for index in cuts), axis.duration]
    return Timeline(
        sample_rate=sample_rate,
        duration=axis.duration,
        placed=row(
            Placed(piece.name, start, piece.length)
            for piece, start in zip(flat.pieces, axis.starts, strict=True)
            if piece.spoken
        ),
        sounds=tuple(
            PlacedSound(piece.name, start, piece.length)
            for piece, start in zip(flat.pieces, axis.starts, strict=True)
            if not piece.spoken
        ),
        cues=row(_cues(script, flat.pieces, axis.starts, clips)),
        chapters=_chapters(chosen, axis),
        cuts=tuple(Cut(low, high) for low, high in pairwise(bounds)) if axis.duration else (),
    )


class _Axis(Struct, frozen=True):
    """Where each piece starts, where all sound before each ends, and where everything ends."""

    starts: tuple[int, ...]
    quiet: tuple[int, ...]
    duration: int


def _place(flat: Flat, sample_rate: int, *, frame: int = 1, cuts: frozenset[int] = frozenset()) -> _Axis:
    """Put the pieces on the axis. Before a piece in `cuts` the silence is lengthened to the frame grid."""
    starts: list[int] = []
    quiet: list[int] = []
    cursor = heard = 0
    for index, piece in enumerate(flat.pieces):
        quiet.append(heard)
        start = max(0, cursor - piece.overlap) if piece.overlap else cursor + samples_of(piece.gap, sample_rate)
        if index in cuts:
            start = -(-start // frame) * frame
        starts.append(start)
        cursor = start + piece.length
        heard = max(heard, cursor)
    return _Axis(tuple(starts), tuple(quiet), max(heard, cursor + samples_of(flat.tail, sample_rate)))


def _choose(script: Script, flat: Flat, sample_rate: int, options: ChapterOptions) -> tuple[ChapterPlace, ...]:
    """Choose the chapters on a plain layout, so that neither stings nor the frame grid sway the choice."""
    axis = _place(flat, sample_rate)
    positions = [*axis.starts, axis.duration]
    return choose_chapters(
        [Candidate(place, positions[place.index]) for place in flat.places],
        duration=axis.duration,
        sample_rate=sample_rate,
        options=options,
        untitled=ChapterStart(script.title, flat.block, 0) if flat.pieces else None,
    )


def _cuts(flat: Flat, sample_rate: int, forced: Sequence[int]) -> tuple[int, ...]:
    """Choose the pieces before which an encoding block is cut: all of `forced` that may be, others between them."""
    axis = _place(flat, sample_rate)
    outro = flat.pieces[-1] if flat.pieces else None
    under = axis.starts[-1] if outro and outro.overlap else axis.duration  # words under the outro stay with it
    places = [
        CutPlace(index, axis.starts[index], piece.gap, flat.pieces[index - 1].digest + piece.digest)
        for index, piece in enumerate(flat.pieces)
        if index
        and piece.structural
        and piece.gap >= (0 if index in forced else PAUSE_MS)
        and axis.starts[index] - axis.quiet[index] >= SILENCE
        and axis.starts[index] <= under
    ]
    if not forced:
        return choose_cuts(places, duration=axis.duration, sample_rate=sample_rate)
    return _within(places, frozenset(forced), axis.duration, sample_rate)


def _close_cuts(flat: Flat, sample_rate: int, cuts: Sequence[int]) -> tuple[int, ...]:
    """Choose where to cut, once there is room, what no pause of `PAUSE_MS` parts: `cuts` are those that there are.

    Sentences that follow each other closely would else be one block, of hours, and so much memory.
    """
    axis = _place(flat, sample_rate)
    ends = [*axis.starts, axis.duration]
    chosen: list[int] = []
    for low, high in pairwise([0, *cuts, len(flat.pieces)]):
        begin, end = ends[low], ends[high]
        if end - begin <= 2 * LONGEST_S * sample_rate:
            continue
        places = [
            CutPlace(index, ends[index] - begin, piece.gap, flat.pieces[index - 1].digest + piece.digest)
            for index, piece in enumerate(flat.pieces[low + 1 : high], low + 1)
            if piece.structural and ends[index] - axis.quiet[index] == samples_of(piece.gap, sample_rate)
        ]
        chosen += choose_cuts(places, duration=end - begin, sample_rate=sample_rate)
    return tuple(chosen)


def _within(places: Sequence[CutPlace], forced: frozenset[int], duration: int, sample_rate: int) -> tuple[int, ...]:
    """Return the forced cuts, and those that `choose_cuts` makes of each stretch between two of them."""
    starts = [0, *(place.at for place in places if place.index in forced)]
    chosen = [place.index for place in places if place.index in forced]
    first = 0
    for low, high in pairwise([*starts, duration]):
        inner: list[CutPlace] = []
        while first < len(places) and places[first].at < high:
            inner.append(replace(places[first], at=places[first].at - low))
            first += 1
        chosen += choose_cuts(inner, duration=high - low, sample_rate=sample_rate)
    return tuple(sorted(set(chosen)))


def _cues(
    script: Script, pieces: Sequence[Piece], starts: Sequence[int], clips: Mapping[str, ClipLength]
) -> Iterator[Cue]:
    """Yield a cue for each sentence that is heard, from the first to the last sample of its parts."""
    words: Sequence[WordMark] | None
    end = 0
    for number, sentence in enumerate(script.items):
        if not isinstance(sentence, Sentence):
            continue
        begin = end
        while begin < len(pieces) and pieces[begin].sentence < number:
            begin += 1
        end = begin
        while end < len(pieces) and pieces[end].sentence == number:
            end += 1
        if begin == end:
            continue
        words = _words(sentence, pieces[begin:end], starts[begin:end], clips)
        if words is not None and len(pieces) > LONG:
            words = PackedMarks(words)
        yield Cue(sentence, starts[begin], starts[end - 1] + pieces[end - 1].length, words)


def _words(
    sentence: Sentence, pieces: Sequence[Piece], starts: Sequence[int], clips: Mapping[str, ClipLength]
) -> tuple[WordMark, ...] | None:
    known = False
    marks: list[WordMark] = []
    said = (part for part in sentence.parts if isinstance(part, Utterance))
    for piece, start in zip(pieces, starts, strict=True):
        if piece.spoken:
            utterance, words = next(said), clips[piece.name].words
            if words is not None:
                known = True
                marks += word_marks(utterance, words, start=start, length=piece.length)
    return tuple(marks) if known else None


def _chapters(chosen: Sequence[ChapterPlace], axis: _Axis) -> tuple[Chapter, ...]:
    """Return the chapters, tiling the edition: the first starts with whatever is heard first."""
    starts = [0, *(axis.starts[place.index] for place in chosen[1:])]
    ends = [*starts[1:], axis.duration]
    return tuple(
        Chapter(place.start.title, place.start.block, start, end)
        for place, start, end in zip(chosen, starts, ends, strict=False)
    )
