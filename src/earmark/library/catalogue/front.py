"""The front page of the whole folder: written when what it lists has changed, and only then."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from earmark.edition import House
from earmark.library.state.freshness import Freshness, digest
from earmark.library.state.index import FOLDER, About, Index, Stat, never, stat_of, unchanged
from earmark.options import LibraryOptions, Site
from earmark.storage import Lock, read_sealed, sweep, write_atomically, write_sealed
from earmark.storage.files import write_errors

if TYPE_CHECKING:
    from earmark.writers.page.library import Leaf


class Listed(Struct, frozen=True):
    """An edition as the front page shows it; `duration` in seconds."""

    slug: str
    title: str
    duration: float
    about: About


class _Written(Struct, frozen=True):
    """What was written last: from what, which files, and what each is made of."""

    made_of: str
    files: tuple[Stat, ...]
    pages: dict[str, str] = {}  # what each is made of


def write_front(  # noqa: PLR0913 (what it lists, and how it is dressed)
    index: Index, freshness: Freshness, slugs: Sequence[str], *, site: Site, options: LibraryOptions, house: House
) -> bool:
    """Bring the front page of the editions `slugs` up to date; tell whether that took any writing.

    Raises `WriteError`, and `SettingsError` where a template of the publisher's is wrong.
    """
    out, listed = freshness.out, _listed(index, freshness, slugs) if options.publish else ()
    made_of = _made_of(listed, freshness, site=site, options=options, house=house)
    state = out / FOLDER / "front"
    before = _read(state)
    if (not listed and not before.files) or (before.made_of == made_of and unchanged(out, before.files)):
        return False
    with Lock(out / FOLDER / "front.lock"):
        sweep(out)
        shared = _made_of((), freshness, site=site, options=options, house=house)
        pages = _pages(listed, site=site, options=options, house=house) if listed else ()
        written = _write(out, pages, before, shared)
        for gone in sorted({stat.path for stat in before.files} - written.keys()):
            with write_errors(out / gone):
                (out / gone).unlink(missing_ok=True)
        stats = tuple(stat for name in written if (stat := stat_of(out, name)))
        write_sealed(state, msgspec.json.encode(_Written(made_of, stats, written)))
    return True


def front_differs(  # noqa: PLR0913 (what it lists, and how it is dressed)
    index: Index,
    freshness: Freshness,
    slugs: Sequence[str],
    *,
    site: Site,
    options: LibraryOptions,
    house: House,
    deep: bool = False,
) -> tuple[tuple[str, str], ...]:
    """Return the front page's files that are not what would be written now, each with what is wrong.

    Without `deep`, what was written last and has not been touched since is taken for what it was.
    """
    out, listed = freshness.out, _listed(index, freshness, slugs) if options.publish else ()
    before = _read(out / FOLDER / "front")
    made_of = _made_of(listed, freshness, site=site, options=options, house=house)
    if not listed and not before.files:
        return ()
    if not deep and listed and before.made_of == made_of and unchanged(out, before.files):
        return ()
    made = _pages(listed, site=site, options=options, house=house) if listed else ()
    pages = {leaf.name: leaf.write() for leaf in made}
    gone = [(stat.path, "the front page is of no use any more") for stat in before.files if stat.path not in pages]
    found = [(name, what) for name, data in pages.items() if (what := _difference(out / name, data))]
    return (*found, *(one for one in gone if (out / one[0]).exists()))


def distrust_front(out: Path) -> None:
    """Have the next build write the front page anew, although size and time are what they were. Raises `WriteError`."""
    with Lock(out / FOLDER / "front.lock"):
        state = out / FOLDER / "front"
        if files := _read(state).files:
            write_sealed(state, msgspec.json.encode(_Written("", tuple(map(never, files)))))


def _difference(path: Path, data: bytes) -> str:
    try:
        return "" if path.read_bytes() == data else "the front page is not what it would be written as now"
    except OSError:
        return "the front page is missing"


def _made_of(
    listed: Sequence[Listed], freshness: Freshness, *, site: Site, options: LibraryOptions, house: House
) -> str:
    names = ("rules", "templates")
    return digest([listed, site, options, house.address, house.feed, [freshness.base.get(name) for name in names]])


def _listed(index: Index, freshness: Freshness, slugs: Sequence[str]) -> tuple[Listed, ...]:
    """Return the editions, newest first; those without a date last, by slug."""
    found: list[Listed] = []
    for slug in slugs:
        known = index.owner(slug)
        if known is not None:
            found.append(Listed(slug, known.title, known.duration, known.about))
        elif (record := freshness.record(slug)) is not None:
            found.append(Listed(slug, record.title, record.duration, About.of(record)))
    found.sort(key=lambda listed: listed.slug)
    found.sort(key=lambda listed: listed.about.published[:10], reverse=True)
    return tuple(found)


def _write(out: Path, leaves: Iterable["Leaf"], before: _Written, shared: str) -> dict[str, str]:
    """Write what is not there yet; return what each file is made of, `shared` being what they have in common."""
    there = {stat.path: stat for stat in before.files}
    written: dict[str, str] = {}
    for leaf in leaves:
        written[leaf.name] = digest([shared, leaf.shows])
        intact = leaf.name in there and unchanged(out, [there[leaf.name]])
        if not (intact and before.pages.get(leaf.name) == written[leaf.name]):
            write_atomically(out / leaf.name, leaf.write())
    return written


def _pages(listed: Sequence[Listed], *, site: Site, options: LibraryOptions, house: House) -> Iterator["Leaf"]:
    from earmark.writers.page.library import Entry, front  # noqa: PLC0415 (templates load slowly: only where needed)

    entries = [
        Entry(
            slug=one.slug,
            title=one.title,
            authors=one.about.authors,
            language=one.about.language,
            published=one.about.published,
            description=one.about.description,
            tags=one.about.tags,
            duration=one.duration,
        )
        for one in listed
    ]
    yield from front(entries, title=site.title, language=site.tongue, each=options.editions, house=house)


def _read(path: Path) -> _Written:
    try:
        return msgspec.json.decode(read_sealed(path), type=_Written)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return _Written("", ())
