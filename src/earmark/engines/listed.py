"""Voices that settings list, because nobody can be asked for them: "alloy", or "bf_emma:en-GB" with its language."""

import re
from collections.abc import Sequence

from earmark.engines.base import Voice
from earmark.errors import EngineError, VoiceNotFound

ANY = "mul"  # BCP 47 for several languages: a voice that speaks whatever it is given

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def voices_of(listed: Sequence[str], *, engine: str) -> tuple[Voice, ...]:
    """Return the voices as listed. Raises `EngineError` for a name that is empty or stands there twice."""
    found: dict[str, Voice] = {}
    for entry in listed:
        name, colon, tag = entry.rpartition(":")
        if not (colon and _TAG.fullmatch(tag.strip())):
            name, tag = entry, ANY
        name = name.strip()
        if not name or name in found:
            why = "is listed twice" if name else "has no name"
            raise EngineError(f"option voices: {entry!r} {why}", engine=engine, hint='Write "name" or "name:en-GB".')
        found[name] = Voice(engine=engine, name=name, languages=(tag.strip(),))
    return tuple(found.values())


def resolve(voices: Sequence[Voice], language: str, voice: str, *, engine: str) -> Voice:
    """Return the voice of that name, or the first for `language`: its very tag, then its language, then any.

    Raises `VoiceNotFound`.
    """
    if voice:
        for known in voices:
            if known.name == voice:
                return known
        raise VoiceNotFound(voice, tuple(known.name for known in voices), engine=engine)
    asked = language.lower().replace("_", "-")
    spoken = [(known, known.languages[0].lower()) for known in voices]
    exact = (known for known, tag in spoken if tag == asked)
    near = (known for known, tag in spoken if tag.partition("-")[0] == asked.partition("-")[0])
    every = (known for known, tag in spoken if tag == ANY)
    for found in (*exact, *near, *every):
        return found
    raise VoiceNotFound(
        language, tuple(known.name for known in voices), engine=engine, message=f"it has no voice for {language!r}"
    )
