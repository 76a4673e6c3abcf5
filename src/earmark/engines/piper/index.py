"""The public collection of Piper's voices: its index, and fetching a voice from it, whole or not at all."""

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from earmark.engines.base import Voice
from earmark.engines.piper.fetching import NAME, Service
from earmark.engines.piper.voices import CARD, SUFFIX, tag_of
from earmark.errors import EngineError, VoiceNotFound, WriteError
from earmark.storage import Lock, write_atomically
from earmark.storage.files import sync_folder, write_errors

INDEX = "voices.json"
_LOCK = ".installing"
_PART = ".part"
_MOST_INDEX = 30_000_000  # bytes; it has 300 kB
_MOST_VOICE = 2_000_000_000  # likewise; the largest voices have 130 MB
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_MD5 = re.compile(r"[0-9a-f]{32}")

Told = Callable[[str, int, int], None]  # a file's name, its bytes that are here, all of them


class _File(Struct, frozen=True):
    size_bytes: int
    md5_digest: str


class _Language(Struct, frozen=True):
    code: str
    name_english: str = ""


class Offered(Struct, frozen=True):
    """A voice of the collection, as the index describes it."""

    key: str
    name: str
    language: _Language
    quality: str
    files: dict[str, _File]
    num_speakers: int = 1
    aliases: tuple[str, ...] = ()

    def public(self) -> Voice:
        """Return it as others know it; what licence it has only its card tells, which is not here yet."""
        parts = [self.language.name_english, self.name]
        if self.num_speakers > 1:
            parts.append(f"{self.num_speakers} speakers")
        return Voice(
            engine=NAME,
            name=self.key,
            languages=(tag_of(self.language.code) or "und",),
            description=", ".join(part for part in parts if part),
            installed=False,
            quality=self.quality,
        )


def kept(folder: Path) -> tuple[Offered, ...]:
    """Return what the index that was fetched last offers, nothing if there is none."""
    try:
        content = (folder / INDEX).read_bytes()
    except OSError:
        return ()
    with suppress(EngineError):
        return _parse(content)
    return ()


def refresh(folder: Path, service: Service) -> tuple[Offered, ...]:
    """Fetch the index, keep it in `folder`, and return what it offers. Raises `RetryLater`, `EngineError`, `WriteError`."""
    content = service.get(INDEX, most=_MOST_INDEX)
    offered = _parse(content)
    with write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / INDEX, content)
    return offered


def install(name: str, folder: Path, service: Service, told: Told = lambda *_: None) -> tuple[Path, int]:
    """Fetch the voice into `folder`; return its model's path and how many files had to be fetched.

    Nothing is sent where it is whole by the index that was fetched last. What a run before has fetched of a file is not fetched again. A file gets its name when its size and its
    checksum are those of the index, the model last: so a voice is there whole or not at all.

    Raises `VoiceNotFound`, `RetryLater`, `EngineError` and `WriteError`.
    """
    model = whole(name, folder)
    if model:
        return model, 0
    offered = refresh(folder, service)
    voice = _named(name, offered)
    if voice is None:
        raise VoiceNotFound(name, [one.key for one in offered], engine=NAME)
    fetched = 0
    with Lock(folder / _LOCK):
        for path, file in _wanted(voice):
            target = folder / _local(voice, path)
            if not _is_whole(target, file):
                _fetch(path, file, target, service, told)
                fetched += 1
    return folder / f"{voice.key}{SUFFIX}", fetched


def whole(name: str, folder: Path) -> Path | None:
    """Return the model of a voice in `folder` that is all that the index which was fetched last says of it, else None."""
    voice = _named(name, kept(folder))
    if voice is None or not all(_is_whole(folder / _local(voice, path), file) for path, file in _wanted(voice)):
        return None
    return folder / f"{voice.key}{SUFFIX}"


