"""The report: what a build did, for a program. Its schema number changes when a field changes its meaning."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from earmark.checks.options import is_heard
from earmark.errors import EarmarkError, WriteError
from earmark.library import events
from earmark.storage import sweep, write_atomically

SCHEMA = 1


def prepare_report(path: Path) -> None:
    """Raise `WriteError` if no report could be written there: better before a long build than after it."""
    if path.is_dir():
        raise WriteError("a folder has this name", path=path, hint="Name a file.")
    if not os.access(path.absolute().parent, os.W_OK):
        raise WriteError("its folder is not there, or can't be written", path=path, hint="Make the folder first.")


def write_report(path: Path, outcome: events.Outcome, *, out: Path, code: int) -> None:
    """Write the report, whole or not at all. Raises `WriteError`."""
    results = outcome.results
    report = {
        "schema": SCHEMA,
        "exit_code": code,
        "out": str(out),
        "interrupted": outcome.interrupted,
        "totals": {
            "made": sum(isinstance(result, events.Made) for result in results),
            "unchanged": sum(isinstance(result, events.Unchanged) for result in results),
            "skipped": sum(isinstance(result, events.Skipped) for result in results),
            "failed": sum(isinstance(result, events.Failed) for result in results),
            "seconds": round(
                sum(result.duration for result in results if isinstance(result, events.Made | events.Unchanged)), 3
            ),
            "omitted_words": sum(
                result.omitted_words for result in results if isinstance(result, events.Made | events.Unchanged)
            ),
        },
        "articles": [_article(result) for result in results],
        "troubles": [_error(error) for error in outcome.troubles],
        "to_check": _to_check(results),
        "orphans": [{"slug": orphan.slug, "source": orphan.source} for orphan in outcome.orphans],
        "moved": [
            {"old": one.old, "new": one.new, "slug": one.slug, "id": one.guid, "line": one.line}
            for one in outcome.moved
        ],
        "notices": outcome.notices,
    }
    sweep(path.absolute().parent)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def _to_check(results: Iterable[events.Result]) -> list[dict[str, object]]:
    """Return the problems of all articles that were made, each once, those of most articles first."""
    articles: dict[tuple[str, str, str, str], set[str]] = {}
    for result in results:
        problems = result.problems if isinstance(result, events.Made) else ()
        for problem in (one for one in problems if is_heard(one.code)):
            key = (problem.code, str(problem.severity), problem.message, problem.hint)
            articles.setdefault(key, set()).add(result.source)
    ranked = sorted(articles.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [
        {"code": code, "severity": severity, "message": message, "hint": hint, "articles": sorted(where)}
        for (code, severity, message, hint), where in ranked
    ]


def _article(result: events.Result) -> dict[str, object]:
    common: dict[str, object] = {"source": result.source, "status": type(result).__name__.lower()}
    match result:
        case events.Made():
            return common | {
                "slug": result.slug,
                "title": result.title,
                "duration": round(result.duration, 3),
                "utterances": result.utterances,
                "spoken": result.spoken,
                "omitted_words": result.omitted_words,
                "problems": result.problems,
                "files": result.files,
            }
        case events.Unchanged():
            return common | {
                "slug": result.slug,
                "title": result.title,
                "duration": round(result.duration, 3),
                "omitted_words": result.omitted_words,
            }
        case events.Skipped():
            return common | {"reason": result.reason}
        case events.Failed():
            return common | {"error": _error(result.error)}


def _error(error: EarmarkError) -> dict[str, object]:
    return {
        "type": type(error).__name__,
        "message": str(error),
        "hint": error.hint,
        "line": getattr(error, "line", None),
    }
