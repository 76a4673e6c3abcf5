"""Builds a folder: finds what is not fresh, makes it on all cores, publishes it, and tells of everything."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from earmark.errors import EarmarkError, ReadError
from earmark.library import events
from earmark.library.artwork import Artist, problem_of
from earmark.library.choosing import EVERYTHING, Choice
from earmark.library.claims import Claims, indistinct, taken
from earmark.library.closing import close
from earmark.library.dressing import cover_of, sound_files
from earmark.library.freshness import Freshness, base_inputs
from earmark.library.house import house_of, templates_digests
from earmark.library.identity import guid_of, slug_of
from earmark.library.index import FOLDER, Index, Known, Stat, stat_of
from earmark.library.lexicon import site_lexicon
from earmark.library.memories import Memories
from earmark.library.moved import former_of, text_digest
from earmark.library.pictures import picture_paths, pictures_of
from earmark.library.publisher import publisher_of
from earmark.library.results import made, unchanged
from earmark.library.silence import refuse_silence
from earmark.library.sources import STANDARD_INPUT, Folder, Found, source_of
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.desk import Desk
from earmark.pipeline.reader import Process
from earmark.pipeline.studio import Interrupted, Studio, Ticket, Watch
from earmark.settings import Settings
from earmark.storage import Lock, ObjectStore

_GLANCE = 0.1  # seconds between looks at whether to stop: Ctrl-C is answered well within two


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


def build(plan: Plan, *, tell: Callable[[events.Event], None], stop: threading.Event) -> events.Outcome:
    """Make every edition that is not fresh. Errors of one article are its result; the others are built.

    Raises `SettingsError` and `EngineError` where nothing at all can be made.
    """
    with ExitStack() as stack:
        work = Work(plan, stack, tell, stop)
        results = work.run()
        articles = [found.relative for found in plan.folder.found if found.path != STANDARD_INPUT]
        closed = close(
            work.index, work.freshness, work.publisher, library=plan.settings.library, articles=articles, tell=tell
        )
        return events.Outcome(
            results,
            closed.orphans,
            interrupted=stop.is_set(),
            troubles=(*work.troubles, *closed.troubles),
            moved=closed.moved,
            notices=closed.notices,
        )


def reason_to_skip(composed: Composed) -> str:
    """Return why an article wants no edition, "" if it wants one."""
    if composed.metadata.draft:
        return "it is a draft"
    if composed.metadata.audio is not False:
        return ""
    said = composed.article.metadata.audio is not None
    return "its front matter says audio: false" if said else "nothing says audio: true, and [articles] audio is off"


class Work:
    """One build under way. The studio and the desk are opened when the first article needs them."""

    def __init__(
        self, plan: Plan, stack: ExitStack, tell: Callable[[events.Event], None], stop: threading.Event
    ) -> None:
        """Look at what there is: `stack` closes what is opened, `tell` hears of everything, `stop` ends it early."""
        self.plan, self.stack, self.tell, self.stop = plan, stack, tell, stop
        self.root = plan.folder.root
        self.index = Index(plan.out)
        self.lexicon = site_lexicon(self.root)
        self.desk: Desk | None = None
        self._to_compose = len(plan.folder.found)
        self._counting = threading.Lock()
        if plan.force or any(map(self._looks_stale, plan.folder.found)):
            self.open_desk()  # it loads its parsers while this process loads what speaks
        self.sounds = sound_files(plan.settings.audio, self.root, plan.folder.settings_file)
        origin = plan.folder.settings_file or "settings"
        self.studio = Studio(plan.settings, jobs=plan.jobs, sounds=self.sounds, stop=stop, origin=origin)
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
            is_anothers=lambda slug: self.index.owner(slug) is not None,
        )
        self.here = self.freshness.relative_root
        self.claims = Claims()
        self._guids: dict[str, str] | None = None  # what the index knows, once somebody asks
        self._asked = frozenset(found.relative for found in plan.folder.found)
        self.memories: Memories | None = None
        self.artist: Artist | None = None
        self._opened: Future[None] | None = None
        self.troubles: list[EarmarkError] = []

    def run(self) -> tuple[events.Result, ...]:
        """Return a result for each article that was asked for, in the order of their paths."""
        results: dict[str, events.Result] = {}
        for error in self.plan.folder.refused:
            failed = events.Failed(str(error.source), str(error.source), error)
            results[str(error.source)] = failed
            self.tell(failed)
        stale: list[Found] = []
        for found in self.plan.folder.found:
            if self.stop.is_set():
                break
            known = self.settled(found)
            if known is not None and not self.plan.choice.has_tag(known.about.tags):
                continue
            if known is None:
                stale.append(found)
            else:
                results[found.relative] = fresh = unchanged(found, known)
                self.tell(fresh)
        self.tell(events.Planned(len(self.plan.folder.found), len(stale)))
        if stale and not self.stop.is_set():
            results |= self._make_all(stale)
        return tuple(results[key] for key in sorted(results))

    def settled(self, found: Found) -> Known | None:
        """Return what is known of `found`'s edition if it is fresh; it keeps its slug then."""
        if self.plan.force or found.path == STANDARD_INPUT:
            return None
        known = self.freshness.known(found, self.index.get(found.relative))
        if known is not None and known is not self.index.get(found.relative):
            self.index.put(known)
        if known is not None:
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

    def _looks_stale(self, found: Found) -> bool:
        """Tell whether `found` is other than it was when last looked at, or was never."""
        known = self.index.get(found.relative)
        return known is None or stat_of(self.root, found.relative) != known.source

    def open_desk(self) -> Desk:
        """Return where articles are composed, opened by the first who asks; not for several threads at once."""
        if self.desk is None:
            self.desk = Desk(self.plan.jobs, self.lexicon.lexemes, self.plan.reader)
            self.stack.callback(self.desk.close)
        return self.desk

    def _make_all(self, stale: Sequence[Found]) -> dict[str, events.Result]:
        """Make all of `stale`, a few articles at once, until done or told to stop."""
        at_once = min(self.plan.jobs + 1, len(stale))
        self.open_desk()
        self._to_compose = len(stale)
        store = ObjectStore(self.plan.cache)
        self.stack.callback(store.close)
        self.memories = Memories(store, self.base["rules"])
        self.artist = Artist(store, self.plan.settings.site.title, self.base["rules"])
        self.stack.callback(self.artist.close)
        results: dict[str, events.Result] = {}
        with ThreadPoolExecutor(at_once + 1, thread_name_prefix="article") as pool:
            opened = self._opened = pool.submit(self._open, store)
            futures = {pool.submit(self._make, number, found): found for number, found in enumerate(stale)}
            opened.result()
            self._attend(futures)
            for future, found in futures.items():
                result = None if future.cancelled() else self._result(future, found)
                if result is not None:
                    results[found.relative] = result
        try:
            store.hold_to(self.plan.settings.cache.most_bytes)
        except EarmarkError as error:  # what was made is made all the same
            self.troubles.append(error)
        return results

    def _open(self, store: ObjectStore) -> None:
        """Load what speaks and what publishes, while the first articles are read in children."""
        self.studio.open(store)
        from earmark.library.publish import warm_up  # noqa: PLC0415 (a run with nothing to do needs no writers)

        warm_up(self.house)

    def _result(self, future: Future[events.Result | None], found: Found) -> events.Result | None:
        """Return what became of an article; a fault of earmark itself costs that article, not the others."""
        fault = future.exception()
        if fault is None:
            return future.result()
        if os.environ.get("EARMARK_DEBUG"):
            raise fault
        error = ReadError(
            f"earmark failed on it ({type(fault).__name__}: {fault})",
            source=found.name,
            hint="This is a fault of earmark: please report it, with what EARMARK_DEBUG=1 shows.",
        )
        failed = events.Failed(found.name, found.relative, error)
        self.tell(failed)
        return failed

    def _attend(self, futures: dict[Future[events.Result | None], Found]) -> None:
        """Wait for all; when told to stop, cancel what waits and break off what runs."""
        left = set(futures)
        while left:
            _, left = wait(left, timeout=_GLANCE)
            if self.stop.is_set() and left:
                for future in left:
                    future.cancel()
                self.studio.close()
                if self.desk:
                    self.desk.close()
                left = {future for future in left if not future.done()}
                if left:
                    wait(left)
                return

    def _make(self, number: int, found: Found) -> events.Result | None:
        """Make one article; its errors are its result, None if it was broken off or not chosen."""
        result: events.Result | None = None
        try:
            result = self._made(number, found)
        except Interrupted:
            return None
        except EarmarkError as error:
            if self.stop.is_set():
                return None
            result = events.Failed(found.name, found.relative, error)
        finally:
            self.claims.passed(number)
        if result is not None:
            self.tell(result)
        return result

    def _made(self, number: int, found: Found) -> events.Result | None:
        """Make one article, and return what became of it; nothing if it is none of those that were chosen."""
        source_stat = stat_of(self.root, found.relative) or Stat(found.relative, -1, -1)
        source, composed = self._composed(found)
        if not self.plan.choice.has_tag(composed.metadata.tags):
            return None
        skip = reason_to_skip(composed)
        if skip:
            return events.Skipped(found.name, found.relative, skip)
        refuse_silence(composed.script, found.name)
        if self._opened is not None and self._opened.exception():
            raise Interrupted("nothing can be spoken: whoever opened the studio tells why")
        slug = self.name(number, found, composed)
        digest_now = sha256(source.data).hexdigest()
        with ExitStack() as held:
            self._lock(slug, held)
            known = self._made_meanwhile(found, slug, digest_now)
            if known is not None:
                self.index.put(known)
                return unchanged(found, known)
            inputs = {"source": digest_now, "text": text_digest(source.data)}
            return self._publish(found, composed, slug, inputs, source_stat)

    def _composed(self, found: Found) -> tuple[Source, Composed]:
        """Read and compose; after the last article the desk is closed, and its memory free for the sound."""
        try:
            source, known = self.source(found), self.index.get(found.relative)
            if self.memories is None:
                return source, self.compose(source)
            memory = self.memories.of(known.inputs.get("source") if known else None)
            composed = self.compose(replace(source, memory=memory))
            self.memories.keep(sha256(source.data).hexdigest(), composed.memory)
            return source, replace(composed, memory=b"")
        finally:
            with self._counting:
                self._to_compose -= 1
                last = self._to_compose == 0
            if last and self.desk:
                self.desk.close()

    def _lock(self, slug: str, held: ExitStack) -> None:
        """Keep other builds out of the edition's folder."""
        lock = Lock(self.plan.out / FOLDER / "locks" / slug)
        while not lock.acquire(wait=False):
            if self.stop.wait(_GLANCE):
                raise Interrupted("stopped")
        held.callback(lock.release)

    def _made_meanwhile(self, found: Found, slug: str, source: str) -> Known | None:
        """Return the edition if another build has made just what this one would, since this one looked."""
        record = self.freshness.record(slug)
        if self.plan.force or record is None or record.inputs.get("source") != source:
            return None
        if record.source.path != found.relative:  # the same words, published from another place
            return None
        return self.freshness.known(found, self.index.get(found.relative), record)

    def name(self, number: int, found: Found, composed: Composed) -> str:
        """Return the edition's slug, once it and its GUID are this article's. Raises `ReadError` if one is another's."""
        slug = slug_of(composed.metadata, found.relative, found.name)
        self._not_anothers(slug, found)
        self.claims.claim(number, slug, found.relative, found.name)
        if found.path != STANDARD_INPUT:
            guid = guid_of(composed.metadata, found.relative, self.plan.settings.site.id)
            self._not_another_guid(guid, found)
            self.claims.claim_guid(guid, found.relative, found.name)
        self.claims.passed(number)
        return slug

    def _not_another_guid(self, guid: str, found: Found) -> None:
        """Raise if an article that is still there was published as `guid`, though nobody asked for it now."""
        with self._counting:
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
            owner = os.path.relpath(theirs) if apart else record.source.path
            raise taken(slug, owner, found.relative, found.name)

    def _publish(
        self, found: Found, composed: Composed, slug: str, own: dict[str, str], source_stat: Stat
    ) -> events.Made:
        cover, depends = cover_of(composed.metadata, found, self.root)
        pictures, shown = pictures_of(picture_paths(composed.article, found.relative), self.root)
        depends = (*depends, *shown)
        relative = f"{slug}.md" if found.path == STANDARD_INPUT else found.relative  # as if it lay there
        applying = self.lexicon.applying(composed.vocabulary, composed.languages)
        inputs = {**self.base, **own, "lexicon": applying}
        if depends:
            inputs["cover"] = self.freshness.hashes(depends)
        guid = guid_of(composed.metadata, relative, self.plan.settings.site.id)
        former, place = former_of(self.freshness.record(slug), found.relative, self.root, inputs)
        if composed.metadata.id or place in {"", guid}:
            former, place = "", guid
        ticket = Ticket(
            name=found.name,
            id=composed.metadata.id or relative.rpartition(".")[0],
            guid=place,
            slug=slug,
            source=found.relative,
            inputs=inputs,
            cover=cover,
            pictures=pictures,
            depends=tuple(stat.path for stat in depends),
        )
        drawing = None
        if cover is None and self.plan.settings.outputs.cover and self.artist:
            drawing = self.artist.begin(composed.metadata.title)
        watch = Watch(
            started=lambda utterances, to_speak: self.tell(events.Started(found.name, utterances, to_speak)),
            progressed=lambda utterances: self.tell(events.Progressed(found.name, utterances)),
        )
        take = self.studio.produce(composed, ticket, watch)
        from earmark.library.publish import publish  # noqa: PLC0415 (a run with nothing to do needs no writers)

        script = take.edition.script
        if cover is not None and self.publisher.publishes and (problem := problem_of(cover, composed.metadata.cover)):
            script = replace(script, problems=(*script.problems, problem))
        cover = drawing.result() if drawing else cover
        edition = replace(take.edition, house=self.house, former=former, cover=cover, script=script)
        take = replace(take, edition=edition)
        record = publish(take, self.plan.out, self.plan.settings.outputs)
        known = self.freshness.remember(record, source_stat, depends, self.lexicon.digest)
        if known:
            self.index.put(known)
        return made(found, take, record)
