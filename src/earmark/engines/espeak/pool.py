"""The espeak engine's child processes: lent to one thread at a time, replaced when they are lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from earmark.engines.espeak import child as espeak_child
from earmark.engines.espeak.child import LENGTH, MARK, REPLY, REQUEST
from earmark.errors import EngineError

_GRACE = 5.0  # seconds that a child has, beyond its fork's own limit, to tell that the fork was ended
_UNLOADABLE = 3
_ALARM = int(getattr(signal, "SIGALRM", 14))


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


class Hung(Exception):
    """The library did not come to an end on this text."""


class Refused(Exception):
    """The library did not take the request, or made too much of it."""


class _Child:
    """One process and its pipes."""

    def __init__(self, library: str, data: str, *, forking: bool) -> None:
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        # -I: a stray struct.py in a folder of articles must not be taken for the standard library's.
        # Its own session and group: a terminal's Ctrl-C is not for it. C.UTF-8: espeak asks the
        # locale what a letter is, and the sound must not depend on the reader's machine.
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
            [
                sys.executable,
                "-I",
                "-S",
                str(Path(espeak_child.__file__)),
                library,
                data,
                "fork" if forking else "once",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            creationflags=flags,
        )
        self.pid = self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, seconds: float) -> tuple[int, int, bytes, bytes] | None:
        """Return status, sample rate, marks and samples; None if the child was lost. May raise `Hung`."""
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:  # pragma: no cover (both are pipes)
            return None
        hung = threading.Event()

        def end_it() -> None:
            hung.set()
            self._process.kill()

        watchdog = threading.Timer(seconds, end_it)
        watchdog.daemon = True
        watchdog.start()
        try:
            answer = _exchange(target.fileno(), source.fileno(), request)
        finally:
            watchdog.cancel()
        if answer is None and hung.is_set():
            raise Hung
        return answer

    def end(self) -> int:
        """End the process, if it has not ended; return its exit code (minus the signal)."""
        with suppress(OSError):
            self._process.kill()
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        return code

    def kill(self) -> None:
        """End the process; the thread that waits for its answer cleans up."""
        with suppress(OSError):
            self._process.kill()

    def wait(self) -> None:
        """Let a process whose output has ended come to its own end, to learn its exit code."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)


def _exchange(target: int, source: int, request: bytes) -> tuple[int, int, bytes, bytes] | None:
    try:
        espeak_child.write_all(target, LENGTH.pack(len(request)) + request)
        head = espeak_child.read_exactly(source, REPLY.size)
        if len(head) < REPLY.size:
            return None
        status, rate, marks, length = REPLY.unpack(head)
        mark_bytes = espeak_child.read_exactly(source, marks * MARK.size)
        samples = espeak_child.read_exactly(source, length)
    except OSError:
        return None
    if len(mark_bytes) < marks * MARK.size or len(samples) < length:
        return None
    return status, rate, mark_bytes, samples


