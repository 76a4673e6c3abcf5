"""Finds articles of other shards that want a slug or a GUID of this one's, so that all shards give it to the same.

Only those are composed to tell whether they get it; of the rest nobody reads more than the front matter.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from earmark.article import Metadata
from earmark.errors import ReadError
from earmark.library.distributed.shards import Shard
from earmark.library.gate.moved import front_matter_of
from earmark.library.identity import guid_of, slug_of
from earmark.library.inputs.sources import Found

_MOST = 70_000  # bytes in which front matter ends
_NAMED = re.compile(rb"(?mi)(?:^|[{,])[ \t]*[\"']?(?:slug|id)[\"']?[ \t]*[:=]")
_FENCES = (b"---", b"+++", b"{", b"\xef\xbb\xbf")


def rivals(root: Path, found: Sequence[Found], shard: Shard, site: str) -> frozenset[str]:
    """Return the paths of others' articles that would be called as one of the shard's is; `site` is the site's id."""
    wanted = names_wanted(root, found, site)
    own = {name for relative, names in wanted.items() if shard.has(relative) for name in names}
    return frozenset(
        relative for relative, names in wanted.items() if not shard.has(relative) and not own.isdisjoint(names)
    )


def names_wanted(root: Path, found: Sequence[Found], site: str) -> dict[str, tuple[str, ...]]:
    """Return, by the articles' paths, which slug and GUID each wants; nothing of one that can have neither."""
    return {one.relative: _names(root, one, site) for one in found if not one.is_standard_input}


def _names(root: Path, found: Found, site: str) -> tuple[str, ...]:
    """Return what an article wants to be called, nothing where it says so itself that it has no such name."""
    metadata = front_matter_of(root, found.relative) if _names_itself(found) else Metadata()
    try:
        slug = slug_of(metadata, found.relative, found.name)
    except ReadError:
        return ()
    return f"slug {slug}", f"guid {guid_of(metadata, found.relative, site)}"


def _names_itself(found: Found) -> bool:
    try:
        with found.path.open("rb") as file:
            head = file.read(_MOST)
    except OSError:
        return False
    return head.startswith(_FENCES) and _NAMED.search(head) is not None
