"""Finds the articles: every file that a reader reads, in a stable order, never outside the folder."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from earmark.errors import EarmarkError, ReadError, SettingsError
from earmark.pipeline.composed import Source
from earmark.readers import suffix_of
from earmark.settings import FILE_NAME, Settings

STANDARD_INPUT = Path("-")
_STANDARD_INPUT = STANDARD_INPUT.name  # ten thousand articles are asked three times each whether they are it


class SourceNotFound(EarmarkError):
    """A source named on the command line does not exist, or belongs to another folder of articles."""


class Found(Struct, frozen=True, gc=False):
    """An article's file. `name` is the path as the user knows it, `relative` its place in the folder, with "/"."""

    name: str
    relative: str

    @property
    def is_standard_input(self) -> bool:
        """Tell whether it is no file, but what was given as standard input."""
        return self.relative == _STANDARD_INPUT

    @property
    def path(self) -> Path:
        """Where it is; made only for those who ask, since of ten thousand articles few are opened."""
        return STANDARD_INPUT if self.is_standard_input else Path(self.name)


class Folder(Struct, frozen=True):
    """The articles folder (where earmark.toml is, else the folder named) and what was asked for in it."""

    root: Path
    settings_file: Path | None
    found: tuple[Found, ...]
    refused: tuple[ReadError, ...]


def discover(sources: Sequence[Path], *, suffixes: Collection[str], out: Path) -> Folder:
    """Return the articles that `sources` name: folders are walked, files must be of a kind that is read.

    Raises `SourceNotFound` for a source that does not exist and for sources of two articles folders.
    What `out` holds is never a source. A link that leaves the folder is refused by name, and so is
    what can't be looked at.
    """
    files = [source for source in sources if source != STANDARD_INPUT]
    roots = dict(reversed([_root_of(source) for source in files])) or dict([_above(Path())])
    if len(roots) > 1:
        places = " and ".join(sorted(map(str, roots)))
        raise SourceNotFound(f"the sources belong to two folders of articles: {places}", hint="Build them one by one.")
    ((root, settings_file),) = roots.items()
    found: dict[str, Found] = {}
    refused: list[ReadError] = []
    for source in sources:
        if source == STANDARD_INPUT:
            found["-"] = Found("standard input", STANDARD_INPUT.name)
            continue
        for path, relative in _files(source, suffixes, root, out.resolve(), refused):
            if not path.isascii() and (name := _shown(path)) != path:
                hint = "Give the file another name; records and feeds can't hold this one."
                refused.append(ReadError("its name is not UTF-8", source=name, hint=hint))
                continue
            if relative not in found:
                found[relative] = Found(path, relative)
    return Folder(root, settings_file, tuple(found[key] for key in sorted(found)), tuple(refused))


def _shown(path: Path | str) -> str:
    """Return a path as text that any terminal and file can hold."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def seen_from(folder: Path, path: Path) -> Path:
    """Return the way from a folder to `path`; on Windows there is none to another drive: then `path` as it is."""
    try:
        return Path(os.path.relpath(path, folder))
    except ValueError:
        return path.absolute()


def _root_of(source: Path) -> tuple[Path, Path | None]:
    """Return the articles folder of a source and its earmark.toml."""
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise SourceNotFound(f"{_shown(source)}: there is no such file or folder", hint="Check the spelling.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "this can't be a file's name"
        raise SourceNotFound(f"{_shown(source)}: {reason}", hint="Check its permissions and its name.") from None
    return _above(source if source.is_dir() else source.parent)


def _above(start: Path) -> tuple[Path, Path | None]:
    """Return the nearest folder, `start` or above it, that has an earmark.toml, with that; else `start`."""
    top = Path(os.path.abspath(start))  # noqa: PTH100 (".." must go, and links must stay)
    for folder in (top, *top.parents):
        candidate = start / FILE_NAME if folder == top else folder / FILE_NAME
        if candidate.is_file():
            return folder, candidate
        if candidate.is_symlink() or candidate.exists():  # to build without what it should set would be no help
            raise SettingsError("it is no file", path=candidate, hint="Take it out of the folder, or mend the link.")
    return top, None


def _files(
    source: Path, suffixes: Collection[str], root: Path, out: Path, refused: list[ReadError]
) -> Iterator[tuple[str, str]]:
    """Yield path and place in the folder of the articles that one source names, and collect what can't be one."""
    relative = Path(os.path.relpath(source, root)).as_posix()
    if source.is_dir():
        yield from _walk(source, relative, suffixes, out, refused)
    elif not source.is_file():
        hint = "Write it to a file first, or give it as standard input with -."
        refused.append(ReadError("this is no file", source=source, hint=hint))
    elif source.suffix.lower() not in suffixes:
        kinds = " ".join(sorted(suffixes))
        refused.append(ReadError("this kind of file is not read", source=source, hint=f"What is read: {kinds}"))
    else:
        yield str(source), relative


