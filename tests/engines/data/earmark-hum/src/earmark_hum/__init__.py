"""The engine hum: a hum as long as each sentence. Put your synthesiser in its place."""

import hashlib
from collections.abc import Mapping
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

from earmark.audio.clip import Clip
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.options import NOT_HEARD, checked
from earmark.errors import SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, spoken_text

NAME = "hum"
RATE = 22_050  # samples a second
VOICES = (
    Voice(engine=NAME, name="bass", languages=("en", "de"), gender="male", licence="CC0-1.0"),
    Voice(engine=NAME, name="alto", languages=("en-GB", "fr"), gender="female", licence="CC0-1.0"),
)


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set in [engines.hum]; `earmark settings` lists it."""

    level: Annotated[int, Meta(ge=1000, le=20_000, description="how loud it hums, of 32,767")] = 9000
    seconds: Annotated[float, Meta(gt=0, description="that a sentence may take, s", extra=NOT_HEARD)] = 30.0


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "HumEngine":
    """Return the engine, for at most `workers` utterances at once: a number that a hum need not know."""
    del workers
    return HumEngine(checked(NAME, Options, options or {}))


class HumEngine:
    """It keeps no state between utterances, so threads need nothing more."""

    name = NAME
    takes_phonemes = False  # then sounds come with an alias, in letters
    needs_network = False  # `earmark doctor` may try it
    paces: Mapping[str, float] = {"": 150.0}  # words of six characters a minute, for "It takes five minutes."

    def __init__(self, options: Options) -> None:
        """Keep the options. Load nothing yet: `earmark voices` should be quick."""
        self._options = options

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice, always in the same order."""
        return VOICES

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, or the best for the language; never silently another."""
        primary = language.lower().partition("-")[0]
        for known in VOICES:
            spoken = {tag.lower().partition("-")[0] for tag in known.languages}
            if known.name == voice or (not voice and primary in spoken):
                return known
        raise VoiceNotFound(voice or language, tuple(known.name for known in VOICES), engine=NAME)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return what tells this sound from any other: raise the version when it changes, hash a model's file."""
        return Fingerprint(NAME, "1.0", voice.name, "")

    def speak(self, request: Request) -> Clip:
        """Return the whole utterance, or raise one of earmark's errors."""
        voice = self.resolve("", request.voice)
        words = "".join(part.alias if isinstance(part, Phonemes) else part.text for part in request.said)
        if not any(map(str.isalnum, words)):
            raise SynthesisError("there is nothing to be heard in it", engine=NAME, utterance=spoken_text(request.said))
        pitch = (90 if voice.name == "bass" else 180) * request.pitch
        pitch += hashlib.sha256(words.encode("utf-8", "replace")).digest()[0] / 10
        seconds = (0.3 + 0.06 * len(words)) / request.rate
        wave = np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE)
        return Clip(np.round(wave * self._options.level).astype(np.int16), RATE)

    def close(self) -> None:
        """End processes and connections; here there are none."""
