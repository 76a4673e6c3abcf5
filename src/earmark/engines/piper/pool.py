"""The piper engine's child processes: one thread each, as many as there are cores."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from earmark.engines import children
from earmark.engines.children import Lost, Take
from earmark.engines.piper import child as piper_child
from earmark.engines.piper.child import MARK, REPLY

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Answer(Struct, frozen=True):
    """What a child gave: a status of `piper_child`, its message, int16 samples, marks (position in the text, sample)."""

    status: int
    sample_rate: int
    message: str
    marks: tuple[tuple[int, int], ...]
    samples: bytes


class Crashed(Exception):
    """The child ended on this text, twice."""


def read(take: Take) -> Answer:
    """Return the next answer."""
    status, rate, told, marks, length = REPLY.unpack(take(REPLY.size))
    message = take(told).decode("utf-8", "replace")
    return Answer(status, rate, message, tuple(MARK.iter_unpack(take(marks * MARK.size))), take(length))


class Pool(children.Pool[Answer]):
    """Children that have loaded piper, and load the voices that they are asked for."""

    def __init__(self, engine: str, folders: Sequence[str], *, workers: int) -> None:
        """Keep how to start children, which import from `folders`; none is started before the first request."""
        arguments = (str(Path(piper_child.__file__)), *folders)
        super().__init__(engine, arguments, read, workers=workers, environment=_ONE_THREAD)

    def speak(self, request: bytes, seconds: float) -> Answer:
        """Return the answer of a child.

        Raises `Crashed`, `Hung` (after `seconds`), and `EngineError` if there is no child to be had.
        """
        try:
            return self.ask(request, seconds)
        except Lost:  # what ends a process from outside is not the text's fault: a crash must happen twice
            pass
        try:
            return self.ask(request, seconds)
        except Lost as lost:
            raise Crashed from lost
