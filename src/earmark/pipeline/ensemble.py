"""A studio with understudies: where settings name a chain of engines, the next one speaks what the one before could not.

It speaks the whole of an article, so that no listener hears the voice change in the middle; only where settings say
that voices may be mixed it speaks no more than what failed.
"""

import threading
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from msgspec.structs import replace

from earmark import engines
from earmark.article import Problem, Severity
from earmark.engines.base import Fingerprint, Voice
from earmark.errors import EngineError, EngineNotFound, RetryLater
from earmark.options import VoiceOptions
from earmark.pipeline.composed import Composed
from earmark.pipeline.mixing import without_others
from earmark.pipeline.studio import FOR_NOW, Studio, Take, Ticket, Watch
from earmark.settings import Settings
from earmark.storage import ObjectStore

_SHARED = ("rate", "pitch", "align")  # of [voice]: what is not one engine's own


def _silent(*_counts: int) -> None:
    """Tell nobody: of an article that the first engine began, people were told then."""


class Ensemble(Studio):
    """A studio that hands an article on to the next engine of `[voice] fallback` when its own fails on it."""

    def __init__(
        self,
        settings: Settings,
        *,
        jobs: int,
        sounds: Mapping[str, bytes],
        stop: threading.Event,
        origin: PurePath | str = "settings",
    ) -> None:
        """Load the first engine; the others are only looked for. Raises `EngineError` if one is not installed."""
        super().__init__(settings, jobs=jobs, sounds=sounds, stop=stop, origin=origin)
        for name in settings.voice.fallback:
            if name not in engines.names():
                raise EngineNotFound(name, engines.names())
        self._understudies: dict[str, Studio] = {}
        self._store: ObjectStore | None = None
        self._hiring = threading.Lock()

    def open(self, store: ObjectStore) -> None:
        """Get the first engine ready to speak; the others when they are needed."""
        self._store = store
        super().open(store)

    def identify(self, engine: str, name: str) -> tuple[Fingerprint, ...]:
        """Return what identifies the sound of a voice, of whichever engine of the chain; nothing if it is gone.

        What the first engine can vouch for it does, whoever spoke: `auto` may have chosen the same voice.
        """
        found = super().identify(engine, name)
        if found or engine not in self.settings.voice.fallback:
            return found
        try:
            return self._understudy(engine).identify(engine, name)
        except EngineError:
            return ()

    def fingerprints_of(self, voices: tuple[Voice, ...]) -> str:
        """Return the hash of the fingerprints of voices that have just spoken, as `fingerprints` will."""
        return self.fingerprints(tuple((voice.engine, voice.name) for voice in voices)) or FOR_NOW

    def version_of(self, voice: Voice) -> str:
        """Return the version of what speaks by `voice`, of whichever engine."""
        return self.identify(voice.engine, voice.name)[0].version

    def stand_ins(self) -> Iterator[Studio]:
        """Yield the studios of the chain, one after the other, that are ready to speak; none unless voices may be mixed."""
        for name in self.settings.voice.fallback if self.settings.voice.mixed else ():
            self.check()
            try:
                studio = self._understudy(name, ready=True)
            except EngineError:
                continue  # if nobody else speaks either, the whole of it is tried, and that is told then
            yield studio

    def produce(self, composed: Composed, ticket: Ticket, watch: Watch) -> Take:
        """Produce by the first engine that can. Raises what the first one did, `RetryLater` before all, if none can."""
        try:
            return super().produce(composed, ticket, watch)
        except EngineError as error:
            errors = [error]
        for name in self.settings.voice.fallback:
            self.check()
            try:
                studio = self._understudy(name, ready=True)
                unseen = Watch(started=_silent, progressed=_silent, stage=watch.stage, detail=watch.detail)
                take = studio.produce(without_others(studio.engine, composed), ticket, unseen)
            except EngineError as error:
                errors.append(error)
            else:
                return self._marked(take, errors, name)
        self.check()
        first = next((error for error in errors if isinstance(error, RetryLater)), errors[0])
        others = "; ".join(str(error).rstrip(".") for error in errors if error is not first)
        first.hint = f"{first.hint.rstrip('.')}. Nor could the others: {others}." if others else first.hint
        raise first

    def _marked(self, take: Take, errors: list[EngineError], name: str) -> Take:
        """Return the edition as one that says who stood in for whom.

        Where the trouble is over soon, its inputs are never those of now: the next run tries the first engine again.
        """
        first = errors[0]
        message = f"{first.engine} could not speak it, and {name} speaks the whole of it: {first.message.rstrip('.')}"
        passing = isinstance(first, RetryLater)
        hint = "The next build tries again." if passing else (first.hint or "Put it right, and build with --force.")
        problem = Problem("voice-stand-in", Severity.WARNING, message, hint)
        edition = take.edition
        spoken_by = tuple((voice.engine, voice.name) for voice in edition.voices)
        known = FOR_NOW if passing else self.fingerprints(spoken_by) or FOR_NOW
        inputs = {**edition.inputs, "engines": known}
        script = replace(edition.script, problems=(*edition.script.problems, problem))
        return replace(take, edition=replace(edition, inputs=inputs, script=script))

    def settle(self) -> None:
        """Wait until what any engine has spoken is stored."""
        super().settle()
        with self._hiring:
            for studio in self._understudies.values():
                studio.settle()

    def close(self) -> None:
        """End all engines. Safe to call twice."""
        super().close()
        with self._hiring:
            for studio in self._understudies.values():
                studio.close()

    def _understudy(self, name: str, *, ready: bool = False) -> Studio:
        """Return the studio of another engine of the chain, `ready` to speak. Raises `EngineError`."""
        with self._hiring:
            if name not in self._understudies:
                voice = replace(
                    VoiceOptions(engine=name), **{key: getattr(self.settings.voice, key) for key in _SHARED}
                )
                settings = replace(self.settings, voice=voice)
                studio = Studio(settings, jobs=self.jobs, sounds=self.sounds, stop=self.stop, origin=self.origin)
                self._understudies[name] = studio
            studio = self._understudies[name]
            if ready and not studio.is_open and self._store is not None:
                studio.open(self._store)
            return studio
