"""A batch: some articles of a folder, built as one part by a process of its own on a worker, and what that tells.

The process reads its job from standard input and goes on while that is open: when its worker lets go of it, or dies,
it ends as a build does that is interrupted. Started as `python -m earmark.library.distributed.batches`.
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import msgspec
import platformdirs
from msgspec import Struct

from earmark.errors import EarmarkError
from earmark.library import events
from earmark.library.build import Plan, build
from earmark.library.distributed.handover import fault_of
from earmark.library.distributed.shards import Fault, Manifest, Shard, manifest_of
from earmark.library.inputs.choosing import Choice
from earmark.library.inputs.sources import Folder, Found
from earmark.settings import Settings

_SIZE = 8  # bytes that tell how long the job is


class Batch(Shard, frozen=True):
    """A part that is named article by article, and has no number among others; its manifest goes into `folder`."""

    paths: frozenset[str]
    folder: str

    def has(self, relative: str) -> bool:
        """Tell whether the article at that path belongs to it."""
        return relative in self.paths

    def place(self, _out: Path) -> Path:
        """Return the folder that its manifest lies in."""
        return Path(self.folder)


class Article(Struct, frozen=True, array_like=True):
    """An article's file: its path as the user knows it, and its place in the folder."""

    name: str
    relative: str


class Job(Struct, frozen=True, kw_only=True):
    """What a worker needs to build a batch. Paths are those of whoever asks, as seen from his working folder.

    `paths` are the batch; `articles` besides hold those that want a slug or GUID of one of it. Secrets are in none of it.
    """

    paths: tuple[str, ...]
    articles: tuple[Article, ...]
    root: str
    settings_file: str
    settings: Settings
    out: str
    cache: str  # "" for that of whoever builds
    shared_cache: str
    tags: tuple[str, ...]
    jobs: int
    force: bool
    epoch: int | None


class Told(Struct, frozen=True, kw_only=True):
    """How a batch ended: its manifest and what was made, or why nothing could be."""

    manifest: Manifest | None = None
    made: tuple[events.Made, ...] = ()
    troubles: tuple[Fault, ...] = ()


def built(job: Job, stop: threading.Event) -> Told:
    """Build a batch as the part of a folder that it is."""
    made: list[events.Made] = []

    def tell(event: events.Event) -> None:
        if isinstance(event, events.Made):
            made.append(event)

    with TemporaryDirectory(prefix="earmark-") as folder:
        batch = Batch(0, 0, frozenset(job.paths), folder)
        try:
            outcome = build(_plan(job, batch), tell=tell, stop=stop)
        except EarmarkError as error:
            return Told(troubles=(_trouble(error),))
        manifest = manifest_of(Path(folder) / batch.name)
    return Told(manifest=manifest, made=tuple(made), troubles=tuple(map(_trouble, outcome.troubles)))


def _plan(job: Job, batch: Batch) -> Plan:
    found = tuple(Found(one.name, one.relative) for one in job.articles)
    return Plan(
        folder=Folder(Path(job.root), Path(job.settings_file) if job.settings_file else None, found, ()),
        settings=job.settings,
        out=Path(job.out),
        cache=Path(job.cache) if job.cache else platformdirs.user_cache_path("earmark"),
        shared_cache=job.shared_cache,
        jobs=job.jobs,
        force=job.force,
        epoch=job.epoch,
        choice=Choice(tags=job.tags),
        shard=batch,
    )


def _trouble(error: EarmarkError) -> Fault:
    return fault_of(events.Failed("", "", error))


def framed(job: bytes) -> bytes:
    """Return a job as a process reads it."""
    return len(job).to_bytes(_SIZE) + job


def serve(given: BinaryIO, answer: Callable[[bytes], object]) -> None:
    """Build the job that `given` holds, to its end or until `given` ends, and answer."""
    size = int.from_bytes(given.read(_SIZE))
    job = msgspec.msgpack.decode(given.read(size), type=Job)
    stop = threading.Event()

    def wait_for_the_end() -> None:
        given.read(1)
        stop.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    answer(msgspec.msgpack.encode(built(job, stop)))


def main() -> None:
    """Build what standard input asks for; what anything prints meanwhile goes to standard error."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as told:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(sys.stdin.buffer, told.write)
        told.flush()
        os._exit(0)  # not waiting for the thread that reads what the worker never sends


if __name__ == "__main__":
    main()
