"""Fetching Piper voices from a stand-in for the public collection on the loopback interface, well and unwell."""

import errno
import hashlib
import json
import shutil
import ssl
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from earmark.engines.piper.fetching import Service
from earmark.engines.piper.index import INDEX, install, kept, refresh, remove
from earmark.errors import EngineError, RetryLater, VoiceNotFound, WriteError

NAME = "en_GB-tiny-medium"
PLACE = f"en/en_GB/tiny/medium/{NAME}.onnx"
MODEL = bytes(range(256)) * 4000  # a megabyte
FILES = {
    PLACE: MODEL,
    f"{PLACE}.json": b'{"no": "matter"}',
    "en/en_GB/tiny/medium/MODEL_CARD": b"* License: CC0\n",
}

Answer = tuple[int, dict[str, str], bytes]
Behaviour = Callable[[str, int, int], Answer | None]  # path, number of the request, where it is to begin


class _Stand(ThreadingHTTPServer):
    """A stand-in for the collection; what `behaviour` does not answer is answered well."""

    daemon_threads = True
    block_on_close = False
    files: dict[str, bytes]
    behaviour: Behaviour
    asked: list[tuple[str, int]]


class _Handler(BaseHTTPRequestHandler):
    server: _Stand
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the base class names it
        path = self.path.lstrip("/")
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        self.server.asked.append((path, start))
        status, headers, content = self.server.behaviour(path, len(self.server.asked), start) or self._well(path, start)
        self.send_response(status)
        headers = {"Content-Length": str(len(content)), **headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(content)
        if int(headers["Content-Length"]) > len(content):
            self.close_connection = True

    def _well(self, path: str, start: int) -> Answer:
        if path not in self.server.files:
            return 404, {}, b""
        return _part(self.server.files[path], start)

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Say nothing."""


def _part(content: bytes, start: int, end: int | None = None) -> Answer:
    """Return `content` from `start` on, cut off before `end` whatever its length is said to be."""
    length = {"Content-Length": str(len(content) - start)}
    if not start:
        return 200, length, content[:end]
    return 206, {**length, "Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}, content[start:end]


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _index(files: dict[str, bytes] | None = None, key: str = NAME, **changes: Any) -> bytes:  # noqa: ANN401 (as JSON)
    files = FILES if files is None else files
    listed = {path: {"size_bytes": len(data), "md5_digest": _md5(data)} for path, data in files.items()}
    language = {"code": "en_GB", "family": "en", "region": "GB", "name_english": "English"}
    voice = {"key": key, "name": "tiny", "language": language, "quality": "medium", "num_speakers": 1, "files": listed}
    return json.dumps({key: {**voice, "speaker_id_map": {}, "aliases": ["en-tiny"], **changes}}).encode()


@pytest.fixture
def stand() -> Iterator[_Stand]:
    with _Stand(("127.0.0.1", 0), _Handler) as server:
        server.files, server.asked = {INDEX: _index(), **FILES}, []
        server.behaviour = lambda *_: None
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def service(stand: _Stand, waits: list[float]) -> Iterator[Service]:
    with closing(Service(f"http://127.0.0.1:{stand.server_port}", sleep=waits.append)) as found:
        yield found


def test_a_voice_is_fetched_whole(stand: _Stand, service: Service, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    model, fetched = install(NAME, tmp_path / "voices", service, lambda *step: told.append(step))
    assert (model.read_bytes(), fetched) == (MODEL, 3)
    names = {path.name for path in model.parent.iterdir() if not path.name.startswith(".")}
    assert names == {f"{NAME}.onnx", f"{NAME}.onnx.json", f"{NAME}.MODEL_CARD", INDEX}
    assert told[-1] == (f"{NAME}.onnx", len(MODEL), len(MODEL))
    assert [path for path, _ in stand.asked][-1] == PLACE  # a voice is there when its model is, and not before
    asked = len(stand.asked)
    assert install("en-tiny", tmp_path / "voices", service) == (model, 0)
    assert len(stand.asked) == asked  # not even for the index
    model.write_bytes(b"harmed")
    assert install("en-tiny", tmp_path / "voices", service) == (model, 1)
    assert model.read_bytes() == MODEL


def test_the_index_is_kept(service: Service, tmp_path: Path) -> None:
    assert kept(tmp_path) == ()
    (offered,) = refresh(tmp_path, service)
    assert kept(tmp_path) == (offered,)
    public = offered.public()
    assert (public.name, public.languages, public.quality, public.installed) == (NAME, ("en-GB",), "medium", False)
    (tmp_path / INDEX).write_bytes(b"{")
    assert kept(tmp_path) == ()


def test_what_was_cut_goes_on_where_it_was(stand: _Stand, service: Service, waits: list[float], tmp_path: Path) -> None:
    def cut(path: str, _number: int, start: int) -> Answer | None:
        return _part(MODEL, start, start + 294_912) if path == PLACE and start < 884_736 else None

    stand.behaviour = cut
    model, _ = install(NAME, tmp_path, service)
    assert model.read_bytes() == MODEL
    assert [start for path, start in stand.asked if path == PLACE] == [0, 294_912, 589_824, 884_736]
    assert len(waits) == 3


def test_another_run_goes_on_where_this_one_gave_up(stand: _Stand, service: Service, tmp_path: Path) -> None:
    def dies(path: str, _number: int, start: int) -> Answer | None:
        if path != PLACE:
            return None
        return _part(MODEL, start, 491_520) if start < 491_520 else (503, {}, b"")

    stand.behaviour = dies
    with pytest.raises(RetryLater, match=r"127.0.0.1 answers 503.*goes on where it was"):
        install(NAME, tmp_path, service)
    assert not (tmp_path / f"{NAME}.onnx").exists()
    assert (tmp_path / f"{NAME}.onnx.part").stat().st_size == 491_520
    stand.behaviour = lambda *_: None
    stand.asked.clear()
    model, fetched = install(NAME, tmp_path, service)
    assert (model.read_bytes(), fetched) == (MODEL, 1)
    assert (PLACE, 491_520) in stand.asked


def test_a_server_that_sends_no_parts_sends_all_of_it(stand: _Stand, service: Service, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.onnx.part").write_bytes(b"x" * 1000)
    stand.behaviour = lambda path, *_: (200, {}, MODEL) if path == PLACE else None
    assert install(NAME, tmp_path, service)[0].read_bytes() == MODEL


@pytest.mark.parametrize("left", [b"x" * 1000, b"x" * len(MODEL), b"x" * (len(MODEL) + 1)])
def test_what_an_older_run_left_wrong_is_thrown_away(
    stand: _Stand, service: Service, tmp_path: Path, left: bytes
) -> None:
    (tmp_path / f"{NAME}.onnx.part").write_bytes(left)
    assert install(NAME, tmp_path, service)[0].read_bytes() == MODEL
    assert (PLACE, 0) in stand.asked


def test_a_wrong_checksum_is_refused(stand: _Stand, service: Service, tmp_path: Path) -> None:
    stand.files[PLACE] = MODEL[:-1] + b"!"
    with pytest.raises(EngineError, match="another checksum than the index names, and was thrown away"):
        install(NAME, tmp_path, service)
    assert not (tmp_path / f"{NAME}.onnx").exists()
    assert not (tmp_path / f"{NAME}.onnx.part").exists()


def test_a_busy_server_gets_its_time(stand: _Stand, service: Service, waits: list[float], tmp_path: Path) -> None:
    stand.behaviour = lambda _path, number, _start: (429, {"Retry-After": "7"}, b"") if number in {1, 3} else None
    assert install(NAME, tmp_path, service)[1] == 3
    assert waits == [7.0, 7.0]


def test_a_server_that_wants_to_be_left_alone_is(
    stand: _Stand, service: Service, waits: list[float], tmp_path: Path
) -> None:
    stand.behaviour = lambda *_: (429, {"Retry-After": "3600"}, b"")
    with pytest.raises(RetryLater) as caught:
        install(NAME, tmp_path, service)
    assert (caught.value.after, waits) == (3600.0, [])
    assert len(stand.asked) == 1


def test_a_server_that_is_not_there_is_tried_a_few_times(waits: list[float], tmp_path: Path) -> None:
    service = Service("http://127.0.0.1:1", sleep=waits.append)
    with closing(service), pytest.raises(RetryLater, match=r"127.0.0.1 can't be reached"):
        refresh(tmp_path, service)
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_an_index_that_is_cut_is_fetched_again(stand: _Stand, service: Service, tmp_path: Path) -> None:
    stand.behaviour = lambda _path, number, _start: _part(_index(), 0, 50) if number == 1 else None
    assert len(refresh(tmp_path, service)) == 1


def test_a_full_disk_is_told_before_and_when_it_comes(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 (as shutil's own)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: usage(10, 10, 500_000))
        with pytest.raises(WriteError, match=r"has 1,024,000 bytes, and 500,000 are free.*Free some space"):
            install(NAME, tmp_path, service)
    assert shutil.disk_usage(tmp_path).free > 0

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("earmark.engines.piper.fetching.os.fsync", full)
    with pytest.raises(WriteError, match=r"no space left on device.*The disk is full"):
        install(NAME, tmp_path, service)


def test_names_that_leave_the_folder_are_not_offered(stand: _Stand, service: Service, tmp_path: Path) -> None:
    wrong = [
        _index({"../../x.onnx": b"a", f"{PLACE}.json": b"b"}),
        _index({f"../{NAME}.onnx": b"a", f"{PLACE}.json": b"b"}),
        _index({f"https://example.org/{NAME}.onnx": b"a", f"{PLACE}.json": b"b"}),
        _index({PLACE: MODEL}),
        _index({PLACE: b"", f"{PLACE}.json": b"b"}),
        _index(key="../x"),
        _index().replace(_md5(MODEL).encode(), b"0"),
    ]
    for content in wrong:
        stand.files[INDEX] = content
        assert refresh(tmp_path, service) == ()


def test_an_index_that_is_none_is_told(stand: _Stand, service: Service, tmp_path: Path) -> None:
    stand.files[INDEX] = b"<html>"
    with pytest.raises(EngineError, match=r"the index of voices is none.*\[engines.piper\] index"):
        refresh(tmp_path, service)


def test_an_index_that_goes_deep_is_told(stand: _Stand, service: Service, tmp_path: Path) -> None:
    stand.files[INDEX] = b'{"a": {"key": "a", "x": ' + b"[" * 100_000
    with pytest.raises(EngineError, match="the index of voices is none"):
        refresh(tmp_path, service)


def test_a_voice_brings_no_other_voices_files(stand: _Stand, service: Service, tmp_path: Path) -> None:
    stand.files[INDEX] = _index({**FILES, "en/other.onnx": b"x", f"en/another-{NAME}.onnx": b"x"})
    install(NAME, tmp_path, service)
    assert sorted(path.name for path in tmp_path.glob("*.onnx")) == [f"{NAME}.onnx"]


@pytest.mark.parametrize("address", ["http://[::bad/", "http://[x]/"])
def test_a_redirect_to_no_address_is_an_error(stand: _Stand, service: Service, tmp_path: Path, address: str) -> None:
    stand.behaviour = lambda *_: (302, {"Location": address}, b"")
    with pytest.raises(EngineError, match="sends us to what is no address"):
        refresh(tmp_path, service)


def test_far_too_long_an_index_is_not_read(service: Service) -> None:
    with pytest.raises(EngineError, match="far longer than it can be"):
        service.get(PLACE, most=1000)


def test_an_unknown_voice_is_told_with_the_near_miss(service: Service, tmp_path: Path) -> None:
    with pytest.raises(VoiceNotFound, match=f"Did you mean {NAME}"):
        install("en_GB-tiny-high", tmp_path, service)


def test_what_the_index_names_and_the_server_lacks_is_told(stand: _Stand, service: Service, tmp_path: Path) -> None:
    del stand.files[f"{PLACE}.json"]
    with pytest.raises(EngineError, match=f"127.0.0.1 answers 404 for {PLACE}.json"):
        install(NAME, tmp_path, service)


def test_redirects_are_followed_only_where_we_go(stand: _Stand, service: Service, tmp_path: Path) -> None:
    stand.files["elsewhere"] = _index()
    stand.behaviour = lambda path, *_: (302, {"Location": "/elsewhere"}, b"") if path == INDEX else None
    assert len(refresh(tmp_path, service)) == 1
    stand.behaviour = lambda *_: (302, {"Location": "http://example.org/"}, b"")
    with pytest.raises(EngineError, match=r"sends us to example.org, and neither by https nor on this machine"):
        refresh(tmp_path, service)
    stand.behaviour = lambda *_: (302, {"Location": f"/{INDEX}"}, b"")
    with pytest.raises(EngineError, match="round in circles"):
        refresh(tmp_path, service)


@pytest.mark.parametrize("address", ["http://example.org/", "ftp://127.0.0.1/", "file:///etc/", "https://["])
def test_an_address_is_https_or_this_machine(address: str) -> None:
    with pytest.raises(EngineError, match="neither by https nor on this machine"):
        Service(address)


def test_a_certificate_that_is_not_trusted_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **given: object) -> None:
        assert given.get("verify") is not False
        raise requests.exceptions.SSLError(ssl.SSLCertVerificationError("self-signed"))

    monkeypatch.setattr(requests.Session, "get", refuse)
    with closing(Service()) as service, pytest.raises(EngineError, match=r"huggingface.co has no certificate that we"):
        service.get(INDEX, most=10)


def test_a_voice_is_removed(service: Service, tmp_path: Path) -> None:
    install(NAME, tmp_path, service)
    assert remove(NAME, tmp_path)
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {INDEX}
    assert not remove(NAME, tmp_path)
    assert not remove("../x", tmp_path)
