"""Composes in child processes that can be stopped: a pathological article costs its own time, nobody else's.

Parsers take minutes, gigabytes or a crash on hostile text. Each child composes one article at a time;
one that passes its time or dies is replaced. `parcels` tells what comes back, and how it is looked at.
"""

import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import SimpleQueue
from threading import Lock, Timer
from typing import IO

from msgspec.structs import replace

from earmark.article import Lexeme
from earmark.errors import EarmarkError, ReadError
from earmark.pipeline import reader
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.limits import Limits, allow_memory, limit_memory, limits_of, set_alarm
from earmark.pipeline.parcels import Answer, NoAnswer, packed, unpacked
from earmark.pipeline.stopwatch import Span, Stopwatch

_LENGTH = struct.Struct(">Q")
_GARBAGE = 50_000, 20, 1_000  # an article is made of values that live to its end: garbage is looked for less often
_LONGEST_ANSWER = 2_000_000_000  # bytes: no child may hold as much


def _patience(seconds: float) -> float:
    """Return how long to wait for so many seconds of a core: other work may have the cores meanwhile."""
    return 10 * seconds + 10


class Desk:
    """Up to `children` child processes that compose; `compose` may be called from several threads."""

    def __init__(
        self, children: int = 1, lexicon: Sequence[Lexeme] = (), started: reader.Process | None = None
    ) -> None:
        """Start the first child at once, so that it loads its parsers while the caller goes on, or take one that is `started`.

        `lexicon` is the site's: each child gets it once.
        """
        self._lexicon = pickle.dumps(tuple(lexicon)) if lexicon else b""
        self._slots: SimpleQueue[_Child | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._alive: set[_Child] = set()
        self._slots.put(self._start(started))
        for _ in range(children - 1):
            self._slots.put(None)

    def compose(self, source: Source) -> Composed:
        """Compose in a child. Raises `ReadError`, also when the child takes too long or dies."""
        child = self._slots.get()
        keep: _Child | None = None
        try:
            child = child or self._start()
            answer = child.ask(source, limits_of(source))
            keep = child
        finally:
            if keep is None and child is not None:
                self._drop(child)
            self._slots.put(keep)
        if isinstance(answer, Composed):
            return answer
        message, line, hint, code = answer
        raise ReadError(message, source=source.label, line=line, hint=hint, code=code)

    def close(self) -> None:
        """End all children; safe to call twice and from another thread."""
        with self._lock:
            self._closed = True
            children = list(self._alive)
        for child in children:
            child.stop()

    def _start(self, process: reader.Process | None = None) -> "_Child":
        with self._lock:
            if self._closed:
                raise EarmarkError("reading was stopped")
            try:
                child = _Child(self._lexicon, process)
            except OSError as error:
                hint = "End some other programs, or build with fewer --jobs."
                raise EarmarkError(f"no process to read in could be started: {error.strerror}", hint=hint) from None
            self._alive.add(child)
            return child

    def _drop(self, child: "_Child") -> None:
        with self._lock:
            self._alive.discard(child)
        child.stop()


_UNREADABLE = "unreadable"


class _Child:
    """One child process."""

    def __init__(self, lexicon: bytes, process: reader.Process | None) -> None:
        self._greeting = lexicon
        self._process = process or reader.start()

    def ask(self, source: Source, limits: Limits) -> Answer:
        """Send `source` and wait for the answer; its seconds begin when the child is ready.

        Raises `ReadError` if none comes that can be used; the child is of no use then.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # Popen was told to make both
            raise AssertionError
        late: list[bool] = []
        timer: Timer | None = None
        try:
            if self._greeting:
                _send(stdin, self._greeting)
                self._greeting = b""
            _send(stdin, pickle.dumps((source, limits)))
            if _receive(stdout) is not None:  # "ready": the child's own start is not the article's fault
                timer = Timer(_patience(limits.seconds), self._expire, (late,))
                timer.daemon = True
                timer.start()
            answer = _answered(_parcels(stdout), source)
        except (OSError, ValueError):  # the child is gone, or `stop` has closed its pipes under our hands
            answer = None
        finally:
            if timer:
                timer.cancel()
                timer.join()  # else it might yet kill a child that works on the next article
        if answer is None or late:
            raise _lost(source, limits.seconds, late=bool(late), status=self._ended())
        return answer

    def _ended(self) -> int:
        """Return how the child ended; one that has closed its pipe and lives on is ended."""
        try:
            return self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _expire(self, late: list[bool]) -> None:
        late.append(True)
        self._process.kill()

    def stop(self) -> None:
        """Kill and reap."""
        reader.end(self._process)


def _lost(source: Source, seconds: float, *, late: bool, status: int) -> ReadError:
    """Say why no answer came."""
    if late or (os.name == "posix" and status == -signal.SIGPROF):
        return ReadError(
            f"reading it was stopped after {seconds:.3g} seconds",
            source=source.label,
            hint="Something in it is nested or repeated beyond reason; raise seconds in [reading] if it is meant.",
        )
    return ReadError(
        f"reading it ended the reading process (status {status})",
        source=source.label,
        hint="Cut the article in two to find the place, and please report it.",
    )


def _answered(parcels: Iterator[bytes], source: Source) -> Answer | None:
    """Return the answer, None if the child is gone before its end. Raises `ReadError` if it is none."""
    try:
        return unpacked(parcels)
    except StopIteration:
        return None
    except NoAnswer:
        raise ReadError(
            "what the reading process made of it is no article",
            source=source.label,
            hint="Do not trust this file, and please report it.",
        ) from None


def _parcels(pipe: IO[bytes]) -> Iterator[bytes]:
    """Yield what the child sends, no more than one could hold."""
    length = 0
    while (data := _receive(pipe)) is not None and length + len(data) <= _LONGEST_ANSWER:
        length += len(data)
        yield data


def _send_back(pipe: IO[bytes], data: bytes) -> None:
    """Send to the parent; where it is gone, nobody is left to be told, and this child ends in silence."""
    try:
        _send(pipe, data)
    except OSError:
        os._exit(1)


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next message, None if the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST_ANSWER:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None


def serve() -> None:
    """Run in the child: compose what comes in until the parent closes the pipe."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print in a library must not reach the answers
    gc.set_threshold(*_GARBAGE)
    from earmark.pipeline.compose import compose as composes  # noqa: PLC0415 (only the child loads the parsers)
    from earmark.pipeline.compose import warm_up  # noqa: PLC0415 (likewise)
    from earmark.spoken.lexicon import Entries  # noqa: PLC0415 (likewise)

    laps: list[Span] = []
    timed = Stopwatch(laps.append).stage
    compose: Callable[[Source], Composed] = partial(composes, timed=timed)

    limit_memory()
    warm_up()
    while (data := _receive(stdin)) is not None:
        message = pickle.loads(data)  # noqa: S301 (from our own parent)
        if isinstance(message[0], Lexeme):
            compose = partial(composes, site=Entries(message), timed=timed)
            continue
        source, limits = message
        laps.clear()
        _send_back(stdout, b"ready")
        set_alarm(limits.seconds)
        allow_memory(limits.memory)
        try:
            for parcel in _answer(compose, source, laps):
                _send_back(stdout, parcel)
        finally:
            set_alarm(0)


def _answer(compose: Callable[[Source], Composed], source: Source, laps: Sequence[Span] = ()) -> Iterator[bytes]:
    """Yield the answer's parcels. Packing is deep work too, and may meet what composing met: then the last one tells."""
    try:
        yield from packed(_timed(compose(source), laps))  # by no name of ours: what is sent is let go
    except ReadError as error:
        yield from packed((error.message, error.line, error.hint, error.code))
    except MemoryError:
        hint = "Something in it is nested or repeated beyond reason; raise most_memory in [reading] if it is meant."
        yield from packed(("reading it takes more memory than an article of its words needs", None, hint, _UNREADABLE))
    except RecursionError:
        yield from packed(("it is nested too deeply", None, "Flatten its lists, quotations or brackets.", _UNREADABLE))
    except Exception as error:  # the border of this process: the parent tells it, and builds the others
        if os.environ.get("EARMARK_DEBUG"):
            raise
        message = f"earmark failed on it ({type(error).__name__}: {error})"
        yield from packed((message, None, "This is a fault of earmark: please report it.", _UNREADABLE))


def _timed(composed: Composed, laps: Sequence[Span]) -> Composed:
    """Return it with how long each stage took, where that was timed."""
    told = tuple((lap.name, lap.began, lap.seconds, lap.process) for lap in laps)
    return replace(composed, laps=told) if told else composed
