"""Addresses of the web and of e-mail, handles, hashtags, file names."""

import re

from earmark.spoken.hashtags import parted
from earmark.spoken.letters import TAGS, label, spell
from earmark.spoken.locales import words
from earmark.spoken.passage import Passage, Pattern, Rule

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?\.){1,4}[A-Za-z]{2,12}"
_ADDRESS = Pattern(
    rf"(?<![\w@/.\\-])(?:(?P<scheme>(?:https?|ftp)://)|(?P<www>[Ww]{{3}}\.))?(?P<host>{_HOST})(?P<port>:\d{{1,5}})?"
    r"(?P<path>/[^\s<>\"“”]{0,300})?(?![\w@])"
)
_TOP = words(
    """com org net edu gov uk eu de fr es it nl pl se io ai co info tv me us mil biz dev app news ie au ca nz ch at
    be jp cn in"""
)
_FILES = words(
    """txt pdf doc docx xls xlsx csv jpg jpeg png gif mp3 mp4 wav html htm css js py md json xml yaml yml toml zip
    exe sh java cpp rb go rs ini cfg log ppt pptx"""
)
_READABLE = re.compile(r"(?:/[A-Za-z0-9-]{1,24}){0,3}/?")


def _host(host: str) -> str:
    return " dot ".join(TAGS.get(part.lower()) or label(part) for part in host.split("."))


def _address(match: re.Match[str], _passage: Passage) -> str | None:
    host, path = match["host"], match["path"] or ""
    top = host.rpartition(".")[2]
    if not (match["scheme"] or match["www"]):
        if top.lower() in _FILES and not path and "." not in host.rpartition(".")[0]:
            name, _, kind = host.rpartition(".")
            return f"{label(name)} dot {TAGS.get(kind.lower()) or label(kind)}"
        if top not in _TOP or (
            not path
            and (top in {"me", "it", "in", "be", "at", "us", "es", "de", "app", "news", "go"} or host[0].isupper())
        ):
            return None
    trimmed = path.rstrip(".,;:!?)'’]*_")
    rest = path[len(trimmed) :]
    if match["scheme"]:
        return f"link to {_host(host.removeprefix('www.'))}{rest}"
    words = f"W W W dot {_host(host)}" if match["www"] else _host(host)
    if not _READABLE.fullmatch(trimmed):
        return f"link to {_host(host)}{rest}"
    for part in trimmed.split("/"):
        words += f" slash {label(part)}" if part else ""
    return words + rest


_EMAIL = Pattern(rf"(?<![\w.@+-])(?P<name>[\w.+-]{{1,64}})@(?P<host>{_HOST})(?![\w@])")


def _email(match: re.Match[str], _passage: Passage) -> str:
    return f"{label(match['name'])} at {_host(match['host'])}"


_HANDLE = Pattern(r"(?<![\w@/.])@(?P<name>\w{1,40})")


def _handle(match: re.Match[str], _passage: Passage) -> str:
    return f"at {label(match['name'])}"


_TAG = Pattern(r"(?<![\w&#/])#(?P<name>(?=\d{0,8}[^\W\d])\w{2,80})")


# "used the hashtag #Example": print has said what it is.
_CALLED_TAG = re.compile(r"(?i)\bhashtags?:? [“‘\"']?(?:#\w{2,80}(?:,? and |,? or |, )){0,6}$")


def _hashtag(match: re.Match[str], passage: Passage) -> str:
    name = match["name"].replace("_", " ")
    said = (name.islower() and parted(name)) or label(name)
    return said if _CALLED_TAG.search(passage.before(match.start(), 120)) else f"hashtag {said}"


_FORUM = Pattern(r"(?<![\w/])/?(?P<kind>[ur])/(?P<name>\w{2,30})")


def _forum(match: re.Match[str], _passage: Passage) -> str:
    return f"{match['kind']} slash {label(match['name'])}"


_TECHNICAL = Pattern(
    r"(?<![\w.])(?:(?P<net>\.NET)|(?P<sharp>[CF])#|(?P<plus>C|[A-Z][a-z]{2,15})\+\+|(?P<js>[A-Z][a-z]{2,12})\.(?P<kind>js|io|ai|py))(?!\w)|(?<![\w./-])\.(?P<top>com|org|net|gov|edu|uk|eu|io|ai|tv|co\.uk|org\.uk|ac\.uk|gov\.uk|co|fr|de|pdf|docx|doc|xlsx|xls|csv|txt|png|jpg|jpeg|mp3|mp4|html|json|xml)\b(?![.@])"
)


def _technical(match: re.Match[str], _passage: Passage) -> str:
    if match["top"]:
        return "dot " + " dot ".join(TAGS[part] for part in match["top"].split("."))
    if match["net"]:
        return "dot net"
    if match["sharp"]:
        return f"{match['sharp']} sharp"
    if match["plus"]:
        return f"{match['plus']} plus plus"
    return f"{match['js']} dot {spell(match['kind'].upper())}"


_PATH = Pattern(
    r"(?<![\w/\\])(?P<drive>[A-Z]:(?=[\\/]))?(?P<home>~(?=/))?(?P<parts>[\\/]?(?:[\w.-]{1,40}[\\/]){1,12}[\w.-]{0,40}|(?<=[:~])[\\/][\w.-]{0,40})(?![\w/\\])"
)


def _path(match: re.Match[str], _passage: Passage) -> str | None:
    parts = match["parts"]
    # Two words with one slash are alternatives, not a path: "he/she" has its own rule.
    rooted = match["drive"] or match["home"]
    if not rooted and (parts.count("/") + parts.count("\\") < 2 or any(c.isdigit() for c in parts)):  # noqa: PLR2004 (one slash is no path)
        return None
    words = f"{match['drive'][0]} colon" if match["drive"] else "tilde" if match["home"] else ""
    for piece in re.split(r"([\\/])", parts.rstrip(".")):
        words += {"/": " slash", "\\": " backslash", "": ""}.get(piece) or (f" {label(piece)}" if piece else "")
    return words.strip() + ("." if parts.endswith(".") else "")


_UNDERSCORE = Pattern(r"(?<![\w@#])[^\W_][^\W_]{0,30}(?:_[^\W_]{1,30}){1,8}(?!\w)")


def _underscore(match: re.Match[str], _passage: Passage) -> str:
    return label(match.group().replace("_", " "))


EMAIL = Rule("email", "@", _EMAIL, _email)
ADDRESS = Rule("address", ".", _ADDRESS, _address)
HANDLE = Rule("handle", "@", _HANDLE, _handle)
HASHTAG = Rule("hashtag", "#", _TAG, _hashtag)
FORUM = Rule("forum", "/", _FORUM, _forum)
TECHNICAL = Rule("technical", ".#+", _TECHNICAL, _technical)
PATH = Rule("path", "/\\", _PATH, _path)
UNDERSCORE = Rule("underscore", "_", _UNDERSCORE, _underscore)
