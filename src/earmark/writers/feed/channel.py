"""What a feed says of itself: the channel, before its items."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from lxml import etree
from msgspec import Struct

from earmark.writers.feed.moments import rfc_2822
from earmark.writers.feed.names import add
from earmark.writers.feed.notes import described
from earmark.writers.printable import one_line

_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the namespace that Podcasting 2.0 gives out
ALL = "feed"  # the name of the feed of all editions
_IN_BRACKETS = re.compile(r"[()\\]+")


class Channel(Struct, frozen=True, kw_only=True):
    """A feed as a whole. Texts are clean lines; `title`, `description` and `author` are never empty.

    `address` is where the editions are, with "/" at its end; `name` the feed's file without its ending;
    `image` an address; `category` the outer and the inner one; `built` when what it lists was last new,
    None if nothing tells. `guid` and `moved_to` are "" where settings give none.
    """

    address: str
    name: str
    title: str
    description: str
    language: str
    author: str
    email: str = ""
    category: tuple[str, str] = ("", "")
    explicit: bool = False
    copyright: str = ""
    image: str = ""
    type: str = "episodic"
    locked: bool = True
    guid: str = ""
    moved_to: str = ""
    built: datetime | None = None

    @property
    def shown_explicit(self) -> str:
        """What directories ask for: "yes" and "no" are refused."""
        return "true" if self.explicit else "false"

    @property
    def podcast_guid(self) -> str:
        """The podcast's own GUID: of the feed's first page, without scheme and slashes at the end."""
        return self.guid or guid_at(f"{self.address}{self.name}.xml")

    @property
    def new_address(self) -> str:
        """Where this very feed is now, "" if it has not moved: `moved_to` is the address of the feed of all.

        A feed of one language lies beside that one. Who wants German only must not be led to all languages.
        """
        folder, _, file = self.moved_to.rpartition("/")
        if self.name == ALL:
            return self.moved_to
        return f"{folder}/{self.name}.xml" if file == f"{ALL}.xml" else ""


def guid_at(address: str) -> str:
    """Return the GUID that Podcasting 2.0 gives a feed at an address."""
    return str(uuid5(_PODCASTS, re.sub(r"\Ahttps?://", "", address).rstrip("/")))


def fill(element: etree._Element, channel: Channel, links: Iterable[tuple[str, str]]) -> None:
    """Put what a feed says of itself into its `channel` element; `links` are Atom's relations and addresses."""
    add(element, "title", channel.title)
    add(element, "link", channel.address)
    add(element, "description", described(channel.description))
    add(element, "language", channel.language)
    for relation, address in links:
        add(element, "atom:link", rel=relation, href=address, type="application/rss+xml")
    if channel.copyright:
        add(element, "copyright", channel.copyright)
    if channel.built:
        add(element, "lastBuildDate", rfc_2822(channel.built))
    add(element, "generator", "earmark")
    if channel.email:
        written = f"{channel.email} ({one_line(_IN_BRACKETS.sub(' ', channel.author))})"
        add(element, "managingEditor", written)
        add(element, "webMaster", written)
    if channel.image:
        image = add(element, "image")
        add(image, "url", channel.image)
        add(image, "title", channel.title)
        add(image, "link", channel.address)
    _itunes(element, channel)
    _podcast(element, channel)


def _itunes(element: etree._Element, channel: Channel) -> None:
    add(element, "itunes:author", channel.author)
    add(element, "itunes:type", channel.type)
    add(element, "itunes:explicit", channel.shown_explicit)
    if channel.image:
        add(element, "itunes:image", href=channel.image)
    outer, inner = channel.category
    if outer:
        category = add(element, "itunes:category", text=outer)
        if inner:
            add(category, "itunes:category", text=inner)
    if channel.email:
        owner = add(element, "itunes:owner")
        add(owner, "itunes:name", channel.author)
        add(owner, "itunes:email", channel.email)
    new_address = channel.new_address
    if new_address:
        add(element, "itunes:new-feed-url", new_address)


def _podcast(element: etree._Element, channel: Channel) -> None:
    add(element, "podcast:guid", channel.podcast_guid)
    owner = {"owner": channel.email} if channel.email else {}
    add(element, "podcast:locked", "yes" if channel.locked else "no", **owner)
    add(element, "podcast:medium", "podcast")
