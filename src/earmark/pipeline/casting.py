"""Chooses who speaks each utterance: the edition's voice, one for a speaker, a quotation or a heading, one for a language."""

from collections.abc import Mapping
from functools import cached_property
from sys import intern
from typing import TypeGuard

from msgspec import Struct, field
from msgspec.structs import replace

from earmark.article import Metadata, Problem, Severity
from earmark.engines.base import Engine, Request, Voice
from earmark.errors import VoiceNotFound
from earmark.narration.script import (
    Aligned,
    Item,
    Pause,
    Phonemes,
    Script,
    Sentence,
    Sound,
    Span,
    Text,
    Utterance,
    each_utterance,
    spoken_text,
)
from earmark.options import AUTO, VoiceOptions
from earmark.packed import row, table


class Cast(Struct, frozen=True):
    """Who speaks: a request for each utterance (by its id), the voices that are heard, and what an editor should know.

    Utterances that a person has recorded have none. `main` is the edition's own voice, None where nothing is spoken.
    `stand_ins` are the voices of other engines that say what its own could not, with the names of these engines;
    `is_for_now` tells whether that may soon be over.
    """

    requests: Mapping[str, Request]
    voices: tuple[tuple[Voice, str], ...]  # each with the language that it speaks here
    script: Script
    main: Voice | None = None
    stand_ins: Mapping[Voice, str] = field(default_factory=dict)
    is_for_now: bool = False


def cast(script: Script, metadata: Metadata, options: VoiceOptions, engine: Engine) -> Cast:
    """Cast `script`. Raises `VoiceNotFound` if the edition's own voice is not to be had.

    A voice that an article names speaks the article's own language; a phrase in a language for which
    there is no voice is spoken by the edition's, and reported. A speaker's voice that does not speak a
    language leaves it to one that does.
    """
    casting = _Casting(script, metadata, options, engine)
    if not engine.takes_phonemes:
        script = replace(script, items=row(map(casting.without_phonemes, script.items)))
    if any(said.voice and said.speaker for said in each_utterance(script)):
        script = replace(script, items=row(map(casting.with_able_voices, script.items)))
    requests = table(
        (
            intern(said.id),  # which is a key of several tables
            Request(
                said=said.said,
                language=said.language,
                voice=casting.voice(said).name,
                rate=options.rate,
                pitch=options.pitch,
                emphasis=said.emphasis,
            ),
        )
        for said in each_utterance(script)
        if not said.recording
    )
    problems = (*script.problems, *casting.problems)
    return Cast(requests, casting.heard(), replace(script, problems=problems), casting.main if requests else None)


