"""What is loaded when, and which room may know which."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    "gtts",
    "httpx",
    "espeakng_loader",
    "filelock",
    "markdown",
    "markdown_it",
    "msgspec",
    "mutagen",
    "num2words",
    "numpy",
    "pedalboard",
    "platformdirs",
    "pydub",
    "requests",
    "rich",
    "selectolax",
    "yaml",
}

# What is loaded when the command has ended, one name a line.
RUN = """
import os, sys
from earmark.cli import main
leave = os._exit
def tell(code):
    print(*sys.modules, sep="\\n", file=sys.stderr, flush=True)
    leave(code)
os._exit = tell
main()
"""


def loaded(*arguments: str, code: str = RUN) -> set[str]:
    ended = subprocess.run([sys.executable, "-I", "-c", code, *arguments], check=False, capture_output=True, text=True)  # noqa: S603 (our own interpreter)
    assert ended.returncode == 0, ended.stderr
    return set(ended.stderr.split())


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("build", "--help"), ("script", "--help")])
def test_who_asks_for_help_waits_for_nothing(arguments: tuple[str, ...]) -> None:
    modules = loaded(*arguments)
    assert "earmark.cli.app" in modules
    assert modules & HEAVY == set()


def test_the_shared_values_are_light() -> None:
    names = "earmark.article, earmark.errors, earmark.narration.script, earmark.edition, earmark.cli.app"
    code = f"import sys, {names}\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    modules = loaded(code=code)
    assert modules & (HEAVY - {"msgspec"}) == set()


def test_a_run_with_nothing_to_do_loads_no_sound_and_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nWords.\n", encoding="utf-8")
    arguments = (
        "build",
        str(tmp_path),
        "-o",
        str(tmp_path / "out"),
        "--cache",
        str(tmp_path / "cache"),
        "--engine",
        "tone",
    )
    assert "pedalboard" in loaded(*arguments)
    modules = loaded(*arguments)
    assert modules & {"pedalboard", "markdown", "selectolax", "yaml", "pydub", "rich", "requests"} == set()


def test_imports_point_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 (a checker of the project's own)
    assert ended.returncode == 0, ended.stdout
    assert " 0 broken." in ended.stdout
