"""The espeak child's own code, run here rather than in a child."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import espeakng_loader
import pytest

from earmark.engines.espeak import child as espeak_child
from earmark.engines.espeak.child import LENGTH, MARK, REPLY, REQUEST, Speaker

pytestmark = pytest.mark.usefixtures("counted_children")

LIBRARY = espeakng_loader.get_library_path()
DATA = espeakng_loader.get_data_path()


def _request(text: bytes, voice: bytes = b"gmw/en", seconds: int = 10) -> bytes:
    return REQUEST.pack(0, 175, 50, 50, seconds, len(voice) + 1) + voice + b"\0" + text + b"\0"


@pytest.fixture
def pipes() -> Iterator[tuple[int, int, int, int]]:
    """Where the child reads, where its parent writes, where its parent reads, where the child writes."""
    ends = os.pipe() + os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


class _Stub(Speaker):
    """A speaker without a library, whose speaking ends as the test wants."""

    def __init__(self, how: str) -> None:
        self.how = how

    def speak(self, request: bytes) -> None:
        del request
        if self.how == "hang":
            signal.pause()
        elif self.how == "crash":
            os.kill(os.getpid(), signal.SIGKILL)  # a SIGSEGV would have pytest write a traceback
        elif self.how == "raise":
            os.close(2)
            raise ValueError


def test_a_request_is_answered_in_one_frame(pipes: tuple[int, int, int, int]) -> None:
    source, write, read, target = pipes
    speaker = Speaker(LIBRARY, DATA)
    request = _request(b"One two three.")
    espeak_child.write_all(write, LENGTH.pack(len(request)) + request)
    answer: list[bytes] = []

    def collect() -> None:
        head = espeak_child.read_exactly(read, REPLY.size)
        _, _, marks, length = REPLY.unpack(head)
        answer.extend(
            [head, espeak_child.read_exactly(read, marks * MARK.size), espeak_child.read_exactly(read, length)]
        )

    collector = threading.Thread(target=collect)
    collector.start()
    espeak_child.serve(speaker, source, target, forking=False)
    collector.join()
    status, rate, marks, length = REPLY.unpack(answer[0])
    assert (status, rate, marks) == (espeak_child.DONE, 22_050, 3)
    assert [position for position, _ in MARK.iter_unpack(answer[1])] == [0, 4, 8]
    assert length == len(answer[2]) > 22_050


def test_an_unknown_voice_is_refused_rather_than_replaced() -> None:
    speaker = Speaker(LIBRARY, DATA)
    speaker.speak(_request(b"One.", voice=b"en-gb"))
    assert REPLY.unpack(bytes(speaker.reply()[0])) == (espeak_child.REFUSED, 22_050, 0, 0)


def test_a_text_that_is_given_up_half_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = Speaker(LIBRARY, DATA)
    names = ("espeak_ng_SetRandSeed", "espeak_SetVoiceByName", "espeak_SetParameter")
    library = SimpleNamespace(**dict.fromkeys(names, lambda *_: 0), espeak_Synth=lambda *_: 1)
    monkeypatch.setattr(speaker, "_library", library)  # no text is known that it gives up each time
    speaker.speak(_request(b"One."))
    assert REPLY.unpack(bytes(speaker.reply()[0])) == (espeak_child.NOT_TAKEN, 22_050, 0, 0)


def test_more_than_there_is_room_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak_child, "MOST_MARKS", 2)
    speaker = Speaker(LIBRARY, DATA)
    speaker.speak(_request(b"One two three four five six seven eight."))
    assert REPLY.unpack(bytes(speaker.reply()[0])) == (espeak_child.TOO_LONG, 22_050, 0, 0)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("how", "status"), [("well", 0), ("crash", -signal.SIGKILL), ("hang", -signal.SIGALRM), ("raise", -signal.SIGABRT)]
)
def test_a_fork_costs_one_utterance(how: str, status: int) -> None:
    # Only the one that hangs must wait for its alarm; the others may be on a machine with no time to spare.
    seconds = 1 if how == "hang" else 60
    assert espeak_child.speak_in_fork(_Stub(how), _request(b"One.", seconds=seconds)) == status


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_lost_fork_is_told_and_the_next_request_answered(pipes: tuple[int, int, int, int]) -> None:
    source, write, read, target = pipes
    request = _request(b"One.")
    espeak_child.write_all(write, (LENGTH.pack(len(request)) + request) * 2)
    os.close(write)
    espeak_child.serve(_Stub("crash"), source, target, forking=True)
    assert espeak_child.read_exactly(read, 2 * REPLY.size) == REPLY.pack(-signal.SIGKILL, 0, 0, 0) * 2


def test_half_a_frame_is_the_end(pipes: tuple[int, int, int, int]) -> None:
    source, write, read, target = pipes
    espeak_child.write_all(write, b"\1")
    os.close(write)
    espeak_child.serve(_Stub("crash"), source, target, forking=True)
    os.close(target)
    assert espeak_child.read_exactly(read, 1) == b""


def test_a_library_that_is_not_there_is_exit_code_3(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        assert espeak_child.main("/nowhere/library.so", DATA, "fork") == 3
        with monkeypatch.context() as without_data:
            library = SimpleNamespace(espeak_Initialize=lambda *_: -1)
            without_data.setattr("ctypes.CDLL", lambda _: library)
            assert espeak_child.main(LIBRARY, "/nowhere", "fork") == 3
        monkeypatch.setattr(espeak_child, "serve", lambda *_, **__: None)
        assert espeak_child.main(LIBRARY, DATA, "once") == 0
    finally:
        signal.signal(signal.SIGINT, before)


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = f"import runpy; runpy.run_path({espeak_child.__file__!r}, run_name='child'); import sys; print(*sys.modules)"
    import subprocess  # noqa: PLC0415 (only here)

    loaded = subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, capture_output=True, text=True).stdout  # noqa: S603 (this test's own code)
    assert "earmark" not in loaded
    assert "numpy" not in loaded
