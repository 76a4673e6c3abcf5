"""The object store: checked when read, first come first kept, held to a size."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.errors import WriteError
from earmark.storage import Lock, ObjectStore, Stored

DAY = 86_400.0


def _key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _path(store: ObjectStore, key: str) -> Path:
    return store.folder / "objects" / key[:2] / key[2:]


def _files(store: ObjectStore) -> list[Path]:
    return [path for path in (store.folder / "objects").rglob("*") if path.is_file()]


def _age(store: ObjectStore, number: int, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(_path(store, _key(number)), (then, then))


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return ObjectStore(tmp_path / "cache")


def test_what_was_put_is_got(store: ObjectStore) -> None:
    key = _key(1)
    assert store.get(key) is None
    assert store.header(key) is None
    assert store.put(key, b"header", b"payload") == Stored(b"header", b"payload")
    assert store.header(key) == b"header"
    assert ObjectStore(store.folder).get(key) == Stored(b"header", b"payload")


@pytest.mark.parametrize("header_length", [0, 1, 8191, 8192, 100_000])
@pytest.mark.parametrize("length", [0, 1, 8192, 1_000_000])
def test_any_lengths_come_back(store: ObjectStore, header_length: int, length: int) -> None:
    stored = Stored(bytes(range(256)) * (header_length // 256) + bytes(header_length % 256), os.urandom(length))
    store.put(_key(1), stored.header, stored.payload)
    assert store.header(_key(1)) == stored.header
    assert store.get(_key(1)) == stored


def test_the_first_stays(store: ObjectStore) -> None:
    other = ObjectStore(store.folder)
    store.put(_key(1), b"first", b"1")
    assert other.put(_key(1), b"second", b"2") == Stored(b"first", b"1")
    assert store.get(_key(1)) == Stored(b"first", b"1")


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_no_harmed_object_is_used(tmp_path_factory: pytest.TempPathFactory, at: int, flip: int) -> None:
    store = ObjectStore(tmp_path_factory.mktemp("cache"))
    store.put(_key(1), b'{"sample_rate": 22050}', b"samples" * 9)
    path = _path(store, _key(1))
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= flip
    path.write_bytes(content)
    assert store.get(_key(1)) is None
    assert not path.exists()
    assert store.header(_key(1)) is None
    store.close()


@pytest.mark.parametrize("cut", [0, 10, 80, 95, -1])
def test_a_torn_object_is_made_again(store: ObjectStore, cut: int) -> None:
    store.put(_key(1), b"header", b"payload")
    path = _path(store, _key(1))
    path.write_bytes(path.read_bytes()[:cut])
    assert store.header(_key(1)) is None
    assert store.put(_key(1), b"again", b"payload") == Stored(b"again", b"payload")
    assert store.get(_key(1)) == Stored(b"again", b"payload")


def test_a_harmed_object_gives_way_to_a_new_one(store: ObjectStore) -> None:
    store.put(_key(1), b"header", b"payload")
    path = _path(store, _key(1))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert store.put(_key(1), b"again", b"new") == Stored(b"again", b"new")
    assert store.get(_key(1)) == Stored(b"again", b"new")


def test_harm_beyond_the_header_is_found_by_who_reads_all_whole(store: ObjectStore) -> None:
    store.put(_key(1), b"header", b"payload")
    path = _path(store, _key(1))
    path.write_bytes(path.read_bytes()[:-1] + b"D")
    assert store.header(_key(1)) == b"header"
    thorough = ObjectStore(store.folder, whole=True)
    assert thorough.header(_key(1)) is None
    assert not path.exists()
    store.put(_key(1), b"header", b"payload")
    assert thorough.header(_key(1)) == b"header"


def test_an_object_under_a_wrong_name_is_not_used(store: ObjectStore) -> None:
    store.put(_key(1), b"header", b"payload")
    _path(store, _key(2)).parent.mkdir()
    _path(store, _key(1)).rename(_path(store, _key(2)))
    assert store.header(_key(2)) is None
    assert store.get(_key(2)) is None


def test_a_right_object_put_there_meanwhile_is_not_removed(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(_key(1), b"header", b"payload")
    path = _path(store, _key(1))
    right = path.read_bytes()
    path.write_bytes(b"wrong")
    real = Lock.acquire

    def meanwhile(lock: Lock, *, wait: bool = True) -> bool:
        path.write_bytes(right)
        return real(lock, wait=wait)

    monkeypatch.setattr(Lock, "acquire", meanwhile)
    assert store.header(_key(1)) is None
    assert path.read_bytes() == right


def test_an_object_that_vanishes_while_it_is_discarded_is_no_error(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(_key(1), b"header", b"payload")
    path = _path(store, _key(1))
    path.write_bytes(b"wrong")
    real = Lock.acquire

    def meanwhile(lock: Lock, *, wait: bool = True) -> bool:
        path.unlink()
        return real(lock, wait=wait)

    monkeypatch.setattr(Lock, "acquire", meanwhile)
    assert store.get(_key(1)) is None


@pytest.mark.parametrize("key", ["", "short", "../../etc/passwd-and-more", "A" * 64, "a" * 64 + "\n"])
def test_a_key_is_a_hash(store: ObjectStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.get(key)


def test_a_cache_that_is_no_folder_is_a_write_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError):
        ObjectStore(tmp_path / "file").get(_key(1))


def test_an_object_that_cannot_be_opened_is_a_write_error(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(_key(1), b"header", b"payload")

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WriteError, match="--cache"):
        store.get(_key(1))


def test_an_object_that_is_a_folder_is_a_write_error(store: ObjectStore) -> None:
    _path(store, _key(1)).mkdir(parents=True)
    with pytest.raises(WriteError):
        store.get(_key(1))


def test_a_disk_that_fails_while_an_object_is_read_is_a_write_error(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(_key(1), b"header", bytes(100_000))
    real = os.read

    def fail(descriptor: int, length: int) -> bytes:
        if length > 50_000:
            raise OSError(errno.EIO, "bad sector")
        return real(descriptor, length)

    monkeypatch.setattr(os, "read", fail)
    assert store.header(_key(1)) == b"header"
    with pytest.raises(WriteError):
        store.get(_key(1))


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_without_hard_links_the_first_stays_too(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(number, "no links")

    monkeypatch.setattr(os, "link", no_links)
    store.put(_key(1), b"first", b"1")
    assert store.put(_key(1), b"second", b"2") == Stored(b"first", b"1")
    assert list((store.folder / "new").iterdir()) == []


def test_a_full_disk_is_a_write_error_and_leaves_nothing(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(WriteError, match="free some space"):
        store.put(_key(1), b"", b"x")
    assert list((store.folder / "new").iterdir()) == []


RACING = """
import sys, pathlib, hashlib
from earmark.storage import ObjectStore
store, mine = ObjectStore(pathlib.Path(sys.argv[1])), sys.argv[2].encode()
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    key = hashlib.sha256(str(number).encode()).hexdigest()
    print(store.put(key, mine, mine * 5000).header.decode(), flush=True)
