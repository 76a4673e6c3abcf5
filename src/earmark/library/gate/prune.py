"""Deletes what no article wants any more: orphaned editions, and what killed builds have left half written.

Only files that an edition's own record names are deleted, in a folder that lies in the folder of editions
itself. A folder that is no edition of ours, a link, and whatever somebody put beside ours are never touched.
"""

import threading
from contextlib import ExitStack, suppress
from pathlib import Path

from msgspec import Struct

from earmark.errors import EarmarkError, WriteError
from earmark.library import events
from earmark.library.catalogue.feeds import Standing, write_feeds
from earmark.library.catalogue.front import write_front
from earmark.library.gate.leftovers import leftovers, remove
from earmark.library.gate.moved import moved
from earmark.library.gate.orphans import edition_folders, orphans
from earmark.library.inputs.sources import STANDARD_INPUT, SourceNotFound
from earmark.library.state.freshness import RECORD, Freshness
from earmark.library.state.index import FOLDER, Declined
from earmark.library.survey import Plan, Survey, reason_to_skip
from earmark.storage import Lock
from earmark.storage.files import write_errors


class Doomed(Struct, frozen=True, kw_only=True):
    """An orphaned edition: which of its files would be deleted, how many bytes they are, and why.

    `moved` is the article that has its text now, if there is one that has not taken over its `id`.
    """

    slug: str
    reason: str
    folder: Path
    files: tuple[str, ...]
    bytes: int
    source: str
    moved: str = ""


class Pruned(Struct, frozen=True, kw_only=True):
    """What was deleted, and what was left standing: each a line to tell. `troubles` are what could not be done."""

    deleted: tuple[str, ...]
    kept: tuple[str, ...]
    troubles: tuple[EarmarkError, ...]


class Pruning:
    """What there is to delete. Raises `SourceNotFound` where the articles can't be known to be gone."""

    def __init__(self, plan: Plan, stack: ExitStack) -> None:
        """Look, and delete nothing."""
        _refuse(plan)
        self._survey = Survey(plan, stack, threading.Event())
        self.out = plan.out
        slugs = edition_folders(self.out)
        articles = [found.relative for found in plan.folder.found]
        gone = orphans(
            self._survey.index,
            self._survey.freshness,
            slugs,
            articles,
            options=plan.settings.articles,
            unwanted=_unwanted(self._survey),
        )
        elsewhere = moved(self._survey.index, self._survey.freshness, gone, articles, plan.settings.site.id)
        homes = {one.slug: one.new for one in elsewhere}
        found = (_doomed(self._survey.freshness, orphan, homes.get(orphan.slug, "")) for orphan in gone)
        self.editions = tuple(one for one in found if one is not None)
        self.leftovers = leftovers(self.out, slugs)
        self._listed = False

    def carry_out(self) -> Pruned:
        """Delete it all, then bring index, front page and feeds up to date."""
        deleted: list[str] = []
        kept: list[str] = []
        troubles: list[EarmarkError] = []
        for one in self.editions:
            try:
                kept += self._delete(one)
                deleted.append(str(one.folder))
            except EarmarkError as error:
                troubles.append(error)
        deleted += [str(path) for path in self.leftovers if remove(path)]
        for finish in (self._survey.index.save, self._lists):
            try:
                finish()
            except EarmarkError as error:
                troubles.append(error)
        if deleted and troubles and not self._listed:  # a second run finds nothing to delete, and would leave it so
            hint = "Run `earmark build`: it brings them up to date."
            troubles.append(EarmarkError("front page and feeds may still list what was deleted", hint=hint))
        return Pruned(deleted=tuple(deleted), kept=tuple(kept), troubles=tuple(troubles))

    def _delete(self, doomed: Doomed) -> list[str]:
        """Delete an edition, its record last: if this is broken off it is still an orphan. Return what stays."""
        lock = Lock(self.out / FOLDER / "locks" / doomed.slug)
        if not lock.acquire(wait=False):
            raise WriteError("a build is at work on it", path=doomed.folder, hint="Prune it when that has ended.")
        try:
            if not _is_ours(self.out, doomed.slug):
                raise WriteError("it is another folder than it was", path=doomed.folder)
            for name in doomed.files:
                with write_errors(doomed.folder / name):
                    (doomed.folder / name).unlink(missing_ok=True)
            known = self._survey.index.owner(doomed.slug)
            if known is not None:
                self._survey.index.forget(known.source.path)
            with suppress(OSError):  # what is not ours stays, and so does its folder
                doomed.folder.rmdir()
        finally:
            lock.release()
        if not doomed.folder.exists():
            return []
        return [f"{path}: it is no file of the edition" for path in sorted(doomed.folder.iterdir())]

    def _lists(self) -> None:
        survey, settings = self._survey, self._survey.plan.settings
        slugs = edition_folders(self.out)
        write_front(
            survey.index, survey.freshness, slugs, site=settings.site, options=settings.library, house=survey.house
        )
        write_feeds(survey.index, survey.freshness, Standing(slugs), survey.publisher)
        self._listed = True


def _unwanted(survey: Survey) -> dict[str, str]:
    """Return why articles that are there and have an edition want none, by path: what can't be read may want it."""
    reasons: dict[str, str] = {}
    for found in survey.meant:
        known = survey.settled(found)
        if isinstance(known, Declined):
            reasons[found.relative] = known.reason
        elif known is None and survey.freshness.own_record(found.relative, survey.index.get(found.relative)):
            with suppress(EarmarkError):
                reasons[found.relative] = reason_to_skip(survey.compose(survey.source(found)))
    return reasons


def _refuse(plan: Plan) -> None:
    """Raise where it can't be known which articles there are: then nothing is an orphan for sure."""
    folder = plan.folder
    if any(found.path == STANDARD_INPUT for found in folder.found):
        raise SourceNotFound("standard input is no folder of articles", hint="Name the folder.")
    if not plan.out.is_dir():
        raise SourceNotFound(f"{plan.out}: there is no such folder of editions", hint="Name it with --out.")
    unread = next((error for error in folder.refused if error.source and Path(str(error.source)).is_dir()), None)
    if unread is not None:
        raise SourceNotFound(
            f"{unread.source}: {unread.message}", hint="What is in it may not be gone: nothing is deleted."
        )
    if not folder.found:
        raise SourceNotFound(
            f"there is no article in {folder.root}", hint="Is it the right folder? Nothing is deleted."
        )


def _doomed(freshness: Freshness, orphan: events.Orphaned, home: str) -> Doomed | None:
    """Return what of an orphan would be deleted; nothing where its folder is not one of ours."""
    record = freshness.record(orphan.slug)
    if record is None or not _is_ours(freshness.out, orphan.slug):
        return None
    folder = freshness.out / orphan.slug
    names = [file.name for file in record.files if _is_file(folder / file.name)]
    return Doomed(
        slug=orphan.slug,
        reason=orphan.reason,
        folder=folder,
        files=(*names, RECORD),
        bytes=sum((folder / name).lstat().st_size for name in (*names, RECORD)),
        source=orphan.source,
        moved=home,
    )


def _is_file(path: Path) -> bool:
    return path.is_symlink() or path.is_file()  # of a link only the link would go


def _is_ours(out: Path, slug: str) -> bool:
    """Tell whether the folder lies in the folder of editions itself, and no link leads elsewhere."""
    folder = out / slug
    return (
        not folder.is_symlink()
        and folder.resolve() == out.resolve() / slug
        and not (folder / RECORD).is_symlink()
        and (folder / RECORD).is_file()
    )
