"""Builds killed at any moment: what has its name is whole, and the next run ends with the bytes of a quiet one."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

NewSite = Callable[..., Any]

QUIET = "[narration]\nsay_authors = false\nsay_date = false\nsay_duration = false\nsay_synthetic = false\nsay_ending = false\n"
ARTICLES = {
    "one.md": "# The first\n\nIt rained. It rained again.\n\n## A list\n\n1. Rain\n2. More rain\n",
    "two.md": "# The second\n\nNobody went out that day. The harbour was shut, and so was the bank.\n",
    "three.md": "---\nlanguage: de\n---\n# Das Dritte\n\nEs regnete. Dann schien die Sonne.\n",
    "earmark.toml": '[site]\naddress = "https://example.org/audio/"\ntitle = "Kills"\nauthor = "Ann Lee"\n',
}


def ended(session: int) -> bool:
    """Tell whether no process of a session runs any more; one that nobody has asked after yet runs no more."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = status.read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(of) == session and state not in "ZX":
            return False
    return True


def kill(process: "subprocess.Popen[str]", *, children: bool) -> None:
    """Kill a build, with all its children or alone; its children end by themselves then."""
    if children:
        with suppress(ProcessLookupError):  # it may have ended by itself just now
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate(timeout=120)
    patience = time.monotonic() + 120
    while Path("/proc/self/stat").exists() and not ended(process.pid):
        assert time.monotonic() < patience, "a killed build's children live on"
        time.sleep(0.02)


def kill_and_repeat(new_site: NewSite, rounds: int, seed: int, engine: str = "espeak") -> None:
    chance = random.Random(seed)  # noqa: S311 (the same moments each time, as far as a machine allows)
    quiet = new_site("quiet", engine=engine, articles=ARTICLES)
    began = time.monotonic()
    quiet.build("--jobs", 2)
    whole_run = time.monotonic() - began
    expected = quiet.bytes()
    killed = 0
    for round_ in range(rounds):
        site = new_site(f"round-{round_}", engine=engine, articles=ARTICLES)
        process = site.start("--jobs", 2)
        try:
            process.wait(chance.uniform(0, whole_run))
        except subprocess.TimeoutExpired:
            killed += 1
        kill(process, children=round_ % 2 == 0)
        torn = [name for name, data in site.bytes().items() if ".earmark-" not in name and data != expected.get(name)]
        assert torn == []
        site.build("--jobs", 2)
        assert site.bytes() == expected
        assert site.left_over() == []
        assert {article["status"] for article in site.build()["articles"]} == {"unchanged"}
    assert killed or rounds < 5, "no build was killed before it had ended"


def test_kills_leave_nothing_torn(new_site: NewSite) -> None:
    kill_and_repeat(new_site, 2, 7)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_two_hundred_kills_leave_nothing_torn(new_site: NewSite, part: int) -> None:
    kill_and_repeat(new_site, 20, part)


SPEAKER = """
import os, sys, wave

text = open(sys.argv[1], encoding="utf-8").read()
with open(__file__ + ".log", "a", encoding="utf-8") as log:  # one write of a line: builds at once do not mix them
    log.write(text.replace("\\n", " ") + "\\n")
with wave.open(sys.argv[2], "wb") as out:
    out.setparams((1, 2, 22050, 0, "NONE", ""))
    out.writeframes(b"".join(int(9000 * (n // 50 % 2) - 4500).to_bytes(2, "little", signed=True) for n in range(1500 * len(text))))
"""


def builds_at_once(new_site: NewSite, folder: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (as above)
    (folder / "speaker.py").write_text(SPEAKER)

    def site_that_logs(name: str) -> Any:  # noqa: ANN401 (a Site, which lives in conftest.py)
        argv = [sys.executable, "-S", "-I", str(folder / "speaker.py"), "{text_file}", "{out}"]
        settings = f'{QUIET}[engines.command]\nargv = {argv!r}\nvoices = ["one:en"]\nversion = "1"\n'
        words = {
            f"article-{n}.md": f"# Title {n}\n\n" + "\n\n".join(f"In {n} fell rain number {k}." for k in range(4))
            for n in range(4)
        }
        return new_site(name, engine="command", articles={**words, "earmark.toml": settings})

    log = folder / "speaker.py.log"  # named in no argument: a voice is another where a file that it is given is another
    quiet = site_that_logs("quiet")
    began = time.monotonic()
    quiet.build("--jobs", 2)
    whole_run = time.monotonic() - began
    expected, needed = quiet.bytes(), sorted(log.read_text().splitlines())
    assert len(needed) == len(set(needed))
    log.unlink()
    site = site_that_logs("busy")
    processes = [site.start("--jobs", 2) for _ in range(count)]
    victim = chance.choice(processes)
    try:
        victim.wait(chance.uniform(0.2, 1) * whole_run)
    except subprocess.TimeoutExpired:
        kill(victim, children=chance.random() < 0.5)
    for process in processes:
        if process is not victim:
            out, err = process.communicate(timeout=240)
            assert process.returncode == 0, out + err
    assert site.bytes() == expected
    assert site.left_over() == []
    spoken = log.read_text().splitlines()
    assert set(spoken) == set(needed)
    twice = sorted(spoken)
    for text in needed:
        twice.remove(text)
    assert len(twice) <= 2, f"more was spoken twice than the killed build's two workers were at: {twice}"
    again = site.build()
    assert {article["status"] for article in again["articles"]} == {"unchanged"}
    assert log.read_text().splitlines() == spoken


def test_two_builds_at_once_one_killed(new_site: NewSite, tmp_path: Path) -> None:
    builds_at_once(new_site, tmp_path, 2, 3)


@pytest.mark.soak
@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("seed", range(5))
def test_builds_at_once_one_killed(new_site: NewSite, tmp_path: Path, count: int, seed: int) -> None:
    builds_at_once(new_site, tmp_path, count, seed)
