import io
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from earmark.article import Article, Metadata
from earmark.errors import EarmarkError, ReadError
from earmark.narration.script import Script, spoken_text, utterances
from earmark.pipeline import desk, reader
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.desk import Desk
from earmark.pipeline.limits import Limits
from earmark.settings import Settings
from earmark.spoken import lexicon_toml

pytestmark = pytest.mark.usefixtures("counted_children")

COMPOSED = Composed(Article(Metadata(title="T"), ()), Metadata(title="T"), Script(title="T", language="en", items=()))
ANSWER = "Composed(Article(Metadata(title=source.name), ()), Metadata(), Script(title='T', language='en', items=()))"

# A child whose composing is what the test says it is; all else in it is real.
_CHILD = """
import os, sys, time, types
sys.path[:] = {path!r}
from earmark.article import Article, Metadata
from earmark.errors import ReadError
from earmark.narration.script import Script, spoken_text, utterances
from earmark.pipeline import desk, reader
from earmark.pipeline.composed import Composed
def compose(source, **_: object):
    BODY
    return ANSWER
module = types.ModuleType("earmark.pipeline.compose")
module.compose, module.warm_up = compose, lambda: None
sys.modules[module.__name__] = module
desk.serve()
"""


def source(name: str = "a.md", *, seconds: float = 30.0) -> Source:
    settings = msgspec.structs.replace(Settings(), reading=msgspec.structs.replace(Settings().reading, seconds=seconds))
    return Source(name=name, data=b"# One\n\nTwo.\n", settings=settings, paces={"": 150})


@pytest.fixture
def child_that(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def does(body: str) -> None:
        monkeypatch.setattr(reader, "_START", _CHILD.replace("BODY", body).replace("ANSWER", ANSWER))

    return does


@pytest.fixture
def desks() -> Iterator[Callable[[int], Desk]]:
    opened: list[Desk] = []

    def opens(children: int = 1) -> Desk:
        opened.append(Desk(children))
        return opened[-1]

    yield opens
    for each in opened:
        each.close()
        each.close()


def test_a_real_article_comes_back_composed(desks: Callable[[int], Desk]) -> None:
    composed = desks(1).compose(source())
    assert composed.metadata.title == "One"
    assert composed.metadata.language == "en"
    assert composed.script.items


def test_an_error_keeps_its_line_and_its_hint(desks: Callable[[int], Desk], child_that: Callable[[str], None]) -> None:
    child_that("raise ReadError('is wrong', source=source.name, line=7, hint='Mend it.')")
    with pytest.raises(ReadError, match=r"^a\.md:7: is wrong\. Mend it\.$"):
        desks(1).compose(source())


def test_standard_input_is_called_what_the_user_knows(
    desks: Callable[[int], Desk], child_that: Callable[[str], None]
) -> None:
    child_that("raise ReadError('is wrong', source=source.name, line=2)")
    with pytest.raises(ReadError, match=r"^standard input:2: is wrong$"):
        desks(1).compose(replace(source("-.md"), shown="standard input"))


def test_what_never_ends_is_stopped_and_the_next_is_composed(
    desks: Callable[[int], Desk], child_that: Callable[[str], None]
) -> None:
    child_that("while source.name == 'bomb.md': pass")
    one = desks(1)
    with pytest.raises(ReadError, match=r"^bomb\.md: reading it was stopped after 0\.1 seconds"):
        one.compose(source("bomb.md", seconds=0.1))
    assert one.compose(source("good.md")).article.metadata.title == "good.md"


def test_what_waits_for_ever_is_stopped_too(
    desks: Callable[[int], Desk], child_that: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    child_that("time.sleep(600)")
    monkeypatch.setattr(desk, "_patience", lambda _seconds: 0.05)
    with pytest.raises(ReadError, match="was stopped after 30 seconds"):
        desks(1).compose(source())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process holds")
def test_memory_is_what_an_article_of_so_many_words_can_need(
    desks: Callable[[int], Desk], child_that: Callable[[str], None]
) -> None:
    child_that("held = bytearray(180_000_000 if source.name == 'bomb.md' else 10)")
    one = desks(1)
    with pytest.raises(ReadError, match=r"^bomb\.md: reading it takes more memory than an article of its words needs"):
        one.compose(source("bomb.md"))
    assert one.compose(source("good.md")).article.metadata.title == "good.md"


def test_a_busy_machine_is_given_time() -> None:
    assert desk._patience(2.0) > 10  # noqa: SLF001 (nothing else shows it without waiting)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("os.abort()", r"ended the reading process \(status -6\)"),
        ("os._exit(3)", r"ended the reading process \(status 3\)"),
        ("bytearray(3_000_000_000)", "more memory than an article of its words needs"),
        ("f = lambda: f(); f()", "nested too deeply"),
        ("raise KeyError('x')", r"earmark failed on it \(KeyError: 'x'\).*please report it"),
        ("os.close(1)\n    os.close(0)\n    time.sleep(600)", r"ended the reading process \(status -9\)"),
    ],
)
def test_whatever_happens_in_the_child_costs_one_article(
    body: str, words: str, desks: Callable[[int], Desk], child_that: Callable[[str], None]
) -> None:
    child_that(f"if source.name == 'a.md':\n      {body.replace(chr(10), chr(10) + '  ')}")
    one = desks(1)
    with pytest.raises(ReadError, match=words):
        one.compose(source())
    assert one.compose(source("good.md")).article.metadata.title == "good.md"


