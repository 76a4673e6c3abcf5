"""Commands run in this process, as a user would: a folder of articles, a terminal that is none, codes and output."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from earmark.cli.app import app


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: object
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a folder of articles in it, as the working directory; nothing else is in force."""
    for name in ("ACCESSIBLE", "CI", "EARMARK_PLAIN", "EARMARK_DEBUG", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EARMARK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EARMARK_VOICE_ENGINE", "tone")
    monkeypatch.setenv("EARMARK_SITE_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs `earmark ARGUMENTS` with some standard input."""
    del site

    def runs(*arguments: object, given: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ending:
            app([str(argument) for argument in arguments], prog_name="earmark")
        out, err = capfd.readouterr()
        return Ended(ending.value.code, out, err)

    return runs


@pytest.fixture
def write(site: Path) -> Callable[[str, str], Path]:
    """Return what writes an article."""

    def writes(name: str, text: str) -> Path:
        path = site / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return writes
