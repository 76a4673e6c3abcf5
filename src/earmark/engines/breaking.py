"""A circuit breaker around any engine: a service that keeps failing is left alone, and the rest is for the next run."""

import threading
import time
from collections.abc import Callable

from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Fingerprint, Request, Voice
from earmark.errors import RetryLater

FAILURES = 3  # in a row, each after all the patience there is
COOLING = 120.0  # seconds until one utterance may try again, where the service names no time


class Breaking:
    """An engine that raises `RetryLater` at once, and asks nobody, after the service has failed too often.

    It is meant to be around `Retrying`: what comes out of that has failed for good, for now. The time that a
    service names is kept; after it one utterance tries, and all others wait for how that one fares.
    """

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Wrap `engine`; `clock` counts seconds."""
        self.name = engine.name
        self.takes_phonemes = engine.takes_phonemes
        self.paces = engine.paces
        self._engine = engine
        self._clock = clock
        self._mutex = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0
        self._why = ""

    def voices(self) -> tuple[Voice, ...]:
        """Return the engine's voices."""
        return self._engine.voices()

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the engine's voice of that name, or its best for `language`."""
        return self._engine.resolve(language, voice)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return the engine's fingerprint."""
        return self._engine.fingerprint(voice)

    def speak(self, request: Request) -> Clip:
        """Return the engine's clip. Raises `RetryLater` without asking while the service is left alone."""
        self._pass()
        try:
            clip = self._engine.speak(request)
        except RetryLater as error:
            self._failed(error)
            raise
        with self._mutex:
            self._failures, self._why = 0, ""
        return clip

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()

    def _pass(self) -> None:
        with self._mutex:
            if not self._why:
                return
            now = self._clock()
            left = self._closed_until - now
            if left <= 0:  # this one tries; the others go on waiting
                self._closed_until = now + COOLING
                return
            hint = "It is left alone for now. Run it again later; what is finished is kept."
            raise RetryLater(self._why, engine=self.name, after=left, hint=hint)

    def _failed(self, error: RetryLater) -> None:
        with self._mutex:
            self._failures += 1
            if error.after is None and self._failures < FAILURES:
                return
            self._why = error.message
            self._closed_until = self._clock() + (COOLING if error.after is None else error.after)
