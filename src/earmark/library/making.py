"""Makes one edition at a time, from its article's bytes to what is published; may be called from several threads."""

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from hashlib import sha256
from importlib import import_module

from msgspec import Struct
from msgspec.structs import replace

from earmark.edition import Cover
from earmark.errors import EarmarkError
from earmark.library import events
from earmark.library.gate.moved import former_of, text_digest
from earmark.library.identity import guid_of
from earmark.library.inputs.artwork import Artist, problem_of
from earmark.library.inputs.dressing import cover_of
from earmark.library.inputs.pictures import picture_paths, pictures_of
from earmark.library.inputs.recordings import tapes_of
from earmark.library.inputs.sources import STANDARD_INPUT, Found
from earmark.library.results import made, unchanged
from earmark.library.silence import refuse_silence
from earmark.library.state.extractors import extractor_of
from earmark.library.state.freshness import digest as digest_of
from earmark.library.state.index import FOLDER, Declined, Known, Stat, stat_of
from earmark.library.state.memories import Memories
from earmark.library.survey import Survey, reason_to_skip
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.stopwatch import Span, Stopwatch, span
from earmark.pipeline.studio import Interrupted, Take, Ticket, Watch
from earmark.storage import Lock, ObjectStore

GLANCE = 0.1  # seconds between looks at whether to stop: Ctrl-C is answered well within two


_ALGEBRA_THREADS = "OPENBLAS_NUM_THREADS"


def _load_numpy() -> None:
    """Load numpy, whose algebra else starts a thread a core: that takes longer than all the rest of it.

    We have threads enough. Whoever set the number wants it; the programs that we start are not to inherit ours.
    """
    ours = not os.environ.get(_ALGEBRA_THREADS)
    if ours:
        os.environ[_ALGEBRA_THREADS] = "1"
    try:
        import_module("numpy")
    finally:
        if ours:
            del os.environ[_ALGEBRA_THREADS]


class _Order(Struct, frozen=True, kw_only=True):
    """An edition that is to be made: `depends` are its cover and pictures, `former` as in `Known`."""

    found: Found
    composed: Composed
    ticket: Ticket
    depends: tuple[Stat, ...]
    former: str


