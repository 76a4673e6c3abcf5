"""Tells whether an edition is fresh: everything its bytes depend on is what it was, and its files are whole."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import file_digest, sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from earmark.checks.options import LEVELS
from earmark.engines.options import deciding as deciding_options
from earmark.library.inputs.lexicon import SiteLexicon
from earmark.library.inputs.sources import Found, seen_from
from earmark.library.state.extractors import NAME as PAGES
from earmark.library.state.extractors import extractor
from earmark.library.state.index import About, Declined, Files, Known, Stat, never, seen, stat_of, unchanged
from earmark.library.state.records import is_sealed, record_at
from earmark.settings import Settings
from earmark.writers.record import Record

RECORD = "edition.json"

# What decides the bytes of an edition, with the dialect and the engine's own options. Caps do not,
# nor what is kept, nor another engine's options.
_DECIDING = ("voice", "pauses", "narration", "audio", "chapters", "page", "outputs")

CODE = (".py", ".html", ".css", ".js", ".toml", ".ttf")  # with the font that covers are drawn in


# Of the site: the rest is told by the feed alone, and a new description makes no article anew.
_DECIDING_OF_SITE = ("language", "author", "title", "address", "id")


def digest(value: object) -> str:
    """Return the sha256 of a value's canonical JSON."""
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


@cache
def rules_digest() -> str:
    """Return a hash of earmark's own code: whatever is changed in how words are said, editions know it."""
    found = sha256()

    def add(folder: Traversable) -> None:
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.is_dir() and entry.name != "cli":
                add(entry)
            elif entry.name.endswith(CODE):
                found.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")

    add(files("earmark"))
    return found.hexdigest()


