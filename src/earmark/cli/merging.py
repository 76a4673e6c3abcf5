"""What `earmark merge` does once its arguments are known."""

import os
from pathlib import Path

from earmark.article import Severity
from earmark.cli import exits
from earmark.cli.telling import console
from earmark.cli.telling.progress import line_for, line_of
from earmark.library import events
from earmark.library.distributed.merging import articles_of, merge, parts_of
from earmark.library.inputs.choosing import EVERYTHING, choose
from earmark.library.inputs.sources import discover
from earmark.readers import READERS
from earmark.settings import epoch_of
from earmark.storage.remote import address_of


def _show(event: events.Event) -> None:
    if line := line_for(event):
        console.note(line)


def run(places: tuple[Path, ...], *, out: Path, articles: Path | None) -> int:
    """Merge, tell of it, and return the exit code."""
    given = (*places, out, *([articles] if articles else []))
    if not any(map(address_of, given)):
        return _run(places, out, articles)
    from earmark.cli.afar import at_hand  # noqa: PLC0415 (few merge what lies in object stores)

    with at_hand(given, out) as (here, _):
        return _run(here[: len(places)], here[len(places)], here[-1] if articles else None)


def _run(places: tuple[Path, ...], out: Path, articles: Path | None) -> int:
    parts = parts_of(places)
    sources = (articles or articles_of(parts),)
    folder = discover(sources, suffixes=READERS, out=out)
    chosen = choose(folder, sources, parts[0].manifest.settings.articles, EVERYTHING)
    merged = merge(parts, chosen, out, epoch=epoch_of(os.environ.get("SOURCE_DATE_EPOCH", "")), tell=_show)
    outcome = merged.outcome
    for trouble in outcome.troubles:
        console.complain(trouble)
    for notice in outcome.notices:
        if notice.severity is not Severity.INFO:
            console.note(line_of(notice))
    failed = [result.error for result in outcome.results if isinstance(result, events.Failed)]
    there = sum(isinstance(result, events.Unchanged) for result in outcome.results)
    shards = "1 shard" if merged.shards == 1 else f"{merged.shards} shards"
    some = f", {len(failed)} failed" if failed else ""
    editions = "1 edition" if there == 1 else f"{there} editions"
    console.result(f"{shards}: {editions}, {merged.brought} brought here{some}")
    return exits.combined(exits.code_of(error) for error in (*failed, *outcome.troubles))
