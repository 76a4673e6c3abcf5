"""Tells what a build would do; reads and composes, but speaks and writes nothing."""

import threading
from contextlib import ExitStack, closing

from msgspec import Struct

from earmark.errors import EarmarkError
from earmark.library import events
from earmark.library.inputs.dressing import cover_of
from earmark.library.inputs.recordings import tapes_of
from earmark.library.inputs.sources import Found
from earmark.library.silence import refuse_silence
from earmark.library.state.index import Declined
from earmark.library.state.store import store_of
from earmark.library.survey import Plan, Survey, reason_to_skip
from earmark.pipeline.pricing import Bill


class Expected(Struct, frozen=True, kw_only=True):
    """What a rehearsal says of one article. `to_speak` are the printed words of utterances not in the cache.

    `bill` is what speaking those would cost, None where settings give no price.
    """

    name: str
    state: str  # "stale", "unchanged", or why it is skipped
    characters: int = 0
    utterances: int = 0
    seconds: float = 0.0
    to_speak: tuple[str, ...] = ()
    bill: Bill | None = None


class Rehearsal(Struct, frozen=True):
    """What a build would do."""

    articles: tuple[Expected, ...]
    failed: tuple[events.Failed, ...]

    @property
    def bill(self) -> Bill | None:
        """What everything would cost, None where settings give no price."""
        bills = [article.bill for article in self.articles if article.bill]
        return Bill(sum(one.expected for one in bills), sum(one.at_worst for one in bills)) if bills else None


def rehearsal(plan: Plan) -> Rehearsal:
    """Return what `build` would do. Raises what `build` raises."""
    articles: dict[str, Expected] = {}
    failed = [events.Failed(str(error.source), str(error.source), error) for error in plan.folder.refused]
    with ExitStack() as stack:
        survey = Survey(plan, stack, threading.Event())
        stale: list[Found] = []
        for found, known in survey.articles():
            if known is None:
                stale.append(found)
            else:
                state = known.reason if isinstance(known, Declined) else "unchanged"
                articles[found.relative] = Expected(name=found.name, state=state)
        for number, found in enumerate(stale):
            try:
                expected = _expected(survey, number, found)
                if expected is not None:
                    articles[found.relative] = expected
            except EarmarkError as error:
                failed.append(events.Failed(found.name, found.relative, error))
            finally:
                survey.claims.passed(number)
    return Rehearsal(tuple(articles[relative] for relative in sorted(articles)), tuple(failed))


def _expected(survey: Survey, number: int, found: Found) -> Expected | None:
    """Return what making the article would come to. Raises what making it would, but for its sound."""
    composed = survey.compose(survey.source(found))
    if not survey.plan.choice.has_tag(composed.metadata.tags):
        return None
    skip = reason_to_skip(composed)
    if skip:
        return Expected(name=found.name, state=skip)
    refuse_silence(composed.script, found.name)
    survey.name(number, found, composed)
    cover_of(composed.metadata, found, survey.root)
    tapes_of(composed, found, survey.root)
    plan = survey.plan
    with closing(store_of(plan.cache, plan.shared_cache)) as store:
        is_empty = not plan.shared_cache and not plan.cache.is_dir()
        outlook = survey.studio.rehearse(composed, store, is_empty=is_empty)
    return Expected(
        name=found.name,
        state="stale",
        characters=outlook.characters,
        utterances=outlook.utterances,
        seconds=outlook.seconds,
        to_speak=outlook.to_speak,
        bill=outlook.bill,
    )