store.close()
"""


def _race(folder: Path, mine: int) -> list[bytes]:
    store = ObjectStore(folder)
    found = [store.put(_key(number), b"%d" % mine, b"%d" % mine * 5000).header for number in range(60)]
    store.close()
    return found


def test_processes_and_their_threads_use_the_same(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 (this test's own code)
            [sys.executable, "-c", RACING, str(tmp_path), str(mine)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for mine in (1, 2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(_race, [tmp_path] * 3, range(3, 6)))
    answers += [process.communicate()[0].encode().split() for process in processes]
    stored = ObjectStore(tmp_path)
    assert [stored.header(_key(number)) for number in range(60)] == answers[0]
    assert all(answer == answers[0] for answer in answers)
    assert list((tmp_path / "new").iterdir()) == []


PUTTING = """
import sys, pathlib, hashlib
from earmark.storage import ObjectStore
store = ObjectStore(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2]), 10**9):
    key = hashlib.sha256(str(number).encode()).hexdigest()
    store.put(key, b"header", str(number).encode() * 20_000)
"""


def test_a_kill_harms_nothing_and_its_remains_are_swept(store: ObjectStore) -> None:
    for turn in range(6):
        process = subprocess.Popen(  # noqa: S603 (this test's own code)
            [sys.executable, "-c", PUTTING, str(store.folder), str(turn * 10**6)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        while not store.header(_key(turn * 10**6 + turn)):
            pass
        process.send_signal(signal.SIGKILL)
        process.communicate()
    for path in _files(store):
        key = path.parent.name + path.name
        stored = store.get(key)
        assert stored is not None
        assert _key(int(stored.payload[: len(stored.payload) // 20_000])) == key
    store.hold_to(10**12)
    assert list((store.folder / "new").iterdir()) == []


def test_the_oldest_unused_go_first(store: ObjectStore) -> None:
    writer = ObjectStore(store.folder)
    for number in range(10):
        writer.put(_key(number), b"", bytes(1000))
        _age(writer, number, 30 - number)
    writer.close()
    store.header(_key(0))  # the oldest, but used now
    size = _path(store, _key(0)).stat().st_size
    assert store.hold_to(5 * size) == 6
    assert [number for number in range(10) if store.header(_key(number)) is not None] == [0, 7, 8, 9]


def test_a_use_is_noted_for_the_next_run_at_most_once_a_day(tmp_path: Path) -> None:
    now = time.time()
    ObjectStore(tmp_path).put(_key(1), b"", b"x")
    path = _path(ObjectStore(tmp_path), _key(1))
    first = path.stat().st_mtime_ns
    ObjectStore(tmp_path, clock=lambda: now + 0.9 * DAY).get(_key(1))
    assert path.stat().st_mtime_ns == first
    ObjectStore(tmp_path, clock=lambda: now + 2 * DAY).header(_key(1))
    assert path.stat().st_mtime == pytest.approx(now + 2 * DAY)


def test_what_this_run_made_stays_even_beyond_the_limit(store: ObjectStore) -> None:
    for number in range(5):
        store.put(_key(number), b"", bytes(1000))
    assert store.hold_to(0) == 0
    assert len(_files(store)) == 5
    store.close()
    assert ObjectStore(store.folder).hold_to(0) == 5


def test_what_another_living_process_may_use_stays(store: ObjectStore) -> None:
    for number in range(5):
        store.put(_key(number), b"", bytes(1000))
    _age(store, 0, 3)
    other = ObjectStore(store.folder)
    assert other.hold_to(0) == 1
    store.close()
    assert other.hold_to(0) == 4


def test_a_killed_user_is_forgotten(store: ObjectStore) -> None:
    code = "import sys,pathlib,os,signal\nfrom earmark.storage import ObjectStore\n"
    code += f"ObjectStore(pathlib.Path(sys.argv[1])).put({_key(1)!r}, b'', b'x')\nos.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", code, str(store.folder)], check=False)  # noqa: S603 (this test's own code)
    assert len(list((store.folder / "users").iterdir())) == 1
    assert store.hold_to(0) == 1
    assert list((store.folder / "users").iterdir()) == []


def test_nothing_is_walked_while_the_size_is_known_and_small(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(_key(1), b"", bytes(1000))
    assert store.hold_to(10_000) == 0
    monkeypatch.setattr(ObjectStore, "_evict", lambda *_: pytest.fail("walked"))
    written = (store.folder / "size").stat().st_mtime_ns
    assert store.hold_to(10_000) == 0
    assert (store.folder / "size").stat().st_mtime_ns == written
    store.put(_key(2), b"", bytes(1000))
    assert store.hold_to(10_000) == 0
    assert int((store.folder / "size").read_text().split()[0]) == sum(path.stat().st_size for path in _files(store))


def test_the_size_is_counted_anew_after_a_week_or_when_it_is_unreadable(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path)
    store.put(_key(1), b"", bytes(1000))
    store.hold_to(10_000)
    right = (tmp_path / "size").read_text().split()[0]
    for wrong in ("7 0.0", "seven", ""):
        (tmp_path / "size").write_text(wrong)
        store.hold_to(10_000)
        assert (tmp_path / "size").read_text().split()[0] == right


def test_holding_an_unused_cache_makes_no_folder(store: ObjectStore) -> None:
    assert store.hold_to(0) == 0
    assert not store.folder.exists()
    store.folder.mkdir()
    assert store.hold_to(0) == 0
