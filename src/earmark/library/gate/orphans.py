"""Finds editions whose article is gone, is to have none, or goes by another slug now. They are only reported."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from earmark.library import events
from earmark.library.inputs.choosing import why_not
from earmark.library.state.freshness import RECORD, Freshness
from earmark.library.state.index import Index, stat_of
from earmark.options import ArticleOptions

NONE: Mapping[str, str] = MappingProxyType({})


def orphans(  # noqa: PLR0913 (what there is, and the two who may want less)
    index: Index,
    freshness: Freshness,
    slugs: Sequence[str],
    articles: Collection[str],
    *,
    options: ArticleOptions,
    unwanted: Mapping[str, str] = NONE,
) -> tuple[events.Orphaned, ...]:
    """Return the orphans among the editions `slugs`; an article that merely was not named has none.

    `articles` are known to be there, so that nobody looks for each of ten thousand a second time; of those that are
    not among them, `options` may leave some out. `unwanted` tells why articles that are there are to have no audio.
    """
    found: list[events.Orphaned] = []
    there: dict[str, bool] = {}
    here, outside, present = freshness.relative_root, str(freshness.out), frozenset(articles)
    for slug in slugs:
        known = index.owner(slug)
        if known is not None:
            source, root = known.source.path, known.root
        else:
            record = freshness.record(slug)
            source, root = record.source.path if record else "-", here
        elsewhere = index.get(source)
        why = (
            "" if root != here else unwanted.get(source, "") or ("" if source in present else why_not(source, options))
        )
        if why and not _is_gone(os.path.join(outside, root, source)):  # noqa: PTH118 (as below)
            found.append(events.Orphaned(slug, source, why, withdrawn=True))
            continue
        if source == "-" or (root == here and source in present and (elsewhere is None or elsewhere.slug == slug)):
            continue
        folder = os.path.join(outside, root)  # noqa: PTH118 (ten thousand of them)
        if root not in there:
            there[root] = os.path.isdir(folder)  # noqa: PTH112 (likewise)
        if not there[root]:
            continue  # a whole folder of articles is out of reach: that tells nothing of any one of them
        if _is_gone(os.path.join(folder, source)):  # noqa: PTH118 (likewise)
            found.append(events.Orphaned(slug, source, f"its article {source} is gone"))
        elif elsewhere is not None and elsewhere.slug != slug:
            found.append(events.Orphaned(slug, source, f"{source} is published as {elsewhere.slug} now"))
    return tuple(found)


def declined(index: Index, freshness: Freshness) -> dict[str, str]:
    """Return why articles of this folder want no edition, by path, as a build has just found them."""
    return {
        one.source.path: one.reason
        for one in index.all_declined()
        if one.root == freshness.relative_root
        and one.deciding == freshness.deciding
        and stat_of(freshness.root, one.source.path) == one.source
    }


def _is_gone(path: str) -> bool:
    """Tell whether there is nothing for sure: what can't be looked at may be there."""
    try:
        os.lstat(path)  # ten thousand of them: twice as quick as by the path's own method
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def edition_folders(out: Path, whole: Collection[str] = ()) -> list[str]:
    """Return the names of the folders in the audio folder that hold a record, sorted; those of `whole` are known to."""
    try:
        with os.scandir(out) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return []
    return [name for name in names if name in whole or Path(out, name, RECORD).is_file()]
