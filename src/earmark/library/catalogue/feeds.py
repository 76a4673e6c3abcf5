"""The feeds of the whole folder: written when what they list has changed, and only then.

`episodes` keeps what a feed needs of each record, so that an edit of one article among ten thousand reads one.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from earmark.article import Problem, Severity
from earmark.library import events
from earmark.library.catalogue.channels import is_dated, planned
from earmark.library.catalogue.episodes import Episodes
from earmark.library.catalogue.publisher import Publisher, notices_of
from earmark.library.gate.enclosures import wrong_lengths
from earmark.library.inputs.artwork import draw
from earmark.library.state.freshness import RECORD, Freshness, digest, hash_of
from earmark.library.state.index import FOLDER, Index, Stat, never, stat_of, unchanged
from earmark.storage import Lock, read_sealed, sweep, write_atomically, write_sealed
from earmark.storage.files import write_errors


class _Listed(Struct, frozen=True, array_like=True):
    """An edition in the feed: `record` is the sha256 of what it is told of by."""

    slug: str
    guid: str
    record: str
    language: str


class _Written(Struct, frozen=True):
    """What was written last: from what, which files, the sha256 of each, and what picture and pages are made of."""

    made_of: str
    files: tuple[Stat, ...]
    sums: dict[str, str] = {}
    art: str = ""
    undated: int = 0
    unnumbered: int = 0
    pages: dict[str, str] = {}


class Standing(Struct, frozen=True):
    """How the folder stands: its editions' folders, those whose articles are gone, and those that were moved."""

    slugs: Sequence[str]
    orphans: Sequence[events.Orphaned] = ()
    moved: Sequence[events.Moved] = ()


def write_feeds(index: Index, freshness: Freshness, standing: Standing, publisher: Publisher) -> tuple[Problem, ...]:
    """Bring the feeds up to date; return what the publisher should know. Raises `WriteError`."""
    out = freshness.out
    listed, doubled = _listed(index, freshness, standing) if publisher.publishes else ([], [])
    made_of = _made_of(listed, freshness, publisher)
    state = out / FOLDER / "feeds"
    before = _read(state)
    if (listed or before.files) and not (before.made_of == made_of and unchanged(out, before.files)):
        with Lock(out / FOLDER / "feeds.lock"):
            sweep(out)
            before = _write(freshness, listed, publisher, before, made_of)
            write_sealed(state, msgspec.json.encode(before))
    undated, unnumbered = (before.undated, before.unnumbered) if listed else (0, 0)
    notices = notices_of(publisher, anything=bool(standing.slugs), undated=undated, unnumbered=unnumbered)
    return (*notices, *doubled)


