"""What all rooms' tests share: the outside programs that check what earmark makes."""

import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from coverage import Coverage
from hypothesis import settings

from earmark.pipeline import reader

# A machine that is busy with other tests is slow, and no test is about that. `--hypothesis-profile=thorough` looks longer,
# and EARMARK_EXAMPLES as long as one likes.
settings.register_profile("earmark", deadline=None, max_examples=int(os.environ.get("EARMARK_EXAMPLES", "50")))
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("earmark")

CHECKERS = Path(__file__).parent / "checkers"
_COVERAGE = "COVERAGE_PROCESS_CONFIG"  # by which coverage finds out, at a child's start, that it is to measure it
_BUILDING = {"cli", "library", "engines"}
_COUNTING = pytest.StashKey[str]()
NODE_MODULES = tuple(CHECKERS / folder / "node_modules" for folder in (".", "ace", "azurite"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--renew`."""
    parser.addoption(
        "--renew", action="store_true", help="write the golden files anew, to be read before they are kept"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let Ctrl-C be tested, and children count for coverage only where a test is about a child: it makes them twice as slow.

    Whoever starts the tests in a script's background has them and their children ignore Ctrl-C. The process that only
    hands out tests to others leaves the counting to these.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "PYTEST_XDIST_WORKER" in os.environ or not getattr(config.option, "numprocesses", None):
        config.stash[_COUNTING] = os.environ.pop(_COVERAGE, "")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let only what somebody wrote count for coverage: what random examples happen to reach is another figure each time."""
    counting = Coverage.current() if item.get_closest_marker("hypothesis") else None
    if counting is not None:
        counting.stop()
    try:
        yield
    finally:
        if counting is not None:
            counting.start()


@pytest.fixture
def counted_children(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the test's children run count for coverage, where that is measured."""
    if counting := pytestconfig.stash[_COUNTING]:
        monkeypatch.setenv(_COVERAGE, counting)


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


def beside(name: str) -> ModuleType:
    """Return a module that lies in this folder."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise AssertionError(f"{name}.py is gone")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def make_voice() -> Callable[..., Path]:
    """Return what writes a Piper voice, tiny but whole."""
    make: Callable[..., Path] = beside("tiny_voice").make
    return make


@pytest.fixture(scope="session")
def nursery() -> Iterator[Callable[[], reader.Process] | None]:
    """Give what forks a process that articles are read in, None where processes can't be forked."""
    if sys.platform != "linux":
        yield None
        return
    with closing(beside("forked").Nursery()) as made:
        yield made.fork


@pytest.fixture(autouse=True)
def forked_readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork the processes that articles are read in, where builds are made in this process and what children run does not count."""
    building = request.path.parent.name in _BUILDING and "counted_children" not in request.fixturenames
    if building and (fork := request.getfixturevalue("nursery")):
        monkeypatch.setattr(reader, "start", fork)