def _named(name: str, offered: Sequence[Offered]) -> Offered | None:
    found = (one for one in offered if name == one.key)
    return next(found, None) or next((one for one in offered if name in one.aliases), None)


def remove(name: str, folder: Path) -> bool:
    """Remove a voice from `folder`, its model first; tell whether it was there."""
    if not _SAFE.fullmatch(name):
        return False
    model = folder / f"{name}{SUFFIX}"
    there = False
    for path in (model, model.with_name(f"{model.name}.json"), folder / f"{name}{CARD}"):
        with write_errors(path):
            there = path.exists() or there
            path.unlink(missing_ok=True)
            path.with_name(path.name + _PART).unlink(missing_ok=True)
    return there


def _parse(content: bytes) -> tuple[Offered, ...]:
    """Return the voices of an index that can be installed under their names. Raises `EngineError`."""
    try:
        found = msgspec.json.decode(content, type=dict[str, Offered])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = "See [engines.piper] index in the settings."
        raise EngineError(f"the index of voices is none ({error})", engine=NAME, hint=hint) from error
    return tuple(voice for key, voice in sorted(found.items()) if key == voice.key and _is_sound(voice))


def _is_sound(voice: Offered) -> bool:
    """Tell whether its names stay in the folder and below the address, and its sizes within what a voice has."""
    model, configuration = f"{voice.key}{SUFFIX}", f"{voice.key}{SUFFIX}.json"
    names = {PurePosixPath(path).name for path in voice.files}
    return (
        bool(_SAFE.fullmatch(voice.key))
        and {model, configuration} <= names
        and all(_SAFE.fullmatch(part.replace(".", "_")) for path in voice.files for part in path.split("/"))
        and all(0 < file.size_bytes <= _MOST_VOICE for file in voice.files.values())
        and all(_MD5.fullmatch(file.md5_digest) for file in voice.files.values())
    )


def _wanted(voice: Offered) -> Sequence[tuple[str, _File]]:
    """Return the configuration, the card, and at last the model."""
    ends = (f"{voice.key}{SUFFIX}.json", "MODEL_CARD", f"{voice.key}{SUFFIX}")  # another's files are not its to bring
    return [(path, file) for end in ends for path, file in voice.files.items() if path.rpartition("/")[2] == end]


def _local(voice: Offered, path: str) -> str:
    return f"{voice.key}{CARD}" if path.endswith("MODEL_CARD") else PurePosixPath(path).name


def _fetch(path: str, file: _File, target: Path, service: Service, told: Told) -> None:
    part = target.with_name(target.name + _PART)
    there = part.stat().st_size if part.is_file() else 0
    free = shutil.disk_usage(target.parent).free
    if free < file.size_bytes - there:
        message = f"{target.name} has {file.size_bytes:,} bytes, and {free:,} are free"
        raise WriteError(message, path=target, hint="Free some space and run it again; what was fetched is kept")
    for fresh in (there == 0, True):
        if fresh:
            with write_errors(part):
                part.unlink(missing_ok=True)
        service.download(path, part, file.size_bytes, lambda here: told(target.name, here, file.size_bytes))
        if _is_whole(part, file):
            with write_errors(target):
                part.replace(target)
                sync_folder(target.parent)
            return
        # What a run before left may be of an older file: from the beginning, then.
    with write_errors(part):
        part.unlink(missing_ok=True)
    raise EngineError(
        f"{target.name} came with another checksum than the index names, and was thrown away",
        engine=NAME,
        hint="Run it again later; if it stays so, the index or what is between is at fault",
    )


def _is_whole(path: Path, file: _File) -> bool:
    try:
        if path.stat().st_size != file.size_bytes:
            return False
        with path.open("rb") as opened:
            # It finds what was damaged on the way; that it is the collection's is TLS's to say.
            found = hashlib.file_digest(opened, lambda: hashlib.md5(usedforsecurity=False))
    except OSError:
        return False
    return found.hexdigest() == file.md5_digest
