"""Puts people's recordings where their words stand in the script: cut at the pauses, brought to the level of the voices.

Within a block a recording goes on as it is; between blocks its own pause becomes one of the timeline, where an
encoding block may end. Decoded recordings and where their words are heard are kept, so an edit elsewhere costs nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from threading import Lock

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from earmark.article import Problem, Severity
from earmark.audio import align, recording
from earmark.audio.activity import Stretch
from earmark.audio.clip import Clip, SpokenWord
from earmark.audio.loudness import Levels, clip_levels
from earmark.audio.mastering import gain_alone
from earmark.edition import Recording
from earmark.engines.base import Request
from earmark.errors import EarmarkError, ReadError
from earmark.narration.duration import words_in
from earmark.narration.script import Item, Pause, Script, Sentence, Sound, Utterance, spoken_text, utterances
from earmark.options import AudioOptions
from earmark.pipeline.aligning import Aligner, Map
from earmark.pipeline.composed import Tape
from earmark.pipeline.levelling import bounded
from earmark.storage import ObjectStore
from earmark.timeline import ClipLength

_ALONE_LUFS = -23.0  # that recordings are brought to where no voice speaks beside them
_MOST_DB = 24.0  # a person may sit far from the microphone
_SHORTEST_PAUSE_S = 0.2
_BEFORE_S, _AFTER_S = 0.04, 0.08  # that stay with the words where a recording is parted: a breath, a room
_WORDS_A_MINUTE = 150.0  # of people who read aloud
_SLOWEST, _QUICKEST, _SPARE_S = 2.0, 0.45, 2.0  # times as long as that, and what a short text may miss it by
_LONGEST, _SPARE_MINUTES = 4.0, 10  # times as long as that, beyond which it is not even decoded
_WORD = re.compile(r"\S+")


class _Reel:
    """One recording, decoded; its samples are read when they are needed."""

    def __init__(self, tape: Tape, rate: int, store: ObjectStore, most_seconds: float) -> None:
        """Decode the recording, unless it has been. Raises `EarmarkError`, also for one of more than `most_seconds`."""
        self.key = _digest("recording", recording.VERSION, tape.sha256, rate)
        self.rate, self.path, self._tape, self._store = rate, tape.path, tape, store
        self._most_seconds = most_seconds
        self._lock = Lock()
        self._samples: NDArray[np.int16] | None = None
        header = store.header(self.key)
        if header is None:
            self.samples()
            header = store.header(self.key) or self._header()
        known = json.loads(header)
        self.length = int(known["length"])

    def samples(self) -> NDArray[np.int16]:
        """Return all of it."""
        with self._lock:
            if self._samples is None:
                kept = self._store.get(self.key)
                if kept is not None:
                    self._samples = np.frombuffer(kept.payload, "<i2").astype(np.int16, copy=False)
                else:
                    with self._tape.open() as file:
                        self._samples = recording.decoded(file, self.rate, most_seconds=self._most_seconds).samples
                    payload = np.ascontiguousarray(self._samples, "<i2").tobytes()
                    self._store.put(self.key, self._header(), payload)
            return self._samples

    def _header(self) -> bytes:
        return json.dumps({"length": 0 if self._samples is None else len(self._samples)}).encode()

    def gain(self, options: AudioOptions) -> float:
        """Return the gain in dB that it alone would need; what was found out once is looked up."""
        key = _digest("gain", self.key, options.loudness, options.true_peak)
        header = self._store.header(key)
        if header is None:
            found = gain_alone(clip_levels(self.samples(), self.rate), options)
            self._store.put(key, json.dumps(found).encode(), b"")
            return found
        return float(json.loads(header))

    def aligned(self, words: Sequence[str]) -> align.Alignment:
        """Return when each word is heard; what was found out once is looked up."""
        key = _digest("alignment", align.VERSION, self.key, *words)
        header = self._store.header(key)
        if header is None:
            found = align.align(words, self.samples(), self.rate)
            self._store.put(key, json.dumps([found.source, found.words]).encode(), b"")
            return found
        source, stretches = json.loads(header)
        return align.Alignment(tuple((start, end) for start, end in stretches), source)


class Piece(Struct, frozen=True, eq=False):
    """What one utterance is heard as: `[start, end)` of a recording, faded where it was parted from the rest."""

    reel: _Reel
    start: int
    end: int
    into: bool
    out: bool

    @property
    def key(self) -> str:
        """What identifies its sound."""
        return _digest("piece", self.reel.key, self.start, self.end, self.into, self.out)

    def samples(self) -> NDArray[np.int16]:
        """Return its samples."""
        whole = self.reel.samples()[self.start : self.end]
        return recording.faded(whole, self.reel.rate, into=self.into, out=self.out)


class Taped(Struct, frozen=True):
    """A script with its recordings in their places: `clips` and `pieces` by utterance, `gains` in dB."""

    script: Script
    clips: Mapping[str, ClipLength]
    pieces: Mapping[str, Piece]
    gains: Mapping[str, float]
    recordings: tuple[Recording, ...]
    store: ObjectStore

    def levels(self, name: str) -> Levels:
        """Return the levels of an utterance, before its gain."""
        piece = self.pieces[name]
        key = _digest("levels", piece.key)
        kept = self.store.header(key)
        if kept is not None:
            return Levels.from_bytes(kept)
        found = clip_levels(piece.samples(), piece.reel.rate)
        self.store.put(key, found.to_bytes(), b"")
        return found


def rate_of(tapes: Sequence[Tape], name: str) -> int:
    """Return the sample rate of the first recording. Raises `ReadError`, as `taped` does."""
    with _told(tapes[0], name), tapes[0].open() as file:
        return recording.rate_of(file)


def taped(  # noqa: PLR0913 (what is placed, and how, each by name)
    script: Script,
    tapes: Sequence[Tape],
    *,
    name: str,
    rate: int,
    options: AudioOptions,
    beside: float | None,
    store: ObjectStore,
) -> Taped:
    """Return `script` with its recordings in their places, as loud as the voice that needs `beside` dB; None: there is none.

    Raises `ReadError`, with the article's `name` and the line, for a recording that can't be used.
    """
    follows = dict(_neighbours(script))
    goal = options.loudness - _ALONE_LUFS if beside is None else beside
    clips: dict[str, ClipLength] = {}
    pieces: dict[str, Piece] = {}
    gains: dict[str, float] = {}
    found: list[Recording] = []
    gaps: dict[str, int] = {}
    problems: list[Problem] = []
    for tape in tapes:
        run = [said for said in utterances(script) if said.recording == tape.name]
        with _told(tape, name):
            reel = _Reel(tape, rate, store, _longest(run))
            if reel.length < len(run):
                raise EarmarkError("it is too short", hint="Name a recording of these words.")
            cut = _Cutting(reel, run, follows)
        for said, piece, words in zip(run, cut.pieces, cut.words, strict=True):
            pieces[said.id], clips[said.id] = piece, ClipLength(piece.end - piece.start, words)
        gaps |= cut.gaps
        gain = bounded(reel.gain(options) - goal, most=_MOST_DB)
        gains |= dict.fromkeys((said.id for said in run), gain) if gain else {}
        seconds = reel.length / rate
        found.append(Recording(path=tape.path, sha256=tape.sha256, seconds=seconds, times=cut.source))
        reason = _implausible(seconds, " ".join(spoken_text(said.said) for said in run))
        if reason:
            problems.append(_doubt(tape, reason, run[0].block))
    items = tuple(_parted(script.items, follows, gaps))
    script = replace(script, items=items, problems=(*script.problems, *problems))
    return Taped(script, clips, pieces, gains, tuple(found), store)


class _told:  # noqa: N801 (it is read as a word)
    """Tells an error of a recording with the article's name and line."""

    def __init__(self, tape: Tape, name: str) -> None:
        self._tape, self._name = tape, name

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, EarmarkError | OSError):
            why = error.message if isinstance(error, EarmarkError) else f"it can't be read: {error.strerror}"
            message = f"the recording {self._tape.name!r} can't be used: {why}"
            hint = error.hint if isinstance(error, EarmarkError) else ""
            code = "recording-missing"
            raise ReadError(message, source=self._name, line=self._tape.line, hint=hint, code=code) from error


