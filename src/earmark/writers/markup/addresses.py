"""Which of an article's addresses may be followed: the web, mail and telephone; written so that any parser takes them.

What an article links to is text by somebody unknown. A scheme that is not listed here (`javascript:`,
`data:`, `file:`) never becomes a link; its words stay.
"""

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_LONGEST = 2_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.?"
)
_NUMBER = re.compile(r"\+?[0-9().\-]{2,40}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = _SAFE_PATH + "?"


def safe_address(value: str, base: str = "") -> str:
    """Return the absolute address that `value` means beside `base`, "" if it is none that may be followed."""
    value = value.strip(" \t\n\r\f")
    if not value or len(value) > _LONGEST or _CONTROL.search(value):
        return ""
    try:
        parts = urlsplit(urljoin(base, value) if base else value)
        if parts.scheme in {"http", "https"}:
            return _web(parts)
    except ValueError:
        return ""
    if parts.scheme == "mailto" and _MAIL.fullmatch(parts.path):
        return f"mailto:{quote(parts.path, safe='@')}"
    if parts.scheme == "tel" and _NUMBER.fullmatch(parts.path):
        return f"tel:{parts.path}"
    return ""


def _web(parts: SplitResult) -> str:
    """Return the address with everything encoded that has to be; a name and password in it are left out."""
    host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        return ""
    port = f":{parts.port}" if parts.port else ""
    query = f"?{_encoded(parts.query, _SAFE_QUERY)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment, _SAFE_QUERY)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{_encoded(parts.path, _SAFE_PATH)}{query}{fragment}"


def _encoded(text: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe)