class Making:
    """What makes editions in one run."""

    def __init__(self, survey: Survey, store: ObjectStore, articles: int, tell: Callable[[events.Event], None]) -> None:
        """Get ready to make of so many articles; `store` keeps what is made, `tell` hears of it."""
        self._survey, self._store, self._tell = survey, store, tell
        self._memories = Memories(store, survey.base["rules"])
        self._artist = Artist(store, survey.plan.settings.site.title, survey.base["rules"])
        self._to_compose = articles
        self._counting = threading.Lock()
        self._opened: Future[None] | None = None
        if survey.plan.detailed:
            survey.studio.watch(self._child_worked)

    def open(self, pool: ThreadPoolExecutor) -> Future[None]:
        """Begin to load what speaks and what publishes, while the first articles are read in children."""
        self._opened = pool.submit(self._open)
        return self._opened

    def close(self) -> None:
        """Draw no more covers."""
        self._artist.close()

    def make(self, number: int, found: Found) -> events.Result | None:
        """Make one article; its errors are its result, None if it was broken off or not chosen."""
        result: events.Result | None = None
        stopwatch = self._stopwatch(found)
        try:
            with stopwatch.detail("article"):
                result = self._made(number, found, stopwatch)
        except Interrupted:
            return None
        except EarmarkError as error:
            if self._survey.stop.is_set() or self._survey.is_rival(found):
                return None
            result = events.Failed(found.name, found.relative, error)
        finally:
            self._survey.claims.passed(number)
        if result is not None:
            self._tell(result)
        return result

    def _stopwatch(self, found: Found) -> Stopwatch:
        def tell(spent: Span) -> None:
            self._tell(events.Spent(found.name, found.relative, spent))

        return Stopwatch(tell, detailed=self._survey.plan.detailed)

    def _child_worked(self, process: int, began: float, seconds: float) -> None:
        self._tell(events.Spent("", "", span("speak", began, seconds, process, detail=True)))

    def _open(self) -> None:
        _load_numpy()
        self._survey.studio.open(self._store)
        from earmark.library.publish import warm_up  # noqa: PLC0415 (a run with nothing to do needs no writers)

        warm_up(self._survey.house)

    def _made(self, number: int, found: Found, stopwatch: Stopwatch) -> events.Result | None:
        """Make one article, and return what became of it; nothing if it is none of those that were chosen."""
        survey = self._survey
        stat = stat_of(survey.root, found.relative) or Stat(found.relative, -1, -1)
        with stopwatch.detail("compose"):
            source, composed = self._composed(found)
        for name, began, seconds, process in composed.laps:
            self._tell(events.Spent(found.name, found.relative, Span(name, began, seconds, process)))
        if not survey.plan.choice.has_tag(composed.metadata.tags):
            return None
        digest = sha256(source.data).hexdigest()
        skip = reason_to_skip(composed)
        if skip and survey.is_rival(found):
            return None
        if skip:
            self._decline(found, stat, digest, skip, composed.metadata.tags)
            return events.Skipped(found.name, found.relative, skip)
        refuse_silence(composed.script, found.name)
        if self._opened is not None and self._opened.exception():
            raise Interrupted("nothing can be spoken: whoever opened the studio tells why")
        slug = survey.name(number, found, composed)
        if survey.is_rival(found):
            return None
        with ExitStack() as held:
            self._lock(slug, held)
            known = self._made_meanwhile(found, slug, digest)
            if known is not None:
                survey.index.put(known)
                return unchanged(found, known)
            own = {"source": digest, "text": text_digest(source.data)}
            return self._publish(self._order(found, composed, slug, own), stat, stopwatch)

    def _composed(self, found: Found) -> tuple[Source, Composed]:
        """Read and compose; after the last article the desk is closed, and its memory free for the sound."""
        survey = self._survey
        try:
            source, known = survey.source(found), survey.index.get(found.relative)
            memory = self._memories.of(known.inputs.get("source") if known else None)
            composed = survey.compose(replace(source, memory=memory))
            self._memories.keep(sha256(source.data).hexdigest(), composed.memory)
            return source, replace(composed, memory=b"")
        finally:
            with self._counting:
                self._to_compose -= 1
                last = self._to_compose == 0
            if last and survey.desk:
                survey.desk.close()

    def _decline(self, found: Found, stat: Stat, digest: str, reason: str, tags: tuple[str, ...]) -> None:
        """Remember that the article wants no edition, so that the next run need not compose it to know."""
        if found.path != STANDARD_INPUT:
            survey = self._survey
            deciding = survey.freshness.deciding
            survey.index.decline(Declined(survey.here, stat, digest, deciding, reason, tags))

    def _lock(self, slug: str, held: ExitStack) -> None:
        """Keep other builds out of the edition's folder."""
        lock = Lock(self._survey.plan.out / FOLDER / "locks" / slug)
        while not lock.acquire(wait=False):
            if self._survey.stop.wait(GLANCE):
                raise Interrupted("stopped")
        held.callback(lock.release)

    def _made_meanwhile(self, found: Found, slug: str, source: str) -> Known | None:
        """Return the edition if another build has made just what this one would, since this one looked."""
        freshness = self._survey.freshness
        record = freshness.record(slug)
        if self._survey.plan.force or record is None or record.inputs.get("source") != source:
            return None
        if record.source.path != found.relative:  # the same words, published from another place
            return None
        return freshness.known(found, self._survey.index.get(found.relative), record)

    def _order(self, found: Found, composed: Composed, slug: str, own: Mapping[str, str]) -> _Order:
        """Work out who the edition is and what it is made from; `own` are the inputs of its article alone."""
        survey = self._survey
        cover, depends = cover_of(composed.metadata, found, survey.root)
        pictures, shown = pictures_of(picture_paths(composed.article, found.relative), survey.root)
        tapes, recorded = tapes_of(composed, found, survey.root)
        depends = (*depends, *shown, *recorded)
        relative = f"{slug}.md" if found.path == STANDARD_INPUT else found.relative  # as if it lay there
        applying = survey.lexicon.applying(composed.vocabulary, composed.languages)
        inputs = {**survey.base, **own, **extractor_of(relative), "lexicon": applying}
        if depends:
            inputs["cover"] = survey.freshness.hashes(depends)
        if tapes:
            inputs["recordings"] = digest_of([(tape.path, tape.sha256) for tape in tapes])
        guid = guid_of(composed.metadata, relative, survey.plan.settings.site.id)
        former, place = former_of(survey.freshness.record(slug), found.relative, survey.root, inputs)
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
            tapes=tapes,
        )
        return _Order(found=found, composed=composed, ticket=ticket, depends=depends, former=former)

    def _publish(self, order: _Order, stat: Stat, stopwatch: Stopwatch) -> events.Made:
        """Speak and publish; the cover is drawn meanwhile."""
        survey, settings = self._survey, self._survey.plan.settings
        name, source = order.found.name, order.found.relative
        drawing = None
        if order.ticket.cover is None and settings.outputs.cover:
            drawing = self._artist.begin(order.composed.metadata.title)
        watch = Watch(
            started=lambda utterances, to_speak: self._tell(events.Started(name, utterances, to_speak, source)),
            progressed=lambda utterances: self._tell(events.Progressed(name, utterances)),
            stage=stopwatch.stage,
            detail=stopwatch.detail,
        )
        take = survey.studio.produce(order.composed, order.ticket, watch)
        from earmark.library.publish import publish  # noqa: PLC0415 (a run with nothing to do needs no writers)

        take = self._dressed(take, order, drawing)
        record = publish(take, survey.plan.out, settings.outputs, stage=stopwatch.stage, detail=stopwatch.detail)
        known = survey.freshness.remember(record, stat, order.depends, survey.lexicon.digest)
        if known:
            survey.index.put(known)
        return made(order.found, take, record)

    def _dressed(self, take: Take, order: _Order, drawing: Future[Cover] | None) -> Take:
        """Return the edition in the publisher's dress: cover, templates, and what is wrong with a cover that was given."""
        cover, script = order.ticket.cover, take.edition.script
        if cover is not None and self._survey.publisher.publishes:
            problem = problem_of(cover, order.composed.metadata.cover)
            script = replace(script, problems=(*script.problems, problem)) if problem else script
        cover = drawing.result() if drawing else cover
        edition = replace(take.edition, house=self._survey.house, former=order.former, cover=cover, script=script)
        return replace(take, edition=edition)