def test_what_is_too_deep_to_be_sent_is_too_deep(
    desks: Callable[[int], Desk], child_that: Callable[[str], None]
) -> None:
    child_that("deep = ()\n    for _ in range(100_000): deep = (deep,)\n    return deep")
    with pytest.raises(ReadError, match="nested too deeply"):
        desks(1).compose(source())


def test_a_stray_print_does_not_reach_the_answers(
    desks: Callable[[int], Desk], child_that: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    child_that("print('stray')")
    assert desks(1).compose(source()).article.metadata.title == "a.md"
    assert capfd.readouterr().err == "stray\n"


class _Acts:
    """Pickled, it would run something when it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self._path}",)


def test_an_answer_that_would_run_something_runs_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no article"):
        desk._answered(iter([pickle.dumps(_Acts(tmp_path / "acted"))]), source())  # noqa: SLF001 (no honest child sends this)
    assert not (tmp_path / "acted").exists()


def _names(module: str, name: str) -> bytes:
    return b"\x80\x04" + b"".join(b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name)) + b"\x93."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        pickle.dumps("a text"),
        pickle.dumps(("message", "line", "hint")),
        pickle.dumps((1, None, "hint")),
        pickle.dumps(COMPOSED)[:-20],
        _names("builtins", "eval"),
        _names("earmark.article", "walk"),
        _names("earmark.article", "nothing"),
        _names("earmark.narration.script", "_private"),
        _names("earmark.narration.script", "Script.items"),
        b"\x80\x04N\x88\x86R.",
    ],
)
def test_an_answer_that_is_none_costs_one_article(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.md: what the reading process made of it is no article"):
        desk._answered(iter([data]), source())  # noqa: SLF001 (no honest child sends these)


def test_a_hostile_child_is_replaced(desks: Callable[[int], Desk], child_that: Callable[[str], None]) -> None:
    child_that("if source.name == 'a.md': desk._send(sys.__stdout__.buffer, b'garbage'); time.sleep(600)")
    one = desks(1)
    with pytest.raises(ReadError, match="no article"):
        one.compose(source())
    assert one.compose(source("good.md")).article.metadata.title == "good.md"


def test_a_message_beyond_all_measure_is_not_even_read() -> None:
    assert desk._receive(io.BytesIO(b"\xff" * 8 + b"x")) is None  # noqa: SLF001 (no honest child sends this)
    assert desk._receive(io.BytesIO(b"\0" * 7 + b"\x05abc")) is None  # noqa: SLF001 (nor this)


def test_closing_ends_who_works(
    desks: Callable[[int], Desk], child_that: Callable[[str], None], tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "at-work")
    child_that(f"open({str(tmp_path / 'at-work')!r}, 'w').close()\n    time.sleep(600)")
    one = desks(2)
    ended: list[str] = []

    def compose() -> None:
        try:
            one.compose(source())
        except EarmarkError as error:
            ended.append(str(error))

    threads = [threading.Thread(target=compose) for _ in range(4)]
    for thread in threads:
        thread.start()
    (tmp_path / "at-work").read_bytes()  # ends when a child has opened it
    one.close()
    for thread in threads:
        thread.join(10)
    assert len(ended) == 4
    with pytest.raises(EarmarkError, match="reading was stopped"):
        one.compose(source())


def test_pipes_that_are_closed_under_our_hands_are_a_lost_child(
    desks: Callable[[int], Desk], child_that: Callable[[str], None]
) -> None:
    child_that("pass")
    one = desks(1)
    one.compose(source())
    for child in list(one._alive):  # noqa: SLF001 (the moment between closing and asking can't be met otherwise)
        child.stop()
    with pytest.raises(ReadError, match="ended the reading process"):
        one.compose(source())


def test_no_process_to_be_had_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", none_left)
    with pytest.raises(EarmarkError, match="no process to read in could be started: Resource temporarily unavailable"):
        Desk()


def test_the_child_serves_until_the_pipe_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    asked = io.BytesIO()
    for name in ("one.md", "two.docx"):
        desk._send(asked, pickle.dumps((source(name), Limits(2.0, 120_000_000))))  # noqa: SLF001 (the child's side of the pipe)
    asked.seek(0)
    answers, alarms, limits = io.BytesIO(), list[float](), list[int]()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(asked))
    stdout = io.TextIOWrapper(answers)  # held, as the interpreter holds its own
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(signal, "setitimer", lambda _which, seconds: alarms.append(seconds))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, both: limits.append(both[0]))
    desk.serve()
    assert sys.stdout is sys.stderr
    monkeypatch.undo()
    answers.seek(0)
    assert desk._receive(answers) == b"ready"  # noqa: SLF001 (likewise)
    one = desk._answered(desk._parcels(answers), source())  # noqa: SLF001 (likewise)
    assert isinstance(one, Composed)
    assert desk._receive(answers) == b"ready"  # noqa: SLF001 (likewise)
    two = desk._answered(desk._parcels(answers), source())  # noqa: SLF001 (likewise)
    assert isinstance(two, tuple)
    assert two[0] == ".docx files are not read"
    assert alarms == [2.0, 0, 2.0, 0]  # none between articles
    assert limits[0] <= 2_000_000_000
    assert all(limit - before < 600_000_000 for limit in limits[1:])  # more than the process has already


def test_a_child_whose_parent_is_gone_ends_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    monkeypatch.setattr(os, "_exit", ends.append)
    read, write = os.pipe()
    os.close(read)
    with io.FileIO(write, "w") as pipe:
        desk._send_back(pipe, b"ready")  # noqa: SLF001 (it runs in the child)
    assert ends == [1]


def test_a_fault_is_shown_whole_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def compose(_: Source) -> Composed:
        raise KeyError("x")

    assert b"earmark failed on it" in b"".join(desk._answer(compose, source()))  # noqa: SLF001 (it runs in the child)
    monkeypatch.setenv("EARMARK_DEBUG", "1")
    with pytest.raises(KeyError):
        list(desk._answer(compose, source()))  # noqa: SLF001 (likewise)


@pytest.mark.parametrize(
    ("error", "words"), [(MemoryError(), b"more memory than"), (RecursionError(), b"nested too deeply")]
)
def test_what_a_machine_cannot_do_is_said_in_its_own_words(error: BaseException, words: bytes) -> None:
    def compose(_: Source) -> Composed:
        raise error

    assert words in b"".join(desk._answer(compose, source()))  # noqa: SLF001 (it runs in the child)


def test_each_child_gets_the_sites_lexicon(desks: Callable[[int], Desk]) -> None:
    entries = lexicon_toml.read(b'"One" = "Wunn"', "lexicon.toml")
    with closing(Desk(1, entries)) as one:
        for name in ("a.md", "b.md"):
            said = [spoken_text(part.said) for part in utterances(one.compose(source(name)).script)]
            assert "Wunn" in said
    assert "Wunn" not in [spoken_text(part.said) for part in utterances(desks(1).compose(source()).script)]
