"""Ends a build that was made in shards: gathers their editions, and writes what lists the whole folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from earmark.edition import House
from earmark.errors import EarmarkError, EngineError, EngineNotFound, ReadError, RetryLater, VoiceNotFound
from earmark.library import events
from earmark.library.catalogue.publisher import publisher_of
from earmark.library.claims import Claims
from earmark.library.closing import close
from earmark.library.distributed.shards import Fault, Manifest, ShardError, manifests_in
from earmark.library.inputs.dressing import sound_files
from earmark.library.inputs.house import house_of, templates_digests
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import Folder
from earmark.library.state.freshness import RECORD, Freshness, base_inputs, hash_of
from earmark.library.state.index import FOLDER, Files, Index, Known
from earmark.library.state.records import record_at
from earmark.storage import Lock, sweep, write_atomically
from earmark.storage.files import write_errors
from earmark.writers.record import Record

_PIECE = 1 << 20
_NAMED = 20  # missing shards that an error lists


class Part(Struct, frozen=True):
    """A shard's manifest, and the folder that it was found in."""

    place: Path
    manifest: Manifest


class Merged(Struct, frozen=True):
    """How a merge ended: as a build ends, with how many editions were brought from other folders."""

    outcome: events.Outcome
    shards: int
    brought: int


def parts_of(places: Sequence[Path]) -> tuple[Part, ...]:
    """Return the parts of one folder, each once, in order; of two of the same number the one that is named later.

    Raises `ShardError` where one is missing or was interrupted, or where they are not of one build.
    """
    found = [Part(place, manifest) for place in places for manifest in manifests_in(place)]
    if not found:
        named = ", ".join(map(str, places))
        raise ShardError(f"{named}: no shard was built here", hint="Build them: earmark build --shard 1/4 …, 2/4 …")
    whole = found[0].manifest.shard.of
    for part in found:
        if part.manifest.shard.of != whole:
            hint = "Build all shards of one N, each into its own folder or all into one."
            raise ShardError(f"{part.place} holds shards of {part.manifest.shard.of}, others are of {whole}", hint=hint)
    by_number = {part.manifest.shard.number: part for part in found}
    missing = [number for number in range(1, whole + 1) if number not in by_number]
    if missing:
        named = ", ".join(f"{number}/{whole}" for number in missing[:_NAMED])
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        count = "a shard is" if len(missing) == 1 else f"{len(missing)} shards are"
        hint = f"Build what is missing (--shard {missing[0]}/{whole}) or name the folder that it is in."
        raise ShardError(f"{count} missing: {named}{more}", hint=hint)
    parts = tuple(by_number[number] for number in sorted(by_number))
    _agree(parts)
    return parts


def _agree(parts: Sequence[Part]) -> None:
    """Raise unless all shards were built of the same articles, with the same settings, to their end."""
    first = parts[0].manifest
    for part in parts:
        manifest = part.manifest
        again = f"Build it again: --shard {manifest.shard}"
        if not manifest.whole:
            raise ShardError(f"shard {manifest.shard} was interrupted", hint=again)
        if (manifest.folder, manifest.base, manifest.settings) != (first.folder, first.base, first.settings):
            what = (
                "of other articles" if manifest.folder != first.folder else "with other settings, or another earmark,"
            )
            message = f"shard {manifest.shard} was built {what} than shard {first.shard}"
            raise ShardError(message, hint="Build all of them again: only what changed is made.")


def articles_of(parts: Sequence[Part]) -> Path:
    """Return the articles folder as the shards saw it, from where they are now."""
    return parts[0].place / parts[0].manifest.root


def merge(
    parts: Sequence[Part],
    folder: Folder,
    out: Path,
    *,
    epoch: int | None = None,
    tell: Callable[[events.Event], None],
) -> Merged:
    """Bring the shards' editions of `folder` into `out`, and write index, front page and feeds; safe to repeat.

    Raises `ShardError` where the settings are not what the shards were built with.
    """
    settings = parts[0].manifest.settings
    house = house_of(settings, folder.root, folder.settings_file)
    index, freshness = Index(out), _freshness(folder, out, parts[0].manifest, house)
    gathering = Gathering(out, index, freshness)
    results: dict[str, events.Result] = {}
    for result in gathering.all(parts):
        results[result.source] = result
        if isinstance(result, events.Failed):
            tell(result)
    publisher = publisher_of(settings, house, folder.root, folder.settings_file)
    articles = [found.relative for found in folder.found]
    closed = close(
        index,
        freshness,
        replace(publisher, epoch=epoch),
        settings=settings,
        articles=articles,
        tell=tell,
    )
    outcome = events.Outcome(
        tuple(results[key] for key in sorted(results)),
        closed.orphans,
        troubles=closed.troubles,
        moved=closed.moved,
        notices=closed.notices,
    )
    return Merged(outcome, len(parts), gathering.brought)


