"""Finds editions whose article is gone from the folder, or goes by another slug now. They are only reported."""

import os
from pathlib import Path

from earmark.library import events
from earmark.library.freshness import RECORD, Freshness
from earmark.library.index import Index


def orphans(index: Index, freshness: Freshness) -> tuple[events.Orphaned, ...]:
    """Return the orphans in the audio folder, by slug; an article that merely was not named has none."""
    found: list[events.Orphaned] = []
    for slug in _folders(freshness):
        known = index.owner(slug)
        if known is not None:
            source, root = known.source.path, freshness.out / known.root
        else:
            record = freshness.record(slug)
            source, root = record.source.path if record else "-", freshness.root
        if source == "-":
            continue
        elsewhere = index.get(source)
        if not os.path.lexists(root / source):
            found.append(events.Orphaned(slug, source, f"its article {source} is gone"))
        elif elsewhere is not None and elsewhere.slug != slug:
            found.append(events.Orphaned(slug, source, f"{source} is published as {elsewhere.slug} now"))
    return tuple(found)


def _folders(freshness: Freshness) -> list[str]:
    """Return the names of the folders that hold a record."""
    try:
        with os.scandir(freshness.out) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in names if Path(freshness.out, name, RECORD).is_file()]
