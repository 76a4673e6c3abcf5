"""Ends the build of a shard: nothing that lists the whole folder is written, only what this part has to tell."""

from collections.abc import Iterable, Mapping

from earmark.errors import EarmarkError
from earmark.library import events
from earmark.library.distributed.shards import Fault, Manifest, Shard
from earmark.library.inputs.sources import Found
from earmark.library.state.freshness import digest
from earmark.library.state.index import Declined, Index, Known
from earmark.library.survey import Survey


def hand_over(
    survey: Survey, shard: Shard, results: Mapping[str, events.Result], troubles: tuple[EarmarkError, ...]
) -> events.Outcome:
    """Write the shard's manifest, and return how its build ended."""
    ordered, interrupted = tuple(results[key] for key in sorted(results)), survey.stop.is_set()
    try:
        manifest_for(survey, shard, ordered, whole=not interrupted).write(survey.plan.out)
    except EarmarkError as error:
        troubles = (*troubles, error)
    return events.Outcome(ordered, (), interrupted=interrupted, troubles=troubles)


def manifest_for(survey: Survey, shard: Shard, results: Iterable[events.Result], *, whole: bool) -> Manifest:
    """Return what is to be told of a shard's articles, whose builds ended as `results` say."""
    known, declined, failed = _told(results, survey.index)
    return Manifest(
        shard=shard,
        whole=whole,
        root=survey.here,
        folder=paths_digest(survey.plan.folder.found),
        base=dict(survey.base),
        settings=survey.plan.settings,
        known=known,
        declined=declined,
        failed=failed,
    )


def paths_digest(found: Iterable[Found]) -> str:
    """Return a hash of all articles' paths, by which two shards know that they are of one folder."""
    return digest([one.relative for one in found])


def _told(
    results: Iterable[events.Result], index: Index
) -> tuple[tuple[Known, ...], tuple[Declined, ...], tuple[Fault, ...]]:
    """Return what a manifest says of a shard's articles: what is known, what wants no edition, what failed."""
    known: list[Known] = []
    declined: list[Declined] = []
    failed: list[Fault] = []
    for result in results:
        if isinstance(result, events.Failed):
            failed.append(fault_of(result))
        elif isinstance(result, events.Skipped):
            declined.extend(filter(None, [index.declined(result.source)]))
        else:
            known.extend(filter(None, [index.get(result.source)]))
    return tuple(known), tuple(declined), tuple(failed)


def fault_of(failed: events.Failed) -> Fault:
    """Return what a manifest tells of an article that could not be made."""
    error = failed.error
    engine = getattr(error, "engine", "")
    message = error.message if engine or not error.subject() else f"{error.subject()}: {error.message}"
    return Fault(failed.name, failed.source, type(error).__name__, message, error.hint, engine)
