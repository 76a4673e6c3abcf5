"""Which writer makes which published file: a table, so that to add a format is to name it here."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from earmark.writers.captions import srt, vtt
from earmark.writers.chapters import chapters
from earmark.writers.galley import Galley
from earmark.writers.transcripts import transcript_html, transcript_json, transcript_txt

WRITERS: Mapping[str, Callable[[Galley], Iterable[bytes]]] = MappingProxyType(
    {
        "captions.srt": srt,
        "captions.vtt": vtt,
        "chapters.json": lambda galley: (chapters(galley.edition),),
        "transcript.html": transcript_html,
        "transcript.json": transcript_json,
        "transcript.txt": transcript_txt,
    }
)
"""Files that depend on the edition's parts alone, by published name, piece by piece. The tag (`id3`) stands inside the
MP3, the book (`epub`) takes that in whole, and the record (`edition`) is made last, as it lists all the others."""
