"""Chapters as published: Podcasting 2.0 JSON chapters, and the points that ID3 writes from the same rounding."""

from msgspec import Struct

from earmark.edition import Edition
from earmark.writers.axis import milliseconds
from earmark.writers.printable import short_line
from earmark.writers.readable import readable

MEDIA_TYPE = "application/json+chapters"
LONGEST_TITLE = 200


class Point(Struct, frozen=True):
    """A chapter as every format shows it: a clean title, start and end in whole milliseconds."""

    title: str
    start: int
    end: int


def shown_title(edition: Edition) -> str:
    """Return the edition's title as one clean line, never empty."""
    metadata = edition.metadata
    return short_line(metadata.title, LONGEST_TITLE) or short_line(metadata.slug, LONGEST_TITLE)


def points(edition: Edition) -> tuple[Point, ...]:
    """Return the chapters in time order; one whose title holds nothing to show bears the edition's."""
    rate = edition.timeline.sample_rate
    whole = shown_title(edition)
    return tuple(
        Point(
            title=short_line(chapter.title, LONGEST_TITLE) or whole,
            start=milliseconds(chapter.start, rate),
            end=milliseconds(chapter.end, rate),
        )
        for chapter in sorted(edition.timeline.chapters, key=lambda chapter: (chapter.start, chapter.end))
    )


def chapters(edition: Edition) -> bytes:
    """Return chapters.json: JSON chapters 1.2.0, times in seconds to the millisecond."""
    authors = ", ".join(filter(None, (short_line(author, LONGEST_TITLE) for author in edition.metadata.authors)))
    document: dict[str, object] = {"version": "1.2.0", "title": shown_title(edition)}
    if authors:
        document["author"] = authors
    document["fileName"] = f"{edition.metadata.slug}.mp3"
    document["chapters"] = (
        {"startTime": point.start / 1000, "endTime": point.end / 1000, "title": point.title}
        for point in points(edition)
    )
    return readable(document)
