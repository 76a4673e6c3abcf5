"""Finds the articles: every file that a reader reads, in a stable order, never outside the folder."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from earmark.errors import EarmarkError, ReadError
from earmark.pipeline.composed import Source
from earmark.settings import FILE_NAME, Settings

STANDARD_INPUT = Path("-")


class SourceNotFound(EarmarkError):
    """A source named on the command line does not exist, or belongs to another folder of articles."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article's file. `name` is the path as the user knows it, `relative` its place in the folder, with "/"."""

    path: Path
    name: str
    relative: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The articles folder (where earmark.toml is, else the folder named) and what was asked for in it."""

    root: Path
    settings_file: Path | None
    found: tuple[Found, ...]
    refused: tuple[ReadError, ...]


def discover(sources: Sequence[Path], *, suffixes: Collection[str], out: Path) -> Folder:
    """Return the articles that `sources` name: folders are walked, files must be of a kind that is read.

    Raises `SourceNotFound` for a source that does not exist and for sources of two articles folders.
    What `out` holds is never a source. A link that leaves the folder is refused by name.
    """
    roots = {_root_of(source) for source in sources}
    if len(roots) > 1:
        places = " and ".join(sorted(str(root) for root, _ in roots))
        raise SourceNotFound(f"the sources belong to two folders of articles: {places}", hint="Build them one by one.")
    root, settings_file = roots.pop()
    found: dict[str, Found] = {}
    refused: list[ReadError] = []
    for source in sources:
        if source == STANDARD_INPUT:
            found["-"] = Found(source, "standard input", "-")
            continue
        for path in _files(source, suffixes, out.resolve(), refused):
            relative = Path(os.path.relpath(path.absolute(), root.absolute())).as_posix()
            found.setdefault(relative, Found(path, str(path), relative))
    return Folder(root, settings_file, tuple(found[key] for key in sorted(found)), tuple(refused))


def _root_of(source: Path) -> tuple[Path, Path | None]:
    """Return the articles folder of a source and its earmark.toml."""
    if source == STANDARD_INPUT:
        start = Path()
    elif not source.exists():
        raise SourceNotFound(f"{source}: there is no such file or folder", hint="Check the spelling.")
    else:
        start = source if source.is_dir() else source.parent
    for folder in (start, *start.absolute().parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return folder.absolute(), candidate
    return start.absolute(), None


def _files(source: Path, suffixes: Collection[str], out: Path, refused: list[ReadError]) -> Iterator[Path]:
    if source.is_file():
        if source.suffix.lower() not in suffixes:
            kinds = " ".join(sorted(suffixes))
            refused.append(ReadError("this kind of file is not read", source=source, hint=f"What is read: {kinds}"))
        else:
            yield source
        return
    base = source.resolve()
    stack = [source]
    while stack:
        folder = stack.pop()
        with os.scandir(folder) as entries:
            names = sorted(entries, key=lambda entry: entry.name)
        folders: list[Path] = []
        for entry in names:
            path = folder / entry.name
            if entry.name.startswith(".") or not _inside(path, base, suffixes, refused, link=entry.is_symlink()):
                continue
            if entry.is_dir():
                if path.resolve() != out:
                    folders.append(path)
            elif path.suffix.lower() in suffixes and entry.is_file():
                yield path
        stack.extend(reversed(folders))


def _inside(path: Path, base: Path, suffixes: Collection[str], refused: list[ReadError], *, link: bool) -> bool:
    """Tell whether `path` may be read; a link to another place is refused by name, a link to a folder passed over."""
    if not link:
        return True
    target = path.resolve()
    if target.is_relative_to(base) and target.is_file():
        return True
    if path.suffix.lower() in suffixes:
        hint = "Copy the file into the folder, or name it on the command line."
        refused.append(ReadError("this link leads out of the folder of articles", source=path, hint=hint))
    return False


def source_of(found: Found, settings: Settings, *, words_per_minute: float, standard_input: bytes = b"") -> Source:
    """Return what is to be composed. Raises `ReadError` if the file can't be read.

    Standard input is Markdown: it has no name to tell what else it is.
    """
    if found.path == STANDARD_INPUT:
        return Source(name="-.md", data=standard_input, settings=settings, words_per_minute=words_per_minute)
    try:
        data = found.path.read_bytes()
    except OSError as error:
        raise ReadError(f"it can't be read: {error.strerror}", source=found.name) from None
    return Source(name=found.name, data=data, settings=settings, words_per_minute=words_per_minute)