class Pool:
    """At most `workers` children; a thread that finds none idle waits for one."""

    def __init__(self, engine: str, library: str, data: str, *, workers: int, forking: bool) -> None:
        """Keep how to start children; none is started before the first request."""
        self._engine = engine
        self._library = library
        self._data = data
        self._forking = forking
        self._workers = max(1, workers)
        self._slots = threading.BoundedSemaphore(self._workers)
        self._mutex = threading.Lock()
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._closed = False
        self._tell: Callable[[int, float, float], None] | None = None

    def watch(self, tell: Callable[[int, float, float], None]) -> None:
        """Have `tell` hear of each piece of work: process id, when it began on the steady clock, seconds."""
        self._tell = tell

    def speak(self, text: str, manner: Manner, seconds: int) -> Spoken:
        """Return what the library makes of `text`, always the same for the same.

        Raises `Crashed`, `Hung` (after `seconds`), `Refused`, and `EngineError` if there is no child to be had.
        """
        name = manner.voice.encode("utf-8") + b"\0"
        head = REQUEST.pack(manner.flags, manner.rate, manner.pitch, manner.spread, seconds, len(name))
        request = head + name + text.encode("utf-8") + b"\0"
        limit = seconds + _GRACE if self._forking else float(seconds)
        # What ends a process from outside (no memory left, a person's kill) is not the text's fault: a
        # crash must happen twice, and a child that only forks may be lost for each worker and once more.
        losses, crashes = (self._workers + 1 if self._forking else 1), 1
        while True:
            with self._lent() as child:
                answer = self._asked(child, request, limit)
                if answer is None:
                    self._bury(child)
            if answer is None and losses:
                losses -= 1
            elif answer is not None and answer[0] < 0 and answer[0] != -_ALARM and crashes:
                crashes -= 1
            else:
                break
        if answer is None and self._forking:
            raise EngineError("its child processes are lost again and again", engine=self._engine)
        status, sample_rate, marks, samples = answer or (-1, 0, b"", b"")
        if status == -_ALARM:
            raise Hung
        if status < 0 or status == espeak_child.NOT_TAKEN:
            raise Crashed
        if status != espeak_child.DONE:
            raise Refused("too long" if status == espeak_child.TOO_LONG else "refused")
        return Spoken(samples, sample_rate, tuple(MARK.iter_unpack(marks)))

    def _asked(self, child: _Child, request: bytes, limit: float) -> tuple[int, int, bytes, bytes] | None:
        if self._tell is None:
            return child.ask(request, limit)
        began = time.perf_counter()
        try:
            return child.ask(request, limit)
        finally:
            self._tell(child.pid, began, time.perf_counter() - began)

    def warm_up(self) -> None:
        """Have a child that is idle, unless the pool is closed; where none can be had, the first request tells."""
        with suppress(EngineError):
            child = self._start()
            with self._mutex:
                self._idle.append(child)

    def close(self) -> None:
        """End all children at once, also those at work; safe to call twice."""
        with self._mutex:
            self._closed = True
            working = self._all - set(self._idle)
            idle, self._idle = self._idle, []
        for child in working:
            child.kill()
        for child in idle:
            self._drop(child)

    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the living children."""
        with self._mutex:
            return tuple(child.pid for child in self._all)

    @contextmanager
    def _lent(self) -> Iterator[_Child]:
        with self._slots:
            child = self._take()
            try:
                yield child
            except BaseException:
                self._drop(child)  # half an answer may be in its pipe
                raise
            with self._mutex:
                again = self._forking and not self._closed and child in self._all
                if again:
                    self._idle.append(child)
            if not again:
                self._drop(child)

    def _take(self) -> _Child:
        self._refuse_if_closed()
        with self._mutex:
            child = self._idle.pop() if self._idle else None
        if child is not None and not child.is_alive():
            self._drop(child)
            child = None
        if child is None:
            child = self._start()
        if not self._forking:
            # The next one loads the library while this one speaks.
            standing_by = self._start()
            with self._mutex:
                self._idle.append(standing_by)
        return child

    def _start(self) -> _Child:
        try:
            child = _Child(self._library, self._data, forking=self._forking)
        except OSError as error:
            raise EngineError(f"no child process could be started ({error})", engine=self._engine) from error
        with self._mutex:
            self._all.add(child)
            closed = self._closed
        if closed:
            self._drop(child)
            self._refuse_if_closed()
        return child

    def _bury(self, child: _Child) -> None:
        """Forget a lost child; raise if no other would fare better."""
        child.wait()
        if self._drop(child) == _UNLOADABLE:
            raise EngineError(
                "the espeak-ng library can't be loaded", engine=self._engine, hint="Install espeakng-loader anew"
            )
        self._refuse_if_closed()

    def _drop(self, child: _Child) -> int:
        with self._mutex:
            self._all.discard(child)
        return child.end()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise EngineError("it was closed", engine=self._engine)
