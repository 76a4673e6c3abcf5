"""Puts an engine behind the cache: what it says is judged, trimmed and measured before it is kept."""

from collections.abc import Callable
from functools import partial
from threading import Semaphore

from earmark.audio.clip import Clip
from earmark.audio.loudness import clip_levels
from earmark.audio.plausible import implausible
from earmark.audio.trim import trim
from earmark.engines.base import Request
from earmark.engines.breaking import Breaking
from earmark.engines.cached import Cached, Preparation
from earmark.engines.options import deciding
from earmark.engines.retrying import Retrying
from earmark.errors import SynthesisError
from earmark.narration.script import spoken_text
from earmark.pipeline.studio import Studio
from earmark.storage import ObjectStore

PREPARED = "trimmed-2"  # changes when a clip is prepared differently: the old ones are then not used


def prepare(clip: Clip, request: Request, *, engine: str) -> Clip:
    """Return the clip as it is kept: trimmed. Raises `SynthesisError` if it can't be what was to be said."""
    said = spoken_text(request.said)
    reason = implausible(clip, said, rate=request.rate)
    if reason:
        raise SynthesisError(f"the sound is not plausible: {reason}", engine=engine, utterance=said)
    return trim(clip)


def levels_of(clip: Clip) -> bytes:
    """Return how loud a clip is over time, so that an edit need not read the samples of all the others."""
    return clip_levels(clip.samples, clip.sample_rate).to_bytes()


class _Turn:
    """Lets so many speak at once, and nobody once the user has said stop.

    There is one thread more: while it trims, measures and stores what was spoken, no worker of the engine waits.
    """

    def __init__(self, at_once: int, check: Callable[[], None]) -> None:
        self._slots, self._check = Semaphore(at_once), check

    def __enter__(self) -> None:
        self._slots.acquire()
        try:
            self._check()
        except BaseException:
            self._slots.release()
            raise

    def __exit__(self, *_: object) -> None:
        self._slots.release()


def cached(studio: Studio, store: ObjectStore) -> Cached:
    """Return the studio's engine behind the cache, and behind that what leaves a service alone that keeps failing."""
    name = studio.engine.name
    options = deciding(name, studio.settings.engines.get(name, {}))
    preparation = Preparation(PREPARED, partial(prepare, engine=name), levels_of)
    patient = Breaking(Retrying(studio.engine, stop=studio.stop))
    return Cached(patient, store, preparation, options=options, turn=_Turn(studio.jobs, studio.check))
