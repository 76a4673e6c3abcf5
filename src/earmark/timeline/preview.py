"""Estimates a timeline before anything is spoken, so that the reading script can name its chapters."""

from msgspec import Struct

from earmark.narration.script import ChapterStart, Script, Sound, each_utterance, spoken_text
from earmark.options import ChapterOptions
from earmark.timeline.axis import ClipLength, Timeline
from earmark.timeline.layout import lay_out
from earmark.timeline.pieces import flatten

_RATE = 24_000  # samples a second, as an edition may have: blocks are cut, and given room, as they will be
_LETTERS_A_WORD = 6  # of running text, with the space: what a voice's words per minute are counted in


class ChapterItem(Struct, frozen=True):
    """A chapter that is expected: its item's place in the script (0 if no item names it), and its start in seconds."""

    item: int
    title: str
    block: str
    start: float


class Preview(Struct, frozen=True):
    """What to expect: the chapters, the whole in seconds, and the timeline at 1,000 samples a second."""

    chapters: tuple[ChapterItem, ...]
    seconds: float
    timeline: Timeline


def preview(script: Script, words_per_minute: float, chapters: ChapterOptions | None = None) -> Preview:
    """Return what `script` will be like when spoken at `words_per_minute`. Pure; speaks nothing."""
    clips = {
        utterance.id: ClipLength(max(1, round(_words(spoken_text(utterance.said)) * 60 * _RATE / words_per_minute)))
        for utterance in each_utterance(script)
    }
    named = _sounds(script)
    timeline = lay_out(script, clips, named, sample_rate=_RATE, frame=1, chapters=chapters or ChapterOptions())
    items = _items(script, clips, named, timeline)
    return Preview(items, timeline.duration / _RATE, timeline)


def _words(text: str) -> float:
    """Count words as a voice's rate does: short and long ones by their letters, but no text in less than one."""
    return max(1.0, len(text) / _LETTERS_A_WORD) if text.strip() else 0.0


def _sounds(script: Script) -> dict[str, int]:
    """Give each sound inside a sentence half a second; what dresses the article isn't part of the estimate."""
    return {
        part.name: _RATE // 2
        for item in script.items
        for part in getattr(item, "parts", (item,))
        if isinstance(part, Sound) and part.name not in {"intro", "outro", "sting"}
    }


def _items(
    script: Script, clips: dict[str, ClipLength], sounds: dict[str, int], timeline: Timeline
) -> tuple[ChapterItem, ...]:
    """Match the timeline's chapters with the script's items, each the first of its title and block from the last on."""
    places = flatten(script, clips, sounds).places
    found: list[ChapterItem] = []
    number = 0
    for chapter in timeline.chapters:
        item = 0
        for ahead in range(number, len(places)):
            start: ChapterStart = places[ahead].start
            if (start.title, start.block) == (chapter.title, chapter.block):
                item, number = places[ahead].item or 0, ahead + 1
                break
        found.append(ChapterItem(item, chapter.title, chapter.block, chapter.start / _RATE))
    return tuple(found)
