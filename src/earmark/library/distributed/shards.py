"""A folder built in parts by machines that know nothing of each other: which articles are whose, and what each part tells.

A part writes its editions and a manifest; `library/distributed/merging.py` ends the build when all parts are there.
"""

import re
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from earmark.errors import EarmarkError
from earmark.library.state.index import FOLDER, Declined, Index, Known
from earmark.settings import Settings
from earmark.storage import sweep, write_atomically
from earmark.storage.files import write_errors

MANIFESTS = "shards"
_SCHEMA = 1
_WRITTEN = re.compile(r"([0-9]{1,7})/([0-9]{1,7})")


class ShardError(EarmarkError):
    """A shard that there can't be, or shards that can't be merged."""


class Shard(Struct, frozen=True):
    """One part of a folder: `number` from 1 to `of`."""

    number: int
    of: int

    @classmethod
    def parse(cls, written: str) -> "Shard":
        """Return the shard that "K/N" names. Raises `ShardError`."""
        found = _WRITTEN.fullmatch(written.strip())
        shard = cls(int(found[1]), int(found[2])) if found else None
        if shard is None or not 1 <= shard.number <= shard.of:
            hint = "Write it as K/N, K from 1 to N: --shard 3/8 is the third of eight."
            raise ShardError(f"{written[:40]!r} is no shard", hint=hint)
        return shard

    @property
    def name(self) -> str:
        """What its manifest is called."""
        return f"{self.number}-of-{self.of}"

    def has(self, relative: str) -> bool:
        """Tell whether the article at that path belongs to it: nothing but the path decides."""
        hashed = sha256(relative.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(hashed[:8]) % self.of == self.number - 1

    def place(self, out: Path) -> Path:
        """Return the folder that its manifest lies in."""
        return out / FOLDER / MANIFESTS

    def __str__(self) -> str:
        """Return it as it is asked for."""
        return f"{self.number}/{self.of}"


class Fault(Struct, frozen=True, array_like=True):
    """An article that could not be made: `kind` is the error's class, `engine` whose error it was, if one's."""

    name: str
    path: str
    kind: str
    message: str
    hint: str
    engine: str = ""


class Manifest(Struct, frozen=True, kw_only=True):
    """What a shard hands on. `folder` is a hash of all articles' paths, `base` what all editions are made with.

    `root` is the articles folder as seen from the audio folder, and `whole` is unset if the shard was interrupted.
    """

    schema: int = _SCHEMA
    shard: Shard
    whole: bool
    root: str
    folder: str
    base: dict[str, str]
    settings: Settings
    known: tuple[Known, ...]
    declined: tuple[Declined, ...]
    failed: tuple[Fault, ...]

    def write(self, out: Path) -> None:
        """Write it beside the editions, over what it was before. Raises `WriteError`.

        Manifests of a folder that was parted otherwise are of no use any more.
        """
        folder = self.shard.place(out)
        with write_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        write_atomically(folder / self.shard.name, msgspec.msgpack.encode(self))
        for path in folder.glob("*-of-*"):
            if path.name.rpartition("-")[2] != str(self.shard.of):
                with write_errors(path):
                    path.unlink(missing_ok=True)


def manifest_of(path: Path) -> Manifest | None:
    """Return the manifest in a file, None if there is none that can be read."""
    try:
        found = msgspec.msgpack.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.schema == _SCHEMA and found.shard.name == path.name else None


def manifests_in(out: Path) -> list[Manifest]:
    """Return the manifests of an audio folder, in the order of their numbers."""
    found = (manifest_of(path) for path in (out / FOLDER / MANIFESTS).glob("*-of-*"))
    return sorted((one for one in found if one), key=lambda one: (one.shard.of, one.shard.number))


def recall(index: Index, out: Path, shard: Shard) -> None:
    """Tell `index` what the shard knew when it was built last, of editions that the index knows nothing good of."""
    manifest = manifest_of(shard.place(out) / shard.name)
    for known in manifest.known if manifest else ():
        other = index.get(known.source.path)
        if other is None or not other.files.are_unchanged(f"{out}/{other.slug}"):
            index.put(known)
    for declined in manifest.declined if manifest else ():
        if index.declined(declined.source.path) is None:
            index.decline(declined)
