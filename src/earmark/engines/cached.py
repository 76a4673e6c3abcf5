"""A cache around any engine: what was spoken once is read back, never spoken again."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache

import msgspec
import numpy as np
from msgspec import Struct

from earmark.audio.clip import Clip, SpokenWord
from earmark.engines.base import Engine, Fingerprint, Request, Voice
from earmark.errors import SynthesisError
from earmark.narration.script import Phonemes, Text, spoken_text
from earmark.storage import ObjectStore, Stored

_FORMAT = 2  # of the stored clips
_LONGEST_KEEPING = 10.0  # seconds to wait for a clip to be stored: milliseconds, but for a disk that hangs


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stored clip without its samples. `words` are (text start, text end, start, end, source)."""

    sample_rate: int
    length: int
    notes: bytes
    words: tuple[tuple[int, int, int, int, str], ...] | None


class Measured(Struct, frozen=True):
    """What is known of a stored clip without its samples: `length` in samples, the words if the engine knows them.

    `notes` are what the preparation noted of its sound.
    """

    length: int
    sample_rate: int
    words: tuple[SpokenWord, ...] | None
    notes: bytes = b""


class Preparation(Struct, frozen=True):
    """What is done to every new clip before it is stored: trimming, and refusing what can't be right.

    `note` returns what is worth keeping beside the samples, so that they need not be read for it. `version`
    is part of every key: raise it when either changes what it returns.
    """

    version: str
    apply: Callable[[Clip, Request], Clip]
    note: Callable[[Clip], bytes] = lambda _clip: b""


class Cached:
    """An engine whose clips are kept in a store, under the hash of the whole request.

    What it returns is always what is stored, even where another process has stored its own first.
    """

    def __init__(
        self,
        engine: Engine,
        store: ObjectStore,
        preparation: Preparation,
        *,
        options: Mapping[str, object] | None = None,
        turn: AbstractContextManager[object] | None = None,
    ) -> None:
        """Wrap `engine`; `options` are the engine's own, which its clips depend on. It speaks within `turn`."""
        self.name = engine.name
        self.takes_phonemes = engine.takes_phonemes
        self.paces = engine.paces
        self._engine = engine
        self._store = store
        self._preparation = preparation
        self._options = dict(options or {})
        self._turn = turn or nullcontext()
        self._fingerprint_of = cache(self._find_fingerprint)
        self._keeping = 0  # clips that are spoken and not stored yet
        self._kept = threading.Condition()

    def voices(self) -> tuple[Voice, ...]:
        """Return the engine's voices."""
        return self._engine.voices()

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the engine's voice of that name, or its best for `language`."""
        return self._engine.resolve(language, voice)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return the engine's fingerprint."""
        return self._engine.fingerprint(voice)

    def key(self, request: Request) -> str:
        """Return the sha256 of all that the stored clip depends on, as hexadecimal digits."""
        whole = {
            "format": _FORMAT,
            "preparation": self._preparation.version,
            "options": self._options,
            "fingerprint": self._fingerprint_of(request.voice, request.language),
            "said": [_canonical(part) for part in request.said],
            "language": request.language,
            "voice": request.voice,
            "rate": request.rate,
            "pitch": request.pitch,
            "emphasis": request.emphasis,
        }
        return hashlib.sha256(msgspec.json.encode(whole, order="deterministic")).hexdigest()

    def length(self, request: Request) -> Measured | None:
        """Return what is known of the stored clip, None if there is none; its samples are not read."""
        header = self._store.header(self.key(request))
        return None if header is None else _measured(_decoded(header))

    def speak(self, request: Request) -> Clip:
        """Return the stored clip, spoken and stored first if there is none.

        Raises what the engine, the preparation and the store raise; then nothing is stored.
        """
        return _clip(self._stored(request))

    def spoken(self, request: Request) -> Measured:
        """Do as `speak` does, and return what is known of the stored clip."""
        return _measured(_decoded(self._stored(request).header))

    def _stored(self, request: Request) -> Stored:
        key = self.key(request)
        stored = self._store.get(key)
        if stored is None:
            with self._turn:
                raw = self._engine.speak(request)
                self._count(1)
            try:
                stored = self._keep(key, raw, request)
            finally:
                self._count(-1)
        return stored

    def _keep(self, key: str, raw: Clip, request: Request) -> Stored:
        clip = self._preparation.apply(raw, request)
        if not len(clip.samples):
            raise SynthesisError(
                "there is nothing to be heard in it", engine=self.name, utterance=spoken_text(request.said)
            )
        header = _header(clip, self._preparation.note(clip))
        return self._store.put(key, header, np.ascontiguousarray(clip.samples, dtype="<i2").tobytes())

    def _count(self, more: int) -> None:
        with self._kept:
            self._keeping += more
            self._kept.notify_all()

    def settle(self) -> None:
        """Wait until what is spoken is stored, for it may have cost money; not for what is still being spoken."""
        with self._kept:
            self._kept.wait_for(lambda: not self._keeping, _LONGEST_KEEPING)

    def close(self) -> None:
        """Close the engine; the store belongs to whoever made it."""
        self._engine.close()

    def _find_fingerprint(self, voice: str, language: str) -> Fingerprint:
        # The digest of a voice's data takes a millisecond, a clip's header a hundredth of one.
        return self._engine.fingerprint(self._engine.resolve(language, voice))


def _canonical(part: Text | Phonemes) -> dict[str, str]:
    if isinstance(part, Phonemes):
        return {"ipa": part.ipa, "alias": part.alias}
    try:
        part.text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can't hold
        return {"utf-16": part.text.encode("utf-16-le", "surrogatepass").hex()}
    return {"text": part.text}


def _header(clip: Clip, notes: bytes) -> bytes:
    words = None
    if clip.words is not None:
        words = tuple((word.text_start, word.text_end, word.start, word.end, word.source) for word in clip.words)
    return msgspec.json.encode(_Header(clip.sample_rate, len(clip.samples), notes, words))


def _decoded(header: bytes) -> _Header:
    return msgspec.json.decode(header, type=_Header)


def _measured(header: _Header) -> Measured:
    words = None if header.words is None else tuple(SpokenWord(*word) for word in header.words)
    return Measured(header.length, header.sample_rate, words, header.notes)


def _clip(stored: Stored) -> Clip:
    measured = _measured(_decoded(stored.header))
    samples = np.frombuffer(stored.payload, dtype="<i2").astype(np.int16, copy=False)
    return Clip(samples, measured.sample_rate, measured.words)
