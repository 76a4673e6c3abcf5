"""The gate: tells of every article whether its edition is fit to publish, and why not. Nothing is spoken."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from earmark.errors import EarmarkError
from earmark.library.catalogue.feeds import Standing, distrust_feeds, feeds_differ, write_feeds
from earmark.library.catalogue.front import distrust_front, front_differs, write_front
from earmark.library.gate.deep import look_into
from earmark.library.gate.findings import Checked, Findings, Inspection
from earmark.library.gate.leftovers import leftovers, remove
from earmark.library.gate.moved import moved
from earmark.library.gate.orphans import edition_folders, orphans
from earmark.library.inputs.dressing import cover_of
from earmark.library.inputs.recordings import tapes_of
from earmark.library.inputs.sources import Found
from earmark.library.state.freshness import RECORD
from earmark.library.state.index import Declined, Known
from earmark.library.state.staleness import changed_inputs, harmed_files
from earmark.library.survey import Plan, Survey, reason_to_skip
from earmark.pipeline.checking import faults
from earmark.pipeline.composed import Composed
from earmark.writers.record import Record

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_BUILD = "Run `earmark build`."
_PRUNE = "Look at `earmark prune`, which deletes it, or bring the article back."


class Scope(Struct, frozen=True, kw_only=True):
    """What is looked at.

    `whole` says that the sources are all there are: only then can an edition be an orphan, and only then
    are front page and feeds looked at. `editions` is off where the articles alone are to be checked. `deep`
    reads every published byte. `fix` puts right what can be without an author or a voice.
    """

    whole: bool
    editions: bool = True
    deep: bool = False
    fix: bool = False


def check(plan: Plan, scope: Scope) -> Inspection:
    """Look at the articles and editions of `plan`. Nothing that is published is written unless `scope` says so.

    Raises `SettingsError` and `EngineError` where nothing can be judged.
    """
    with ExitStack() as stack:
        survey = Survey(plan, stack, threading.Event())
        pool = ThreadPoolExecutor(plan.jobs, thread_name_prefix="check")
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        return _Check(survey, scope, pool).run()


class _Check:
    """One check under way."""

    def __init__(self, survey: Survey, scope: Scope, pool: ThreadPoolExecutor) -> None:
        self.survey, self.scope, self._pool = survey, scope, pool
        self.findings = Findings(survey.plan.settings.check)
        self.articles: list[Checked] = []
        self.fixed: list[str] = []
        self.troubles: list[EarmarkError] = []
        self.gone: tuple[str, ...] = ()
        self._distrusted = False
        self._unwanted: dict[str, str] = {}  # why articles want no edition, by path

    def run(self) -> Inspection:
        """Look at everything."""
        for error in self.survey.plan.folder.refused:
            self.findings.error(error, str(error.source), "")
        self._look_at_articles()
        if self.scope.editions:
            if self.scope.deep:
                self._look_into_editions()
            if self.scope.whole:
                self._look_at_folder()
            if self.scope.fix or self._distrusted:
                self._attempt(self.survey.index.save)
        return Inspection(
            articles=tuple(sorted(self.articles, key=lambda article: article.source)),
            findings=self.findings.all(),
            orphans=self.gone,
            fixed=tuple(self.fixed),
            troubles=tuple(self.troubles),
        )

    def _look_at_articles(self) -> None:
        unsettled: list[Found] = []
        for found, known in self.survey.articles():
            if known is None:
                unsettled.append(found)
            elif isinstance(known, Declined):
                self._skipped(found, known.reason)
            else:
                self.findings.problems(found, known.problems, known.slug)
                self.articles.append(_fresh(found, known))
        if not unsettled:
            return
        self.survey.open_desk()
        for number, (found, composed) in enumerate(zip(unsettled, self._each(self._compose, unsettled), strict=True)):
            try:
                self._judge(number, found, composed)
            except EarmarkError as error:
                self.findings.error(error, found.name, found.relative)
                self.articles.append(Checked(name=found.name, source=found.relative, state="unreadable"))
            finally:
                self.survey.claims.passed(number)

    def _compose(self, found: Found) -> Composed | EarmarkError:
        try:
            return self.survey.compose(self.survey.source(found))
        except EarmarkError as error:
            return error

    def _judge(self, number: int, found: Found, composed: Composed | EarmarkError) -> None:
        """Tell of an article that has no fresh edition. Raises what keeps it from having one."""
        if isinstance(composed, EarmarkError):
            raise composed
        survey = self.survey
        if not survey.plan.choice.has_tag(composed.metadata.tags):
            return
        skip = reason_to_skip(composed)
        if skip:
            self._skipped(found, skip)
            return
        voice = survey.plan.settings.voice
        problems = faults(composed.script, composed.metadata, voice, survey.studio.engine)
        slug = survey.name(number, found, composed)
        record = survey.freshness.own_record(found.relative, survey.index.get(found.relative))
        self.findings.problems(found, problems, slug)
        cover_of(composed.metadata, found, survey.root)
        tapes_of(composed, found, survey.root)
        state, reasons = self._stale(found, record) if record is not None else self._missing(found, slug)
        self.articles.append(
            Checked(name=found.name, source=found.relative, state=state, slug=slug, reasons=tuple(reasons))
        )

    def _skipped(self, found: Found, reason: str) -> None:
        """Tell of an article that wants no edition, and of one that it has nevertheless."""
        self._unwanted[found.relative] = reason
        self.articles.append(Checked(name=found.name, source=found.relative, state="skipped", reasons=(reason,)))
        survey = self.survey
        record = survey.freshness.own_record(found.relative, survey.index.get(found.relative))
        if record is not None and self.scope.editions:
            message = f"{reason}, and its edition {record.slug} is still published"
            self._tell("edition-withdrawn", found, message, _PRUNE, record.slug)

    def _missing(self, found: Found, slug: str) -> tuple[str, Sequence[str]]:
        if self.scope.editions:
            began = (self.survey.plan.out / slug).is_dir()
            message = "its edition was never finished" if began else "it has no edition"
            self._tell("edition-missing", found, message, _BUILD, slug)
        return "missing", ()

    def _stale(self, found: Found, record: Record) -> tuple[str, Sequence[str]]:
        reasons = changed_inputs(self.survey.freshness, record, found)
        harmed = [] if reasons else [f"{name} {what}" for name, what in harmed_files(self.survey.plan.out, record)]
        if not self.scope.editions:
            return "stale", (*reasons, *harmed)
        for reason in harmed:
            self._tell("edition-harmed", found, f"of its edition {record.slug}, {reason}", _BUILD, record.slug)
        if not harmed:
            told = "; ".join(reasons) or f"its {RECORD} was changed"
            self._tell("edition-stale", found, f"its edition {record.slug} is out of date: {told}", _BUILD, record.slug)
        return "stale", (*reasons, *harmed)

    def _tell(self, code: str, found: Found, message: str, hint: str, slug: str) -> None:
        self.findings.add(code, message, hint, file=found.name, source=found.relative, slug=slug)

    def _look_into_editions(self) -> None:
        """Read every byte of the editions that there are, on all cores, a piece at a time."""
        names = {found.relative: found for found in self.survey.plan.folder.found}
        slugs = edition_folders(self.survey.plan.out)
        asked = {article.slug for article in self.articles if article.slug}
        chosen = [slug for slug in slugs if self.scope.whole or slug in asked]
        for faults_found in self._each(lambda slug: look_into(self.survey.plan.out, slug), chosen):
            for fault in faults_found:
                self._distrust(fault.slug)
                found = names.get(fault.source)
                self.findings.add(
                    fault.code,
                    fault.message,
                    fault.hint,
                    file=str(self.survey.plan.out / fault.slug / fault.file),
                    source=found.relative if found else fault.source,
                    slug=fault.slug,
                )

    def _distrust(self, slug: str) -> None:
        """Have the next build read an edition's bytes, although size and times are what they were: a disk forgets silently."""
        known = self.survey.index.owner(slug)
        if known is not None:
            self._distrusted = True
            self.survey.index.forget(known.source.path)

    def _look_at_folder(self) -> None:
        """Look at what belongs to no article: orphans, half-written files, the front page, the feeds."""
        survey, out = self.survey, self.survey.plan.out
        there = [found.relative for found in survey.plan.folder.found if not found.is_standard_input]
        slugs = edition_folders(out, survey.freshness.whole)
        options = survey.plan.settings.articles
        gone = orphans(survey.index, survey.freshness, slugs, there, options=options, unwanted=self._unwanted)
        self.gone = tuple(orphan.slug for orphan in gone)
        elsewhere = moved(survey.index, survey.freshness, gone, there, survey.plan.settings.site.id)
        names = {found.relative: found.name for found in survey.plan.folder.found} if elsewhere else {}
        for one in elsewhere:
            message = f"it was published as {one.old}, and subscribers would hear it again"
            hint = f"Write this line into its front matter: {one.line}"
            file = names.get(one.new, one.new)
            self.findings.add("edition-moved", message, hint, file=file, source=one.new, slug=one.slug)
        for orphan in gone:
            if orphan.source in self._unwanted:
                continue  # told with its article
            self.findings.add(
                "edition-withdrawn" if orphan.withdrawn else "edition-orphaned",
                f"the edition {orphan.slug} is an orphan: {orphan.reason}",
                _PRUNE,
                file=str(out / orphan.slug),
                source=orphan.source,
                slug=orphan.slug,
            )
        self._look_at_leftovers(slugs)
        self._look_at_lists(Standing(slugs, gone, elsewhere))

    def _look_at_leftovers(self, slugs: Sequence[str]) -> None:
        for path in leftovers(self.survey.plan.out, slugs):
            if self.scope.fix and remove(path):
                self.fixed.append(f"{path}: deleted, it was half written")
            else:
                hint = "`earmark check --fix` deletes it, and so does the next build of its edition."
                self.findings.add("leftover-file", "a killed build has left it half written", hint, file=str(path))

    def _look_at_lists(self, standing: Standing) -> None:
        """Look at what lists all editions, where these are as they should be: else a build makes it anew anyway."""
        survey, settings = self.survey, self.survey.plan.settings
        if self.scope.fix:
            self._attempt(lambda: self._write_lists(standing))
        publisher = survey.publisher
        pages = front_differs(
            survey.index,
            survey.freshness,
            standing.slugs,
            site=settings.site,
            options=settings.library,
            house=survey.house,
            deep=self.scope.deep,
        )
        for name, what in pages:
            self._lists("front-differs", name, what)
        feeds = feeds_differ(survey.index, survey.freshness, standing, publisher, deep=self.scope.deep)
        for name, what in feeds:
            self._lists("feed-differs", name, what)
        if self.scope.deep and (pages or feeds):
            self._attempt(lambda: _distrust_lists(self.survey.plan.out))

    def _lists(self, code: str, name: str, what: str) -> None:
        hint = "`earmark check --fix` writes it anew, and so does `earmark build`."
        self.findings.add(code, what, hint, file=str(self.survey.plan.out / name))

    def _write_lists(self, standing: Standing) -> None:
        survey, settings = self.survey, self.survey.plan.settings
        if write_front(
            survey.index,
            survey.freshness,
            standing.slugs,
            site=settings.site,
            options=settings.library,
            house=survey.house,
        ):
            self.fixed.append(f"{survey.plan.out}: the front page was written anew")
        write_feeds(survey.index, survey.freshness, standing, survey.publisher)

    def _attempt(self, finish: Callable[[], object]) -> None:
        try:
            finish()
        except EarmarkError as error:
            self.troubles.append(error)

    def _each(self, function: Callable[[_Item], _Result], items: Sequence[_Item]) -> Sequence[_Result]:
        return list(self._pool.map(function, items))


def _distrust_lists(out: Path) -> None:
    distrust_front(out)
    distrust_feeds(out)


def _fresh(found: Found, known: Known) -> Checked:
    return Checked(name=found.name, source=found.relative, state="fresh", slug=known.slug)
