"""Workers of a scheduler of Dask: the only place that knows `distributed`, which an extra brings."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from earmark import __version__
from earmark.errors import EarmarkError
from earmark.library.distributed.schedulers import ExecutorUnreachable, ExecutorUnusable, address_for

if TYPE_CHECKING:
    from distributed import Future

_T = TypeVar("_T")

_CONNECTING = 10  # seconds that a scheduler has to answer in
_ASKING = 60  # seconds that all workers have to answer in
_WITHOUT_WORKERS = 60  # seconds that all workers may be gone
_GLANCE = 0.1  # seconds between looks at whether to stop
_LETTING_GO = 20  # seconds that a process has to end in when its worker lets go of it


class GivenUp(Exception):
    """Whoever waits was told to stop."""


class Answer(Struct, frozen=True):
    """What came of a batch: what its process told and how that ended, and which worker it was of, "" if it died with it."""

    worker: str = ""
    code: int = -1
    told: bytes = b""


class Workers:
    """The workers of one scheduler, while a build lasts."""

    def __init__(self, written: str, stop: threading.Event) -> None:
        """Connect. Raises `ExecutorUnusable`, `ExecutorUnreachable`, and `GivenUp` once `stop` is set."""
        self.address, self._stop = written, stop
        self._done: SimpleQueue[tuple[int, Future[Any]]] = SimpleQueue()
        self._kept: dict[int, Future[Any]] = {}
        self._seen = monotonic()
        self._client: Any = self._patiently(lambda: _connected(address_for(written), written), _CONNECTING * 2)

    def close(self) -> None:
        """Let go of the scheduler: it cancels what is not done, and workers end what they are at."""
        self._kept.clear()
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with suppress(OSError, TimeoutError, RuntimeError):
            self._client.close(timeout=1)

    def threads(self) -> int:
        """Return how many batches can be built at once, 0 if there is no worker."""
        return sum(self._patiently(self._client.nthreads, _CONNECTING).values())

    def look(self, *, cwd: str, out: str, source: str, size: int, token: str) -> None:
        """Ask every worker whether it is one that can build. Raises `ExecutorUnusable`, which names it."""
        if not self.threads():
            hint = "Start some: dask worker HOST:8786, where earmark is installed."
            raise ExecutorUnreachable(f"{self.address} has no workers", hint=hint)
        answers = self._patiently(
            lambda: self._client.run(look_around, cwd, out, source, size, token, on_error="return"), _ASKING
        )
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, BaseException):  # most often what it lacks, wrapped by distributed as it likes
                hint = f"Install earmark there as it is here: pip install earmark=={__version__}"
                raise ExecutorUnusable(f"worker {worker} can't load earmark: {answer}", hint=hint)
            version, complaint = answer
            if version != __version__:
                hint = f"Install there what is here: pip install earmark=={__version__}"
                raise ExecutorUnusable(f"worker {worker} has earmark {version}, this is {__version__}", hint=hint)
            if complaint:
                hint = "Articles and editions have to lie in folders that all machines share, under the same paths."
                raise ExecutorUnusable(f"worker {worker} {complaint}", hint=hint)

    def submit(self, number: int, job: bytes, cwd: str) -> None:
        """Have a batch built."""
        future = self._client.submit(build_there, job, cwd, pure=False)
        self._kept[number] = future
        future.add_done_callback(lambda done: self._done.put((number, done)))

    def next(self) -> tuple[int, Answer]:
        """Wait for a batch, and return its number and what came of it.

        Raises `ExecutorUnreachable` where scheduler or workers are gone, and `GivenUp`.
        """
        while True:
            try:
                number, future = self._done.get(timeout=_GLANCE)
            except Empty:
                self._still_there()
                continue
            status = future.status
            if self._kept.pop(number, None) is None:
                continue
            if status == "finished":
                worker, code, told = self._patiently(future.result, _ASKING)
                return number, Answer(worker, code, told)
            if status == "error":
                return number, self._without_worker(future)
            raise self._lost()

    def _without_worker(self, future: "Future[Any]") -> Answer:
        """Return the answer of workers that died of a batch, more often than the scheduler lets pass."""
        error = self._patiently(future.exception, _ASKING)
        if type(error).__name__ == "KilledWorker":
            return Answer()
        hint = "The worker's own log tells more."
        raise ExecutorUnusable(f"a worker could not begin ({type(error).__name__}: {error})", hint=hint)

    def _still_there(self) -> None:
        if self._stop.is_set():
            raise GivenUp
        if self._client.status != "running":
            raise self._lost()
        now = monotonic()
        if now - self._seen > _CONNECTING:
            if self.threads():
                self._seen = now
            elif now - self._seen > _WITHOUT_WORKERS:
                raise ExecutorUnreachable(f"{self.address} has no workers any more", hint=_GOES_ON)

    def _lost(self) -> ExecutorUnreachable:
        return ExecutorUnreachable(f"the scheduler at {self.address} is lost", hint=_GOES_ON)

    def _patiently(self, ask: Callable[[], _T], longest: float) -> _T:
        """Return what `ask` returns, from a thread that can be left alone when told to stop."""
        answers: SimpleQueue[tuple[_T | None, BaseException | None]] = SimpleQueue()

        def asking() -> None:
            try:
                answers.put((ask(), None))
            except BaseException as error:  # noqa: BLE001 (it is raised where it was asked)
                answers.put((None, error))

        threading.Thread(target=asking, daemon=True).start()
        end = monotonic() + longest
        while monotonic() < end:
            with suppress(Empty):
                answer, error = answers.get(timeout=_GLANCE)
                if isinstance(error, EarmarkError):
                    raise error
                if error is not None:
                    raise self._lost() from error
                return answer  # type: ignore[return-value]  # of no error there is an answer
            if self._stop.is_set():
                raise GivenUp
        raise self._lost()


_GOES_ON = "What is finished is kept. Run the same command again once it is back: it makes what is not there."


def _connected(address: str, written: str) -> Any:  # noqa: ANN401 (distributed has half a set of types)
    try:
        from distributed import Client  # noqa: PLC0415 (an extra, and slow to load)
    except ImportError:
        hint = 'Install it: pip install "earmark[dask]"'
        raise ExecutorUnusable(f"{written}: what speaks with schedulers is not installed", hint=hint) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would say is told as an error, once
    try:
        start: Any = Client
        return start(address, timeout=_CONNECTING, set_as_default=False)
    except OSError:
        hint = "Start it (dask scheduler), or try again when it is there."
        raise ExecutorUnreachable(f"{written}: no scheduler answers within {_CONNECTING} seconds", hint=hint) from None
    except (TypeError, ValueError, RuntimeError) as error:
        hint = "Certificates are named by DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__TLS__CLIENT__CERT and …__TLS__CLIENT__KEY."
        raise ExecutorUnusable(f"{written}: {error}", hint=hint) from None


def look_around(cwd: str, out: str, source: str, size: int, token: str) -> tuple[str, str]:
    """Return, on a worker, its earmark's version and what keeps it from building, "" if nothing does."""
    if not Path(cwd).is_dir():
        return __version__, f"does not see the folder {cwd}"
    try:
        if (Path(cwd) / source).stat().st_size != size:
            return __version__, f"sees another {source}"
    except OSError:
        return __version__, f"does not see {source}"
    there = Path(cwd) / out / token
    if not there.is_file():
        return __version__, f"does not see the folder {out} that this machine writes into"
    mine = there.with_name(f"{there.name}-{os.getpid()}-{threading.get_ident()}")
    try:
        mine.write_bytes(b"")
        mine.unlink()
    except OSError as error:
        return __version__, f"can't write into {out}: {error.strerror}"
    return __version__, ""


