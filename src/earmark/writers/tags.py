"""What an MP3's tag says: earmark's own, or anybody's."""

from io import BytesIO
from typing import Any, BinaryIO

from msgspec import Struct
from mutagen import MutagenError
from mutagen.id3 import ID3, ID3NoHeaderError


class TaggedChapter(Struct, frozen=True):
    """A chapter as the tag has it: times in milliseconds."""

    id: str
    title: str
    start: int
    end: int


class TaggedCover(Struct, frozen=True):
    """A picture in the tag: its media type and its size in bytes."""

    type: str
    bytes: int


class Tags(Struct, frozen=True, kw_only=True):
    """What the tag says, "" where it says nothing. `version` is "ID3v2.3.0", "ID3v1.1", … or "" without a tag.

    `contents` are the chapter ids in the order of the top-level table of contents; `chapters` are in
    order of time.
    """

    version: str = ""
    title: str = ""
    artist: str = ""
    album: str = ""
    date: str = ""
    language: str = ""
    comment: str = ""
    copyright: str = ""
    cover: TaggedCover | None = None
    contents: tuple[str, ...] = ()
    chapters: tuple[TaggedChapter, ...] = ()


def _frames(found: ID3, name: str) -> list[Any]:
    return list(found.getall(name))  # type: ignore[no-untyped-call]  # mutagen's types end here


def _first(found: ID3, name: str) -> str:
    frames = _frames(found, name)
    return "; ".join(str(text) for text in frames[0].text) if frames else ""


def _comment(found: ID3) -> str:
    """Return the comment: one without a label first, as labelled ones are players' own notes."""
    frames = sorted(_frames(found, "COMM"), key=lambda frame: bool(frame.desc))
    return "; ".join(map(str, frames[0].text)) if frames else ""


def _chapters(found: ID3) -> tuple[TaggedChapter, ...]:
    chapters = (
        TaggedChapter(
            id=frame.element_id,
            title="; ".join(str(text) for title in _frames(frame.sub_frames, "TIT2")[:1] for text in title.text),
            start=frame.start_time,
            end=frame.end_time,
        )
        for frame in _frames(found, "CHAP")
    )
    return tuple(sorted(chapters, key=lambda chapter: (chapter.start, chapter.end, chapter.id)))


def _contents(found: ID3) -> tuple[str, ...]:
    tables = sorted(_frames(found, "CTOC"), key=lambda frame: not frame.flags & 0b10)  # the top-level one first
    return tuple(tables[0].child_element_ids) if tables else ()


def _cover(found: ID3) -> TaggedCover | None:
    pictures = sorted(_frames(found, "APIC"), key=lambda frame: frame.type != 3)  # noqa: PLR2004 (the front cover)
    return TaggedCover(type=pictures[0].mime, bytes=len(pictures[0].data)) if pictures else None


def read(source: bytes | BinaryIO) -> Tags:
    """Return what the tag of an MP3 says; an MP3 without one, or with a broken one, says nothing.

    `source` is the file's bytes, or the file opened for reading.
    """
    try:
        found = ID3(BytesIO(source) if isinstance(source, bytes) else source)  # type: ignore[no-untyped-call]
    except ID3NoHeaderError:
        return Tags()
    except (MutagenError, ValueError, EOFError):
        return Tags(version="unreadable")
    return Tags(
        version=f"ID3v{'.'.join(map(str, found.version))}",
        title=_first(found, "TIT2"),
        artist=_first(found, "TPE1"),
        album=_first(found, "TALB"),
        date=_first(found, "TDRC"),
        language=_first(found, "TLAN"),
        comment=_comment(found),
        copyright=_first(found, "TCOP"),
        cover=_cover(found),
        contents=_contents(found),
        chapters=_chapters(found),
    )
