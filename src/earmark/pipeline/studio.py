"""Where an article becomes sound: one engine, one cache and one pool of threads for all articles of a run."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from earmark import engines
from earmark.edition import Cover, Edition, Picture
from earmark.engines.base import Choosing, Engine, Fingerprint, Stocked, Taught, Voice, Warming, Watched
from earmark.errors import EngineError, VoiceNotFound
from earmark.pipeline.composed import Composed, Tape
from earmark.pipeline.pricing import Bill
from earmark.pipeline.stopwatch import Timed, untimed
from earmark.settings import Settings
from earmark.storage import ObjectStore

if TYPE_CHECKING:
    from earmark.audio.mastering import Master
    from earmark.pipeline.produce import Production


def digest_of(fingerprints: Iterable[Fingerprint]) -> str:
    """Return a hash of all that decides how some voices sound, whatever their order."""
    return sha256(msgspec.json.encode(sorted(set(fingerprints), key=astuple))).hexdigest()


class Interrupted(Exception):
    """The user asked to stop; what is spoken is kept."""


# Stands among an edition's inputs instead of a hash where an engine stood in for one that may soon be well again.
FOR_NOW = "a stand-in, for now"


class Ticket(Struct, frozen=True, kw_only=True):
    """What the library knows of an edition: who it is, and the hashes of what it is made from."""

    name: str
    id: str
    guid: str
    slug: str
    source: str
    inputs: Mapping[str, str]
    cover: Cover | None
    pictures: tuple[Picture, ...] = ()
    depends: tuple[str, ...] = ()
    tapes: tuple[Tape, ...] = ()


class Watch(Struct, frozen=True, kw_only=True):
    """Who wants to know how an article comes on; called from several threads."""

    started: Callable[[int, int], None]  # utterances in all, and how many of them have to be spoken
    progressed: Callable[[int], None]  # utterances that have just been spoken
    stage: Timed = untimed  # around each stage
    detail: Timed = untimed  # around what happens within them


class Take(Struct, frozen=True, kw_only=True):
    """An edition, ready to be written but for its sound, which is still being made.

    `mastered` waits for that, and returns the MP3 without tags and its loudness. It raises what making it raised.
    """

    edition: Edition
    mastered: Callable[[], "Master"]
    utterances: int
    spoken: int


class Outlook(Struct, frozen=True, kw_only=True):
    """What an edition would come to. `seconds` is an estimate; `to_speak` are printed words not in the cache.

    `bill` is what those cost, None where settings give no price.
    """

    characters: int
    utterances: int
    seconds: float
    to_speak: tuple[str, ...]
    bill: Bill | None = None


class Studio:
    """The engine and all that is shared between articles. Cheap until something has to be spoken."""

    def __init__(
        self,
        settings: Settings,
        *,
        jobs: int,
        sounds: Mapping[str, bytes],
        stop: threading.Event,
        origin: PurePath | str = "settings",
    ) -> None:
        """Load the engine that settings name; `origin` is where they stand. Raises `EngineError` if it can't be used."""
        self.settings, self.jobs, self.sounds, self.stop, self.origin = settings, jobs, sounds, stop, origin
        name = settings.voice.engine
        self.engine: Engine = engines.load(name, options=settings.of_engine(name), workers=jobs)
        self._fingerprints: dict[str, tuple[Fingerprint, ...]] = {}
        self._production: Production | None = None
        self._pools: tuple[ThreadPoolExecutor, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is ready to speak."""
        return self._production is not None

    @property
    def paces(self) -> dict[str, float]:
        """The engine's known paces as settings change them."""
        return {language: pace * self.settings.voice.rate for language, pace in self.engine.paces.items()}

    def fingerprints(self, voices: tuple[tuple[str, str], ...]) -> str | None:
        """Return the hash of these voices' fingerprints, None if one is of another engine or gone."""
        found: list[Fingerprint] = []
        for engine, name in voices:
            fingerprints = self.identify(engine, name)
            if not fingerprints:
                return None
            found.extend(fingerprints)
        return digest_of(found)

    def identify(self, engine: str, name: str) -> tuple[Fingerprint, ...]:
        """Return what identifies the sound of a voice, and why it was chosen; nothing if it is another engine's or gone."""
        own = engine == self.engine.name or isinstance(self.engine, Choosing)
        found = self._fingerprint(name) if own else ()
        return found if found and found[0].engine == engine else ()

    def passed_over(self) -> tuple[EngineError, ...]:
        """Return what is wrong with voices that might have been chosen, had they not been broken."""
        engine = self.engine
        return engine.broken() if isinstance(engine, Choosing) and isinstance(engine, Stocked) else ()

    def stand_ins(self) -> Iterator["Studio"]:
        """Yield those, ready to speak, who may speak some utterances of an article that this one's engine can't."""
        yield from ()

    def version_of(self, voice: Voice) -> str:
        """Return the version of what speaks by `voice`."""
        return self.engine.fingerprint(voice).version

    def open(self, store: ObjectStore) -> None:
        """Get ready to speak: `store` keeps clips and encoded blocks. Raises `VoiceNotFound` for one that settings name."""
        for language, voice in self.settings.voice.cast:
            try:
                self.engine.resolve(language, voice)
            except VoiceNotFound as error:
                if setting := self.settings.voice.named_by(voice):
                    error.message += f", which [voice] {setting} names"
                raise
        if isinstance(self.engine, Warming):
            self.engine.warm_up()  # while this process loads what lays out and encodes
        self._look_up()
        from earmark.pipeline.produce import Production  # noqa: PLC0415 (a run with nothing to do needs no numpy)

        self._pools = (
            ThreadPoolExecutor(
                self.jobs + 1, thread_name_prefix="studio"
            ),  # one more than speak at once (preparing.py)
            # A finished article is encoded while an engine is waited for that speaks the next, not behind that in one queue.
            ThreadPoolExecutor(self.jobs, thread_name_prefix="encoding"),
            ThreadPoolExecutor(self.jobs + 1, thread_name_prefix="mastering"),  # as many as there are articles at once
        )
        self._production = Production(self, store, *self._pools)

    def _look_up(self) -> None:
        """Have the engine find the voice that will most likely speak, and its words, while articles are being read."""
        with suppress(VoiceNotFound):  # whoever needs it is told
            voice = self.engine.resolve(self.settings.site.tongue)
            if isinstance(self.engine, Taught):
                self.engine.dictionary(voice)

    def watch(self, tell: Callable[[int, float, float], None]) -> None:
        """Have `tell` hear when the engine's children are at work, if it can tell that; as `engines.base.Watched`."""
        if isinstance(self.engine, Watched):
            self.engine.watch(tell)

    def produce(self, composed: Composed, ticket: Ticket, watch: Watch) -> Take:
        """Speak, lay out and encode one article. Raises `Interrupted` when told to stop."""
        if self._production is None:
            raise AssertionError("the studio is not open")
        return self._production.produce(composed, ticket, watch)

    def rehearse(self, composed: Composed, store: ObjectStore, *, is_empty: bool) -> Outlook:
        """Tell what producing would come to; nothing is spoken. A store that `is_empty` is not looked into."""
        from earmark.pipeline.outlook import outlook  # noqa: PLC0415

        return outlook(self, composed, store, is_empty=is_empty)

    def check(self) -> None:
        """Raise `Interrupted` if the user asked to stop."""
        if self.stop.is_set():
            raise Interrupted("stopped")

    def settle(self) -> None:
        """Wait until what is spoken is stored; a thread may still be at it after its article has failed."""
        if self._production:
            self._production.settle()

    def close(self) -> None:
        """End the engine and the threads; what runs is broken off. Safe to call twice."""
        self.engine.close()
        if self._production:
            self._production.close()
        for pool in self._pools:
            pool.shutdown(wait=False, cancel_futures=True)

    def _fingerprint(self, name: str) -> tuple[Fingerprint, ...]:
        """Return what identifies the sound of a voice, and why it was chosen; nothing if it is gone or broken."""
        if name not in self._fingerprints:
            try:
                self._fingerprints[name] = self._identify(self.engine.resolve("", name))
            except EngineError:
                self._fingerprints[name] = ()
        return self._fingerprints[name]

    def _identify(self, voice: Voice) -> tuple[Fingerprint, ...]:
        own = self.engine.fingerprint(voice)
        if not isinstance(self.engine, Choosing):
            return (own,)
        return own, Fingerprint(self.engine.name, "", "", self.engine.choice(voice))

    def fingerprints_of(self, voices: tuple[Voice, ...]) -> str:
        """Return the hash of the fingerprints of voices that the engine has just resolved."""
        return digest_of([one for voice in voices for one in self._identify(voice)])
