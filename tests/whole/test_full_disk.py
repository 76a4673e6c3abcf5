"""A disk that is full or fails: it is said of which file and what to do, nothing is half there, the next run succeeds."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NewSite = Callable[..., Any]
Find = Callable[[str], str]
ARTICLES = {
    "one.md": "# The first\n\nIt rained. It rained again.\n\n## Later\n\nSun.\n",
    "two.md": "# The second\n\nNobody went out that day.\n",
    "earmark.toml": '[site]\naddress = "https://example.org/audio/"\ntitle = "Disks"\nauthor = "Ann Lee"\n',
}
TOLD = re.compile(r"^(failed|error: )", re.MULTILINE)


def torn(site: Any, expected: dict[str, bytes]) -> list[str]:  # noqa: ANN401 (a Site, which lives in conftest.py)
    """Return the published files that are not whole. What lists the editions may list fewer, but to its end."""
    ends = {".xml": b"</rss>", ".html": b"</html>"}
    found = [name for name, data in site.bytes().items() if "/" in name and data != expected.get(name)]
    lists = [path for path in site.out.glob("*") if path.suffix in ends]
    return found + [path.name for path in lists if not path.read_bytes().rstrip().endswith(ends[path.suffix])]


def whole(site: Any, expected: dict[str, bytes]) -> None:  # noqa: ANN401 (a Site, which lives in conftest.py)
    """Assert that nothing is half there and nothing was left aside, and that the next run ends as a quiet one does."""
    assert torn(site, expected) == []
    assert site.left_over() == []
    site.build()
    assert site.bytes() == expected
    assert site.left_over() == []


@contextmanager
def tmpfs(folder: Path, kilobytes: int) -> Iterator[Callable[[int], None]]:
    """Mount a small disk on `folder`; skip by name who may not. What is yielded gives it another size."""

    def mount(options: str) -> subprocess.CompletedProcess[str]:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        return subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (as root, on a folder of ours)

    folder.mkdir(parents=True)
    done = mount(f"size={kilobytes}k") if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    if done is None or done.returncode:
        why = f"no small disk can be mounted: {done.stderr.strip() if done else 'only root may'}"
        if os.environ.get("CI", "").lower() == "true" and done is not None:
            pytest.fail(why)
        pytest.skip(why)
    try:
        yield lambda size: mount(f"remount,size={size}k").check_returncode()
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)  # noqa: S603, S607


def fill_up(new_site: NewSite, sizes: tuple[int, ...], full: str) -> None:
    """Build with the folder `full` (editions or cache) on disks of these sizes, kB, the last of which holds it all."""
    quiet = new_site("quiet", engine="tone", articles=ARTICLES)
    quiet.build()
    expected = quiet.bytes()
    site = new_site("site", engine="tone", articles=ARTICLES)
    with tmpfs(site.folder / full, sizes[0]) as resize:
        for size in sizes:
            resize(size)
            process = site.start("--jobs", 2)
            out, err = process.communicate(timeout=120)
            if size == sizes[-1]:
                assert process.returncode == 0, (size, out + err)
            elif process.returncode:
                assert process.returncode == 1, (size, out + err)
                assert "no space left on device. The disk is full: free some space and run it again" in out + err
                assert f"{full}/" in out + err
            assert not re.search("Traceback|fault of earmark", out + err), (size, out + err)
            assert torn(site, expected) == []
            assert site.left_over() == [], size
        whole(site, expected)


def test_a_small_disk(new_site: NewSite) -> None:
    fill_up(new_site, (40, 100_000), "audio")


@pytest.mark.soak
@pytest.mark.parametrize("full", ["audio", "cache"])
def test_small_disks_of_many_sizes(new_site: NewSite, full: str) -> None:
    fill_up(new_site, (4, 12, 20, 40, 60, 80, 120, 160, 200, 240, 280, 320, 400, 480, 560, 640, 100_000), full)


def injected(trace: Path) -> list[str]:
    """Return the calls that were made to fail. One that another thread's came between stands in two lines of a trace."""
    begun: dict[str, str] = {}
    found = []
    for line in trace.read_text("utf-8", "replace").splitlines():
        thread, _, call = line.partition(" ")
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>")
        elif line.endswith("(INJECTED)"):
            found.append(begun.get(thread, "") + call if "resumed>" in call else call)
    return found


def inject(new_site: NewSite, strace: str, call: str, error: str, last: int) -> int:
    """Build with the N-th of a system call failing in every thread, for each N in turn until there is none; return N."""
    quiet = new_site("quiet", engine="tone", articles=ARTICLES)
    quiet.build()
    expected = quiet.bytes()
    number = 0
    for number in range(1, last + 1):
        trace = quiet.folder.parent / f"trace-{number}"
        tracer = (strace, "-f", "-y", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={call}")
        site = new_site(f"failing-{number}", engine="tone", articles=ARTICLES)
        faulty = type(site)(site.folder, "tone", (*tracer, f"--inject={call}:error={error}:when={number}"))
        process = faulty.start("--jobs", 2)
        out, err = process.communicate(timeout=240)
        failed = injected(trace)
        if not failed:
            assert process.returncode == 0, out + err
            break
        where = f"{call} {number}: {failed}\n{process.returncode} {out}{err}"
        assert not re.search("Traceback|fault of earmark", out + err), where
        assert process.returncode in {0, 1}, where
        published = [line for line in failed if re.search(r"/audio/[^>]*\.part|/audio>", line)]
        # A file that can't be locked is written all the same: then nobody can mistake it for a killed build's.
        if published and call != "flock" and not any("pipe:" in line for line in failed):
            assert process.returncode == 1, where
            assert TOLD.search(out + err), where
            assert re.search(r"audio/.*(no space left on device|input/output error)\. \w+", out + err), where
        whole(site, expected)
    return number


@pytest.mark.parametrize(("call", "error"), [("fsync", "EIO")])
def test_a_disk_that_fails_once(new_site: NewSite, find_checker: Find, call: str, error: str) -> None:
    inject(new_site, find_checker("strace"), call, error, 1)


@pytest.mark.soak
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", ["write", "fsync", "/^(rename|link|mkdir)", "flock"])
def test_a_disk_that_fails_at_each_call_in_turn(new_site: NewSite, find_checker: Find, call: str, error: str) -> None:
    last = 400
    assert 1 < inject(new_site, find_checker("strace"), call, error, last) < last
