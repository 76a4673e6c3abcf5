"""Finds the pictures that an article shows, inside the articles folder: nothing is fetched because an article says so.

A picture that can't be had is no error: its words are read and printed all the same.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from earmark.article import Article, Figure, MarkKind, fields, walk
from earmark.edition import Picture
from earmark.library.inputs.dressing import cover_path
from earmark.library.inputs.headers import is_bomb, kind_of, size_of
from earmark.library.state.index import Stat, seen

_MOST_BYTES = 8_000_000  # of one picture: it is part of every download
_MOST_IN_ALL = 60_000_000
_ENDINGS = {"image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_QUERY = re.compile(r"[?#].*", re.DOTALL)


def picture_paths(article: Article, relative: str) -> dict[str, str]:
    """Return where in the articles folder each picture of the article would lie, by its address, each once."""
    return {source: path for source in dict.fromkeys(_sources(article)) if (path := picture_path(source, relative))}


def picture_path(source: str, relative: str) -> str:
    """Return the path that an address means beside the article, "" if it means none."""
    return cover_path(unquote(_QUERY.sub("", source)), relative) if not source.startswith("//") else ""


def pictures_of(paths: dict[str, str], root: Path) -> tuple[tuple[Picture, ...], tuple[Stat, ...]]:
    """Return the pictures that are there and can be shown, and what the edition then depends on.

    Every path inside the folder is depended on: a picture that appears later makes the edition again.
    """
    found: list[Picture] = []
    depends: list[Stat] = []
    names: dict[str, str] = {}
    left = _MOST_IN_ALL
    for source, path in paths.items():
        if not _inside(root, path):
            continue
        depends.append(seen(root, path))
        data = _read(root / path, min(left, _MOST_BYTES))
        kind = kind_of(data)
        if not kind or is_bomb(data, kind):
            continue
        left -= len(data)
        digest = sha256(data).hexdigest()
        name = names.setdefault(digest, f"picture-{len(names) + 1}.{_ENDINGS[kind]}")
        width, height = size_of(data, kind)
        found.append(Picture(source=source, name=name, type=kind, data=data, width=width, height=height))
    return tuple(found), tuple(depends)


def _sources(article: Article) -> Iterator[str]:
    for block in walk(article.blocks):
        if isinstance(block, Figure):
            yield block.source
        for _, inline in fields(block):
            for mark in inline.marks:
                if mark.kind in {MarkKind.IMAGE, MarkKind.IMAGE_WITHOUT_ALT}:
                    yield mark.value


def _inside(root: Path, path: str) -> bool:
    try:
        return (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):  # a name that no file can have; links that go round
        return False


def _read(path: Path, most: int) -> bytes:
    """Return a file's bytes, nothing if it can't be read or is too large."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError):
        return b""
    return data if len(data) <= most else b""
