"""From a script to the finished MP3: speak what is not in the cache, lay it out, encode it, gather the edition."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from earmark.article import Problem, Severity
from earmark.audio.mastering import Master, Material, first_gain, master
from earmark.edition import Edition, VoiceUsed
from earmark.engines.base import Request
from earmark.engines.cached import Cached, Measured
from earmark.errors import EngineError, ReadError, VoiceNotFound
from earmark.narration.duration import estimated_seconds, pace_of, whole_minutes
from earmark.narration.script import Script
from earmark.packed import LONG, Through, growing
from earmark.pipeline.arranging import Arranger, edition_rate
from earmark.pipeline.casting import Cast, cast
from earmark.pipeline.checking import with_findings
from earmark.pipeline.composed import Composed
from earmark.pipeline.crew import Crew
from earmark.pipeline.mixing import Relay, Spoken, relieve, without_others
from earmark.pipeline.preparing import cached
from earmark.pipeline.stopwatch import each
from earmark.pipeline.studio import FOR_NOW, Studio, Take, Ticket, Watch
from earmark.storage import ObjectStore
from earmark.timeline import Timeline

if TYPE_CHECKING:
    from earmark.pipeline.aligning import Aligner
    from earmark.pipeline.recordings import Taped

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_ESTIMATE_SECONDS, _ESTIMATE_PART = 60, 0.15
_ALREADY_TOLD: Callable[[int, int], None] = lambda _utterances, _to_speak: None  # noqa: E731 (a constant)


class Production:
    """Produces articles, several at once, on one engine and one pool of threads."""

    def __init__(
        self,
        studio: Studio,
        store: ObjectStore,
        speaking: ThreadPoolExecutor,
        encoding: ThreadPoolExecutor,
        mastering: ThreadPoolExecutor,
    ) -> None:
        """Take the studio's engine behind the cache, and behind that what waits out a busy service.

        Utterances are spoken on `speaking` and blocks encoded on `encoding`, both on all cores; `mastering` is for what
        waits for that.
        """
        self._studio, self._store = studio, store
        self._crew, self._encoders = Crew(speaking, studio.check), Crew(encoding, studio.check)
        own = cached(studio, store)
        self._cached: Cached | Relay = Relay(own) if studio.settings.voice.mixed else own
        self._arranger = Arranger(studio, self._cached)
        self._mastering = mastering
        self._aligner = aligner_of(studio, store)

    def settle(self) -> None:
        """Wait until what is spoken is stored."""
        self._cached.settle()

    def close(self) -> None:
        """End what only the production has started. Safe to call twice."""
        if self._aligner:
            self._aligner.close()

    def produce(self, composed: Composed, ticket: Ticket, watch: Watch) -> Take:
        """Return the finished edition. Raises the engine's errors, and `ReadError` if there is nothing to hear."""
        studio = self._studio
        who = cast(composed.script, composed.metadata, studio.settings.voice, studio.engine)
        if not (who.requests or ticket.tapes):
            raise ReadError(
                "it has no words to say", source=ticket.name, hint="Set `audio: false` in its front matter."
            )
        with watch.stage("speak"):
            spoken = self._speak(who.requests, watch)
            if spoken.failed:
                unannounced = replace(watch, started=_ALREADY_TOLD)
                speak = partial(self._speak, watch=unannounced)
                who, spoken = relieve(who, spoken, self._stands(composed), speak)
        rate, taped = edition_rate(who, spoken, ticket), None
        if ticket.tapes:
            taped = self._taped(who, ticket, rate)
            who = replace(who, script=taped.script)
        sounds = self._arranger.sounds_at(rate)
        with watch.stage("lay out"):
            timeline = self._arranger.timeline(who, spoken, sounds, rate, taped)
        material = self._arranger.material(who, spoken, timeline, sounds, taped)
        new = spoken.new
        del spoken  # a long article has a hundred thousand words in it
        audio = studio.settings.audio
        gain = first_gain(material, audio)  # before anything runs beside it, for which it would wait again and again
        mastering = self._mastering.submit(self._mastered, material, gain, watch)
        script = with_findings(who.script, studio.engine, studio.settings.voice)
        script = _with_estimate_checked(script, timeline, studio)
        voices = tuple(voice for voice, _ in who.voices)
        edition = Edition(
            id=ticket.id,
            guid=ticket.guid,
            metadata=replace(composed.metadata, slug=ticket.slug),
            source=ticket.source,
            inputs={**ticket.inputs, "engines": FOR_NOW if who.is_for_now else studio.fingerprints_of(voices)},
            article=composed.article,
            script=script,
            timeline=timeline,
            voices=tuple(
                VoiceUsed(voice.engine, voice.name, studio.version_of(voice), language)
                for voice, language in who.voices
            ),
            cover=ticket.cover,
            pictures=ticket.pictures,
            depends=ticket.depends,
            publication=studio.settings.site.title,
            vocabulary=composed.vocabulary,
            languages=composed.languages,
            recordings=taped.recordings if taped else (),
        )
        return Take(
            edition=edition,
            mastered=partial(self._crew.attend, mastering),
            utterances=len(who.requests),
            spoken=new,
        )

    def _mastered(self, material: Material, gain: float, watch: Watch) -> Master:
        def blocks(function: Callable[[_Item], _Result], items: Iterable[_Item], /) -> Iterator[_Result]:
            return self._encoders.map(each(watch.detail, "block", function), items)

        with watch.stage("encode"):
            return master(material, self._studio.settings.audio, _Blocks(self._store), blocks, gain=gain)

    def _speak(self, requests: Mapping[str, Request], watch: Watch) -> Spoken:
        """Speak what is not in the cache, each distinct request once, on all cores.

        Raises the engine's errors; where voices may be mixed they are returned, each for its utterances.
        """
        keys: dict[str, str] = {}
        distinct: dict[str, str] = {}  # the utterance that is said for all of the same key
        for name, request in requests.items():
            key = self._cached.key(request)
            keys[name] = keys.get(distinct.setdefault(key, name), key)  # one text for all of the same key
        described, missing = self._described(requests, distinct)
        errors: dict[str, EngineError] = {}
        watch.started(len(keys), len(missing))
        watch.progressed(len(keys) - len(missing))

        def speak(key: str) -> tuple[str, Measured] | None:
            try:
                measured = self._cached.spoken(requests[distinct[key]])
            except EngineError as error:
                if not isinstance(self._cached, Relay):
                    raise
                errors[key] = error
                return None
            watch.progressed(1)
            return key, measured

        for one in self._crew.map(each(watch.detail, "utterance", speak), missing):
            if one is not None:
                described[one[0]] = _held(one[1], len(distinct))
        if self._aligner:
            asked = Through(distinct, requests)
            for key, known in self._aligner.completed(described, asked, self._cached.speak, self._crew.map):
                described[key] = known
        return Spoken(
            Through(keys, described),
            keys,
            len(missing) - len(errors),
            {name: errors[key] for name, key in keys.items() if key in errors} if errors else {},
        )

    def _described(
        self, requests: Mapping[str, Request], distinct: Mapping[str, str]
    ) -> tuple[MutableMapping[str, Measured], list[str]]:
        """Return what is known of the clips that are in the cache, by their keys, and the keys of the others."""
        described: MutableMapping[str, Measured] = growing(len(distinct))
        missing: list[str] = []
        for key, name in distinct.items():
            found = self._cached.length(requests[name])
            if found is None:
                missing.append(key)
            else:
                described[key] = _held(found, len(distinct))
        return described, missing

    def _stands(self, composed: Composed) -> Iterator[tuple[str, Cast]]:
        """Yield by name who may say what the studio's own engine can't, each with its cast of the article."""
        for studio in self._studio.stand_ins():
            own = without_others(studio.engine, composed)
            with suppress(VoiceNotFound):
                who = cast(own.script, own.metadata, studio.settings.voice, studio.engine)
                if isinstance(self._cached, Relay):
                    self._cached.admit(studio.engine.name, partial(cached, studio, self._store))
                yield studio.engine.name, who

    def _taped(self, who: Cast, ticket: Ticket, rate: int) -> "Taped":
        """Put the article's recordings where their words are, as loud as the voice beside them."""
        from earmark.pipeline import levelling, recordings  # noqa: PLC0415 (most articles have none)

        settings, beside = self._studio.settings, None
        if who.main:
            tried = levelling.trial(who.main, who.script.language, settings.voice)
            beside = levelling.gain_of(self._cached, tried, settings.audio)
        taped = recordings.taped(
            who.script,
            ticket.tapes,
            name=ticket.name,
            rate=rate,
            options=settings.audio,
            beside=beside,
            store=self._store,
        )
        return recordings.heard(taped, self._aligner, self._crew.map) if self._aligner else taped


