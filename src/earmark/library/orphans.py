"""Finds editions whose article is gone from the folder, or goes by another slug now. They are only reported."""

import os
from collections.abc import Iterable

from earmark.library import events
from earmark.library.freshness import RECORD, Freshness
from earmark.library.index import Index
from earmark.library.sources import Folder


def orphans(
    folder: Folder, index: Index, freshness: Freshness, results: Iterable[events.Result]
) -> tuple[events.Orphaned, ...]:
    """Return the orphans in the audio folder, by slug; an article that merely was not named has none."""
    slugs = {result.source: result.slug for result in results if isinstance(result, events.Made | events.Unchanged)}
    sources = {known.slug: known.source.path for known in index.all()}
    found: list[events.Orphaned] = []
    for slug in _folders(freshness):
        source = sources.get(slug)
        if source is None:
            record = freshness.record(slug)
            source = record.source.path if record else "-"
        if source == "-":
            continue
        if source in slugs:
            if slugs[source] != slug:
                found.append(events.Orphaned(slug, source, f"{source} is published as {slugs[source]} now"))
        elif not os.path.lexists(folder.root / source):
            found.append(events.Orphaned(slug, source, f"its article {source} is gone"))
    return tuple(found)


def _folders(freshness: Freshness) -> list[str]:
    """Return the names of the folders that hold a record."""
    try:
        with os.scandir(freshness.out) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in names if (freshness.out / name / RECORD).is_file()]