class _Cutting:
    """Where one recording is cut: a piece, and words if their times are known, for each utterance of a run."""

    def __init__(self, reel: _Reel, run: Sequence[Utterance], follows: Mapping[str, str]) -> None:
        texts = [spoken_text(said.said) for said in run]
        spans = [[match.span() for match in _WORD.finditer(text)] for text in texts]
        words = [[text[start:end] for start, end in its] for text, its in zip(texts, spans, strict=True)]
        for its_words, (before, after) in zip(words, pairwise(run), strict=False):
            if before.block != after.block and its_words[-1][-1].isalnum():
                its_words[-1] += "."  # the voice rests after a heading as after a sentence
        alignment = reel.aligned([word for its_words in words for word in its_words])
        self.source = alignment.source
        self.gaps: dict[str, int] = {}
        ends: list[int] = []
        for its in spans:
            ends.append(len(its) + (ends[-1] if ends else 0))
        self._rate, self._length = reel.rate, reel.length
        edges = [(0, False)]
        for (before, after), end in zip(pairwise(run), ends, strict=False):
            stop, begin, parted = self._edge(
                before, after, alignment.words[end - 1][1], alignment.words[end][0], follows
            )
            edges += [(stop, parted), (begin, parted)]
        edges.append((reel.length, False))
        self._keep_apart(edges)
        pairs = list(zip(edges[::2], edges[1::2], strict=True))
        self.pieces = [Piece(reel, start, stop, into, out) for (start, into), (stop, out) in pairs]
        times = iter(alignment.words)
        self.words = [self._words(piece, its, times) for piece, its in zip(self.pieces, spans, strict=True)]

    def _edge(
        self, before: Utterance, after: Utterance, end: int, start: int, follows: Mapping[str, str]
    ) -> tuple[int, int, bool]:
        """Return where the one ends and the next begins, and whether they are parted."""
        middle = (end + start) // 2
        stop = min(end + round(_AFTER_S * self._rate), middle)
        begin = max(start - round(_BEFORE_S * self._rate), middle)
        near = follows.get(before.id) == after.id
        pause = (begin - stop) / self._rate
        if near and (before.block == after.block or pause < _SHORTEST_PAUSE_S):
            self.gaps[before.id] = 0
            return middle, middle, False
        if near:
            self.gaps[before.id] = round(1000 * pause)
        return stop, begin, True

    def _keep_apart(self, edges: list[tuple[int, bool]]) -> None:
        """Leave at least a sample to each utterance, wherever the words were found."""
        count = len(edges) // 2
        for number in range(1, count):
            low = edges[2 * number - 2][0] + 1
            high = self._length - (count - number)
            stop, begin = (min(max(edges[place][0], low), high) for place in (2 * number - 1, 2 * number))
            edges[2 * number - 1] = stop, edges[2 * number - 1][1]
            edges[2 * number] = max(stop, begin), edges[2 * number][1]

    def _words(
        self, piece: Piece, spans: Sequence[tuple[int, int]], times: Iterator[Stretch]
    ) -> tuple[SpokenWord, ...] | None:
        """Return the words of a piece; guessed times are never published as known."""
        placed = [(span, next(times)) for span in spans]
        if self.source != "aligned":
            return None
        length = piece.end - piece.start
        inside = [(span, [min(max(at - piece.start, 0), length) for at in heard]) for span, heard in placed]
        return tuple(SpokenWord(first, last, start, end, "aligned") for (first, last), (start, end) in inside)


