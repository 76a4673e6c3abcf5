"""The gtts engine against a stand-in for its service on the loopback interface, well and unwell."""

import base64
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.engines import load, parts
from earmark.engines.base import Engine, Request
from earmark.engines.gtts.engine import GttsEngine
from earmark.engines.gtts.service import MOST_CHARACTERS, TLDS, Limits, Service, address
from earmark.engines.tone import ToneEngine
from earmark.errors import EarmarkError, EngineError, RetryLater, SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, Text
from earmark.testing import EngineContract

NOW = 1_800_000_000.0
SHORT = Limits(connect=2.0, read=0.3, total=0.6)

Answer = tuple[int, dict[str, str], bytes]
Behaviour = Callable[[str, int], Answer]


def _mp3(samples: NDArray[np.generic], rate: int = 22_050) -> bytes:
    file = io.BytesIO()
    with AudioFile(file, "w", rate, 1, format="mp3", quality=64) as writer:
        writer.write(samples.astype(np.float32) / 32_768)
    return file.getvalue()


def _frame(content: bytes | None) -> bytes:
    result = None if content is None else json.dumps([base64.b64encode(content).decode()])
    entries = json.dumps([["wrb.fr", "jQ1olc", result, None, None, None, "generic"], ["di", 58]])
    return f')]}}\'\n\n{len(entries)}\n{entries}\n25\n[["e",4,null,null,17510]]\n'.encode()


def _speech(text: str, rate: int = 22_050) -> bytes:
    clip = ToneEngine().speak(Request(said=(Text(text),), language="en", voice="low"))
    return _mp3(clip.samples, rate)


def _well(text: str, number: int) -> Answer:
    del number
    return 200, {}, _frame(_speech(text))


class _Stand(ThreadingHTTPServer):
    """A stand-in for the service; `behaviour` gets a request's text and its number."""

    daemon_threads = True
    block_on_close = False
    behaviour: Behaviour
    asked: list[list[object]]
    paths: list[str]
    ended: threading.Event


