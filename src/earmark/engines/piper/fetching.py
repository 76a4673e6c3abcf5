"""Fetching files over HTTP: what was cut or came to a crawl goes on where it was, a busy server gets its time."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from msgspec import Struct

from earmark.engines.network import UNTRUSTED, host_of, is_untrusted, pieces, seconds_asked, within
from earmark.errors import EngineError, RetryLater
from earmark.storage.files import write_errors

NAME = "piper"
PUBLIC = "https://huggingface.co/rhasspy/piper-voices/resolve/main/"

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ATTEMPTS = 5  # in a row that bring nothing
_LONGEST = 60.0  # seconds of one wait; a server that asks for more is left alone until the next run
_REDIRECTS = 5
_SLOWEST = 1_000  # bytes a second; what comes slower would take a day for a voice
_TRIFLE = 1 << 14  # bytes; an attempt that brings fewer has brought nothing
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})
_LATER = "Run it again: it goes on where it was"
_INDEX = "Look at [engines.piper] index in the settings."


class Limits(Struct, frozen=True):
    """How long to wait, in seconds: to connect, for any piece, for an answer to begin, and until a crawl is taken for the end."""

    connect: float = 10.0
    read: float = 30.0
    answer: float = 60.0
    crawl: float = 30.0


class Service:
    """The collection at its address, which must be https or on this machine; certificates are checked."""

    def __init__(
        self,
        address: str = "",
        *,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep the address; nothing is sent. Raises `EngineError` for one that is neither."""
        self._address = (address or PUBLIC).rstrip("/") + "/"
        self._limits = limits or Limits()
        self._sleep = sleep
        self._clock = clock
        self._session = requests.Session()
        if not self._may_go(self._address):
            message = f"{host_of(self._address)} is asked neither by https nor on this machine"
            raise EngineError(message, engine=NAME, hint=_INDEX)

    def get(self, path: str, *, most: int) -> bytes:
        """Return a file of at most `most` bytes. Raises `RetryLater`, `EngineError`."""
        return self._trying(lambda: self._get(path, most))

    def download(self, path: str, part: Path, size: int, told: Callable[[int], None]) -> None:
        """Fetch into `part` what it lacks of `size` bytes; `told` hears how many are there.

        Raises `RetryLater` when the server stays away or is cut again and again, `EngineError`, `WriteError`.
        """
        while _length(part) < size:
            self._trying(lambda: self._go_on(path, part, size, told), lambda: _length(part))

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def _trying(self, step: Callable[[], bytes], progress: Callable[[], int] = lambda: 0) -> bytes:
        """Return what `step` does, which may fail a few times as long as nothing comes of it."""
        failed, before = 0, progress()
        while True:
            try:
                return step()
            except RetryLater as error:
                if progress() >= before + _TRIFLE:
                    failed, before = 0, progress()
                failed += 1
                wait = error.after if error.after is not None else 0.5 * 2**failed
                if failed >= _ATTEMPTS or wait > _LONGEST:
                    raise
                self._sleep(wait)

    def _get(self, path: str, most: int) -> bytes:
        with self._open(path) as response:
            content = bytearray()
            try:
                for piece in self._moving(response):
                    content += piece
                    if len(content) > most:
                        raise EngineError(f"{path} is far longer than it can be", engine=NAME, hint=_INDEX)
            except requests.RequestException as error:
                raise _cut(path) from error
            expected = response.headers.get("Content-Length", "")
            if expected.isdigit() and len(content) < int(expected):
                raise _cut(path)
            return bytes(content)

    def _go_on(self, path: str, part: Path, size: int, told: Callable[[int], None]) -> bytes:
        """Add to `part` what one request brings."""
        there = _length(part)
        with self._open(path, start=there) as response:
            found = _RANGE.match(response.headers.get("Content-Range", ""))
            if response.status_code != HTTPStatus.PARTIAL_CONTENT or not found or int(found[1]) != there:
                there = 0  # it does not send parts: all of it, then
            with write_errors(part), part.open("r+b" if there else "wb") as file:
                file.seek(there)
                with suppress(requests.RequestException):
                    for piece in self._moving(response):
                        file.write(piece[: size - there])
                        there = min(size, there + len(piece))
                        told(there)
                        if there >= size:  # whatever else it sends is not the file
                            break
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
        if there < size:
            raise _cut(path)
        return b""

    def _open(self, path: str, *, start: int = 0) -> requests.Response:
        """Return the answer, its body unread. Raises `RetryLater`, `EngineError`."""
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={start}-"} if start else {})}
        address = urljoin(self._address, path)
        times = (self._limits.connect, self._limits.read)
        for _ in range(_REDIRECTS + 1):
            try:
                get = partial(self._session.get, address, headers=headers, timeout=times)
                response = within(self._limits.answer, partial(get, stream=True, allow_redirects=False))
            except TimeoutError as error:
                raise RetryLater(f"{host_of(address)} takes too long to answer", engine=NAME, hint=_LATER) from error
            except requests.RequestException as error:
                if is_untrusted(error):
                    message = f"{host_of(address)} has no certificate that we trust"
                    raise EngineError(message, engine=NAME, hint=UNTRUSTED) from error
                message = f"{host_of(address)} can't be reached ({type(error).__name__})"
                raise RetryLater(message, engine=NAME, hint=f"Check the connection. {_LATER}") from error
            except ValueError:  # requests itself looks at where it is sent
                raise self._astray("to what is no address") from None
            if not response.is_redirect:
                self._check(response, path)
                return response
            response.close()
            try:
                address = urljoin(address, response.headers["Location"])
            except ValueError:
                raise self._astray("to what is no address") from None
            if not self._may_go(address):
                raise self._astray(f"to {host_of(address)}, and neither by https nor on this machine")
        raise self._astray("round in circles")

    def _astray(self, where: str) -> EngineError:
        return EngineError(f"{host_of(self._address)} sends us {where}", engine=NAME, hint=_INDEX)

    def _check(self, response: requests.Response, path: str) -> None:
        status = response.status_code
        if status in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
            return
        response.close()
        host = host_of(response.url)
        if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            after = seconds_asked(response.headers.get("Retry-After", ""), self._clock())
            raise RetryLater(f"{host} answers {status}", engine=NAME, after=after, hint=_LATER)
        raise EngineError(f"{host} answers {status} for {path}", engine=NAME, hint=_INDEX)

    def _moving(self, response: requests.Response) -> Iterator[bytes]:
        """Yield what comes. Raises `requests.RequestException` when the connection breaks, or no more than trickles."""
        began, came = time.monotonic(), 0
        for piece in pieces(response):
            yield piece
            came += len(piece)
            waited = time.monotonic() - began
            if waited > self._limits.crawl:
                if came < _SLOWEST * waited:
                    raise requests.ReadTimeout("it comes to a crawl")
                began, came = time.monotonic(), 0

    def _may_go(self, address: str) -> bool:
        """Tell whether an address is https, or like our own on this machine."""
        try:
            parts, own = urlsplit(address), urlsplit(self._address)
        except ValueError:
            return False
        return parts.scheme == "https" or (parts.scheme == "http" and {parts.hostname, own.hostname} <= _LOOPBACK)


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _cut(path: str) -> RetryLater:
    name = path.rpartition("/")[2]
    return RetryLater(f"the connection broke, or came to a crawl, in the middle of {name}", engine=NAME, hint=_LATER)
