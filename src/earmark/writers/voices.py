"""Who speaks: the voice of each utterance, by the engine's name for it and by one that a reader can make something of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from earmark.edition import Edition, VoiceUsed
from earmark.narration.script import Utterance
from earmark.writers.autonyms import language_name
from earmark.writers.wording import parts

# The engines that name their voices by language, and what people call them.
_BY_LANGUAGE = {"espeak": "eSpeak", "gtts": "Google Translate"}
_ESPEAK = "espeak"
_BRITISH = "en-GB"  # what espeak calls "en"


def voice_of(utterance: Utterance, voices: Sequence[VoiceUsed]) -> str:
    """Return the voice by name: where the script leaves the choice, the one that speaks the language; "" for a person's."""
    if utterance.recording:
        return ""
    if utterance.voice:
        return utterance.voice
    tag = utterance.language.lower()
    primary = tag.partition("-")[0]
    exact = (voice.name for voice in voices if voice.language.lower() == tag)
    near = (voice.name for voice in voices if voice.language.lower().partition("-")[0] == primary)
    return next(exact, "") or next(near, "")


def voice_name(engine: str, name: str) -> str:
    """Return a voice as people know it: "British English, eSpeak", "français, eSpeak (fr+f3)", "Amy, piper"."""
    maker = _BY_LANGUAGE.get(engine)
    if maker is None:
        return f"{name}, {engine}"
    base, _, variant = name.partition("+")
    tag = _BRITISH if (engine, base) == (_ESPEAK, "en") else base
    return f"{language_name(tag)}, {maker}{f' ({name})' if variant else ''}"


def speakers(edition: Edition) -> Mapping[str, str]:
    """Return the name of each utterance's voice by its id, "" for a person's; nothing where one voice speaks throughout."""
    if len({voice_of(part, edition.voices) for part in _spoken(edition)} - {""}) <= 1:
        return {}
    return {part.id: voice_of(part, edition.voices) for part in _spoken(edition)}


def _spoken(edition: Edition) -> Iterator[Utterance]:
    return (part for cue in edition.timeline.cues for part in parts(cue.sentence))


def named_speakers(edition: Edition) -> Mapping[str, str]:
    """Return who speaks each utterance, by its id: the person whose words they are, else the voice as people know it.

    Two voices never have one name. There is nothing where one voice speaks throughout, and for nobody in particular.
    """
    found = speakers(edition)
    people = {part.id: part.speaker for part in _spoken(edition) if part.speaker}
    if people and not found:
        found = {part.id: voice_of(part, edition.voices) for part in _spoken(edition)}
    shown = {voice.name: voice_name(voice.engine, voice.name) for voice in edition.voices}
    counted = Counter(shown.values())
    shown = {name: f"{told} ({name})" if counted[told] > 1 else told for name, told in shown.items()}
    named = {part: people.get(part) or shown.get(name, name) for part, name in found.items()}
    return {part: name for part, name in named.items() if name}
