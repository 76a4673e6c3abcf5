"""A look at the folder: what there is, what is in force for it, and what is known of each article. Makes nothing."""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from earmark.errors import ReadError
from earmark.library.catalogue.publisher import publisher_of
from earmark.library.claims import Claims, indistinct, taken
from earmark.library.distributed.shards import Shard, recall
from earmark.library.identity import guid_of, slug_of
from earmark.library.inputs.choosing import EVERYTHING, Choice
from earmark.library.inputs.dressing import sound_files
from earmark.library.inputs.house import house_of, templates_digests
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import Folder, Found, seen_from, source_of
from earmark.library.state.freshness import Freshness, base_inputs, deciding_of
from earmark.library.state.index import Declined, Index, Known, Stat, stat_of
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.desk import Desk
from earmark.pipeline.reader import Process
from earmark.pipeline.studio import Studio
from earmark.settings import Settings


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be built, into where, and with what."""

    folder: Folder
    settings: Settings
    out: Path
    cache: Path
    jobs: int
    force: bool = False
    standard_input: bytes | None = None
    epoch: int | None = None  # SOURCE_DATE_EPOCH
    choice: Choice = EVERYTHING  # of the folder's articles, by tag
    reader: Process | None = None  # started already, to be ended by whoever started it
    detailed: bool = False  # tell of each utterance, block and file how long it took
    shared_cache: str = ""  # the address of an object store behind `cache`
    shard: Shard | None = None  # the part of the folder that is built here, all of it if None
    executor: str = ""  # the address of a scheduler whose workers make it, this machine does if ""


def _studio_for(settings: Settings) -> type[Studio]:
    """Return the kind of studio that settings ask for."""
    if not settings.voice.fallback:
        return Studio
    from earmark.pipeline.ensemble import Ensemble  # noqa: PLC0415 (few name other engines)

    return Ensemble


class Survey:
    """The folder as a command finds it. The desk is opened when the first article needs it, the studio by who speaks."""

    def __init__(self, plan: Plan, stack: ExitStack, stop: threading.Event) -> None:
        """Look at what there is: `stack` closes what is opened, `stop` ends early what is at work.

        Raises `SettingsError`, `LexiconError` and `EngineError` where nothing at all can be made.
        """
        self.plan, self.stop, self._stack = plan, stop, stack
        self.root = plan.folder.root
        self.index = Index(plan.out)
        self.meant, self.refused = self._parted()
        self.lexicon = site_lexicon(self.root)
        self.desk: Desk | None = None
        self._looked: dict[str, Stat] = {}  # how articles were seen a moment ago
        if not plan.executor and (plan.force or any(map(self._looks_stale, self.meant))):
            self.open_desk()  # it loads its parsers while this process loads what speaks
        self.sounds = sound_files(plan.settings.audio, self.root, plan.folder.settings_file)
        origin = plan.folder.settings_file or "settings"
        self.studio = _studio_for(plan.settings)(
            plan.settings, jobs=plan.jobs, sounds=self.sounds, stop=stop, origin=origin
        )
        stack.callback(self.studio.close)
        self.house = house_of(plan.settings, self.root, plan.folder.settings_file)
        self.publisher = replace(
            publisher_of(plan.settings, self.house, self.root, plan.folder.settings_file), epoch=plan.epoch
        )
        self.base = base_inputs(plan.settings, self.sounds, templates_digests(self.house))
        self.freshness = Freshness(
            plan.out,
            self.root,
            self.base,
            self.studio.fingerprints,
            self.lexicon,
            deciding=deciding_of(plan.settings),
            is_anothers=lambda slug: self.index.owner(slug) is not None,
        )
        self.here = self.freshness.relative_root
        self.claims = Claims()
        self._asked = frozenset(found.relative for found in plan.folder.found)
        self._guids: dict[str, str] | None = None  # what the index knows, once somebody asks
        self._asking = threading.Lock()

    def articles(self) -> Iterator[tuple[Found, Known | Declined | None]]:
        """Yield each article that is meant, with what is known of it: nothing, if it has to be composed to tell."""
        for found in self.meant:
            known = self.settled(found)
            if self.is_rival(found):
                if known is None:
                    yield found, known
            elif known is None or self.plan.choice.has_tag(tags_of(known)):
                yield found, known

    def is_rival(self, found: Found) -> bool:
        """Tell whether `found` is another shard's article, which is only looked at for the names that it wants."""
        return self.plan.shard is not None and not self.plan.shard.has(found.relative)

    def _parted(self) -> tuple[tuple[Found, ...], tuple[ReadError, ...]]:
        """Return the articles that are built here and their rivals, and what is refused; recall what the shard knew."""
        shard, found, refused = self.plan.shard, self.plan.folder.found, self.plan.folder.refused
        if shard is None:
            return found, refused
        from earmark.library.distributed.rivals import rivals  # noqa: PLC0415 (few build in parts)

        recall(self.index, self.plan.out, shard)
        others = rivals(self.root, found, shard, self.plan.settings.site.id)
        meant = tuple(one for one in found if shard.has(one.relative) or one.relative in others)
        return meant, tuple(error for error in refused if shard.has(Path(str(error.source)).name))

    def settled(self, found: Found) -> Known | Declined | None:
        """Return what is known of `found`'s edition if it is fresh, or that it wants none; a fresh one keeps its slug."""
        if self.plan.force or found.is_standard_input:
            return None
        if (unwanted := self.index.declined(found.relative)) is not None:
            declined = self.freshness.declined(found, unwanted)
            if declined is not None:
                if declined is not unwanted:
                    self.index.decline(declined)
                return declined
        remembered = self.index.get(found.relative)
        known = self.freshness.known(found, remembered, source=self._looked.pop(found.relative, None))
        if known is not None:
            if unwanted is not None:
                self.index.forget_declined(found.relative)
            if known is not remembered:
                self.index.put(known)
            self.claims.hold(known.slug, known.guid, found.relative)
        return known

    def source(self, found: Found) -> Source:
        """Return what is to be composed. Raises `ReadError`."""
        paces = self.studio.paces
        given = self.plan.standard_input or b""
        return source_of(found, self.plan.settings, paces=paces, standard_input=given)

    def compose(self, source: Source) -> Composed:
        """Compose where it can be stopped."""
        return self.open_desk().compose(source)

    def open_desk(self) -> Desk:
        """Return where articles are composed, opened by the first who asks; not for several threads at once."""
        if self.desk is None:
            self.desk = Desk(self.plan.jobs, self.lexicon.lexemes, self.plan.reader)
            self._stack.callback(self.desk.close)
        return self.desk

    def name(self, number: int, found: Found, composed: Composed) -> str:
        """Return the edition's slug, once it and its GUID are this article's. Raises `ReadError` if one is another's."""
        slug = slug_of(composed.metadata, found.relative, found.name)
        self._not_anothers(slug, found)
        self.claims.claim(number, slug, found.relative, found.name)
        if not found.is_standard_input:
            guid = guid_of(composed.metadata, found.relative, self.plan.settings.site.id)
            self._not_another_guid(guid, found)
            self.claims.claim_guid(guid, found.relative, found.name)
        self.claims.passed(number)
        return slug

    def _looks_stale(self, found: Found) -> bool:
        """Tell whether `found` is other than it was when last looked at, or was never."""
        remembered = self.index.declined(found.relative) or self.index.get(found.relative)
        stat = stat_of(self.root, found.relative)
        if stat is not None:
            self._looked[found.relative] = stat
        return remembered is None or stat != remembered.source

    def _not_another_guid(self, guid: str, found: Found) -> None:
        """Raise if an article that is still there was published as `guid`, though nobody asked for it now."""
        with self._asking:
            if self._guids is None:
                self._guids = {known.guid: known.source.path for known in self.index.all() if known.root == self.here}
        owner = self._guids.get(guid, found.relative)
        if owner != found.relative and owner not in self._asked and stat_of(self.root, owner) is not None:
            raise indistinct(guid, owner, found.name)

    def _not_anothers(self, slug: str, found: Found) -> None:
        """Raise if the folder `slug` holds the edition of another article that is still there."""
        record, known = self.freshness.record(slug), self.index.owner(slug)
        if record is None:
            return
        apart = known is not None and known.source.path == record.source.path and known.root != self.here
        root = self.plan.out / known.root if known is not None and apart else self.root
        theirs = root / record.source.path
        if os.path.isfile(theirs) and theirs.resolve() != found.path.resolve():  # noqa: PTH113 (never raises)
            owner = str(seen_from(Path.cwd(), theirs)) if apart else record.source.path
            raise taken(slug, owner, found.relative, found.name)


def reason_to_skip(composed: Composed) -> str:
    """Return why an article wants no edition, "" if it wants one."""
    if composed.metadata.draft:
        return "it is a draft"
    if composed.metadata.audio is not False:
        return ""
    said = composed.article.metadata.audio is not None
    return "its front matter says audio: false" if said else "nothing says audio: true, and [articles] audio is off"


def tags_of(known: Known | Declined) -> tuple[str, ...]:
    """Return the tags of an article that need not be composed for them."""
    return known.tags if isinstance(known, Declined) else known.about.tags
