"""Several voices are as loud as the edition's own, whatever the article; one alone is left as it is."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
import numpy as np
import pytest

from earmark.article import Metadata
from earmark.audio.clip import Clip
from earmark.audio.loudness import Levels, clip_levels, integrated
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.cached import Cached, Preparation
from earmark.errors import VoiceNotFound
from earmark.narration.script import Script, Sentence, Text, Utterance
from earmark.options import VoiceOptions
from earmark.pipeline.casting import Cast, cast
from earmark.pipeline.levelling import bounded, gains, trial
from earmark.storage import ObjectStore

RATE = 16_000
LEVELS = {"anna": 8000.0, "ben": 2000.0, "cloé": 7500.0}


class Choir:
    """An engine of three people, each speaking at a level of their own."""

    name = "choir"
    takes_phonemes = True
    paces: Mapping[str, float] = MappingProxyType({"": 150.0})

    def __init__(self) -> None:
        self.spoken = 0

    def voices(self) -> tuple[Voice, ...]:
        known = (("anna", "en"), ("ben", "en"), ("cloé", "fr"))
        return tuple(Voice("choir", name, (language,)) for name, language in known)

    def resolve(self, language: str, voice: str = "") -> Voice:
        for known in self.voices():
            if known.name == voice or (not voice and known.languages[0] == language[:2]):
                return known
        raise VoiceNotFound(voice or language, ("anna", "ben", "cloé"), engine=self.name)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        return Fingerprint(self.name, "1", voice.name, "")

    def speak(self, request: Request) -> Clip:
        self.spoken += 1
        at = np.arange(2 * RATE) / RATE
        wave = LEVELS[request.voice] * np.sin(2 * np.pi * 400 * at)
        return Clip(np.round(wave).astype(np.int16), RATE)

    def close(self) -> None:
        pass


def utterance(name: str, *, language: str = "en", voice: str = "") -> Utterance:
    return Utterance(id=name, block="b1", spans=(), printed=name, said=(Text(name),), language=language, voice=voice)


def script_of(*parts: Utterance) -> Script:
    sentences = (Sentence(id=part.id, block="b1", kind="paragraph", spans=(), parts=(part,)) for part in parts)
    return Script(title="T", language="en", items=tuple(sentences))


def keeping(engine: Choir, folder: Path) -> Cached:
    def note(clip: Clip) -> bytes:
        return clip_levels(clip.samples, clip.sample_rate).to_bytes()

    return Cached(engine, ObjectStore(folder), Preparation("1", lambda clip, _request: clip, note))


@pytest.fixture
def choir() -> Choir:
    return Choir()


def by(part: Utterance, **more: str) -> Utterance:
    return msgspec.structs.replace(part, **more)


def of(*parts: Utterance, options: VoiceOptions | None = None) -> Cast:
    return cast(script_of(*parts), Metadata(), options or VoiceOptions(), Choir())


def test_each_voice_is_brought_to_the_first(choir: Choir, tmp_path: Path) -> None:
    who = of(utterance("a"), utterance("b", voice="ben"), utterance("c", voice="ben"), utterance("d", language="fr"))
    found = gains(who, keeping(choir, tmp_path), VoiceOptions())
    assert dict(found) == {"b": pytest.approx(12.0, abs=0.1), "c": pytest.approx(12.0, abs=0.1)}
    assert choir.spoken == 3  # the three voices, once each
    again = gains(of(utterance("x", voice="ben"), utterance("y")), keeping(choir, tmp_path), VoiceOptions())
    assert again == {"x": found["b"]}  # another article, the same gain
    assert choir.spoken == 3


def test_one_voice_needs_no_gain(choir: Choir, tmp_path: Path) -> None:
    assert gains(of(utterance("a")), keeping(choir, tmp_path), VoiceOptions()) == {}
    assert gains(of(by(utterance("a"), recording="a.wav")), keeping(choir, tmp_path), VoiceOptions()) == {}
    assert choir.spoken == 0


@pytest.mark.parametrize(
    ("difference", "gain"), [(0.3, 0.0), (-3.14, -3.1), (40.0, 12.0), (-40.0, -12.0), (float("nan"), 0.0)]
)
def test_what_nobody_hears_is_left_and_nothing_is_raised_too_far(difference: float, gain: float) -> None:
    assert bounded(difference) == gain


def test_a_voice_is_tried_in_a_language_that_it_speaks() -> None:
    def tried(*languages: str) -> tuple[str, str]:
        found = trial(Voice("e", "v", languages), "en-GB", VoiceOptions(rate=1.5))
        assert found.request.rate == 1.5
        return found.language, found.request.said[0].text  # type: ignore[union-attr]

    assert tried("en")[0] == "en-GB"
    assert tried("mul")[0] == "en-GB"
    assert "October" in tried("en")[1]
    assert tried("fr", "de")[0] == "fr"
    assert "octobre" in tried("fr")[1]
    assert tried("cy") == ("cy", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10.")
    assert tried()[0] == "en-GB"


def test_levels_are_raised_as_the_sound_is() -> None:
    levels = clip_levels(np.round(3000 * np.sin(np.arange(RATE))).astype(np.int16), RATE)
    raised = levels.raised(6.0)
    assert integrated([raised.energy]) == pytest.approx(integrated([levels.energy]) + 6.0, abs=0.01)
    assert float(raised.peak.max()) == pytest.approx(float(levels.peak.max()) * 1.9953, rel=1e-3)
    assert isinstance(raised, Levels)


def voices_of(found: Cast) -> dict[str, str]:
    return {name: request.voice for name, request in found.requests.items()}


def test_a_language_has_the_voice_that_settings_name() -> None:
    options = VoiceOptions(languages={"fr-FR": "ben", "en": "ben"})
    parts = (utterance("a"), utterance("b", language="fr-fr"), utterance("c", language="fr"))
    assert voices_of(of(*parts, options=options)) == {"a": "ben", "b": "ben", "c": "cloé"}
    named = cast(script_of(utterance("a")), Metadata(voice="anna"), options, Choir())
    assert voices_of(named) == {"a": "anna"}
    with pytest.raises(VoiceNotFound):
        of(utterance("a"), utterance("b", language="de"), options=VoiceOptions(languages={"de": "nobody"}))


def test_a_speaker_leaves_what_they_do_not_speak_to_who_does() -> None:
    parts = (
        by(utterance("a", voice="cloé"), speaker="Cloé"),
        by(utterance("b", voice="cloé", language="fr"), speaker="Cloé"),
        by(utterance("c", voice="ben", language="fr"), speaker="Ben"),
        by(utterance("d", voice="ben", language="fr"), speaker="Ben", recording="b.wav"),
    )
    found = of(*parts)
    assert voices_of(found) == {"a": "cloé", "b": "cloé", "c": "cloé"}
    told = [part.voice for item in found.script.items for part in item.parts if isinstance(part, Utterance)]  # type: ignore[union-attr]
    assert told == ["cloé", "cloé", "", "ben"]
    assert [(voice.name, language) for voice, language in found.voices] == [("cloé", "fr"), ("cloé", "en")]


def test_voices_that_nothing_names_come_first() -> None:
    found = of(utterance("a", voice="ben"), utterance("b"))
    assert [voice.name for voice, _ in found.voices] == ["anna", "ben"]


def test_what_is_all_recorded_needs_no_voice() -> None:
    part = by(utterance("a", language="xx"), recording="a.wav")
    script = msgspec.structs.replace(script_of(part), language="xx")
    found = cast(script, Metadata(), VoiceOptions(), Choir())
    assert (found.requests, found.voices, found.main) == ({}, (), None)
