"""Makes an MP3 of only the sentences that an edit has changed, to be heard before anything is published.

It lies beside the editions, in a folder that is earmark's own, and is no edition: nothing lists it, and
the next build of the article does not look at it.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from earmark.errors import EarmarkError
from earmark.library.budget import refuse_over_budget
from earmark.library.inputs.sources import Found
from earmark.library.state.freshness import RECORD
from earmark.library.state.index import FOLDER, Declined
from earmark.library.state.store import store_of
from earmark.library.survey import Plan, Survey, reason_to_skip
from earmark.narration.difference import Piece, difference
from earmark.narration.script import METADATA_BLOCK, ChapterStart, Pause, Script, Sentence
from earmark.pipeline.composed import Composed
from earmark.pipeline.studio import Interrupted, Take, Ticket, Watch
from earmark.storage import sweep, write_atomically
from earmark.storage.files import write_errors

PREVIEWS = "preview"
_QUIET = Watch(started=lambda _utterances, _to_speak: None, progressed=lambda _utterances: None)


class Previewed(Struct, frozen=True, kw_only=True):
    """What there is to hear of one article: `changed` are the sentences that would be heard anew, `gone` those no more.

    `path` is None where nothing is to be heard; `seconds` is the length. `published` tells whether there is
    an edition to compare with. `error` is what kept it from being made.
    """

    name: str
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    path: Path | None = None
    seconds: float = 0.0
    published: bool = True
    skipped: str = ""
    error: EarmarkError | None = None


class _Cue(Struct, frozen=True):
    spoken: str
    language: str
    parts: tuple[dict[str, object], ...] | None = None
    recording: str = ""


class _Cues(Struct, frozen=True):
    cues: tuple[_Cue, ...]


def preview(plan: Plan, stop: threading.Event) -> Iterator[Previewed]:
    """Yield what has changed in each article that is not fresh, its MP3 written. Nothing is published.

    Raises `SettingsError` and `EngineError` where nothing can be spoken, `OverBudget` where speaking all that is not
    in the cache would cost too much.
    """
    refuse_over_budget(plan)
    with ExitStack() as stack:
        survey = Survey(plan, stack, stop)
        unsettled: list[Found] = []
        for found, known in survey.articles():
            if known is None:
                unsettled.append(found)
            elif isinstance(known, Declined):
                yield Previewed(name=found.name, skipped=known.reason)
        if not unsettled:
            return
        store = store_of(plan.cache, plan.shared_cache)
        stack.callback(store.close)
        stack.callback(survey.studio.settle)
        survey.studio.open(store)
        for number, found in enumerate(unsettled):
            if stop.is_set():
                return
            try:
                one = _preview(survey, number, found)
            except Interrupted:
                return
            except EarmarkError as error:
                one = Previewed(name=found.name, error=error)
            finally:
                survey.claims.passed(number)
            if one is not None:
                yield one


def _preview(survey: Survey, number: int, found: Found) -> Previewed | None:
    composed = survey.compose(survey.source(found))
    if not survey.plan.choice.has_tag(composed.metadata.tags):
        return None
    skip = reason_to_skip(composed)
    if skip:
        return Previewed(name=found.name, skipped=skip)
    slug = survey.name(number, found, composed)
    record = survey.freshness.own_record(found.relative, survey.index.get(found.relative))
    before = _published(survey.plan.out / record.slug / RECORD) if record else ()
    after = _pieces(composed.script)
    changes = difference(before, after)
    changed = [piece for change in changes for piece in change.after]
    gone = tuple(piece.text for change in changes for piece in change.before)
    path = survey.plan.out / FOLDER / PREVIEWS / f"{slug}.mp3"
    if not changed:
        with write_errors(path):
            path.unlink(missing_ok=True)  # of an earlier edit, which is no more
        return Previewed(name=found.name, gone=gone, published=record is not None)
    take = _take(survey, found, composed, slug, frozenset(piece.id for piece in changed))
    _write(path, take)
    timeline = take.edition.timeline
    return Previewed(
        name=found.name,
        changed=tuple(piece.text for piece in changed),
        gone=gone,
        path=path,
        seconds=timeline.duration / timeline.sample_rate,
        published=record is not None,
    )


def _take(survey: Survey, found: Found, composed: Composed, slug: str, changed: frozenset[str]) -> Take:
    """Speak the sentences that have changed, with a pause between them."""
    pause = Pause(survey.plan.settings.pauses.paragraph)
    sentences = [item for item in composed.script.items if isinstance(item, Sentence) and item.id in changed]
    title = f"Preview: {composed.metadata.title}"
    items = [ChapterStart(title, METADATA_BLOCK, 0)]
    spoken = (item for sentence in sentences for item in (sentence, pause))
    script = replace(composed.script, title=title, items=(*items, *spoken))
    count = len(sentences)
    about = f"{count} changed {'sentence' if count == 1 else 'sentences'}, to be heard before publishing. No edition."
    metadata = replace(composed.metadata, title=title, description=about)
    ticket = Ticket(name=found.name, id="", guid="", slug=slug, source=found.relative, inputs={}, cover=None)
    composed = replace(composed, metadata=metadata, script=script, unvoiced=None)
    return survey.studio.produce(composed, ticket, _QUIET)


def _write(path: Path, take: Take) -> None:
    from earmark.writers.id3 import tag  # noqa: PLC0415 (a run with nothing to hear needs no writers)

    with write_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)

    write_atomically(path, chain((tag(take.edition),), take.mastered().chunks()))


def _pieces(script: Script) -> tuple[Piece, ...]:
    """Return what is spoken of a script, sentence by sentence; what people have recorded can be heard already."""
    from earmark.writers.wording import parts, spoken  # noqa: PLC0415 (likewise)

    return tuple(
        Piece(
            kind="utterance",
            text=spoken(parts(item)),
            language=" ".join(part.language for part in parts(item)),
            id=item.id,
        )
        for item in script.items
        if isinstance(item, Sentence) and not any(part.recording for part in parts(item))
    )


def _published(path: Path) -> tuple[Piece, ...]:
    """Return what is heard of an edition by its record; nothing if that can't be read."""
    try:
        cues = msgspec.json.decode(path.read_bytes(), type=_Cues).cues
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ()
    return tuple(
        Piece(
            kind="utterance",
            text=cue.spoken,
            language=" ".join(str(part.get("language", "")) for part in cue.parts) if cue.parts else cue.language,
        )
        for cue in cues
        if not cue.recording
    )
