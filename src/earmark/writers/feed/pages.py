"""A feed in pages (RFC 5005): the newest episodes are on the first, and each page leads to the others."""

from collections.abc import Iterator, Sequence

from lxml import etree

from earmark.writers.feed.channel import Channel, fill
from earmark.writers.feed.episode import Episode
from earmark.writers.feed.item import item
from earmark.writers.feed.names import NAMESPACES, add

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def feed(channel: Channel, episodes: Sequence[Episode], *, each: int) -> Iterator[tuple[str, bytes]]:
    """Yield the feed's files by name, `each` episodes on one, the first page last: what it leads to is there then.

    `episodes` are in the order in which they are listed.
    """
    count = max(1, -(-len(episodes) // each))
    for number in range(count, 0, -1):
        root = etree.Element("rss", {"version": "2.0"}, nsmap=dict(NAMESPACES))
        element = add(root, "channel")
        fill(element, channel, _links(channel, number, count))
        for of in episodes[each * (number - 1) : each * number]:
            item(element, of, channel)
        written: bytes = etree.tostring(root, encoding="UTF-8", pretty_print=True)
        yield file_name(channel.name, number), _DECLARATION + written[written.index(b"<rss") :]


def file_name(name: str, number: int = 1) -> str:
    """Return the name of a page of the feed called `name`."""
    return f"{name}.xml" if number == 1 else f"{name}-{number}.xml"


def _links(channel: Channel, number: int, count: int) -> Iterator[tuple[str, str]]:
    def address(page: int) -> str:
        return f"{channel.address}{file_name(channel.name, page)}"

    yield "self", address(number)
    if count > 1:
        yield "first", address(1)
        if number > 1:
            yield "previous", address(number - 1)
        if number < count:
            yield "next", address(number + 1)
        yield "last", address(count)
