"""What a page says of its edition to those who share, list and search it: Open Graph and JSON-LD."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from earmark.edition import Edition
from earmark.writers.axis import seconds
from earmark.writers.galley import Galley
from earmark.writers.markup import safe_address
from earmark.writers.page.streams import Lines
from earmark.writers.printable import one_line, short_line
from earmark.writers.wording import joined, own, parts

_LONGEST = 300


def address_of(edition: Edition, name: str = "") -> str:
    """Return where a file of the edition is on the web, "" where that is not known."""
    site = edition.house.address
    return f"{site}{quote(edition.metadata.slug)}/{quote(name)}" if site else ""


def iso_duration(edition: Edition) -> str:
    """Return how long it is, as ISO 8601 has it."""
    whole = round(edition.timeline.duration / edition.timeline.sample_rate)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{minute}M' if minute else ''}{second}S"


def properties(edition: Edition, cover: str) -> list[tuple[str, str]]:
    """Return Open Graph properties, in order."""
    metadata = edition.metadata
    audio = f"{metadata.slug}.mp3"
    found = [
        ("og:type", "article"),
        ("og:title", one_line(metadata.title)),
        ("og:description", short_line(metadata.description, _LONGEST)),
        ("og:site_name", one_line(edition.publication)),
        ("og:locale", metadata.language.replace("-", "_")),
        ("og:url", address_of(edition)),
        ("og:image", address_of(edition, cover) if cover else ""),
        ("og:audio", address_of(edition, audio)),
        ("og:audio:type", "audio/mpeg" if edition.house.address else ""),
        ("article:published_time", one_line(metadata.published)),
        ("article:modified_time", one_line(metadata.updated)),
        *(("article:tag", one_line(tag)) for tag in metadata.tags),
    ]
    return [(name, value) for name, value in found if value]


def linked_data(galley: Galley, cover: str) -> dict[str, object]:
    """Return the JSON-LD of the article, with its audio and the transcript of that, which comes line by line."""
    edition = galley.edition
    metadata = edition.metadata
    mp3 = f"{metadata.slug}.mp3"
    audio: dict[str, object] = {
        "@type": "AudioObject",
        "name": one_line(metadata.title),
        "contentUrl": address_of(edition, mp3) or quote(mp3),
        "encodingFormat": "audio/mpeg",
        "duration": iso_duration(edition),
        "inLanguage": metadata.language,
        "transcript": Lines(lambda: spoken_transcript(galley)),
    }
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": one_line(metadata.title),
        "description": one_line(metadata.description),
        "inLanguage": metadata.language,
        "author": [{"@type": "Person", "name": one_line(author)} for author in metadata.authors],
        "publisher": {"@type": "Organization", "name": one_line(edition.publication)} if edition.publication else None,
        "datePublished": one_line(metadata.published),
        "dateModified": one_line(metadata.updated),
        "keywords": [one_line(tag) for tag in metadata.tags],
        "license": safe_address(metadata.licence) or one_line(metadata.licence),
        "image": (address_of(edition, cover) or quote(cover)) if cover else "",
        "url": address_of(edition),
        "isBasedOn": safe_address(metadata.source_url),
        "audio": audio,
    }
    return {name: value for name, value in article.items() if value}


def spoken_transcript(galley: Galley) -> Iterator[str]:
    """Yield what is heard of the article's own words, a line for each cue."""
    cues = galley.edition.timeline.cues
    lines = (joined([part for part in parts(cue.sentence) if own(part)], galley.texts) for cue in cues)
    return (line for line in map(one_line, lines) if line)


def length_of(edition: Edition) -> float:
    """Return how long the edition is, in seconds."""
    return seconds(edition.timeline.duration, edition.timeline.sample_rate)


def byline(authors: Sequence[str], and_: str) -> str:
    """Return the authors as one line."""
    named = [line for line in map(one_line, authors) if line]
    return f"{', '.join(named[:-1])} {and_} {named[-1]}" if len(named) > 1 else "".join(named)