def base_inputs(settings: Settings, sounds: Mapping[str, bytes], templates: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs that all articles of the folder share, each as a sha256; `templates` are digests by name."""
    deciding = {name: getattr(settings, name) for name in _DECIDING}
    deciding["site"] = {name: getattr(settings.site, name) for name in _DECIDING_OF_SITE}
    deciding["feed"] = settings.feed.publish  # pages link to it
    deciding["dialect"] = settings.reading.dialect
    if not settings.articles.audio:
        deciding["audio"] = False  # so that each article made before is asked whether it wants any
    deciding["engine"] = deciding_options(settings.voice.engine, settings.engines.get(settings.voice.engine, {}))
    deciding["fallback"] = [deciding_options(name, settings.engines.get(name, {})) for name in settings.voice.fallback]
    return {
        "settings": digest(deciding),
        "rules": rules_digest(),
        "sounds": digest({name: sha256(data).hexdigest() for name, data in sounds.items()}),
        "templates": digest(templates),
    }


def deciding_of(settings: Settings) -> str:
    """Return a sha256 of what decides, beside an article's own bytes, whether it wants an edition."""
    return digest([rules_digest(), settings.reading, settings.articles.audio])


@dataclass(slots=True)
class Freshness:
    """Judges editions against what is in force in this run, the site's lexicon too.

    `fingerprints` returns the hash of the fingerprints of some voices, None if one of them is gone;
    `deciding` is a hash of what decides which articles want an edition;
    `is_anothers` tells whether it is known whose edition a slug names.
    """

    out: Path
    root: Path
    base: Mapping[str, str]
    fingerprints: Callable[[tuple[tuple[str, str], ...]], str | None]
    lexicon: SiteLexicon = field(default_factory=SiteLexicon)
    deciding: str = ""
    is_anothers: Callable[[str], bool] = lambda _slug: False
    whole: set[str] = field(default_factory=set, init=False)  # slugs whose files were all just found there
    _records: dict[str, Record] | None = field(default=None, init=False)
    _engines: dict[tuple[tuple[str, str], ...], str | None] = field(default_factory=dict, init=False)
    _root: str | None = field(default=None, init=False)

    @property
    def relative_root(self) -> str:
        """The articles folder as seen from the audio folder, so that both can move together."""
        if self._root is None:
            self._root = seen_from(self.out.absolute(), self.root).as_posix()
        return self._root

    def known(
        self, found: Found, remembered: Known | None, record: Record | None = None, *, source: Stat | None = None
    ) -> Known | None:
        """Return what is known of a fresh edition of `found`, None if it has to be made.

        Only stats files where nothing has changed since `remembered`; else reads what it must, of the
        edition that `record` tells of or whichever is of this source. `source` is how its article was just seen.
        """
        source = source or stat_of(self.root, found.relative)
        if source is None:
            return None
        known = remembered
        if known is not None and known.files.are_unchanged(f"{self.out}/{known.slug}"):
            self.whole.add(known.slug)
        else:
            known = self._from_record(record or self.own_record(found.relative, remembered), source)
            if known is not None and remembered is not None and _is_harmed(known, remembered):
                return None
        if known is None or not self._same_inputs(known.inputs, known.voices):
            return None
        if known.lexicon != self.lexicon.digest:
            if self.lexicon.applying(known.vocabulary, known.languages) != known.inputs.get("lexicon"):
                return None
            known = msgspec.structs.replace(known, lexicon=self.lexicon.digest)
        if known.source == source and (not known.depends or unchanged(self.root, known.depends)):
            return known
        return self._reread(known, source)

    def declined(self, found: Found, remembered: Declined | None) -> Declined | None:
        """Return that `found` wants no edition, as far as that is remembered; its bytes are read if its time is another."""
        if remembered is None or remembered.deciding != self.deciding:
            return None
        source = stat_of(self.root, found.relative)
        if source is None or remembered.source == source:
            return remembered if source else None
        if hash_of(self.root / found.relative) != remembered.digest:
            return None
        return msgspec.structs.replace(remembered, source=source)

    def record(self, slug: str) -> Record | None:
        """Return the record of the edition called `slug`, None if there is none that can be read."""
        try:
            record = record_at(self.out / slug / RECORD)
        except OSError:
            return None
        return record if record and record.slug == slug else None

    def remember(self, record: Record, source: Stat, depends: Iterable[Stat], lexicon: str = "") -> Known | None:
        """Return what the index keeps of an edition that was just found whole.

        `lexicon` is the digest of the lexicon that it was made with, "" if that is not known.
        """
        folder = self.out / record.slug
        found = Files.of(folder, (*(file.name for file in record.files), RECORD))
        if found is None:
            return None
        self.whole.add(record.slug)
        return Known(
            root=self.relative_root,
            source=source,
            slug=record.slug,
            title=record.title,
            duration=record.duration,
            omitted_words=record.omitted_words,
            inputs=dict(record.inputs),
            voices=record.speakers,
            record=hash_of(folder / RECORD),
            files=found,
            depends=tuple(depends),
            lexicon=lexicon,
            languages=record.asked.languages,
            vocabulary=record.asked.vocabulary,
            about=About.of(record),
            guid=record.guid,
            former=record.source.former,
            problems=tuple(problem for problem in record.problems if problem.code in LEVELS),
        )

    def own_record(self, relative: str, remembered: Known | None) -> Record | None:
        """Return the record of the edition that was made of that source, None if there is none."""
        record = self.record(remembered.slug) if remembered else None
        if record is not None and record.source.path == relative:
            return record
        return self._records_by_source().get(relative)

    def _from_record(self, record: Record | None, source: Stat) -> Known | None:
        """Judge an edition by its record, reading every published byte."""
        if record is None or not self._same_inputs(record.inputs, record.speakers):
            return None
        folder = self.out / record.slug
        if not _is_sealed(folder / RECORD):
            return None
        for file in record.files:
            if hash_of(folder / file.name) != file.sha256:
                return None
        # The source is not known to be what it was: a stat that no file has makes it be read.
        return self.remember(record, never(source), [never(Stat(path, 0, 0)) for path in record.depends])

    def _records_by_source(self) -> Mapping[str, Record]:
        """Read the records that the index does not know of, once: of a lost index that is all of them."""
        if self._records is None:
            slugs: list[str] = []
            with suppress(OSError), os.scandir(self.out) as entries:
                slugs.extend(entry.name for entry in entries if not entry.name.startswith("."))
            found = (self.record(slug) for slug in sorted(slugs) if not self.is_anothers(slug))
            self._records = {record.source.path: record for record in found if record}
        return self._records

    def _same_inputs(self, inputs: Mapping[str, str], voices: tuple[tuple[str, str], ...]) -> bool:
        if not self.base.items() <= inputs.items():
            return False
        if PAGES in inputs and inputs[PAGES] != extractor():  # of web pages alone: others never ask what is installed
            return False
        if voices not in self._engines:
            self._engines[voices] = self.fingerprints(voices)
        return inputs.get("engines") == self._engines[voices]

    def _reread(self, known: Known, source: Stat) -> Known | None:
        """Judge by content what has another time or size than it had."""
        if hash_of(self.root / source.path) != known.inputs.get("source"):
            return None
        depends = tuple(seen(self.root, stat.path) for stat in known.depends)
        if depends and self.hashes(depends) != known.inputs.get("cover"):
            return None
        return msgspec.structs.replace(known, source=source, depends=depends)

    def hashes(self, depends: Iterable[Stat]) -> str:
        """Return a hash of the contents of a cover and pictures, whether they are there or not."""
        return digest([hash_of(self.root / stat.path) for stat in depends])


def hash_of(path: Path) -> str:
    """Return the sha256 of a file, "" if it can't be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _is_sealed(record: Path) -> bool:
    try:
        return is_sealed(record)
    except OSError:
        return False


def _is_harmed(known: Known, remembered: Known) -> bool:
    """Tell whether a record, which nothing else vouches for, is not what it was although its inputs are."""
    return known.inputs == remembered.inputs and known.record != remembered.record
