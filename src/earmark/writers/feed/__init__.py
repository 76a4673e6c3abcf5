"""The feed: what podcast clients subscribe to. `episode` reads a record, `feed` makes the pages of one feed.

Pure: records in, bytes out. Nothing here knows the clock, so the same records give the same bytes.
"""

from earmark.writers.feed.channel import Channel, guid_at
from earmark.writers.feed.episode import Episode, episode
from earmark.writers.feed.moments import UNDATED, moment
from earmark.writers.feed.notes import about
from earmark.writers.feed.pages import Page, feed, file_name, parted

__all__ = [
    "UNDATED",
    "Channel",
    "Episode",
    "Page",
    "about",
    "episode",
    "feed",
    "file_name",
    "guid_at",
    "moment",
    "parted",
]
