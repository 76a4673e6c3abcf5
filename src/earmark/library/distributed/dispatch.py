"""Has all that is not fresh made by the workers of a scheduler, in batches, and takes in what they tell.

A batch whose process or worker dies is halved, until the article that does it stands alone and is named.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path
from secrets import token_hex

import msgspec
import platformdirs
from msgspec import Struct

from earmark.errors import EarmarkError, EngineError, ReadError
from earmark.library import events
from earmark.library.distributed.batches import Article, Job, Told
from earmark.library.distributed.executor import Answer, GivenUp, Workers
from earmark.library.distributed.merging import Gathering, Part, error_of
from earmark.library.distributed.rivals import names_wanted
from earmark.library.distributed.schedulers import ExecutorUnreachable, ExecutorUnusable
from earmark.library.distributed.shards import Fault, Manifest
from earmark.library.inputs.sources import Found
from earmark.library.state.index import FOLDER
from earmark.library.survey import Survey
from earmark.storage.files import write_errors

_MOST = 100  # articles in a batch: some minutes, the most that a death costs
_FEW = 4  # articles below which starting a process for them is a good part of the work
_EACH = 4  # batches for each that can be built at once, so that all end at about the same time
_TRIES = 2  # times that what builds an article alone may die
_HOPELESS = 20  # deaths after which something must have been built: one article among a hundred costs nine

Made = tuple[dict[str, events.Result], tuple[EarmarkError, ...]]


def make_far(survey: Survey, stale: Sequence[Found], tell: Callable[[events.Event], None]) -> Made:
    """Have `stale` made by workers; return what came of each, and troubles.

    Raises `ExecutorUnusable` and `ExecutorUnreachable` where nothing is begun.
    """
    try:
        workers = Workers(survey.plan.executor, survey.stop)
    except GivenUp:
        return {}, ()
    dispatch = _Dispatch(survey, workers, tell)
    try:
        with _token(survey.plan.out) as token:
            source, size = _sample(stale)
            workers.look(cwd=os.getcwd(), out=str(survey.plan.out), source=source, size=size, token=token)  # noqa: PTH109
        trouble = dispatch.all(stale)
    except GivenUp:
        trouble = None
    finally:
        workers.close()
    return dispatch.gathered(), (*dispatch.troubles, *([trouble] if trouble else []))


def _sample(stale: Sequence[Found]) -> tuple[str, int]:
    """Return an article and its size, by which workers know that they see the same."""
    for found in stale:
        with suppress(OSError):
            return found.name, found.path.stat().st_size
    return stale[0].name, 0


@contextmanager
def _token(out: Path) -> Iterator[str]:
    """Give the name, as seen from `out`, of a file by which workers know that they see the same folder."""
    token = f"{FOLDER}/seen-{token_hex(8)}"
    path = out / token
    with write_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    try:
        yield token
    finally:
        path.unlink(missing_ok=True)


class _Batch(Struct, frozen=True):
    """Articles that are built together, and how often what built just these has died."""

    found: tuple[Found, ...]
    deaths: int = 0


class _Dispatch:
    def __init__(self, survey: Survey, workers: Workers, tell: Callable[[events.Event], None]) -> None:
        self._survey, self._workers, self._tell = survey, workers, tell
        self._parts: list[Part] = []
        self._made: dict[str, events.Made] = {}
        self._failed: dict[str, events.Failed] = {}
        self._waiting: dict[int, _Batch] = {}
        self._submitted, self._deaths = 0, 0
        self._cwd = os.getcwd()  # noqa: PTH109 (it is sent as text)
        self._rivals = _Rivals(survey)
        self.troubles: list[EarmarkError] = []

    def all(self, stale: Sequence[Found]) -> EarmarkError | None:
        """Have all made, or as many as can be; return what ended it early."""
        try:
            at_once = max(1, self._workers.threads())
            few = min(_FEW, ceil(len(stale) / at_once))
            size = min(_MOST, max(few, ceil(len(stale) / (at_once * _EACH))))
            for start in range(0, len(stale), size):
                self._submit(_Batch(tuple(stale[start : start + size])))
            while self._waiting:
                number, answer = self._workers.next()
                self._taken(self._waiting.pop(number), answer)
        except (ExecutorUnreachable, ExecutorUnusable, EngineError) as error:
            return error
        return None

    def gathered(self) -> dict[str, events.Result]:
        """Take all editions in as a merge does, in the order of their articles, and return what came of each."""
        survey = self._survey
        results: dict[str, events.Result] = dict(self._failed)
        for result in Gathering(survey.plan.out, survey.index, survey.freshness).all(self._parts):
            made = self._made.get(result.source)
            if isinstance(result, events.Failed):
                if made:  # it was told as made
                    self._tell(result)
                results[result.source] = result
            else:
                results[result.source] = made or result
        return results

    def _submit(self, batch: _Batch) -> None:
        plan, own = self._survey.plan, {found.relative for found in batch.found}
        articles = (*batch.found, *self._rivals.of(own))
        ours = plan.cache == platformdirs.user_cache_path("earmark")
        job = Job(
            paths=tuple(sorted(own)),
            articles=tuple(Article(one.name, one.relative) for one in sorted(articles, key=lambda one: one.relative)),
            root=str(plan.folder.root),
            settings_file=str(plan.folder.settings_file or ""),
            settings=plan.settings,
            out=str(plan.out),
            cache="" if ours else str(plan.cache),
            shared_cache=plan.shared_cache,
            tags=plan.choice.tags,
            jobs=plan.jobs,
            force=plan.force,
            epoch=plan.epoch,
        )
        self._submitted += 1
        self._waiting[self._submitted] = batch
        self._workers.submit(self._submitted, msgspec.msgpack.encode(job), self._cwd)

    def _taken(self, batch: _Batch, answer: Answer) -> None:
        """Take in what came of a batch. Raises where no batch can do any better."""
        told = msgspec.msgpack.decode(answer.told, type=Told) if answer.code == 0 and answer.told else None
        if told is None or (told.manifest is not None and not told.manifest.whole):
            self._died(batch, answer)
            return
        if told.manifest is None:
            raise _unusable(told.troubles, answer.worker)
        if told.manifest.base != self._survey.base:
            message = f"worker {answer.worker} sees other templates or sounds, or has other libraries"
            raise ExecutorUnusable(message, hint="Install there what is here, from the same lock.")
        self.troubles += [error_of(fault) for fault in told.troubles]
        self._parts.append(Part(self._survey.plan.out, told.manifest))
        self._made |= {made.source: made for made in told.made}
        self._show(batch, told.manifest)

    def _show(self, batch: _Batch, manifest: Manifest) -> None:
        """Tell of each article of a batch, and find those that nothing was told of."""
        names = {found.relative: found.name for found in batch.found}
        faults = {fault.path: fault for fault in manifest.failed}
        seen = {
            *(known.source.path for known in manifest.known),
            *(one.source.path for one in manifest.declined),
            *faults,
        }
        for path, name in names.items():
            if path in self._made:
                self._tell(self._made[path])
            elif path in faults:
                self._tell(events.Failed(faults[path].name, path, error_of(faults[path])))
            elif path not in seen and not self._survey.plan.choice.tags:
                self._fail(path, name, ReadError("its worker told nothing of it", source=name, hint="Build it again."))

    def _died(self, batch: _Batch, answer: Answer) -> None:
        """Halve what somebody died of; an article that stands alone is tried once more, and named then."""
        self._deaths += 1
        if self._deaths >= _HOPELESS and not self._parts:
            hint = "Look into the logs of the workers: it is none of the articles."
            raise ExecutorUnusable(f"{self._deaths} batches died, and none was built", hint=hint)
        found = batch.found
        if len(found) > 1:
            half = len(found) // 2
            self._submit(_Batch(found[:half]))
            self._submit(_Batch(found[half:]))
        elif batch.deaths + 1 < _TRIES:
            self._submit(_Batch(found, batch.deaths + 1))
        else:
            how = f"signal {-answer.code}" if answer.code < 0 else f"exit code {answer.code}"
            what = (
                f"what built it on {answer.worker} died each time ({how})"
                if answer.worker
                else "its workers died of it"
            )
            hint = "Build it alone on one machine to see why; the others are not touched by it."
            self._fail(found[0].relative, found[0].name, ReadError(what, source=found[0].name, hint=hint))

    def _fail(self, path: str, name: str, error: EarmarkError) -> None:
        self._failed[path] = failed = events.Failed(name, path, error)
        self._tell(failed)


def _unusable(troubles: Sequence[Fault], worker: str) -> EarmarkError:
    """Return why a worker could make nothing at all."""
    error = error_of(troubles[0])
    if isinstance(error, EngineError):
        error.message = f"{error.message.rstrip('.')} (on worker {worker})"
        return error
    return ExecutorUnusable(f"worker {worker}: {error.message}", hint=error.hint)


class _Rivals:
    """Who wants the slug or GUID of whom, found out once for all batches."""

    def __init__(self, survey: Survey) -> None:
        found = survey.plan.folder.found
        self._found = {one.relative: one for one in found}
        self._wanted: Mapping[str, tuple[str, ...]] = names_wanted(survey.root, found, survey.plan.settings.site.id)
        self._by_name: dict[str, list[str]] = {}
        for relative, names in self._wanted.items():
            for name in names:
                self._by_name.setdefault(name, []).append(relative)
        for known in survey.index.all():  # who was published by a name that somebody else wants now
            if known.source.path in self._found:
                self._by_name.setdefault(f"guid {known.guid}", []).append(known.source.path)

    def of(self, own: set[str]) -> list[Found]:
        """Return the articles that are not in `own` and want what one of these wants."""
        names = {name for relative in own for name in self._wanted.get(relative, ())}
        others = {relative for name in names for relative in self._by_name.get(name, ())} - own
        return [self._found[relative] for relative in others]
