"""The espeak engine's child processes: what is asked of them, and whose fault it is when they are lost."""

import signal
from pathlib import Path

from msgspec import Struct

from earmark.engines import children
from earmark.engines.children import Hung, Lost, Take
from earmark.engines.espeak import child as espeak_child
from earmark.engines.espeak.child import MARK, REPLY, REQUEST
from earmark.errors import EngineError

_GRACE = 5.0  # seconds that a child has, beyond its fork's own limit, to tell that the fork was ended
_UNLOADABLE = 3
_ALARM = int(getattr(signal, "SIGALRM", 14))


class Answer(Struct, frozen=True):
    """What a child gave: a status of `espeak_child`, the sample rate, marks as they come, int16 samples."""

    status: int
    sample_rate: int
    marks: bytes
    samples: bytes


class Spoken(Struct, frozen=True):
    """What the library gave: bytes of int16 samples, and marks (position in the text, sample)."""

    samples: bytes
    sample_rate: int
    marks: tuple[tuple[int, int], ...]


class Manner(Struct, frozen=True):
    """How it is to be spoken: the library's own names, flags and numbers (`rate` in words per minute)."""

    voice: str
    rate: int
    pitch: int
    spread: int
    flags: int


class Crashed(Exception):
    """The library ended its process on this text."""


class Refused(Exception):
    """The library did not take the request, or made too much of it."""


def read(take: Take) -> Answer:
    """Return the next answer."""
    status, rate, marks, length = REPLY.unpack(take(REPLY.size))
    return Answer(status, rate, take(marks * MARK.size), take(length))


class Pool(children.Pool[Answer]):
    """Children that load the library, and fork for each utterance or, if not `forking`, speak once."""

    def __init__(self, engine: str, library: str, data: str, *, workers: int, forking: bool) -> None:
        """Keep how to start children; none is started before the first request."""
        self._forking = forking
        # -S: it needs nothing but the standard library.
        arguments = ("-S", str(Path(espeak_child.__file__)), library, data, "fork" if forking else "once")
        super().__init__(engine, arguments, read, workers=workers, once=not forking)

    def speak(self, text: str, manner: Manner, seconds: int) -> Spoken:
        """Return what the library makes of `text`, always the same for the same.

        Raises `Crashed`, `Hung` (after `seconds`), `Refused`, and `EngineError` if there is no child to be had.
        """
        name = manner.voice.encode("utf-8") + b"\0"
        head = REQUEST.pack(manner.flags, manner.rate, manner.pitch, manner.spread, seconds, len(name))
        answer = self._answered(head + name + text.encode("utf-8") + b"\0", seconds)
        if answer.status == -_ALARM:
            raise Hung
        if answer.status < 0 or answer.status == espeak_child.NOT_TAKEN:
            raise Crashed
        if answer.status != espeak_child.DONE:
            raise Refused("too long" if answer.status == espeak_child.TOO_LONG else "refused")
        return Spoken(answer.samples, answer.sample_rate, tuple(MARK.iter_unpack(answer.marks)))

    def _answered(self, request: bytes, seconds: int) -> Answer:
        """Return the answer, after as many attempts as it takes to know that nobody outside has ended them.

        What ends a process from outside (no memory left, a person's kill) is not the text's fault: a
        crash must happen twice, and a child that only forks may be lost for each worker and once more.
        """
        limit = seconds + _GRACE if self._forking else float(seconds)
        losses, crashes = (self._workers + 1 if self._forking else 1), 1
        while True:
            try:
                answer = self.ask(request, limit)
            except Lost as lost:
                if lost.code == _UNLOADABLE:
                    hint = "Install espeakng-loader anew"
                    raise EngineError("the espeak-ng library can't be loaded", engine=self._engine, hint=hint) from lost
                if not losses:
                    if self._forking:
                        raise EngineError("its child processes are lost again and again", engine=self._engine) from lost
                    raise Crashed from lost
                losses -= 1
            else:
                if answer.status >= 0 or answer.status == -_ALARM or not crashes:
                    return answer
                crashes -= 1
