"""Brings several voices to one level: a listener should not reach for the volume where a quotation begins.

Each voice says the same words once, and they are kept; how much louder or softer than the edition's own voice
it says them is its gain, whatever the article. So an edit moves no other sentence's level.
"""

from collections.abc import Mapping

from msgspec import Struct

from earmark.audio.loudness import Levels, integrated
from earmark.engines.base import Request, Voice
from earmark.engines.cached import Cached
from earmark.narration.phrases import PHRASES
from earmark.narration.phrases.table import phrases_for
from earmark.narration.script import Text
from earmark.options import VoiceOptions
from earmark.pipeline.casting import Cast, speaks

MOST_DB = 12.0  # a voice that is farther away has more wrong with it than its level
_EVEN_DB = 0.5  # nobody hears less
_EVEN_ACROSS_DB = 1.5  # the same voice says other words, of another language, as much louder or softer
_EVERYWHERE = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10."  # said in any language


class Trial(Struct, frozen=True):
    """The words by which a voice's level is known: some seconds of speech, in a language that it speaks."""

    request: Request
    language: str


def trial(voice: Voice, language: str, options: VoiceOptions) -> Trial:
    """Return what `voice` is asked to say where the edition is in `language`; its own language if it can't say that."""
    tongue = language if speaks(voice, language) or not voice.languages else voice.languages[0]
    phrases = phrases_for(tongue, PHRASES)
    words = f"{phrases.synthetic} {', '.join(phrases.months)}. {phrases.ending}" if phrases else _EVERYWHERE
    said = (Text(words),)
    request = Request(said=said, language=tongue, voice=voice.name, rate=options.rate, pitch=options.pitch)
    return Trial(request, tongue)


def loudness(cached: Cached, tried: Trial) -> float:
    """Return how loud a voice is, in LUFS. Raises what speaking raises; what was spoken once is only looked up."""
    measured = cached.length(tried.request) or cached.spoken(tried.request)
    return integrated([Levels.from_bytes(measured.notes).energy])


def gains(who: Cast, cached: Cached, options: VoiceOptions) -> Mapping[str, float]:
    """Return the gain in dB of each utterance that isn't as loud as the edition's own voice, by its id."""
    main, language = who.main, who.script.language
    voices = {voice.name: voice for voice, _ in who.voices}
    if main is None or not voices.keys() - {main.name}:
        return {}
    reference = trial(main, language, options)
    goal = loudness(cached, reference)
    by_voice: dict[str, float] = {}
    for name, voice in voices.items():
        if name != main.name:
            tried = trial(voice, language, options)
            even = _EVEN_DB if tried.language == reference.language else _EVEN_ACROSS_DB
            by_voice[name] = bounded(goal - loudness(cached, tried), even=even)
    return {name: gain for name, request in who.requests.items() if (gain := by_voice.get(request.voice, 0.0))}


def bounded(difference: float, *, even: float = _EVEN_DB, most: float = MOST_DB) -> float:
    """Return the gain that makes up for a difference in dB: none for one that is not heard, and never too much."""
    return round(min(max(difference, -most), most), 1) if abs(difference) >= even else 0.0