class _Handler(BaseHTTPRequestHandler):
    server: _Stand
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # the base class names it
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        call = json.loads(json.loads(parse_qs(body)["f.req"][0])[0][0][1])
        self.server.asked.append(call)
        self.server.paths.append(self.path)
        status, headers, content = self.server.behaviour(call[0], len(self.server.asked))
        self.send_response(status)
        headers = {"Content-Length": str(len(content)), **headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            self.close_connection = True
        if int(headers["Content-Length"]) > len(content):
            self.close_connection = True

    def handle(self) -> None:
        with suppress(ConnectionError):  # a client that hangs up is what some tests are about
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Say nothing."""


@pytest.fixture
def stand() -> Iterator[_Stand]:
    with _Stand(("127.0.0.1", 0), _Handler) as server:
        server.behaviour, server.asked, server.paths, server.ended = _well, [], [], threading.Event()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join()


def _engine(stand: _Stand, limits: Limits = SHORT) -> GttsEngine:
    service = Service(endpoint=f"http://127.0.0.1:{stand.server_port}/", limits=limits, clock=lambda: NOW)
    return GttsEngine(service=service, workers=2)


def _request(text: str = "The harbour stays open.", rate: float = 1.0, voice: str = "en-gb") -> Request:
    return Request(said=(Text(text),), language="en", voice=voice, rate=rate)


def _failure(stand: _Stand, text: str = "The harbour stays open.") -> EarmarkError:
    with closing(_engine(stand)) as engine, pytest.raises(EarmarkError) as caught:
        engine.speak(_request(text))
    return caught.value


class TestContract(EngineContract):
    @pytest.fixture(autouse=True)
    def _stand(self, stand: _Stand) -> None:
        self.stand = stand

    def create_engine(self) -> Engine:
        return _engine(self.stand, Limits())


def test_long_text_is_asked_for_in_parts_within_the_limit(stand: _Stand) -> None:
    text = "The council, which met on Tuesday, has voted to keep the harbour open for another year. " * 3
    with closing(_engine(stand)) as engine:
        engine.speak(_request(text + "x" * 250))
    asked = [str(call[0]) for call in stand.asked]
    assert all(0 < len(part) <= MOST_CHARACTERS for part in asked)
    assert "".join(asked).replace(" ", "") == (text + "x" * 250).replace(" ", "")
    assert asked[0].endswith("another year.")


@given(st.text(max_size=1500))
def test_no_text_is_lost_by_splitting(text: str) -> None:
    plain = parts.plain((Text(text),), engine="gtts")
    found = list(parts.split(plain, MOST_CHARACTERS))
    assert all(len(part) <= MOST_CHARACTERS for part in found)
    assert "".join("".join(found).split()) == "".join(plain.split())


def test_the_language_the_speed_and_the_alias_are_asked_for(stand: _Stand) -> None:
    with closing(_engine(stand)) as engine:
        engine.speak(_request("Guten Tag, Welt.", rate=0.7, voice="de"))
        engine.speak(Request(said=(Phonemes("ˈteɪlə", "Taylor"),), language="zh", voice="zh-cn"))
    assert stand.asked[0][:3] == ["Guten Tag, Welt.", "de", True]
    assert stand.asked[1][:3] == ["Taylor", "zh-CN", None]


def test_sounds_without_an_alias_are_refused(stand: _Stand) -> None:
    with closing(_engine(stand)) as engine, pytest.raises(SynthesisError, match="alias"):
        engine.speak(Request(said=(Phonemes("x"),), language="en", voice="en-gb"))
    assert stand.asked == []


@pytest.mark.parametrize(("rate", "pitch"), [(1.2, 1.0), (0.9, 1.0), (1.0, 1.1)])
def test_what_the_service_cannot_do_is_refused(stand: _Stand, rate: float, pitch: float) -> None:
    request = Request(said=(Text("Hello."),), language="en", voice="en-gb", rate=rate, pitch=pitch)
    with closing(_engine(stand)) as engine, pytest.raises(EngineError, match="one speed"):
        engine.speak(request)


def test_parts_at_another_rate_are_resampled(stand: _Stand) -> None:
    text = "The harbour stays open for another year. " * 2 + "And so does the school beside it, they say."
    with closing(_engine(stand)) as engine:
        alike = engine.speak(_request(text))
        # The same samples, declared faster, last half as long: then a resampled part is half as long too.
        stand.behaviour = lambda text, number: (200, {}, _frame(_speech(text, 22_050 if number % 2 else 44_100)))
        mixed = engine.speak(_request(text))
    assert mixed.sample_rate == alike.sample_rate == 22_050
    assert 0.6 * len(alike.samples) < len(mixed.samples) < 0.9 * len(alike.samples)


LATER = {
    "cut": (200, {"Content-Length": "100000"}, _frame(b"x" * 50)),
    "empty": (200, {}, b""),
    "blank": (200, {}, b"\n \n"),
    "garbage": (200, {}, bytes(range(256)) * 20),
    "page": (200, {}, b"<!doctype html><title>Sorry</title>"),
    "garbage base64": (200, {}, _frame(b"").replace(b'[\\"\\"]', b'[\\"!!not base64!!\\"]')),
    "not MP3": (200, {}, _frame(b"RIFF not at all" * 30)),
    "half a line": (200, {}, _frame(b"x" * 90)[:80]),
    "deep": (200, {}, b"[" * 100_000),
    "deep result": (200, {}, json.dumps([["wrb.fr", "jQ1olc", "[" * 100_000]]).encode()),
    "no call": (200, {}, b'[["e",4]]\n[3]\n[["wrb.fr"]]'),
    "huge": (200, {}, b"x" * 5_000_000),
}


@pytest.mark.parametrize("name", LATER)
def test_nonsense_is_never_taken_for_speech(stand: _Stand, name: str) -> None:
    stand.behaviour = lambda *_: LATER[name]
    assert isinstance(_failure(stand), RetryLater)


def _silence(seconds: float) -> bytes:
    return _mp3(np.zeros(round(seconds * 22_050)))


SPEECHLESS = {
    "no result": _frame(None),
    "no audio": _frame(b""),
    "short entry": json.dumps([["wrb.fr", "jQ1olc"]]).encode(),
    "a number": json.dumps([["wrb.fr", "jQ1olc", "[7]"]]).encode(),
    "silence": _frame(_silence(2.0)),
    "too short": _frame(_speech("a")),
    "too long": _frame(_speech("word " * 90)),
}


@pytest.mark.parametrize("name", SPEECHLESS)
def test_speech_that_cannot_be_right_is_an_error_about_its_words(stand: _Stand, name: str) -> None:
    stand.behaviour = lambda *_: (200, {}, SPEECHLESS[name])
    error = _failure(stand, "The harbour will stay open.")
    assert isinstance(error, SynthesisError)
    assert error.utterance == "The harbour will stay open."


def test_every_third_part_empty_is_an_error(stand: _Stand) -> None:
    stand.behaviour = lambda text, number: (200, {}, _frame(_speech(text) if number % 3 else None))
    assert isinstance(_failure(stand, "One more sentence about the harbour, which stays open. " * 12), SynthesisError)
    assert len(stand.asked) == 3


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, {}, b'<form action="https://consent.google.com/save">Before you continue</form>'), "consent"),
        ((302, {"Location": "https://consent.google.com/m?continue=x"}, b""), "consent"),
        ((302, {"Location": "http://127.0.0.2/"}, b""), "127.0.0.2"),
        ((301, {}, b""), "elsewhere"),
        ((403, {}, b""), "403"),
        ((404, {}, b""), "404"),
    ],
)
def test_a_service_that_will_not_serve_us_is_an_error_that_says_so(stand: _Stand, answer: Answer, words: str) -> None:
    stand.behaviour = lambda *_: answer
    error = _failure(stand)
    assert type(error) is EngineError
    assert words in error.message
    assert len(stand.asked) == 1


def test_nothing_to_say_is_not_asked_for(stand: _Stand) -> None:
    assert isinstance(_failure(stand, "… — !"), SynthesisError)
    assert stand.asked == []


def test_voices_and_languages() -> None:
    engine = load("gtts")
    names = {voice.name for voice in engine.voices()}
    assert {"en", "en-gb", "fr-ca", "zh-cn", "pt-br"} <= names
    resolved = {tag: engine.resolve(tag).name for tag in ("en", "en-US", "de-AT-1996", "nn", "he", "zh-TW", "pt_BR")}
    assert resolved == {
        "en": "en-gb", "en-US": "en-us", "de-AT-1996": "de", "nn": "no", "he": "iw", "zh-TW": "zh-tw", "pt_BR": "pt-br"
    }  # fmt: skip
    with pytest.raises(VoiceNotFound):
        engine.resolve("tlh")


def test_only_the_service_is_asked() -> None:
    assert all(address(tld).startswith(f"https://translate.google.{tld}/") for tld in TLDS)
    for tld in ("com@127.0.0.1:80/", "example.org", "COM", ".com", "com/"):
        with pytest.raises(EngineError, match="tld"):
            load("gtts", options={"tld": tld})
    assert load("gtts", options={"tld": "ie"}).name == "gtts"
    with pytest.raises(EngineError, match="there is no option endpoint"):
        load("gtts", options={"endpoint": "http://127.0.0.1/"})
    for endpoint in ("http://example.org/", "http://127.0.0.1.example.org/", "ftp://127.0.0.1/", "file:///etc/passwd"):
        with pytest.raises(EngineError, match="endpoint"):
            Service(endpoint=endpoint)
    assert Service(endpoint="https://example.org/") is not None


def test_the_tld_is_part_of_the_fingerprint() -> None:
    plain, irish = load("gtts"), load("gtts", options={"tld": "ie"})
    voice = plain.resolve("en")
    assert plain.fingerprint(voice) != irish.fingerprint(voice)


def test_certificates_are_checked() -> None:
    with closing(Service()) as service:
        assert service._session().verify is True  # noqa: SLF001 (nothing else shows it without a network)
