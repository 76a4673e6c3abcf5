"""Builds with engines that hang, fail, fall silent or change their rate; and what interrupts a build."""

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from earmark import engines
from earmark.audio.clip import Clip
from earmark.engines.base import Request
from earmark.engines.tone import ToneEngine
from earmark.errors import EarmarkError, SynthesisError
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.inputs.sources import discover
from earmark.library.state.index import FOLDER
from earmark.narration.script import spoken_text
from earmark.settings import Layer, merge
from earmark.storage import Lock, read_sealed, write_sealed
from earmark.writers.record import Record, parse

Build = Callable[..., events.Outcome]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.md").write_text("# One\n\nIt rained. It snowed. It rained again.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(site: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Return what builds the folder with an engine of the test's own."""

    def runs(
        engine: ToneEngine,
        *,
        stop: threading.Event | None = None,
        tell: Callable[[events.Event], None] = lambda _event: None,
        force: bool = False,
        jobs: int = 1,
    ) -> events.Outcome:
        monkeypatch.setattr(engines, "load", lambda *_, **__: engine)
        plan = Plan(
            folder=discover([site / "articles"], suffixes=(".md",), out=site / "audio"),
            settings=merge(Layer("test", {"voice": {"engine": "tone"}})),
            out=site / "audio",
            cache=site / "cache",
            jobs=jobs,
            force=force,
        )
        return build(plan, tell=tell, stop=stop or threading.Event())

    return runs


def failure(outcome: events.Outcome) -> EarmarkError:
    (result,) = outcome.results
    assert isinstance(result, events.Failed)
    return result.error


def record(site: Path) -> Record:
    found = parse((site / "audio" / "one" / "edition.json").read_bytes())
    assert found
    return found


class Silent(ToneEngine):
    def speak(self, request: Request) -> Clip:
        clip = super().speak(request)
        return Clip(np.zeros_like(clip.samples), clip.sample_rate, None)


def test_a_silent_engine_fails_the_article_and_is_named(run: Build, site: Path) -> None:
    assert str(failure(run(Silent()))).startswith("engine tone: 'One': the sound is not plausible: it is silent")
    assert not (site / "audio" / "one").exists()


class Refusing(ToneEngine):
    def __init__(self) -> None:
        self.asked: list[str] = []

    def speak(self, request: Request) -> Clip:
        self.asked.append(spoken_text(request.said))
        if self.asked[-1] == "It rained.":
            raise SynthesisError("it can't", engine="tone", utterance="It rained.")
        return super().speak(request)


def test_what_cannot_be_spoken_ends_its_article_at_once_and_what_is_spoken_is_kept(run: Build) -> None:
    engine = Refusing()
    assert str(failure(run(engine))) == "engine tone: 'It rained.': it can't"
    assert "It rained." in engine.asked[-2:]  # the next one may be asked for before anybody knows
    outcome = run(ToneEngine())
    (made,) = outcome.results
    assert isinstance(made, events.Made)
    assert made.utterances - len(engine.asked) < made.spoken <= made.utterances - len(engine.asked) + 2


class TwoRates(ToneEngine):
    def speak(self, request: Request) -> Clip:
        clip = super().speak(request)
        if "snowed" not in spoken_text(request.said):
            return clip
        return Clip(clip.samples[::2].copy(), clip.sample_rate // 2, None)


def test_clips_of_another_rate_are_brought_to_the_editions(run: Build, site: Path) -> None:
    run(ToneEngine())
    usual = record(site)
    for path in (site / "cache" / "objects").glob("*/*"):
        path.unlink()
    run(TwoRates(), force=True)
    assert record(site).sample_rate == usual.sample_rate
    assert record(site).duration == pytest.approx(usual.duration, abs=0.05)


class Hasty(ToneEngine):
    paces = MappingProxyType({"": 5.0})


def test_an_opening_that_tells_a_wrong_length_is_reported(run: Build) -> None:
    (made,) = run(Hasty()).results
    assert isinstance(made, events.Made)
    (problem,) = (problem for problem in made.problems if problem.code != "language-unknown")
    assert (problem.code, problem.message[:17]) == ("duration-estimate", "the opening says ")


def test_a_cache_with_holes_gives_the_same_bytes(run: Build, site: Path) -> None:
    run(ToneEngine())
    before = {path.name: path.read_bytes() for path in (site / "audio" / "one").iterdir()}
    chance = random.Random(7)  # noqa: S311 (the same holes each time)
    for _ in range(6):
        for path in sorted((site / "cache" / "objects").glob("*/*")):
            if chance.random() < 0.4:
                path.unlink()
        run(ToneEngine(), force=True)
        assert {path.name: path.read_bytes() for path in (site / "audio" / "one").iterdir()} == before


class Hanging(ToneEngine):
    """Speaks nothing until it is let go; tells when it is at work."""

    def __init__(self) -> None:
        self.at_work, self.let_go = threading.Event(), threading.Event()

    def speak(self, request: Request) -> Clip:
        self.at_work.set()
        self.let_go.wait(60)
        return super().speak(request)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    engine = Hanging()
    yield engine
    engine.let_go.set()


def in_thread(work: Callable[[], events.Outcome]) -> tuple[threading.Thread, list[events.Outcome]]:
    outcomes: list[events.Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(work()))
    thread.start()
    return thread, outcomes


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_build_that_is_stopped_leaves_a_hanging_engine_behind(
    run: Build, site: Path, hanging: Hanging, jobs: int
) -> None:
    for name in ("two", "three", "four", "five"):
        (site / "articles" / f"{name}.md").write_text(f"# {name}\n\nWords of {name}.\n", encoding="utf-8")
    stop = threading.Event()
    thread, outcomes = in_thread(lambda: run(hanging, stop=stop, jobs=jobs))
    assert hanging.at_work.wait(30)
    stop.set()
    thread.join(2)
    assert not thread.is_alive()
    assert outcomes == [events.Outcome((), (), interrupted=True)]


def test_a_build_that_waits_for_another_can_be_stopped(run: Build, site: Path) -> None:
    stop = threading.Event()
    with Lock(site / "audio" / FOLDER / "locks" / "one"):
        thread, outcomes = in_thread(lambda: run(ToneEngine(), stop=stop, tell=lambda _event: stop.set()))
        thread.join(30)
    assert outcomes == [events.Outcome((), (), interrupted=True)]


def test_a_build_that_is_stopped_before_it_begins_does_nothing(run: Build, site: Path) -> None:
    stop = threading.Event()
    stop.set()
    assert run(ToneEngine(), stop=stop) == events.Outcome((), (), interrupted=True)
    assert not (site / "audio").exists()


def test_a_voice_that_is_gone_makes_its_editions_stale(run: Build, site: Path) -> None:
    class Renamed(ToneEngine):
        name = "other"

    run(ToneEngine())
    assert isinstance(run(ToneEngine()).results[0], events.Unchanged)
    assert isinstance(run(Renamed()).results[0], events.Made)
    index = site / "audio" / FOLDER / "index"
    write_sealed(index, bytes(read_sealed(index)).replace(b"\xa3low", b"\xa4gone"))
    assert isinstance(run(ToneEngine()).results[0], events.Made)
