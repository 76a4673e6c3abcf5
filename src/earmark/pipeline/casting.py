"""Chooses who speaks each utterance: the edition's voice, and for words of another language one that has it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from earmark.article import Metadata, Problem, Severity
from earmark.engines.base import Engine, Request, Voice
from earmark.errors import VoiceNotFound
from earmark.narration.script import Phonemes, Script, Text, Utterance, utterances
from earmark.options import VoiceOptions


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: a request for each utterance (by its id), the voices that are heard, and what an editor should know."""

    requests: Mapping[str, Request]
    voices: tuple[tuple[Voice, str], ...]  # each with the language that it speaks here
    script: Script


def cast(script: Script, metadata: Metadata, options: VoiceOptions, engine: Engine) -> Cast:
    """Cast `script`. Raises `VoiceNotFound` if the edition's own voice is not to be had.

    A voice that an article names speaks the article's own language; a phrase in a language for which
    there is no voice is spoken by the edition's, and reported.
    """
    casting = _Casting(script, metadata, options, engine)
    requests: dict[str, Request] = {}
    spoken: list[Utterance] = []
    for utterance in utterances(script):
        said = utterance if engine.takes_phonemes else casting.without_phonemes(utterance)
        spoken.append(said)
        requests[utterance.id] = Request(
            said=said.said,
            language=said.language,
            voice=casting.voice(said).name,
            rate=options.rate,
            pitch=options.pitch,
            emphasis=said.emphasis,
        )
    return Cast(requests, casting.heard(), replace(script, problems=(*script.problems, *casting.problems)))


class _Casting:
    """The state of one casting: what was resolved, and what was missing."""

    def __init__(self, script: Script, metadata: Metadata, options: VoiceOptions, engine: Engine) -> None:
        self._engine = engine
        self._language = script.language
        self._main = engine.resolve(script.language, metadata.voice or options.name)
        self._resolved: dict[tuple[str, str], Voice] = {(script.language, ""): self._main}
        self._heard: dict[tuple[str, str], tuple[Voice, str]] = {}
        self.problems: list[Problem] = []

    def voice(self, utterance: Utterance) -> Voice:
        """Return the voice that speaks `utterance`."""
        asked = (utterance.language, utterance.voice)
        if asked not in self._resolved:
            self._resolved[asked] = self._resolve(utterance)
        voice = self._resolved[asked]
        self._heard.setdefault((voice.name, utterance.language), (voice, utterance.language))
        return voice

    def heard(self) -> tuple[tuple[Voice, str], ...]:
        """Return each voice that is heard with the language that it speaks, the main one first."""
        return tuple(self._heard.values())

    def without_phonemes(self, utterance: Utterance) -> Utterance:
        """Return `utterance` as an engine can say it that takes no phonemes: by alias, else as printed."""
        if not any(isinstance(part, Phonemes) for part in utterance.said):
            return utterance
        said: list[Text | Phonemes] = []
        for part in utterance.said:
            if isinstance(part, Phonemes):
                if not part.alias:
                    message = f"{self._engine.name} takes no phonemes, and {part.ipa!r} has no alias"
                    self._report("phonemes-unsupported", message, "Give the lexicon's entry an alias.", utterance.block)
                said.append(Text(part.alias or utterance.printed))
            else:
                said.append(part)
        return replace(utterance, said=tuple(said))

    def _resolve(self, utterance: Utterance) -> Voice:
        if not utterance.voice and _primary(utterance.language) == _primary(self._language):
            return self._main  # en-GB within an article in en: the listener should not hear another person
        try:
            return self._engine.resolve(utterance.language, utterance.voice)
        except VoiceNotFound:
            if utterance.voice:
                raise
            message = f"there is no voice for {utterance.language!r}; {self._main.name} speaks it"
            self._report("no-voice", message, "Install a voice for it, or name another engine.", utterance.block)
            return self._main

    def _report(self, code: str, message: str, hint: str, block: str) -> None:
        self.problems.append(Problem(code, Severity.WARNING, message, hint, block))


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]
