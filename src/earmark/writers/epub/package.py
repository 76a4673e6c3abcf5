"""The package document, the navigation and the container of an EPUB: what a reading system opens first."""

import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from msgspec import Struct

from earmark.edition import Cover
from earmark.writers.epub.overlay import clock
from earmark.writers.epub.summary import sentences_for
from earmark.writers.epub.zipping import Member
from earmark.writers.markup import Element, Labels, Node, direction, element, safe_address, xhtml, xhtml_pieces
from earmark.writers.printable import one_line

ACTIVE, PLAYING = "-epub-media-overlay-active", "-epub-media-overlay-playing"
ROOT = "EPUB"
TEXT, OVERLAY, SOUND, STYLE = "article.xhtml", "article.smil", "article.mp3", "style.css"
UNCHANGED = "2000-01-01T00:00:00Z"  # a time must be given, and an article without a date has none
_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".smil": "application/smil+xml",
    ".webp": "image/webp",
    ".xhtml": "application/xhtml+xml",
}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?", re.ASCII)
_PACKAGE = {
    "xmlns": "http://www.idpf.org/2007/opf",
    "version": "3.0",
    "unique-identifier": "id",
    "prefix": "schema: http://schema.org/",
}
_NAMESPACES = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
XHTML = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}


class Entry(Struct, frozen=True):
    """A chapter in the navigation; `fragment` is an id in its part's text, "" for the text's start."""

    title: str
    fragment: str


class Part(Struct, frozen=True, kw_only=True):
    """One article in a book: its files, and how long it takes in milliseconds.

    `members` are named as in the article's own folder; `title` is a clean line.
    """

    title: str
    language: str
    duration: int
    entries: Sequence[Entry]
    members: Sequence[Member]


class Access(Struct, frozen=True):
    """What a reader who can't see or can't hear has of a book.

    `pictured`: it has pictures. `described`: all of them have words. `heard`: nothing of the text is left
    unread. `still`: no picture can move. `synthetic`: a voice that is none of a person's reads some of it.
    """

    pictured: bool
    described: bool
    heard: bool
    still: bool
    synthetic: bool = True


class Volume(Struct, frozen=True, kw_only=True):
    """A book: one article, or several bound together."""

    identifier: str
    title: str
    language: str
    labels: Labels
    authors: Sequence[str]
    publisher: str
    published: str
    modified: str
    description: str
    rights: str
    source: str
    tags: Sequence[str]
    narrators: Sequence[str]
    access: Access
    cover: Cover | None
    parts: Sequence[Part]

    @property
    def duration(self) -> int:
        """The running time of all parts in milliseconds."""
        return sum(part.duration for part in self.parts)


def members(volume: Volume) -> Iterator[Member]:
    """Yield every file of the book, the one that names its kind first."""
    yield Member.of("mimetype", b"application/epub+zip")
    yield Member.of("META-INF/container.xml", _container().encode())
    yield Member.of(f"{ROOT}/package.opf", _package(volume).encode())
    yield Member.of(f"{ROOT}/nav.xhtml", _navigation(volume).encode())
    if volume.cover:
        yield Member.of(f"{ROOT}/cover.xhtml", _cover_page(volume).encode())
        yield Member.of(f"{ROOT}/{_cover_name(volume.cover)}", volume.cover.data)
    for number, part in enumerate(volume.parts, start=1):
        for member in part.members:
            yield Member(f"{ROOT}/{number}/{member.name}", member.size, member.crc, member.chunks)


def page(language: str, title: str, *body: Node, style: str = "", kind: str = "") -> str:
    """Return a whole content document."""
    return "".join(page_pieces(language, title, *body, style=style, kind=kind))


def page_pieces(language: str, title: str, *body: Node, style: str = "", kind: str = "") -> Iterator[str]:
    """Yield a whole content document, piece by piece."""
    link = (element("link", {"rel": "stylesheet", "type": "text/css", "href": style}),) if style else ()
    head = element("head", {}, element("title", {}, title), *link)
    attributes = {**XHTML, "lang": language, "dir": direction(language)}
    whole = element("html", attributes, head, element("body", {"epub:type": kind or None}, *body))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    yield from xhtml_pieces(whole)
    yield "\n"


def moment(*dates: str) -> str:
    """Return the first of `dates` that is one, as a package writes it."""
    for date in dates:
        found = _MOMENT.match(date)
        if found:
            day, minute, second = found.groups()
            return f"{day}T{minute or '00:00'}{second or ':00'}Z"
    return UNCHANGED


def _xml(root: Element) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xhtml(root)}\n'


def _container() -> str:
    rootfile = element("rootfile", {"full-path": f"{ROOT}/package.opf", "media-type": "application/oebps-package+xml"})
    attributes = {"version": "1.0", "xmlns": "urn:oasis:names:tc:opendocument:xmlns:container"}
    return _xml(element("container", attributes, element("rootfiles", {}, rootfile)))


def _identifier(given: str) -> str:
    try:
        return f"urn:uuid:{UUID(given)}"
    except ValueError:
        return one_line(given)


def _package(volume: Volume) -> str:
    items = list(_items(volume))
    cover = [element("itemref", {"idref": "cover"})] if volume.cover else []
    texts = [element("itemref", {"idref": f"text-{number}"}) for number, _ in enumerate(volume.parts, start=1)]
    spine = element("spine", {"page-progression-direction": direction(volume.language)}, *cover, *texts)
    metadata = element("metadata", _NAMESPACES, *_metadata(volume))
    return _xml(
        element("package", {**_PACKAGE, "xml:lang": volume.language}, metadata, element("manifest", {}, *items), spine)
    )


