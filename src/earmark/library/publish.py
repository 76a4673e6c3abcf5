"""Writes an edition into its folder: each file whole or not at all, the record last."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from earmark.audio.mastering import Master
from earmark.edition import Edition, House
from earmark.errors import WriteError
from earmark.library.freshness import RECORD
from earmark.options import OutputOptions
from earmark.pipeline.stopwatch import Timed, untimed
from earmark.pipeline.studio import Take
from earmark.storage import sweep, write_atomically
from earmark.storage.files import write_errors
from earmark.writers.edition import record
from earmark.writers.epub import Volume, epub, volume_of
from earmark.writers.formats import WRITERS
from earmark.writers.galley import Galley
from earmark.writers.id3 import chapter_tag, tag
from earmark.writers.playlist import playlist, tracks
from earmark.writers.record import PublishedFile, Record, media_type, parse, published
from earmark.writers.sound import Sound

if TYPE_CHECKING:
    from earmark.writers.page import Setting

_AT_ONCE = 4  # files that wait for the disk side by side
_PIECE = 1 << 18  # bytes of a published file that are in memory at once
_TRANSCRIPTS = frozenset({"transcript.html", "transcript.json", "transcript.txt"})


def publish(
    take: Take, out: Path, outputs: OutputOptions, *, stage: Timed = untimed, detail: Timed = untimed
) -> Record:
    """Write all files of an edition that `outputs` asks for, and return the record as a later run reads it.

    What an earlier edition of this article had and this one has not is removed. `stage` and `detail` time the writing,
    which does not begin before the sound is made, and what is in it. Raises `WriteError`.
    """
    galley = Galley(take.edition)

    def prepare() -> _Ready:
        with stage("write"):
            return _Ready.of(galley, outputs)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="writing") as pool:
        ready = pool.submit(prepare)  # while the sound is still being made, and written
        master = take.mastered()
        with stage("write"):
            folder = _folder(out / take.edition.metadata.slug)
            before = _published_before(folder)
            edition = replace(take.edition, loudness=master.loudness)
            files = _files(edition, master, ready, _Writing(folder, pool, detail), outputs)
            return _recorded(edition, files, before, folder)


def _files(
    edition: Edition, master: Master, ready: "Future[_Ready]", writing: "_Writing", outputs: OutputOptions
) -> list[PublishedFile]:
    """Write all files but the record; all of them are on the disk then."""
    folder, detail = writing.folder, writing.detail
    with detail("mp3"):
        whole, sound = _mp3(edition, master, folder)
    files = [whole, *(writing.whole(name, data) for name, data in ready.result().texts.items())]
    if edition.cover:
        files.append(writing.whole(edition.cover.published, edition.cover.data))
    if outputs.chapter_mp3s:
        files += _chapters(edition, master, writing)
    book, page = ready.result().book, ready.result().page
    if book:
        with detail("epub"):
            files.append(_stream(folder / f"{edition.metadata.slug}.epub", epub(book, sound))[0])
    if page:
        with detail("page"):
            files += _pages(page, writing, files)
    writing.finish()
    return files


def _recorded(edition: Edition, files: Sequence[PublishedFile], before: set[str], folder: Path) -> Record:
    """Remove what is no more, write the record, and return it."""
    for name in sorted(before - {file.name for file in files} - {RECORD}):
        with write_errors(folder / name):
            (folder / name).unlink(missing_ok=True)
    data = record(edition, files)
    write_atomically(folder / RECORD, data)
    parsed = parse(data)
    if parsed is None:
        raise AssertionError("a record that was just written can't be read")
    return parsed


def _folder(path: Path) -> Path:
    """Make the edition's folder; what a killed build left half written in it goes."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "Choose another folder with --out, or make room for it."
        raise WriteError(f"the folder can't be made: {error.strerror}", path=path, hint=hint) from None
    sweep(path)
    return path


def warm_up(house: House) -> None:
    """Load what publishing needs that is slow to load."""
    if house.page:
        from earmark.writers.page.templates import warm_up as compile_templates  # noqa: PLC0415 (as in `_pages`)

        compile_templates(house.templates)


