"""The gtts engine: Google Translate's voices, with every part of every answer checked; needs the network.

It has one speed and a slow one, no pitch, and does not say when a word is heard. The same words may
sound different another day.
"""

import io
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated

import gtts
import gtts.lang
import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray
from pedalboard.io import AudioFile, StreamResampler

from earmark.audio.clip import Clip
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.gtts_service import MOST_CHARACTERS, NAME, Service, address
from earmark.engines.options import checked
from earmark.errors import EngineError, RetryLater, SynthesisError, VoiceNotFound
from earmark.narration.script import Said, Text, spoken_text

_ADAPTER = "1"  # raise it when what is made of an answer changes

_SLOW_BELOW = 0.8
_QUIET = 200 / 32_768  # what is below this at a part's ends is silence (the encoder's delay among it)
_EDGE = 0.02  # seconds of it that are kept
_PAUSES = (0.12, 0.3)  # seconds between two parts of a sentence, and after a sentence
_LEAST, _MOST = 0.025, 0.7  # seconds a letter takes
_MOST_MORE = 4.0  # seconds that any part may take beyond that
_HEARD = 0.02  # a part whose peak is below is silence

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

_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+|(?<=[。！？；])\s*")
_CLAUSE_END = re.compile(r"(?<=[,)”—–])\s+|(?<=[，、])\s*")
_SPACE = re.compile(r"\s+")


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
        said = spoken_text(request.said)
        parts = [part for part in _split(_plain(request.said)) if any(map(str.isalnum, part))]
        if not parts:
            raise SynthesisError("there is nothing to be heard in it", engine=NAME, utterance=said)
        language, tld = self._voice(request.voice)
        rate = 0
        pieces: list[NDArray[np.float32]] = []
        for part in parts:
            with self._slots:
                content = self._service.fetch(part, language=language, tld=tld, slow=request.rate < _SLOW_BELOW)
            samples, own_rate = _decode(content, part)
            rate = rate or own_rate
            if own_rate != rate:
                samples = _resample(samples, own_rate, rate)
            pieces.append(_without_silence(samples, rate, part))
        joined = np.concatenate(list(_with_pauses(pieces, parts, rate)))
        return Clip(np.round(np.clip(joined, -1.0, 1.0) * 32_767).astype(np.int16), rate)

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


def _plain(said: Said) -> str:
    """Return what is said as text: sounds by their alias, nothing that is no character."""
    words = []
    for part in said:
        if isinstance(part, Text):
            words.append(part.text)
        elif part.alias:
            words.append(part.alias)
        else:
            raise SynthesisError(
                f"it takes no phonemes, and /{part.ipa}/ has no alias", engine=NAME, utterance=spoken_text(said)
            )
    text = "".join(words)
    text = "".join(" " if unicodedata.category(one) in {"Cc", "Cs", "Cn"} else one for one in text)
    return _SPACE.sub(" ", text).strip()


def _split(text: str) -> Iterator[str]:
    """Cut into parts that the service takes: at sentence ends, else clause ends, spaces, or anywhere."""
    start = 0
    while len(text) - start > MOST_CHARACTERS:
        end = _cut(text, start)
        yield text[start:end].strip()
        start = end
    yield text[start:].strip()


def _cut(text: str, start: int) -> int:
    window = text[start : start + MOST_CHARACTERS]
    for pattern, least in ((_SENTENCE_END, 1), (_CLAUSE_END, MOST_CHARACTERS // 4), (_SPACE, 1)):
        ends: list[int] = [match.end() for match in pattern.finditer(window) if match.end() > least]
        if ends:
            return start + ends[-1]
    return start + MOST_CHARACTERS


def _decode(content: bytes, text: str) -> tuple[NDArray[np.float32], int]:
    """Return an answer's samples and their rate; raises `RetryLater` if it is no MP3."""
    try:
        with AudioFile(io.BytesIO(content)) as file:
            rate = int(file.samplerate)
            seconds = file.frames / rate
            if file.frames and seconds <= _longest(text):
                return file.read(file.frames).mean(axis=0), rate
    except (ValueError, RuntimeError, OSError, ZeroDivisionError) as error:
        raise RetryLater("the service answers with what is no MP3", engine=NAME) from error
    raise _implausible(seconds, text)


def _resample(samples: NDArray[np.float32], from_rate: int, to_rate: int) -> NDArray[np.float32]:
    resampler = StreamResampler(float(from_rate), float(to_rate), 1)
    resampled = np.concatenate([resampler.process(samples[np.newaxis]), resampler.process()], axis=1)
    return np.asarray(resampled[0], dtype=np.float32)


def _without_silence(samples: NDArray[np.float32], rate: int, text: str) -> NDArray[np.float32]:
    """Return the samples without the silence at both ends; raises if nothing or too little is left."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not len(loud) or np.abs(samples).max() < _HEARD:
        raise SynthesisError("the service answers with silence", engine=NAME, utterance=text)
    edge = round(_EDGE * rate)
    heard = samples[max(0, loud[0] - edge) : loud[-1] + edge]
    seconds = len(heard) / rate
    if seconds < _LEAST * sum(map(str.isalnum, text)):
        raise _implausible(seconds, text)
    return heard


def _longest(text: str) -> float:
    return _MOST * len(text) + _MOST_MORE


def _implausible(seconds: float, text: str) -> SynthesisError:
    return SynthesisError(f"{seconds:.1f} s can't be the whole of it", engine=NAME, utterance=text)


def _with_pauses(pieces: list[NDArray[np.float32]], parts: list[str], rate: int) -> Iterator[NDArray[np.float32]]:
    for index, (piece, part) in enumerate(zip(pieces, parts, strict=True)):
        yield piece
        if index < len(pieces) - 1:
            pause = _PAUSES[part.endswith((".", "!", "?", "…", "。", "！", "？"))]
            yield np.zeros(round(pause * rate), dtype=np.float32)
