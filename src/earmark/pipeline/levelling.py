"""Brings several voices to one level: a listener should not reach for the volume where a quotation begins.

Each voice says the same words once, and they are kept; how much louder or softer than the edition's own voice
it says them is its gain, whatever the article. So an edit moves no other sentence's level.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from msgspec import Struct

from earmark.audio.loudness import Levels, integrated
from earmark.audio.mastering import gain_alone
from earmark.engines.base import Request, Voice
from earmark.engines.cached import Measured
from earmark.errors import EngineError
from earmark.narration.phrases import PHRASES
from earmark.narration.phrases.table import phrases_for
from earmark.narration.script import Text
from earmark.options import AudioOptions, VoiceOptions
from earmark.pipeline.casting import Cast, speaks

MOST_DB = 12.0  # a voice that is farther away has more wrong with it than its level
_EVEN_DB = 0.5  # nobody hears less
_EVEN_ACROSS_DB = 1.5  # the same voice says other words, of another language, as much louder or softer
_EVERYWHERE = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10."  # said in any language


class Trial(Struct, frozen=True):
    """The words by which a voice's level is known: some seconds of speech, in a language that it speaks."""

    request: Request
    language: str


class Speaking(Protocol):
    """What has a voice say something, and keeps it: a cache around an engine, or around several."""

    def length(self, request: Request) -> Measured | None:
        """Return what is known of the clip, None if it was never spoken."""
        ...

    def spoken(self, request: Request) -> Measured:
        """Return what is known of the clip, spoken now if it has not been."""
        ...


def trial(voice: Voice, language: str, options: VoiceOptions, engine: str = "") -> Trial:
    """Return what `voice` is asked to say where the edition is in `language`; its own language if it can't say that.

    `engine` is that of a voice that stands in, as in `Request`.
    """
    tongue = language if speaks(voice, language) or not voice.languages else voice.languages[0]
    phrases = phrases_for(tongue, PHRASES)
    words = f"{phrases.synthetic} {', '.join(phrases.months)}. {phrases.ending}" if phrases else _EVERYWHERE
    said = (Text(words),)
    request = Request(
        said=said, language=tongue, voice=voice.name, rate=options.rate, pitch=options.pitch, engine=engine
    )
    return Trial(request, tongue)


def loudness(cached: Speaking, tried: Trial) -> float:
    """Return how loud a voice is, in LUFS. Raises what speaking raises; what was spoken once is only looked up."""
    measured = cached.length(tried.request) or cached.spoken(tried.request)
    return integrated([Levels.from_bytes(measured.notes).energy])


def gain_of(cached: Speaking, tried: Trial, options: AudioOptions) -> float:
    """Return the gain in dB that a voice alone would need to come out as loud as an edition is. Raises as `loudness`."""
    measured = cached.length(tried.request) or cached.spoken(tried.request)
    return gain_alone(Levels.from_bytes(measured.notes), options)


def gains(
    who: Cast, cached: Speaking, options: VoiceOptions, described: Mapping[str, Measured] = MappingProxyType({})
) -> Mapping[str, float]:
    """Return the gain in dB of each utterance that isn't as loud as the edition's own voice, by its id.

    `described` are the clips of the utterances. Raises what speaking raises; but where another engine stands in for
    one that fails, a voice's level is that of what it has said of the article.
    """
    main, language = who.main, who.script.language
    voices = {(who.stand_ins.get(voice, ""), voice.name): voice for voice, _ in who.voices}
    if main is None or not voices.keys() - {("", main.name)}:
        return {}

    def level(tried: Trial) -> float:
        try:
            return loudness(cached, tried)
        except EngineError:
            asked = (tried.request.engine, tried.request.voice)
            heard = [(described[name], one) for name, one in who.requests.items() if (one.engine, one.voice) == asked]
            if not (who.stand_ins and heard):
                raise
            notes = (known.notes or (cached.length(one) or cached.spoken(one)).notes for known, one in heard)
            return integrated(Levels.from_bytes(its).energy for its in notes)

    reference = trial(main, language, options)
    goal = level(reference)
    by_voice: dict[tuple[str, str], float] = {}
    for (engine, name), voice in voices.items():
        if (engine, name) != ("", main.name):
            tried = trial(voice, language, options, engine)
            even = _EVEN_DB if tried.language == reference.language else _EVEN_ACROSS_DB
            by_voice[engine, name] = bounded(goal - level(tried), even=even)
    gains = ((name, by_voice.get((one.engine, one.voice), 0.0)) for name, one in who.requests.items())
    return {name: gain for name, gain in gains if gain}


def bounded(difference: float, *, even: float = _EVEN_DB, most: float = MOST_DB) -> float:
    """Return the gain that makes up for a difference in dB: none for one that is not heard, and never too much."""
    return round(min(max(difference, -most), most), 1) if abs(difference) >= even else 0.0
