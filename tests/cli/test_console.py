import builtins
import io
import os
import sys
from pathlib import Path

import pytest

from earmark import cli
from earmark.cli.telling import console
from earmark.errors import ReadError, WriteError


def test_nothing_that_is_printed_acts(capsys: pytest.CaptureFixture[str]) -> None:
    console.result("a\x1b]0;title\x07b\x9bc\u202ed\u061ce\u2066f\rg\nh\ud800i")
    assert capsys.readouterr().out == "a ]0;title b c d e f g h i\n"
    console.complain(ReadError("wrong\x1b[2J", source="a\n::error::b.md"))
    assert capsys.readouterr().err == "error: a ::error::b.md: wrong [2J\n"


def test_of_a_complaint_without_an_end_its_two_ends_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    console.note(f"error: there is no voice {'x' * 1_000_000}. Choose another")
    told = capsys.readouterr().err
    assert len(told) < 4_010
    assert told.startswith("error: there is no voice xxx")
    assert told.endswith("xxx. Choose another\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["settings", "a", "b\u202ec\u2066.mp3"], 2, "unexpected extra argument"),
        (["build", "--x\u202ey"], 2, "No such option: --x y"),
        (["--version"], 0, ""),
        ([], 2, "Usage: earmark"),
    ],
)
def test_what_is_told_of_an_argument_never_acts(
    arguments: list[str], code: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["earmark", *arguments])
    monkeypatch.setattr(cli, "_leave", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == code
    complained = capsys.readouterr().err
    assert told in complained
    assert not {"\u202e", "\u2066"} & set(complained)


def test_json_is_escaped_so_that_no_value_changes(capsys: pytest.CaptureFixture[str]) -> None:
    console.data('{"t":"שלום\u200f\x85é"}'.encode())
    assert capsys.readouterr().out == '{"t":"שלום\\u200f\\u0085é"}\n'


def test_what_an_encoding_lacks_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    console.result("Łódź")
    assert raw.getvalue().splitlines() == [b"??d?"]


def test_a_full_disk_behind_standard_output_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="utf-8") as stdout:

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(sys, "stdout", stdout)
        monkeypatch.setattr(builtins, "print", full)
        with pytest.raises(WriteError, match="standard output: it can't be written: No space left on device"):
            console.result("line")
        monkeypatch.undo()
        console.result("shown")
        stdout.write("goes nowhere")
    assert (tmp_path / "out").read_bytes() == b""


@pytest.mark.parametrize(
    ("environment", "plain"),
    [
        ({}, False),
        ({"TERM": "xterm", "CI": ""}, False),
        ({"CI": "0", "ACCESSIBLE": "False"}, False),
        ({"CI": "true"}, True),
        ({"ACCESSIBLE": "1"}, True),
        ({"EARMARK_PLAIN": "1"}, True),
        ({"TERM": "dumb"}, True),
    ],
)
def test_when_output_is_plain(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, plain: bool) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert console.is_plain(environment, plain=False) is plain
    assert console.is_plain(environment, plain=True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert console.is_plain(environment, plain=False)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (36_061, "10:01:01")]
)
def test_lengths_of_time(seconds: float, shown: str) -> None:
    assert console.clock(seconds) == shown


def test_cores_are_counted_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert console.jobs_available() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert console.jobs_available() == 1
