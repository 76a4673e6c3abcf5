"""Times whole builds by an engine that takes real time, beside that time divided by the workers.

    python bench/slow.py [ARTICLES] [WORDS] [MILLISECONDS A WORD]

The engine is a package of its own that waits, as for a processor that is not ours; it writes down how long it took.
The goal is 1.03 times the sum, divided by `--jobs`.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from texts import article

JOBS = 2
ENGINE = """
import os, time
from earmark.engines.tone import ToneEngine
from earmark.narration.script import spoken_text

class Slow(ToneEngine):
    def speak(self, request):
        began = time.perf_counter()
        time.sleep(len(spoken_text(request.said).split()) * float(os.environ["SLOW_MS"]) / 1000)
        clip = super().speak(request)
        with open(os.environ["SLOW_LOG"], "a") as log:
            log.write(f"{time.perf_counter() - began}\\n")
        return clip

def create(*, options=None, workers=1):
    return Slow()
"""


def built(articles: int, words: int, milliseconds: int) -> tuple[float, float]:
    """Return the seconds of a build, and those of its engine."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site, texts, log = folder / "site", folder / "articles", folder / "log"
        info = site / "slow_engine-1.dist-info"
        info.mkdir(parents=True)
        (site / "slow_engine.py").write_text(ENGINE)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-engine\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[earmark.engines]\nslow = slow_engine:create\n")
        texts.mkdir()
        for number in range(articles):
            (texts / f"{number}.md").write_text(article(words, seed=number), encoding="utf-8")
        more = {"PYTHONPATH": str(site), "SLOW_LOG": str(log), "SLOW_MS": str(milliseconds)}
        command = [str(Path(sys.executable).with_name("earmark")), "build", str(texts), "-o", str(folder / "audio")]
        command += ["--engine", "slow", "--cache", str(folder / "cache"), "--jobs", str(JOBS)]
        began = time.perf_counter()
        subprocess.run(command, check=True, env={**os.environ, **more}, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began, sum(map(float, log.read_text().split()))


def main(articles: int = 10, words: int = 900, milliseconds: int = 20) -> None:
    """Print a row of a table like the README's."""
    whole, own = built(articles, words, milliseconds)
    name = f"{articles} articles of {words} words by an engine that takes {milliseconds} ms a word, beside its own time on {JOBS} workers"
    print(f"| {name} | {whole:.2f} s | {own / JOBS:.2f} s | {whole * JOBS / own:.3f} | ≤ 1.03 |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
