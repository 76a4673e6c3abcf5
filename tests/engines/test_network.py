"""What engines share that ask a service: times to wait, certificates, hosts as they are shown."""

import ssl
import threading
from email.utils import formatdate

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from earmark.engines.network import again, host_of, is_untrusted, seconds_asked, within

NOW = 1_800_000_000.0
MONTH = 30 * 86_400.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("9" * 400, MONTH),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        (formatdate(NOW + 90).replace("-0000", ""), 90.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MONTH),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0.0),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("١٧", None),
        ("", None),
    ],
)
def test_a_wait_is_read_as_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert seconds_asked(header, NOW) == seconds


@given(st.text(max_size=200))
def test_no_header_breaks_it(header: str) -> None:
    found = seconds_asked(header, NOW)
    assert found is None or 0.0 <= found <= MONTH


def test_a_certificate_is_found_at_fault_however_deep_it_lies() -> None:
    verification = ssl.SSLCertVerificationError("self-signed")
    held = requests.ConnectionError(verification)
    assert is_untrusted(verification)
    assert is_untrusted(requests.exceptions.SSLError(held))
    above = requests.ConnectionError("above")
    above.__cause__ = held
    assert is_untrusted(above)
    assert not is_untrusted(ssl.SSLError("wrong version number"))
    assert not is_untrusted(requests.ConnectionError("refused"))
    endless = requests.ConnectionError("a circle")
    endless.__context__ = other = requests.ConnectionError("of two")
    other.__context__ = endless
    assert not is_untrusted(endless)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:secret@example.org:8/x?key=1", "example.org"),
        ("file:///etc/passwd", "a file: address"),
        ("/elsewhere", "elsewhere"),
        ("http://[::bad/", "what is no address"),
        ("http://a\x1bb/", "a?b"),
        ("http://" + "x" * 500, "x" * 100),
    ],
)
def test_a_host_is_shown_without_secrets_and_without_colours(address: str, shown: str) -> None:
    assert host_of(address) == shown


@pytest.mark.parametrize(
    ("after", "words"),
    [(None, "later"), (5.0, "later"), (1_800.0, "in 30 minutes"), (3_600.0, "in 60 minutes"), (MONTH, "in 720 hours")],
)
def test_when_to_come_again_is_told(after: float | None, words: str) -> None:
    assert f"Run it again {words}" in again(after)


class _Answer:
    def __init__(self) -> None:
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()


def test_who_is_given_up_closes_what_comes() -> None:
    answer, may_come = _Answer(), threading.Event()

    def ask() -> _Answer:
        may_come.wait()
        return answer

    with pytest.raises(TimeoutError, match="headers take too long"):
        within(0.01, ask)
    may_come.set()
    assert answer.closed.wait(60)
    assert within(60, _Answer).closed.is_set() is False


def test_what_the_library_raises_is_raised() -> None:
    def ask() -> _Answer:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        within(60, ask)
