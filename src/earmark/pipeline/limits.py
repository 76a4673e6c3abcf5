"""What reading an article may take of time and memory, and how a process is held to it.

What is made to stall a parser is markup and marks: it has few words. So what an article may take grows with its words
alone, and a bomb of any size gets no more than a short article.
"""

import os
import re
import signal
from contextlib import suppress
from functools import cache

from msgspec import Struct

from earmark.pipeline.composed import Source

_WORDS_A_SECOND = 6_000  # a sixth of what an ordinary text is read at here: others have slower machines, and busy ones
_BYTES_A_WORD = 1_200  # three times what ordinary words need
_MOST_MEMORY = 2_000_000_000  # address space, bytes: a child that needs more has met a bomb
_AT_ONCE = 1 << 20  # characters that are counted at once; a word that lies across is counted twice or not at all
_TAG = re.compile("<[^<>]*+>")
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Limits(Struct, frozen=True):
    """What reading one article may take: seconds of a core, and bytes beyond what the process has before."""

    seconds: float
    memory: int


def limits_of(source: Source) -> Limits:
    """Return what reading `source` may take."""
    options, words = source.settings.reading, _words_in(source.data)
    return Limits(options.seconds + words / _WORDS_A_SECOND, options.most_memory + words * _BYTES_A_WORD)


def _words_in(data: bytes) -> int:
    """Count what stands between spaces and begins with two letters, and three ideographs for one."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    text = data.decode(encoding, "replace")
    if "<" in text:
        text = _TAG.sub(" ", text)
    parts = (
        text[start : start + _AT_ONCE] for start in range(0, len(text), _AT_ONCE)
    )  # as a list, words take ten times the room
    words = sum(len(word) > 1 and word[:2].isalpha() for part in parts for word in part.split())
    return words if text.isascii() else words + len(_ideographs().findall(text)) // 3


@cache
def _ideographs() -> re.Pattern[str]:
    """Return what finds signs that are written without spaces; compiling takes 2 ms, which plain English need not wait."""
    return re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def limit_memory() -> None:
    """Hold this process to what no article needs."""
    if os.name == "posix":
        import resource  # noqa: PLC0415 (not on Windows)

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MOST_MEMORY if soft == resource.RLIM_INFINITY else min(_MOST_MEMORY, soft)
        with suppress(OSError, ValueError):  # macOS refuses; the time limit still holds there
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def allow_memory(most: int) -> None:
    """Let this process take so many bytes more than it has; only Linux tells and limits it."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (once an article)
            has = int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return
    import resource  # noqa: PLC0415 (not on Windows)

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = has + most if hard == resource.RLIM_INFINITY else min(has + most, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def set_alarm(seconds: float) -> None:
    """End this process once it has used a core for so long, never if 0; a busy machine is not the article's fault."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
