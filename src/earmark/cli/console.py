"""What reaches the terminal: results on standard output, everything else on standard error, no line that acts."""

import os
import re
import sys
from collections.abc import Mapping

from earmark.errors import EarmarkError

# Control characters, and those that turn the direction of what follows: an article's title must not
# move the cursor, write a terminal's title, or make one file name look like another.
_ACTS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` as one line that a terminal only shows."""
    return _ACTS.sub(" ", text)


def result(line: str = "") -> None:
    """Print one line of the result."""
    print(_encodable(printable(line), sys.stdout.encoding))  # noqa: T201 (this is the one place that prints)


def note(line: str) -> None:
    """Print one line that is not the result: progress, a warning, an error."""
    print(_encodable(printable(line), sys.stderr.encoding), file=sys.stderr)  # noqa: T201 (likewise)


def complain(error: EarmarkError) -> None:
    """Print an error: what failed, on what, and what to do."""
    note(f"error: {error}")


def _encodable(line: str, encoding: str) -> str:
    return line.encode(encoding, "replace").decode(encoding)


def is_plain(environment: Mapping[str, str], *, plain: bool) -> bool:
    """Tell whether output has to be append-only lines that a screen reader can follow."""
    asked = any(environment.get(name, "0") not in {"", "0", "false"} for name in ("ACCESSIBLE", "CI", "EARMARK_PLAIN"))
    return plain or asked or environment.get("TERM") == "dumb" or not sys.stderr.isatty()


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
