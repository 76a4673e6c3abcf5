"""What the feeds need of every edition, kept beside the index: an edit among ten thousand reads and writes little.

What a feed's order depends on is one small file. The rest of each episode is packed and lies in one of a few shelves by
the edition's slug: an edit writes one of them anew, and only pages that have to be written look into them.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import msgspec
from msgspec import Struct

from earmark.library.state.freshness import RECORD
from earmark.library.state.index import FOLDER
from earmark.library.state.records import beginning_at
from earmark.storage import read_sealed, write_sealed

if TYPE_CHECKING:
    from earmark.writers.feed import Episode

_KEPT = "episodes"
SHELVES = 16
_Stored = TypeVar("_Stored")


class Kept(Struct, frozen=True, array_like=True, gc=False):
    """An edition in the feed, as far as its place among the others and the channel depend on it.

    `record` is the sha256 of the record that it was read from. `when` and `guid` are what it is sorted by.
    """

    slug: str
    record: str
    when: float
    guid: str
    language: str
    published: str
    updated: str
    number: int = 0


class _Order(Struct, frozen=True):
    rules: str
    episodes: list[Kept]


class _Packed(Struct, frozen=True, array_like=True, gc=False):
    record: str
    episode: msgspec.Raw


class _Shelf(Struct, frozen=True):
    rules: str
    episodes: dict[str, _Packed]


class Episodes:
    """The episodes of one audio folder, told of by its records."""

    def __init__(self, out: Path, rules: str, *, believed: bool = True) -> None:
        """Recall what was kept, nothing where earmark has changed since or unless it is `believed`."""
        self._out, self._rules = out, rules
        stored = _read(self._path(), _Order) if believed else None
        self._kept = {one.slug: one for one in stored.episodes} if stored and stored.rules == rules else {}
        self._before = frozenset(self._kept)
        self._fresh: dict[str, _Packed] = {}

    def in_order(self, listed: Iterable[tuple[str, str]]) -> Sequence[Kept]:
        """Return the episodes of `listed` editions, each a slug and its record's sha256, as a feed lists them.

        Records that are not those which were read before are read now.
        """
        before, self._kept = self._kept, {}
        for slug, record in listed:
            one = before.get(slug)
            if one is None or one.record != record:
                one = self._read_anew(slug, record)
            if one is not None:
                self._kept[slug] = one
        return sorted(self._kept.values(), key=lambda one: (one.when, one.guid))

    def packed(self, wanted: Iterable[Kept]) -> Mapping[str, msgspec.Raw]:
        """Return the wanted ones by their slugs, packed. Each shelf is looked into once, and let go."""
        shelves: dict[int, list[Kept]] = {}
        for one in wanted:
            shelves.setdefault(_shelf_of(one.slug), []).append(one)
        found: dict[str, msgspec.Raw] = {}
        for number, its in shelves.items():
            shelf = self._shelf(number)
            for one in its:
                packed = self._fresh.get(one.slug) or shelf.get(one.slug)
                if packed is None or packed.record != one.record:  # a shelf was harmed, or a build was killed
                    self._read_anew(one.slug, one.record)
                    packed = self._fresh.get(one.slug)
                if packed is not None:
                    found[one.slug] = packed.episode.copy()  # without the rest of its shelf
        return found

    def keep(self) -> None:
        """Keep what is new for the next time: first what is packed, then the order. Raises `WriteError`."""
        changed = self._fresh.keys() | (self._before - self._kept.keys())
        for number in sorted({_shelf_of(slug) for slug in changed}):
            its = {**self._shelf(number), **self._fresh}
            right = {
                slug: its[slug]
                for slug, one in self._kept.items()
                if _shelf_of(slug) == number and slug in its and its[slug].record == one.record
            }
            write_sealed(self._path(f"-{number:02}"), msgspec.msgpack.encode(_Shelf(self._rules, right)))
        if changed:
            write_sealed(self._path(), msgspec.msgpack.encode(_Order(self._rules, list(self._kept.values()))))

    def _read_anew(self, slug: str, record: str) -> Kept | None:
        from earmark.writers.feed import episode  # noqa: PLC0415 (lxml loads slowly: only where a feed is written)

        told = episode(beginning_at(self._out / slug / RECORD))
        if told is None or told.sound is None:
            return None
        self._fresh[slug] = _Packed(record, msgspec.Raw(msgspec.msgpack.encode(told)))
        when, guid = told.order
        return Kept(slug, record, when, guid, told.language, told.published, told.updated, told.number)

    def _shelf(self, number: int) -> Mapping[str, _Packed]:
        shelf = _read(self._path(f"-{number:02}"), _Shelf)
        return shelf.episodes if shelf and shelf.rules == self._rules else {}

    def _path(self, ending: str = "") -> Path:
        return self._out / FOLDER / f"{_KEPT}{ending}"


def unpacked(packed: msgspec.Raw) -> "Episode":
    """Return all of an episode."""
    from earmark.writers.feed import Episode  # noqa: PLC0415 (lxml loads slowly: only where a feed is written)

    return msgspec.msgpack.decode(packed, type=Episode)


def _shelf_of(slug: str) -> int:
    return crc32(slug.encode("utf-8", "surrogatepass")) % SHELVES


def _read(path: Path, kind: type[_Stored]) -> _Stored | None:
    try:
        return msgspec.msgpack.decode(read_sealed(path), type=kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
