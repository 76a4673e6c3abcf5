"""An edition's folder being written: files reach the disk as they are made, and get their names all together."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar
from zlib import crc32

from msgspec import Struct

from earmark.errors import WriteError
from earmark.pipeline.stopwatch import Timed
from earmark.storage import sweep
from earmark.storage.files import Staged, sync_folder, write_errors
from earmark.writers.record import PublishedFile, media_type, published

_AT_ONCE = 4  # files that wait for the disk side by side
_SMALL = 1 << 20  # bytes of a file that may wait in memory until the disk has it
_PIECE = 1 << 18  # bytes of a published file that are in memory at once
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Streamed(Struct, frozen=True):
    """A long file that has been written; `read` yields it again, as long as the folder is being written."""

    file: PublishedFile
    crc: int
    read: Callable[[], Iterator[bytes]]


class Writing:
    """Small files are written while the next ones are made: a disk takes longer to keep one than we to make it.

    At the end of its context, what has no name by then is gone.
    """

    def __init__(self, folder: Path, detail: Timed) -> None:
        """Make the folder; what a killed build left half written in it goes. Raises `WriteError`."""
        self.folder, self.detail = folder, detail
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            hint = "Choose another folder with --out, or make room for it."
            raise WriteError(f"the folder can't be made: {error.strerror}", path=folder, hint=hint) from None
        sweep(folder)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="writing")
        self._staged: list[Future[Staged]] = []
        self._synced: list[Future[None]] = []

    def beside(
        self, function: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> Future[_Result]:
        """Have something done beside all else."""
        return self._pool.submit(function, *given, **named)

    def whole(self, name: str, data: bytes) -> PublishedFile:
        """Begin to write a file; return what the record says of it."""
        self._staged.append(self._pool.submit(self._write, name, data))
        return published(name, data)

    def pieces(self, name: str, parts: Iterable[bytes]) -> PublishedFile:
        """Write a file that comes in pieces: beside the next ones as far as it is small, else as it comes."""
        coming = iter(parts)
        first, length = [], 0
        for part in coming:
            first.append(part)
            length += len(part)
            if length > _SMALL:
                return self.stream(name, chain(first, coming)).file
        return self.whole(name, b"".join(first))

    def _write(self, name: str, data: bytes) -> Staged:
        with self.detail(name):
            return Staged(self.folder / name, data)

    def stream(self, name: str, *parts: Iterable[bytes], summed: bool = False) -> Streamed:
        """Write a long file piece by piece; the disk takes it while the next ones are made. Raises `WriteError`.

        Its `crc` is worked out on the way where it is to be `summed`, and is else 0.
        """
        digest, length, crc = sha256(), 0, 0

        def pieces() -> Iterator[bytes]:
            nonlocal length, crc
            for part in parts:
                for piece in part:
                    digest.update(piece)
                    length += len(piece)
                    crc = crc32(piece, crc) if summed else 0
                    yield piece

        with self.detail(name.rpartition(".")[2]):
            staged = Staged(self.folder / name, pieces(), durable=False)
        done: Future[Staged] = Future()
        done.set_result(staged)
        self._staged.append(done)
        self._synced.append(self._pool.submit(staged.sync))
        file = PublishedFile(name, length, digest.hexdigest(), media_type(name))
        return Streamed(file, crc, lambda: _read(staged.temporary, staged.path))

    def finish(self) -> None:
        """Wait until all is on the disk, and give every file its name. Raises the first `WriteError`."""
        for written in self._staged:
            written.result()
        for synced in self._synced:
            synced.result()
        for written in self._staged:
            written.result().publish()
        with write_errors(self.folder):
            sync_folder(self.folder)

    def __enter__(self) -> Self:
        """Return the folder that is being written."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what has no name, and a folder in which there is nothing."""
        self._pool.shutdown(cancel_futures=True)
        for future in self._staged:
            if not future.cancelled() and not future.exception():
                future.result().discard()
        if error is not None:
            with suppress(OSError):
                self.folder.rmdir()


def _read(path: Path, name: Path) -> Iterator[bytes]:
    """Yield a file that was just written, a piece at a time."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise WriteError(f"it has vanished while it was published: {error.strerror}", path=name) from None
