"""The tone engine: a short tone for each word, for tests and dry runs; the same words, the same samples."""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from earmark.audio.clip import Clip, SpokenWord
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.options import checked
from earmark.errors import SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, spoken_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "tone"
SAMPLE_RATE = 22_050

_VERSION = "1"
_WORD = re.compile(r"\S+")
_LEVEL = 8_000  # of 32,767: about as loud as speech
_EDGE = 0.08  # seconds of silence at both ends, to be trimmed
_GAP = 0.04  # seconds between words
_LEAST, _EACH = 0.12, 0.045  # seconds that a word takes, and each of its characters
_FADE = 0.008  # seconds; without, each word would begin with a click
_LOWEST, _STEPS = 140.0, 24  # Hz, and semitones above it


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set for tone: nothing."""


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "ToneEngine":
    """Return the engine; it takes no options and any number of threads."""
    del workers
    checked(NAME, Options, options or {})
    return ToneEngine()


class ToneEngine:
    """Words as tones: a word's pitch depends on its letters, its length on their number."""

    name = NAME
    takes_phonemes = True
    needs_network = False
    paces: Mapping[str, float] = MappingProxyType({"": 150.0})

    def voices(self) -> tuple[Voice, ...]:
        """Return a low and a high voice, which speak every language."""
        return tuple(
            Voice(engine=NAME, name=name, languages=("mul",), description=f"a {name} tone for each word")
            for name in ("low", "high")
        )

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, "low" if none is named; any language will do."""
        del language
        for known in self.voices():
            if known.name == (voice or "low"):
                return known
        raise VoiceNotFound(voice, tuple(known.name for known in self.voices()), engine=NAME)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return the version and the voice's name, which are all that matters."""
        return Fingerprint(NAME, _VERSION, voice.name, "")

    def speak(self, request: Request) -> Clip:
        """Return a tone for each word, exactly timed."""
        import numpy as np  # noqa: PLC0415 (to tell what is fresh, nobody needs it)

        factor = {"low": 1.0, "high": 1.5}.get(request.voice)
        if factor is None:
            raise VoiceNotFound(request.voice, tuple(known.name for known in self.voices()), engine=NAME)
        said = spoken_text(request.said)
        spans = _spans(request, said)
        if not spans:
            raise SynthesisError("there is no word in it", engine=NAME, utterance=said)
        factor *= request.pitch * (1.12 if request.emphasis else 1.0)
        pieces = [_silence(_EDGE)]
        words = []
        at = len(pieces[0])
        for start, end in spans:
            tone = _tone(said[start:end], request.language, factor, request.rate)
            words.append(SpokenWord(start, end, at, at + len(tone)))
            pieces += [tone, _silence(_GAP / request.rate)]
            at += len(tone) + len(pieces[-1])
        return Clip(np.concatenate([*pieces, _silence(_EDGE)]), SAMPLE_RATE, tuple(words))

    def close(self) -> None:
        """Do nothing: there is nothing to end."""


def _spans(request: Request, said: str) -> list[tuple[int, int]]:
    """Return where words stand in `said`; a stretch of phonemes is one, whatever it holds."""
    spans: list[tuple[int, int]] = []
    at = 0
    for part in request.said:
        end = at + (len(part.ipa) + 2 if isinstance(part, Phonemes) else len(part.text))
        if isinstance(part, Phonemes):
            spans.append((at, end))
        else:
            found = (match.span() for match in _WORD.finditer(said, at, end))
            spans += [(start, stop) for start, stop in found if any(map(str.isalnum, said[start:stop]))]
        at = end
    return spans


def _tone(word: str, language: str, factor: float, rate: float) -> "NDArray[np.int16]":
    import numpy as np  # noqa: PLC0415 (as in `speak`)

    digest = hashlib.sha256(f"{language}\0{word}".encode("utf-8", "surrogatepass")).digest()
    frequency = _LOWEST * 2 ** (digest[0] % _STEPS / 12) * factor
    seconds = (_LEAST + _EACH * len(word) + digest[1] / 2550) / rate
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = np.sin(2 * np.pi * frequency * time) + 0.3 * np.sin(4 * np.pi * frequency * time)
    fade = np.minimum(1.0, np.minimum(time, time[::-1]) / _FADE)
    return np.round(wave * fade * _LEVEL / 1.3).astype(np.int16)


def _silence(seconds: float) -> "NDArray[np.int16]":
    import numpy as np  # noqa: PLC0415 (as in `speak`)

    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.int16)
