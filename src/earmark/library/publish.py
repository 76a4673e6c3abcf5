"""Writes an edition into its folder: each file whole or not at all, the record last."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from earmark.audio.mastering import Master
from earmark.edition import Edition, House
from earmark.library.state.freshness import RECORD
from earmark.library.state.records import record_at
from earmark.library.writing import Writing
from earmark.options import OutputOptions
from earmark.packed import LONG
from earmark.pipeline.stopwatch import Timed, untimed
from earmark.pipeline.studio import Take
from earmark.storage import write_atomically
from earmark.storage.files import write_errors
from earmark.writers.edition import outline, record
from earmark.writers.epub import Volume, epub, volume_of
from earmark.writers.formats import WRITERS
from earmark.writers.galley import Galley
from earmark.writers.id3 import chapter_tag, tag
from earmark.writers.playlist import playlist, tracks
from earmark.writers.record import PublishedFile, Record, parse
from earmark.writers.sound import Sound

if TYPE_CHECKING:
    from earmark.writers.page import Setting

_TRANSCRIPTS = frozenset({"transcript.html", "transcript.json", "transcript.txt"})


def publish(
    take: Take, out: Path, outputs: OutputOptions, *, stage: Timed = untimed, detail: Timed = untimed
) -> Record:
    """Write all files of an edition that `outputs` asks for, and return the record as a later run reads it.

    They get their names together, when all of them are on the disk. What an earlier edition of this article
    had and this one has not is removed. `stage` and `detail` time the writing, which begins while the sound is
    being made, and what is in it. Raises `WriteError`.
    """
    galley = Galley(take.edition)
    with Writing(out / take.edition.metadata.slug, detail) as writing:

        def prepare() -> _Prepared:
            with stage("write"):
                return _texts(galley, outputs, writing)

        prepared = writing.beside(prepare)  # while the sound is still being made
        master = take.mastered()
        with stage("write"):
            edition = replace(take.edition, loudness=master.loudness)
            before = _published_before(writing.folder)
            files = _files(edition, master, prepared, writing, outputs)
            writing.finish()
            return _recorded(edition, files, before, writing.folder)


def _files(
    edition: Edition, master: Master, prepared: "Future[_Prepared]", writing: Writing, outputs: OutputOptions
) -> list[PublishedFile]:
    """Write all files but the record."""
    sound = writing.stream(f"{edition.metadata.slug}.mp3", (tag(edition),), master.chunks(), summed=outputs.epub)
    galley, texts, book, page = prepared.result()
    files = [sound.file, *texts]
    if edition.cover:
        files.append(writing.whole(edition.cover.published, edition.cover.data))
    if outputs.chapter_mp3s:
        files += _chapters(edition, master, writing)
    if outputs.epub:
        volume = book or volume_of(galley, words=outputs.epub_words)
        heard = Sound(sound.file.bytes, sound.crc, sound.read)
        files.append(writing.stream(f"{edition.metadata.slug}.epub", epub(volume, heard)).file)
    with writing.detail("page"):
        return files + _pages(page or _setting(galley), writing, files)


def _recorded(edition: Edition, files: Sequence[PublishedFile], before: set[str], folder: Path) -> Record:
    """Remove what is no more, write the record, and return it."""
    for name in sorted(before - {file.name for file in files} - {RECORD}):
        with write_errors(folder / name):
            (folder / name).unlink(missing_ok=True)
    parsed = parse(outline(edition, files))
    if parsed is None:
        raise AssertionError("a record that is about to be written can't be read")
    write_atomically(folder / RECORD, record(edition, files))
    return parsed


def warm_up(house: House) -> None:
    """Load what publishing needs that is slow to load."""
    if house.page:
        from earmark.writers.page.templates import warm_up as compile_templates  # noqa: PLC0415 (as in `_pages`)

        compile_templates(house.templates)


_Prepared: TypeAlias = tuple[Galley, list[PublishedFile], Volume | None, "Setting | None"]


def _texts(galley: Galley, outputs: OutputOptions, writing: Writing) -> _Prepared:
    """Write the files that need no sound; return them, and what book and page say where that is not too much to keep.

    Raises `SettingsError` where a publisher's template is wrong.
    """
    files = [
        writing.pieces(name, write(galley))
        for name, write in WRITERS.items()
        if outputs.transcript or name not in _TRANSCRIPTS
    ]
    if outputs.transcript:
        files += [writing.whole(name, data) for name, data in {p.name: p.data for p in galley.edition.pictures}.items()]
    if len(galley.edition.timeline.cues) > LONG:
        return galley, files, None, None
    book = volume_of(galley, words=outputs.epub_words) if outputs.epub else None
    return galley, files, book, _setting(galley)


def _setting(galley: Galley) -> "Setting | None":
    if not galley.edition.house.page:
        return None
    from earmark.writers.page import setting  # noqa: PLC0415 (templates load slowly: only where something is made)

    return setting(galley)


def _pages(page: "Setting | None", writing: Writing, others: Iterable[PublishedFile]) -> list[PublishedFile]:
    """Write the listening page, which offers the other files, and what belongs to it."""
    if page is None:
        return []
    from earmark.writers.page import pages  # noqa: PLC0415 (as in `_setting`)

    return [writing.pieces(name, parts) for name, parts in pages(page, others)]


def _chapters(edition: Edition, master: Master, writing: Writing) -> Iterator[PublishedFile]:
    """Write an MP3 for each chapter, of the frames that the whole is made of, and the list that plays them."""
    for track in tracks(edition):
        frames = master.stretch(track.start, track.end)
        yield writing.stream(track.name, (chapter_tag(edition, track),), frames).file
    yield writing.whole(f"{edition.metadata.slug}.m3u8", playlist(edition))


def _published_before(folder: Path) -> set[str]:
    try:
        earlier = record_at(folder / RECORD)
    except OSError:
        return set()
    return {file.name for file in earlier.files} if earlier else set()
