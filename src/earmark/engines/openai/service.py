"""One request to a speech service over HTTP: how it is sent, what each way of refusing means, and whom the key goes to."""

import contextlib
import ipaddress
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from earmark.engines.network import UNTRUSTED, again, host_of, is_untrusted, seconds_asked, within
from earmark.engines.parts import HINT
from earmark.errors import EngineError, RetryLater, SynthesisError

NAME = "openai"
VARIABLE = "EARMARK_SECRET_OPENAI"

_PATH = "/audio/speech"
_MOST_OF_AN_ERROR = 16_384  # bytes of an answer that refuses
_LONGEST_TOLD = 200  # characters of it that a person is shown
_LATER = frozenset({408, 409, 425, 429}) | frozenset(range(500, 600))
_OURS = frozenset({400, 413, 422})  # a refusal of these words, it may be
_UNPAID = "insufficient_quota"
_SETTINGS = frozenset({"model", "voice", "response_format", "speed", "instructions"})
_NOT_AUDIO = ("text/", "application/json", "application/problem+json", "application/xml", "application/xhtml")
_LOOKS_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|key|gsk)[-_][\w*.-]{6,}|(?i:bearer)\s+\S+")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, for the connection and for a whole answer; how many requests at once."""

    connect: float = 10.0
    total: float = 120.0
    at_once: int = 4


