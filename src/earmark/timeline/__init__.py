"""The one axis: who is heard when, in whole samples; chapters, cues and encoding blocks fall out of it.

Layout needs only lengths, so it is pure and exact. `axis` holds the types, `layout` lays them out,
`pieces` flattens a script into what is heard, `chapters` and `cuts` choose among the places where
one may start, `wordmarks` maps engine words back to print, `preview` estimates before anything is spoken.
"""

from earmark.timeline.axis import Chapter, ClipLength, Cue, Cut, Placed, PlacedSound, Timeline, WordMark
from earmark.timeline.layout import lay_out
from earmark.timeline.preview import ChapterItem, Preview, preview

__all__ = [
    "Chapter",
    "ChapterItem",
    "ClipLength",
    "Cue",
    "Cut",
    "Placed",
    "PlacedSound",
    "Preview",
    "Timeline",
    "WordMark",
    "lay_out",
    "preview",
]
