"""Starts the process that articles are read in; light, so that it can load its parsers while all else is loaded."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

Process = subprocess.Popen[bytes]
_START = "import sys; sys.path[:] = {path!r}; from earmark.pipeline.desk import serve; serve()"
_LOOKED_AT = 300  # files of a folder: more than that take longer to look at than a process takes to start


def start() -> Process:
    """Start a process that composes what it gets. Raises `OSError`."""
    path = [entry for entry in sys.path if entry and os.path.isabs(entry)]  # noqa: PTH117 (strings of sys.path)
    return subprocess.Popen(  # noqa: S603 (our own interpreter, our own code)
        [sys.executable, "-I", "-c", _START.format(path=path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0 if os.name == "posix" else None,  # Ctrl-C is the parent's to handle
    )


def end(process: Process) -> None:
    """Kill and reap; nothing in the process is worth saving. Safe to call twice."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:  # what was still to be written is lost, as it should be
                continue


@contextmanager
def started_early(sources: Sequence[Path], index: Path) -> Iterator[Process | None]:
    """Give a process that is already loading its parsers, where something looks changed since `index` was written.

    A wrong guess costs time alone: nobody but the index itself decides what is made.
    """
    process = None
    if _looks_changed(sources, index):
        try:
            process = start()
        except OSError:  # whoever needs one tells why there is none
            process = None
    try:
        yield process
    finally:
        if process:
            end(process)


def _looks_changed(sources: Sequence[Path], index: Path) -> bool:
    try:
        written = index.stat().st_mtime_ns
        return any(
            file.stat().st_mtime_ns > written
            for source in sources
            for file in (islice(source.rglob("*"), _LOOKED_AT) if source.is_dir() else (source,))
        )
    except OSError:  # nothing was built here yet, or a source can't be looked at
        return all(source.exists() for source in sources)
