"""Times of words for engines that tell none: found once, kept, and nobody asked who tells them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from earmark import engines
from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Request
from earmark.engines.cached import Measured
from earmark.narration.script import Text
from earmark.pipeline.aligning import Aligner
from earmark.storage import ObjectStore

WORDS = "The harbour master remembered every boat."


@pytest.fixture(scope="module")
def espeak() -> Iterator[Engine]:
    engine = engines.load("espeak", options={}, workers=1)
    yield engine
    engine.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ObjectStore]:
    kept = ObjectStore(tmp_path / "cache")
    yield kept
    kept.close()


@pytest.fixture
def aligner(store: ObjectStore) -> Iterator[Aligner]:
    its = Aligner(store, options={}, workers=1)
    yield its
    its.close()
    its.close()


def asked(text: str = WORDS, language: str = "en") -> Request:
    return Request(said=(Text(text),), language=language, voice="en+f3", rate=0.85, pitch=1.25)


def never() -> Clip:
    raise AssertionError("the clip is read again")


def test_words_are_found_once_and_kept(aligner: Aligner, store: ObjectStore, espeak: Engine) -> None:
    clip = espeak.speak(asked())
    found = aligner.words("one", asked(), lambda: clip)
    assert found is not None
    assert [WORDS[word.text_start : word.text_end] for word in found] == [
        WORDS[word.text_start : word.text_end] for word in clip.words or ()
    ]
    assert {word.source for word in found} == {"aligned"}
    again = Aligner(store, options={}, workers=1)
    assert again.words("one", asked(), never) == found
    again.close()


def test_words_that_are_not_sure_are_none_and_are_not_looked_for_again(aligner: Aligner, espeak: Engine) -> None:
    other = espeak.speak(asked("Nobody knows what it cost, or who paid."))
    assert aligner.words("two", asked(), lambda: other) is None
    assert aligner.words("two", asked(), never) is None


def test_a_recording_is_judged_more_strictly(aligner: Aligner, espeak: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("earmark.audio.follow.UNLIKE_RECORDED", 0.1)
    clip = espeak.speak(asked())
    assert aligner.words("three", asked(), lambda: clip, recorded=True) is None
    assert aligner.words("four", asked(), lambda: clip)


def test_a_language_that_nobody_else_speaks_and_a_text_that_nobody_else_can_say(aligner: Aligner) -> None:
    assert aligner.words("five", asked(language="tlh"), never) is None
    assert aligner.words("six", asked("\u2060"), never) is None


def test_only_who_tells_no_words_is_listened_to(aligner: Aligner, espeak: Engine) -> None:
    clip = espeak.speak(asked())
    told = Measured(len(clip.samples), clip.sample_rate, clip.words, b"a")
    mute, mumbled = replace(told, words=None, notes=b"b"), replace(told, words=None, notes=b"c")
    noise = espeak.speak(asked("One."))
    clips = {asked(): clip, asked("Who was it that had said so?"): noise}

    requests = {"told": asked(), "mute": asked(), "mumbled": asked("Who was it that had said so?")}
    described = {"told": told, "mute": mute, "mumbled": mumbled}
    ((name, completed),) = aligner.completed(described, requests, clips.__getitem__, map)
    assert name == "mute", "who tells is not listened to, and who mumbles not understood"
    assert completed.words
    assert not list(aligner.completed({"told": told}, requests, clips.__getitem__, map))
