"""One request to Google Translate's speech, over HTTP, with an answer that is checked before it is believed."""

import base64
import binascii
import json
import re
import threading
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

import gtts
import requests
from msgspec import Struct

from earmark.engines import parts
from earmark.engines.network import UNTRUSTED, again, host_of, is_untrusted, pieces, seconds_asked, within
from earmark.errors import EngineError, RetryLater, SynthesisError

NAME = "gtts"
MOST_CHARACTERS: int = gtts.gTTS.GOOGLE_TTS_MAX_CHARS

# The addresses that the service is known under. Whatever else a setting holds can't become a host.
TLDS = frozenset(
    "com co.uk com.au ca co.in co.nz co.za ie us com.ng com.hk com.tw com.br pt com.mx es fr de it nl ch at be".split()  # noqa: SIM905 (a list to read)
)
_PATH = "_/TranslateWebserverUi/data/batchexecute"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_OFFLINE = "Another engine works offline: espeak."
_AGAIN = again(None)
_MOST_BYTES = 4_000_000  # a hundred characters are some 60 kB
_CONSENT = re.compile(rb"consent\.(google|youtube)|before you continue", re.IGNORECASE)


class Limits(Struct, frozen=True):
    """How long to wait, in seconds: for the connection, for each piece of the answer, for the whole of it."""

    connect: float = 10.0
    read: float = 15.0
    total: float = 45.0


def address(tld: str) -> str:
    """Return the service's address; raises `EngineError` on a `tld` that is not its."""
    if tld not in TLDS:
        raise EngineError(
            f"tld = {tld!r} is not one of the service's", engine=NAME, hint=f"Choose one of {', '.join(sorted(TLDS))}"
        )
    return f"https://translate.google.{tld}/{_PATH}"


class Service:
    """The service at its address, or for tests at `endpoint`, which must be https or on this machine."""

    def __init__(
        self, *, endpoint: str = "", limits: Limits | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """Keep the settings; nothing is sent."""
        where = urlsplit(endpoint)
        if endpoint and where.scheme != "https" and not (where.scheme == "http" and where.hostname in _LOOPBACK):
            raise EngineError(f"the endpoint {endpoint!r} is neither https nor on this machine", engine=NAME)
        self._endpoint = endpoint
        self._limits = limits or Limits()
        self._clock = clock
        self._local = threading.local()
        self._mutex = threading.Lock()
        self._sessions: list[requests.Session] = []

    def fetch(self, text: str, *, language: str, tld: str, slow: bool) -> bytes:
        """Return what the service says for `text` of at most `MOST_CHARACTERS`: bytes that claim to be MP3.

        Raises `RetryLater`, `SynthesisError` if the service has no sound for it, `EngineError` if it
        will not serve us.
        """
        (body,) = gtts.gTTS(
            text, lang=language, slow=slow, lang_check=False, pre_processor_funcs=[], tokenizer_func=None
        ).get_bodies()
        ask = partial(
            self._session().post,
            self._endpoint or address(tld),
            data=body,
            headers=gtts.gTTS.GOOGLE_TTS_HEADERS,
            timeout=(self._limits.connect, self._limits.read),
            stream=True,
            allow_redirects=False,
        )
        until = time.monotonic() + self._limits.total
        try:
            with within(self._limits.total, ask) as response:
                self._check(response)
                content = self._read(response, until)
        except TimeoutError as error:
            raise _too_long() from error
        except requests.RequestException as error:
            host = urlsplit(self._endpoint or address(tld)).hostname
            if is_untrusted(error):
                raise EngineError(f"{host} has no certificate that we trust", engine=NAME, hint=UNTRUSTED) from error
            raise RetryLater(
                f"the service at {host} can't be reached ({type(error).__name__})",
                engine=NAME,
                hint=f"Check the connection. {_AGAIN}",
            ) from error
        except ValueError:  # requests itself looks at where it is sent
            raise EngineError("the service sends us to what is no address", engine=NAME, hint=_OFFLINE) from None
        return _parse(content, text)

    def close(self) -> None:
        """Close all connections; safe to call twice."""
        with self._mutex:
            sessions, self._sessions = self._sessions, []
        for session in sessions:
            session.close()

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            with self._mutex:
                self._sessions.append(session)
        return session

    def _check(self, response: requests.Response) -> None:
        status = response.status_code
        if status == HTTPStatus.OK:
            return
        if (
            status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT}
            or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        ):
            after = seconds_asked(response.headers.get("Retry-After", ""), self._clock())
            raise RetryLater(f"the service answers {status}", engine=NAME, after=after, hint=again(after))
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            host = host_of(response.headers.get("Location", ""))
            if "consent" in host:
                raise _consent()
            message = f"the service sends us to {host}, where we do not go"
            raise EngineError(message, engine=NAME, hint=_OFFLINE)
        raise EngineError(f"the service refuses us ({status})", engine=NAME, hint=_OFFLINE)

    def _read(self, response: requests.Response, until: float) -> bytes:
        content = bytearray()
        for piece in pieces(response):
            content += piece
            if len(content) > _MOST_BYTES:
                raise nonsense("far more than speech would take")
            if time.monotonic() > until:
                raise _too_long()
        return bytes(content)


def _parse(content: bytes, text: str) -> bytes:
    """Return the audio of an answer: lines of JSON, one of which holds the call's result."""
    if _CONSENT.search(content):
        raise _consent()
    if not content.strip():
        raise nonsense("nothing")
    for line in content.splitlines():
        if line.startswith(b"[["):
            for entry in _entries(line):
                if isinstance(entry, list) and entry[:2] == ["wrb.fr", gtts.gTTS.GOOGLE_TTS_RPC]:
                    return _audio(entry[2] if len(entry) > 2 else None, text)  # noqa: PLR2004 (the third is the result)
    raise nonsense("something else than speech")


def _entries(line: bytes) -> list[object]:
    try:
        entries = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise nonsense("a part of an answer") from error
    return entries if isinstance(entries, list) else []


def _audio(result: object, text: str) -> bytes:
    try:
        parsed = json.loads(result) if isinstance(result, str) else None
    except (ValueError, RecursionError) as error:
        raise nonsense("a part of an answer") from error
    encoded = parsed[0] if isinstance(parsed, list) and parsed else None
    if not isinstance(encoded, str) or not encoded:
        raise SynthesisError("the service has no sound for it", engine=NAME, utterance=text, hint=parts.HINT)
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise nonsense("what is not base64") from error


def nonsense(what: str) -> RetryLater:
    """Return the error of an answer that claims to be speech and is not."""
    return RetryLater(f"the service answers with {what}", engine=NAME, hint=_AGAIN)


def _too_long() -> RetryLater:
    return RetryLater("the service takes too long to answer", engine=NAME, hint=_AGAIN)


def _consent() -> EngineError:
    return EngineError(
        "the service wants a person's consent in a browser first, and sends no speech",
        engine=NAME,
        hint=_OFFLINE,
    )
