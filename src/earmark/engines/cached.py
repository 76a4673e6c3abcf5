"""A cache around any engine: what was spoken once is read back, never spoken again."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec
import numpy as np

from earmark.audio.clip import Clip, SpokenWord
from earmark.engines.base import Engine, Fingerprint, Request, Voice
from earmark.errors import SynthesisError
from earmark.narration.script import Phonemes, Text, spoken_text
from earmark.storage import ObjectStore, Stored

_FORMAT = 1  # of the stored clips


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stored clip without its samples. `words` are (text start, text end, start, end, source)."""

    sample_rate: int
    length: int
    words: tuple[tuple[int, int, int, int, str], ...] | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What layout needs of a clip: `length` in samples, and the words if the engine knows them."""

    length: int
    sample_rate: int
    words: tuple[SpokenWord, ...] | None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is done to every new clip before it is stored: trimming, and refusing what can't be right.

    `version` is part of every key: raise it when `apply` changes what it returns.
    """

    version: str
    apply: Callable[[Clip, Request], Clip]


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
    ) -> None:
        """Wrap `engine`; `options` are the engine's own, which its clips depend on."""
        self.name = engine.name
        self.takes_phonemes = engine.takes_phonemes
        self.paces = engine.paces
        self._engine = engine
        self._store = store
        self._preparation = preparation
        self._options = dict(options or {})
        self._fingerprint_of = cache(self._find_fingerprint)

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
        """Return what layout needs of the stored clip, None if there is none; its samples are not read."""
        header = self._store.header(self.key(request))
        return None if header is None else _measured(_decoded(header))

    def speak(self, request: Request) -> Clip:
        """Return the stored clip, spoken and stored first if there is none.

        Raises what the engine, the preparation and the store raise; then nothing is stored.
        """
        key = self.key(request)
        stored = self._store.get(key)
        if stored is None:
            clip = self._preparation.apply(self._engine.speak(request), request)
            if not len(clip.samples):
                raise SynthesisError(
                    "there is nothing to be heard in it", engine=self.name, utterance=spoken_text(request.said)
                )
            stored = self._store.put(key, _header(clip), np.ascontiguousarray(clip.samples, dtype="<i2").tobytes())
        return _clip(stored)

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


def _header(clip: Clip) -> bytes:
    words = None
    if clip.words is not None:
        words = tuple((word.text_start, word.text_end, word.start, word.end, word.source) for word in clip.words)
    return msgspec.json.encode(_Header(clip.sample_rate, len(clip.samples), words))


def _decoded(header: bytes) -> _Header:
    return msgspec.json.decode(header, type=_Header)


def _measured(header: _Header) -> Measured:
    words = None if header.words is None else tuple(SpokenWord(*word) for word in header.words)
    return Measured(header.length, header.sample_rate, words)


def _clip(stored: Stored) -> Clip:
    measured = _measured(_decoded(stored.header))
    samples = np.frombuffer(stored.payload, dtype="<i2").astype(np.int16, copy=False)
    return Clip(samples, measured.sample_rate, measured.words)
