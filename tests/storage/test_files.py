"""Atomic files, sweeping and locks, also against processes that are killed."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from earmark.errors import WriteError
from earmark.storage import Lock, files, holding, sweep, write_atomically


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _start(code: str, *arguments: Path | str) -> subprocess.Popen[str]:
    """Start a Python process and wait until it says that it is ready."""
    process = subprocess.Popen(  # noqa: S603 (this module's own code)
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _end(process: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
    process.send_signal(how)
    process.communicate()


HALF_WRITTEN = """
import sys, pathlib
from earmark.storage import files
from earmark.storage import write_atomically
def pieces():
    yield b"half"
    print("ready", flush=True)
    sys.stdin.read()
    yield b"rest"
write_atomically(pathlib.Path(sys.argv[1]), pieces())
"""

HOLDING = """
import sys, pathlib
from earmark.storage import files
from earmark.storage import Lock
with Lock(pathlib.Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


WAITING = """
import sys, pathlib
from earmark.storage import files
from earmark.storage import Lock
print("ready", flush=True)
Lock(pathlib.Path(sys.argv[1])).acquire()
"""


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_written_whole(tmp_path: Path, durable: bool) -> None:  # noqa: FBT001 (pytest names it)
    path = tmp_path / "a.mp3"
    write_atomically(path, b"old", durable=durable)
    write_atomically(path, (piece for piece in (b"ne", b"w")), durable=durable)
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == {"a.mp3"}


def test_a_published_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_atomically(tmp_path / "ours", b"")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_what_the_pieces_raise_is_passed_on_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise OSError(errno.EIO, "the article's own trouble")

    with pytest.raises(OSError, match="the article's own trouble"):
        write_atomically(path, pieces())
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == {"a"}


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", pieces())
    assert _names(tmp_path) == set()


def test_a_full_disk_is_a_write_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    path = tmp_path / "a"
    with pytest.raises(WriteError, match="free some space") as caught:
        write_atomically(path, b"x")
    assert caught.value.path == path
    assert _names(tmp_path) == set()


def test_errors_name_the_file_that_was_wanted(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="folder is gone") as caught:
        write_atomically(tmp_path / "gone" / "a", b"x")
    assert caught.value.path == tmp_path / "gone" / "a"
    (tmp_path / "taken").mkdir()
    with pytest.raises(WriteError, match="folder has this name"):
        write_atomically(tmp_path / "taken", b"x")
    with pytest.raises(WriteError, match="too long"):
        write_atomically(tmp_path / ("x" * 300), b"x")
    assert _names(tmp_path) == {"taken"}


def test_a_pipe_a_device_and_an_open_file_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/null")
    for path in (tmp_path / "pipe", tmp_path / "device", Path("/dev/stdout"), Path("/proc/self/fd/0")):
        before = os.lstat(path).st_mode
        with pytest.raises(WriteError, match="this is no file"):
            write_atomically(path, b"new")
        assert os.lstat(path).st_mode == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(files.PREFIX)] == []


def test_a_killed_writer_leaves_an_orphan_that_is_swept_but_a_living_one_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    living = _start(HALF_WRITTEN, path)
    killed = _start(HALF_WRITTEN, path)
    _end(killed)
    assert len(_names(tmp_path)) == 3
    assert sweep(tmp_path) == 1
    assert sweep(tmp_path) == 0
    assert path.read_bytes() == b"old"
    living.communicate("")
    assert living.returncode == 0
    assert path.read_bytes() == b"halfrest"
    assert _names(tmp_path) == {"a"}


def test_only_our_own_kind_of_file_is_swept(tmp_path: Path) -> None:
    others = {".earmark-notes", "article.part", "a.md"}
    for name in others:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".earmark-x.part").write_bytes(b"")
    assert sweep(tmp_path) == 1
    assert _names(tmp_path) == others
    assert sweep(tmp_path / "gone") == 0
    assert sweep(tmp_path / "a.md") == 0


def test_what_cannot_be_swept_is_left(tmp_path: Path) -> None:
    (tmp_path / ".earmark-folder.part").mkdir()
    assert sweep(tmp_path) == 0
    assert holding.is_abandoned(tmp_path / "gone")


def test_an_unreadable_orphan_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orphan = tmp_path / ".earmark-x.part"
    orphan.write_bytes(b"")

    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert sweep(tmp_path) == 0
    assert orphan.exists()


def test_a_file_swept_before_it_was_held_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = holding.hold
    calls = 0

    def swept_first(descriptor: int, *, wait: bool) -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            next(tmp_path.iterdir()).unlink()
        return real(descriptor, wait=wait)

    monkeypatch.setattr(holding, "hold", swept_first)
    write_atomically(tmp_path / "a", b"x")
    assert calls == 2
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_file_system_without_locks_can_be_written_and_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int, *, wait: bool) -> bool:
        raise OSError(errno.ENOLCK, f"no locks, wait or not ({wait})")

    monkeypatch.setattr(holding, "hold", no_locks)
    write_atomically(tmp_path / "a", b"x")
    (tmp_path / ".earmark-x.part").write_bytes(b"")
    assert sweep(tmp_path) == 0
    assert _names(tmp_path) == {"a", ".earmark-x.part"}


def test_a_lock_keeps_others_out_until_it_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "made" / "lock"
    first, second = Lock(path), Lock(path)
    with first:
        assert not second.acquire(wait=False)
    assert second.acquire(wait=False)
    second.release()
    second.release()
    assert path.exists()


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = _start(HOLDING, path)
    lock = Lock(path)
    assert not lock.acquire(wait=False)
    _end(process)
    assert lock.acquire()
    lock.release()


def test_waiting_for_a_lock_can_be_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with Lock(path):
        waiting = _start(WAITING, path)
        while waiting.poll() is None:
            waiting.send_signal(signal.SIGINT)
            try:
                waiting.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
        waiting.communicate()
    assert waiting.returncode == -signal.SIGINT


def test_a_lock_that_cannot_be_made_is_a_write_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError):
        Lock(tmp_path / "file" / "lock").acquire()
    with pytest.raises(WriteError):
        Lock(tmp_path).acquire()


def test_who_reads_the_file_just_then_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows does: no file is replaced while a player has it open."""
    path, readers = tmp_path / "a.mp3", [1, 2]
    waited: list[float] = []
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if readers:
            readers.pop()
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(files, "_WAITS", (0.1, 0.2, 0.3))
    monkeypatch.setattr("earmark.storage.files.time.sleep", waited.append)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert waited == [0.1, 0.2]
    readers += range(9)
    with pytest.raises(WriteError, match="cannot access"):
        write_atomically(path, b"newer")
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == {"a.mp3"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("size", [10, 100_000])
def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    def create_full(folder: Path, prefix: str, suffix: str) -> tuple[int, Path]:
        return os.open("/dev/full", os.O_WRONLY), folder / f"{prefix}full{suffix}"

    monkeypatch.setattr(files, "create_held", create_full)
    with pytest.raises(WriteError, match=r"no space left on device\. The disk is full: free some space"):
        write_atomically(tmp_path / "file", [b"x" * size] * 3)