def _freshness(folder: Folder, out: Path, manifest: Manifest, house: House) -> Freshness:
    settings = manifest.settings
    sounds = sound_files(settings.audio, folder.root, folder.settings_file)
    base = base_inputs(settings, sounds, templates_digests(house))
    if base != manifest.base:
        message = "earmark, a template or a sound has changed since the shards were built"
        raise ShardError(message, hint="Build all of them again, with the earmark that merges them.")
    return Freshness(out, folder.root, base, lambda _voices: None, site_lexicon(folder.root))


class Gathering:
    """Takes the editions of parts into one folder and its index."""

    def __init__(self, out: Path, index: Index, freshness: Freshness) -> None:
        """Take them into `out`, which `index` and `freshness` are of; `brought` counts those from other folders."""
        self._out, self.brought = out, 0
        self.index, self.freshness = index, freshness
        self._claims = Claims()

    def all(self, parts: Sequence[Part]) -> Iterator[events.Result]:
        """Take in all editions in the order of their articles, so that neither shards nor folders decide anything."""
        every = [(known, part) for part in parts for known in part.manifest.known]
        for known, part in sorted(every, key=lambda one: one[0].source.path):
            yield self._result(known, part)
        root = self.freshness.relative_root
        for part in parts:
            for declined in part.manifest.declined:
                self.index.decline(replace(declined, root=root))
                yield events.Skipped(declined.source.path, declined.source.path, declined.reason)
            for fault in part.manifest.failed:
                yield events.Failed(fault.name, fault.path, error_of(fault))

    def _result(self, known: Known, part: Part) -> events.Result:
        path = known.source.path
        try:
            self._claims.claim(0, known.slug, path, path)
            self._claims.claim_guid(known.guid, path, path)
            files = self._taken_in(known, part)
        except EarmarkError as error:
            return events.Failed(path, path, error)
        self.index.put(replace(known, root=self.freshness.relative_root, files=files))
        self.freshness.whole.add(known.slug)
        return events.Unchanged(
            name=path,
            source=path,
            slug=known.slug,
            title=known.title,
            duration=known.duration,
            omitted_words=known.omitted_words,
        )

    def _taken_in(self, known: Known, part: Part) -> Files:
        """Return the files of an edition as they lie in `out`, brought there if they are not."""
        there, before = self._out / known.slug, self.index.get(known.source.path)
        if known.files.are_unchanged(str(there)):
            return known.files
        if before and before.record == known.record and before.files.are_unchanged(str(there)):
            return before.files
        if part.place.resolve() != self._out.resolve():
            with ExitStack() as held:
                held.enter_context(Lock(self._out / FOLDER / "locks" / known.slug))
                _bring(known, part, there)
            self.brought += 1
        elif hash_of(there / RECORD) != known.record:
            raise _changed(known, part)
        files = Files.of(there, known.files.names.split("/"))
        if files is None:
            raise _changed(known, part)
        return files


def _bring(known: Known, part: Part, there: Path) -> None:
    """Copy an edition, its record last; what is there of an earlier one and not of this goes. Raises `WriteError`."""
    source = part.place / known.slug
    record = _record(source) if hash_of(source / RECORD) == known.record else None
    if record is None:
        raise _changed(known, part)
    with write_errors(there):
        there.mkdir(parents=True, exist_ok=True)
    sweep(there)
    before = _record(there)
    for file in record.files:
        write_atomically(there / file.name, _checked(source / file.name, file.sha256, known, part))
    for name in sorted(_names(before) - _names(record)):
        with write_errors(there / name):
            (there / name).unlink(missing_ok=True)
    write_atomically(there / RECORD, _checked(source / RECORD, known.record, known, part))


def _names(record: Record | None) -> set[str]:
    return {file.name for file in record.files} if record else set()


def _checked(path: Path, expected: str, known: Known, part: Part) -> Iterator[bytes]:
    """Yield a file piece by piece. Raises `ReadError` before its last is kept if it is not what its record says."""
    digest = sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                yield piece
    except OSError:
        raise _changed(known, part) from None
    if digest.hexdigest() != expected:
        raise _changed(known, part)


def _record(folder: Path) -> Record | None:
    try:
        return record_at(folder / RECORD)
    except OSError:
        return None


def _changed(known: Known, part: Part) -> ReadError:
    shard = part.manifest.shard
    return ReadError(
        f"its edition in {part.place / known.slug} is not the one that was built",
        source=known.source.path,
        hint=f"Build its shard again: --shard {shard}" if shard.of else "Build it again.",
    )


def error_of(fault: Fault) -> EarmarkError:
    """Return an error that tells what a shard told, and ends a command as that error did."""
    if fault.kind == RetryLater.__name__:
        return RetryLater(fault.message, engine=fault.engine, hint=fault.hint)
    if fault.kind in _ENGINES:
        return EngineError(fault.message, engine=fault.engine, hint=fault.hint)
    return EarmarkError(fault.message, hint=fault.hint)


_ENGINES = frozenset({EngineError.__name__, EngineNotFound.__name__, VoiceNotFound.__name__})
