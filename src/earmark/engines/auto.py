"""The engine `auto`: for each language the best voice that is installed, whichever engine brings it.

Neural voices go before espeak's; of each engine's voices it takes the one that the engine itself thinks best. Only
engines that need no network are asked: what a build sends, and what it costs, is never earmark's own choice.
"""

import hashlib
from collections.abc import Iterator, Mapping

from earmark import engines
from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Fingerprint, Request, Taught, Voice, Warming
from earmark.engines.piper.engine import missing_packages
from earmark.errors import EngineError, VoiceNotFound
from earmark.options import AUTO

NAME = AUTO

MEMBERS = ("piper", "espeak")  # the best first

_ALONE = frozenset({"", NAME})


def create(*, options: Mapping[str, Mapping[str, object]] | None = None, workers: int = 1) -> "AutoEngine":
    """Return the engine; `options` are all engines' by their names. Raises as they do."""
    given = options or {}
    if given.get(NAME):
        hint = "Set those of [engines.piper] and [engines.espeak]."
        raise EngineError("it has no options of its own", engine=NAME, hint=hint)
    names = [name for name in MEMBERS if name != "piper" or not missing_packages()]
    return AutoEngine([engines.load(name, options=given.get(name, {}), workers=workers) for name in names])


class AutoEngine:
    """Several engines as one. A voice keeps its engine's name, so the record tells who spoke."""

    name = NAME
    takes_phonemes = True
    needs_network = False

    def __init__(self, members: list[Engine]) -> None:
        """Take the members, the best first."""
        self._members = {member.name: member for member in members}
        self.paces = self._paces()

    def _paces(self) -> Mapping[str, float]:
        """Return the pace of each language's best voice."""
        found: dict[str, float] = {}
        for member in reversed(self._members.values()):
            spoken = {tag.partition("-")[0].lower() for voice in member.voices() for tag in voice.languages}
            found |= {tag: member.paces.get(tag, member.paces[""]) for tag in spoken}
            found.setdefault("", member.paces[""])
        return found

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices of all members."""
        return tuple(voice for member in self._members.values() for voice in member.voices())

    def broken(self) -> tuple[EngineError, ...]:
        """Return what is wrong with voices that can't be chosen."""
        return tuple(error for member in self._members.values() for error in getattr(member, "broken", tuple)())

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, of whichever engine, or the best for `language`. Raises `VoiceNotFound`."""
        if voice not in _ALONE:
            return self._member(voice).resolve(language, voice)
        for found in self._best(language):
            return found
        available = tuple(known.name for known in self.voices())
        raise VoiceNotFound(language, available, engine=NAME, message=f"no voice for {language!r} is installed")

    def choice(self, voice: Voice) -> str:
        """Return a hash of what would be chosen for each region of the languages of `voice`.

        An edition whose language gets a better voice is not what would be made now: it is stale, and says so.
        """
        primary = {tag.lower().partition("-")[0] for tag in voice.languages}
        tags = {tag.lower() for known in self.voices() for tag in known.languages}
        asked = sorted(primary | {tag for tag in tags if tag.partition("-")[0] in primary})
        chosen = [(tag, *((found.engine, found.name) for found in self._best(tag, most=1))) for tag in asked]
        return hashlib.sha256(repr(chosen).encode()).hexdigest()

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return the fingerprint that the voice's own engine gives."""
        return self._member(voice.name).fingerprint(voice)

    def speak(self, request: Request) -> Clip:
        """Have the voice's own engine speak."""
        return self._member(request.voice).speak(request)

    def warm_up(self) -> None:
        """Have the best engine that has voices get ready."""
        for member in self._members.values():
            if member.voices():
                if isinstance(member, Warming):
                    member.warm_up()
                return

    def dictionary(self, voice: Voice) -> frozenset[str]:
        """Return the words that the voice's own engine has been taught."""
        member = self._member(voice.name)
        return member.dictionary(voice) if isinstance(member, Taught) else frozenset()

    def close(self) -> None:
        """Close all members."""
        for member in self._members.values():
            member.close()

    def _best(self, language: str, most: int = 0) -> Iterator[Voice]:
        """Yield each engine's best voice for `language`, the best engine's first; at most `most` if that is given."""
        count = 0
        for member in self._members.values():
            try:
                found = member.resolve(language)
            except VoiceNotFound:
                continue
            if self._member(found.name) is not member:
                continue  # another engine has a voice of that name, which would then speak
            yield found
            count += 1
            if count == most:
                return

    def _member(self, name: str) -> Engine:
        """Return the engine that has a voice of that name, of several the last; raises `VoiceNotFound`, and if it is broken."""
        for member in reversed(self._members.values()):
            try:
                member.resolve("", name)
            except VoiceNotFound:
                continue
            return member
        raise VoiceNotFound(name, tuple(known.name for known in self.voices()), engine=NAME)
