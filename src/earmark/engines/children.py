"""Child processes that speak for an engine: lent to one thread at a time, ended when late, replaced when lost."""

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from earmark.engines.espeak.child import LENGTH, read_exactly, write_all  # which is run alone, so it has its own
from earmark.errors import EngineError

Answer = TypeVar("Answer")
Take = Callable[[int], bytes]  # gives so many bytes of the answer; raises `EOFError` where it ends before

_GRACE = 5.0  # seconds that a child whose output has ended has to come to its own end
_SET_PIPE_SIZE, _PIPE_SIZE = 1031, 1 << 20  # Linux: a whole answer fits, and the child need not wait until it is read


class Hung(Exception):
    """The child did not come to an end on this request."""


class Lost(Exception):
    """The child ended before it had answered: `code` is its exit code, minus the signal that ended it."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class Child:
    """One process and its pipes."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start our own interpreter with these arguments. Raises `OSError`."""
        # -I: a stray struct.py in a folder of articles must not be taken for the standard library's.
        # Its own session and group: a terminal's Ctrl-C is not for it. C.UTF-8: espeak asks the
        # locale what a letter is, and the sound must not depend on the reader's machine.
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
            [sys.executable, "-I", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.pid = self._process.pid
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:  # pragma: no cover (both are pipes)
            raise OSError("a child has no pipes")
        self._source, self._target = source, target
        if sys.platform == "linux":
            import fcntl  # noqa: PLC0415 (not on Windows)

            with suppress(OSError):  # the system may allow less
                fcntl.fcntl(source.fileno(), _SET_PIPE_SIZE, _PIPE_SIZE)

    def is_alive(self) -> bool:
        """Tell whether it has not ended."""
        return self._process.poll() is None

    def ask(self, request: bytes, read: Callable[[Take], Answer]) -> Answer | None:
        """Return what `read` makes of the answer, None if the child was lost."""
        try:
            write_all(self._target.fileno(), LENGTH.pack(len(request)) + request)
            return read(self._take)
        except (OSError, EOFError):
            return None

    def _take(self, length: int) -> bytes:
        taken = read_exactly(self._source.fileno(), length)
        if len(taken) < length:
            raise EOFError
        return taken

    def wait(self) -> None:
        """Let a process whose output has ended come to its own end, to learn its exit code."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)

    def kill(self) -> None:
        """End the process; the thread that waits for its answer cleans up."""
        with suppress(OSError):
            self._process.kill()

    def end(self) -> int:
        """End the process, if it has not ended; return its exit code (minus the signal)."""
        self.kill()
        code = self._process.wait()
        for pipe in (self._source, self._target):
            with suppress(OSError):
                pipe.close()
        return code


class _Watchdog:
    """Ends children that take too long: one thread for all, which sleeps until the first of them is late.

    No pipe need be waited for, so it is the same on every system; and a sentence costs no thread of its own.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._until: dict[Child, float] = {}
        self._wakes = 0.0  # when the thread looks again; 0.0 if it does not run, infinity if it sleeps till it is woken
        self._closed = False

    @contextmanager
    def over(self, child: Child, seconds: float) -> Iterator[Callable[[], bool]]:
        """End `child` if what is done here takes longer than that; yield what tells whether it was."""
        until = time.monotonic() + seconds
        with self._changed:
            self._until[child] = until
            if not self._wakes:
                self._wakes = math.inf
                threading.Thread(target=self._watch, name="engine-watchdog", daemon=True).start()
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


class Pool(Generic[Answer]):
    """At most `workers` children; a thread that finds none idle waits for one.

    What a child is started with and how its answer is read is the engine's: `arguments`, `environment` and `read`.
    Children that speak `once` are not asked again: the next one loads while this one speaks.
    """

    def __init__(  # noqa: PLR0913 (what engines differ in)
        self,
        engine: str,
        arguments: Sequence[str],
        read: Callable[[Take], Answer],
        *,
        workers: int,
        environment: Mapping[str, str] | None = None,
        once: bool = False,
    ) -> None:
        """Keep how to start children; none is started before the first request."""
        self._engine = engine
        self._arguments, self._environment = tuple(arguments), dict(environment or {})
        self._read = read
        self._workers = max(1, workers)
        self._once = once
        self._slots = threading.BoundedSemaphore(self._workers)
        self._mutex = threading.Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._watchdog = _Watchdog()
        self._closed = False
        self._tell: Callable[[int, float, float], None] | None = None

    def watch(self, tell: Callable[[int, float, float], None]) -> None:
        """Have `tell` hear of each piece of work: process id, when it began on the steady clock, seconds."""
        self._tell = tell

    def ask(self, request: bytes, seconds: float) -> Answer:
        """Return the answer of a child.

        Raises `Hung` (after `seconds`), `Lost`, and `EngineError` if there is no child to be had.
        """
        with self._lent() as child:
            with self._watchdog.over(child, seconds) as is_late:
                answer = self._asked(child, request)
                late = answer is None and is_late()
            if answer is not None:
                return answer
            child.wait()
            code = self._drop(child)
        if late:
            raise Hung
        self._refuse_if_closed()
        raise Lost(code)

    def _asked(self, child: Child, request: bytes) -> Answer | None:
        if self._tell is None:
            return child.ask(request, self._read)
        began = time.perf_counter()
        try:
            return child.ask(request, self._read)
        finally:
            self._tell(child.pid, began, time.perf_counter() - began)

    def warm_up(self, children: int = 1) -> None:
        """Start so many children, so that they have loaded what they need; what can't be had the first request tells."""
        with suppress(EngineError):
            while len(self.pids()) < children:
                self._keep(self._start())

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
    def _lent(self) -> Iterator[Child]:
        with self._slots:
            child = self._take()
            try:
                yield child
            except BaseException:
                self._drop(child)  # half an answer may be in its pipe
                raise
            if self._once:
                self._drop(child)
            else:
                self._keep(child)

    def _take(self) -> Child:
        self._refuse_if_closed()
        with self._mutex:
            child = self._idle.pop() if self._idle else None
        if child is not None and not child.is_alive():
            self._drop(child)
            child = None
        if child is None:
            child = self._start()
        if self._once:
            self._keep(self._start())
        return child

    def _start(self) -> Child:
        try:
            child = Child(self._arguments, self._environment)
        except OSError as error:
            raise EngineError(f"no child process could be started ({error})", engine=self._engine) from error
        with self._mutex:
            self._all.add(child)
            closed = self._closed
        if closed:
            self._drop(child)
            self._refuse_if_closed()
        return child

    def _keep(self, child: Child) -> None:
        """Have it wait for the next request, unless it was dropped or the pool was closed."""
        with self._mutex:
            again = not self._closed and child in self._all
            if again:
                self._idle.append(child)
        if not again:
            self._drop(child)

    def _drop(self, child: Child) -> int:
        with self._mutex:
            self._all.discard(child)
        return child.end()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise EngineError("it was closed", engine=self._engine)