def feeds_differ(
    index: Index, freshness: Freshness, standing: Standing, publisher: Publisher, *, deep: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return the feeds' files that are not what would be written now, each with what is wrong.

    Without `deep`, what was written last and has not been touched since is taken for what it was.
    """
    out = freshness.out
    listed, _ = _listed(index, freshness, standing) if publisher.publishes else ([], [])
    before = _read(out / FOLDER / "feeds")
    if not listed and not before.files:
        return ()
    if not deep and before.made_of == _made_of(listed, freshness, publisher) and unchanged(out, before.files):
        return ()
    found = Episodes(out, freshness.base.get("rules", ""), believed=not deep)
    episodes = found.in_order(_records(listed))
    packed = found.packed(episodes)
    pages = {page.name: page.whole(packed).written() for page in planned(episodes, publisher)}
    if pages:
        pages[publisher.image] = picture_of(publisher)
    differing = [
        (name, what) for name, data in pages.items() for what in _differences(out, name, data, publisher, deep=deep)
    ]
    gone = [stat.path for stat in before.files if stat.path not in pages and (out / stat.path).exists()]
    return (*differing, *((name, f"{_what(out / name)} is of no use any more") for name in gone))


def distrust_feeds(out: Path) -> None:
    """Have the next build write the feeds anew, although size and time are what they were. Raises `WriteError`."""
    with Lock(out / FOLDER / "feeds.lock"):
        state = out / FOLDER / "feeds"
        if files := _read(state).files:
            write_sealed(state, msgspec.json.encode(_Written("", tuple(map(never, files)))))


def _differences(out: Path, name: str, data: bytes, publisher: Publisher, *, deep: bool) -> Iterator[str]:
    """Yield in what a file is not what it would be written as: of a feed, each length that is wrong, if `deep`."""
    difference = _difference(out / name, data)
    if difference and deep and name.endswith(".xml"):
        lengths = tuple(wrong_lengths(out / name, publisher.house.address, out))
        yield from lengths or (difference,)
    elif difference:
        yield difference


def _difference(path: Path, data: bytes) -> str:
    try:
        return "" if path.read_bytes() == data else f"{_what(path)} is not what it would be written as now"
    except OSError:
        return f"{_what(path)} is missing"


def _what(path: Path) -> str:
    return "the feed" if path.suffix == ".xml" else "the feed's cover"


def _made_of(listed: Sequence[_Listed], freshness: Freshness, publisher: Publisher) -> str:
    shared = [
        publisher.site,
        publisher.options,
        publisher.house.address,
        publisher.category,
        publisher.image,
        publisher.art,
    ]
    return digest([listed, shared, publisher.epoch, freshness.base.get("rules")])


def _listed(index: Index, freshness: Freshness, standing: Standing) -> tuple[list[_Listed], list[Problem]]:
    """Return the editions that are told of, each GUID once, and GUIDs that two articles have.

    The edition that an article had elsewhere gives way to the one that it has now. Where subscribers would get
    an article twice, because it was moved and its `id` was not, they are shown only the one that they know.
    """
    gone = {orphan.slug for orphan in standing.orphans}
    held_back = {known.slug for one in standing.moved if (known := index.get(one.new)) and known.slug != one.slug}
    found: dict[str, _Listed] = {}
    problems: list[Problem] = []
    for slug in sorted(standing.slugs, key=lambda slug: (slug in gone, slug)):
        one = None if slug in held_back else _one(index, freshness, slug)
        if one is None:
            continue
        first = found.setdefault(one.guid, one)
        if first is not one and slug not in gone:
            problems.append(
                Problem(
                    "feed-guid-twice",
                    Severity.ERROR,
                    f"{slug} and {first.slug} have the same GUID; only {first.slug} is in the feed",
                    "Give one of them another id in its front matter",
                )
            )
    return sorted(found.values(), key=lambda one: one.slug), problems


def _one(index: Index, freshness: Freshness, slug: str) -> _Listed | None:
    known = index.owner(slug)
    if known is not None:
        return _Listed(slug, known.guid, known.record, known.about.language)
    record = freshness.record(slug)
    if record is None:
        return None
    return _Listed(slug, record.guid, hash_of(freshness.out / slug / RECORD), record.language)


def _write(
    freshness: Freshness, listed: Sequence[_Listed], publisher: Publisher, before: _Written, made_of: str
) -> _Written:
    """Write every page whose bytes are not there yet, and remove the pages that are no more."""
    out = freshness.out
    rules = freshness.base.get("rules", "")
    found = Episodes(out, rules)
    episodes = found.in_order(_records(listed))
    there = {stat.path: stat for stat in before.files}
    intact = {name for name, stat in there.items() if name in before.sums and unchanged(out, [stat])}
    sums: dict[str, str] = {}
    art = digest([rules, publisher.name, publisher.art])
    image = publisher.image
    if episodes and before.art == art and image in intact:
        sums[image] = before.sums[image]  # nothing is drawn twice
    elif episodes:
        data = picture_of(publisher)
        sums[image] = sha256(data).hexdigest()
        write_atomically(out / image, data)
    pages = {page.name: (page, digest([rules, page.made_of()])) for page in planned(episodes, publisher)}
    same = {name for name, (_, made) in pages.items() if name in intact and before.pages.get(name) == made}
    wanted = {one.slug: one for name in pages.keys() - same for one in pages[name][0].episodes}
    packed = found.packed(wanted.values())
    for name, (page, _) in pages.items():
        if name in same:
            sums[name] = before.sums[name]  # an edit among ten thousand writes one page
            continue
        data = page.whole(packed).written()
        sums[name] = sha256(data).hexdigest()
        if name not in intact or before.sums[name] != sums[name]:
            write_atomically(out / name, data)
    for name in sorted(there.keys() - sums.keys()):
        with write_errors(out / name):
            (out / name).unlink(missing_ok=True)
    found.keep()
    stats = tuple(stat for name in sums if (stat := stat_of(out, name)))
    undated = sum(not is_dated(one) for one in episodes)
    unnumbered = sum(not one.number for one in episodes)
    return _Written(made_of, stats, sums, art, undated, unnumbered, {name: made for name, (_, made) in pages.items()})


def picture_of(publisher: Publisher) -> bytes:
    """Return the feed's picture: the site's own if directories take it, else one drawn of the title."""
    if publisher.cover and publisher.cover.artwork:
        return publisher.cover.data
    return draw(publisher.name, "")


def _records(listed: Sequence[_Listed]) -> Iterator[tuple[str, str]]:
    return ((one.slug, one.record) for one in listed)


def _read(path: Path) -> _Written:
    try:
        return msgspec.json.decode(read_sealed(path), type=_Written)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return _Written("", ())
