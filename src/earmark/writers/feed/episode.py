"""An edition as the feed tells of it, read from its record."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import DecodeError, Raw, Struct
from msgspec.json import Decoder

from earmark.writers.feed.moments import UNDATED, moment
from earmark.writers.printable import one_line, short_line
from earmark.writers.record import SCHEMA, Name, PublishedFile, RecordedChapter

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 1_000
_LONGEST_PARAGRAPH = 700
_PARAGRAPHS = 2  # of the article's beginning: enough to decide whether to listen
_MOST_TAGS = 20
_MOST_PEOPLE = 20


class _Cue(Struct, frozen=True):
    kind: str
    block: str
    printed: str
    added: bool
    echo: bool


class _Told(Struct, frozen=True, kw_only=True):
    """What a feed needs of a record."""

    schema: int
    guid: str
    slug: Name
    title: str
    authors: tuple[str, ...]
    language: str
    description: str
    tags: tuple[str, ...]
    published: str
    updated: str
    licence: str
    source_url: str
    duration: float
    chapters: tuple[RecordedChapter, ...]
    cues: tuple[_Cue, ...]
    files: tuple[PublishedFile, ...]
    season: int = 0
    episode: int = 0
    artwork: str = ""
    voices: tuple[Raw, ...] = ()
    recordings: tuple[Raw, ...] = ()


class Episode(Struct, frozen=True, kw_only=True):
    """An edition in a feed; all texts are clean lines that are not longer than clients show.

    `duration` is in seconds. `opening` is how the article begins, a paragraph each. `files` are those of
    the edition's folder; `chapters` have seconds and title. `season` and `number` are 0 where not given; `artwork` is the
    name of the picture among the files that directories take, "" if there is none. `synthetic` tells whether a voice reads any of it that is none of a person's.
    """

    slug: str
    guid: str
    title: str
    authors: tuple[str, ...]
    language: str
    description: str
    tags: tuple[str, ...]
    published: str
    updated: str
    licence: str
    source_url: str
    duration: float
    opening: tuple[str, ...]
    chapters: tuple[tuple[float, str], ...]
    files: tuple[PublishedFile, ...]
    season: int = 0
    number: int = 0
    artwork: str = ""
    synthetic: bool = True

    @property
    def moment(self) -> datetime:
        """When it was published, or what stands for that."""
        return moment(self.published) or UNDATED

    @property
    def order(self) -> tuple[float, str]:
        """What it is sorted by: the newest first; of one day by GUID, which survives a new name as well."""
        return -self.moment.astimezone(UTC).timestamp(), self.guid

    def file(self, name: str) -> PublishedFile | None:
        """Return the file of that name."""
        return next((file for file in self.files if file.name == name), None)

    @property
    def sound(self) -> PublishedFile | None:
        """The MP3 of the whole."""
        return self.file(f"{self.slug}.mp3")

    @property
    def cover(self) -> PublishedFile | None:
        """The picture, if it is one that directories take."""
        return self.file(self.artwork) if self.artwork else None


_DECODER = Decoder(_Told)


def episode(record: bytes) -> Episode | None:
    """Return what a record tells, None if it is damaged or of another schema."""
    try:
        told = _DECODER.decode(record)
    except (DecodeError, UnicodeDecodeError):
        return None
    if told.schema != SCHEMA:
        return None
    title = short_line(told.title, LONGEST_TITLE) or short_line(told.slug, LONGEST_TITLE)
    return Episode(
        slug=told.slug,
        guid=one_line(told.guid),
        title=title,
        authors=_once(short_line(name, LONGEST_TITLE) for name in told.authors[:_MOST_PEOPLE]),
        language=told.language,
        description=short_line(told.description, LONGEST_DESCRIPTION),
        tags=_once(short_line(tag, LONGEST_TITLE) for tag in told.tags[:_MOST_TAGS]),
        published=one_line(told.published),
        updated=one_line(told.updated),
        licence=short_line(told.licence, LONGEST_TITLE),
        source_url=told.source_url,
        duration=told.duration,
        opening=tuple(_opening(told)),
        chapters=tuple(
            (chapter.start, short_line(chapter.title, LONGEST_TITLE) or title)
            for chapter in sorted(told.chapters, key=lambda chapter: (chapter.start, chapter.end))
        ),
        files=told.files,
        season=told.season,
        number=told.episode,
        artwork=told.artwork,
        synthetic=bool(told.voices) or not told.recordings,
    )


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    """Return each line once, whatever its capitals: "Rail" and "rail" are one tag."""
    found: dict[str, str] = {}
    for line in lines:
        found.setdefault(line.casefold(), line)
    return tuple(filter(None, found.values()))


def _opening(told: _Told) -> Iterator[str]:
    """Yield the article's first paragraphs, without what earmark adds and what is said twice."""
    blocks: dict[str, list[str]] = {}
    for cue in told.cues:
        if cue.kind == "paragraph" and not cue.added and not cue.echo:
            if cue.block not in blocks and len(blocks) == _PARAGRAPHS:
                break
            blocks.setdefault(cue.block, []).append(cue.printed)
    for sentences in blocks.values():
        line = short_line(" ".join(sentences), _LONGEST_PARAGRAPH)
        if line:
            yield line
