"""What an edition is called, and who it stays to its subscribers: slug and GUID."""

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePosixPath
from uuid import UUID, uuid5

from earmark.article import Metadata
from earmark.errors import ReadError

NAMESPACE = UUID("6b0f6a2e-6f0c-5c0e-9d2b-1d7e1f1a9a55")  # earmark's own, for UUIDv5; never to change
_MOST_SLUG_BYTES = 80  # leaves room for endings and temporary names under every file system's 255
# What Windows will not have as a file's name, whatever its ending.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_NOT_IN_SLUG = re.compile(r"[\W_]+")


def slug_of(metadata: Metadata, relative: str, name: str) -> str:
    """Return the folder name of the edition: `slug` of the front matter, else made of the file's name.

    `index` says nothing: what is called so is named after its folder, as Hugo and MkDocs do. Raises `ReadError`
    for a slug in the front matter that is no plain name. Standard input is named after its title.
    """
    if metadata.slug:
        made = slugify(metadata.slug)
        if made != unicodedata.normalize("NFC", metadata.slug):
            hint = f'Use lower-case letters, digits and hyphens, for example "{made}".'
            raise ReadError(
                f"slug {metadata.slug[:60]!r} can't name a folder", source=name, hint=hint, code="front-matter"
            )
        return made
    if relative == "-":
        return slugify(metadata.title)
    path = PurePosixPath(relative)
    return slugify(path.parent.name if path.stem == "index" and path.parent.name else path.stem)


def slugify(text: str) -> str:
    """Return lower-case letters and digits of any script joined by hyphens; never empty, safe on every system."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    slug = _NOT_IN_SLUG.sub("-", folded).strip("-")
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if len(slug.encode()) > _MOST_SLUG_BYTES:
        cut = slug.encode()[: _MOST_SLUG_BYTES - 9].decode("utf-8", "ignore")
        return f"{cut.rsplit('-', 1)[0] if '-' in cut else cut}-{digest}"
    if not slug:
        return f"article-{digest}"
    return f"{slug}-article" if slug in _RESERVED or slug in _TAKEN else slug


_TAKEN = frozenset({"feed", "index", "assets", "page"})  # names that the audio folder itself uses


def guid_of(metadata: Metadata, relative: str, site: str) -> str:
    """Return the edition's GUID: `id` of the front matter, else UUIDv5 of the site's id and the path without ending."""
    if metadata.id:
        return metadata.id
    path = PurePosixPath(relative)
    return str(uuid5(uuid5(NAMESPACE, site), str(path.with_suffix(""))))
