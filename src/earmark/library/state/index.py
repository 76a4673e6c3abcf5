"""What the last run knew: sizes and times of every source and published file, so that a run with nothing to do only stats.

The index can always be made again from the editions' records. Times are compared for equality only:
a clock that is ten years off changes nothing.
"""

import os
import struct
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from earmark.storage import Lock, read_sealed, seal_of, sweep, write_sealed
from earmark.writers.record import Record, RecordedProblem

FOLDER = ".earmark"
_SCHEMA = 8
_ABSENT = -2


class Stat(Struct, frozen=True, array_like=True, gc=False):
    """A file as the file system shows it. `path` is relative to the place that the field's docstring names."""

    path: str
    size: int
    mtime_ns: int


class Files(Struct, frozen=True, array_like=True, gc=False):
    """The files of one folder as the file system shows them, packed: ten thousand editions have a great many.

    `names` are joined by "/"; `stats` holds size and time of each, in nanoseconds, as 64-bit integers.
    """

    names: str
    stats: bytes

    @classmethod
    def of(cls, folder: Path, names: Iterable[str]) -> "Files | None":
        """Return how the files `names` of `folder` look now, None if one of them is not there."""
        joined = "/".join(names)
        stats = _stats(str(folder), joined)
        return None if stats is None else cls(joined, stats)

    def are_unchanged(self, folder: str) -> bool:
        """Tell whether every file still has the size and time that it had."""
        return _stats(folder, self.names) == self.stats


def _stats(folder: str, names: str) -> bytes | None:
    stat, numbers = os.stat, []
    try:
        for name in names.split("/"):
            found = stat(f"{folder}/{name}")
            numbers.append(found.st_size)
            numbers.append(found.st_mtime_ns)
    except OSError:
        return None
    return struct.pack(f"<{len(numbers)}q", *numbers)


class About(Struct, frozen=True, array_like=True, gc=False):
    """What the front page shows of an edition besides its title and length."""

    authors: tuple[str, ...] = ()
    language: str = ""
    published: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: Record) -> "About":
        """Return what a record tells."""
        return cls(record.authors, record.language, record.published, record.description, record.tags)


class Known(Struct, frozen=True, array_like=True, gc=False):
    """An edition that was whole when it was last looked at.

    `source` is relative to the articles folder (as are `depends`: cover and the like), `files` to the
    edition's folder, the record included. `voices` are (engine, name) of all that speak. `root` is the
    articles folder, relative to the audio folder: two folders may publish into one. `record` is the
    sha256 of the edition's record. `lexicon` is the digest of the site's lexicon that the edition was last
    judged by; `languages` and `vocabulary` tell which entries of another may concern it. `about` is what
    the front page shows of it. `former` is the path that its article had when subscribers got to know it.
    `problems` are those that `check` tells.
    """

    root: str
    source: Stat
    slug: str
    title: str
    duration: float
    omitted_words: int
    inputs: dict[str, str]
    record: str
    voices: tuple[tuple[str, str], ...]
    files: Files
    depends: tuple[Stat, ...] = ()
    lexicon: str = ""
    languages: tuple[str, ...] = ()
    vocabulary: bytes = b""
    about: About = About()
    guid: str = ""
    former: str = ""
    problems: tuple[RecordedProblem, ...] = ()


class Declined(Struct, frozen=True, array_like=True, gc=False):
    """An article that wants no edition, as it was when it was last read.

    `root` and `source` are those of `Known`; `digest` is the sha256 of its bytes, `deciding` of what else
    decides that it wants none. `reason` is what is told of it. An edition that it had before is still `Known`.
    """

    root: str
    source: Stat
    digest: str
    deciding: str
    reason: str
    tags: tuple[str, ...] = ()


class _Stored(Struct, frozen=True, gc=False):
    schema: int
    known: list[Known]
    declined: list[Declined] = []


_Entry = TypeVar("_Entry")


