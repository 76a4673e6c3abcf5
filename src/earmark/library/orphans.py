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
    there: dict[Path, bool] = {}
    for slug in slugs:
        known = index.owner(slug)
        if known is not None:
            source, root = known.source.path, freshness.out / known.root
        else:
            record = freshness.record(slug)
            source, root = record.source.path if record else "-", freshness.root
        if source == "-":
            continue
        if not there.setdefault(root, root.is_dir()):
            continue  # a whole folder of articles is out of reach: that tells nothing of any one of them
        elsewhere = index.get(source)
        if _is_gone(root / source):
            found.append(events.Orphaned(slug, source, f"its article {source} is gone"))
        elif elsewhere is not None and elsewhere.slug != slug:
            found.append(events.Orphaned(slug, source, f"{source} is published as {elsewhere.slug} now"))
    return tuple(found)


def _is_gone(path: Path) -> bool:
    """Tell whether there is nothing for sure: what can't be looked at may be there."""
    try:
        os.lstat(path)  # ten thousand of them: twice as quick as by the path's own method
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def edition_folders(out: Path) -> list[str]:
    """Return the names of the folders in the audio folder that hold a record, sorted."""
    try:
        with os.scandir(out) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in names if Path(out, name, RECORD).is_file()]
