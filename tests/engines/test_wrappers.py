"""Finding engines, the cache around them, and patience."""

import random
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest

from earmark import engines
from earmark.audio.clip import Clip
from earmark.engines import load, names
from earmark.engines.base import Engine, Fingerprint, Request, Voice
from earmark.engines.cached import Cached, Preparation
from earmark.engines.retrying import Patience, Retrying
from earmark.engines.tone import ToneEngine
from earmark.errors import EngineError, EngineNotFound, RetryLater, SynthesisError, VoiceNotFound
from earmark.narration.script import Phonemes, Text
from earmark.storage import ObjectStore
from earmark.testing import EngineContract

AS_IT_IS = Preparation("0", lambda clip, _: clip)


def _request(text: str = "The harbour stays open.", **how: object) -> Request:
    return Request(**{"said": (Text(text),), "language": "en", "voice": "low", **how})  # type: ignore[arg-type]


class _Counting(ToneEngine):
    """A tone engine that counts, and does what it is told to before it speaks."""

    def __init__(self, before: Callable[[int], None] = lambda _: None) -> None:
        self.spoken = 0
        self.closed = False
        self.version = "1"
        self._before = before

    def fingerprint(self, voice: Voice) -> Fingerprint:
        return Fingerprint("tone", self.version, voice.name, "")

    def speak(self, request: Request) -> Clip:
        self.spoken += 1
        self._before(self.spoken)
        return super().speak(request)

    def close(self) -> None:
        self.closed = True


# Finding


def test_engines_are_found_by_name() -> None:
    assert {"espeak", "gtts", "tone"} <= set(names())
    assert load("tone").name == "tone"
    with pytest.raises(EngineNotFound, match="Did you mean espeak") as caught:
        load("espeek")
    assert caught.value.available == names()


def test_no_engine_is_imported_before_it_is_named() -> None:
    import subprocess  # noqa: PLC0415 (only here)

    code = (
        "import sys, earmark.engines as e; e.names(); print(*[m for m in sys.modules if 'gtts' in m or 'espeak' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 (this test's own code)
    assert done.stdout.strip() == ""


def _install(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    point = EntryPoint("foreign", value, engines.GROUP)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: (point,))


def test_other_packages_bring_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, "earmark.engines.tone:create")
    assert load("foreign").name == "tone"
    assert {"espeak", "foreign", "gtts", "tone"} <= set(names())


@pytest.mark.parametrize("value", ["no_such_package:create", "earmark.engines.tone:no_such_name"])
def test_an_engine_that_cannot_be_imported_is_an_error(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    _install(monkeypatch, value)
    with pytest.raises(EngineError, match="can't be imported"):
        load("foreign")


def test_what_is_no_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, "builtins:dict")
    with pytest.raises(EngineError, match="no engine"):
        load("foreign")


def test_an_own_engine_whose_library_is_gone_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "earmark.engines.gtts.engine", None)
    with pytest.raises(EngineError, match="can't be imported"):
        load("gtts")


# Tone


def test_tone_takes_no_options_and_knows_its_voices() -> None:
    with pytest.raises(EngineError, match="there is no option pitch"):
        load("tone", options={"pitch": 2})
    engine = load("tone")
    assert engine.resolve("fr", "high").name == "high"
    with pytest.raises(VoiceNotFound):
        engine.speak(_request(voice="middle"))
    with pytest.raises(SynthesisError):
        engine.speak(_request("… !"))


def test_tones_tell_words_apart() -> None:
    engine = ToneEngine()
    sounds = [_request("one"), _request("two"), _request("one", rate=2.0), _request("one", emphasis=True)]
    sounds += [_request("one", voice="high"), _request("one", language="fr"), _request("one", pitch=1.2)]
    assert len({engine.speak(request).samples.tobytes() for request in sounds}) == len(sounds)


# The cache


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return ObjectStore(tmp_path)


class TestCachedContract(EngineContract):
    knows_words = True

    @pytest.fixture(autouse=True)
    def _store(self, store: ObjectStore) -> None:
        self.store = store

    def create_engine(self) -> Engine:
        return Cached(ToneEngine(), self.store, AS_IT_IS)


