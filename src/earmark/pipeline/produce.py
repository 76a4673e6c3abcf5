"""From a script to the finished MP3: speak what is not in the cache, lay it out, encode it, gather the edition."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from earmark.article import Problem, Severity
from earmark.audio import dressing, mp3
from earmark.audio.clip import Clip
from earmark.audio.loudness import Levels, clip_levels
from earmark.audio.mastering import Master, Material, first_gain, master, programme_of
from earmark.audio.plausible import implausible
from earmark.audio.render import Produced
from earmark.audio.resample import at_rate
from earmark.audio.trim import trim
from earmark.edition import Edition, VoiceUsed
from earmark.engines.base import Request
from earmark.engines.breaking import Breaking
from earmark.engines.cached import Cached, Measured, Preparation
from earmark.engines.options import deciding
from earmark.engines.retrying import Retrying
from earmark.errors import EarmarkError, EngineError, ReadError, SettingsError, SynthesisError, VoiceNotFound
from earmark.narration.duration import estimated_seconds, pace_of, whole_minutes
from earmark.narration.script import Script, spoken_text
from earmark.pipeline.aligning import Aligner
from earmark.pipeline.casting import Cast, cast
from earmark.pipeline.checking import with_findings
from earmark.pipeline.composed import Composed
from earmark.pipeline.mixing import Relay, Spoken, relieve, without_others
from earmark.pipeline.stopwatch import each
from earmark.pipeline.studio import FOR_NOW, Interrupted, Studio, Take, Ticket, Watch
from earmark.storage import ObjectStore
from earmark.timeline import ClipLength, Timeline, lay_out

if TYPE_CHECKING:
    from earmark.pipeline.recordings import Piece, Taped

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_ROLES: tuple[dressing.Role, ...] = ("intro", "outro", "sting")
_ESTIMATE_SECONDS, _ESTIMATE_PART = 60, 0.15
_GLANCE = 0.1  # seconds between looks at whether to stop
_ALREADY_TOLD: Callable[[int, int], None] = lambda _utterances, _to_speak: None  # noqa: E731 (a constant)
PREPARED = "trimmed-2"  # changes when a clip is prepared differently: the old ones are then not used


def prepare(clip: Clip, request: Request, *, engine: str) -> Clip:
    """Return the clip as it is kept: trimmed. Raises `SynthesisError` if it can't be what was to be said."""
    said = spoken_text(request.said)
    reason = implausible(clip, said, rate=request.rate)
    if reason:
        raise SynthesisError(f"the sound is not plausible: {reason}", engine=engine, utterance=said)
    return trim(clip)


def levels_of(clip: Clip) -> bytes:
    """Return how loud a clip is over time, so that an edit need not read the samples of all the others."""
    return clip_levels(clip.samples, clip.sample_rate).to_bytes()


