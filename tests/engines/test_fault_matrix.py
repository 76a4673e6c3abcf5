"""One table of what can go wrong with a service, held by every engine that asks one: never a gap, never a hang."""

from collections.abc import Callable, Iterator
from contextlib import closing
from email.utils import formatdate
from typing import Any

import numpy as np
import pytest

from earmark.engines.base import Engine, Request
from earmark.engines.gtts import GttsEngine
from earmark.engines.gtts_service import Limits as GttsLimits
from earmark.engines.gtts_service import Service as GttsService
from earmark.engines.openai import OpenaiEngine, Options
from earmark.engines.openai_service import Limits, Service
from earmark.errors import EngineError, RetryLater, SynthesisError
from earmark.narration.script import Text

Stand = Any
Sounds = Any
Samples = Any
Speaker = Any
Made = Any
NOW = 1_800_000_000.0
SENTENCE = "The harbour stays open for another year."
KEY = "sk-not-to-be-seen-anywhere"


def _openai(stand: Stand, form: str = "wav") -> Engine:
    limits = Limits(connect=2.0, total=0.4)
    service = Service(stand.address, key=lambda _host: KEY, limits=limits, clock=lambda: NOW)
    return OpenaiEngine(Options(address=stand.address, format=form), service, workers=2)  # type: ignore[arg-type]


def _gtts(stand: Stand) -> Engine:
    limits = GttsLimits(connect=2.0, read=0.3, total=0.4)
    service = GttsService(endpoint=f"http://127.0.0.1:{stand.server_port}/", limits=limits, clock=lambda: NOW)
    return GttsEngine(service=service, workers=2)


ENGINES: dict[str, Callable[[Any], Engine]] = {
    "gtts": _gtts,
    "openai": _openai,
    "openai mp3": lambda stand: _openai(stand, "mp3"),
    "openai flac": lambda stand: _openai(stand, "flac"),
    "openai pcm": lambda stand: _openai(stand, "pcm"),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, service: Stand) -> Iterator[Engine]:
    with closing(ENGINES[request.param](service)) as made:
        made.form = request.param.partition(" ")[2] or "wav"  # type: ignore[attr-defined]
        yield made


def _sound(engine: Speaker, sounds: Sounds, samples: Samples) -> Made:
    """Return samples as the engine's service would answer with them."""
    if engine.name == "gtts":
        return sounds.answer(content=sounds.framed(sounds.coded(samples, "mp3")))
    if engine.form == "pcm":
        return sounds.answer(content=samples.astype("<i2").tobytes())
    content = sounds.wav(samples) if engine.form == "wav" else sounds.coded(samples, engine.form)
    return sounds.answer(content=content)


def _error(engine: Engine, text: str = SENTENCE) -> EngineError:
    voice = engine.resolve("en")
    with pytest.raises(EngineError) as caught:
        engine.speak(Request(said=(Text(text),), language="en", voice=voice.name))
    assert KEY not in f"{caught.value!s}{caught.value!r}{caught.value.__dict__}"
    assert caught.value.engine == engine.name
    return caught.value


