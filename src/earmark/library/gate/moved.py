"""Finds articles that lie elsewhere now: subscribers hear them a second time unless their `id` goes with them."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from earmark.article import Metadata
from earmark.errors import ReadError
from earmark.library import events
from earmark.library.identity import guid_of
from earmark.library.inputs.sources import STANDARD_INPUT
from earmark.library.state.freshness import Freshness
from earmark.library.state.index import Index, Known, stat_of
from earmark.writers.record import Record

_FRONT_MATTER = re.compile(rb"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_MOST_FRONT_MATTER = 70_000  # bytes in which one has to end: what is searched for a line must not be a whole book
_BOM = b"\xef\xbb\xbf"


def text_digest(data: bytes) -> str:
    """Return the sha256 of an article's text without its front matter, "" if it has none.

    White space between words counts for nothing: a text that was wrapped anew is the same text.
    """
    data = data.removeprefix(_BOM).replace(b"\r\n", b"\n")
    front = _FRONT_MATTER.match(data[:_MOST_FRONT_MATTER])
    words = data[front.end() if front else 0 :].split()
    return sha256(b" ".join(words)).hexdigest() if words else ""


def former_of(before: Record | None, relative: str, root: Path, inputs: dict[str, str]) -> tuple[str, str]:
    """Return path and GUID of the article that an edition was made of before it was one of `relative`; "" if none.

    `before` is the record that is about to be replaced. Its article counts as moved here if it is gone
    and had the text that this one has: two folders with a house.md each publish it as "house".
    """
    if before is None or before.source.path == STANDARD_INPUT.name:
        return "", ""
    if before.source.path == relative:
        return before.source.former, before.guid if before.source.former else ""
    if stat_of(root, before.source.path) is None and _same_text(before.inputs, inputs):
        return before.source.former or before.source.path, before.guid
    return "", ""


def moved(
    index: Index, freshness: Freshness, orphaned: Sequence[events.Orphaned], articles: Iterable[str], site: str
) -> tuple[events.Moved, ...]:
    """Return the articles that lie elsewhere than when they were published, and say in no `id` that they are the same.

    `articles` are the paths of all that are there, `site` is the site's id. An article that was moved and
    edited in one go is not found: what tells it is that its text is the same.
    """
    here = freshness.relative_root
    found = [
        events.Moved(known.former, known.source.path, known.slug, known.guid)
        for known in index.all()
        if known.former and known.root == here and not front_matter_of(freshness.root, known.source.path).id
    ]
    lost = list(_lost(index, freshness, orphaned))
    if not lost:
        return tuple(found)
    there = {relative: _inputs(index, freshness.root, relative) for relative in sorted(set(articles))}
    taken: set[str] = set()
    for slug, record in lost:
        alike = [path for path in there if path not in taken and _same_text(record.inputs, there[path])]
        name = PurePosixPath(record.source.path).name
        for path in sorted(alike, key=lambda path: PurePosixPath(path).name != name):
            its = front_matter_of(freshness.root, path)
            if its.audio is False or its.draft:
                continue
            if guid_of(its, path, site) != record.guid:
                taken.add(path)
                found.append(events.Moved(record.source.path, path, slug, record.guid))
            break
    return tuple(found)


def _lost(index: Index, freshness: Freshness, orphaned: Sequence[events.Orphaned]) -> Iterable[tuple[str, Record]]:
    """Yield the editions whose article is gone from this folder, by slug."""
    for orphan in orphaned:
        known = index.owner(orphan.slug)
        if known is not None and known.root != freshness.relative_root:
            continue
        record = freshness.record(orphan.slug)
        if record is not None and stat_of(freshness.root, record.source.path) is None:
            yield orphan.slug, record


def _inputs(index: Index, root: Path, relative: str) -> dict[str, str]:
    """Return what is known of an article's bytes, read only if it changed since it was last looked at."""
    known: Known | None = index.get(relative)
    if known is not None and known.source == stat_of(root, relative):
        return known.inputs
    try:
        data = (root / relative).read_bytes()
    except OSError:
        return {}
    return {"source": sha256(data).hexdigest(), "text": text_digest(data)}


def _same_text(one: dict[str, str], other: dict[str, str]) -> bool:
    return any(one.get(name) and one.get(name) == other.get(name) for name in ("source", "text"))


def front_matter_of(root: Path, relative: str) -> Metadata:
    """Return what an article's front matter says, nothing where it can't be read: a build tells of that."""
    from earmark.readers import decoding, frontmatter, metadata  # noqa: PLC0415 (YAML loads slowly: only for one that moved)

    try:
        text, _ = decoding.decode((root / relative).read_bytes(), name=relative)
        return metadata.interpret(frontmatter.split(text, name=relative).entries, name=relative)[0]
    except (OSError, ReadError):
        return Metadata()