def build_there(job: bytes, cwd: str) -> tuple[str, int, bytes]:
    """Build a batch, on a worker, in a process of its own: what kills that leaves the worker alive."""
    from distributed import get_worker  # noqa: PLC0415 (an extra)

    worker = get_worker()
    key = worker.get_current_task()

    def wanted() -> bool:
        task = worker.state.tasks.get(key)
        return worker.status.name == "running" and task is not None and task.state != "cancelled"

    code, told = run_apart(job, cwd, wanted)
    return str(worker.address), code, told


def run_apart(job: bytes, cwd: str, wanted: Callable[[], bool]) -> tuple[int, bytes]:
    """Return how a process ended that built a batch, and what it told; it ends when the batch is not wanted any more."""
    from earmark.library.distributed.batches import framed  # noqa: PLC0415 (it builds; whoever asks for it does not)

    command = [sys.executable, "-P", "-m", "earmark.library.distributed.batches"]
    with TemporaryFile() as answer:
        child = subprocess.Popen(  # noqa: S603 (earmark itself)
            command, stdin=subprocess.PIPE, stdout=answer, cwd=cwd, start_new_session=True
        )
        with child:
            assert child.stdin is not None  # noqa: S101 (it was asked for)
            with suppress(BrokenPipeError):
                child.stdin.write(framed(job))
                child.stdin.flush()
            while child.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(_GLANCE)
                    break
                if not wanted():
                    _let_go(child)
        answer.seek(0)
        return child.returncode, answer.read()


def _let_go(child: "subprocess.Popen[bytes]") -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(_LETTING_GO)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
