"""Finds editions whose article is gone from the folder, or goes by another slug now. They are only reported."""

import os
from collections.abc import Sequence
from pathlib import Path

from earmark.library import events
from earmark.library.freshness import RECORD, Freshness
from earmark.library.index import Index


def orphans(index: Index, freshness: Freshness, slugs: Sequence[str]) -> tuple[events.Orphaned, ...]:
    """Return the orphans among the editions `slugs`; an article that merely was not named has none."""
    found: list[events.Orphaned] = []
    for slug in slugs:
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


def edition_folders(out: Path) -> list[str]:
    """Return the names of the folders in the audio folder that hold a record, sorted."""
    try:
        with os.scandir(out) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in names if Path(out, name, RECORD).is_file()]
