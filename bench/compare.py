"""Times whole commands side by side in one run and prints the README's table.

Every measurement alternates the two commands, so that a machine that slows down slows both; what is
compared is the ratio of each pair, and the median of the ratios.

    python bench/compare.py [ROUNDS] [NAME ...]
"""

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from editions import editions, forget_lists
from texts import article

from earmark import __file__ as earmark_package

HERE = Path(__file__).parent
EARMARK = Path(sys.executable).with_name("earmark")
CORES = len(os.sched_getaffinity(0))
WORDS_OF_AN_HOUR = 9_400


def run(command: Sequence[str | Path]) -> float:
    """Run a command to its end and return its wall time in seconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def earmark(source: Path, work: Path, *, cold: bool = True) -> list[str | Path]:
    """Return the command that builds `source`, from nothing if `cold`."""
    if cold:
        shutil.rmtree(work / "audio", ignore_errors=True)
        shutil.rmtree(work / "cache", ignore_errors=True)
    return [EARMARK, "build", source, "-o", work / "audio", "--cache", work / "cache", "--plain"]


def pairs(rounds: int, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float, float]:
    """Return median seconds of ours, of theirs, and the median ratio, after one unmeasured round."""
    ours(), theirs()
    measured = [(ours(), theirs()) for _ in range(rounds)]
    ratios = [a / b for a, b in measured]
    return (
        statistics.median(a for a, _ in measured),
        statistics.median(b for _, b in measured),
        statistics.median(ratios),
    )


def row(name: str, ours: float, theirs: float, ratio: float, goal: str) -> None:
    """Print one row of the table."""
    print(f"| {name} | {ours:.2f} s | {theirs:.2f} s | {ratio:.2f} | {goal} |", flush=True)


def one(work: Path, rounds: int) -> None:
    """One 900-word article from a cold start."""
    source = work / "one.md"
    source.write_text(article(900, seed=1), encoding="utf-8")
    ours = lambda: run(earmark(source, work))  # noqa: E731 (both sides of a pair look alike)
    row(
        "one article, 900 words",
        *pairs(rounds, ours, lambda: run([HERE / "reference.sh", source, work / "x.mp3"])),
        "≤ 1.0",
    )
    row(
        "the same, beside bare `espeak-ng \\| lame`",
        *pairs(rounds, ours, lambda: run([HERE / "bare.sh", source, work / "x.mp3"])),
        "",
    )


def forty(work: Path, rounds: int) -> None:
    """Forty of them, the reference with one process per core."""
    folder = work / "forty"
    folder.mkdir()
    for seed in range(40):
        (folder / f"a{seed:02}.md").write_text(article(900, seed=seed), encoding="utf-8")

    def others(script: str) -> float:
        target = work / "theirs"
        target.mkdir(exist_ok=True)
        line = f"ls {folder}/*.md | xargs -P {CORES} -I@ sh -c '{HERE / script} @ {target}/$(basename @).mp3'"
        return run(["sh", "-c", line])

    ours = lambda: run(earmark(folder, work))  # noqa: E731
    row("forty articles", *pairs(max(1, rounds // 2), ours, lambda: others("reference.sh")), "≤ 1.1")
    row("the same, beside bare `espeak-ng \\| lame`", *pairs(max(1, rounds // 2), ours, lambda: others("bare.sh")), "")


def edit(work: Path, rounds: int) -> None:
    """One sentence changed in a sixty-minute article, beside its full build."""
    source = work / "hour.md"
    text = article(WORDS_OF_AN_HOUR, seed=7)
    middle = text.index("\n\n", len(text) // 2) + 2

    def full() -> float:
        source.write_text(text, encoding="utf-8")
        return run(earmark(source, work))

    changes = iter(range(1_000))

    def edited() -> float:
        new = f"{text[:middle]}The tide was {next(changes)} minutes late. {text[middle:]}"
        source.write_text(new, encoding="utf-8")
        return run(earmark(source, work, cold=False))

    full()
    measured = [(edited(), full()) for _ in range(max(2, rounds // 2))]
    ratio = statistics.median(a / b for a, b in measured)
    ours, theirs = (statistics.median(side) for side in zip(*measured, strict=True))
    row("one sentence of a 60-minute article changed, beside its full build", ours, theirs, ratio, "≤ 0.10")


def start(work: Path, rounds: int) -> None:
    """`--version` and `--help`, beside the smallest Typer program's."""
    smallest = work / "smallest.py"
    smallest.write_text(
        "import typer\napp = typer.Typer(add_completion=False)\n\n@app.command()\ndef main(version: bool = False) -> None:\n"
        "    print('smallest 1.0')\n\napp()\n",
        encoding="utf-8",
    )
    for flag in ("--version", "--help"):
        result = pairs(3 * rounds, lambda: run([EARMARK, flag]), lambda: run([sys.executable, smallest, flag]))  # noqa: B023 (called at once)
        row(f"`earmark {flag}`, beside the smallest Typer program's", *result, "≤ 1.2")


def memory(work: Path, _rounds: int) -> None:
    """Peak memory of a 100,000-word article."""
    source = work / "long.md"
    source.write_text(article(100_000, seed=3), encoding="utf-8")
    _tell_peak("100,000 words", earmark(source, work), "< 300 MB")


