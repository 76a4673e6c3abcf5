"""What every room's tests may use."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

_NODE_MODULES = Path(__file__).parent / "checkers" / "node_modules"


@pytest.fixture(scope="session")
def checker() -> Callable[[str], str]:
    """Return a function that finds an outside checker: a program on PATH, or a package under tests/checkers.

    Without it the test is skipped by name; where CI is "true", it fails.
    """

    def find(name: str) -> str:
        package = _NODE_MODULES / name
        found = shutil.which(name) or (str(package) if package.is_dir() else None)
        if found is None:
            reason = f"the checker {name} is not installed"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        return found

    return find