class _Casting:
    """The state of one casting: what was resolved, and what was missing."""

    def __init__(self, script: Script, metadata: Metadata, options: VoiceOptions, engine: Engine) -> None:
        self._engine = engine
        self._language = script.language
        self._by_language = {language.lower(): name for language, name in options.languages.items()}
        self._named = (
            "" if metadata.voice == AUTO else metadata.voice or self._for_language(script.language) or options.name
        )
        self._resolved: dict[tuple[str, str], Voice] = {}
        self._heard: dict[tuple[str, str], tuple[Voice, str]] = {}
        self._heard_by_name: dict[tuple[str, str], tuple[Voice, str]] = {}
        self.problems: list[Problem] = []

    @cached_property
    def main(self) -> Voice:
        """The edition's own voice. Raises `VoiceNotFound`."""
        return self._engine.resolve(self._language, self._named)

    def voice(self, utterance: Utterance) -> Voice:
        """Return the voice that speaks `utterance`."""
        asked = (utterance.language, utterance.voice)
        if asked not in self._resolved:
            self._resolved[asked] = self._resolve(utterance)
        voice = self._resolved[asked]
        heard = self._heard_by_name if utterance.voice else self._heard
        heard.setdefault((voice.name, utterance.language), (voice, utterance.language))
        return voice

    def heard(self) -> tuple[tuple[Voice, str], ...]:
        """Return each voice that is heard with the language that it speaks; those that nothing names first."""
        return tuple({**self._heard, **self._heard_by_name}.values())

    def with_able_voices(self, item: Item) -> Item:
        """Return `item` without the voices of speakers where these do not speak the language."""
        if not isinstance(item, Sentence):
            return item
        parts = (self._able(part) if isinstance(part, Utterance) else part for part in item.parts)
        return replace(item, parts=tuple(parts))

    def _able(self, utterance: Utterance) -> Utterance:
        if not (utterance.voice and utterance.speaker) or utterance.recording:
            return utterance
        own = _primary(utterance.language) == _primary(self._language)
        if own or speaks(self._engine.resolve(utterance.language, utterance.voice), utterance.language):
            return utterance
        return replace(utterance, voice="")

    def _for_language(self, language: str) -> str:
        """Return the voice that settings name for a language, or for the one that it is a kind of."""
        tag = language.lower()
        return self._by_language.get(tag) or self._by_language.get(_primary(tag), "")

    def without_phonemes(self, item: Item) -> Item:
        """Return `item` as an engine can say it that takes no phonemes: by alias, else as printed."""
        if not isinstance(item, Sentence) or not any(
            isinstance(said, Phonemes) for part in item.parts if _is_spoken(part) for said in part.said
        ):
            return item
        parts = (self._in_words(part) if _is_spoken(part) else part for part in item.parts)
        return replace(item, parts=tuple(parts))

    def _in_words(self, utterance: Utterance) -> Utterance:
        """Say each sound of `utterance` in words, with changes and alignment as they are then."""
        said: list[str] = []
        words_at: dict[int, str] = {}
        length = 0
        for part in utterance.said:
            text = part.text if isinstance(part, Text) else self._words_for(part, utterance, length)
            if isinstance(part, Phonemes):
                words_at[length] = text
            said.append(text)
            length += len(part.text) if isinstance(part, Text) else len(spoken_text((part,)))
        shift = 0
        aligned: list[Aligned] = []
        changed: dict[Span, str] = {}
        for piece in utterance.alignment:
            start = piece.start + shift
            if piece.start in words_at:
                changed[piece.span] = words = words_at[piece.start]
                shift += len(words) - (piece.end - piece.start)
            aligned.append(replace(piece, start=start, end=piece.end + shift))
        changes = (replace(change, spoken=changed.get(change.span, change.spoken)) for change in utterance.changes)
        return replace(utterance, said=(Text("".join(said)),), alignment=tuple(aligned), changes=tuple(changes))

    def _words_for(self, sounds: Phonemes, utterance: Utterance, position: int) -> str:
        """Return the words that stand for `sounds`, which are said at `position` of `utterance`."""
        if sounds.alias:
            return sounds.alias
        span = next((piece.span for piece in utterance.alignment if piece.start == position), None)
        printed = _printed_at(utterance, span) if span else utterance.printed
        message = f"{self._engine.name} takes no phonemes, and “{printed}”, /{sounds.ipa}/, has no alias"
        self._report("phonemes-unsupported", message, "Give the lexicon's entry an alias.", utterance.block)
        return printed

    def _resolve(self, utterance: Utterance) -> Voice:
        if not utterance.voice and _primary(utterance.language) == _primary(self._language):
            return self.main  # en-GB within an article in en: the listener should not hear another person
        try:
            return self._engine.resolve(utterance.language, utterance.voice or self._for_language(utterance.language))
        except VoiceNotFound:
            if utterance.voice or self._for_language(utterance.language):
                raise
            message = f"there is no voice for {utterance.language!r}; {self.main.name} speaks it"
            self._report("no-voice", message, "Install a voice for it, or name another engine.", utterance.block)
            return self.main

    def _report(self, code: str, message: str, hint: str, block: str) -> None:
        self.problems.append(Problem(code, Severity.WARNING, message, hint, block))


def _is_spoken(part: Utterance | Pause | Sound) -> TypeGuard[Utterance]:
    return isinstance(part, Utterance) and not part.recording


def _printed_at(utterance: Utterance, span: Span) -> str:
    """Return the words of `utterance` that are printed at `span`."""
    position = 0
    for one in utterance.spans:
        if one.field == span.field and one.start <= span.start < one.end:
            start = position + span.start - one.start
            return utterance.printed[start : start + span.end - span.start]
        position += one.end - one.start
    return utterance.printed


def speaks(voice: Voice, language: str) -> bool:
    """Tell whether `voice` speaks a language, in whatever region; "mul" is every one."""
    return any(_primary(tag) in {_primary(language), "mul"} for tag in voice.languages)


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]
