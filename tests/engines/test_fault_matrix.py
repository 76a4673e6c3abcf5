"""One table of what can go wrong with a service, held by all that asks one: never a gap, never a hang, nothing half kept.

The rows are troubles, the columns who asks: for speech gtts and openai, for voices piper's index and a voice of it.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from earmark.engines.base import Engine, Request
from earmark.engines.cached import Cached, Preparation
from earmark.engines.gtts.engine import GttsEngine
from earmark.engines.gtts.service import Limits as GttsLimits
from earmark.engines.gtts.service import Service as GttsService
from earmark.engines.openai.engine import OpenaiEngine, Options
from earmark.engines.openai.service import Limits, Service
from earmark.engines.piper import fetching as piper_service
from earmark.engines.piper.index import INDEX, install, refresh
from earmark.errors import EngineError, RetryLater, SynthesisError
from earmark.narration.script import Text
from earmark.storage import ObjectStore

Stand = Any
Sounds = Any
Made = Any
Kind = type[EngineError] | None

NOW = 1_800_000_000.0
SENTENCE = "The harbour stays open for another year."
KEY = "sk-not-to-be-seen-anywhere"
VOICE = "en_GB-tiny-medium"
PLACE = f"en/{VOICE}.onnx"
MODEL = bytes(range(256)) * 400
LEFT = b'{"kept": "from last time"}'
PATIENT, SHORT = 60.0, 0.3  # seconds: no limit even where the machine is busy, and one that is meant to be met


@dataclass
class Asker:
    """Who asks: `ask` returns what came of it; what may be kept of that lies in `folder`."""

    name: str
    form: str
    ask: Callable[[], object]
    folder: Path

    @property
    def column(self) -> Literal["speech", "index", "voice"]:
        return self.name if self.name in {"index", "voice"} else "speech"  # type: ignore[return-value]

    def error(self) -> EngineError:
        """Return the error of asking, which tells who and what to do, no secret and nothing that steers a terminal."""
        with pytest.raises(EngineError) as caught:
            self.ask()
        error, shown = caught.value, str(caught.value)
        assert KEY not in f"{shown}{error!r}{error.__dict__}"
        assert error.engine in {self.name.partition(" ")[0], "piper"}
        assert f"engine {error.engine}: " in shown
        assert error.hint
        assert error.hint in shown
        assert shown.isprintable()
        assert len(shown) < 600
        self.nothing_is_kept()
        return error

    def nothing_is_kept(self) -> None:
        """Check that nothing was stored of a clip, and no voice or index put in the place of what was there."""
        if self.column == "speech":
            assert not [path for path in (self.folder / "objects").rglob("*") if path.is_file()]
        else:  # a voice is there when its model is
            assert not list(self.folder.glob("*.onnx"))
            assert self.column == "voice" or (self.folder / INDEX).read_bytes() == LEFT


def _speech(engine: Engine, folder: Path) -> Callable[[], object]:
    cached = Cached(engine, ObjectStore(folder), Preparation("1", lambda clip, _request: clip))
    request = Request(said=(Text(SENTENCE),), language="en", voice=engine.resolve("en").name)
    return lambda: cached.speak(request)


@contextmanager
def _asker(name: str, stand: Stand, folder: Path, seconds: float = PATIENT, scheme: str = "http") -> Iterator[Asker]:
    """Yield who is called `name`, with `seconds` of patience."""
    host = f"{scheme}://127.0.0.1:{stand.server_port}"
    who, _, form = name.partition(" ")
    if who in {"gtts", "openai"}:
        with closing(_gtts(host, seconds) if who == "gtts" else _openai(host, seconds, form or "wav")) as engine:
            yield Asker(name, form or "wav", _speech(engine, folder), folder)
        return
    limits = piper_service.Limits(connect=PATIENT, read=seconds, answer=seconds, crawl=seconds)
    address = f"{scheme}://me:{KEY}@127.0.0.1:{stand.server_port}"
    with closing(piper_service.Service(address, limits=limits, sleep=lambda _: None, clock=lambda: NOW)) as service:
        (folder / INDEX).write_bytes(LEFT)
        asks = {"index": lambda: refresh(folder, service), "voice": lambda: install(VOICE, folder, service)}
        yield Asker(name, "", asks[name], folder)


def _openai(host: str, seconds: float, form: str) -> Engine:
    limits = Limits(connect=PATIENT, total=seconds)
    service = Service(f"{host}/v1", key=lambda _host: KEY, limits=limits, clock=lambda: NOW)
    return OpenaiEngine(Options(format=form), service, workers=2)  # type: ignore[arg-type]


def _gtts(host: str, seconds: float) -> Engine:
    limits = GttsLimits(connect=PATIENT, read=seconds, total=seconds)
    service = GttsService(endpoint=f"{host}/?key={KEY}", limits=limits, clock=lambda: NOW)
    return GttsEngine(service=service, workers=2)


@pytest.fixture
def collection(service: Stand) -> Stand:
    """Return the stand-in with a voice to be fetched; the engines' speech it has anyway."""
    files = {PLACE: MODEL, f"{PLACE}.json": b'{"no": "matter"}'}
    listed = {path: {"size_bytes": len(data), "md5_digest": _md5(data)} for path, data in files.items()}
    voice = {"key": VOICE, "name": "tiny", "language": {"code": "en_GB"}, "quality": "medium", "files": listed}
    service.files = {INDEX: json.dumps({VOICE: voice}).encode(), **files}
    return service


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


