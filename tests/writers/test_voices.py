"""Voices and languages by names that a reader can make something of; the record keeps the engine's."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from earmark.edition import Edition, VoiceUsed
from earmark.writers.autonyms import language_name
from earmark.writers.edition import record
from earmark.writers.voices import named_speakers, voice_name

Make = Callable[..., Edition]
Say = Callable[..., Any]


@pytest.mark.parametrize(
    ("engine", "name", "shown"),
    [("espeak", "en", "British English, eSpeak"), ("espeak", "en-us", "American English, eSpeak"),
     ("espeak", "fr+f3", "français, eSpeak (fr+f3)"), ("gtts", "de", "Deutsch, Google Translate"),
     ("gtts", "en", "English, Google Translate"), ("espeak", "en-gb-x-gbclan", "English (gb-x-gbclan), eSpeak"),
     ("espeak", "tlh", "tlh, eSpeak"), ("tone", "low", "low, tone"), ("piper", "en_GB-alba", "en_GB-alba, piper")],
)  # fmt: skip
def test_a_voice_is_named_for_people(engine: str, name: str, shown: str) -> None:
    assert voice_name(engine, name) == shown


@pytest.mark.parametrize(
    ("tag", "shown"),
    [("en-GB", "British English"), ("pt-BR", "português do Brasil"), ("de-LI", "Deutsch (LI)"), ("und", "und"), ("nb", "norsk bokmål")],
)  # fmt: skip
def test_a_language_is_named_as_it_names_itself(tag: str, shown: str) -> None:
    assert language_name(tag) == shown


def test_two_voices_never_have_one_name_and_the_record_keeps_the_engines(make: Make, say: Say) -> None:
    voices = (VoiceUsed("espeak", "en", "1", "en"), VoiceUsed("espeak", "en-gb", "1", "en"))
    edition = make((say("One.", voice="en"), say("Two.", start=5, voice="en-gb")), voices=voices)
    assert sorted(named_speakers(edition).values()) == [
        "British English, eSpeak (en)",
        "British English, eSpeak (en-gb)",
    ]
    kept = json.loads(b"".join(record(edition, ())))
    assert [voice["name"] for voice in kept["voices"]] == ["en", "en-gb"]
    assert [part["voice"] for part in kept["cues"][0]["parts"]] == ["en", "en-gb"]
    assert named_speakers(make("One voice throughout.")) == {}
