"""Trying again around any engine: a service that limits our rate gets the time that it asks for."""

import random
import threading
import time
from collections.abc import Callable

from msgspec import Struct

from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Fingerprint, Request, Voice
from earmark.errors import EngineError, RetryLater


class Patience(Struct, frozen=True):
    """How long to go on: at most `attempts` per utterance and `budget` seconds of waiting in all.

    Waits grow from `first` to `longest` seconds, doubled each time and drawn at random below that, so
    that many clients do not come back at the same moment.
    """

    attempts: int = 6
    first: float = 1.0
    longest: float = 60.0
    budget: float = 300.0


class Retrying:
    """An engine that tries again on `RetryLater`, and only on that.

    A wait ends at once when `stop` is set. The wait that the service names is kept; if it goes beyond
    the budget, `RetryLater` is raised at once, for the next run.
    """

    def __init__(
        self,
        engine: Engine,
        patience: Patience | None = None,
        *,
        stop: threading.Event | None = None,
        clock: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
    ) -> None:
        """Wrap `engine`; `clock` counts seconds, `chance` draws the waits."""
        self.name = engine.name
        self.takes_phonemes = engine.takes_phonemes
        self.paces = engine.paces
        self._engine = engine
        self._patience = patience or Patience()
        self._stop = stop or threading.Event()
        self._clock = clock
        self._chance = chance or random.Random()  # noqa: S311 (it spreads waits, it keeps no secret)
        self._mutex = threading.Lock()
        self._deadline: float | None = None

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
        """Return the clip, after as many attempts as patience has; raises the last `RetryLater` then."""
        attempt = 1
        while True:
            try:
                clip = self._engine.speak(request)
            except RetryLater as error:
                seconds = self._pause(attempt, error.after)
                if attempt >= self._patience.attempts or not self._allows(seconds):
                    raise
                if self._stop.wait(seconds):
                    raise EngineError("it was interrupted while it waited", engine=self.name) from error
                attempt += 1
            else:
                with self._mutex:
                    self._deadline = None  # the service is well again: a later trouble is another one
                return clip

    def close(self) -> None:
        """End all waiting, and close the engine."""
        self._stop.set()
        self._engine.close()

    def _pause(self, attempt: int, after: float | None) -> float:
        ceiling = min(self._patience.longest, self._patience.first * 2 ** (attempt - 1))
        with self._mutex:
            drawn = self._chance.uniform(0, ceiling)
        return drawn if after is None else after + drawn / 10

    def _allows(self, seconds: float) -> bool:
        """Tell whether a wait still ends within the budget, which begins with the first trouble."""
        now = self._clock()
        with self._mutex:
            if self._deadline is None:
                self._deadline = now + self._patience.budget
            return now + seconds <= self._deadline
