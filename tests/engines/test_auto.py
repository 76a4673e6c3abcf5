"""The engine auto: the best voice of those that are installed, each by its own engine."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from earmark.engines import auto, load
from earmark.engines.auto import AutoEngine
from earmark.engines.base import Choosing, Request, Voice, needs_network
from earmark.engines.piper import engine as piper
from earmark.engines.tone import ToneEngine
from earmark.errors import EngineError, VoiceNotFound
from earmark.narration.script import Text

TINY = "en_GB-tiny-medium"


@pytest.fixture
def folder(tmp_path: Path, make_voice: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(piper, "user_folder", lambda: tmp_path / "own")
    make_voice(tmp_path, TINY)
    return tmp_path


def _engine(folder: Path) -> AutoEngine:
    engine = load("auto", options={"piper": {"folder": str(folder)}, "gtts": {"tld": "com"}}, workers=1)
    assert isinstance(engine, AutoEngine)
    return engine


def test_the_best_engine_that_has_the_language_is_chosen(folder: Path, make_voice: Callable[..., Path]) -> None:
    with closing(_engine(folder)) as engine:
        assert not needs_network(engine)
        assert isinstance(engine, Choosing)
        assert [engine.resolve(tag).engine for tag in ("en", "en-US", "de")] == ["piper", "piper", "espeak"]
        assert engine.resolve("en", "auto") == engine.resolve("en")
        assert engine.resolve("en", "en+f3").engine == "espeak"
        with pytest.raises(VoiceNotFound, match="no voice for 'xx' is installed"):
            engine.resolve("xx")
        with pytest.raises(VoiceNotFound):
            engine.resolve("en", "nobody")
        make_voice(folder, "en", espeak="de")  # has the name of one of espeak's
        assert engine.resolve("en").name == TINY
        assert engine.broken() == ()


def test_each_voice_is_spoken_and_told_by_its_own_engine(folder: Path) -> None:
    with closing(_engine(folder)) as engine:
        engine.warm_up()
        for language, name in (("en", "piper"), ("fr", "espeak")):
            voice = engine.resolve(language)
            clip = engine.speak(Request(said=(Text("Oh, a."),), language=language, voice=voice.name))
            assert len(clip.samples)
            assert engine.fingerprint(voice).engine == name
            assert engine.dictionary(voice)
        assert engine.paces["en"] == 165.0
        assert engine.paces["de"] == 160.0
        assert {voice.engine for voice in engine.voices()} == {"piper", "espeak"}


def test_a_better_voice_is_noticed_in_its_own_language_alone(folder: Path, make_voice: Callable[..., Path]) -> None:
    with closing(_engine(folder)) as engine:
        before = [engine.choice(engine.resolve(tag)) for tag in ("en", "de")]
        make_voice(folder, "en_US-other-high")
        after = [engine.choice(engine.resolve(tag)) for tag in ("en", "de")]
        assert (after[0] != before[0], after[1]) == (True, before[1])


def test_without_piper_it_is_espeak(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auto, "missing_packages", lambda: ("piper",))
    with closing(_engine(folder)) as engine:
        assert engine.resolve("en").engine == "espeak"
        engine.warm_up()


class _Member(ToneEngine):
    """An engine of one English voice, which neither warms up nor knows words; of none if that has no name."""

    def __init__(self, name: str, voice: str) -> None:
        self.name = name
        self._own = (Voice(engine=name, name=voice, languages=("en",)),) if voice else ()

    def voices(self) -> tuple[Voice, ...]:
        return self._own

    def resolve(self, language: str, voice: str = "") -> Voice:
        for known in self._own:
            if voice in {"", known.name} and language in {"", "en"}:
                return known
        raise VoiceNotFound(voice or language, (), engine=self.name)


def test_a_name_that_two_engines_use_is_the_lesser_ones() -> None:
    engine = AutoEngine([_Member("better", "anna"), _Member("lesser", "anna")])
    assert engine.resolve("en").engine == "lesser"  # the better's can't be asked for by its name, so it is not chosen
    assert engine.resolve("en", "anna").engine == "lesser"


def test_members_need_neither_warm_up_nor_know_words() -> None:
    engine = AutoEngine([_Member("empty", ""), _Member("only", "anna")])
    engine.warm_up()
    assert engine.dictionary(engine.resolve("en")) == frozenset()
    AutoEngine([_Member("empty", "")]).warm_up()
    with pytest.raises(VoiceNotFound):
        AutoEngine([_Member("empty", "")]).resolve("en")


def test_it_has_no_options_of_its_own() -> None:
    with pytest.raises(EngineError, match=r"Set those of \[engines.piper\]"):
        load("auto", options={"auto": {"voice": "en"}})
