"""Tells where a feed, as it lies there, says another length of a sound than its file has: downloads break off there."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

_MOST_BYTES = 200_000_000  # a page of a feed is far smaller; what is larger is none of ours


def wrong_lengths(feed: Path, address: str, out: Path) -> Iterator[str]:
    """Yield what is wrong with the enclosures of the feed `feed`, whose editions in `out` are published at `address`.

    A feed that can't be read, and what is not below `address`, is for others to tell of.
    """
    from lxml import etree  # noqa: PLC0415 (lxml loads slowly: only where everything is read)

    try:
        data = feed.read_bytes() if feed.stat().st_size <= _MOST_BYTES else b""
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (OSError, etree.XMLSyntaxError):
        return
    for enclosure in root.iter("enclosure"):
        url, said = enclosure.get("url", ""), enclosure.get("length", "")
        if not url.startswith(address):
            continue
        name = unquote(urlsplit(url[len(address) :]).path)
        folder, _, file = name.partition("/")
        if not file or "/" in file or {folder, file} & {"", ".", ".."}:
            continue
        try:
            size = (out / folder / file).stat().st_size
        except OSError:
            yield f"the feed names {name}, which is not there"
            continue
        if said != str(size):
            yield f"the feed says that {name} has {said or 'no'} bytes, and it has {size}"
