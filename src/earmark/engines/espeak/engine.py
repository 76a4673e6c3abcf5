"""The espeak engine: espeak-ng from its wheel, in child processes that repeat exactly and may crash.

Voices, rate and pitch for over a hundred languages, offline; words are timed by the library's own events.
"""

import math
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal

import espeakng_loader
from msgspec import Meta, Struct

from earmark.audio.clip import Clip, SpokenWord
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.children import Hung
from earmark.engines.espeak import dictionary as espeak_dictionary
from earmark.engines.espeak.heard import HEARD
from earmark.engines.espeak.pool import Crashed, Manner, Pool, Refused, Spoken
from earmark.engines.espeak.text import Prepared, prepare, split, words
from earmark.engines.espeak.voices import PACES, Catalogue, EspeakVoice
from earmark.engines.options import checked
from earmark.errors import SynthesisError
from earmark.narration.script import spoken_text

NAME = "espeak"

# Part of the fingerprint: raise it when what the library is asked for, or what is made of its answer, changes.
_ADAPTER = "1"

_NORMAL_RATE = 175  # words per minute
_SLOWEST, _FASTEST = 80, 525  # beyond these the library does not follow
_NORMAL_PITCH = 50
_NORMAL_RANGE, _LIVELY_RANGE = 50, 75
_PHONEMES = 0x100

