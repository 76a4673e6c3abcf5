"""What reaches the terminal: results on standard output, everything else on standard error, no line that acts."""

import os
import re
import sys
from collections.abc import Mapping
from typing import TextIO

from earmark.errors import EarmarkError, WriteError

# Control characters, and those that turn the direction of what follows: an article's title must not
# move the cursor, write a terminal's title, or make one file name look like another.
_ACTS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_LONGEST = 4_000  # characters of a line that is no result

# What GitHub's runner takes for a command, in whatever program's output: at a line's start, or anywhere.
_COMMANDS = re.compile(r"^\s*::|##(?=\[)")


def printable(text: str) -> str:
    """Return `text` as one line that a terminal only shows."""
    return _ACTS.sub(" ", text)


def result(line: str = "") -> None:
    """Print one line of the result; nothing if nobody reads it any more, as when `head` has seen enough."""
    _print(printable(line), sys.stdout, "standard output")


def data(json: bytes, *, aside: bool = False) -> None:
    """Print JSON as a result, or `aside` of it: what would act on a terminal is escaped, so that no value changes."""
    stream, name = (sys.stderr, "standard error") if aside else (sys.stdout, "standard output")
    _print(escaped(json).decode(), stream, name, harmless=True)


def escaped(json: bytes) -> bytes:
    """Return JSON of one line in which what would act on a terminal is escaped: files of it are looked at there, too."""
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.decode()).replace("##[", "#\\u0023[").encode()


def command(line: str) -> None:
    """Print a workflow command to the runner of GitHub Actions; whoever makes it has escaped what is in it."""
    _print(line, sys.stdout, "standard output", harmless=True)


def note(line: str) -> None:
    """Print one line that is not the result: progress, a warning, an error. Of what has no end its two ends are told."""
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"
    _print(printable(line), sys.stderr, "standard error")


def _print(line: str, stream: TextIO, name: str, *, harmless: bool = False) -> None:
    """Print at once: whoever follows a build through a pipe hears of each article when it is made."""
    if not harmless and os.environ.get("GITHUB_ACTIONS") == "true":
        line = _COMMANDS.sub(lambda found: found[0][:-1] + "\u200b" + found[0][-1], line)
    try:
        # While a bar is shown, rich stands before the stream and does not know its encoding.
        encoding = getattr(stream, "rich_proxied_file", stream).encoding or "utf-8"
        print(_encodable(line, encoding), file=stream, flush=True)  # the one place that prints
    except BrokenPipeError:
        _abandon(stream)
    except OSError as error:
        _abandon(stream)
        raise WriteError(f"it can't be written: {error.strerror}", path=name) from None


def _abandon(stream: TextIO) -> None:
    """Let what is still printed go nowhere, also what the interpreter flushes when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def complain(error: EarmarkError) -> None:
    """Print an error: what failed, on what, and what to do."""
    note(f"error: {error}")


def _encodable(line: str, encoding: str) -> str:
    return line.encode(encoding, "replace").decode(encoding)


def is_plain(environment: Mapping[str, str], *, plain: bool) -> bool:
    """Tell whether output has to be append-only lines that a screen reader can follow."""
    asked = any(
        environment.get(name, "0").lower() not in {"", "0", "false"} for name in ("ACCESSIBLE", "CI", "EARMARK_PLAIN")
    )
    return plain or asked or environment.get("TERM") == "dumb" or not sys.stderr.isatty()


def is_plain_output(*, plain: bool) -> bool:
    """Tell whether a result has to be lines that read well from start to end: nobody sees columns in a pipe."""
    return is_plain(os.environ, plain=plain) or not sys.stdout.isatty()


def jobs_available() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def clock(seconds: float) -> str:
    """Return a length of time as "1:02:03" or "2:03", rounded to the second."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"
