"""An engine of another package: the one that the guide shows is installed, keeps the contract, and builds an article."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from earmark.testing import EngineContract

COMMAND = Path(sys.executable).with_name("earmark")
PACKAGE = Path(__file__).parent / "data" / "earmark-hum"
GUIDE = Path(__file__).parents[2] / "docs" / "engine.md"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder in which the package is, with the metadata that an installer makes of its pyproject."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = tmp_path / "site"
    info = folder / f"earmark_hum-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = project["entry-points"]["earmark.engines"]
    lines = [f"{name} = {value}\n" for name, value in points.items()]
    (info / "entry_points.txt").write_text("[earmark.engines]\n" + "".join(lines))
    (folder / "earmark_hum").symlink_to(PACKAGE / "src" / "earmark_hum")
    return folder


def test_it_keeps_the_contract_by_its_own_tests(installed: Path) -> None:
    ended = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", PACKAGE, PACKAGE / "tests"],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.startswith("." * sum(name.startswith("test_") for name in dir(EngineContract)))


def test_the_guide_shows_the_very_files() -> None:
    shown = re.findall(r"^```\w+\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names = ("pyproject.toml", "src/earmark_hum/__init__.py", "tests/test_contract.py")
    assert shown == [(PACKAGE / name).read_text(encoding="utf-8") for name in names]


def test_it_builds_an_article_by_the_command(installed: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.md").write_text("# One\n\nIt rained. It rained again.\n", encoding="utf-8")
    (articles / "earmark.toml").write_text('[voice]\nengine = "hum"\nname = "alto"\n[engines.hum]\nlevel = 4000\n')
    kept = {name: value for name, value in os.environ.items() if "EARMARK" not in name}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 (the command under test)
            [COMMAND, *arguments],
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": str(installed), "EARMARK_CACHE": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )

    built = run("build")
    assert built.returncode == 0, built.stderr
    record = json.loads((tmp_path / "audio" / "one" / "edition.json").read_bytes())
    assert [(voice["engine"], voice["name"], voice["version"]) for voice in record["voices"]] == [
        ("hum", "alto", "1.0")
    ]
    listed = run("voices", "--engine", "hum")
    assert "alto" in listed.stdout
    assert "engines.hum.level = 4000" in run("settings").stdout
    refused = run("build", "--voice", "tenor")
    assert refused.returncode == 4
    assert "alto" in refused.stderr