EVERYBODY = ("gtts", "openai", "index", "voice")
FORMS = ("openai mp3", "openai flac", "openai pcm")


@pytest.fixture(params=EVERYBODY)
def asker(request: pytest.FixtureRequest, collection: Stand, tmp_path: Path) -> Iterator[Asker]:
    with _asker(request.param, collection, tmp_path) as found:
        yield found


@pytest.fixture(params=("gtts", "openai", *FORMS))
def speaker(request: pytest.FixtureRequest, collection: Stand, tmp_path: Path) -> Iterator[Asker]:
    with _asker(request.param, collection, tmp_path) as found:
        yield found


def _trouble(stand: Stand, asker: Asker, answer: Callable[[], Made]) -> None:
    """Have the service answer with it; for a voice, when it comes to the model."""
    stand.behaviour = lambda asked, _: None if asker.name == "voice" and asked.path[1:] != PLACE else answer()


# What is answered, as (status, headers, content), and what that means: whose fault it is decides what is done next.
STATUSES: dict[str, tuple[int, dict[str, str], bytes, type[EngineError], float | None]] = {
    "401": (401, {}, b'{"error": {"message": "Incorrect API key provided: ' + KEY.encode() + b'"}}', EngineError, None),
    "403": (403, {}, b"", EngineError, None),
    "404": (404, {}, b'{"error": {"message": "The model does not exist", "param": "model"}}', EngineError, None),
    "405": (405, {}, b"", EngineError, None),
    "408": (408, {}, b"", RetryLater, None),
    "429": (429, {}, b"busy", RetryLater, None),
    "429 with seconds": (429, {"Retry-After": "170"}, b"{}", RetryLater, 170.0),
    "429 with a date": (429, {"Retry-After": formatdate(NOW + 90, usegmt=True)}, b"", RetryLater, 90.0),
    "429 with a date gone by": (429, {"Retry-After": formatdate(NOW - 90, usegmt=True)}, b"", RetryLater, 0.0),
    "429 with an absurd number": (429, {"Retry-After": "9" * 60}, b"", RetryLater, 30 * 86_400.0),
    "429 with an absurd date": (429, {"Retry-After": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, b"", RetryLater, None),
    "429 with a date far off": (429, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, b"", RetryLater, 30 * 86_400.0),
    "429 with less than nothing": (429, {"Retry-After": "-5"}, b"", RetryLater, None),
    "429 with nonsense": (429, {"Retry-After": "tomorrow"}, b"[" * 9_000, RetryLater, None),
    "500": (500, {}, b"<html>oh</html>", RetryLater, None),
    "503": (503, {"Retry-After": "3600"}, b"", RetryLater, 3600.0),
    "529": (529, {}, b"", RetryLater, None),
    "300": (300, {}, b"", EngineError, None),
    "204": (204, {}, b"", EngineError, None),
}


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_means_the_same_everywhere(asker: Asker, collection: Stand, sounds: Sounds, name: str) -> None:
    status, headers, content, kind, after = STATUSES[name]
    _trouble(collection, asker, lambda: sounds.answer(status, content, headers))
    error = asker.error()
    assert type(error) is kind
    assert getattr(error, "after", None) == after
    assert str(status) in str(error) or status == 300, "which would send us elsewhere"
    if asker.column == "speech":
        assert len(collection.asked) == 1, "an engine asks once; whoever wraps it has the patience"


LEADS = {
    "another host": "http://127.0.0.2:1/v1/audio/speech",
    "another host by TLS": "https://127.0.0.2:1/",
    "a file": "file:///etc/passwd",
    "a script": "javascript:x",
    "an unfinished address": "http://[::bad/",
    "no host": "//",
    "colours": "http://127.0.0.3\x1b[31m/",
    "a long way": "http://" + "x" * 50_000,
}


@pytest.mark.parametrize("name", LEADS)
def test_nobody_is_led_astray(asker: Asker, collection: Stand, sounds: Sounds, name: str) -> None:
    _trouble(collection, asker, lambda: sounds.answer(302, b"", {"Location": LEADS[name]}))
    followed = asker.column != "speech" and name == "another host by TLS"  # where nobody answers
    unread = asker.name == "openai" and name in {"an unfinished address", "colours"}  # httpx takes it for no answer
    assert isinstance(asker.error(), RetryLater) == (followed or unread)


def test_nobody_goes_round_in_circles(asker: Asker, collection: Stand, sounds: Sounds) -> None:
    where = {"index": f"/{INDEX}", "voice": f"/{PLACE}"}.get(asker.name, "/v1/audio/speech")
    _trouble(collection, asker, lambda: sounds.answer(307, b"", {"Location": where}))
    assert type(asker.error()) is EngineError
    assert len(collection.asked) < 10


@dataclass(frozen=True)
class Row:
    """An answer that is none, and the error of it: for speech, of the index, and of a voice."""

    speech: Kind
    index: Kind
    voice: Kind
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


PAGE = b"<!doctype html><title>Sign in</title>" + b" " * 90_000
AUDIO = {"Content-Type": "audio/mpeg"}
BODIES: dict[str, Row] = {
    "nothing, and the line is cut": Row(RetryLater, RetryLater, RetryLater, status=0),
    "cut off": Row(RetryLater, RetryLater, RetryLater, b"RIFF" + b"x" * 5_000, {"Content-Length": "400000"}),
    "empty": Row(RetryLater, EngineError, RetryLater, b"", {"Content-Type": "audio/wav"}),
    "a page": Row(RetryLater, EngineError, RetryLater, PAGE, {"Content-Type": "text/html; charset=utf-8"}),
    "a page called audio": Row(RetryLater, EngineError, RetryLater, PAGE, AUDIO),
    "a page as long as a voice": Row(RetryLater, EngineError, EngineError, PAGE.ljust(len(MODEL)), AUDIO),
    "an object": Row(RetryLater, EngineError, RetryLater, b'{"error": {"message": "no"}}'),
    "garbage": Row(RetryLater, EngineError, RetryLater, bytes(range(1, 256)) * 20),
    "half a header": Row(RetryLater, EngineError, RetryLater, b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00"),
    "far too much": Row(RetryLater, EngineError, EngineError, b"RIFF" + b"x" * 9_000_000),
    "not as packed as it says": Row(RetryLater, RetryLater, RetryLater, b"\x1f\x8b no", {"Content-Encoding": "gzip"}),
    "a bomb": Row(
        RetryLater, EngineError, EngineError, gzip.compress(bytes(60_000_000), 9), {"Content-Encoding": "gzip"}
    ),
    "a list": Row(RetryLater, EngineError, RetryLater, b"[1, 2]"),
    "a hole": Row(RetryLater, EngineError, RetryLater, b'{"a": {"key": "a", "x": ' + b"[" * 100_000),
    "half an index": Row(RetryLater, EngineError, RetryLater, b'{"a": {"key": "a"}}'),
    "no letters": Row(RetryLater, EngineError, RetryLater, b"\xff\xfe\xff{"),
}


@pytest.mark.parametrize("name", BODIES)
def test_nonsense_is_never_taken_for_what_was_asked(asker: Asker, collection: Stand, sounds: Sounds, name: str) -> None:
    row = BODIES[name]
    _trouble(collection, asker, lambda: sounds.answer(row.status, row.content, row.headers))
    assert type(asker.error()) is getattr(row, asker.column)


@pytest.mark.parametrize(
    "name", ["empty", "a page called audio", "garbage", "half a header", "far too much", "cut off"]
)
@pytest.mark.parametrize("form", FORMS)
def test_nor_is_it_for_speech_of_another_form(
    collection: Stand, sounds: Sounds, tmp_path: Path, name: str, form: str
) -> None:
    row = BODIES[name]
    collection.behaviour = lambda *_: sounds.answer(row.status, row.content, row.headers)
    bare = form == "openai pcm" and name == "garbage"  # numbers that are no more than too few
    with _asker(form, collection, tmp_path) as asker:
        assert type(asker.error()) is (SynthesisError if bare else RetryLater)


def test_speech_that_is_called_text_is_not_believed(collection: Stand, sounds: Sounds, tmp_path: Path) -> None:
    content = sounds.wav(sounds.tones(SENTENCE))
    collection.behaviour = lambda *_: sounds.answer(200, content, {"Content-Type": "text/plain"})
    with _asker("openai", collection, tmp_path) as asker:
        assert type(asker.error()) is RetryLater
    said = sounds.framed(sounds.coded(sounds.tones(SENTENCE), "mp3"))
    collection.behaviour = lambda *_: sounds.answer(200, said, {"Content-Type": "audio/wav"})
    with _asker("gtts", collection, tmp_path) as asker:  # its answers are called JSON: what they hold tells
        assert asker.ask()


@pytest.mark.parametrize(
    "how", ["a hang", "a drip", "a drip of a known length", "a drip of a refusal", "a drip of headers"]
)
@pytest.mark.parametrize("name", EVERYBODY)
def test_waiting_ends(collection: Stand, tmp_path: Path, name: str, how: str) -> None:
    drip = collection.drip(length=90_000 if "known" in how else 0)
    if "refusal" in how:
        drip = type(drip)(500, headers=drip.headers, pieces=drip.pieces)
    if "headers" in how:
        drip = type(drip)(0, pieces=chain([b"HTTP/1.1 200 OK\r\nX-Patience: "], drip.pieces))
    with _asker(name, collection, tmp_path, SHORT) as asker:
        _trouble(collection, asker, collection.hang if how == "a hang" else lambda: drip)
        assert type(asker.error()) is RetryLater


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_never_ends_is_left(collection: Stand, tmp_path: Path, name: str) -> None:
    with _asker(name, collection, tmp_path) as asker:
        _trouble(collection, asker, lambda: collection.drip(bytes(1_000_000), pause=0.0))
        assert isinstance(asker.error(), EngineError)


ASKED_FIRST = ("gtts", "openai", "index")  # without an index there is no voice to be asked for


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_a_certificate_that_nobody_has_signed_ends_it(forged: Stand, tmp_path: Path, name: str) -> None:
    with _asker(name, forged, tmp_path, scheme="https") as asker:
        error = asker.error()
    assert type(error) is EngineError
    assert "127.0.0.1 has no certificate that we trust" in str(error)
    assert forged.asked == []


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_a_service_that_speaks_no_tls_is_tried_again_later(collection: Stand, tmp_path: Path, name: str) -> None:
    with _asker(name, collection, tmp_path, scheme="https") as asker:
        assert type(asker.error()) is RetryLater
    assert collection.asked == []


def _sound(asker: Asker, sounds: Sounds, samples: Made) -> Made:
    """Return samples as the asker's service would answer with them."""
    if asker.name == "gtts":
        return sounds.answer(content=sounds.framed(sounds.coded(samples, "mp3")))
    if asker.form == "pcm":
        return sounds.answer(content=samples.astype("<i2").tobytes())
    content = sounds.wav(samples) if asker.form == "wav" else sounds.coded(samples, asker.form)
    return sounds.answer(content=content)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(44_100, dtype=np.int16), np.full(44_100, 40, dtype=np.int16), np.zeros(0, dtype=np.int16)],
    ids=["silence", "next to silence", "no samples"],
)
def test_silence_is_never_published(speaker: Asker, collection: Stand, sounds: Sounds, samples: Made) -> None:
    answer = _sound(speaker, sounds, samples)
    collection.behaviour = lambda *_: answer
    assert isinstance(speaker.error(), SynthesisError | RetryLater)


@pytest.mark.parametrize("heard", ["a", "word " * 90], ids=["too short", "too long"])
def test_a_part_or_too_much_is_an_error_about_its_words(
    speaker: Asker, collection: Stand, sounds: Sounds, heard: str
) -> None:
    answer = _sound(speaker, sounds, sounds.tones(heard))
    collection.behaviour = lambda *_: answer
    error = speaker.error()
    assert isinstance(error, SynthesisError)
    assert error.utterance == SENTENCE


def test_it_is_well_again_after_each_trouble(speaker: Asker, collection: Stand, sounds: Sounds) -> None:
    troubles = [sounds.answer(500), sounds.answer(200), sounds.answer(200, b"x" * 10, {"Content-Length": "999"})]
    collection.behaviour = lambda _asked, number: troubles[number - 1] if number <= len(troubles) else None
    for _ in troubles:
        assert isinstance(speaker.error(), RetryLater)
    clip: Made = speaker.ask()
    assert len(clip.samples) / clip.sample_rate > 1.0


def test_a_service_that_is_not_there_is_tried_again_later(asker: Asker, collection: Stand) -> None:
    collection.server_close()
    assert isinstance(asker.error(), RetryLater)
