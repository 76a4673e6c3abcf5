"""The MP3's tag: ID3v2.3, with the chapters in time order.

Written byte by byte: the usual libraries sort frames by size, and players then list the chapters in
that order. The standard is ID3v2.3.0 with its chapter frame addendum 1.0.
"""

import re
import struct
from collections.abc import Iterable, Iterator

from earmark.edition import Cover, Edition
from earmark.writers.axis import milliseconds
from earmark.writers.chapters import Point, points, shown_title
from earmark.writers.languages import iso_639_2
from earmark.writers.playlist import Track
from earmark.writers.printable import short_line

MOST_CHAPTERS = 255  # a table of contents counts its entries in one byte
_LONGEST_NAME = 1_000
_LONGEST_DESCRIPTION = 4_000
_LONGEST_ADDRESS = 2_000
_LARGEST_TAG = (1 << 28) - 1
_LAST_MOMENT = 0xFFFF_FFFE
_NO_OFFSET = 0xFFFF_FFFF
_TOP_LEVEL_AND_ORDERED = 0b11
_FRONT_COVER = b"\x03"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?", re.ASCII)
_ADDRESS = re.compile(r"https?://[!-~]+")


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + struct.pack(">IH", len(body), 0) + body


def _encoded(*texts: str) -> bytes:
    """Return the encoding's byte and `texts`, all but the last ended: Latin-1 if it can hold them, else UTF-16."""
    try:
        return b"\x00" + b"\x00".join(text.encode("latin-1") for text in texts)
    except UnicodeEncodeError:
        return b"\x01" + b"\x00\x00".join(b"\xff\xfe" + text.encode("utf-16-le") for text in texts)


def _text(name: str, text: str) -> Iterator[bytes]:
    if text:
        yield _frame(name, _encoded(text))


def _with_language(name: str, language: str, *texts: str) -> bytes:
    body = _encoded(*texts)
    return _frame(name, body[:1] + language.encode("ascii") + body[1:])


def _date(published: str) -> Iterator[bytes]:
    date = _DATE.match(published)
    if date:
        year, month, day = date.groups()
        yield from _text("TYER", year)
        if month:
            yield from _text("TDAT", day + month)


def _address(name: str, text: str) -> Iterator[bytes]:
    """Yield a frame that holds an address, if `text` is one: a player may offer it as a link."""
    if len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text):
        yield _frame(name, text.encode("ascii"))


def _licence(licence: str, year: str, language: str) -> Iterator[bytes]:
    if _ADDRESS.fullmatch(licence):
        yield from _address("WCOP", licence)
        return
    words = short_line(licence, _LONGEST_NAME)
    if words:
        if year:  # the standard wants a copyright message to begin with one
            yield from _text("TCOP", f"{year} {words}")
        yield _with_language("USER", language, words)


def _description(edition: Edition) -> Iterator[bytes]:
    metadata = edition.metadata
    language = iso_639_2(metadata.language)
    yield from _text("TIT2", shown_title(edition))
    authors = (short_line(author, _LONGEST_NAME) for author in metadata.authors)
    yield from _text("TPE1", "/".join(filter(None, authors)))
    publication = short_line(edition.publication, _LONGEST_NAME)
    yield from _text("TALB", publication)
    yield from _text("TPUB", publication)
    yield from _date(metadata.published)
    yield from _text("TLAN", language)
    yield from _text("TCON", "Speech")
    yield from _text("TLEN", str(milliseconds(edition.timeline.duration, edition.timeline.sample_rate)))
    year = _DATE.match(metadata.published)
    yield from _licence(metadata.licence.strip(), year.group(1) if year else "", language)
    yield from _address("WOAF", metadata.source_url)
    description = short_line(metadata.description, _LONGEST_DESCRIPTION)
    if description:
        yield _with_language("COMM", language, "", description)


def _chapter(name: bytes, point: Point) -> bytes:
    start, end = min(point.start, _LAST_MOMENT), min(point.end, _LAST_MOMENT)
    times = struct.pack(">IIII", start, end, _NO_OFFSET, _NO_OFFSET)
    return _frame("CHAP", name + b"\x00" + times + b"".join(_text("TIT2", point.title)))


def _contents(edition: Edition) -> Iterator[bytes]:
    """Yield one top-level, ordered table of contents, then its chapters in time order."""
    found = points(edition)
    if len(found) > MOST_CHAPTERS:
        raise ValueError(f"{len(found)} chapters: ID3 holds {MOST_CHAPTERS}, and the timeline joins the rest")
    if not found:
        return
    names = [f"ch{number:03}".encode("ascii") for number in range(1, len(found) + 1)]
    children = b"".join(name + b"\x00" for name in names)
    head = b"toc\x00" + bytes((_TOP_LEVEL_AND_ORDERED, len(names)))
    yield _frame("CTOC", head + children + b"".join(_text("TIT2", shown_title(edition))))
    for name, point in zip(names, found, strict=True):
        yield _chapter(name, point)


def _cover(cover: Cover | None) -> Iterator[bytes]:
    if cover:
        kind = cover.type.encode("ascii") + b"\x00" + _FRONT_COVER
        yield _frame("APIC", b"\x00" + kind + b"\x00" + cover.data)


def chapter_tag(edition: Edition, track: Track) -> bytes:
    """Return the tag of a chapter's own MP3: part of an album that is the article. Without the cover: it is in each download."""
    language = iso_639_2(edition.metadata.language)
    authors = (short_line(author, _LONGEST_NAME) for author in edition.metadata.authors)
    return _whole(
        (
            *_text("TIT2", track.title),
            *_text("TPE1", "/".join(filter(None, authors))),
            *_text("TALB", shown_title(edition)),
            *_text("TRCK", f"{track.number}/{track.count}"),
            *_date(edition.metadata.published),
            *_text("TLAN", language),
            *_text("TCON", "Speech"),
            *_text("TLEN", str(milliseconds(track.end - track.start, edition.timeline.sample_rate))),
        )
    )


def tag(edition: Edition) -> bytes:
    """Return a whole ID3v2.3 tag, to stand before the MP3's first frame.

    Holds no clock, host or version: the same edition gives the same bytes. Raises `ValueError` for more
    than 255 chapters, which a timeline never has, and for a cover that no tag can hold (256 MB).
    """
    # The picture comes last: a player that reads a stream shows the chapters before it has arrived.
    return _whole((*_description(edition), *_contents(edition), *_cover(edition.cover)))


def _whole(frames: Iterable[bytes]) -> bytes:
    body = b"".join(frames)
    if len(body) > _LARGEST_TAG:
        raise ValueError(f"a tag of {len(body)} bytes: the cover is too large for ID3")
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body
