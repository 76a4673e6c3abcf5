"""Writes an edition into its folder: each file whole or not at all, the record last."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from earmark.edition import Edition
from earmark.errors import WriteError
from earmark.library.freshness import RECORD
from earmark.storage import sweep, write_atomically
from earmark.storage.files import write_errors
from earmark.writers import WRITERS
from earmark.writers.edition import record
from earmark.writers.id3 import tag
from earmark.writers.record import PublishedFile, Record, media_type, parse, published


def publish(edition: Edition, frames: Iterable[bytes], out: Path) -> Record:
    """Write all files of `edition`, its MP3 made of the tag and `frames`, and return the record as a later run reads it.

    What an earlier edition of this article had and this one has not is removed. Raises `WriteError`.
    """
    slug = edition.metadata.slug
    folder = out / slug
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "Choose another folder with --out, or make room for it."
        raise WriteError(f"the folder can't be made: {error.strerror}", path=folder, hint=hint) from None
    sweep(folder)
    before = _published_before(folder)
    files = [_stream(folder / f"{slug}.mp3", (tag(edition),), frames)]
    for name, write in WRITERS.items():
        data = write(edition)
        write_atomically(folder / name, data)
        files.append(published(name, data))
    for name in sorted(before - {file.name for file in files} - {RECORD}):
        with write_errors(folder / name):
            (folder / name).unlink(missing_ok=True)
    data = record(edition, files)
    write_atomically(folder / RECORD, data)
    parsed = parse(data)
    if parsed is None:
        raise AssertionError("a record that was just written can't be read")
    return parsed


def _stream(path: Path, head: Iterable[bytes], frames: Iterable[bytes]) -> PublishedFile:
    """Write a long file piece by piece, summing it up on the way."""
    digest, length = sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal length
        for part in (head, frames):
            for piece in part:
                digest.update(piece)
                length += len(piece)
                yield piece

    write_atomically(path, pieces())
    return PublishedFile(path.name, length, digest.hexdigest(), media_type(path.name))


def _published_before(folder: Path) -> set[str]:
    try:
        earlier = parse((folder / RECORD).read_bytes())
    except OSError:
        return set()
    return {file.name for file in earlier.files} if earlier else set()
