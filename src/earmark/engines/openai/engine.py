"""The openai engine: any service that speaks as OpenAI's does, /v1/audio/speech; in the cloud or one's own.

Kokoro, LocalAI and Speaches are such servers. It has no pitch, and does not say when a word is heard.
"""

import hashlib
import os
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

from earmark.audio.clip import Clip
from earmark.engines import listed, parts
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.openai.answer import decode
from earmark.engines.openai.service import NAME, Limits, Service
from earmark.engines.options import NOT_HEARD, checked
from earmark.errors import EngineError

_ADAPTER = "1"  # raise it when what is made of an answer changes
_SPEEDS = (0.25, 4.0)  # what the service takes
_BYTES_A_SECOND = 200_000  # 48 kHz, two channels, 16 bits
_OWN_HOST = "api.openai.com"
_VOICES = ("alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer", "verse")  # fmt: skip


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set for openai."""

    address: Annotated[str, Meta(description="of the service, up to and with /v1: https, or http on this machine")] = (
        "https://api.openai.com/v1"
    )
    model: Annotated[str, Meta(min_length=1, description="the model, as the service names it")] = "gpt-4o-mini-tts"
    voices: Annotated[
        tuple[str, ...],
        Meta(description='the voices, the best first, as "alloy" or "bf_emma:en-GB"; without any, OpenAI\'s'),
    ] = ()
    instructions: Annotated[str, Meta(description="how to speak, for models that can be told")] = ""
    format: Annotated[
        Literal["wav", "pcm", "flac", "mp3"], Meta(description="what the service is asked to answer with")
    ] = "wav"
    sample_rate: Annotated[int, Meta(ge=8000, le=48_000, description="of pcm, which does not say it, Hz")] = 24_000
    most_characters: Annotated[int, Meta(ge=50, le=100_000, description="in one request; more are parted")] = 4096
    at_once: Annotated[
        int, Meta(ge=1, le=64, description="requests at the same time, at the most", extra=NOT_HEARD)
    ] = 4
    seconds: Annotated[float, Meta(gt=0, le=3600, description="that a whole answer may take, s", extra=NOT_HEARD)] = (
        120.0
    )
    plain_http: Annotated[
        bool,
        Meta(
            description="go to another machine by http too: whoever is on the way reads the words and the key",
            extra=NOT_HEARD,
        ),
    ] = False


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "OpenaiEngine":
    """Return the engine. Its key is `EARMARK_SECRET_OPENAI` in the environment, or for OpenAI itself OPENAI_API_KEY.

    Raises `EngineError` for options that are none of `Options`, and for an address that must not be used.
    """
    given = checked(NAME, Options, options or {})
    limits = Limits(connect=min(10.0, given.seconds), total=given.seconds, at_once=given.at_once)
    service = Service(given.address, key=_key, limits=limits, plain_http=given.plain_http)
    if service.host == _OWN_HOST:
        service.needs_key = True
    return OpenaiEngine(given, service, workers=workers)


def _key(host: str) -> str:
    """Return the key for a host, "" if there is none: OpenAI's own goes to OpenAI alone."""
    own = os.environ.get("EARMARK_SECRET_OPENAI", "").strip()
    return own or (os.environ.get("OPENAI_API_KEY", "").strip() if host == _OWN_HOST else "")


class OpenaiEngine:
    """The voices of one service and model; at most `workers` requests at once, and what settings allow."""

    name = NAME
    takes_phonemes = False
    paces: Mapping[str, float] = MappingProxyType({"": 155.0})

    def __init__(self, options: Options, service: Service, *, workers: int = 1) -> None:
        """Keep the settings; nothing is sent."""
        self._options = options
        self._service = service
        self._voices = listed.voices_of(options.voices or _VOICES, engine=NAME)
        self._slots = threading.BoundedSemaphore(max(1, min(workers, options.at_once)))
        self.needs_network = not service.is_here

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that settings list, else OpenAI's own."""
        return self._voices

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, or the first that is listed for `language` or for any."""
        return listed.resolve(self._voices, language, voice, engine=NAME)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return what is known of the voice; the service does not tell when it changes."""
        given = self._options
        whole = "\0".join((self._service.url, given.instructions, given.format, str(given.sample_rate)))
        return Fingerprint(NAME, f"{given.model}/{_ADAPTER}", voice.name, hashlib.sha256(whole.encode()).hexdigest())

    def speak(self, request: Request) -> Clip:
        """Speak one utterance, in as many requests as its length takes."""
        if request.pitch != 1.0 or not _SPEEDS[0] <= request.rate <= _SPEEDS[1]:
            raise EngineError(
                "it has no pitch, and speeds from 0.25 to 4", engine=NAME, hint="Set pitch to 1.0 and rate within that"
            )
        voice = self.resolve("", request.voice).name
        text = parts.plain(request.said, engine=NAME)
        texts = parts.sayable(text, self._options.most_characters, engine=NAME)
        return Clip(*parts.joined([self._part(text, voice, request.rate) for text in texts], texts))

    def _part(self, text: str, voice: str, speed: float) -> tuple[NDArray[np.float32], int]:
        given = self._options
        body: dict[str, object] = {
            "model": given.model,
            "input": text,
            "voice": voice,
            "response_format": given.format,
        }
        if speed != 1.0:
            body["speed"] = speed
        if given.instructions:
            body["instructions"] = given.instructions
        most = round(_BYTES_A_SECOND * parts.longest(text, speed=speed))
        with self._slots:
            content = self._service.fetch(body, most=most)
        samples, rate = decode(content, text, pcm_rate=given.sample_rate if given.format == "pcm" else 0, speed=speed)
        return parts.heard(samples, rate, text, engine=NAME, speed=speed), rate

    def close(self) -> None:
        """Close all connections."""
        self._service.close()
