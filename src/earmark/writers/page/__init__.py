"""The listening page: everything that a reader needs to hear and read an article together, in one folder.

`transcript` has the article, `data` what the script knows, `about` what others are told, `templates` puts
it together; `assets/` are the style sheets and scripts, `templates/` the pages, each a publisher's to replace.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from earmark.edition import Edition
from earmark.packed import LONG
from earmark.writers.chapters import points, shown_title
from earmark.writers.galley import Galley
from earmark.writers.markup import direction, labels_for, language_tag, safe_address
from earmark.writers.page.about import address_of, byline, length_of, linked_data, properties
from earmark.writers.page.data import embed_data, page_data
from earmark.writers.page.streams import Streams
from earmark.writers.page.templates import asset, known, rendered
from earmark.writers.page.transcript import transcript
from earmark.writers.page.words import Words, clock, words_for, written_date, written_number
from earmark.writers.printable import one_line
from earmark.writers.record import PublishedFile
from earmark.writers.voices import voice_name

_SPEEDS = tuple(tenths / 10 for tenths in range(5, 31))
_SLEEPS = (5, 10, 15, 20, 30, 45, 60, 90)
_SHORTCUTS = {
    "K": "play", "J": "back", "L": "forward", "U": "previous_sentence", "O": "next_sentence",
    "Y": "previous_paragraph", "P": "next_paragraph", "M": "previous_chapter", "N": "next_chapter",
    ",": "slower", ".": "faster",
}  # fmt: skip
# What may be taken away, by the end of its name, in the order in which it is offered.
_TAKEN = {
    ".mp3": "file_mp3", ".epub": "file_epub", ".m3u8": "file_m3u8", "captions.vtt": "file_vtt",
    "captions.srt": "file_srt", "transcript.html": "file_transcript", "transcript.txt": "file_txt",
}  # fmt: skip
_MEGA = 1_000_000
_KILO = 1_000


class Setting(Struct, frozen=True):
    """What the pages of an edition say, but for what may be taken away: made before its other files are there."""

    edition: Edition
    context: Mapping[str, object]
    streams: Streams


def setting(galley: Galley) -> Setting:
    """Return what the pages of an edition say."""
    streams = Streams(hold=len(galley.edition.timeline.cues) > LONG)
    return Setting(galley.edition, _context(galley, streams), streams)


def pages(said: Setting, files: Iterable[PublishedFile]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the page's files by name, each in pieces; `files` are the edition's others, which the page offers.

    Raises `SettingsError` where a publisher's template is wrong.
    """
    edition = said.edition
    templates = edition.house.templates
    known(templates)
    others = list(files)
    there = {file.name for file in others}
    if edition.cover and edition.cover.published not in there:
        yield edition.cover.published, (edition.cover.data,)
    yield from {picture.name: (picture.data,) for picture in edition.pictures if picture.name not in there}.items()
    downloads = list(_downloads(others, words_for(edition.metadata.language)[1]))
    context = {**said.context, "downloads": downloads}
    yield "page.css", (asset("page.css", templates),)
    yield "page.js", (asset("page.js", templates),)
    for name in ("embed.html", "index.html"):
        yield name, said.streams.filled(rendered(name, templates, context))


def snippet(title: str, slug: str, address: str, language: str) -> str:
    """Return one line of HTML, free of scripts, that a publisher pastes into the article's own page."""
    address = address if address.endswith("/") else f"{address}/"
    named = words_for(language)[1]["listen_to"].format(title=one_line(title))
    return str(
        Markup(
            '<iframe src="{}{}/embed.html" title="{}" loading="lazy" width="100%" height="300" style="border:0"></iframe>'
        ).format(address, quote(slug), named)
    )


