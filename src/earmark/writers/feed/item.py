"""An episode as an item of the feed."""

from collections.abc import Iterator
from urllib.parse import quote

from lxml import etree

from earmark.writers.feed.channel import Channel
from earmark.writers.feed.episode import Episode
from earmark.writers.feed.licences import licence
from earmark.writers.feed.moments import rfc_2822
from earmark.writers.feed.names import add
from earmark.writers.feed.notes import notes, summary
from earmark.writers.markup import language_tag
from earmark.writers.page.about import byline
from earmark.writers.page.words import words_for
from earmark.writers.record import PublishedFile

_HASH = 8  # characters of it: enough to tell two versions of a file apart
# What a client may show in time with the voice, the best first, and as what.
_TRANSCRIPTS = {
    "captions.vtt": {"type": "text/vtt", "rel": "captions"},
    "captions.srt": {"type": "application/x-subrip", "rel": "captions"},
    "transcript.json": {"type": "application/json"},
    "transcript.html": {"type": "text/html"},
    "transcript.txt": {"type": "text/plain"},
}


def item(parent: etree._Element, of: Episode, channel: Channel) -> None:
    """Put the item of an episode below `parent`; one without an MP3 has none."""
    sound = of.sound
    if sound is None:
        return
    entry = add(parent, "item")
    page = _address(channel, of) if of.file("index.html") else ""
    add(entry, "title", of.title)
    add(entry, "link", page or channel.address)
    add(entry, "guid", of.guid, isPermaLink="false")
    add(entry, "pubDate", rfc_2822(of.moment))
    add(entry, "description", summary(of))
    add(entry, "content:encoded").text = etree.CDATA(notes(of, page))
    add(entry, "enclosure", url=_versioned(channel, of, sound), length=str(sound.bytes), type="audio/mpeg")
    for tag in of.tags:
        add(entry, "category", tag)
    _itunes(entry, of, channel)
    _podcast(entry, of, channel)
    _chapters(entry, of)


def _itunes(entry: etree._Element, of: Episode, channel: Channel) -> None:
    _, words = words_for(of.language)
    add(entry, "itunes:author", byline(of.authors, words["and"]) or channel.author)
    add(entry, "itunes:duration", str(max(1, round(of.duration))))
    add(entry, "itunes:explicit", channel.shown_explicit)
    add(entry, "itunes:episodeType", "full")
    if of.season:
        add(entry, "itunes:season", str(of.season))
    if of.number:
        add(entry, "itunes:episode", str(of.number))
    cover = of.cover
    if cover:
        # Without the hash: directories want an address that ends as pictures do.
        add(entry, "itunes:image", href=_address(channel, of, cover.name))


def _podcast(entry: etree._Element, of: Episode, channel: Channel) -> None:
    if of.season:
        add(entry, "podcast:season", str(of.season))
    if of.number:
        add(entry, "podcast:episode", str(of.number))
    for name in of.authors:
        add(entry, "podcast:person", name, role="author", group="writing")
    for file, attributes in _transcripts(of):
        tag = language_tag(of.language)
        language = {"language": tag} if tag else {}
        add(entry, "podcast:transcript", url=_versioned(channel, of, file), **attributes, **language)
    chapters = of.file("chapters.json")
    if chapters and of.chapters:
        add(entry, "podcast:chapters", url=_versioned(channel, of, chapters), type="application/json+chapters")
    found = licence(of.licence)
    if found:
        add(entry, "podcast:license", found[0], url=found[1])


def _transcripts(of: Episode) -> Iterator[tuple[PublishedFile, dict[str, str]]]:
    for name, attributes in _TRANSCRIPTS.items():
        file = of.file(name)
        if file:
            yield file, attributes


def _chapters(entry: etree._Element, of: Episode) -> None:
    """Put Podlove's simple chapters, which some clients read instead of those in the MP3."""
    if not of.chapters:
        return
    chapters = add(entry, "psc:chapters", version="1.2")
    for start, title in of.chapters:
        add(chapters, "psc:chapter", start=_clock(start), title=title)


def _clock(seconds: float) -> str:
    whole, thousandth = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{thousandth:03}"


def _address(channel: Channel, of: Episode, name: str = "") -> str:
    return f"{channel.address}{quote(of.slug)}/{quote(name)}"


def _versioned(channel: Channel, of: Episode, file: PublishedFile) -> str:
    """Return an address that changes with the file's bytes.

    A client that resumes a download asks for the rest and puts it behind what it has, whatever that was:
    another address makes it begin anew. Static hosts do not look at what stands behind the question mark.
    """
    return f"{_address(channel, of, file.name)}?v={file.sha256[:_HASH]}"
