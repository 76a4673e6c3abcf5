"""A stand-in for speech services on the loopback interface: it speaks as OpenAI's does and as gtts's, well and unwell."""

import base64
import io
import json
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.cli.app import app
from earmark.engines.base import Request
from earmark.engines.tone import SAMPLE_RATE, ToneEngine
from earmark.narration.script import Text

collect_ignore = ["data"]  # a package with tests of its own, which test_foreign.py runs

Made = Any
Run = Callable[..., tuple[object, str, str]]


@dataclass(frozen=True)
class Answer:
    """What is answered: `content` whole, or `pieces` one by one for as long as somebody listens; these alone if `status` is 0."""

    status: int = 200
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | None = None


@dataclass(frozen=True)
class Asked:
    """A request as the service saw it."""

    text: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


def wav(samples: NDArray[np.generic], rate: int = SAMPLE_RATE, *, length: int | None = None) -> bytes:
    """Return a WAV of 16-bit samples; `length` is what its header says that they are, in bytes."""
    data = np.asarray(samples).astype("<i2").tobytes()
    said = len(data) if length is None else length
    head = struct.pack(
        "<4sI4s4sIHHIIHH", b"RIFF", (36 + said) % 2**32, b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16
    )
    return head + struct.pack("<4sI", b"data", said) + data


def coded(samples: NDArray[np.generic], kind: str, rate: int = SAMPLE_RATE) -> bytes:
    """Return the samples as MP3 or FLAC."""
    file = io.BytesIO()
    how = {"quality": 64} if kind == "mp3" else {"bit_depth": 16}
    with AudioFile(file, "w", rate, 1, format=kind, **how) as writer:  # type: ignore[call-overload]
        writer.write(samples.astype(np.float32) / 32_768)
    return file.getvalue()


def tones(text: str) -> NDArray[np.int16]:
    """Return what the tone engine makes of a text."""
    return ToneEngine().speak(Request(said=(Text(text),), language="en", voice="low")).samples


def framed(content: bytes | None) -> bytes:
    """Return an answer as gtts's service frames it."""
    result = None if content is None else json.dumps([base64.b64encode(content).decode()])
    entries = json.dumps([["wrb.fr", "jQ1olc", result, None, None, None, "generic"], ["di", 58]])
    return f')]}}\'\n\n{len(entries)}\n{entries}\n25\n[["e",4,null,null,17510]]\n'.encode()


