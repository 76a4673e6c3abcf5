"""Editions made by the workers of a scheduler: the same bytes, whatever dies meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from earmark.library.state.index import FOLDER

EARMARK = (sys.executable, "-c", "from earmark.cli import main; main()")
SETTINGS = '[voice]\nengine = "tone"\n[site]\naddress = "https://example.org/a/"\ntitle = "A"\n'
PATIENCE = 60  # seconds until something that has to happen has happened
# What a worker's process does before an article is made: dies, has its worker die, or takes long.
HOOK = """
import os, sys, time
if "earmark.library.distributed.batches" in sys.orig_argv:
    from earmark.library.making import Making
    def make(self, number, found, make=Making.make):
        name = found.relative
        if "poison" in name:
            os.kill(os.getpid(), 9)
        if "deadly" in name:
            os.kill(os.getppid(), 9)
            time.sleep(60)
        if "slow" in name and os.environ.get("SLOW"):
            open(os.environ["SLOW"] + "-" + name, "w").close()
            for _ in range(600):
                if self._survey.stop.is_set():
                    break
                time.sleep(0.1 if os.path.exists(os.environ["SLOW"]) else 0)
        return make(self, number, found)
    Making.make = make
"""


class Cluster:
    """A scheduler and its workers on this machine, each a process."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self._where = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(self._where.exists)
        address: str = json.loads(self._where.read_text())["address"]
        self.address = address.replace("tcp://", "dask://")

    def worker(self, name: str, *options: str) -> subprocess.Popen[bytes]:
        """Start a worker, and wait until the scheduler knows it."""
        process = self._started("worker", "--nthreads", "1", "--name", name, "--local-directory", name, *options)
        log = self.folder / f"{len(self.processes)}.log"
        until(lambda: b"Registered to" in log.read_bytes())
        return process

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(self._where), "--no-dashboard")
        with (self.folder / f"{len(self.processes) + 1}.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 (dask, as a user starts it)
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        """End all of it."""
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number in range(1, 7):
        path = tmp_path / "articles" / f"a{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ndate: 2026-01-0{number}\n---\n# Title {number}\n\nIt rained {number} times.\n")
    (tmp_path / "articles" / "earmark.toml").write_text(SETTINGS)
    return tmp_path


@pytest.fixture
def cluster(site: Path) -> Iterator[Cluster]:
    hook = site / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(HOOK)
    path = os.pathsep.join(filter(None, (str(hook), os.environ.get("PYTHONPATH", ""))))
    inherited = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
    cluster = Cluster(site, {**inherited, "PYTHONPATH": path, "SLOW": str(site / "slow")})
    try:
        yield cluster
    finally:
        cluster.end()


def begun(site: Path, out: str, *options: str) -> "subprocess.Popen[str]":
    command = (*EARMARK, "build", "articles", "-o", out, "--cache", "cache", "--plain", *options)
    return subprocess.Popen(  # noqa: S603 (earmark itself)
        command, cwd=site, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def run(site: Path, out: str, *options: str) -> tuple[int, str]:
    process = begun(site, out, *options)
    told, complained = process.communicate(timeout=PATIENCE * 2)
    return process.returncode, told + complained


def published(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and FOLDER not in path.parts
    }


def article(site: Path, name: str) -> Path:
    path = site / "articles" / name
    path.write_text("---\ndate: 2026-02-01\n---\n# Another\n\nIt says something else.\n")
    return path


@pytest.mark.usefixtures("counted_children")
def test_two_workers_make_what_one_machine_makes(site: Path, cluster: Cluster) -> None:
    article(site, "z.md").write_text("---\nslug: a3\n---\n# A rival\n\nIt wants the name of another.\n")
    for name in "12":
        cluster.worker(name, "--no-nanny")
    code, told = run(site, "plain")
    assert code == 1
    assert "z.md" in told
    code, far = run(site, "far", "--executor", cluster.address)
    assert code == 1, far
    assert "6 made, 0 unchanged, 1 failed" in far
    assert [line for line in far.splitlines() if "z.md" in line] == [
        line for line in told.splitlines() if "z.md" in line
    ]
    assert published(site / "far") == published(site / "plain")
    assert not list((site / "far" / FOLDER).glob("seen-*"))


@pytest.mark.soak
@pytest.mark.parametrize("name", ["poison.md", "deadly.md"])
def test_an_article_that_kills_is_named_and_all_others_are_made(site: Path, cluster: Cluster, name: str) -> None:
    run(site, "plain")
    article(site, name)
    for worker in "12":
        cluster.worker(worker)
    code, told = run(site, "far", "--executor", cluster.address)
    assert code == 1
    assert ", 1 failed" in told
    (line,) = (line for line in told.splitlines() if line.startswith("failed") or "died" in line)
    assert name in line
    assert "died" in line
    (site / "articles" / name).unlink()
    assert run(site, "far", "--executor", cluster.address)[0] == 0
    assert published(site / "far") == published(site / "plain")


@pytest.mark.soak
def test_a_worker_that_is_killed_is_done_without(site: Path, cluster: Cluster) -> None:
    article(site, "slow.md")
    run(site, "plain")
    first = cluster.worker("1", "--no-nanny")
    (site / "slow").touch()
    build = begun(site, "far", "--executor", cluster.address)
    until((site / "slow-slow.md").exists)
    cluster.worker("2", "--no-nanny")
    os.killpg(first.pid, signal.SIGKILL)
    (site / "slow").unlink()
    told, complained = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, told + complained
    assert published(site / "far") == published(site / "plain")


@pytest.mark.soak
def test_a_scheduler_that_is_lost_is_gone_on_without(site: Path, cluster: Cluster) -> None:
    article(site, "slow.md")
    run(site, "plain")
    cluster.worker("1", "--no-nanny")
    (site / "slow").touch()
    build = begun(site, "far", "--executor", cluster.address)
    until((site / "slow-slow.md").exists)
    os.killpg(cluster.scheduler.pid, signal.SIGKILL)
    told, complained = build.communicate(timeout=PATIENCE)
    assert build.returncode == 75, told + complained
    assert f"the scheduler at {cluster.address} is lost. What is finished is kept." in complained
    (site / "slow").unlink()
    cluster.end()
    code, told = run(site, "far")
    assert code == 0
    assert published(site / "far") == published(site / "plain")


@pytest.mark.soak
def test_it_can_be_interrupted(site: Path, cluster: Cluster) -> None:
    article(site, "slow.md")
    cluster.worker("1", "--no-nanny")
    (site / "slow").touch()
    build = begun(site, "far", "--executor", cluster.address)
    until((site / "slow-slow.md").exists)
    build.send_signal(signal.SIGINT)
    _, complained = build.communicate(timeout=PATIENCE)  # the article itself would never end
    assert build.returncode == 130, complained
    (site / "slow-slow.md").unlink()
    (site / "slow").unlink()
    assert run(site, "far", "--executor", cluster.address)[0] == 0  # the worker has let go of it