_SMALLER = (300, 100, 30)  # characters to a piece, after a crash on the whole
_SECONDS = 10  # that any utterance may take; the library is a thousand times faster than speech
_CHARACTERS_A_SECOND = 200  # what long ones may take beyond that


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set for espeak."""

    isolation: Annotated[
        Literal["", "fork", "process"],
        Meta(description='how a child starts for each utterance; "" is "fork" where the system has it'),
    ] = ""


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "EspeakEngine":
    """Return the engine. Raises `EngineError` for options that are none of `Options`."""
    isolation = checked(NAME, Options, options or {}).isolation
    return EspeakEngine(workers=workers, forking=None if not isolation else isolation == "fork")


class EspeakEngine:
    """espeak-ng, in `workers` child processes that are started when they are first needed."""

    name = NAME
    takes_phonemes = True
    needs_network = False
    paces = PACES

    def __init__(self, *, workers: int = 1, forking: bool | None = None, library: str = "", data: str = "") -> None:
        """Find the library and its data; nothing is loaded yet."""
        self._data = Path(data or espeakng_loader.get_data_path())
        self._catalogue = Catalogue(NAME, self._data)
        if forking is None:
            # macOS has fork, but its system libraries do not survive one.
            forking = hasattr(os, "fork") and sys.platform != "darwin"
        library = library or espeakng_loader.get_library_path()
        self._pool = Pool(NAME, library, str(self._data), workers=workers, forking=forking)

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice of the library."""
        return self._catalogue.voices()

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice ("en-us", "en+f3" for a variant), or the best for `language`: British for "en"."""
        return self._catalogue.resolve(language, voice)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return the library's version and the sha256 of the voice's data; about a millisecond."""
        found, variant = self._catalogue.find(voice.name)
        version = f"{_version()}/{_ADAPTER}"
        return Fingerprint(NAME, version, voice.name, self._catalogue.digest(found, variant))

    def speak(self, request: Request) -> Clip:
        """Speak one utterance.

        `rate` holds within 80 and 525 words per minute (factors 0.46 to 3.0), `pitch` within 0.5 and 2.0;
        what is beyond is taken as the bound. An emphasised utterance has a livelier melody.
        """
        import numpy as np  # noqa: PLC0415 (to list voices or tell what is fresh, nobody needs it)

        prepared = prepare(request.said, NAME)
        spoken = self._speak(prepared, request, self._catalogue.find(request.voice))
        samples = np.frombuffer(b"".join(piece.samples for _, piece in spoken), dtype="<i2").astype(np.int16)
        if not samples.any():
            raise SynthesisError("there is nothing to be heard in it", engine=NAME, utterance=spoken_text(request.said))
        said = spoken_text(request.said)
        return Clip(samples, spoken[0][1].sample_rate, _words(said, spoken, len(samples)))

    def warm_up(self) -> None:
        """Start a child process, so that it has loaded the library when it is needed."""
        self._pool.warm_up()

    def watch(self, tell: Callable[[int, float, float], None]) -> None:
        """Have `tell` hear of each piece of work of a child process."""
        self._pool.watch(tell)

    def dictionary(self, voice: Voice) -> frozenset[str]:
        """Return the words that the voice has been taught or is known to say right, in lower case.

        Takes about 10 ms when first asked; the library is not loaded.
        """
        found, _ = self._catalogue.find(voice.name)
        heard = HEARD if found.dictionary == "en" else frozenset[str]()
        return _with(espeak_dictionary.read(self._data / f"{found.dictionary}_dict"), heard)

    def close(self) -> None:
        """End the child processes, also those at work."""
        self._pool.close()

    def child_pids(self) -> tuple[int, ...]:
        """Return the process ids of the children, for those who watch over them."""
        return self._pool.pids()

    def _speak(
        self, prepared: Prepared, request: Request, voice: tuple[EspeakVoice, str]
    ) -> list[tuple[Prepared, Spoken]]:
        """Return the text as it could be spoken: whole, or else in the largest pieces that do not crash."""
        pieces = [prepared]
        for smaller in (*_SMALLER, 0):
            spoken = [self._ask(piece, request, voice) for piece in pieces]
            if all(answer is not None for answer in spoken):
                return [(piece, answer) for piece, answer in zip(pieces, spoken, strict=True) if answer is not None]
            if smaller:
                pieces = [
                    part
                    for piece, answer in zip(pieces, spoken, strict=True)
                    for part in ([piece] if answer is not None else split(piece, smaller))
                ]
        raise SynthesisError(
            "the library crashes on it, whole and in pieces",
            engine=NAME,
            utterance=spoken_text(request.said),
            hint="Rewrite it, or give it an entry in the lexicon",
        )

    def _ask(self, piece: Prepared, request: Request, voice: tuple[EspeakVoice, str]) -> Spoken | None:
        """Return the piece as spoken, None if the library crashed on it."""
        base, variant = voice
        manner = Manner(
            voice=f"{base.path}+{variant}" if variant else base.path,
            rate=max(_SLOWEST, min(_FASTEST, round(_NORMAL_RATE * request.rate))),
            pitch=max(0, min(100, round(_NORMAL_PITCH * (1 + math.log2(request.pitch))))),
            spread=_LIVELY_RANGE if request.emphasis else _NORMAL_RANGE,
            flags=_PHONEMES if piece.phonemes else 0,
        )
        try:
            return self._pool.speak(piece.text, manner, _SECONDS + len(piece.text) // _CHARACTERS_A_SECOND)
        except Crashed:
            return None
        except Hung as error:
            raise SynthesisError(
                "the library does not come to an end on it", engine=NAME, utterance=spoken_text(request.said)
            ) from error
        except Refused as error:
            raise SynthesisError(
                f"the library did not take it: {error}", engine=NAME, utterance=spoken_text(request.said)
            ) from error


def _words(said: str, spoken: list[tuple[Prepared, Spoken]], length: int) -> tuple[SpokenWord, ...]:
    marks: list[tuple[int, int]] = []
    begin = 0
    for piece, answer in spoken:
        last = len(piece.origin) - 1
        marks += [(piece.origin[min(max(at, 0), last)], begin + sample) for at, sample in answer.marks if last >= 0]
        begin += len(answer.samples) // 2
    return words(said, marks, length)


@lru_cache(maxsize=16)
def _with(taught: frozenset[str], heard: frozenset[str]) -> frozenset[str]:
    return taught | heard


@cache
def _version() -> str:
    """Return the wheel's version, from the name of its record: importlib.metadata takes longer than all the rest."""
    package = Path(espeakng_loader.__file__).parent
    for record in package.parent.glob("espeakng_loader-*.dist-info"):
        return record.name.removesuffix(".dist-info").partition("-")[2]
    from importlib.metadata import version  # noqa: PLC0415 (only where the wheel was unpacked in another way)

    return version("espeakng-loader")
