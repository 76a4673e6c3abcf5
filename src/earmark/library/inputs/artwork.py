"""Covers: whether podcast directories take the one there is, and one drawn of the title where there is none."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from earmark.article import Problem, Severity
from earmark.edition import Cover
from earmark.errors import SettingsError
from earmark.library.inputs.headers import HINT, faults, is_bomb, kind_of
from earmark.library.state.freshness import digest
from earmark.storage import ObjectStore

DRAWN = "cover.png"
_NAMES = {"image/jpeg": "cover.jpg", "image/png": "cover.png"}
_MOST_BYTES = 8_000_000


class Artist:
    """Draws covers beside what else is done, one at a time; each is drawn once and kept."""

    def __init__(self, store: ObjectStore, publication: str, rules: str) -> None:
        """Keep drawings in `store`, under one version of earmark's code."""
        self._store, self._publication, self._rules = store, publication, rules
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="drawing")

    def begin(self, title: str) -> Future[Cover]:
        """Begin to draw the cover of an article."""
        return self._pool.submit(self.drawn, title)

    def drawn(self, title: str) -> Cover:
        """Return the cover of what is called `title`."""
        key = digest(["cover-1", self._rules, title, self._publication])
        kept = self._store.get(key)
        data = kept.payload if kept else self._store.put(key, b"", draw(title, self._publication)).payload
        return Cover(data, "image/png", DRAWN, artwork=True)

    def close(self) -> None:
        """Draw no more."""
        self._pool.shutdown(cancel_futures=True)


def draw(title: str, publication: str) -> bytes:
    """Return a cover as a PNG."""
    from earmark.writers.cover import draw as drawn  # noqa: PLC0415 (Pillow loads slowly: only where one is drawn)

    return drawn(title, publication)


def given(value: str, root: Path, where: Path | str) -> Cover | None:
    """Return the site's own cover, None if it has none. Raises `SettingsError` for what is no picture of a kind that fits."""
    if not value:
        return None
    try:
        path = (root / value).resolve()
        if not path.is_relative_to(root.resolve()):
            message = f"{value!r} is outside the folder of articles"
            raise SettingsError(message, path=where, key="site.cover", hint="Copy it inside.")
        if path.exists() and not path.is_file():
            raise SettingsError(f"{value!r} is no file", path=where, key="site.cover")
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "this can't be a file's name"
        hint = f"The path is relative to {root}."
        raise SettingsError(f"{value!r} can't be read: {reason}", path=where, key="site.cover", hint=hint) from None
    kind = kind_of(data)
    if kind not in _NAMES or len(data) > _MOST_BYTES or is_bomb(data, kind):
        message = f"{value} is no JPEG or PNG of at most 8 MB"
        raise SettingsError(message, path=where, key="site.cover", hint=f"{HINT}.")
    return Cover(data, kind, _NAMES[kind], artwork=not tuple(faults(data, kind)))


def problem_of(cover: Cover, name: str) -> Problem | None:
    """Return what directories would say against a cover, None if they take it."""
    found = tuple(faults(cover.data, cover.type))
    if not found:
        return None
    message = f"podcast clients don't show the cover {name}: it is {', and '.join(found)}"
    return Problem("cover", Severity.WARNING, message, HINT)
