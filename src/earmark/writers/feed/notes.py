"""Show notes: what an episode is about, where to read along, and its chapters with their times, as safe HTML."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from types import MappingProxyType

from earmark.writers.feed.episode import Episode
from earmark.writers.markup import safe_address
from earmark.writers.page.about import byline
from earmark.writers.page.words import words_for
from earmark.writers.printable import short_line

_MOST_BYTES = 4_000  # what every directory takes
_LONGEST_CHAPTER = 80
_FEW = 2  # chapters that are worth a list
_TAG = re.compile(r"<[A-Za-z/!?]")
_ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "en": "Articles, read aloud by a synthetic voice.",
        "da": "Artikler, læst op af en syntetisk stemme.",
        "de": "Artikel, vorgelesen von einer synthetischen Stimme.",
        "es": "Artículos leídos en voz alta por una voz sintética.",
        "fr": "Des articles lus à voix haute par une voix de synthèse.",
        "it": "Articoli letti ad alta voce da una voce sintetica.",
        "nb": "Artikler, lest høyt av en syntetisk stemme.",
        "nl": "Artikelen, voorgelezen door een synthetische stem.",
        "no": "Artikler, lest høyt av en syntetisk stemme.",
        "pl": "Artykuły czytane na głos przez głos syntetyczny.",
        "pt": "Artigos lidos em voz alta por uma voz sintética.",
        "sv": "Artiklar, upplästa av en syntetisk röst.",
    }
)


def about(language: str) -> str:
    """Return what a feed is about whose publisher has not said so."""
    return _ABOUT.get(language.lower().partition("-")[0], _ABOUT["en"])


def summary(of: Episode) -> str:
    """Return what an episode is about, as one line of text that is never empty."""
    return described(of.description or next(iter(of.opening), "") or of.title)


def described(line: str) -> str:
    """Return a line of text as a `description` holds it, in at most 4,000 bytes.

    Clients take a description for HTML, or for text. What both show alike stands as it is; what would be a tag or
    a sign to the first ("<script>", "&amp;") is escaped, so that nobody's markup gets into a client by way of a feed.
    """
    line = line.encode()[:_MOST_BYTES].decode("utf-8", "ignore")
    if not _TAG.search(line) and unescape(line) == line:
        return line
    while len((escaped := escape(line, quote=False)).encode()) > _MOST_BYTES:
        line = line[: len(line) * _MOST_BYTES // len(escaped.encode())]
    return escaped


def notes(of: Episode, page: str) -> str:
    """Return the show notes; `page` is the address of the listening page, "" if there is none.

    All that comes from the article is text; the only elements are p, a and br, and every address is absolute.
    """
    _, words = words_for(of.language)
    written = byline(of.authors, words["and"])
    original = safe_address(of.source_url)
    paragraphs = [escape(text) for text in (of.description, *of.opening) if text] or [escape(of.title)]
    if written:
        paragraphs.append(f"{escape(words['by'])} {escape(written)}")
    links = [_link(page, words["read_along"]), _link(original, words["original"])]
    paragraphs.append(" · ".join([*filter(None, links), escape(words["synthetic" if of.synthetic else "recorded"])]))
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return text + _chapters(of, words["chapters"], _MOST_BYTES - len(text.encode()))


def timestamp(seconds: float) -> str:
    """Return "00:00" or "1:02:03": what clients make a link of. Never later than the chapter's first word."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address else ""


def _chapters(of: Episode, heading: str, room: int) -> str:
    """Return the chapters, as many as there is room for: the feed lists all of them elsewhere."""
    lines = list(_lines(of))
    frame = f"<p>{escape(heading)}</p><p></p>"
    room -= len(frame.encode())
    shown: list[str] = []
    for line in lines:
        room -= len(f"{line}<br>".encode())
        if room < 0:
            break
        shown.append(line)
    return f"<p>{escape(heading)}</p><p>{'<br>'.join(shown)}</p>" if len(shown) >= _FEW else ""


def _lines(of: Episode) -> Iterator[str]:
    for start, title in of.chapters:
        yield f"{timestamp(start)} {escape(short_line(title, _LONGEST_CHAPTER))}"