class Stand(ThreadingHTTPServer):
    """The stand-in; `behaviour` gets a request and its number, from one on. None is how it is when well."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour: Callable[[Asked, int], Answer | None] = lambda _asked, _number: None
        self.asked: list[Asked] = []
        self.files: dict[str, bytes] = {}
        self.ended = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def hang(self) -> Answer:
        """Answer nothing until the test is over."""
        self.ended.wait(20)
        return Answer(500)

    def drip(self, piece: bytes = b"R", *, pause: float = 0.02, length: int = 0) -> Answer:
        """Answer a piece at a time, and never end; `length` is what the header says is to come, 0 for nothing."""

        def pieces() -> Iterator[bytes]:
            while not self.ended.wait(pause):
                yield piece

        how = {"Content-Length": str(length)} if length else {"Transfer-Encoding": "chunked"}
        return Answer(headers={"Content-Type": "audio/wav", **how}, pieces=pieces())


def well(asked: Asked) -> Answer:
    """Return the speech that was asked for."""
    if "f.req" in asked.body:
        return Answer(content=framed(coded(tones(asked.text), "mp3")))
    kind = asked.body["response_format"]
    samples = tones(asked.text)
    made = {"wav": wav(samples), "pcm": samples.astype("<i2").tobytes()}.get(kind) or coded(samples, kind)
    return Answer(content=made, headers={"Content-Type": f"audio/{kind}"})


class _Handler(BaseHTTPRequestHandler):
    server: Stand
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # the base class names it
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers["Content-Type"] == "application/json":
            body: dict[str, Any] = json.loads(raw)
            text = str(body["input"])
        else:
            body = dict(parse_qs(raw))
            text = json.loads(json.loads(body["f.req"][0])[0][0][1])[0]
        asked = Asked(text, self.path, dict(self.headers.items()), body)
        self.server.asked.append(asked)
        self._answer(self.server.behaviour(asked, len(self.server.asked)) or well(asked))

    def do_GET(self) -> None:  # the base class names it
        asked = Asked("", self.path, dict(self.headers.items()), {})
        self.server.asked.append(asked)
        answer = self.server.behaviour(asked, len(self.server.asked))
        if answer is None:
            content = self.server.files.get(self.path.lstrip("/"))
            answer = Answer(404) if content is None else Answer(content=content)
        self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        if not answer.status:  # then the line goes dead
            self.close_connection = True
            with suppress(OSError):
                for piece in answer.pieces or ():
                    self.wfile.write(piece)
            return
        self.send_response(answer.status)
        length = {} if answer.pieces else {"Content-Length": str(len(answer.content))}
        headers = {**length, **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        try:
            self.end_headers()
            self.wfile.write(answer.content)
            for piece in answer.pieces or ():
                chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
                self.wfile.write(chunk if "Transfer-Encoding" in headers else piece)
                self.wfile.flush()
        except OSError:
            self.close_connection = True
        if answer.pieces or int(headers["Content-Length"]) > len(answer.content):
            self.close_connection = True

    def handle(self) -> None:
        with suppress(ConnectionError):  # a client that hangs up is what some tests are about
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Stand]:
    """Return the stand-in, well and running."""
    yield from _running(Stand())


@pytest.fixture
def forged() -> Iterator[Stand]:
    """Return one that speaks TLS, with a certificate that nobody has signed."""
    stand = Stand()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("data") / "untrusted.pem")
    stand.socket = context.wrap_socket(stand.socket, server_side=True)
    yield from _running(stand)


def _running(stand: Stand) -> Iterator[Stand]:
    with stand as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def sounds() -> Made:
    """Return what makes speech, and what looks like it."""

    class Sounds:
        answer, wav, coded, tones, framed = (
            Answer,
            staticmethod(wav),
            staticmethod(coded),
            staticmethod(tones),
            staticmethod(framed),
        )

    return Sounds


KEY = "sk-not-to-be-seen-anywhere"
QUIET = "[narration]\nsay_authors = false\nsay_date = false\nsay_duration = false\nsay_synthetic = false\nsay_ending = false\n"
ARTICLES = {
    "one.md": "# The first\n\nIt rained on Monday. It snowed on Tuesday. Nobody went out.\n",
    "two.md": "# The second\n\nThe harbour was shut. So was the bank. The school stayed open.\n",
}


@pytest.fixture
def run(
    tmp_path: Path, service: Stand, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """Return what runs `earmark ARGUMENTS` in a folder of two articles that the service is to speak."""
    monkeypatch.setenv("CI", "")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("EARMARK_SECRET_OPENAI", KEY)
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def runs(
        *arguments: object, settings: str = "", cache: str = "cache", command: str = "build", jobs: int = 2
    ) -> Any:  # noqa: ANN401 (a code and two texts)
        whole = f'{QUIET}[outputs]\nepub = false\ncover = false\n[engines.openai]\naddress = "{service.address}"\n{settings}'
        if "[voice]" not in whole:
            whole += '[voice]\nengine = "openai"\n'
        (tmp_path / "articles" / "earmark.toml").write_text(whole, encoding="utf-8")
        capfd.readouterr()
        more = ["--cache", cache, "--jobs", jobs] if command == "build" else []
        with pytest.raises(SystemExit) as ending:
            app([str(part) for part in (command, *arguments, *more)], prog_name="earmark")
        return ending.value.code, *capfd.readouterr()

    yield runs
    for path in tmp_path.rglob("*"):  # whatever happened: nothing that was written knows the key
        assert not path.is_file() or KEY.encode() not in path.read_bytes()
