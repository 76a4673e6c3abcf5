"""Which file of the served folder a request means: never one outside it, whatever the request says."""

import os
import re
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

_TEXT = "; charset=utf-8"
TYPES = MappingProxyType(
    {
        ".avif": "image/avif",
        ".css": "text/css" + _TEXT,
        ".epub": "application/epub+zip",
        ".gif": "image/gif",
        ".htm": "text/html" + _TEXT,
        ".html": "text/html" + _TEXT,
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".js": "text/javascript" + _TEXT,
        ".json": "application/json",
        ".m3u8": "application/vnd.apple.mpegurl",
        ".mp3": "audio/mpeg",
        ".png": "image/png",
        ".srt": "application/x-subrip" + _TEXT,
        ".svg": "image/svg+xml",
        ".txt": "text/plain" + _TEXT,
        ".vtt": "text/vtt" + _TEXT,
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml" + _TEXT,
    }
)
_CHAPTERS, _CHAPTERS_TYPE = "chapters.json", "application/json+chapters"
_FEED, _FEED_TYPE = re.compile(r"feed[\w.-]*\.xml"), "application/rss+xml" + _TEXT
# What a player on another site fetches by script; pages and records stay with their own site.
_SHARED = frozenset({".vtt", ".srt", ".json"})
_PRIVATE = "edition.json"
# A drive or a stream on Windows, its separator, control characters: no name that earmark gives has one.
_NEVER = re.compile(r"[\x00-\x1f\x7f:\\]")


def type_of(path: Path) -> str:
    """Return the media type of a published file."""
    if path.name == _CHAPTERS:
        return _CHAPTERS_TYPE
    if _FEED.fullmatch(path.name):
        return _FEED_TYPE
    return TYPES.get(path.suffix.lower(), "application/octet-stream")


def is_shared(path: Path) -> bool:
    """Tell whether scripts of other sites may read it: captions, chapters and transcripts."""
    return path.suffix.lower() in _SHARED and path.name != _PRIVATE


def names_of(target: str) -> tuple[str, ...] | None:
    """Return the names in a request's path, "" last for a folder; None if no file of ours can be meant.

    Names that begin with a full stop are what earmark keeps for itself.
    """
    path = re.sub(r"^https?://[^/?#]*", "", target, flags=re.IGNORECASE)
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    if not path.startswith("/"):
        return None
    try:
        decoded = unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return None
    names = tuple(decoded[1:].split("/"))
    whole = names[:-1] if names[-1] == "" else names
    if any(not name or name.startswith(".") or _NEVER.search(name) for name in whole):
        return None
    return names


def find(root: Path, names: tuple[str, ...]) -> Path | None:
    """Return the file or folder of these names if it lies in `root`, which is a resolved path; links are followed."""
    try:
        path = root.joinpath(*names).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    if not path.is_relative_to(root) or any(name.startswith(".") for name in path.relative_to(root).parts):
        return None
    return path if path.is_dir() or (path.is_file() and os.access(path, os.R_OK)) else None
