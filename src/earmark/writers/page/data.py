"""What the page's script knows: when each cue and each known word is heard, and where it stands on the page.

Everything is in the document itself, as JSON, so that a page opened from a disk needs to fetch nothing.
Times are whole milliseconds from the edition's start. Lists are flat, for a page of 20,000 words is to be quick.
"""

from collections.abc import Iterable, Iterator

from earmark.edition import Edition
from earmark.packed import Again
from earmark.timeline import Cue
from earmark.writers.axis import milliseconds, stretch
from earmark.writers.chapters import points
from earmark.writers.page.transcript import Place, Transcript
from earmark.writers.page.words import Words
from earmark.writers.printable import one_line
from earmark.writers.wording import own, parts, spoken

# What the script itself says.
_SPOKEN_BY_SCRIPT = ("play", "pause", "continue", "slept", "copied", "not_copied", "listen_from", "now")


def page_data(edition: Edition, text: Transcript, words: Words) -> dict[str, object]:
    """Return the page's data; a list of something for each cue is made anew for whoever goes over it.

    `cues` has start, end and the index of the block in `blocks`, cue after cue; `ids` their ids; `words` a
    list for each cue with start (from the cue's), place and length in UTF-16 units of the cue's text on the
    page, word after word, or null; `chapters` start and title, chapter after chapter; `said` the words of cues
    that have none of the article's, by the cue's index.
    """
    rate = edition.timeline.sample_rate
    told = edition.timeline.cues

    def cues() -> Iterator[int]:
        blocks: dict[str, int] = {}
        for cue in told:
            yield from stretch(cue.start, cue.end, rate)
            yield blocks.setdefault(cue.sentence.block, len(blocks))

    def marks() -> Iterator[list[int] | None]:
        for cue in told:
            yield _words(cue, text.places(cue), stretch(cue.start, cue.end, rate)[0], rate)

    return {
        **_common(edition, words),
        "blocks": list(dict.fromkeys(cue.sentence.block for cue in told)),
        "cues": Again(cues),
        "ids": Again(lambda: (cue.sentence.id for cue in told)),
        "words": Again(marks),
        "said": dict(_said(edition)),
    }


def embed_data(edition: Edition, words: Words) -> dict[str, object]:
    """Return what the small player knows: the same without the text."""
    return {**_common(edition, words), "blocks": [], "cues": [], "ids": [], "words": [], "said": {}}


def _common(edition: Edition, words: Words) -> dict[str, object]:
    return {
        "id": edition.guid,
        "duration": milliseconds(edition.timeline.duration, edition.timeline.sample_rate),
        "chapters": [value for point in points(edition) for value in (point.start, point.title)],
        "say": {name: words[name] for name in _SPOKEN_BY_SCRIPT},
    }


def _said(edition: Edition) -> Iterator[tuple[int, str]]:
    """Yield what is said where nothing of the article is, as it would be printed."""
    for number, cue in enumerate(edition.timeline.cues):
        its = parts(cue.sentence)
        if not any(own(part) for part in its):
            text = one_line(" ".join(part.printed.strip() or spoken((part,)) for part in its))
            if text:
                yield number, text


def _words(cue: Cue, places: Iterable[Place], start: int, rate: int) -> list[int] | None:
    """Return start, place and length of each word that is shown, in order of time; None if none is known."""
    known = cue.words or ()
    found = sorted(
        [(max(0, milliseconds(known[number].start, rate) - start), at, length) for number, at, length in places]
    )
    return [value for mark in found for value in mark] or None
