"""Binds editions into one EPUB: each article's text, overlay, sound and pictures come whole from its own EPUB."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from uuid import uuid5
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from earmark.edition import Cover
from earmark.errors import ReadError, WriteError
from earmark.library.identity import NAMESPACE
from earmark.library.inputs.artwork import DRAWN, draw
from earmark.library.inputs.dressing import cover_path
from earmark.library.state.freshness import RECORD
from earmark.library.state.records import record_at
from earmark.storage import sweep, write_atomically
from earmark.writers.epub import Access, Entry, Member, Part, Volume, members, zipped
from earmark.writers.epub.article import clean, narrators
from earmark.writers.epub.package import ROOT, TEXT, UNCHANGED, moment
from earmark.writers.markup import labels_for, language_tag
from earmark.writers.printable import short_line
from earmark.writers.record import Record

_PIECE = 1 << 18
_OURS = re.compile(rf"{ROOT}/1/([A-Za-z0-9-]+\.[a-z0-9]+)")
_LONGEST_TITLE = 200
_COVERS = {"cover.jpg": "image/jpeg", "cover.png": "image/png"}
_HINT = "Make it again with `earmark build --force`."


class Bound(Struct, frozen=True, kw_only=True):
    """A finished book: how many articles, and how long they take in seconds."""

    articles: int
    seconds: float


class _Source(Struct, frozen=True):
    """One article's own EPUB, open, and its record."""

    record: Record
    archive: ZipFile
    path: Path

    def members(self) -> list[Member]:
        """Return what belongs to the article itself."""
        found = ((info, _OURS.fullmatch(info.filename)) for info in self.archive.infolist())
        return [Member(name[1], info.file_size, info.CRC, partial(self.chunks, info)) for info, name in found if name]

    def chunks(self, info: ZipInfo) -> Iterator[bytes]:
        """Yield a file a piece at a time; the sound is never in memory."""
        try:
            with self.archive.open(info) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except (BadZipFile, OSError) as error:
            raise ReadError(f"it is harmed: {error}", source=self.path, hint=_HINT) from None

    def read(self, name: str) -> bytes:
        """Return a file that is small, nothing if it is not there."""
        try:
            return b"".join(self.chunks(self.archive.getinfo(name)))
        except KeyError:
            return b""


def bind(out: Path, slugs: Sequence[str], book: Path, *, title: str, publisher: str) -> Bound:
    """Bind the editions `slugs` of the folder `out` into the file `book`, a chapter each, in their order.

    Raises `ReadError` for an edition that is not whole, `WriteError` if the book can't be written.
    """
    with ExitStack() as stack:
        sources = [_opened(out, slug, stack) for slug in slugs]
        volume = _volume(sources, title, publisher)
        sweep(book.absolute().parent)
        try:
            write_atomically(book, zipped(members(volume)))
        except ValueError as error:
            raise WriteError(str(error), path=book, hint="Bind fewer articles.") from None
    return Bound(articles=len(sources), seconds=volume.duration / 1000)


def _opened(out: Path, slug: str, stack: ExitStack) -> _Source:
    path = out / slug / f"{slug}.epub"
    try:
        record = record_at(out / slug / RECORD)
        archive = stack.enter_context(ZipFile(path))
    except (OSError, BadZipFile) as error:
        raise ReadError(f"it can't be read: {error}", source=path, hint=_HINT) from None
    if record is None:
        raise ReadError("its record can't be read", source=path, hint=_HINT)
    return _Source(record, archive, path)


def _volume(sources: Sequence[_Source], title: str, publisher: str) -> Volume:
    records = [source.record for source in sources]
    languages = [language_tag(record.language) or "und" for record in records]
    language = max(languages, key=languages.count)
    labels = labels_for(language)
    published = max(moment(record.published) for record in records)
    return Volume(
        identifier=str(uuid5(NAMESPACE, "\n".join((title, *(record.guid for record in records))))),
        title=short_line(title, _LONGEST_TITLE),
        language=language,
        labels=labels,
        authors=clean(author for record in records for author in record.authors),
        publisher=publisher,
        published=published[:10] if published != UNCHANGED else "",
        modified=max(moment(record.updated, record.published) for record in records),
        description="",
        rights="",
        source="",
        tags=clean(tag for record in records for tag in record.tags),
        narrators=narrators(((v.engine, v.name) for record in records for v in record.voices), labels.language),
        access=_access([_features(source) for source in sources], sources),
        cover=_cover_of(sources, title, publisher),
        parts=[_part(source, tag) for source, tag in zip(sources, languages, strict=True)],
    )


def _part(source: _Source, language: str) -> Part:
    record = source.record
    text = source.read(f"{ROOT}/1/{TEXT}").decode("utf-8", "replace")
    return Part(
        title=short_line(record.title, _LONGEST_TITLE) or record.slug,
        language=language,
        duration=round(1000 * record.duration),
        entries=[
            Entry(
                short_line(chapter.title, _LONGEST_TITLE) or record.slug,
                chapter.block if f'id="{chapter.block}"' in text else "",
            )
            for chapter in record.chapters
        ],
        members=source.members(),
    )


def _features(source: _Source) -> set[str]:
    """Return what the article's own package says of its accessibility."""
    try:
        package = ET.fromstring(source.read(f"{ROOT}/package.opf"))  # noqa: S314 (written by earmark, its sum in the record)
    except ET.ParseError as error:
        raise ReadError(f"it is harmed: {error}", source=source.path, hint=_HINT) from None
    return {f"{meta.get('property')} {meta.text}" for meta in package.iter("{http://www.idpf.org/2007/opf}meta")}


def _access(features: Sequence[set[str]], sources: Sequence[_Source]) -> Access:
    """Return what all articles together have: a book is as accessible as its least accessible part."""
    return Access(
        pictured=any("schema:accessMode visual" in found for found in features),
        described=all("schema:accessModeSufficient textual" in found for found in features),
        heard=all(source.record.omitted_words == 0 for source in sources),
        still=all("schema:accessibilityHazard noFlashingHazard" in found for found in features),
        synthetic=any(source.record.voices for source in sources),
    )


def _cover_of(sources: Sequence[_Source], title: str, publisher: str) -> Cover | None:
    """Return the first article's own cover, else one drawn of the book's title if the articles have drawn ones."""
    own = (_cover(source) for source in sources if cover_path(source.record.cover, source.record.source.path))
    found = next(filter(None, own), None)
    if found is None and any(map(_cover, sources)):
        found = Cover(draw(title, publisher), "image/png", DRAWN)
    return found


def _cover(source: _Source) -> Cover | None:
    for name, kind in _COVERS.items():
        data = source.read(f"{ROOT}/{name}")
        if data:
            return Cover(data, kind, name)
    return None
