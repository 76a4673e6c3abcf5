"""The gtts engine: Google Translate's voices, with every part of every answer checked; needs the network.

It has one speed and a slow one, no pitch, and does not say when a word is heard. The same words may
sound different another day.
"""

import io
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

import gtts
import gtts.lang
import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.audio.clip import Clip
from earmark.engines import parts
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.gtts.service import MOST_CHARACTERS, NAME, Service, address, nonsense
from earmark.engines.options import checked
from earmark.errors import EngineError, VoiceNotFound

_ADAPTER = "1"  # raise it when what is made of an answer changes

_SLOW_BELOW = 0.8

# Voices that differ by the address they are asked at.
_ACCENTS: Mapping[str, tuple[str, str]] = {
    "en-au": ("en", "com.au"),
    "en-ca": ("en", "ca"),
    "en-gb": ("en", "co.uk"),
    "en-ie": ("en", "ie"),
    "en-in": ("en", "co.in"),
    "en-ng": ("en", "com.ng"),
    "en-us": ("en", "us"),
    "en-za": ("en", "co.za"),
    "es-es": ("es", "es"),
    "es-mx": ("es", "com.mx"),
    "es-us": ("es", "us"),
    "fr-fr": ("fr", "fr"),
    "pt-br": ("pt", "com.br"),
}
_OTHER_NAMES: Mapping[str, str] = {
    "en": "en-gb",
    "he": "iw",
    "nb": "no",
    "nn": "no",
    "fil": "tl",
    "zh-hk": "yue",
    "jv": "jw",
}


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set for gtts."""

    tld: Annotated[str, Meta(description='the end of the service\'s address, as "co.uk"; "" goes by the voice')] = ""


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "GttsEngine":
    """Return the engine. Raises `EngineError` for options that are none of `Options`."""
    return GttsEngine(tld=checked(NAME, Options, options or {}).tld, workers=workers)


class GttsEngine:
    """Google Translate's voices; at most `workers` requests at once."""

    name = NAME
    takes_phonemes = False
    paces: Mapping[str, float] = MappingProxyType({"": 150.0})

    def __init__(self, *, tld: str = "", workers: int = 1, service: Service | None = None) -> None:
        """Check the settings; nothing is sent."""
        if tld:
            address(tld)
        self._tld = tld
        self._service = service or Service()
        self._slots = threading.BoundedSemaphore(max(1, workers))

    def voices(self) -> tuple[Voice, ...]:
        """Return the service's languages, and the accents of those that have several."""
        known = gtts.lang.tts_langs()
        plain = {code.lower(): label for code, label in known.items()}
        accents = {name: f"{known[code]}, as at google.{tld}" for name, (code, tld) in _ACCENTS.items()}
        return tuple(
            Voice(engine=NAME, name=name, languages=(name,), description=label)
            for name, label in sorted({**plain, **accents}.items())
        )

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, or the one for `language`: British for "en"."""
        voices = {known.name: known for known in self.voices()}
        if voice:
            if voice.lower() not in voices:
                raise VoiceNotFound(voice, tuple(voices), engine=NAME)
            return voices[voice.lower()]
        parts = language.lower().replace("_", "-").split("-")
        for length in range(len(parts), 0, -1):
            tag = "-".join(parts[:length])
            found = voices.get(_OTHER_NAMES.get(tag, tag))
            if found is not None:
                return found
        raise VoiceNotFound(language, tuple(voices), engine=NAME, message=f"it has no voice for {language!r}")

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return what is known of the voice; the service does not tell when it changes."""
        return Fingerprint(NAME, f"{gtts.__version__}/{_ADAPTER}", voice.name, self._tld)

    def speak(self, request: Request) -> Clip:
        """Speak one utterance, in as many requests as its length takes; a rate below 0.8 is the slow one."""
        if request.pitch != 1.0 or not (request.rate == 1.0 or request.rate < _SLOW_BELOW):
            raise EngineError(
                "it has one speed and a slow one, and no pitch",
                engine=NAME,
                hint="Set rate to 1.0 or below 0.8, and pitch to 1.0",
            )
        language, tld = self._voice(request.voice)
        texts = parts.sayable(parts.plain(request.said, engine=NAME), MOST_CHARACTERS, engine=NAME)
        pieces: list[tuple[NDArray[np.float32], int]] = []
        for text in texts:
            with self._slots:
                content = self._service.fetch(text, language=language, tld=tld, slow=request.rate < _SLOW_BELOW)
            samples, rate = _decode(content, text)
            pieces.append((parts.heard(samples, rate, text, engine=NAME), rate))
        return Clip(*parts.joined(pieces, texts))

    def close(self) -> None:
        """Close all connections."""
        self._service.close()

    def _voice(self, name: str) -> tuple[str, str]:
        """Return the service's code for the language and the end of its address."""
        voice = self.resolve("", name).name
        code, tld = _ACCENTS.get(voice, ("", "com"))
        if not code:
            code = next(known for known in gtts.lang.tts_langs() if known.lower() == voice)
        return code, self._tld or tld


def _decode(content: bytes, text: str) -> tuple[NDArray[np.float32], int]:
    """Return an answer's samples and their rate; raises `RetryLater` if it is no MP3."""
    try:
        with AudioFile(io.BytesIO(content)) as file:
            rate = int(file.samplerate)
            seconds = file.frames / rate
            if file.frames and seconds <= parts.longest(text):
                return file.read(file.frames).mean(axis=0), rate
    except (ValueError, RuntimeError, OSError, ZeroDivisionError) as error:
        raise nonsense("what is no MP3") from error
    raise parts.implausible(seconds, text, engine=NAME)
