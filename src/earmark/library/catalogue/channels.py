"""Plans the pages of the feeds: which editions stand on which, under what channel. Nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from msgspec import Raw, Struct
from msgspec.structs import replace

from earmark.library.catalogue.episodes import Kept, unpacked
from earmark.library.catalogue.publisher import Publisher

if TYPE_CHECKING:
    from earmark.writers.feed import Channel, Page

NAME = "feed"


class Planned(Struct, frozen=True):
    """A page of a feed whose episodes are still packed."""

    channel: "Channel"
    number: int
    count: int
    episodes: Sequence[Kept]

    @property
    def name(self) -> str:
        """The name of its file."""
        from earmark.writers.feed import file_name  # noqa: PLC0415 (lxml loads slowly)

        return file_name(self.channel.name, self.number)

    def made_of(self) -> tuple[object, ...]:
        """Return what its bytes are made of."""
        return self.channel, self.number, self.count, [(one.guid, one.record) for one in self.episodes]

    def whole(self, packed: Mapping[str, Raw]) -> "Page":
        """Return it with its episodes, which are `packed` by their slugs."""
        from earmark.writers.feed import Page  # noqa: PLC0415 (lxml loads slowly)

        its = [unpacked(packed[one.slug]) for one in self.episodes if one.slug in packed]
        return Page(self.channel, self.number, self.count, its)


def planned(episodes: Sequence[Kept], publisher: Publisher) -> Iterator[Planned]:
    """Yield the pages of all feeds: of all editions, and of each language where there are several."""
    from earmark.writers.autonyms import language_name  # noqa: PLC0415 (only where a feed is written)

    languages: dict[str, list[Kept]] = {}
    for one in episodes:
        languages.setdefault(_primary(one.language), []).append(one)
    if not episodes:
        return
    if len(languages) > 1:
        for primary, its in sorted(languages.items()):
            channel = _channel(its, publisher, f"{NAME}-{primary}")
            title = f"{channel.title} – {language_name(primary)}"
            channel = replace(channel, title=title, guid=_guid_of_language(publisher, primary))
            yield from _parted(channel, its, each=publisher.options.editions)
    yield from _parted(_channel(episodes, publisher, NAME), episodes, each=publisher.options.editions)


def _guid_of_language(publisher: Publisher, primary: str) -> str:
    """Return the GUID of a language's feed: made of the one of all, which settings keep when the site moves."""
    from earmark.writers.feed import guid_at  # noqa: PLC0415 (lxml loads slowly)

    return str(uuid5(UUID(publisher.options.guid or guid_at(f"{publisher.house.address}{NAME}.xml")), primary))


def _parted(channel: "Channel", episodes: Sequence[Kept], *, each: int) -> Iterator[Planned]:
    """Yield the pages of one feed, `each` episodes on one."""
    from earmark.writers.feed import parted  # noqa: PLC0415 (lxml loads slowly)

    for number, count, its in parted(episodes, each):
        yield Planned(channel, number, count, its)


def _channel(episodes: Sequence[Kept], publisher: Publisher, name: str) -> "Channel":
    from earmark.writers.feed import Channel, about, moment  # noqa: PLC0415 (lxml loads slowly)
    from earmark.writers.printable import one_line, short_line  # noqa: PLC0415 (likewise)

    site, address = publisher.site, publisher.house.address
    title = short_line(publisher.name, _LONGEST_TITLE)
    language = _common_language(episodes, site.tongue)
    days = [found for one in episodes for found in (moment(one.published), moment(one.updated)) if found]
    built = datetime.fromtimestamp(publisher.epoch, UTC) if publisher.epoch is not None else max(days, default=None)
    return Channel(
        address=address,
        name=name,
        title=title,
        description=_short_bytes(one_line(site.description)) or about(language),
        language=language,
        author=short_line(site.author, _LONGEST_TITLE) or title,
        email=site.owner_email,
        category=publisher.category,
        explicit=site.explicit,
        copyright=short_line(site.copyright, _LONGEST_TITLE),
        image=f"{address}{publisher.image}",
        type=publisher.options.type,
        locked=publisher.options.locked,
        guid=publisher.options.guid,
        moved_to=publisher.options.moved_to,
        built=built,
    )


_LONGEST_TITLE = 200
_MOST_BYTES = 4_000  # of a channel's description


def _short_bytes(line: str) -> str:
    return line.encode()[:_MOST_BYTES].decode("utf-8", "ignore")


def _common_language(episodes: Sequence[Kept], site: str) -> str:
    """Return the language of a feed: the site's where it is one of those that are spoken, else the one they share."""
    tags = {one.language for one in episodes}
    primaries = {_primary(tag) for tag in tags}
    if len(primaries) > 1 or _primary(site) in primaries:
        return site
    return tags.pop() if len(tags) == 1 else primaries.pop()


def _primary(tag: str) -> str:
    return tag.lower().partition("-")[0]


def is_dated(one: Kept) -> bool:
    """Tell whether an edition says when it was published."""
    from earmark.writers.feed import moment  # noqa: PLC0415 (lxml loads slowly)

    return moment(one.published) is not None