def test_what_was_spoken_once_is_not_spoken_again(store: ObjectStore) -> None:
    engine = _Counting()
    cached = Cached(engine, store, AS_IT_IS)
    assert cached.length(_request()) is None
    first = cached.speak(_request())
    again = Cached(_Counting(), ObjectStore(store.folder), AS_IT_IS)
    assert again.speak(_request()).samples.tobytes() == first.samples.tobytes()
    assert again.speak(_request()).words == first.words
    measured = again.length(_request())
    assert measured is not None
    assert (measured.length, measured.sample_rate, measured.words) == (len(first.samples), 22_050, first.words)
    assert engine.spoken == 1


OTHERS = {
    "text": _request("The harbour is closed."),
    "language": _request(language="fr"),
    "voice": _request(voice="high"),
    "rate": _request(rate=1.1),
    "pitch": _request(pitch=1.1),
    "emphasis": _request(emphasis=True),
    "phonemes": _request(said=(Phonemes("ˈteɪlə"),)),
    "alias": _request(said=(Phonemes("ˈteɪlə", "Taylor"),)),
    "parts": _request(said=(Text("The harbour "), Text("stays open."))),
    "half a pair": _request("\ud83d"),
    "other half": _request("\ude00"),
    "escaped": _request("\\ud83d"),
}


def test_every_part_of_a_request_is_part_of_its_key(store: ObjectStore) -> None:
    plain = Cached(ToneEngine(), store, AS_IT_IS)
    newer = _Counting()
    newer.version = "2"
    keys = [
        plain.key(_request()),
        *(plain.key(other) for other in OTHERS.values()),
        Cached(newer, store, AS_IT_IS).key(_request()),
        Cached(ToneEngine(), store, Preparation("1", AS_IT_IS.apply)).key(_request()),
        Cached(ToneEngine(), store, AS_IT_IS, options={"tld": "ie"}).key(_request()),
    ]
    assert len(set(keys)) == len(keys)
    assert plain.key(_request()) == Cached(ToneEngine(), store, AS_IT_IS, options={}).key(_request())


