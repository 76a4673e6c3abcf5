"""The circuit breaker: a service that keeps failing is left alone, and tried again by one."""

from contextlib import closing

import pytest

from earmark.audio.clip import Clip
from earmark.engines.base import Engine, Request
from earmark.engines.breaking import COOLING, FAILURES, Breaking
from earmark.engines.tone import ToneEngine
from earmark.errors import RetryLater, SynthesisError
from earmark.narration.script import Text
from earmark.testing import EngineContract

REQUEST = Request(said=(Text("The harbour stays open."),), language="en", voice="low")


class _Troubled(ToneEngine):
    """A tone engine in trouble: what is in `errors` is raised, one by one."""

    def __init__(self) -> None:
        self.errors: list[Exception | None] = []
        self.asked = 0

    def speak(self, request: Request) -> Clip:
        self.asked += 1
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        return super().speak(request)


def _later(after: float | None = None) -> RetryLater:
    return RetryLater("busy", engine="tone", after=after)


class TestContract(EngineContract):
    knows_words = True

    def create_engine(self) -> Engine:
        return Breaking(ToneEngine())


def _fails(engine: Engine, kind: type[Exception] = RetryLater) -> Exception:
    with pytest.raises(kind) as caught:
        engine.speak(REQUEST)
    return caught.value


def test_after_some_failures_nobody_is_asked_until_it_has_cooled() -> None:
    now = 0.0
    troubled = _Troubled()
    with closing(Breaking(troubled, clock=lambda: now)) as engine:
        troubled.errors = [_later() for _ in range(FAILURES + 1)]
        for _ in range(FAILURES):
            _fails(engine)
        error = _fails(engine)
        assert troubled.asked == FAILURES
        assert isinstance(error, RetryLater)
        assert error.after == COOLING
        assert "left alone" in str(error)
        now = COOLING  # one may try, and fails
        _fails(engine)
        _fails(engine)
        assert troubled.asked == FAILURES + 1
        now = 2 * COOLING
        engine.speak(REQUEST)  # one may try, and is served: all may
        engine.speak(REQUEST)
        assert troubled.asked == FAILURES + 3


def test_while_one_tries_the_others_wait() -> None:
    now = 0.0
    troubled = _Troubled()
    engine = Breaking(troubled, clock=lambda: now)
    seen: list[Exception] = []
    troubled.errors = [_later(50.0)]
    _fails(engine)
    now = 50.0

    class _Asking(ToneEngine):
        def speak(self, request: Request) -> Clip:
            seen.append(_fails(engine))  # while the first is on the way
            return super().speak(request)

    engine._engine = _Asking()  # noqa: SLF001 (the moment between asking and answering)
    engine.speak(REQUEST)
    assert isinstance(seen[0], RetryLater)


def test_the_time_that_a_service_names_is_kept() -> None:
    now = 0.0
    troubled = _Troubled()
    engine = Breaking(troubled, clock=lambda: now)
    troubled.errors = [_later(3_600.0)]
    _fails(engine)
    now = 3_599.0
    assert "busy" in str(_fails(engine))
    assert troubled.asked == 1
    now = 3_600.0
    engine.speak(REQUEST)


def test_one_good_answer_and_errors_about_words_begin_the_count_anew() -> None:
    troubled = _Troubled()
    engine = Breaking(troubled)
    troubled.errors = [_later(), None, SynthesisError("no", engine="tone", utterance="x"), _later(), _later(), None]
    _fails(engine)
    engine.speak(REQUEST)
    _fails(engine, SynthesisError)
    _fails(engine)
    _fails(engine)
    engine.speak(REQUEST)
    assert troubled.asked == 6