def _context(galley: Galley, streams: Streams) -> dict[str, object]:
    """Return what templates may use, but for what may be taken away."""
    edition = galley.edition
    metadata, cover = edition.metadata, edition.cover.published if edition.cover else ""
    spoken, words = words_for(metadata.language)
    language = language_tag(metadata.language) or "und"
    text = transcript(galley, table=words["table"])
    title, length = shown_title(edition), length_of(edition)
    licence = one_line(metadata.licence)
    return {
        "w": words,
        "wl": _tongue(spoken, language),
        "language": language,
        "dir": direction(language),
        "title": title,
        "publication": one_line(edition.publication),
        "description": one_line(metadata.description),
        "authors": [line for line in map(one_line, metadata.authors) if line],
        "byline": byline(metadata.authors, words["and"]),
        "published": written_date(one_line(metadata.published), words),
        "published_date": _date(metadata.published),
        "updated": written_date(one_line(metadata.updated), words),
        "updated_date": _date(metadata.updated),
        "length": clock(length),
        "licence": licence,
        "licence_address": safe_address(licence),
        "original": safe_address(metadata.source_url),
        "canonical": safe_address(metadata.source_url) or address_of(edition),
        "feed": edition.house.feed,
        "properties": properties(edition, cover),
        "linked_data": streams.data(linked_data(galley, cover)),
        "heading": Markup(text.heading),  # noqa: S704 (written by markup.html, which escapes)
        "body": Markup(streams.markup(text.body)),  # noqa: S704 (likewise)
        "notes": Markup("".join(text.notes)),  # noqa: S704 (likewise)
        "furniture": Markup("".join(text.furniture)),  # noqa: S704 (likewise)
        "cover": cover,
        "cover_alt": f"{labels_for(metadata.language).cover}: {title}",
        "audio": quote(f"{metadata.slug}.mp3"),
        "listen_to": words["listen_to"].format(title=title),
        "chapters": _chapters(edition),
        "speeds": [(f"{speed:.1f}", f"{written_number(speed, words)}\u00a0×") for speed in _SPEEDS],
        "sleeps": _sleeps(words),
        "shortcuts": [(key, words[name]) for key, name in _SHORTCUTS.items()],
        "words_known": any(True for cue in edition.timeline.cues for _ in text.places(cue)),
        "recorded": bool(edition.recordings),
        "voices": [one_line(voice_name(voice.engine, voice.name)) for voice in edition.voices],
        "data": streams.data(page_data(edition, text, words)),
        "embed_data": embed_data(edition, words),
    }


def _tongue(spoken: str, language: str) -> Markup:
    """Return the attributes of what the page itself says, where that is in another language than the article."""
    if spoken.partition("-")[0] == language.partition("-")[0]:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(spoken, direction(spoken))


def _date(value: str) -> str:
    """Return the day, if there is one that a `time` element may hold."""
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return ""


def _chapters(edition: Edition) -> list[dict[str, str]]:
    ordered = sorted(edition.timeline.chapters, key=lambda chapter: (chapter.start, chapter.end))
    return [
        {
            "title": point.title,
            "block": chapter.block,
            "time": clock(point.start / 1000),
            "at": f"{point.start / 1000:g}",
        }
        for point, chapter in zip(points(edition), ordered, strict=True)
    ]


def _sleeps(words: Words) -> list[tuple[str, str]]:
    counted = [(str(minutes), words["minutes"].format(n=minutes)) for minutes in _SLEEPS]
    return [
        ("", words["sleep_off"]),
        ("paragraph", words["sleep_paragraph"]),
        ("chapter", words["sleep_chapter"]),
        *counted,
    ]


def _downloads(files: Iterable[PublishedFile], words: Words) -> Iterator[dict[str, object]]:
    offered = list(files)
    for end, label in _TAKEN.items():
        for file in offered:
            if file.name.endswith(end) and not (end == ".mp3" and file.name != _whole(offered)):
                saved = not file.name.endswith(".html")
                yield {"name": quote(file.name), "label": words[label], "size": _size(file.bytes, words), "save": saved}


def _whole(files: Iterable[PublishedFile]) -> str:
    """Return the name of the MP3 of the whole: the largest."""
    return max(((file.bytes, file.name) for file in files if file.name.endswith(".mp3")), default=(0, ""))[1]


def _size(count: int, words: Words) -> str:
    return f"{written_number(count / _MEGA, words)} MB" if count >= _MEGA else f"{max(1, round(count / _KILO))} kB"
