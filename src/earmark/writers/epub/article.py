"""One edition as a part of a book, and as a book of its own."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from msgspec.structs import replace

from earmark.article import Figure, MarkKind, fields, walk
from earmark.edition import Edition
from earmark.timeline import Chapter
from earmark.writers.axis import milliseconds
from earmark.writers.chapters import points, shown_title
from earmark.writers.epub.overlay import smil
from earmark.writers.epub.package import (
    OVERLAY,
    SOUND,
    STYLE,
    TEXT,
    UNCHANGED,
    Access,
    Entry,
    Part,
    Volume,
    members,
    moment,
    page_pieces,
)
from earmark.writers.epub.summary import sentences_for
from earmark.writers.epub.zipping import Member, zipped
from earmark.writers.galley import Galley
from earmark.writers.markup import UNREMARKABLE, document, elements, labels_for
from earmark.writers.printable import short_line
from earmark.writers.sound import Sound
from earmark.writers.voices import voice_name
from earmark.writers.wording import parts

_LONGEST_NAME = 1_000
_LONGEST_DESCRIPTION = 4_000


def epub(volume: Volume, sound: Sound) -> Iterator[bytes]:
    """Yield the EPUB of one article that `volume_of` has made, with its sound."""
    (part,) = volume.parts
    whole = replace(part, members=[*part.members, Member(SOUND, sound.size, sound.crc, sound.chunks)])
    return zipped(members(replace(volume, parts=[whole])))


def _part_of(galley: Galley, *, words: bool) -> Part:
    """Return the article's text, overlay and pictures."""
    edition = galley.edition
    rendered = document(edition, pictures=galley.pictures, words=True) if words else galley.document
    body = (rendered.article,)
    title = shown_title(edition)

    def text() -> Iterator[bytes]:
        pieces = page_pieces(rendered.language, title, *body, style=STYLE, kind="bodymatter")
        return (piece.encode() for piece in pieces)

    def overlay() -> Iterator[bytes]:
        pieces = smil(edition.timeline, body, text=TEXT, sound=SOUND, words=words)
        return (piece.encode() for piece in pieces)

    wanted = {chapter.block for chapter in edition.timeline.chapters}
    known = {name for node in elements(body) if (name := node.get("id")) in wanted}
    return Part(
        title=title,
        language=rendered.language,
        duration=milliseconds(edition.timeline.duration, edition.timeline.sample_rate),
        entries=[
            Entry(point.title, chapter.block if chapter.block in known else "")
            for point, chapter in zip(points(edition), _in_order(edition), strict=True)
        ],
        members=[
            Member.made(TEXT, text),
            Member.made(OVERLAY, overlay),
            Member.of(STYLE, (files(__package__) / STYLE).read_bytes()),
            *(Member.of(name, data) for name, data in {p.name: p.data for p in edition.pictures}.items()),
        ],
    )


def _in_order(edition: Edition) -> Sequence[Chapter]:
    return sorted(edition.timeline.chapters, key=lambda chapter: (chapter.start, chapter.end))


def volume_of(galley: Galley, *, words: bool = False) -> Volume:
    """Return a book of one article, without its sound, which takes longer to make.

    `words` has words light up instead of sentences, where their times are known.
    """
    edition, part = galley.edition, _part_of(galley, words=words)
    metadata = edition.metadata
    published = moment(metadata.published)
    labels = labels_for(part.language)
    return Volume(
        identifier=edition.guid,
        title=part.title,
        language=part.language,
        labels=labels,
        authors=clean(metadata.authors),
        publisher=short_line(edition.publication, _LONGEST_NAME),
        published=published[:10] if published != UNCHANGED else "",
        modified=moment(metadata.updated, metadata.published),
        description=short_line(metadata.description, _LONGEST_DESCRIPTION),
        rights=short_line(metadata.licence, _LONGEST_NAME),
        source=metadata.source_url,
        tags=clean(metadata.tags),
        narrators=[
            *narrators(((v.engine, v.name) for v in edition.voices), labels.language),
            *clean(part.speaker for cue in edition.timeline.cues for part in parts(cue.sentence) if part.recording),
        ],
        access=access_of(edition),
        cover=edition.cover,
        parts=[part],
    )


def clean(texts: Iterable[str]) -> list[str]:
    """Return what of `texts` can be shown, a clean line each, each once."""
    return list(dict.fromkeys(filter(None, (short_line(text, _LONGEST_NAME) for text in texts))))


def narrators(voices: Iterable[tuple[str, str]], language: str) -> list[str]:
    """Name voices (engine, name) as what they are: synthetic; in the language that the labels are in."""
    told = sentences_for(language).narrator
    return clean(told.format(voice=voice_name(engine, name)) for engine, name in voices)


def access_of(edition: Edition) -> Access:
    """Return what of the article can be had by ear, by eye and by touch."""
    shown = {picture.source for picture in edition.pictures}
    silent = False
    for block in walk(edition.article.blocks):
        if isinstance(block, Figure) and block.alt is None and block.source in shown:
            silent = True
        kinds = (mark.kind for _, inline in fields(block) for mark in inline.marks if mark.value in shown)
        silent = silent or MarkKind.IMAGE_WITHOUT_ALT in kinds
    return Access(
        pictured=bool(shown),
        described=not silent,
        heard=all(omission.reason in UNREMARKABLE for omission in edition.script.omitted),
        still=not any(picture.type in {"image/gif", "image/webp"} for picture in edition.pictures),
        synthetic=bool(edition.voices),
    )