class Service:
    """The service at its address. The key goes to its host and nowhere else: redirects are not followed."""

    def __init__(
        self,
        address: str,
        *,
        key: Callable[[str], str],
        limits: Limits | None = None,
        plain_http: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Check the address; nothing is sent. `key` returns the key for a host. Raises `EngineError`."""
        self.url, self.host = _checked(address, plain_http=plain_http)
        self.is_here = _is_loopback(self.host)
        self.needs_key = False
        self._key = key
        self._limits = limits or Limits()
        self._clock = clock
        self._mutex = threading.Lock()
        self._client: httpx.Client | None = None
        self._closed = False
        self._refused: tuple[str, str] | None = None

    def fetch(self, body: Mapping[str, object], *, most: int) -> bytes:
        """Return what the service answers to `body` ("input" are the words), of at most `most` bytes.

        Raises `RetryLater`, `SynthesisError` if it refuses these words, `EngineError` if it will not serve us;
        that last is remembered, and nothing is sent any more.
        """
        if self._refused:
            raise EngineError(self._refused[0], engine=NAME, hint=self._refused[1])
        headers = {"Accept": "audio/*", "Accept-Encoding": "identity", **self._authorization()}
        until = time.monotonic() + self._limits.total
        client = self._opened()
        request = client.build_request("POST", self.url, json=body, headers=headers)
        try:
            with contextlib.closing(within(self._limits.total, lambda: client.send(request, stream=True))) as response:
                try:
                    if response.status_code != HTTPStatus.OK:
                        raise self._refusal(response, body, until)
                    return _read(response, most, until)
                finally:
                    if self._closed:  # meanwhile: then its connection is nobody's any more
                        response.extensions["network_stream"].close()
        except (httpx.TimeoutException, TimeoutError) as error:
            raise RetryLater("the service takes too long to answer", engine=NAME, hint=_AGAIN) from error
        except httpx.InvalidURL:  # httpx itself looks at where it is sent
            hint = "Look at address in [engines.openai]."
            raise EngineError("the service sends us to what is no address", engine=NAME, hint=hint) from None
        except (httpx.HTTPError, httpx.StreamError, RuntimeError) as error:
            if is_untrusted(error):
                raise self._never(f"{self.host} has no certificate that we trust", UNTRUSTED) from error
            # A client that is closed while it waits raises RuntimeError.
            why = f"the service at {self.host} can't be reached ({type(error).__name__})"
            raise RetryLater(why, engine=NAME, hint=f"Check the connection. {_AGAIN}") from error

    def close(self) -> None:
        """Close all connections, those too that wait; safe to call twice."""
        with self._mutex:
            client, self._client, self._closed = self._client, None, True
        if client:
            client.close()

    def _opened(self) -> httpx.Client:
        with self._mutex:
            if self._closed:
                raise EngineError("it is closed", engine=NAME)
            if self._client is None:
                self._client = httpx.Client(
                    timeout=httpx.Timeout(self._limits.total, connect=self._limits.connect),
                    limits=httpx.Limits(max_connections=self._limits.at_once),
                    follow_redirects=False,
                    # Proxies and certificates of the house; what is for this machine goes by no proxy.
                    trust_env=not self.is_here,
                )
            return self._client

    def _authorization(self) -> dict[str, str]:
        key = self._key(self.host)
        if not key:
            if self.needs_key:
                raise EngineError("it has no key", engine=NAME, hint=f"Give it in the environment as {VARIABLE}.")
            return {}
        if not (key.isascii() and key.isprintable() and " " not in key):
            raise EngineError("its key holds what no key does", engine=NAME, hint=f"Look at {VARIABLE}.")
        return {"Authorization": f"Bearer {key}"}

    def _never(self, why: str, hint: str) -> EngineError:
        """Return the error of a service that will not serve us, and remember it."""
        self._refused = (why, hint)
        return EngineError(why, engine=NAME, hint=hint)

    def _refusal(self, response: httpx.Response, body: Mapping[str, object], until: float) -> EngineError:
        """Return what an answer that is none means for this utterance, or for all."""
        status = response.status_code
        said, code, about = _told(response, until)
        told = f": {_clean(self._without_secrets(said))}" if said else ""
        if status in _LATER and code != _UNPAID:
            after = seconds_asked(response.headers.get("Retry-After", ""), self._clock())
            return RetryLater(f"the service answers {status}{told}", engine=NAME, after=after, hint=again(after))
        if status in _OURS and about not in _SETTINGS:
            message = f"the service refuses it ({status}){told}"
            return SynthesisError(message, engine=NAME, utterance=str(body.get("input", "")), hint=HINT)
        why, hint = f"the service refuses us ({status})", f"Look at [engines.{NAME}] and [voice]."
        if response.is_redirect:
            where = host_of(response.headers.get("Location", ""))
            why, hint = f"the service sends us to {where}", "Set that as address if it is right."
        elif code == _UNPAID or status == HTTPStatus.PAYMENT_REQUIRED:
            why, hint = f"the service wants to be paid first ({status})", "Look at the account."
        elif status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            why, hint = f"the service refuses the key ({status})", f"Look at {VARIABLE}."
        elif status == HTTPStatus.NOT_FOUND:
            why = f"the service knows nothing at {self.url}, or not the model {body.get('model')} (404)"
            hint = f"Look at address and model in [engines.{NAME}]; most addresses end in /v1."
        return self._never(f"{why}{told}", hint)

    def _without_secrets(self, text: str) -> str:
        key = self._key(self.host)
        return _LOOKS_LIKE_A_KEY.sub("…", text.replace(key, "…") if key else text)


_AGAIN = again(None)


def nonsense(what: str) -> RetryLater:
    """Return the error of an answer that claims to be speech and is not."""
    return RetryLater(f"the service answers with {what}", engine=NAME, hint=_AGAIN)


def _checked(address: str, *, plain_http: bool) -> tuple[str, str]:
    """Return where to ask, and the host. Raises `EngineError` for what is no address, or must not be used."""
    parts = urlsplit(address.strip().rstrip("/"))
    host = ""
    with contextlib.suppress(ValueError):  # a port that is none
        host = (parts.hostname or "") if parts.port is None or parts.port else ""
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        hint = "Write it as https://example.org/v1."
        raise EngineError("option address: this is no address of a service", engine=NAME, hint=hint)
    if parts.username is not None or parts.password is not None:
        hint = f"Give the key in the environment as {VARIABLE}."
        raise EngineError("option address: a secret has no place in it", engine=NAME, hint=hint)
    if parts.scheme == "http" and not (plain_http or _is_loopback(host)):
        hint = "Use https, or set plain_http = true if the network between is yours."
        raise EngineError(
            f"option address: by http to {host}, everybody on the way reads along", engine=NAME, hint=hint
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix(_PATH)}{_PATH}", host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(response: httpx.Response, most: int, until: float) -> bytes:
    """Return the body, read piece by piece. Raises `RetryLater` if it is too long, too slow, or none."""
    kind = response.headers.get("Content-Type", "").lower()
    if kind.startswith(_NOT_AUDIO):
        raise nonsense(f"what is no audio ({_clean(kind.partition(';')[0])})")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise nonsense("what is packed, and was asked not to be")
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > most:
            raise nonsense("far more than speech would take")
        if time.monotonic() > until:
            raise RetryLater("the service takes too long to answer", engine=NAME, hint=_AGAIN)
    if not content:
        raise nonsense("nothing")
    return bytes(content)


def _told(response: httpx.Response, until: float) -> tuple[str, str, str]:
    """Return what a refusal says for people, as it says it, its code, and the parameter that it is about, or ""."""
    content = bytearray()
    with contextlib.suppress(httpx.HTTPError, httpx.StreamError):
        for piece in response.iter_raw():
            content += piece
            if len(content) > _MOST_OF_AN_ERROR or time.monotonic() > until:
                break
    try:
        found = json.loads(bytes(content))
    except (ValueError, RecursionError):
        return "", "", ""
    error = found.get("error", found) if isinstance(found, dict) else found
    if not isinstance(error, dict):
        return (error if isinstance(error, str) else ""), "", ""
    message = error.get("message") or error.get("detail")
    return (
        message if isinstance(message, str) else "",
        str(error.get("code") or error.get("type") or ""),
        str(error.get("param") or ""),
    )


def _clean(text: str) -> str:
    """Return a service's words as they can be shown: one line, nothing that steers a terminal, not too long."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= _LONGEST_TOLD else line[: _LONGEST_TOLD - 1] + "…"
