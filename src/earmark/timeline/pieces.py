"""Flattens a script into pieces: what is heard, one after another, and the silence before each."""

from collections.abc import Collection, Mapping
from hashlib import blake2b
from sys import intern

from msgspec import Struct
from msgspec.structs import replace

from earmark.narration.script import ChapterStart, Pause, Script, Sentence, Sound, Utterance, spoken_text
from earmark.timeline.axis import ClipLength
from earmark.timeline.cuts import SILENCE

INTRO, OUTRO, STING = "intro", "outro", "sting"
_DRESSING = frozenset({INTRO, OUTRO, STING})  # an edition without these files simply goes without


class Piece(Struct, frozen=True, kw_only=True, gc=False):
    """One clip or sound, and what stands before it; not its words, which a long article has too many of.

    `name` is the utterance's id or the sound's name. `digest` is eight bytes that depend on what is heard alone, not on
    its place or its id. `gap` is the silence before it in ms. `structural` means that it begins a sentence, or stands
    between sentences. `sentence` is the number of its sentence among the script's items, -1 where it is in none.
    `overlap` is how many samples it starts before the end of what precedes it.
    """

    name: str
    digest: bytes
    length: int
    gap: int
    structural: bool
    spoken: bool = False
    sentence: int = -1
    overlap: int = 0

    @property
    def sound(self) -> str:
        """The sound's name, "" if it is spoken."""
        return "" if self.spoken else self.name


class ChapterPlace(Struct, frozen=True):
    """A chapter may start before `pieces[index]`; `item` is its place in the script, None if it was implied."""

    start: ChapterStart
    index: int
    item: int | None


class Flat(Struct, frozen=True):
    """A script as pieces; `tail` is the silence after the last in ms, `block` that of the first if it is spoken, else ""."""

    pieces: tuple[Piece, ...]
    places: tuple[ChapterPlace, ...]
    tail: int
    block: str = ""


def flatten(script: Script, clips: Mapping[str, ClipLength], sounds: Mapping[str, int]) -> Flat:
    """Flatten `script`, collapsing adjoining pauses to the longest, also around chapter starts.

    Raises `ValueError` for an utterance without a clip, an empty clip, or an unknown sound.
    """
    pieces: list[Piece] = []
    places: list[ChapterPlace] = []
    gap = 0
    block = ""
    for number, item in enumerate(script.items):
        match item:
            case Pause(ms):
                gap = max(gap, ms)
            case ChapterStart():
                places.append(ChapterPlace(item, len(pieces), number))
            case Sound(name):
                if name in sounds or name not in _DRESSING:
                    pieces.append(_piece(item, _length(item, clips, sounds), gap=gap, structural=True))
                    gap = 0
            case Sentence():
                is_first = not pieces
                gap = _add_sentence(pieces, number, item, gap, clips, sounds)
                if is_first and pieces and pieces[0].spoken:
                    block = next(part.block for part in item.parts if isinstance(part, Utterance))
    if pieces:  # silence separates two things that are heard; before the first it would only be waiting
        pieces[0] = replace(pieces[0], gap=0)
    return Flat(tuple(pieces), tuple(places), gap if pieces else 0, block)


def _add_sentence(  # noqa: PLR0913, PLR0917 (what is being made, what goes into it, and what is known)
    pieces: list[Piece],
    number: int,
    sentence: Sentence,
    gap: int,
    clips: Mapping[str, ClipLength],
    sounds: Mapping[str, int],
) -> int:
    """Append the sentence's pieces and return the silence that has gathered after the last."""
    structural = True
    for part in sentence.parts:
        if isinstance(part, Pause):
            gap = max(gap, part.ms)
        elif not isinstance(part, Sound) or part.name in sounds or part.name not in _DRESSING:
            length = _length(part, clips, sounds)
            pieces.append(_piece(part, length, gap=gap, structural=structural, sentence=number))
            gap, structural = 0, False
    return gap


def _length(heard: Utterance | Sound, clips: Mapping[str, ClipLength], sounds: Mapping[str, int]) -> int:
    if isinstance(heard, Sound):
        length, known = sounds.get(heard.name, 0), heard.name
    else:
        clip = clips.get(heard.id)
        length, known = (clip.length if clip else 0), heard.id
    if length < 1:
        raise ValueError(f"no clip, or an empty one, for {known!r}")
    return length


def with_stings(flat: Flat, chosen: tuple[ChapterPlace, ...], length: int) -> tuple[Flat, tuple[ChapterPlace, ...]]:
    """Put a sting into the silence before each chapter but the first; the chapter then starts with it.

    Half of the silence stays before the sting and half after it, so that it answers neither the last
    word nor the heading.
    """
    moved: list[ChapterPlace] = []
    pieces: list[Piece] = []
    starts = {place.index: place for place in chosen}
    for index, piece in enumerate(flat.pieces):
        place = starts.get(index)
        if place is not None:
            moved.append(replace(place, index=len(pieces)))
        if place is not None and index > 0 and not _is_dressing(flat.pieces[index]):
            before = piece.gap // 2
            pieces.append(_piece(Sound(STING), length, gap=before, structural=True))
            pieces.append(replace(piece, gap=piece.gap - before))
        else:
            pieces.append(piece)
    return replace(flat, pieces=tuple(pieces)), tuple(moved)


def with_room(flat: Flat, starts: Collection[int], sample_rate: int) -> Flat:
    """Put enough silence before each of the pieces `starts` that an encoding block can be cut there."""
    least = -(-1000 * SILENCE // sample_rate) + 1
    pieces = list(flat.pieces)
    for index in starts:
        if not pieces[index].overlap:
            pieces[index] = replace(pieces[index], gap=max(pieces[index].gap, least))
    return replace(flat, pieces=tuple(pieces))


def _is_dressing(piece: Piece) -> bool:
    return piece.sound in _DRESSING


def with_frame(
    flat: Flat, chosen: tuple[ChapterPlace, ...], sounds: Mapping[str, int], crossfade: int
) -> tuple[Flat, tuple[ChapterPlace, ...]]:
    """Put the intro first and the outro last, where the script hasn't placed them itself.

    With `crossfade` samples over 0, the intro's end runs under the first words and the outro's start
    under the last ones; else the outro follows the silence that ends the script.
    """
    placed = {piece.sound for piece in flat.pieces}
    pieces, tail = list(flat.pieces), flat.tail
    if OUTRO in sounds and OUTRO not in placed:
        gap = 0 if crossfade else tail
        outro = _piece(Sound(OUTRO), sounds[OUTRO], gap=gap, structural=True)
        pieces.append(replace(outro, overlap=min(crossfade, sounds[OUTRO])))
        tail = 0
    if INTRO in sounds and INTRO not in placed:
        pieces[0] = replace(pieces[0], overlap=min(crossfade, sounds[INTRO]))
        pieces.insert(0, _piece(Sound(INTRO), sounds[INTRO], gap=0, structural=True))
        chosen = tuple(replace(place, index=place.index + (place.index > 0)) for place in chosen)
    return replace(flat, pieces=tuple(pieces), tail=tail), chosen


def _piece(heard: Utterance | Sound, length: int, *, gap: int, structural: bool, sentence: int = -1) -> Piece:
    words = heard.name if isinstance(heard, Sound) else f"{heard.language}\0{heard.voice}\0{spoken_text(heard.said)}"
    return Piece(
        name=heard.name if isinstance(heard, Sound) else intern(heard.id),
        digest=blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(),
        length=length,
        gap=gap,
        structural=structural,
        spoken=isinstance(heard, Utterance),
        sentence=sentence,
    )
