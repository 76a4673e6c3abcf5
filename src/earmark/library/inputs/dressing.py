"""Finds the files that an edition is dressed with: cover, intro, outro and sting; never outside their folder."""

from pathlib import Path, PurePosixPath

from earmark.article import Metadata
from earmark.edition import Cover
from earmark.errors import ReadError, SettingsError
from earmark.library.inputs.headers import faults, is_bomb
from earmark.library.inputs.sources import Found
from earmark.library.state.index import Stat, stat_of
from earmark.options import AudioOptions

_MOST_COVER = 8_000_000  # bytes; a cover is part of every download
_MOST_SOUND = 100_000_000
_MOST_SHOWN = 120  # characters of a path in a message
_TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def sound_files(audio: AudioOptions, root: Path, settings_file: Path | None) -> dict[str, bytes]:
    """Return the bytes of the sounds that settings name. Raises `SettingsError` for one that can't be read."""
    sounds: dict[str, bytes] = {}
    for name in ("intro", "outro", "sting"):
        value: str = getattr(audio, name)
        if not value:
            continue
        path = root / value
        where = settings_file or "settings"
        try:
            if path.exists() and not path.is_file():  # a pipe would never end, and a device has no end
                raise SettingsError(f"{value} is no file", path=where, key=f"audio.{name}")
            with path.open("rb") as file:
                sounds[name] = file.read(_MOST_SOUND + 1)
            if len(sounds[name]) > _MOST_SOUND:
                raise SettingsError(f"{value} is larger than 100 MB", path=where, key=f"audio.{name}")
        except (OSError, ValueError, RuntimeError) as error:  # no path at all; links that go round, to some Pythons
            message = f"{value} can't be read: {error.strerror if isinstance(error, OSError) else 'it is no path'}"
            hint = f"The path is relative to {root}."
            raise SettingsError(message, path=where, key=f"audio.{name}", hint=hint) from None
    return sounds


def cover_path(value: str, article: str) -> str:
    """Return the path of a cover in the articles folder, "" if it is none: nothing is fetched because an article says so."""
    if not value or "://" in value or value.startswith(("//", "data:")):
        return ""
    folder = PurePosixPath() if value.startswith("/") else PurePosixPath(article).parent
    return str(folder / value.lstrip("/"))


def cover_of(metadata: Metadata, found: Found, root: Path) -> tuple[Cover | None, tuple[Stat, ...]]:
    """Return the article's cover and what it depends on. Raises `ReadError` for one that can't be used.

    A path is relative to the article, or to the articles folder if it begins with "/".
    """
    value = metadata.cover
    relative = cover_path(value, found.relative)
    if not relative:
        return None, ()
    shown = repr(value[:_MOST_SHOWN])
    try:
        path = (root / relative).resolve()
        if not path.is_relative_to(root.resolve()):
            message = f"cover {shown} is outside the folder of articles"
            raise ReadError(message, source=found.name, hint="Copy it inside.", code="front-matter")
        if path.exists() and not path.is_file():  # a pipe would never end, and a device has no end
            raise ReadError(
                f"cover {shown} is no file",
                source=found.name,
                hint="Name a JPEG or PNG; the path is relative to the article.",
                code="front-matter",
            )
        with path.open("rb") as file:
            data = file.read(_MOST_COVER + 1)
    except (OSError, ValueError, RuntimeError) as error:  # no path at all; links that go round, to some Pythons
        hint = "The path is relative to the article."
        reason = error.strerror if isinstance(error, OSError) else "it is no path"
        message = f"cover {shown} can't be read: {reason}"
        raise ReadError(message, source=found.name, hint=hint, code="front-matter") from None
    kind = next((kind for magic, kind in _TYPES.items() if data.startswith(magic)), None)
    if kind is None or len(data) > _MOST_COVER or is_bomb(data, kind):
        hint = "Use a JPEG or PNG of at most 8 MB and 100 million pixels."
        message = f"cover {shown} is no picture that players show"
        raise ReadError(message, source=found.name, hint=hint, code="front-matter")
    stat = stat_of(root, relative)
    if stat is None:
        raise ReadError(f"cover {shown} has vanished while it was read", source=found.name)
    return Cover(data, kind, PurePosixPath(relative).name, artwork=not any(faults(data, kind))), (stat,)