class Index:
    """The index of one audio folder, keyed by the sources' paths."""

    def __init__(self, out: Path) -> None:
        """Read the index; one that is missing, older, damaged or unreadable is an empty one."""
        self._path = out / FOLDER / "index"
        self._lock = out / FOLDER / "index.lock"
        self._seal = seal_of(self._path)
        self._known, self._declined = self._read()
        self._sources = {known.slug: known.source.path for known in self._known.values()}
        self._changed: dict[str, Known | None] = {}
        self._changed_declined: dict[str, Declined | None] = {}
        self._mutex = threading.Lock()

    def get(self, relative: str) -> Known | None:
        """Return what is known of the edition of that source."""
        return self._known.get(relative)

    def all(self) -> Iterable[Known]:
        """Return everything that is known."""
        return self._known.values()

    def owner(self, slug: str) -> Known | None:
        """Return what is known of the edition called `slug`."""
        source = self._sources.get(slug)
        return None if source is None else self._known.get(source)

    def put(self, known: Known) -> None:
        """Remember an edition, and forget what another article published under its slug before."""
        with self._mutex:
            former = self._sources.get(known.slug)
            if former is not None and former != known.source.path:
                self.forget(former)
            before = self._known.get(known.source.path)
            if before is not None and before.slug != known.slug:
                self._sources.pop(before.slug, None)
            self._known[known.source.path] = self._changed[known.source.path] = known
            self._sources[known.slug] = known.source.path
            self.forget_declined(known.source.path)

    def declined(self, relative: str) -> Declined | None:
        """Return that the article at that path wanted no edition when it was last read, None if it is not known to."""
        return self._declined.get(relative)

    def all_declined(self) -> tuple[Declined, ...]:
        """Return every article that is known to want no edition."""
        return tuple(self._declined.values())

    def decline(self, declined: Declined) -> None:
        """Remember that an article wants no edition; one that it has is not forgotten for that."""
        with self._mutex:
            path = declined.source.path
            self._declined[path] = self._changed_declined[path] = declined

    def forget_declined(self, relative: str) -> None:
        """Forget that the article at that path wanted no edition."""
        if self._declined.pop(relative, None) is not None:
            self._changed_declined[relative] = None

    def forget(self, relative: str) -> None:
        """Forget the edition of that source."""
        known = self._known.pop(relative, None)
        if known is not None:
            self._changed[relative] = None
            if self._sources.get(known.slug) == relative:
                del self._sources[known.slug]

    def save(self) -> None:
        """Write what this run learnt over what another may have written meanwhile."""
        if not (self._changed or self._changed_declined):
            return
        with Lock(self._lock):
            sweep(self._path.parent)
            known, declined = self._known, self._declined
            if seal_of(self._path) != self._seal:  # another has written meanwhile
                known, declined = self._read()
                _merge(known, self._changed)
                _merge(declined, self._changed_declined)
            stored = _Stored(
                _SCHEMA,
                [known[relative] for relative in sorted(known)],
                [declined[relative] for relative in sorted(declined)],
            )
            write_sealed(self._path, msgspec.msgpack.encode(stored))
            if known is self._known:  # else what another knows is there, and not here
                self._seal = seal_of(self._path)
        self._changed.clear()
        self._changed_declined.clear()

    def _read(self) -> tuple[dict[str, Known], dict[str, Declined]]:
        try:
            stored = msgspec.msgpack.decode(read_sealed(self._path), type=_Stored)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}, {}
        if stored.schema != _SCHEMA:
            return {}, {}
        return {one.source.path: one for one in stored.known}, {one.source.path: one for one in stored.declined}


def _merge(entries: dict[str, _Entry], changed: Mapping[str, _Entry | None]) -> None:
    for relative, entry in changed.items():
        if entry is None:
            entries.pop(relative, None)
        else:
            entries[relative] = entry


def stat_of(folder: Path | str, path: str) -> Stat | None:
    """Return size and time of `path` in `folder`, None if it is not there."""
    try:
        found = os.stat(f"{folder}/{path}")  # noqa: PTH116 (ten thousand of them: twice as quick)
    except OSError:
        return None
    return Stat(path, found.st_size, found.st_mtime_ns)


def never(stat: Stat) -> Stat:
    """Return the same file with a size and a time that no file has: so it is not known to be what it was."""
    return Stat(stat.path, -1, -1)


def seen(folder: Path | str, path: str) -> Stat:
    """Return size and time of `path` in `folder`, or that it is not there, which is something to be known too."""
    return stat_of(folder, path) or Stat(path, _ABSENT, _ABSENT)


def unchanged(folder: Path | str, stats: Iterable[Stat]) -> bool:
    """Tell whether every file still has the size and time that it had, and what was not there still is not."""
    return all(seen(folder, known.path) == known for known in stats)
