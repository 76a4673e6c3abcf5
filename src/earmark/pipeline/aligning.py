"""Finds when words are heard where an engine does not tell: espeak, which knows, says the same, and is laid along it.

What was found for a clip is kept beside it. An engine that tells is never asked twice, and nothing is loaded for it.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from earmark import engines
from earmark.audio.clip import Clip, SpokenWord
from earmark.engines.base import Engine, Request
from earmark.engines.cached import Measured
from earmark.errors import EngineError
from earmark.storage import ObjectStore

_REFERENCE = "espeak"

_Words = tuple[SpokenWord, ...] | None
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Map(Protocol):
    """`map`, on all cores: results in the items' order."""

    def __call__(self, function: Callable[[_Item], _Result], items: Iterable[_Item], /) -> Iterator[_Result]:
        """Apply `function` to each of `items`."""


class Aligner:
    """What knows, or finds out, when the words of clips are heard. Several threads may ask at once."""

    def __init__(self, store: ObjectStore, *, options: Mapping[str, object], workers: int) -> None:
        """Keep what is found in `store`; `options` are espeak's. Nothing is loaded yet."""
        self._store, self._options, self._workers = store, options, workers
        self._engine: Engine | None = None
        self._marks: dict[str, tuple[str, str]] = {}
        self._lock = threading.Lock()

    def completed(
        self,
        described: Mapping[str, Measured],
        requests: Mapping[str, Request],
        clip: Callable[[Request], Clip],
        over: Map,
    ) -> Iterator[tuple[str, Measured]]:
        """Yield those of `described`, by the keys of the clips, that had no words, with them; `over` maps on all cores."""
        mute = [key for key, known in described.items() if known.words is None]

        def heard(key: str) -> tuple[str, _Words]:
            request = requests[key]
            known = described[key]
            noted = known.notes or clip(request).samples.tobytes()  # of a long article, notes are not held
            what = f"{key} {known.length} {sha256(noted).hexdigest()}"
            return key, self.words(what, request, partial(clip, request))

        for key, words in over(heard, mute):
            if words:
                yield key, replace(described[key], words=words)

    def words(self, key: str, request: Request, clip: Callable[[], Clip], *, recorded: bool = False) -> _Words:
        """Return the words of the sound that `key` identifies; None where nobody can say them, or they are not sure."""
        from earmark.audio.follow import UNLIKE_RECORDED, UNLIKE_SPOKEN, VERSION, follow  # noqa: PLC0415 (most voices tell themselves)

        try:
            voice, mark = self._mark(request.language)
        except EngineError:
            return None  # a language that only this engine speaks
        said = msgspec.json.encode([request.language, [repr(part) for part in request.said]])
        place = sha256(b"\0".join((b"words", VERSION.encode(), mark.encode(), key.encode(), said))).hexdigest()
        kept = self._store.header(place)
        if kept is None:
            try:
                reference = self._load().speak(replace(request, voice=voice, rate=1.0, pitch=1.0, engine=""))
            except EngineError:
                return None
            found = follow(clip(), reference, most=UNLIKE_RECORDED if recorded else UNLIKE_SPOKEN)
            kept = msgspec.json.encode([_row(word) for word in found or ()])
            self._store.put(place, kept, b"")
        rows = msgspec.json.decode(kept, type=tuple[tuple[int, int, int, int], ...])
        return tuple(SpokenWord(*row, "aligned") for row in rows) or None

    def close(self) -> None:
        """End espeak, if it was needed. Safe to call twice."""
        if self._engine is not None:
            self._engine.close()

    def _load(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = engines.load(_REFERENCE, options=self._options, workers=self._workers)
            return self._engine

    def _mark(self, language: str) -> tuple[str, str]:
        """Return the voice that speaks `language`, and what identifies its sound. Raises `EngineError`."""
        if language not in self._marks:
            engine = self._load()
            voice = engine.resolve(language)
            mark = engine.fingerprint(voice)
            self._marks[language] = voice.name, f"{mark.version} {mark.voice} {mark.digest}"
        return self._marks[language]


def _row(word: SpokenWord) -> tuple[int, int, int, int]:
    return word.text_start, word.text_end, word.start, word.end
