"""What the feeds need of every edition, kept beside the index: an edit among ten thousand reads one record.

An episode is kept packed, and unpacked only for a page that has to be written.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from earmark.library.freshness import RECORD
from earmark.library.index import FOLDER
from earmark.storage import read_sealed, write_sealed

if TYPE_CHECKING:
    from earmark.writers.feed import Episode

_KEPT = "episodes"


class Kept(Struct, frozen=True, array_like=True, gc=False):
    """An edition in the feed: what its place among the others depends on, and the rest of it packed.

    `record` is the sha256 of the record that it was read from. `when` and `guid` are what it is sorted by.
    """

    record: str
    when: float
    guid: str
    language: str
    published: str
    updated: str
    packed: msgspec.Raw

    def episode(self) -> "Episode":
        """Return all of it."""
        from earmark.writers.feed import Episode  # noqa: PLC0415 (lxml loads slowly: only where a feed is written)

        return msgspec.msgpack.decode(self.packed, type=Episode)


class _Stored(Struct, frozen=True):
    rules: str
    episodes: dict[str, Kept]


def kept_episodes(out: Path, rules: str) -> dict[str, Kept]:
    """Return what was kept of the records by their slugs, nothing where earmark has changed since."""
    try:
        stored = msgspec.msgpack.decode(read_sealed(out / FOLDER / _KEPT), type=_Stored)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return stored.episodes if stored.rules == rules else {}


def keep_episodes(out: Path, rules: str, episodes: dict[str, Kept]) -> None:
    """Keep them for the next time. Raises `WriteError`."""
    write_sealed(out / FOLDER / _KEPT, msgspec.msgpack.encode(_Stored(rules, episodes)))


def episodes_of(out: Path, listed: Iterable[tuple[str, str]], kept: dict[str, Kept]) -> dict[str, Kept]:
    """Return the episodes of `listed` editions, each a slug and its record's sha256, reading what is not `kept`."""
    from earmark.writers.feed import episode  # noqa: PLC0415 (as in `Kept.episode`)

    found: dict[str, Kept] = {}
    for slug, record in listed:
        one = kept.get(slug)
        if one is None or one.record != record:
            told = episode(_record(out, slug))
            if told is None or told.sound is None:
                continue
            when, guid = told.order
            packed = msgspec.Raw(msgspec.msgpack.encode(told))
            one = Kept(record, when, guid, told.language, told.published, told.updated, packed)
        found[slug] = one
    return found


def in_order(episodes: dict[str, Kept]) -> Sequence[Kept]:
    """Return them as a feed lists them."""
    return sorted(episodes.values(), key=lambda one: (one.when, one.guid))


def _record(out: Path, slug: str) -> bytes:
    try:
        return (out / slug / RECORD).read_bytes()
    except OSError:
        return b""