# What is answered, as (status, headers, content), and what that means: whose fault it is decides what is done next.
STATUSES: dict[str, tuple[int, dict[str, str], bytes, type[EngineError], float | None]] = {
    "401": (401, {}, b'{"error": {"message": "Incorrect API key provided"}}', EngineError, None),
    "403": (403, {}, b"", EngineError, None),
    "404": (404, {}, b'{"error": {"message": "The model does not exist", "param": "model"}}', EngineError, None),
    "408": (408, {}, b"", RetryLater, None),
    "429": (429, {}, b"busy", RetryLater, None),
    "429 with seconds": (429, {"Retry-After": "17"}, b"{}", RetryLater, 17.0),
    "429 with a date": (429, {"Retry-After": formatdate(NOW + 90, usegmt=True)}, b"", RetryLater, 90.0),
    "429 with nonsense": (429, {"Retry-After": "tomorrow"}, b"[" * 9_000, RetryLater, None),
    "500": (500, {}, b"<html>oh</html>", RetryLater, None),
    "503": (503, {"Retry-After": "3600"}, b"", RetryLater, 3600.0),
    "529": (529, {}, b"", RetryLater, None),
    "301": (301, {"Location": "https://elsewhere.invalid/"}, b"", EngineError, None),
    "307": (307, {"Location": "http://127.0.0.2:1/v1/audio/speech"}, b"", EngineError, None),
    "405": (405, {}, b"", EngineError, None),
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_means_the_same_everywhere(engine: Engine, service: Stand, sounds: Sounds, name: str) -> None:
    status, headers, content, kind, after = STATUSES[name]
    service.behaviour = lambda *_: sounds.answer(status, content, headers)
    error = _error(engine)
    assert type(error) is kind
    assert getattr(error, "after", None) == after
    assert len(service.asked) == 1


@pytest.mark.parametrize("location", ["http://[::bad/", "http://[x]/", "//", "\x1b[31m", "javascript:x", "x" * 50_000])
def test_a_redirect_to_what_is_no_address(engine: Engine, service: Stand, sounds: Sounds, location: str) -> None:
    service.behaviour = lambda *_: sounds.answer(302, b"", {"Location": location})
    assert "\x1b" not in str(_error(engine))


BODIES: dict[str, tuple[dict[str, str], bytes]] = {
    "empty": ({"Content-Type": "audio/wav"}, b""),
    "page": ({"Content-Type": "text/html; charset=utf-8"}, b"<!doctype html><title>Sign in</title>" + b" " * 90_000),
    "page called audio": ({"Content-Type": "audio/mpeg"}, b"<!doctype html><title>Sign in</title>"),
    "json": ({"Content-Type": "application/json"}, b'{"error": {"message": "no"}}'),
    "garbage": ({}, bytes(range(1, 256)) * 20),
    "half a header": ({}, b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00"),
    "far too much": ({}, b"RIFF" + b"x" * 9_000_000),
    "packed": ({"Content-Encoding": "gzip"}, b"\x1f\x8b not really"),
    "cut off": ({"Content-Length": "400000"}, b"RIFF" + b"x" * 5_000),
}


@pytest.mark.parametrize("name", BODIES)
def test_nonsense_is_never_taken_for_speech(engine: Engine, service: Stand, sounds: Sounds, name: str) -> None:
    headers, content = BODIES[name]
    service.behaviour = lambda *_: sounds.answer(200, content, headers)
    error = _error(engine)
    bare = name == "garbage" and getattr(engine, "form", "") == "pcm"  # numbers that are no more than too few
    assert isinstance(error, SynthesisError if bare else RetryLater)


def test_a_hang_and_a_drip_end(engine: Engine, service: Stand) -> None:
    for behaviour in (service.hang, service.drip):
        service.behaviour = lambda *_, how=behaviour: how()
        assert isinstance(_error(engine), RetryLater)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(44_100, dtype=np.int16), np.full(44_100, 40, dtype=np.int16), np.zeros(0, dtype=np.int16)],
    ids=["silence", "next to silence", "no samples"],
)
def test_silence_is_never_published(engine: Engine, service: Stand, sounds: Sounds, samples: Samples) -> None:
    answer = _sound(engine, sounds, samples)
    service.behaviour = lambda *_: answer
    assert isinstance(_error(engine), SynthesisError | RetryLater)


@pytest.mark.parametrize("heard", ["a", "word " * 90], ids=["too short", "too long"])
def test_a_part_or_too_much_is_an_error_about_its_words(
    engine: Engine, service: Stand, sounds: Sounds, heard: str
) -> None:
    answer = _sound(engine, sounds, sounds.tones(heard))
    service.behaviour = lambda *_: answer
    error = _error(engine)
    assert isinstance(error, SynthesisError)
    assert error.utterance == SENTENCE


def test_it_is_well_again_after_each_trouble(engine: Engine, service: Stand, sounds: Sounds) -> None:
    troubles = [sounds.answer(500), sounds.answer(200), sounds.answer(200, b"x" * 10, {"Content-Length": "999"})]
    service.behaviour = lambda _asked, number: troubles[number - 1] if number <= len(troubles) else None
    for _ in troubles:
        assert isinstance(_error(engine), RetryLater)
    clip = engine.speak(Request(said=(Text(SENTENCE),), language="en", voice=engine.resolve("en").name))
    assert len(clip.samples) / clip.sample_rate > 1.0


def test_a_service_that_is_not_there_is_tried_again_later(engine: Engine, service: Stand) -> None:
    service.server_close()
    assert isinstance(_error(engine), RetryLater)