def _metadata(volume: Volume) -> Iterator[Element]:
    yield element("dc:identifier", {"id": "id"}, _identifier(volume.identifier))
    yield element("dc:title", {}, volume.title)
    yield element("dc:language", {}, volume.language)
    for language in dict.fromkeys(part.language for part in volume.parts):
        if language != volume.language:
            yield element("dc:language", {}, language)
    for author in volume.authors:
        yield element("dc:creator", {}, author)
    told = {
        "dc:publisher": volume.publisher,
        "dc:date": volume.published,
        "dc:description": volume.description,
        "dc:rights": volume.rights,
        "dc:source": safe_address(volume.source),
    }
    yield from (element(name, {}, value) for name, value in told.items() if value)
    yield from (element("dc:subject", {}, tag) for tag in volume.tags)
    yield _meta("dcterms:modified", volume.modified)
    yield from _media(volume)
    yield from _accessibility(volume.access, volume.labels.language)


def _media(volume: Volume) -> Iterator[Element]:
    yield _meta("media:duration", clock(volume.duration))
    for number, part in enumerate(volume.parts, start=1):
        yield element("meta", {"property": "media:duration", "refines": f"#overlay-{number}"}, clock(part.duration))
    yield from (_meta("media:narrator", name) for name in volume.narrators)
    yield _meta("media:active-class", ACTIVE)
    yield _meta("media:playback-active-class", PLAYING)


def _accessibility(access: Access, language: str) -> Iterator[Element]:
    """Yield what EPUB Accessibility 1.1 asks to be told, and only what is true of this book."""
    modes = ["textual", "auditory", *(["visual"] if access.pictured else [])]
    yield from (_meta("schema:accessMode", mode) for mode in modes)
    by_reading = "textual" if access.described else "textual,visual"
    sufficient = [by_reading, *(["auditory"] if access.heard and access.described else [])]
    yield from (_meta("schema:accessModeSufficient", modes) for modes in sufficient)
    features = [
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "synchronizedAudioText",
        "displayTransformability",
    ]
    if access.pictured and access.described:
        features.append("alternativeText")
    yield from (_meta("schema:accessibilityFeature", feature) for feature in features)
    flashing = "noFlashingHazard" if access.still else "unknownFlashingHazard"
    yield from (
        _meta("schema:accessibilityHazard", hazard)
        for hazard in (flashing, "noMotionSimulationHazard", "noSoundHazard")
    )
    summary = sentences_for(language).summary(
        heard=access.heard, pictured=access.pictured, all_described=access.described, synthetic=access.synthetic
    )
    yield element("meta", {"property": "schema:accessibilitySummary", "xml:lang": language}, summary)


def _meta(name: str, value: str) -> Element:
    return element("meta", {"property": name}, value)


def _item(name: str, path: str, **more: str | None) -> Element:
    kind = _TYPES[path[path.rindex(".") :]]
    return element("item", {"id": name, "href": path, "media-type": kind, **more})


def _items(volume: Volume) -> Iterator[Element]:
    yield _item("nav", "nav.xhtml", properties="nav")
    if volume.cover:
        yield _item("cover", "cover.xhtml")
        yield _item("cover-image", _cover_name(volume.cover), properties="cover-image")
    for number, part in enumerate(volume.parts, start=1):
        others = 0
        for member in part.members:
            path = f"{number}/{member.name}"
            if member.name == TEXT:
                yield _item(f"text-{number}", path, **{"media-overlay": f"overlay-{number}"})
            elif member.name == OVERLAY:
                yield _item(f"overlay-{number}", path)
            else:
                others += 1
                yield _item(f"file-{number}-{others}", path)


def _cover_name(cover: Cover) -> str:
    return "cover.png" if cover.type == "image/png" else "cover.jpg"


def _cover_page(volume: Volume) -> str:
    assert volume.cover is not None  # noqa: S101 (only called for a book that has one)
    alternative = f"{volume.labels.cover}: {volume.title}"
    picture = element("img", {"src": _cover_name(volume.cover), "alt": alternative, "role": "doc-cover"})
    return page(volume.language, volume.title, element("p", {}, picture), kind="cover")


def _navigation(volume: Volume) -> str:
    """Return the navigation: of one article its chapters, of several the articles with theirs."""
    parts = [(f"{number}/{TEXT}", part) for number, part in enumerate(volume.parts, start=1)]
    if len(parts) == 1:
        entries = [_link(parts[0][0], entry) for entry in parts[0][1].entries]
    else:
        entries = [_nested(path, part) for path, part in parts]
    toc = element(
        "nav",
        {"epub:type": "toc", "role": "doc-toc", "id": "toc", "aria-labelledby": "contents"},
        element("h1", {"id": "contents"}, volume.labels.contents),
        element("ol", {}, *entries),
    )
    places = [("bodymatter", parts[0][0], volume.labels.start)]
    if volume.cover:
        places.insert(0, ("cover", "cover.xhtml", volume.labels.cover))
    landmarks = element(
        "nav",
        {"epub:type": "landmarks", "hidden": "hidden", "aria-label": sentences_for(volume.labels.language).landmarks},
        element(
            "ol",
            {},
            *(element("li", {}, element("a", {"epub:type": kind, "href": to}, words)) for kind, to, words in places),
        ),
    )
    return page(volume.language, volume.title, toc, landmarks)


def _link(path: str, entry: Entry, *inside: Node, language: str | None = None) -> Element:
    to = f"{path}#{entry.fragment}" if entry.fragment else path
    return element("li", {}, element("a", {"href": to, "lang": language}, entry.title), *inside)


def _nested(path: str, part: Part) -> Element:
    chapters = [_link(path, entry, language=part.language) for entry in part.entries if entry.fragment]
    inside = (element("ol", {}, *chapters),) if chapters else ()
    return _link(path, Entry(part.title, ""), *inside, language=part.language)