class Production:
    """Produces articles, several at once, on one engine and one pool of threads."""

    def __init__(
        self, studio: Studio, store: ObjectStore, pool: ThreadPoolExecutor, mastering: ThreadPoolExecutor
    ) -> None:
        """Take the studio's engine behind the cache, and behind that what waits out a busy service.

        What is on all cores runs on `pool`; `mastering` is for what waits for that.
        """
        self._studio, self._store, self._pool = studio, store, pool
        own = cached(studio, store)
        self._cached: Cached | Relay = Relay(own) if studio.settings.voice.mixed else own
        self._sounds: dict[int, dict[str, Produced]] = {}
        self._mastering = mastering
        self._aligner = aligner_of(studio, store)

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
        rate, taped = mp3.edition_rate(_rate(who, spoken, ticket)), None
        if ticket.tapes:
            taped = self._taped(who, ticket, rate)
            who = replace(who, script=taped.script)
        sounds = self._sounds_at(rate)
        with watch.stage("lay out"):
            timeline = self._lay_out(who, spoken, sounds, rate, taped)
        material = self._material(who, spoken, timeline, sounds, taped)
        new = spoken.new
        del spoken  # a long article has a hundred thousand words in it
        audio = studio.settings.audio
        gain = first_gain(
            material, audio
        )  # before anything runs beside it: it would have to wait for that again and again
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
            mastered=partial(self._attend, mastering),
            utterances=len(who.requests),
            spoken=new,
        )

    def _mastered(self, material: Material, gain: float, watch: Watch) -> Master:
        def blocks(function: Callable[[_Item], _Result], items: Iterable[_Item], /) -> Iterator[_Result]:
            return self._map(each(watch.detail, "block", function), items)

        with watch.stage("encode"):
            return master(material, self._studio.settings.audio, _Blocks(self._store), blocks, gain=gain)

    def _speak(self, requests: Mapping[str, Request], watch: Watch) -> Spoken:
        """Speak what is not in the cache, each distinct request once, on all cores.

        Raises the engine's errors; where voices may be mixed they are returned, each for its utterances.
        """
        keys = {name: self._cached.key(request) for name, request in requests.items()}
        distinct = {keys[name]: request for name, request in requests.items()}
        errors: dict[str, EngineError] = {}
        described: dict[str, Measured] = {}
        missing: list[tuple[str, Request]] = []
        for key, request in distinct.items():
            found = self._cached.length(request)
            if found is None:
                missing.append((key, request))
            else:
                described[key] = found
        watch.started(len(keys), len(missing))
        watch.progressed(len(keys) - len(missing))

        def speak(entry: tuple[str, Request]) -> tuple[str, Measured] | None:
            key, request = entry
            try:
                measured = self._cached.spoken(request)
            except EngineError as error:
                if not isinstance(self._cached, Relay):
                    raise
                errors[key] = error
                return None
            watch.progressed(1)
            return key, measured

        spoken = self._map(each(watch.detail, "utterance", speak), missing)
        described.update(one for one in spoken if one is not None)
        if self._aligner:
            described = self._aligner.completed(described, distinct, self._cached.speak, self._map)
        return Spoken(
            {name: described[key] for name, key in keys.items() if key in described},
            keys,
            len(missing) - len(errors),
            {name: errors[key] for name, key in keys.items() if key in errors},
        )

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

        goal = recordings.ALONE_LUFS
        if who.main:
            voice = self._studio.settings.voice
            goal = levelling.loudness(self._cached, levelling.trial(who.main, who.script.language, voice))
        taped = recordings.taped(who.script, ticket.tapes, name=ticket.name, rate=rate, goal=goal, store=self._store)
        return recordings.heard(taped, self._aligner, self._map) if self._aligner else taped

    def _lay_out(
        self, who: Cast, spoken: Spoken, sounds: Mapping[str, Produced], rate: int, taped: "Taped | None"
    ) -> Timeline:
        clips = {
            name: ClipLength(found.length, found.words)
            if found.sample_rate == rate
            else self._resampled_length(who.requests[name], found, rate)
            for name, found in spoken.described.items()
        }
        if taped:
            clips |= taped.clips
        settings = self._studio.settings
        return lay_out(
            who.script,
            clips,
            {name: len(sound.samples) for name, sound in sounds.items()},
            sample_rate=rate,
            frame=mp3.frame_samples(rate),
            chapters=settings.chapters,
            crossfade=settings.audio.crossfade,
            cut_at_chapters=settings.outputs.chapter_mp3s,
        )

    def _resampled_length(self, request: Request, found: Measured, rate: int) -> ClipLength:
        clip = at_rate(replace(self._cached.speak(request), words=found.words), rate)
        return ClipLength(len(clip.samples), clip.words)

    def _gains(self, who: Cast, spoken: Spoken) -> Mapping[str, float]:
        """Return the gain in dB of each utterance that isn't as loud as the edition's own voice, by its id."""
        if len({(voice.engine, voice.name) for voice, _ in who.voices}) <= 1:
            return {}
        from earmark.pipeline.levelling import gains  # noqa: PLC0415 (one voice needs nothing to compare it with)

        return gains(who, self._cached, self._studio.settings.voice, spoken.described)

    def _material(
        self,
        who: Cast,
        spoken: Spoken,
        timeline: Timeline,
        sounds: Mapping[str, Produced],
        taped: "Taped | None",
    ) -> Material:
        """Return what the sound is made of, its clips to be read one by one."""
        rate, gains = timeline.sample_rate, self._gains(who, spoken)
        pieces: Mapping[str, Piece] = taped.pieces if taped else {}
        keys = spoken.keys
        if taped:
            gains = {**gains, **taped.gains}
            keys = {**keys, **{name: piece.key for name, piece in pieces.items()}}

        def samples(name: str) -> NDArray[np.int16]:
            if name in pieces:
                return pieces[name].samples()
            return at_rate(self._cached.speak(who.requests[name]), rate).samples

        def levels(name: str) -> Levels:
            if taped and name in pieces:
                its = taped.levels(name)
            else:
                found = spoken.described[name]
                its = Levels.from_bytes(found.notes) if found.sample_rate == rate else clip_levels(samples(name), rate)
            return its.raised(gains[name]) if name in gains else its

        return Material(
            timeline=timeline,
            key=keys.__getitem__,
            samples=samples,
            programme=programme_of(timeline, levels, sounds),
            sounds=sounds,
            gains=gains,
        )

    def _sounds_at(self, rate: int) -> dict[str, Produced]:
        """Return the produced sounds at the edition's rate; made once a run."""
        if rate not in self._sounds:
            audio = self._studio.settings.audio
            made = {"bleep": dressing.bleep(rate)}
            for role in _ROLES:
                if role not in self._studio.sounds:
                    continue
                data, file = self._studio.sounds[role], getattr(audio, role)
                try:
                    made[role] = dressing.dress(data, role, name=file, sample_rate=rate, options=audio)
                except EarmarkError as error:
                    raise SettingsError(
                        error.message, path=self._studio.origin, key=f"audio.{role}", hint=error.hint
                    ) from None
            self._sounds[rate] = made
        return self._sounds[rate]

    def _map(self, function: Callable[[_Item], _Result], items: Iterable[_Item], /) -> Iterator[_Result]:
        """Apply `function` on all cores; stop at the first error, and when the user says so."""
        failed = False

        def step(item: _Item) -> _Result | None:
            nonlocal failed
            if failed:
                return None  # the article has failed already; nobody will look at this
            self._studio.check()
            try:
                return function(item)
            except BaseException:
                failed = True
                raise

        futures: list[Future[_Result | None]] = []
        for item in items:
            self._studio.check()  # a closed pool takes nothing more
            futures.append(self._pool.submit(step, item))
        for future in futures:
            result = self._attend(future)
            if result is not None:
                yield result

    def _attend(self, future: Future[_Result]) -> _Result:
        """Wait for a result; not for a service that hangs, once the user has asked to stop."""
        while not wait((future,), timeout=_GLANCE).done:
            self._studio.check()
        if future.cancelled():
            raise Interrupted("stopped")
        return future.result()


