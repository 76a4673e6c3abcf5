"""Puts an engine behind the cache: what it says is judged, trimmed and measured before it is kept."""

from functools import partial

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


def cached(studio: Studio, store: ObjectStore) -> Cached:
    """Return the studio's engine behind the cache, and behind that what leaves a service alone that keeps failing."""
    name = studio.engine.name
    options = deciding(name, studio.settings.engines.get(name, {}))
    preparation = Preparation(PREPARED, partial(prepare, engine=name), levels_of)
    patient = Breaking(Retrying(studio.engine, stop=studio.stop))
    return Cached(patient, store, preparation, options=options)
