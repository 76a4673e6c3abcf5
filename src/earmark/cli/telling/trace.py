"""A build as Chrome trace events: to be opened in Perfetto, in Chrome's about:tracing or in speedscope."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from earmark.cli.telling.console import escaped
from earmark.cli.telling.timings import Observed
from earmark.library import events
from earmark.storage import sweep, write_atomically

_MICROSECONDS = 1_000_000
_READING = frozenset({"read", "narrate"})


def write_trace(path: Path, observed: Observed) -> None:
    """Write every stretch of work that was observed, whole or not at all. Raises `WriteError`."""
    document = {"displayTimeUnit": "ms", "traceEvents": list(_events(observed))}
    sweep(path.absolute().parent)
    write_atomically(path, escaped(msgspec.json.encode(document)) + b"\n")


def _events(observed: Observed) -> Iterator[dict[str, object]]:
    own = os.getpid()
    spent = sorted(_attributed(observed.spent, own), key=lambda one: one.span.began)
    first = min((observed.began, *(one.span.began for one in spent)))
    threads: dict[tuple[int, int], int] = {}
    names: dict[int, str] = {}
    processes: dict[int, str] = {own: "earmark"}
    for one in spent:
        span = one.span
        if span.process != own:
            kind = "reading" if span.name in _READING else "voice"
            processes.setdefault(span.process, f"{kind} child {span.process}")
        thread = span.number if span.process == own else 0
        number = threads.setdefault((span.process, thread), len(threads) + 1)
        names[number] = span.thread if span.process == own else "main"
        yield {
            "ph": "X",
            "name": span.name,
            "cat": "detail" if span.detail else "stage",
            "ts": round((span.began - first) * _MICROSECONDS, 3),
            "dur": round(span.seconds * _MICROSECONDS, 3),
            "pid": span.process,
            "tid": number,
            "args": {"article": one.source} if one.source else {},
        }
    for order, (process, name) in enumerate(processes.items()):
        yield _named("process_name", process, 0, {"name": name})
        yield _named("process_sort_index", process, 0, {"sort_index": order})
    for (process, _), number in threads.items():
        yield _named("thread_name", process, number, {"name": names[number]})


def _named(name: str, process: int, thread: int, args: dict[str, object]) -> dict[str, object]:
    return {"ph": "M", "name": name, "pid": process, "tid": thread, "args": args}


def _attributed(spent: Sequence[events.Spent], own: int) -> Iterator[events.Spent]:
    """Yield all, a voice's work with the article of the utterance that it was done for: that ends next in its thread."""
    waiting: dict[int, list[events.Spent]] = {}
    for one in spent:
        if not one.source:
            waiting.setdefault(one.span.number, []).append(one)
            continue
        yield one
        if one.span.process == own and one.span.name == "utterance":
            for its in waiting.pop(one.span.number, ()):
                yield events.Spent(one.name, one.source, its.span)
    for left in waiting.values():
        yield from left