def test_clips_are_prepared_before_they_are_stored(store: ObjectStore) -> None:
    def halve(clip: Clip, request: Request) -> Clip:
        assert request == _request()
        return Clip(clip.samples[::2], clip.sample_rate // 2)

    cached = Cached(ToneEngine(), store, Preparation("halved", halve))
    clip = cached.speak(_request())
    assert clip.sample_rate == 11_025
    assert clip.words is None
    assert cached.length(_request()) is not None
    assert cached.speak(_request()).samples.tobytes() == ToneEngine().speak(_request()).samples[::2].tobytes()


def test_what_is_refused_is_not_stored(store: ObjectStore) -> None:
    def refuse(_: Clip, request: Request) -> Clip:
        raise SynthesisError("implausible", engine="tone", utterance=str(request.said))

    def empty(clip: Clip, _: Request) -> Clip:
        return Clip(clip.samples[:0], clip.sample_rate)

    for number, apply in enumerate((refuse, empty)):
        cached = Cached(ToneEngine(), store, Preparation(str(number), apply))
        with pytest.raises(SynthesisError):
            cached.speak(_request())
        assert cached.length(_request()) is None


def test_what_another_process_has_stored_first_is_used(store: ObjectStore) -> None:
    cached: Cached
    theirs = Clip(np.arange(1, 100, dtype=np.int16), 8_000)

    def meanwhile(_: int) -> None:
        Cached(_Fixed(theirs), ObjectStore(store.folder), AS_IT_IS).speak(_request())

    cached = Cached(_Counting(meanwhile), store, AS_IT_IS)
    assert cached.speak(_request()).samples.tobytes() == theirs.samples.tobytes()


class _Fixed(_Counting):
    def __init__(self, clip: Clip) -> None:
        super().__init__()
        self._clip = clip

    def speak(self, request: Request) -> Clip:
        del request
        return self._clip


def test_a_harmed_clip_is_spoken_again(store: ObjectStore) -> None:
    engine = _Counting()
    cached = Cached(engine, store, AS_IT_IS)
    first = cached.speak(_request())
    key = cached.key(_request())
    path = store.folder / "objects" / key[:2] / key[2:]
    path.write_bytes(path.read_bytes()[:-2] + b"??")
    assert cached.speak(_request()).samples.tobytes() == first.samples.tobytes()
    assert engine.spoken == 2


# Patience


class _Time(threading.Event):
    """An event that waits in no time, and a clock that knows how long it would have been."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waits.append(timeout)
        self.now += timeout
        return self.is_set()


def _busy(until: int, after: float | None = None) -> Callable[[int], None]:
    def before(number: int) -> None:
        if number < until:
            raise RetryLater("busy", engine="tone", after=after)

    return before


def _patient(engine: Engine, time: _Time, patience: Patience | None = None) -> Retrying:
    return Retrying(engine, patience, stop=time, clock=lambda: time.now, chance=random.Random(1))  # noqa: S311 (the same waits each time)


class TestRetryingContract(EngineContract):
    knows_words = True

    def create_engine(self) -> Engine:
        return Retrying(ToneEngine())


def test_a_busy_service_gets_more_and_more_time() -> None:
    time, engine = _Time(), _Counting(_busy(6))
    assert len(_patient(engine, time).speak(_request()).samples)
    assert engine.spoken == 6
    assert all(0 <= wait <= 2**number for number, wait in enumerate(time.waits))
    assert len(set(time.waits)) == 5


def test_the_wait_that_the_service_names_is_kept() -> None:
    time = _Time()
    _patient(_Counting(_busy(3, after=30.0)), time).speak(_request())
    assert all(30 <= wait <= 31 for wait in time.waits)


def test_patience_ends_after_attempts_or_its_budget() -> None:
    time, engine = _Time(), _Counting(_busy(1000))
    with pytest.raises(RetryLater):
        _patient(engine, time, Patience(attempts=3)).speak(_request())
    assert engine.spoken == 3
    for after in (400.0, 1e9):
        time, engine = _Time(), _Counting(_busy(1000, after=after))
        with pytest.raises(RetryLater):
            _patient(engine, time).speak(_request())
        assert time.waits == []
    time, engine = _Time(), _Counting(_busy(1000, after=100.0))
    with pytest.raises(RetryLater):
        _patient(engine, time).speak(_request())
    assert engine.spoken == 3


def test_the_budget_is_for_one_trouble_and_all_utterances_of_it() -> None:
    time = _Time()
    retrying = _patient(_Counting(_busy(1000, after=100.0)), time)
    for _ in range(2):
        with pytest.raises(RetryLater):
            retrying.speak(_request())
    assert len(time.waits) == 2
    time = _Time()
    retrying = _patient(_Counting(_busy(3, after=100.0)), time)
    retrying.speak(_request())
    time.now += 1000
    retrying.speak(_request())
    assert len(time.waits) == 2


def test_waiting_can_be_interrupted() -> None:
    time = _Time()
    time.set()
    with pytest.raises(EngineError, match="interrupted"):
        _patient(_Counting(_busy(1000)), time).speak(_request())
    retrying = Retrying(_Counting(_busy(1000, after=100.0)))
    failures: list[EngineError] = []

    def speak() -> None:
        try:
            retrying.speak(_request())
        except EngineError as error:
            failures.append(error)

    thread = threading.Thread(target=speak)
    thread.start()
    retrying.close()
    thread.join(5)
    assert len(failures) == 1


def test_other_errors_are_not_tried_again() -> None:
    def fail(_: int) -> None:
        raise SynthesisError("no", engine="tone", utterance="x")

    engine = _Counting(fail)
    with pytest.raises(SynthesisError):
        Retrying(engine).speak(_request())
    assert engine.spoken == 1


def test_wrappers_are_engines_and_close_what_they_wrap(store: ObjectStore) -> None:
    engine = _Counting()
    with closing(Cached(Retrying(engine), store, AS_IT_IS)) as wrapped:
        assert isinstance(wrapped, Engine)
        assert wrapped.voices() == engine.voices()
    assert engine.closed