def _held(found: Measured, clips: int) -> Measured:
    """Return what is held of a clip, of so many: how loud each tenth of a second of days is would fill the memory."""
    return found if clips <= LONG else replace(found, notes=b"")


class _Blocks(Struct, frozen=True):
    """The store as encoded blocks need it."""

    store: ObjectStore

    def get(self, key: str) -> bytes | None:
        kept = self.store.get(key)
        return kept.payload if kept else None

    def put(self, key: str, data: bytes) -> None:
        self.store.put(key, b"", data)

    def holds(self, key: str) -> bool:
        return self.store.holds(key)


def aligner_of(studio: Studio, store: ObjectStore) -> "Aligner | None":
    """Return what finds the times of words that an engine does not tell, if settings want that."""
    if not studio.settings.voice.align:
        return None
    from earmark.pipeline.aligning import Aligner  # noqa: PLC0415 (few ask for it)

    return Aligner(store, options=studio.settings.engines.get("espeak", {}), workers=studio.jobs)


def _with_estimate_checked(script: Script, timeline: Timeline, studio: Studio) -> Script:
    """Report an opening that tells a wrong length: by more than a minute, or in a long article by more than 15 %."""
    if not studio.settings.narration.say_duration:
        return script
    said = 60 * whole_minutes(estimated_seconds(script.items, pace_of(studio.paces, script.language)))
    heard = timeline.duration / timeline.sample_rate
    if abs(said - heard) <= max(_ESTIMATE_SECONDS, _ESTIMATE_PART * heard):
        return script
    problem = Problem(
        "duration-estimate",
        Severity.WARNING,
        f"the opening says {said // 60} min, and it takes {heard / 60:.1f}",
        "Turn say_duration in [narration] off, or report the voice.",
    )
    return replace(script, problems=(*script.problems, problem))
