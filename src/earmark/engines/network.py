"""What engines share that ask a service: whom to trust, when to come again, and an answer as it comes."""

import re
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

import requests
import urllib3

UNTRUSTED = (
    "Something between here and there answers in its place, or a certificate of your own house is not installed."
)

_PIECE = 1 << 15  # bytes; of a connection that breaks, as many are lost at most
_LONGEST = 30 * 86_400.0  # seconds: who asks for more is not to be asked again either way
_SECONDS = re.compile(r"([0-9]+)(?:\.[0-9]{1,6})?")
_LONGEST_HOST = 100  # characters that are shown
_MINUTE, _HOUR = 60, 60  # seconds, and minutes
_DEEPEST = 12  # errors that one error may hold


class _Closes(Protocol):
    def close(self) -> None: ...


_Response = TypeVar("_Response", bound=_Closes)


def within(seconds: float, ask: Callable[[], _Response]) -> _Response:
    """Return what `ask` returns, its body unread. Raises what it raises, and `TimeoutError` if that takes longer.

    Libraries limit how long they wait for a byte, not for all of them: by headers that trickle a service would hold us
    for ever. Who is given up waits on in a thread of its own, and closes what comes.
    """
    answered: Future[_Response] = Future()

    def wait() -> None:
        try:
            answered.set_result(ask())
        except BaseException as error:  # noqa: BLE001 (whoever asked gets it)
            answered.set_exception(error)

    Thread(target=wait, name="request", daemon=True).start()
    try:
        return answered.result(seconds)
    except TimeoutError:
        if answered.done():
            raise
        answered.add_done_callback(_close)
        raise TimeoutError("the headers take too long to come") from None


def _close(late: "Future[_Response]") -> None:
    if not late.exception():
        late.result().close()


def seconds_asked(value: str, now: float) -> float | None:
    """Return the seconds from `now` (of the epoch) that a Retry-After header asks for, None if it names none.

    It may be a number or a date; a month is the most.
    """
    value = value.strip()[:100]
    if _SECONDS.fullmatch(value) and value.isascii():
        return min(float(value), _LONGEST)
    try:
        when = parsedate_to_datetime(value)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        left = (when - datetime.fromtimestamp(now, UTC)).total_seconds()
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, left), _LONGEST)


def again(after: float | None) -> str:
    """Return what to do about a service that asks to be left alone for `after` seconds, None if it does not say."""
    if after is None or after < 2 * _MINUTE:
        return "Run it again later; what is finished is kept."
    minutes = round(after / _MINUTE)
    when = f"{minutes} minutes" if minutes < 2 * _HOUR else f"{round(minutes / _HOUR)} hours"
    return f"Run it again in {when}, which is what it asks for; what is finished is kept."


def is_untrusted(error: BaseException) -> bool:
    """Tell whether it came of a certificate that we do not trust: that does not pass with time."""
    held: BaseException | None = error
    for _ in range(_DEEPEST):
        if held is None:
            break
        if isinstance(held, ssl.SSLCertVerificationError):
            return True
        inner = [one for one in held.args if isinstance(one, BaseException)]
        reason = getattr(inner[0], "reason", inner[0]) if inner else None
        held = held.__cause__ or held.__context__ or (reason if isinstance(reason, BaseException) else None)
    return False


def host_of(address: str) -> str:
    """Return the host of an address that a service has sent, as a person can be shown it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "what is no address"
    found = parts.hostname or (f"a {parts.scheme}: address" if parts.scheme else "elsewhere")
    return "".join(one if one.isprintable() else "?" for one in found[:_LONGEST_HOST])


def pieces(response: requests.Response) -> Iterator[bytes]:
    """Yield the body, each piece when it has come, however small: so that who reads can look at the clock.

    `iter_content` waits until a piece is full, for hours if a service trickles. Raises `requests.RequestException`.
    """
    with closing(response):
        try:
            while piece := response.raw.read1(_PIECE, decode_content=True):
                yield piece
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise requests.ConnectionError(error) from error
