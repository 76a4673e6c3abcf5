"""The front page of all editions: newest first, a few on each page, and all of them to be searched without a server."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from earmark.edition import House
from earmark.writers.autonyms import language_name
from earmark.writers.markup import direction, language_tag
from earmark.writers.page.templates import asset, render
from earmark.writers.page.words import Words, clock, words_for, written_date
from earmark.writers.printable import one_line, short_line

_LONGEST = 400  # of a description
_MOST_TAGS = 300  # to choose from: every page offers them all, and the search finds the others
_NEXT = ",\n"


class Entry(Struct, frozen=True, kw_only=True):
    """An edition in the list; `duration` in seconds, `published` as ISO 8601 has it."""

    slug: str
    title: str
    authors: tuple[str, ...]
    language: str
    published: str
    description: str
    tags: tuple[str, ...]
    duration: float


class Leaf(Struct, frozen=True):
    """A file of the front page before it is written. `shows` is what it holds of editions and of other pages.

    `write` returns its bytes; it raises `SettingsError` where a publisher's template is wrong.
    """

    name: str
    shows: object
    write: Callable[[], bytes]


def front(entries: Sequence[Entry], *, title: str, language: str, each: int, house: House) -> Iterator[Leaf]:
    """Yield the files of the front page, `entries` in the order in which they are listed, `each` on a page."""
    spoken, words = words_for(language)
    tag = language_tag(language) or "und"
    several = len({entry.language for entry in entries}) > 1
    tongue_of = lru_cache(partial(_tongue_of, several=several))  # of ten thousand editions most share theirs
    dated = lru_cache(partial(_dated, words=words))
    shown = [_shown(entry, tongue_of(entry.language), dated(entry.published)) for entry in entries]
    count = max(1, -(-len(shown) // each))
    common: dict[str, object] = {
        "w": words,
        "wl": _tongue(spoken, tag),
        "language": tag,
        "dir": direction(tag),
        "publication": one_line(title),
        "title": words["library_of"].format(title=one_line(title)) if title.strip() else words["library"],
        "feed": house.feed,
        "pages": count,
        "languages": [
            ("", words["any"]),
            *sorted(
                {(str(one["lang"]), language_name(str(one["lang"]))) for one in shown},
                key=lambda one: one[1].casefold(),
            ),
        ],
        "tags": [("", words["any"]), *((name, name) for name in _tags(shown))],
    }
    for name in ("library.css", "library.js"):
        yield Leaf(name, None, partial(asset, name, house.templates))
    yield Leaf("library-data.js", shown, partial(_data, shown))
    for number in range(count, 0, -1):  # the first page last: whoever sees it finds all that it leads to
        context = common | {
            "number": number,
            "editions": shown[each * (number - 1) : each * number],
            "newer": _name(number - 1) if number > 1 else "",
            "older": _name(number + 1) if number < count else "",
            "canonical": f"{house.address}{'' if number == 1 else _name(number)}" if house.address else "",
        }
        of_others = [common[name] for name in ("publication", "language", "pages", "languages", "tags")]
        shows = [number, context["editions"], of_others]
        yield Leaf(_name(number), shows, partial(render, "library.html", house.templates, context))


def _name(number: int) -> str:
    return "index.html" if number == 1 else f"page-{number}.html"


def _tongue(spoken: str, language: str) -> Markup:
    """Return the attributes of what the page itself says, where that is in another language than the site."""
    if spoken.partition("-")[0] == language.partition("-")[0]:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(spoken, direction(spoken))


def _shown(entry: Entry, tongue: dict[str, str], dated: dict[str, str]) -> dict[str, object]:
    slug = quote(entry.slug)
    return {
        "title": one_line(entry.title) or entry.slug,
        "href": f"{slug}/index.html",
        "audio": f"{slug}/{slug}.mp3",
        "by": ", ".join(filter(None, map(one_line, entry.authors))),
        **dated,
        "length": clock(entry.duration),
        **tongue,
        "about": short_line(entry.description, _LONGEST),
        "tags": [line for line in map(one_line, entry.tags) if line],
    }


def _tongue_of(language: str, *, several: bool) -> dict[str, str]:
    tag = language_tag(language) or "und"
    return {"lang": tag, "dir": direction(tag), "language": language_name(tag) if several else ""}


def _dated(published: str, *, words: Words) -> dict[str, str]:
    return {"date": written_date(one_line(published), words), "published": _day(published)}


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return ""


def _tags(shown: Sequence[dict[str, object]]) -> list[str]:
    """Return the tags that can be chosen: all, or of a great many those that most editions have."""
    found: Counter[str] = Counter()
    for entry in shown:
        tags = entry["tags"]
        found.update(tags if isinstance(tags, list) else ())
    often = sorted(found, key=lambda tag: (-found[tag], tag))[:_MOST_TAGS]
    return sorted(often, key=lambda tag: (tag.casefold(), tag))


def _data(shown: Sequence[dict[str, object]]) -> bytes:
    """Return what is searched, as a script: a page opened from a disk may load that, and nothing else."""
    rows = (json.dumps(entry, separators=(",", ":")) for entry in shown)
    return f"window.earmarkLibrary = [\n{_NEXT.join(rows)}\n];\n".encode()
