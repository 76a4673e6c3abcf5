"""An edition as an EPUB 3.3 with media overlays: the article, its MP3, and which sentence is heard when."""

from earmark.writers.epub.article import epub, volume_of
from earmark.writers.epub.package import Access, Entry, Part, Volume, members
from earmark.writers.epub.zipping import Member, zipped

__all__ = ["Access", "Entry", "Member", "Part", "Volume", "epub", "members", "volume_of", "zipped"]
