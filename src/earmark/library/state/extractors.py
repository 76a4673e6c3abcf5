"""Which other program has a say in what a web page's article is: with another one, its edition may be another."""

from functools import cache
from hashlib import sha256

_PAGES = (".html", ".htm")
NAME = "pages"  # of the input, and of the extra that brings the program


def extractor_of(relative: str) -> dict[str, str]:
    """Return the input of an article that is a web page, as a sha256 by its name; nothing for all others."""
    return {NAME: extractor()} if relative.lower().endswith(_PAGES) else {}


@cache
def extractor() -> str:
    """Return a sha256 of the version of trafilatura that is installed, or of none being so. It is not loaded."""
    from importlib import metadata  # noqa: PLC0415 (it loads a parser of mail; only pages need it)

    try:
        version = metadata.version("trafilatura")
    except metadata.PackageNotFoundError:
        version = ""
    return sha256(version.encode()).hexdigest()