def big(work: Path, _rounds: int) -> None:
    """Peak memory of one and of ten megabytes: reading them, and, of one, the whole build (`huge`: of ten, which takes hours)."""
    _big(work, whole=(1,))


def huge(work: Path, _rounds: int) -> None:
    """Peak memory of the whole build of ten megabytes: more than seventy hours of sound, and six gigabytes of disk."""
    _big(work, whole=(10,))


def _big(work: Path, whole: Sequence[int]) -> None:
    settings = work / "earmark.toml"
    settings.write_text('[voice]\nengine = "tone"\nrate = 3.0\n', encoding="utf-8")
    for megabytes in (1, 10):
        source = work / f"big{megabytes}.md"
        text = article(172_000 * megabytes, seed=3)
        source.write_text(text[: 10**6 * megabytes], encoding="utf-8")
        command = [*earmark(source, work), "--dry-run"]
        if megabytes == 10:  # noqa: PLR2004 (more than is read by default)
            told = subprocess.run(command, capture_output=True, text=True, check=False)
            print(f"refused: exit {told.returncode}, {told.stderr.strip().splitlines()[-1]}", flush=True)
            settings.write_text(f"{settings.read_text()}[reading]\nmost_bytes = 20_000_000\n", encoding="utf-8")
        _tell_peak(f"{megabytes} MB of text, `--dry-run`", command, "< 300 MB")
        if megabytes in whole:
            _tell_peak(f"{megabytes} MB of text, `--engine tone`", earmark(source, work), "< 300 MB")


def _tell_peak(name: str, command: Sequence[str | Path], goal: str) -> None:
    """Run a command and print its time and the peak memory of all its processes, sampled."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, single = 0, 0
    done = threading.Event()

    def sample() -> None:
        nonlocal peak, single
        while not done.wait(0.05):
            sizes = [_proportional(pid) for pid in _family(process.pid)]
            peak, single = max(peak, sum(sizes)), max([single, *sizes])

    sampler = threading.Thread(target=sample)
    began = time.perf_counter()
    sampler.start()
    code = process.wait()
    done.set()
    sampler.join()
    seconds = time.perf_counter() - began
    print(
        f"| {name} | {seconds:.0f} s, exit {code} | largest process {single / 1e6:.0f} MB"
        f" | all processes {peak / 1e6:.0f} MB | {goal} |",
        flush=True,
    )


def fresh(work: Path, rounds: int) -> None:
    """Many fresh editions: nothing to do, one edit among them, and their feeds and front page written from nothing."""
    print("| what | wall | CPU | memory | goal |\n|---|---|---|---|---|", flush=True)
    for count in (1_000, 2_000, 5_000, 10_000):
        folder = work / str(count)
        build = editions(folder, count, EARMARK)
        check = [EARMARK, "check", *build[2:-1]]
        among = f"{count:,} fresh editions"
        _tell_used(f"`earmark build`, {among}", build, rounds, "< 1 s, 100 MB")
        _tell_used(f"`earmark check`, {among}", check, rounds, "< 1 s, 100 MB")
        edited = folder / "articles/002/a00223.md"
        for turn in range(rounds):
            text = edited.read_text(encoding="utf-8")
            edited.write_text(f"{text}The tide was {turn} minutes late.\n", encoding="utf-8")
            wall, cpu, megabytes = _used(build)
            if turn == rounds - 1:
                print(f"| one edit among them | {wall:.2f} s | {cpu:.2f} s | {megabytes:.0f} MB | |", flush=True)
        forget_lists(folder)
        _tell_used("their feed and front page, from nothing", build, 1, "200 MB")


def _tell_used(name: str, command: Sequence[str | Path], rounds: int, goal: str) -> None:
    wall, cpu, megabytes = min(_used(command) for _ in range(rounds))
    print(f"| {name} | {wall:.2f} s | {cpu:.2f} s | {megabytes:.0f} MB | {goal} |", flush=True)


def _used(command: Sequence[str | Path]) -> tuple[float, float, float]:
    """Run a command; return its wall and CPU time in seconds and its peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, stack = [], [root]
    while stack:
        found.append(pid := stack.pop())
        stack.extend(children.get(pid, ()))
    return found


def _proportional(pid: int) -> int:
    """Return the process's share of memory in bytes: pages that several share are counted once."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


BENCHES = {
    "start": start,
    "one": one,
    "forty": forty,
    "edit": edit,
    "memory": memory,
    "fresh": fresh,
    "big": big,
    "huge": huge,
}
_ONLY_BY_NAME = frozenset({"huge"})


def as_installed() -> None:
    """Compile earmark's modules, as pip does: where Python is told to keep none, a checkout would compile at each start."""
    compileall.compile_dir(Path(earmark_package).parent, quiet=1)


def main() -> None:
    """Print the table."""
    as_installed()
    arguments = sys.argv[1:]
    rounds = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 5
    print(
        f"{CORES} cores, {rounds} rounds\n\n| what | earmark | beside it | ratio | goal |\n|---|---|---|---|---|",
        flush=True,
    )
    for name in arguments or (name for name in BENCHES if name not in _ONLY_BY_NAME):
        with tempfile.TemporaryDirectory() as folder:
            BENCHES[name](Path(folder), rounds)


if __name__ == "__main__":
    main()