class _Writing:
    """Writes small files while the next ones are made: a disk takes longer to keep one than we to make it."""

    def __init__(self, folder: Path, pool: ThreadPoolExecutor, detail: Timed) -> None:
        self.folder, self.detail, self._pool = folder, detail, pool
        self._begun: list[Future[None]] = []

    def whole(self, name: str, data: bytes) -> PublishedFile:
        """Begin to write a file; return what the record says of it."""
        self._begun.append(self._pool.submit(self._write, name, data))
        return published(name, data)

    def _write(self, name: str, data: bytes) -> None:
        with self.detail(name):
            write_atomically(self.folder / name, data)

    def finish(self) -> None:
        """Wait until all is on the disk. Raises the first `WriteError`."""
        for future in self._begun:
            future.result()


class _Ready(Struct, frozen=True):
    """What an edition's files say, made before its sound is: `texts` are whole files, by name."""

    texts: Mapping[str, bytes]
    book: Volume | None
    page: "Setting | None"

    @classmethod
    def of(cls, galley: Galley, outputs: OutputOptions) -> "_Ready":
        """Make what `outputs` asks for. Raises `SettingsError` where a publisher's template is wrong."""
        book = volume_of(galley, words=outputs.epub_words) if outputs.epub else None
        return cls(_texts(galley, outputs), book, _setting(galley))


def _texts(galley: Galley, outputs: OutputOptions) -> dict[str, bytes]:
    """Return the files that need no sound, by name."""
    made = {name: write(galley) for name, write in WRITERS.items() if outputs.transcript or name not in _TRANSCRIPTS}
    if outputs.transcript:
        made |= {picture.name: picture.data for picture in galley.edition.pictures}
    return made


def _mp3(edition: Edition, master: Master, folder: Path) -> tuple[PublishedFile, Sound]:
    """Write the sound; return what the record says of it, and how it is read again."""
    path = folder / f"{edition.metadata.slug}.mp3"
    whole, crc = _stream(path, (tag(edition),), master.chunks())
    return whole, Sound(whole.bytes, crc, lambda: _read(path))


def _setting(galley: Galley) -> "Setting | None":
    if not galley.edition.house.page:
        return None
    from earmark.writers.page import setting  # noqa: PLC0415 (templates load slowly: only where something is made)

    return setting(galley)


def _pages(page: "Setting", writing: _Writing, others: Iterable[PublishedFile]) -> list[PublishedFile]:
    """Write the listening page, which offers the other files, and what belongs to it."""
    from earmark.writers.page import pages  # noqa: PLC0415 (as in `_setting`)

    return [writing.whole(name, data) for name, data in pages(page, others)]


def _chapters(edition: Edition, master: Master, writing: _Writing) -> Iterator[PublishedFile]:
    """Write an MP3 for each chapter, of the frames that the whole is made of, and the list that plays them."""
    for track in tracks(edition):
        frames = master.stretch(track.start, track.end)
        yield _stream(writing.folder / track.name, (chapter_tag(edition, track),), frames)[0]
    yield writing.whole(f"{edition.metadata.slug}.m3u8", playlist(edition))


def _stream(path: Path, *parts: Iterable[bytes]) -> tuple[PublishedFile, int]:
    """Write a long file piece by piece, summing it up on the way; return also its CRC-32."""
    digest, length, crc = sha256(), 0, 0

    def pieces() -> Iterator[bytes]:
        nonlocal length, crc
        for part in parts:
            for piece in part:
                digest.update(piece)
                length += len(piece)
                crc = crc32(piece, crc)
                yield piece

    write_atomically(path, pieces())
    return PublishedFile(path.name, length, digest.hexdigest(), media_type(path.name)), crc


def _read(path: Path) -> Iterator[bytes]:
    """Yield a file that was just written, a piece at a time."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise WriteError(f"it has vanished while it was published: {error.strerror}", path=path) from None


def _published_before(folder: Path) -> set[str]:
    try:
        earlier = parse((folder / RECORD).read_bytes())
    except OSError:
        return set()
    return {file.name for file in earlier.files} if earlier else set()
