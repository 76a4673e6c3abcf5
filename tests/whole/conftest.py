"""Whole builds by the installed command, as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from earmark.storage import Lock

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("earmark")
NAMES = ("ACCESSIBLE", "CI", "NO_COLOR", "TERM", "LC_ALL", "LANG", "TZ", "SOURCE_DATE_EPOCH")

ARTICLES = {
    "one.md": "---\nauthors: [Ann Lee]\ndate: 2024-03-01\n---\n# The first\n\nIt rained. It rained again.\n\n"
    "## A list\n\n1. Rain\n2. More rain\n\n[A word]{lang=de} of it.\n",
    "two.txt": "THE SECOND\n\nNobody went out that day. The harbour was shut, and so was the bank.\n\nREAD MORE: Rain\n",
    "three.md": "---\nlanguage: de\n---\n# Das Dritte\n\nEs regnete. Dann schien die Sonne.\n",
}


@dataclass(frozen=True)
class Site:
    """A folder with articles, the editions of which go beside it."""

    folder: Path
    engine: str = "espeak"
    before: tuple[str, ...] = ()  # what the command is run by: a tracer, another clock
    command: tuple[str, ...] = (str(COMMAND),)

    @property
    def articles(self) -> Path:
        return self.folder / "articles"

    @property
    def out(self) -> Path:
        return self.folder / "audio"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def write(self, articles: Mapping[str, str]) -> None:
        for name, text in articles.items():
            path = self.articles / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def start(self, *arguments: object, **environment: str) -> "subprocess.Popen[str]":
        """Start `earmark build` in the folder."""
        environ = {name: value for name, value in os.environ.items() if name not in NAMES and "EARMARK" not in name}
        sources = () if any(str(argument).startswith("articles") for argument in arguments) else ("articles",)
        command = [
            *self.before,
            *self.command,
            "build",
            *sources,
            "--engine",
            self.engine,
            "--cache",
            self.cache,
            "--plain",
            *arguments,
        ]
        return subprocess.Popen(  # noqa: S603 (the command under test)
            [str(part) for part in command],
            cwd=self.folder,
            env=environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # so that a test can kill it with all its children
        )

    def build(self, *arguments: object, code: int = 0, **environment: str) -> dict[str, Any]:
        """Build to the end and return the report."""
        report = self.folder / f"report-{len(list(self.folder.iterdir()))}.json"
        process = self.start("--report", report, *arguments, **environment)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, out + err
        found: dict[str, Any] = json.loads(report.read_bytes())
        return found

    def bytes(self) -> dict[str, bytes]:
        """Return every published file's bytes by its name."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and ".earmark" not in path.relative_to(self.out).parts
        }

    def left_over(self) -> list[str]:
        """Return what was left half written, signs of processes that are gone, and locks that somebody still holds."""
        left = [path for pattern in (".earmark-*", "*.user") for path in self.folder.rglob(pattern)]
        locks = [Lock(path) for pattern in ("locks/*", "*.lock", "lock") for path in self.folder.rglob(pattern)]
        left += [lock.path for lock in locks if not lock.acquire(wait=False)]
        for lock in locks:
            lock.release()
        return [str(path) for path in left]


@pytest.fixture(scope="session")
def command() -> Path:
    """Return the installed command."""
    return COMMAND


@pytest.fixture
def new_site(tmp_path: Path) -> Callable[..., Site]:
    """Return what makes a folder with the articles."""

    def makes(name: str = "site", *, engine: str = "espeak", articles: Mapping[str, str] = ARTICLES) -> Site:
        site = Site(tmp_path / name, engine)
        site.write(articles)
        return site

    return makes


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the bytes of the articles' editions, built in one quiet run."""
    site = Site(tmp_path_factory.mktemp("undisturbed"))
    site.write(ARTICLES)
    site.build("--jobs", 2)
    return site.bytes()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, command: Path) -> Path:
    """Build the sample articles, as `make audio` does, and return the folder of their editions.

    Nobody writes there, so all processes that run tests side by side share one.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "samples"
    with Lock(folder / "lock"):
        if not (folder / "done").exists():
            subprocess.run(  # noqa: S603 (the command under test)
                [command, "build", ROOT / "articles", "-o", folder / "audio", "--cache", folder / "cache", "--plain"],
                check=True,
                capture_output=True,
            )
            (folder / "done").touch()
    return folder / "audio"
