"""The piper engine's child processes: one thread each, lent to one thread at a time, replaced when they are lost."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from earmark.engines import piper_child
from earmark.engines.espeak_child import read_exactly, write_all
from earmark.engines.piper_child import LENGTH, MARK, REPLY
from earmark.errors import EngineError

_CAN_POLL = hasattr(select, "poll")
_SET_PIPE_SIZE, _PIPE_SIZE = 1031, 1 << 20  # Linux: a whole answer fits, and the child need not wait until it is read


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child gave: a status of `piper_child`, its message, int16 samples, marks (position in the text, sample)."""

    status: int
    sample_rate: int
    message: str
    marks: tuple[tuple[int, int], ...]
    samples: bytes


class Crashed(Exception):
    """The child ended on this text, twice."""


class Hung(Exception):
    """The child did not come to an end on this text."""


class _Child:
    """One process and its pipes."""

    def __init__(self, folders: Sequence[str]) -> None:
        # -I: a stray json.py in a folder of articles must not be taken for the standard library's; so the child
        # is told where to import from. Its own session: a terminal's Ctrl-C is not for it.
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
            [sys.executable, "-I", str(Path(piper_child.__file__)), *folders],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.pid = self._process.pid
        if sys.platform == "linux" and self._process.stdout is not None:
            import fcntl  # noqa: PLC0415 (not on Windows)

            with suppress(OSError):  # the system may allow less
                fcntl.fcntl(self._process.stdout.fileno(), _SET_PIPE_SIZE, _PIPE_SIZE)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, seconds: float) -> Answer | None:
        """Return the answer, None if the child was lost. May raise `Hung`."""
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:  # pragma: no cover (both are pipes)
            return None
        if _CAN_POLL:
            answer = _exchange(target.fileno(), _patient(source.fileno(), seconds), request)
        else:  # pragma: no cover (pipes of Windows can't be waited for: a timer ends the child instead)
            watchdog = threading.Timer(seconds, self.kill)
            watchdog.daemon = True
            watchdog.start()
            try:
                answer = _exchange(target.fileno(), partial(read_exactly, source.fileno()), request)
            finally:
                watchdog.cancel()
        return answer

    def end(self) -> None:
        """End the process, if it has not ended."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def kill(self) -> None:
        """End the process; the thread that waits for its answer cleans up."""
        with suppress(OSError):
            self._process.kill()


def _patient(source: int, seconds: float) -> Callable[[int], bytes]:
    """Return what reads as `read_exactly` does, and raises `Hung` when `seconds` have passed."""
    until = time.monotonic() + seconds
    poll = select.poll()
    poll.register(source, select.POLLIN)

    def read(length: int) -> bytes:
        pieces = []
        while length > 0:
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                raise Hung
            piece = os.read(source, min(length, 1 << 20))
            if not piece:
                break
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    return read


def _exchange(target: int, read: Callable[[int], bytes], request: bytes) -> Answer | None:
    try:
        write_all(target, LENGTH.pack(len(request)) + request)
        head = read(REPLY.size)
        if len(head) < REPLY.size:
            return None
        status, rate, told, marks, length = REPLY.unpack(head)
        message = read(told)
        mark_bytes = read(marks * MARK.size)
        samples = read(length)
    except OSError:
        return None
    if (len(message), len(mark_bytes), len(samples)) != (told, marks * MARK.size, length):
        return None
    return Answer(status, rate, message.decode("utf-8", "replace"), tuple(MARK.iter_unpack(mark_bytes)), samples)


class Pool:
    """At most `workers` children; a thread that finds none idle waits for one."""

    def __init__(self, engine: str, folders: Sequence[str], *, workers: int) -> None:
        """Keep how to start children; none is started before the first request."""
        self._engine = engine
        self._folders = tuple(folders)
        self._workers = max(1, workers)
        self._slots = threading.BoundedSemaphore(self._workers)
        self._mutex = threading.Lock()
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._closed = False

    def ask(self, request: bytes, seconds: float) -> Answer:
        """Return the answer of a child.

        Raises `Crashed`, `Hung` (after `seconds`), and `EngineError` if there is no child to be had.
        """
        for _ in range(2):  # what ends a process from outside is not the text's fault: a crash must happen twice
            with self._lent() as child:
                answer = child.ask(request, seconds)
                if answer is not None:
                    return answer
                self._drop(child)
            self._refuse_if_closed()
        raise Crashed

    def warm_up(self) -> None:
        """Start every child, so that it has loaded its packages when it is needed; what can't be had the first request tells."""
        with suppress(EngineError):
            while len(self.pids()) < self._workers:
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
                again = not self._closed and child in self._all
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
        return child or self._start()

    def _start(self) -> _Child:
        try:
            child = _Child(self._folders)
        except OSError as error:
            raise EngineError(f"no child process could be started ({error})", engine=self._engine) from error
        with self._mutex:
            self._all.add(child)
            closed = self._closed
        if closed:
            self._drop(child)
            self._refuse_if_closed()
        return child

    def _drop(self, child: _Child) -> None:
        with self._mutex:
            self._all.discard(child)
        child.end()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise EngineError("it was closed", engine=self._engine)