def _walk(
    source: Path, relative: str, suffixes: Collection[str], out: Path, refused: list[ReadError]
) -> Iterator[tuple[str, str]]:
    """Yield the articles in a folder; names are put together as text, for there may be ten thousand."""
    base = source.resolve()
    endings = tuple(suffixes)
    stack = [("" if source == Path() else str(source), "" if relative == "." else f"{relative}/")]
    while stack:
        folder, place = stack.pop()
        try:
            with os.scandir(folder or ".") as entries:
                names = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            hint = "Check its permissions; what is in it is not built."
            refused.append(
                ReadError(f"the folder can't be read: {error.strerror}", source=_shown(folder or "."), hint=hint)
            )
            continue
        folders: list[tuple[str, str]] = []
        for entry in names:
            name, path = entry.name, os.path.join(folder, entry.name)  # noqa: PTH118 (ten thousand of them)
            if name.startswith(".") or (entry.is_symlink() and not _inside(Path(path), base, suffixes, refused)):
                continue
            if entry.is_dir():
                if Path(path).resolve() != out:
                    folders.append((path, f"{place}{name}/"))
            elif name.lower().endswith(endings):
                if entry.is_file():
                    yield path, place + name
                else:  # a pipe would never end, and a device has no end
                    refused.append(ReadError("this is no file", source=_shown(path), hint="Take it out of the folder."))
        stack.extend(reversed(folders))


def _inside(path: Path, base: Path, suffixes: Collection[str], refused: list[ReadError]) -> bool:
    """Tell whether the link `path` may be read: one to another place is refused by name, one to a folder passed over."""
    try:
        target = path.resolve()
        if target.is_relative_to(base) and target.is_file():
            return True
        there = target.exists()
    except (OSError, RuntimeError):  # a link that goes round in circles is a RuntimeError to some Pythons
        there = False
    if path.suffix.lower() in suffixes:
        message = "this link leads out of the folder of articles" if there else "this link leads to nothing"
        hint = "Copy the file into the folder, or name it on the command line." if there else "Mend it or take it away."
        refused.append(ReadError(message, source=_shown(path), hint=hint))
    return False


def source_of(found: Found, settings: Settings, *, paces: Mapping[str, float], standard_input: bytes = b"") -> Source:
    """Return what is to be composed. Raises `ReadError` if the file can't be read.

    Standard input has no name to tell what it is: it is HTML where it begins as a page or fragment does, else Markdown.
    """
    if found.is_standard_input:
        return Source(
            name=f"-{suffix_of(standard_input)}",
            data=standard_input,
            settings=settings,
            paces=paces,
            shown=found.name,
        )
    try:
        with found.path.open("rb") as file:
            data = file.read(settings.reading.most_bytes + 1)  # the reader refuses what is longer
    except OSError as error:
        raise ReadError(f"it can't be read: {error.strerror}", source=found.name) from None
    return Source(name=found.name, data=data, settings=settings, paces=paces)