def heard(taped: Taped, aligner: Aligner, over: Map) -> Taped:
    """Return `taped` with the times of the words that can be told by their sound, utterance by utterance."""
    said = {one.id: one for one in utterances(taped.script) if one.id in taped.pieces}
    mute = [
        (name, Request(said=one.said, language=one.language, voice=""))
        for name, one in said.items()
        if taped.clips[name].words is None
    ]

    def words(entry: tuple[str, Request]) -> tuple[str, tuple[SpokenWord, ...] | None]:
        name, request = entry
        piece = taped.pieces[name]
        return name, aligner.words(piece.key, request, lambda: Clip(piece.samples(), piece.reel.rate), recorded=True)

    found = dict(over(words, mute))
    clips = {name: replace(clip, words=found.get(name) or clip.words) for name, clip in taped.clips.items()}
    known = dict.fromkeys((one.path for one in taped.recordings), True)
    for name in said:
        known[taped.pieces[name].reel.path] &= clips[name].words is not None
    told = tuple(replace(one, times="aligned") if known[one.path] else one for one in taped.recordings)
    return replace(taped, clips=clips, recordings=told)


def _neighbours(script: Script) -> Iterator[tuple[str, str]]:
    """Yield each utterance, by its id, with the next, if both are of one recording and nothing is heard between."""
    last: Utterance | None = None
    for part in (part for item in script.items for part in (item.parts if isinstance(item, Sentence) else (item,))):
        if isinstance(part, Utterance):
            if last and last.recording and last.recording == part.recording:
                yield last.id, part.id
            last = part
        elif isinstance(part, Sound):
            last = None


def _parted(items: Sequence[Item], follows: Mapping[str, str], gaps: Mapping[str, int]) -> Iterator[Item]:
    """Yield `items` with the recordings' own pauses instead of the narrator's."""
    last = ""
    for item in items:
        if isinstance(item, Pause):
            if last not in follows:
                yield item
            elif gaps[last]:
                yield Pause(gaps[last])
            continue
        if isinstance(item, Sentence):
            parts: list[Utterance | Pause | Sound] = []
            for part in item.parts:
                if isinstance(part, Pause) and last in follows:
                    parts += [Pause(gaps[last])] if gaps[last] else []
                else:
                    parts.append(part)
                last = part.id if isinstance(part, Utterance) else last
            yield replace(item, parts=tuple(parts))
        else:
            yield item


def _longest(run: Sequence[Utterance]) -> float:
    """Return how many seconds of a recording are decoded at most: a small file may hold hours of silence."""
    return _SPARE_MINUTES * 60 + _LONGEST * 60 * sum(words_in(spoken_text(said.said)) for said in run) / _WORDS_A_MINUTE


def _implausible(seconds: float, said: str) -> str:
    """Return why a recording of so many seconds can't be `said`, read by a person; "" if it can."""
    usual = 60 * words_in(said) / _WORDS_A_MINUTE
    if _QUICKEST * usual - _SPARE_S / 2 <= seconds <= _SLOWEST * usual + _SPARE_S:
        return ""
    return f"it lasts {seconds:.1f} s, and a person takes about {usual:.0f} s to read them"


def _doubt(tape: Tape, reason: str, block: str) -> Problem:
    message = f"the recording {tape.name!r} does not seem to be of the words that it stands for: {reason}"
    hint = "Check that it is the right file, and that nothing was added to the text or cut from it since."
    return Problem("recording-implausible", Severity.WARNING, message, hint, block, tape.line)


def _digest(*parts: object) -> str:
    return sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()
