"""Reads the clock at the seams of the pipeline: how long each stage of an article takes, and what in it.

Nothing that is made depends on it, and no room within knows of it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import current_thread
from time import perf_counter
from typing import TypeVar

from msgspec import Struct

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
Timed = Callable[[str], AbstractContextManager[None]]

STAGES = ("read", "narrate", "speak", "lay out", "encode", "write")


class Span(Struct, frozen=True):
    """A stretch of work: `began` is on the machine's own steady clock, which all its processes share; both in seconds.

    `thread` and its number are those of the process that tells. `detail` is set where it is no stage, but something
    within one, or around several.
    """

    name: str
    began: float
    seconds: float
    process: int
    thread: str = ""
    number: int = 0
    detail: bool = False


def span(name: str, began: float, seconds: float, process: int, *, detail: bool = False) -> Span:
    """Return a stretch of work that this thread has done, or has had done by another process."""
    thread = current_thread()
    return Span(name, began, seconds, process, thread.name, thread.ident or 0, detail)


def untimed(_name: str) -> AbstractContextManager[None]:
    """Time nothing: nobody asked."""
    return nullcontext()


def each(timed: Timed, name: str, function: Callable[[_Item], _Result]) -> Callable[[_Item], _Result]:
    """Return `function` with every call of it timed under `name`."""

    def call(item: _Item) -> _Result:
        with timed(name):
            return function(item)

    return function if timed is untimed else call


class Stopwatch:
    """Tells of each stretch of work when it is over; may be used from several threads."""

    def __init__(self, tell: Callable[[Span], None], *, detailed: bool = False) -> None:
        """Tell of stages, and if `detailed` of what happens within them."""
        self._tell = tell
        self.detail: Timed = self._detail if detailed else untimed

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one of `STAGES`, or a part of it."""
        began = perf_counter()
        try:
            yield
        finally:
            self._tell(span(name, began, perf_counter() - began, os.getpid()))

    @contextmanager
    def _detail(self, name: str) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        finally:
            self._tell(span(name, began, perf_counter() - began, os.getpid(), detail=True))
