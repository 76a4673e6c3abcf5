"""Finds the recordings that an article names, inside the articles folder alone: each is hashed, none is decoded here."""

from pathlib import Path

from earmark.article import attribute, walk
from earmark.errors import ReadError
from earmark.library.inputs.dressing import cover_path
from earmark.library.inputs.sources import Found
from earmark.library.state.freshness import hash_of
from earmark.library.state.index import Stat, seen
from earmark.narration.script import each_utterance
from earmark.pipeline.composed import Composed, Tape

_MOST_BYTES = 1_000_000_000


def tapes_of(composed: Composed, found: Found, root: Path) -> tuple[tuple[Tape, ...], tuple[Stat, ...]]:
    """Return the recordings that are heard in an article, and what its edition then depends on.

    A path is relative to the article, or to the articles folder if it begins with "/". Raises `ReadError`, with
    the line if it is known, for one that is not there or lies outside.
    """
    names = dict.fromkeys(said.recording for said in each_utterance(composed.script) if said.recording)
    tapes = tuple(_tape(name, _line(composed, name), found, root) for name in names)
    return tapes, tuple(seen(root, tape.path) for tape in tapes)


def _line(composed: Composed, name: str) -> int | None:
    named = [one.line for one in composed.article.metadata.recordings if one.path == name]
    blocks = walk(composed.article.blocks)
    return named[0] if named else next((one.line for one in blocks if attribute(one, "recording") == name), None)


def _tape(name: str, line: int | None, found: Found, root: Path) -> Tape:
    relative = cover_path(name, found.relative)
    path = root / relative
    reason, hint = _refused(relative, path, root)
    if reason:
        message = f"the recording {name!r} {reason}"
        raise ReadError(message, source=found.name, line=line, hint=hint, code="recording-missing")
    place = path.resolve().relative_to(root.resolve()).as_posix()
    return Tape(name=name, path=place, sha256=hash_of(path), line=line, open=lambda: path.open("rb"))


def _refused(relative: str, path: Path, root: Path) -> tuple[str, str]:
    """Return why there is no such recording, and what to do; nothing if there is."""
    if not relative:
        return "is an address, and earmark fetches nothing that an article names", "Save it in the folder of articles."
    if "\0" in relative:
        return "is no path", "The path is relative to the article."
    try:
        return _refused_file(path, root)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError to some Pythons
        return f"can't be read: {getattr(error, 'strerror', None) or error}", ""


def _refused_file(path: Path, root: Path) -> tuple[str, str]:
    if not path.resolve().is_relative_to(root.resolve()):
        return "is outside the folder of articles", "Copy it inside."
    if not path.is_file():
        return (
            "is not there",
            "The path is relative to the article, or to the folder of articles if it begins with /.",
        )
    if path.stat().st_size > _MOST_BYTES:
        return f"is larger than {_MOST_BYTES // 1_000_000_000} GB", "Give each chapter a recording of its own."
    with path.open("rb"):
        return "", ""
