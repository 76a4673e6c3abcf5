"""What all rooms' tests share: the outside programs that check what earmark makes."""

import os
import shutil

import pytest


def checker(name: str) -> str:
    """Return the path of a checking program; skip by name without it, fail with `CI=true`."""
    path = shutil.which(name)
    if path is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"the checker {name} is not installed")
        pytest.skip(f"the checker {name} is not installed")
    return path


@pytest.fixture
def ffmpeg() -> str:
    """Return the path of ffmpeg."""
    return checker("ffmpeg")
