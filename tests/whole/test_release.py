"""What a release is made of: every dependency by its hash, and archives whose bytes depend on the sources alone."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LOCKS = ("build", "run", "dev", "release")  # and "s3", which shares no environment with these
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; .+?)?((?: --hash=sha256:[0-9a-f]{64})+)$")
WHAT_TO_DO = "run `make hashes`, and commit requirements/"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    """Return name and version of all that a lock holds; every line of it must be a pin with hashes."""
    text = (TOP / f"requirements/{name}.txt").read_text(encoding="utf-8").replace(" \\\n    ", " ")
    found = [PIN.match(line) for line in text.splitlines()]
    assert all(found), "a line that is no pin with its hashes"
    return {normal(pin[1]): pin[2] for pin in found if pin}


@pytest.mark.parametrize("name", [*LOCKS, "s3"])
def test_a_lock_holds_versions_and_hashes_and_nothing_else(name: str) -> None:
    assert pins(name)
    assert "://" not in (TOP / f"requirements/{name}.txt").read_text(encoding="utf-8")


def test_locks_are_of_what_is_required_in_the_versions_that_are_tested() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, asked in {"run": [], "dev": extras["dev"], "release": extras["release"]}.items():
        required = {
            normal(found[0]) for one in [*project["dependencies"], *asked] if (found := re.match(r"[\w.-]+", one))
        }
        assert required <= set(pins(name)), f"requirements/{name}.txt lacks what pyproject.toml asks for: {WHAT_TO_DO}"
    lines = (TOP / "constraints.txt").read_text(encoding="utf-8").split()
    tested = {normal(name): version for name, _, version in (line.partition("==") for line in lines)}
    for name in LOCKS:
        other = {pin: version for pin, version in pins(name).items() if tested.get(pin, version) != version}
        assert not other, f"requirements/{name}.txt has other versions than constraints.txt: {WHAT_TO_DO}"


def built(sources: Path, target: Path, **environment: str) -> dict[str, str]:
    """Build wheel and source archive; return the hash of each."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(target)]
    subprocess.run(  # noqa: S603 (our own build)
        command, cwd=sources, env={**os.environ, **environment}, check=True, capture_output=True, timeout=120
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in target.iterdir()}


def test_the_same_sources_make_the_same_archives_wherever_they_lie(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "elsewhere/the other"
    for folder in (one, other):
        for name in ("src/earmark/writers", "requirements", "changelog.d"):  # enough to build, and quickly
            shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "src/earmark/__init__.py").write_bytes((TOP / "src/earmark/__init__.py").read_bytes())
        for name in ("pyproject.toml", "README.md", "LICENSE", "Makefile", "constraints.txt", "SECURITY.md"):
            shutil.copy(TOP / name, folder / name)
    for number, path in enumerate(sorted(other.rglob("*"), reverse=True)):
        path.chmod(stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR)  # as under another umask
        os.utime(path, (number, number))
    before = built(one, tmp_path / "a", SOURCE_DATE_EPOCH="1700000000", TZ="UTC", PYTHONHASHSEED="1")
    after = built(
        other, tmp_path / "b", SOURCE_DATE_EPOCH="1700000000", TZ="Asia/Tokyo", PYTHONHASHSEED="2", LC_ALL="C"
    )
    assert len(before) == 2
    assert before == after
