"""What all rooms' tests share: the outside programs that check what earmark makes."""

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKERS = Path(__file__).parent / "checkers"
NODE_MODULES = (CHECKERS / "node_modules", CHECKERS / "ace" / "node_modules")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--renew`."""
    parser.addoption(
        "--renew", action="store_true", help="write the golden files anew, to be read before they are kept"
    )


def checker(name: str) -> str:
    """Return the path of a checking program or npm package; skip by name without it, fail with `CI=true`."""
    package = next((folder / name for folder in NODE_MODULES if (folder / name).is_dir()), None)
    path = str(package) if package else shutil.which(name)
    if path is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"the checker {name} is not installed")
        pytest.skip(f"the checker {name} is not installed")
    return path


@pytest.fixture
def ffmpeg() -> str:
    """Return the path of ffmpeg."""
    return checker("ffmpeg")


@pytest.fixture(scope="session")
def find_checker() -> Callable[[str], str]:
    """Return the function that finds any other checker by its name."""
    return checker


@pytest.fixture(scope="session")
def make_voice() -> Callable[..., Path]:
    """Return what writes a Piper voice, tiny but whole."""
    spec = importlib.util.spec_from_file_location("tiny_voice", Path(__file__).with_name("tiny_voice.py"))
    if spec is None or spec.loader is None:
        raise AssertionError("tiny_voice.py is gone")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    make: Callable[..., Path] = module.make
    return make
