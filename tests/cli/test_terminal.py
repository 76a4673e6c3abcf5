"""The installed command on a terminal, in a pipe that closes, on a disk that is full."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("counted_children")

COMMAND = Path(sys.executable).with_name("earmark")


@pytest.fixture
def environment(site: Path) -> dict[str, str]:
    for name in ("one", "two"):
        (site / "articles" / f"{name}.md").write_text(f"# {name}\n\nIn {name} it rained.\n", encoding="utf-8")
    return {**os.environ, "EARMARK_FEED_PUBLISH": "false"}  # or each build would tell that it needs an address


def on_a_terminal(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Return the exit code and all that the terminal got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)  # noqa: S603 (the command under test)
    os.close(theirs)
    shown = b""
    while piece := _read(ours):
        shown += piece
    os.close(ours)
    return process.wait(60), shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how a terminal says that its last user has gone
        return b""


def test_a_terminal_gets_a_bar_and_a_line_an_article(environment: dict[str, str], site: Path) -> None:
    (site / "articles" / "a\x1b[2J\x07b.md").write_text("# Three\n\nWords.\n", encoding="utf-8")
    code, shown = on_a_terminal({**environment, "TERM": "xterm-256color"}, "build")
    assert code == 0, shown
    for words in ("made one:", "made two:", "made a-2j-b:", "3 made, 0 unchanged", "speaking articles/"):
        assert words in shown
    assert "\x1b[?25l" in shown  # the bar is drawn in place
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown


@pytest.mark.parametrize(
    "said", [{"TERM": "dumb"}, {"TERM": "xterm", "CI": "true"}, {"TERM": "xterm", "ACCESSIBLE": "1"}]
)
def test_who_asks_for_plain_lines_gets_nothing_else(environment: dict[str, str], said: dict[str, str]) -> None:
    code, shown = on_a_terminal({**environment, **said}, "build")
    assert code == 0
    assert "\x1b" not in shown
    assert "\r" not in shown.replace("\r\n", "")
    lines = shown.splitlines()
    assert lines[0] == "2 articles of 2 to make"
    assert sorted(line.split(":")[0] for line in lines[1:3]) == ["made one", "made two"]
    assert lines[3].startswith("2 made, ")
    assert len(lines) == 4


def test_no_colour_means_none(environment: dict[str, str]) -> None:
    _, coloured = on_a_terminal({**environment, "TERM": "xterm"}, "build")
    assert "\x1b[38;5" in coloured or "\x1b[3" in coloured
    _, plain = on_a_terminal({**environment, "TERM": "xterm", "NO_COLOR": "1"}, "build", "--force")
    assert "\x1b[38;5" not in plain
    assert "\x1b[32m" not in plain


def test_a_build_goes_on_when_nobody_reads_its_lines(environment: dict[str, str], site: Path) -> None:
    process = subprocess.Popen([COMMAND, "build"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)  # noqa: S603 (the command under test)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
    assert errors == b"2 articles of 2 to make\n"
    assert sorted(path.parent.name for path in (site / "audio").glob("*/edition.json")) == ["one", "two"]


def test_a_full_disk_behind_standard_output(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(  # noqa: S603 (the command under test)
            [COMMAND, "script", "articles/one.md"], stdout=full, stderr=subprocess.PIPE, env=environment, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == b"error: standard output: it can't be written: No space left on device\n"
