"""Who speaks: the voice of each utterance by name."""

from collections.abc import Mapping, Sequence

from earmark.edition import Edition, VoiceUsed
from earmark.narration.script import Utterance
from earmark.writers.wording import parts


def voice_of(utterance: Utterance, voices: Sequence[VoiceUsed]) -> str:
    """Return the voice by name: where the script leaves the choice, the one that speaks the language."""
    if utterance.voice:
        return utterance.voice
    tag = utterance.language.lower()
    primary = tag.partition("-")[0]
    exact = (voice.name for voice in voices if voice.language.lower() == tag)
    near = (voice.name for voice in voices if voice.language.lower().partition("-")[0] == primary)
    return next(exact, "") or next(near, "")


def speakers(edition: Edition) -> Mapping[str, str]:
    """Return the name of each utterance's voice by its id; nothing where one voice speaks throughout."""
    found = {part.id: voice_of(part, edition.voices) for cue in edition.timeline.cues for part in parts(cue.sentence)}
    return found if len(set(found.values()) - {""}) > 1 else {}
