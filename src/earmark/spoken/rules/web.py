"""Addresses of the web and of e-mail: a bare address becomes "link to example.org"."""

import re

from earmark.spoken.passage import Passage, Rule

_ADDRESS = re.compile(
    r"(?<![\w@/.-])(?P<scheme>(?:https?|ftp)://)?(?P<host>(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12})(?P<port>:\d{1,5})?"
    r"(?P<path>/[^\s<>\"“”]{0,300})?"
)
_TLDS = frozenset(
    "com org net edu gov uk eu de fr es it nl pl se io ai co info tv me us int mil biz dev app news ie au ca nz".split()
)


def _spell(host: str) -> str:
    return " dot ".join(part.replace("-", " dash ") for part in host.removeprefix("www.").split("."))


def _address(match: re.Match[str], _passage: Passage) -> str | None:
    host = match["host"]
    known = match["scheme"] or host.startswith("www.") or (match["path"] and host.rpartition(".")[2] in _TLDS)
    if not known:
        return None
    whole = match.group()
    trimmed = whole.rstrip(".,;:!?)'’]*_")
    return f"link to {_spell(host)}" + whole[len(trimmed) :]


_EMAIL = re.compile(r"(?<![\w.@])[\w.+-]{1,64}@(?P<host>(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12})\b")


def _email(match: re.Match[str], _passage: Passage) -> str:
    name = match.group().partition("@")[0]
    for sign, word in ((".", " dot "), ("_", " underscore "), ("-", " dash "), ("+", " plus ")):
        name = name.replace(sign, word)
    return f"{name} at {_spell(match['host'])}"


EMAIL = Rule("email", "@", _EMAIL, _email)
ADDRESS = Rule("address", ".", _ADDRESS, _address)
