"""Runs a program for one utterance: its files in a folder of their own, for a limited time, with limited output, and to be stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from earmark.errors import EngineError, SynthesisError

NAME = "command"

_GLANCE = 0.05  # seconds between looks at how much it has written, and whether to stop
_LAST_LINES, _LAST_BYTES, _LONGEST_TOLD = 3, 4_000, 300
_SECRETS = "EARMARK_SECRET_"
_WINDOWS = sys.platform == "win32"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A program to be run: the text as it reads it, and its arguments once the two files are known."""

    text: str
    data: bytes
    argv: Callable[[Path, Path], Sequence[str]]
    reads_file: bool
    reads_input: bool
    writes_file: bool


class Runner:
    """Runs programs, at most `workers` at once; `close` ends them all, each with whatever it has started."""

    def __init__(self, *, seconds: float, most_bytes: int, workers: int = 1) -> None:
        """Keep the limits; nothing is started."""
        self._seconds, self._most_bytes = seconds, most_bytes
        self._slots = threading.BoundedSemaphore(max(1, workers))
        self._mutex = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def run(self, call: Call) -> bytes:
        """Return what the program wrote. Raises `SynthesisError` if it fails, `EngineError` if it can't be run."""
        with self._slots, tempfile.TemporaryDirectory(prefix="earmark-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            text_file, out, said = folder / "text.txt", folder / "out.wav", folder / "messages.txt"
            text_file.write_bytes(call.data)
            written = out if call.writes_file else folder / "output"
            with (
                (text_file if call.reads_input else Path(os.devnull)).open("rb") as given,
                (folder / "output").open("wb") as output,
                said.open("wb") as messages,
            ):
                code = self._wait(call, call.argv(text_file, out), (given, output, messages), (written, said))
            if code:
                why = f"ended by signal {-code}" if code < 0 else f"ended with code {code}"
                raise _failed(f"the program {why}{_last_words(said)}", call)
            if not written.is_file():
                raise _failed(f"the program wrote no file{_last_words(said)}", call)
            content = self._read(written, call)
            if not content:
                raise _failed(f"the program wrote nothing{_last_words(said)}", call)
            return content

    def close(self) -> None:
        """End every program that runs; safe to call twice."""
        with self._mutex:
            self._closed = True
            for process in self._running:
                _end(process)

    def _wait(
        self, call: Call, argv: Sequence[str], streams: tuple[IO[bytes], IO[bytes], IO[bytes]], files: tuple[Path, Path]
    ) -> int:
        """Return the exit code; ends the program when it takes or writes too much, or when it is closed."""
        until = time.monotonic() + self._seconds
        with self._started(argv, streams) as process:
            while True:
                try:
                    return process.wait(timeout=_GLANCE)
                except subprocess.TimeoutExpired:
                    why = self._reason_to_end(files, until)
                if why:
                    raise _failed(f"{why}{_last_words(files[1])}", call)

    def _reason_to_end(self, files: tuple[Path, Path], until: float) -> str:
        if self._closed:
            return "it was interrupted"
        if time.monotonic() > until:
            return f"the program took more than {self._seconds:g} s"
        if sum(_size(file) for file in files) > self._most_bytes:
            return f"the program wrote more than {self._most_bytes:,} bytes"
        return ""

    @contextlib.contextmanager
    def _started(
        self, argv: Sequence[str], streams: tuple[IO[bytes], IO[bytes], IO[bytes]]
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """Give the program, running in a group of its own; nothing of it is left afterwards."""
        # Secrets are not for every program; all else may be what it needs to find its voices.
        environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(_SECRETS) or key == f"{_SECRETS}COMMAND"
        }
        with self._mutex:
            if self._closed:
                raise EngineError("it is closed", engine=NAME)
            try:
                process = subprocess.Popen(  # noqa: S603 (settings name it; no shell, and no article becomes an option)
                    argv,
                    stdin=streams[0],
                    stdout=streams[1],
                    stderr=streams[2],
                    env=environment,
                    start_new_session=not _WINDOWS,
                )
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or str(error)
                raise EngineError(f"the program can't be run: {why}", engine=NAME, hint="Look at argv.") from error
            self._running.add(process)
        try:
            yield process
        finally:
            with self._mutex:
                self._running.discard(process)
            _end(process)
            process.wait()

    def _read(self, path: Path, call: Call) -> bytes:
        with path.open("rb") as file:
            content = file.read(self._most_bytes + 1)
        if len(content) > self._most_bytes:
            raise _failed(f"the program wrote more than {self._most_bytes:,} bytes", call)
        return content


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that runs, and the group that it leads: a wrapper's own child holds on to its files else."""
    if process.returncode is not None:
        return
    if _WINDOWS:
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _failed(message: str, call: Call) -> SynthesisError:
    return SynthesisError(message, engine=NAME, utterance=call.text)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _last_words(path: Path) -> str:
    """Return the last lines that a program has written for people, as they can be shown in one."""
    with path.open("rb") as file:
        file.seek(max(0, _size(path) - _LAST_BYTES))
        lines = file.read(_LAST_BYTES).decode("utf-8", "replace").splitlines()
    shown = ["".join(one if one.isprintable() else " " for one in line).strip() for line in lines]
    told = " / ".join([line for line in shown if line][-_LAST_LINES:])
    return f": {told if len(told) <= _LONGEST_TOLD else '…' + told[-_LONGEST_TOLD:]}" if told else ""
