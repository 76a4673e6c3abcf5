"""The piper engine's child processes: one thread each, lent to one thread at a time, replaced when they are lost."""

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from earmark.engines.espeak.child import read_exactly, write_all
from earmark.engines.piper import child as piper_child
from earmark.engines.piper.child import LENGTH, MARK, REPLY
from earmark.errors import EngineError

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

    def ask(self, request: bytes) -> Answer | None:
        """Return the answer, None if the child was lost."""
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:  # pragma: no cover (both are pipes)
            return None
        return _exchange(target.fileno(), source.fileno(), request)

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


def _exchange(target: int, source: int, request: bytes) -> Answer | None:
    try:
        write_all(target, LENGTH.pack(len(request)) + request)
        head = read_exactly(source, REPLY.size)
        if len(head) < REPLY.size:
            return None
        status, rate, told, marks, length = REPLY.unpack(head)
        message = read_exactly(source, told)
        mark_bytes = read_exactly(source, marks * MARK.size)
        samples = read_exactly(source, length)
    except OSError:
        return None
    if (len(message), len(mark_bytes), len(samples)) != (told, marks * MARK.size, length):
        return None
    return Answer(status, rate, message.decode("utf-8", "replace"), tuple(MARK.iter_unpack(mark_bytes)), samples)


class _Watchdog:
    """Ends children that take too long: one thread for all, which sleeps until the first of them is late.

    No pipe need be waited for, so it is the same on every system; and a sentence costs no thread of its own.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._until: dict[_Child, float] = {}
        self._wakes = 0.0  # when the thread looks again; 0.0 if it does not run, infinity if it sleeps till it is woken
        self._closed = False

    @contextmanager
    def over(self, child: _Child, seconds: float) -> Iterator[Callable[[], bool]]:
        """End `child` if what is done here takes longer than that; yield what tells whether it was."""
        until = time.monotonic() + seconds
        with self._changed:
            self._until[child] = until
            if not self._wakes:
                self._wakes = math.inf
                threading.Thread(target=self._watch, name="piper-watchdog", daemon=True).start()
            elif until < self._wakes:
                self._changed.notify()
        try:
            yield lambda: child not in self._until
        finally:
            with self._changed:
                self._until.pop(child, None)

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for child in [child for child, until in self._until.items() if until <= now]:
                    del self._until[child]
                    child.kill()
                self._wakes = min(self._until.values(), default=math.inf)
                self._changed.wait(None if self._wakes == math.inf else self._wakes - now)


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
        self._watchdog = _Watchdog()
        self._closed = False

    def ask(self, request: bytes, seconds: float) -> Answer:
        """Return the answer of a child.

        Raises `Crashed`, `Hung` (after `seconds`), and `EngineError` if there is no child to be had.
        """
        for _ in range(2):  # what ends a process from outside is not the text's fault: a crash must happen twice
            with self._lent() as child:
                with self._watchdog.over(child, seconds) as is_late:
                    answer = child.ask(request)
                    late = answer is None and is_late()
                if answer is not None:
                    return answer
                self._drop(child)
            if late:
                raise Hung
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
            self._watchdog.close()
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