def _rate(who: Cast, spoken: Spoken, ticket: Ticket) -> int:
    """Return the sample rate of the edition's own voice, of whoever speaks first if that is never heard."""
    if not who.requests:
        from earmark.pipeline.recordings import rate_of  # noqa: PLC0415 (most articles have none)

        return rate_of(ticket.tapes, ticket.name)
    main = who.main.name if who.main else ""
    heard = (name for name, request in who.requests.items() if (request.engine, request.voice) == ("", main))
    return spoken.described[next(heard, next(iter(who.requests)))].sample_rate


class _Blocks(Struct, frozen=True):
    """The store as encoded blocks need it."""

    store: ObjectStore

    def get(self, key: str) -> bytes | None:
        kept = self.store.get(key)
        return kept.payload if kept else None

    def put(self, key: str, data: bytes) -> None:
        self.store.put(key, b"", data)


def cached(studio: Studio, store: ObjectStore) -> Cached:
    """Return the studio's engine behind the cache, and behind that what leaves a service alone that keeps failing."""
    name = studio.engine.name
    options = deciding(name, studio.settings.engines.get(name, {}))
    preparation = Preparation(PREPARED, partial(prepare, engine=name), levels_of)
    patient = Breaking(Retrying(studio.engine, stop=studio.stop))
    return Cached(patient, store, preparation, options=options)


def aligner_of(studio: Studio, store: ObjectStore) -> Aligner | None:
    """Return what finds the times of words that an engine does not tell, if settings want that."""
    if not studio.settings.voice.align:
        return None
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
