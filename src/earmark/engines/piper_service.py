"""Fetching files over HTTP: what was cut goes on where it ended, and a busy server gets the time it asks for."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from earmark.errors import EngineError, RetryLater
from earmark.storage.files import write_errors

NAME = "piper"
PUBLIC = "https://huggingface.co/rhasspy/piper-voices/resolve/main/"

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TIMES = (10.0, 30.0)  # seconds: to connect, and for each piece of the answer
_ATTEMPTS = 5  # in a row that bring nothing
_LONGEST = 60.0  # seconds of one wait; a server that asks for more is left alone until the next run
_REDIRECTS = 5
_PIECE = 1 << 15  # bytes; of a connection that breaks, as many are lost at most
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})
_LATER = "Run it again: it goes on where it was"


class Service:
    """The collection at its address, which must be https or on this machine; certificates are checked."""

    def __init__(self, address: str = "", *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Keep the address; nothing is sent. Raises `EngineError` for one that is neither."""
        self._address = (address or PUBLIC).rstrip("/") + "/"
        self._sleep = sleep
        self._session = requests.Session()
        self._check_address(self._address)

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
                if progress() > before:
                    failed, before = 0, progress()
                failed += 1
                wait = error.after if error.after is not None else 0.5 * 2**failed
                if failed >= _ATTEMPTS or wait > _LONGEST:
                    raise
                self._sleep(wait)

    def _get(self, path: str, most: int) -> bytes:
        with self._open(path) as response:
            content = bytearray()
            for piece in self._pieces(response):
                content += piece
                if len(content) > most:
                    raise EngineError(f"{path} is far longer than it can be", engine=NAME)
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
                    for piece in response.iter_content(_PIECE):
                        file.write(piece[: size - there])
                        there = min(size, there + len(piece))
                        told(there)
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
        for _ in range(_REDIRECTS + 1):
            try:
                response = self._session.get(
                    address, headers=headers, timeout=_TIMES, stream=True, allow_redirects=False
                )
            except requests.exceptions.SSLError as error:
                hint = "Something between here and there answers in its place."
                raise EngineError(
                    f"{_host(address)} has no certificate that we trust", engine=NAME, hint=hint
                ) from error
            except requests.RequestException as error:
                message = f"{_host(address)} can't be reached ({type(error).__name__})"
                raise RetryLater(message, engine=NAME, hint=f"Check the connection. {_LATER}") from error
            except ValueError:  # requests itself looks at where it is sent
                raise EngineError(f"{_host(self._address)} sends us to what is no address", engine=NAME) from None
            if not response.is_redirect:
                self._check(response, path)
                return response
            address = urljoin(address, response.headers["Location"])
            response.close()
            self._check_address(address)
        raise EngineError(f"{_host(self._address)} sends us round in circles", engine=NAME)

    def _check(self, response: requests.Response, path: str) -> None:
        status = response.status_code
        if status in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
            return
        asked = response.headers.get("Retry-After", "").strip()
        response.close()
        host = _host(self._address)
        if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            after = float(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else None
            raise RetryLater(f"{host} answers {status}", engine=NAME, after=after, hint=_LATER)
        hint = "See [engines.piper] index in the settings." if status == HTTPStatus.NOT_FOUND else ""
        raise EngineError(f"{host} answers {status} for {path}", engine=NAME, hint=hint)

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_content(_PIECE)
        except requests.RequestException as error:
            raise _cut(urlsplit(response.url).path) from error

    def _check_address(self, address: str) -> None:
        parts = urlsplit(address)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if parts.scheme != "https" and not (local and urlsplit(self._address).hostname in _LOOPBACK):
            raise EngineError(f"{parts.scheme}://{parts.hostname} is neither https nor on this machine", engine=NAME)


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _host(address: str) -> str:
    return urlsplit(address).hostname or address


def _cut(path: str) -> RetryLater:
    return RetryLater(f"the connection broke in the middle of {path.rpartition('/')[2]}", engine=NAME, hint=_LATER)
