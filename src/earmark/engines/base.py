"""What an engine is: a request in, a clip out, and a fingerprint of everything that changes the sound."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from msgspec import Struct

from earmark.audio.clip import Clip
from earmark.errors import EngineError
from earmark.narration.script import Said


class Voice(Struct, frozen=True):
    """A voice as its engine names it. `languages` are BCP 47 tags, the best first; `quality` is the engine's own word.

    One that is `online` a service speaks: nothing of it is installed here, and it can be used all the same.
    """

    engine: str
    name: str
    languages: tuple[str, ...]
    gender: str = ""
    description: str = ""
    installed: bool = True
    licence: str = ""
    quality: str = ""
    online: bool = False


class Fingerprint(Struct, frozen=True):
    """Whatever changes the sound changes one of these. `digest` covers the voice's data."""

    engine: str
    version: str
    voice: str
    digest: str


class Request(Struct, frozen=True, kw_only=True):
    """All that an engine may know of an utterance. Equal requests give interchangeable clips.

    `voice` is a name that `Engine.resolve` gave. `rate` and `pitch` are factors of the voice's own. `engine` is
    no engine's business: "" but where one speaks what the edition's own could not.
    """

    said: Said
    language: str
    voice: str
    rate: float = 1.0
    pitch: float = 1.0
    emphasis: bool = False
    engine: str = ""


@runtime_checkable
class Engine(Protocol):
    """The contract that `earmark.testing` checks. All methods may be called from several threads at once."""

    name: str
    takes_phonemes: bool
    # Words of six characters a minute at rate 1.0 without pauses, by primary language; "" is any other.
    paces: Mapping[str, float]

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice that the engine knows, in a stable order."""
        ...

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, or the best for `language` if `voice` is "".

        Raises `VoiceNotFound` where there is none: never silently another.
        """
        ...

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return what identifies the sound of `voice`; cheap, and nothing is synthesised."""
        ...

    def speak(self, request: Request) -> Clip:
        """Speak one utterance, whole.

        Raises `SynthesisError` if these words can't be spoken, `RetryLater` if the service is out of
        reach, `EngineError` if the engine can't go on. Never returns part of an utterance.
        """
        ...

    def close(self) -> None:
        """End child processes and connections; safe to call twice."""
        ...


def needs_network(engine: Engine) -> bool:
    """Tell whether the engine sends what it speaks to a service; one that does not say so is taken to."""
    return bool(getattr(engine, "needs_network", True))


@runtime_checkable
class Warming(Protocol):
    """An engine whose first utterance waits for something that can be loaded before."""

    def warm_up(self) -> None:
        """Begin to load it, and return at once; what goes wrong is told by the first utterance."""
        ...


@runtime_checkable
class Taught(Protocol):
    """An engine that can tell which words it has been taught; it guesses at the others by their letters."""

    def dictionary(self, voice: Voice) -> frozenset[str]:
        """Return the words that `voice` has been taught, in lower case."""
        ...


@runtime_checkable
class Stocked(Protocol):
    """An engine whose voices are files, any of which can be broken."""

    def broken(self) -> tuple[EngineError, ...]:
        """Return what is wrong with those that can't be used, each named."""
        ...


@runtime_checkable
class Watched(Protocol):
    """An engine that can tell when its child processes are at work."""

    def watch(self, tell: Callable[[int, float, float], None]) -> None:
        """Have `tell` called after each piece of work: the child's process id, when it began, and seconds.

        The beginning is on the steady clock (`time.perf_counter`); several threads may call at once.
        """
        ...


@runtime_checkable
class Choosing(Protocol):
    """An engine that is several, and chooses among their voices by what is installed."""

    def choice(self, voice: Voice) -> str:
        """Return a hash of what would be chosen for the languages of `voice`, so that a better one is noticed."""
        ...
