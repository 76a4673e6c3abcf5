"""Who publishes: what the settings say of it is checked before anything is made, and what they lack is told."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from earmark.article import Problem, Severity
from earmark.edition import Cover, House
from earmark.errors import SettingsError
from earmark.library.inputs.artwork import DRAWN, given, problem_of
from earmark.library.inputs.house import web_address
from earmark.options import FeedOptions, Site
from earmark.settings import FILE_NAME, Settings
from earmark.writers.categories import CATEGORIES, category, near_categories

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


class Publisher(Struct, frozen=True, kw_only=True):
    """Who publishes the feeds, and how: `cover` is the site's own if it has one, `epoch` is SOURCE_DATE_EPOCH.

    `category` is the outer and the inner one.
    """

    site: Site
    options: FeedOptions
    house: House
    category: tuple[str, str]
    cover: Cover | None = None
    epoch: int | None = None

    @property
    def publishes(self) -> bool:
        """Whether there is a feed at all: it can't be without an address."""
        return self.options.publish and bool(self.house.address)

    @property
    def image(self) -> str:
        """The name of the feed's picture in the folder of editions: the site's own, or a drawn one."""
        return self.cover.published if self.cover and self.cover.artwork else DRAWN

    @property
    def art(self) -> str:
        """What the picture is made of: the sha256 of the site's own, "" where it is drawn."""
        return sha256(self.cover.data).hexdigest() if self.cover and self.cover.artwork else ""

    @property
    def name(self) -> str:
        """What the feed is called: the site's title, else its host."""
        return self.site.title.strip() or urlsplit(self.house.address).netloc


def publisher_of(settings: Settings, house: House, root: Path, settings_file: Path | None) -> Publisher:
    """Return who publishes the feeds. Raises `SettingsError` for what no directory would take."""
    where = settings_file or FILE_NAME
    site, feed = settings.site, settings.feed
    if site.owner_email and not _MAIL.fullmatch(site.owner_email):
        hint = 'Write only the address, as "editor@example.org".'
        raise SettingsError(
            f"{site.owner_email[:80]!r} is no e-mail address", path=where, key="site.owner_email", hint=hint
        )
    if feed.guid and not _is_uuid(feed.guid):
        hint = "Take it from the podcast:guid of the feed as it is, or leave it out."
        raise SettingsError(f"{feed.guid[:80]!r} is no UUID", path=where, key="feed.guid", hint=hint)
    if urlsplit(house.address).query or urlsplit(house.address).fragment:
        hint = "Leave out what stands behind ? or #."
        raise SettingsError("this is no folder on the web", path=where, key="site.address", hint=hint)
    web_address(feed.moved_to, "feed.moved_to", where)
    return Publisher(
        site=site,
        options=feed,
        house=house,
        category=_category(site.category, where),
        cover=given(site.cover, root, where),
    )


def _category(written: str, where: Path | str) -> tuple[str, str]:
    found = category(written) if written.strip() else ("", "")
    if found is None:
        near = near_categories(written)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"The outer ones are: {', '.join(CATEGORIES)}."
        raise SettingsError(
            f"{written[:80]!r} is no category of Apple Podcasts", path=where, key="site.category", hint=hint
        )
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def notices_of(publisher: Publisher, *, anything: bool, undated: int, unnumbered: int) -> Iterator[Problem]:
    """Yield what is missing of the feed; `anything` tells whether there is any edition, `undated` and `unnumbered` how many lack that."""
    site, address = publisher.site, publisher.house.address
    if not publisher.options.publish or not anything:
        return
    if not address:
        yield Problem(
            "feed-no-address",
            Severity.INFO,
            "there is no feed to subscribe to: nothing says where the editions will be on the web",
            'Set it in earmark.toml, as [site] address = "https://example.org/audio/", or [feed] publish = false',
        )
        return
    if publisher.cover and (problem := problem_of(publisher.cover, site.cover)):
        yield replace(problem, message=f"{problem.message}; the feed shows one drawn of the title instead")
    if not site.title.strip():
        hint = 'Set it in earmark.toml, as [site] title = "The Review"'
        yield Problem(
            "feed-no-title", Severity.WARNING, f"the feed is called {publisher.name} as it has no title", hint
        )
    if not site.description.strip():
        hint = "Set description in [site] of earmark.toml: it is what listeners read before they subscribe"
        yield Problem("feed-no-description", Severity.INFO, "the feed does not say what it is about", hint)
    if not site.owner_email:
        hint = "Set owner_email in [site] of earmark.toml; it is published in the feed"
        message = "the feed names no owner's e-mail address: directories of podcasts ask for one"
        yield Problem("feed-no-owner", Severity.INFO, message, hint)
    if unnumbered and publisher.options.type == "serial":
        which = "an article has" if unnumbered == 1 else f"{unnumbered} articles have"
        hint = "Give each its number in the front matter, as episode: 3, or set [feed] type to episodic"
        message = f"{which} no episode number: clients play a serial by these, from the first"
        yield Problem("feed-no-episode", Severity.WARNING, message, hint)
    if undated:
        one = undated == 1
        which, they, them = (
            ("an article has", "it stands", "it") if one else (f"{undated} articles have", "they stand", "them")
        )
        hint = f"Give {them} a date in the front matter, as date: 2026-11-22; it is never the day of the build"
        message = f"{which} no date: in the feed {they} last, as of 1 January 2000"
        yield Problem("feed-no-date", Severity.WARNING, message, hint)
