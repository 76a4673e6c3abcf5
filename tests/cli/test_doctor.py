"""`earmark doctor`: what works is said to work because it was tried; what does not comes with what to do."""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from earmark import engines
from earmark.cli import examining
from earmark.engines import tone
from earmark.engines.base import Engine, needs_network
from earmark.errors import EngineError

Run = Callable[..., Any]
Write = Callable[[str, str], Path]


def found(run: Run, *arguments: object, code: int = 0) -> dict[str, list[dict[str, str]]]:
    ended = run("doctor", "--json", *arguments)
    assert ended.code == code, ended
    report = json.loads(ended.out)
    assert (report["schema"], report["works"]) == (1, code == 0)
    by_name: dict[str, list[dict[str, str]]] = {}
    for one in report["findings"]:
        by_name.setdefault(one["about"], []).append(one)
    return by_name


def test_a_machine_on_which_all_works(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("one.md", "# One\n")
    write("earmark.toml", '[site]\nlanguage = "en"\n')
    write("lexicon.toml", '"Nguyen" = "win"\n')
    monkeypatch.setenv("EARMARK_VOICE_ENGINE", "espeak")
    seen = found(run)
    assert "with 1 to be read" in seen["articles"][0]["message"]
    assert seen["settings"][0]["message"] == "articles/earmark.toml"
    assert seen["lexicon"][0]["message"] == "1 entry"
    for package in ("pedalboard ", "numpy ", "espeakng-loader ", "mutagen "):
        assert package in seen["packages"][0]["message"]
    (espeak,) = seen["engine espeak"]
    assert espeak["state"] == "ok"
    assert int(espeak["message"].partition("it speaks, ")[2].partition(" ")[0]) > 100
    assert espeak["message"].endswith("en is set")
    assert seen["engine tone"][0]["message"] == "it speaks, 2 voices tried"
    assert "-18 LUFS" in seen["encoder"][0]["message"]
    assert "holds 0 bytes of at most 5.0 GB" in seen["cache"][0]["message"]


def test_plain_lines_and_nothing_is_left_behind(run: Run, site: Path) -> None:
    before = sorted(site.rglob("*"))
    ended = run("doctor")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[-1] == "everything that is needed works"
    assert all(line.partition(":")[0] in {"ok", "note", "fault"} for line in lines[:-1])
    assert any(line.startswith("ok: settings: no earmark.toml") for line in lines)
    assert sorted(site.rglob("*")) == before


def test_nothing_is_sent_unless_it_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setenv("EARMARK_VOICE_ENGINE", "gtts")
    gtts = found(run)["engine gtts"][0]
    assert gtts["state"] == "note"
    assert "was not tried" in gtts["message"]
    assert gtts["hint"] == "`earmark doctor --network` tries it."


class Mute(tone.ToneEngine):
    """Says nothing with one voice, and needs whatever it is told to."""

    def __init__(self, *, mute: tuple[str, ...], needs: bool = False) -> None:
        self.mute, self.needs_network = mute, needs

    def speak(self, request: Any) -> Any:  # noqa: ANN401 (as the base)
        clip = super().speak(request)
        if request.voice not in self.mute:
            return clip
        return SimpleNamespace(samples=np.zeros(len(clip.samples), np.int16))


def given(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    def load(name: str, *, options: Mapping[str, object] | None = None, workers: int = 1) -> Engine:
        del options, workers
        if name != "tone":
            raise EngineError("it can't be imported (no module)", engine=name, hint="Install its package anew")
        return engine

    monkeypatch.setattr(engines, "load", load)


def test_a_voice_that_says_nothing_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, Mute(mute=("high",)))
    seen = found(run)
    assert seen["engine tone"][0]["message"] == "these voices say nothing: high"
    assert seen["engine tone"][1]["message"] == "it speaks, 1 voice tried; low is set"
    assert seen["engine gtts"][0]["state"] == "note"  # it is not the one that is set


def test_the_voice_that_is_set_says_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, Mute(mute=("low", "high")))
    assert found(run, code=4)["engine tone"][0]["message"].endswith("it says nothing")


def test_an_engine_that_needs_the_network_is_tried_when_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, Mute(mute=(), needs=True))
    assert "was not tried" in found(run)["engine tone"][0]["message"]
    assert found(run, "--network")["engine tone"][0]["message"] == "it speaks, 1 voice tried; low is set"


def test_an_engine_that_does_not_say_is_taken_to_need_the_network() -> None:
    assert needs_network(SimpleNamespace())


@pytest.mark.parametrize(
    ("variable", "about", "words"),
    [
        ("EARMARK_VOICE_NAME=none", "engine tone", "there is no voice 'none'"),
        ("EARMARK_VOICE_ENGINE=nobody", "engine", "nobody is set and not installed"),
        ("EARMARK_VOICE_RATE=9", "settings", "environment: voice.rate: expected a number <= 3.0"),
        ("EARMARK_CACHE=/proc/nowhere", "cache", "can't be written"),
    ],
)
def test_what_keeps_a_build_from_going_is_a_fault(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, about: str, words: str
) -> None:
    monkeypatch.setenv(*variable.split("="))
    (fault,) = (one for one in found(run, code=4)[about] if one["state"] == "fault")
    assert words in fault["message"]
    assert fault["hint"]


def test_a_broken_lexicon_and_a_folder_that_is_not_there(run: Run, write: Write) -> None:
    write("lexicon.toml", "broken")
    assert found(run, code=4)["lexicon"][0]["state"] == "fault"
    assert "no such file or folder" in found(run, "nowhere", code=4)["articles"][0]["message"]
    assert run("doctor", "nowhere").out.splitlines()[-1] == "1 fault"


@pytest.mark.parametrize(("free", "state"), [(50_000_000, "fault"), (500_000_000, "note"), (10**10, "ok")])
def test_a_disk_that_is_nearly_full(run: Run, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    assert found(run, code=4 if state == "fault" else 0)["disk"][0]["state"] == state


def test_git_is_a_note_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert found(run)["git"][0]["message"] == "it is not installed"
    monkeypatch.setattr(shutil, "which", lambda _name: "/bin/false")
    assert found(run)["git"][0]["message"] == "/bin/false does not run"


def test_a_package_that_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        examining, "requires", lambda _name: ["no-such-package>=1 ; python_version > '3'", "ruff; extra == 'dev'"]
    )
    packages = found(run, code=4)["packages"]
    assert packages[1]["message"] == "not installed: no-such-package"


def test_a_terminal_that_shows_little_and_a_secret_that_is_set(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("EARMARK_SECRET_TONE", "sk-planted")
    (site / "cache").mkdir()
    (site / "cache/clip").write_bytes(b"x" * 2_500)
    command = [str(Path(sys.executable).with_name("earmark")), "doctor"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout  # noqa: S603 (the command under test)
    assert "note: terminal: it shows ascii, not UTF-8" in shown
    assert "ok: secrets: set: EARMARK_SECRET_TONE" in shown
    assert "holds 2.5 kB" in shown
    assert "sk-planted" not in shown
