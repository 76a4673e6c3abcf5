"""The record as a later run reads it: what an edition was made from, and what was published."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Annotated

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder

SCHEMA = 1
TYPES = {
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m3u8": "audio/x-mpegurl",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_CHAPTERS = "chapters.json"

_NO_WORDS = frozenset({"note-reference", "nothing-to-say"})

Name = Annotated[str, Meta(pattern=r"\A(?!\.{1,2}\Z)[^/\\\x00]+\Z", description="a plain file name")]


class PublishedFile(Struct, frozen=True):
    """A file of the edition: its name beside the record, size in bytes, SHA-256 in hex, media type."""

    name: Name
    bytes: int
    sha256: str
    type: str


class Source(Struct, frozen=True):
    """The article that the edition was made from; `path` is relative to the articles folder.

    `former` is the path under which subscribers got to know it, where it was moved without an `id` of its own.
    """

    path: str
    former: str = ""


class RecordedVoice(Struct, frozen=True):
    """A voice that speaks in the edition."""

    engine: str
    name: str
    version: str
    language: str


class RecordedLoudness(Struct, frozen=True):
    """Of the finished MP3; None where it has no measure, as silence has none."""

    integrated_lufs: float | None
    true_peak_dbtp: float | None


class RecordedChapter(Struct, frozen=True):
    """A chapter `[start, end)` in seconds."""

    title: str
    block: str
    start: float
    end: float


class RecordedPerson(Struct, frozen=True):
    """A person's recording that is heard: its path in the articles folder, and its hash."""

    path: str
    sha256: str


class RecordedOmission(Struct, frozen=True):
    """Visible words that are not said, and why."""

    printed: str
    reason: str


class RecordedProblem(Struct, frozen=True):
    """Something that an editor should see; `line` is that of the article's source, where it is known."""

    code: str
    severity: str
    block: str
    line: int | None
    message: str
    hint: str


class Asked(Struct, frozen=True):
    """What the lexicon was asked about: languages, and the words as `spoken.words` packs them."""

    languages: tuple[str, ...] = ()
    vocabulary: bytes = b""


class Record(Struct, frozen=True, kw_only=True):
    """What a later run needs of a record: all but the text, which is left unread for speed."""

    schema: int
    id: str
    guid: str
    title: str
    authors: tuple[str, ...]
    language: str
    slug: Name
    description: str
    tags: tuple[str, ...]
    cover: str
    published: str
    updated: str
    licence: str
    source_url: str
    source: Source
    inputs: dict[str, str]
    voices: tuple[RecordedVoice, ...]
    duration: float
    sample_rate: int
    loudness: RecordedLoudness
    chapters: tuple[RecordedChapter, ...]
    omitted: tuple[RecordedOmission, ...]
    problems: tuple[RecordedProblem, ...] = ()
    files: tuple[PublishedFile, ...]
    depends: tuple[str, ...] = ()
    recordings: tuple[RecordedPerson, ...] = ()
    asked: Asked = Asked()

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Engine and name of each voice that is heard."""
        return tuple((voice.engine, voice.name) for voice in self.voices)

    @property
    def omitted_words(self) -> int:
        """How many words of the article are left out; the marks of its notes are no words."""
        words = (word for entry in self.omitted if entry.reason not in _NO_WORDS for word in entry.printed.split())
        return sum(any(character.isalnum() for character in word) for word in words)


_DECODER = Decoder(Record)


def media_type(name: str) -> str:
    """Return the media type of a published file by its name."""
    if name == _CHAPTERS:
        return "application/json+chapters"
    return TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def published(name: str, data: bytes) -> PublishedFile:
    """Return what the record says of a file with these bytes."""
    return PublishedFile(name=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), type=media_type(name))


_SEAL = re.compile(rb',\n  "sha256": "([0-9a-f]{64})"\n}\n')
_SEAL_LENGTH = 83


def is_whole(pieces: Iterable[bytes]) -> bool:
    """Tell whether a record is, to the last bit, what was sealed: its last key is the SHA-256 of all before it."""
    digest, held = hashlib.sha256(), b""
    for piece in pieces:
        held += piece
        digest.update(held[:-_SEAL_LENGTH])
        held = held[-_SEAL_LENGTH:]
    seal = _SEAL.fullmatch(held)
    return seal is not None and digest.hexdigest().encode("ascii") == seal[1]


_TEXT = (b'  "cues": [', b'  "changes": [')
_ITEM, _ITEM_ENDS = b"    {", (b"},", b"}")


def gist(lines: Iterable[bytes], *, cues: int = 0) -> bytes:
    """Return a record without its text, but for the first `cues`: of a long article the text alone would fill the memory.

    A record is an item to a line. One that somebody has laid out otherwise is returned as far as it can't be shortened.
    """
    kept: list[bytes] = []
    left = -1  # lines of this part that are still kept, -1 outside of it
    first = True
    for line in lines:
        if left < 0 or not line.startswith(b"    "):
            kept.append(line)
            left = (cues if line.startswith(_TEXT[0]) else 0) if line.rstrip() in _TEXT else -1
            first = True
        elif left and line.startswith(_ITEM) and line.rstrip().endswith(_ITEM_ENDS):
            kept.append((b"" if first else b",") + line.rstrip().removesuffix(b","))
            left, first = left - 1, False
    return b"".join(kept)


def parse(data: bytes) -> Record | None:
    """Return what a record says, None if it is damaged, of another schema, or names files outside its folder."""
    try:
        found = _DECODER.decode(data)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if found.schema == SCHEMA else None
