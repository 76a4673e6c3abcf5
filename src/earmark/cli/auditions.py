"""Lets an engine's voices say a word, to know which of them can be heard."""

from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from earmark.cli.telling import console
from earmark.engines.base import Engine, Request, Stocked, Voice, needs_network
from earmark.errors import EarmarkError, SynthesisError
from earmark.narration.script import Text
from earmark.settings import Settings

_WORDS = "One, two, 3."  # letters and a digit: what one voice passes over, another says
_HEARD = 100  # of 32,767: what stays below is silence


class Heard(Struct, frozen=True):
    """What came of it: how many voices spoke, which did not, and why the voice that is set can't be used."""

    speaking: int = 0
    mute: tuple[str, ...] = ()
    voice: str = ""
    chosen: tuple[EarmarkError, ...] = ()
    not_tried: str = ""
    broken: tuple[EarmarkError, ...] = ()
    hint: str = ""


def audition(engine: Engine, settings: Settings, *, network: bool, chosen: bool) -> Heard:
    """Try every voice of an engine that is offline; of one that needs the network, with `network`, just one.

    Raises `EngineError` if it has no voices at all.
    """
    language = settings.site.language or "en"
    if needs_network(engine) and not network:
        return Heard(not_tried="it needs the network, and was not tried", hint="`earmark doctor --network` tries it.")
    broken = engine.broken() if isinstance(engine, Stocked) else ()
    if not chosen and not engine.voices() and isinstance(engine, Stocked):
        message = "none of its voices can be used" if broken else "no voice is installed"
        return Heard(not_tried=message, hint="`earmark voices install NAME` fetches one.", broken=broken)
    if not chosen and not engine.voices():
        return Heard(not_tried="it has no voice before settings name one", hint=f"See [engines.{engine.name}].")
    name = settings.voice.name if chosen else ""
    try:
        voice = engine.resolve(language, name) if chosen else engine.voices()[0]
        if not _speak(engine, voice, language if chosen else ""):
            raise SynthesisError("it says nothing", engine=engine.name, utterance=_WORDS, hint="Set another voice.")
    except EarmarkError as error:
        return Heard(chosen=(error,), broken=broken)
    if needs_network(engine):
        return Heard(speaking=1, voice=voice.name)
    with ThreadPoolExecutor(console.jobs_available()) as pool:
        tried = list(pool.map(lambda one: (one.name, _speaks(engine, one)), engine.voices()))
    mute = tuple(name for name, speaks in tried if not speaks)
    return Heard(speaking=len(tried) - len(mute), mute=mute, voice=voice.name, broken=broken)


def _speaks(engine: Engine, voice: Voice) -> bool:
    try:
        return _speak(engine, voice, "")
    except EarmarkError:
        return False


def _speak(engine: Engine, voice: Voice, language: str) -> bool:
    """Tell whether something is heard. Raises what the engine does."""
    spoken = language or (voice.languages[0] if voice.languages else "en")
    clip = engine.speak(Request(said=(Text(_WORDS),), language=spoken, voice=voice.name))
    return bool(len(clip.samples)) and int(abs(clip.samples.astype("int32")).max()) > _HEARD
