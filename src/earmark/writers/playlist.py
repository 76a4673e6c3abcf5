"""A chapter's MP3 and the list that plays them in order, for players that know no chapters."""

from collections.abc import Sequence

from msgspec import Struct

from earmark.edition import Edition
from earmark.writers.chapters import points, shown_title


class Track(Struct, frozen=True):
    """An MP3 of its own, `[start, end)` in samples; `number` counts from 1, of `count`."""

    name: str
    title: str
    number: int
    count: int
    start: int
    end: int


def tracks(edition: Edition) -> tuple[Track, ...]:
    """Return a track for each chapter that starts where an encoding block does.

    A chapter that can't be cut off (it begins under the outro) stays with the one before it.
    """
    timeline = edition.timeline
    places = {cut.start for cut in timeline.cuts}
    ordered = sorted(timeline.chapters, key=lambda chapter: (chapter.start, chapter.end))
    found = [
        (point.title, chapter.start)
        for point, chapter in zip(points(edition), ordered, strict=True)
        if chapter.start in places
    ]
    ends = [*(start for _, start in found[1:]), timeline.duration]
    width = max(2, len(str(len(found))))
    return tuple(
        Track(f"{edition.metadata.slug}-{number:0{width}}.mp3", title, number, len(found), start, end)
        for number, ((title, start), end) in enumerate(zip(found, ends, strict=True), start=1)
    )


def playlist(edition: Edition) -> bytes:
    """Return the playlist in extended M3U, in UTF-8: whole seconds, titles as players show them."""
    listed: Sequence[str] = [
        f"#EXTINF:{round((track.end - track.start) / edition.timeline.sample_rate)},{track.title}\n{track.name}"
        for track in tracks(edition)
    ]
    return "\n".join(("#EXTM3U", f"#PLAYLIST:{shown_title(edition)}", *listed, "")).encode()
