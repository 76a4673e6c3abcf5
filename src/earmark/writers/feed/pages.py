"""A feed in pages (RFC 5005): the newest episodes are on the first, and each page leads to the others."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from lxml import etree
from msgspec import Struct

from earmark.writers.feed.channel import Channel, fill
from earmark.writers.feed.episode import Episode
from earmark.writers.feed.item import item
from earmark.writers.feed.names import NAMESPACES, add

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


_Item = TypeVar("_Item")


class Page(Struct, frozen=True):
    """A page of a feed before it is written: all that its bytes are made of."""

    channel: Channel
    number: int  # from 1
    count: int  # of the pages that the feed has
    episodes: Sequence[Episode]

    @property
    def name(self) -> str:
        """The name of its file."""
        return file_name(self.channel.name, self.number)

    def written(self) -> bytes:
        """Return its bytes."""
        root = etree.Element("rss", {"version": "2.0"}, nsmap=dict(NAMESPACES))
        element = add(root, "channel")
        fill(element, self.channel, _links(self.channel, self.number, self.count))
        for of in self.episodes:
            item(element, of, self.channel)
        written: bytes = etree.tostring(root, encoding="UTF-8", pretty_print=True)
        return _DECLARATION + written[written.index(b"<rss") :]


def feed(channel: Channel, episodes: Sequence[Episode], *, each: int) -> Iterator[Page]:
    """Yield the feed's pages, `each` episodes on one, the first page last: what it leads to is there then.

    `episodes` are in the order in which they are listed.
    """
    for number, count, its in parted(episodes, each):
        yield Page(channel, number, count, its)


def parted(episodes: Sequence[_Item], each: int) -> Iterator[tuple[int, int, Sequence[_Item]]]:
    """Yield what stands on each page, with its number and how many there are, the first page last."""
    count = max(1, -(-len(episodes) // each))
    for number in range(count, 0, -1):
        yield number, count, episodes[each * (number - 1) : each * number]


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
