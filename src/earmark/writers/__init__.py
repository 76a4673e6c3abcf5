"""Writers turn an edition's parts into the bytes of one published format."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from earmark.edition import Edition
from earmark.writers.captions import srt, vtt
from earmark.writers.chapters import chapters

WRITERS: Mapping[str, Callable[[Edition], bytes]] = MappingProxyType(
    {
        "captions.srt": srt,
        "captions.vtt": vtt,
        "chapters.json": chapters,
    }
)
"""Files that depend on the edition's parts alone, by published name. The tag (`id3`) stands inside the
MP3, and the record (`edition`) is made last, as it lists all the others."""
