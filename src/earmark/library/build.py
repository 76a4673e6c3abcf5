"""Builds a folder: finds what is not fresh, has it made on all cores, and tells of everything."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack

from earmark.article import Problem, Severity
from earmark.errors import EarmarkError, ReadError
from earmark.library import events
from earmark.library.closing import close
from earmark.library.inputs.sources import Found
from earmark.library.making import GLANCE, Making
from earmark.library.results import unchanged
from earmark.library.state.index import Declined, Known
from earmark.library.state.store import store_of
from earmark.library.survey import Plan, Survey
from earmark.pipeline.studio import Studio
from earmark.storage import ObjectStore

__all__ = ["Plan", "build"]


def build(plan: Plan, *, tell: Callable[[events.Event], None], stop: threading.Event) -> events.Outcome:
    """Make every edition that is not fresh. Errors of one article are its result; the others are built.

    Raises `SettingsError` and `EngineError` where nothing at all can be made, `OverBudget` where it would cost too much.
    """
    if plan.settings.cost.most is not None:
        from earmark.library.budget import refuse_over_budget  # noqa: PLC0415 (few set a limit)

        refuse_over_budget(plan)
    with ExitStack() as stack:
        survey = Survey(plan, stack, stop)
        results, stale = _looked_over(survey, tell)
        troubles: tuple[EarmarkError, ...] = ()
        if stale and not stop.is_set():
            made, troubles = _make(survey, stack, stale, tell)
            results |= made
        ObjectStore(survey.plan.cache).tidy()
        if plan.shard:
            from earmark.library.distributed.handover import hand_over  # noqa: PLC0415 (few build in parts)

            return hand_over(survey, plan.shard, results, troubles)
        closed = close(
            survey.index,
            survey.freshness,
            survey.publisher,
            settings=plan.settings,
            articles=[found.relative for found in plan.folder.found if not found.is_standard_input],
            tell=tell,
        )
        return events.Outcome(
            tuple(results[key] for key in sorted(results)),
            closed.orphans,
            interrupted=stop.is_set(),
            troubles=(*troubles, *closed.troubles),
            moved=closed.moved,
            notices=(*(_passed_over(survey.studio) if stale and not plan.executor else ()), *closed.notices),
        )


def _looked_over(survey: Survey, tell: Callable[[events.Event], None]) -> tuple[dict[str, events.Result], list[Found]]:
    """Return what there is to tell without making anything, by the articles' paths, and what has to be made."""
    results: dict[str, events.Result] = {}
    for error in survey.refused:
        results[str(error.source)] = failed = events.Failed(str(error.source), str(error.source), error)
        tell(failed)
    stale: list[Found] = []
    for found, known in survey.articles():
        if survey.stop.is_set():
            break
        if known is None:
            stale.append(found)
        else:
            results[found.relative] = result = _left_alone(found, known)
            tell(result)
    own = sum(not survey.is_rival(found) for found in stale)
    tell(events.Planned(len(survey.meant) - len(stale) + own, own))
    return results, stale


def _passed_over(studio: Studio) -> tuple[Problem, ...]:
    """Return what listeners lose by voices that could not be chosen: `auto` takes the next best and goes on."""
    return tuple(
        Problem(
            "voice-broken", Severity.WARNING, error.message.rstrip("."), f"Another speaks: {error.hint.rstrip('.')}."
        )
        for error in studio.passed_over()
    )


def _left_alone(found: Found, known: Known | Declined) -> events.Unchanged | events.Skipped:
    if isinstance(known, Declined):
        return events.Skipped(found.name, found.relative, known.reason)
    return unchanged(found, known)


def _make(
    survey: Survey, stack: ExitStack, stale: Sequence[Found], tell: Callable[[events.Event], None]
) -> tuple[dict[str, events.Result], tuple[EarmarkError, ...]]:
    """Make all of `stale`, or have it made; return what came of it, and troubles."""
    if not survey.plan.executor:
        return _make_all(survey, stack, stale, tell)
    from earmark.library.distributed.dispatch import make_far  # noqa: PLC0415 (few have other machines)

    return make_far(survey, stale, tell)


def _make_all(
    survey: Survey, stack: ExitStack, stale: Sequence[Found], tell: Callable[[events.Event], None]
) -> tuple[dict[str, events.Result], tuple[EarmarkError, ...]]:
    """Make all of `stale`, a few articles at once, until done or told to stop; return what came of it, and troubles."""
    survey.open_desk()
    plan = survey.plan
    store = store_of(plan.cache, plan.shared_cache, whole=plan.force)  # who makes all anew is not sure of what is there
    stack.callback(store.close)
    making = Making(survey, store, len(stale), tell)
    stack.callback(making.close)
    results: dict[str, events.Result] = {}
    at_once = min(survey.plan.jobs + 1, len(stale))
    with ThreadPoolExecutor(at_once + 1, thread_name_prefix="article") as pool:
        opened = making.open(pool)
        futures = {pool.submit(making.make, number, found): found for number, found in enumerate(stale)}
        opened.result()
        _attend(survey, set(futures))
        survey.studio.settle()
        for future, found in futures.items():
            result = None if future.cancelled() else _result(future, found, tell)
            if result is not None:
                results[found.relative] = result
    try:
        store.hold_to(survey.plan.settings.cache.most_bytes)
    except EarmarkError as error:  # what was made is made all the same
        return results, (error,)
    return results, ()


def _attend(survey: Survey, left: set[Future[events.Result | None]]) -> None:
    """Wait for all; when told to stop, cancel what waits and break off what runs."""
    while left:
        _, left = wait(left, timeout=GLANCE)
        if survey.stop.is_set() and left:
            for future in left:
                future.cancel()
            survey.studio.close()
            if survey.desk:
                survey.desk.close()
            left = {future for future in left if not future.done()}
            if left:
                wait(left)
            return


def _result(
    future: Future[events.Result | None], found: Found, tell: Callable[[events.Event], None]
) -> events.Result | None:
    """Return what became of an article; a fault of earmark itself costs that article, not the others."""
    fault = future.exception()
    if fault is None:
        return future.result()
    if isinstance(fault, EarmarkError):  # it was made, and could not be told: the disk behind standard output is full
        return events.Failed(found.name, found.relative, fault)
    if os.environ.get("EARMARK_DEBUG"):
        raise fault
    error = ReadError(
        f"earmark failed on it ({type(fault).__name__}: {fault})",
        source=found.name,
        hint="This is a fault of earmark: please report it, with what EARMARK_DEBUG=1 shows.",
    )
    failed = events.Failed(found.name, found.relative, error)
    tell(failed)
    return failed
