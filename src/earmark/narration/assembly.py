"""Puts the script together: numbers sentences and utterances, collapses pauses, keeps what is left out."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from earmark.article import Block, Inline, Problem, fields, walk
from earmark.narration.pauses import Part, collapse
from earmark.narration.script import (
    PARAGRAPH,
    ChapterStart,
    Item,
    Omission,
    Pause,
    Sentence,
    Sound,
    Span,
    Utterance,
    spoken_text,
)
from earmark.packed import Gathered

# A sentence without an end would be one caption of an hour, and one stretch of sound to be held and encoded at once.
LONGEST_SENTENCE = 2_000  # characters as said, some two minutes
_BREATH_MS = 300  # between the parts of a longer one; the sound is cut there


class Lead(Struct, frozen=True, eq=False):
    """Words that wait for what they lead into; equal only to itself.

    With a `kind` they are a sentence of `block`, and `pause` milliseconds follow; else they open the next sentence.
    """

    parts: tuple[Part, ...]
    block: str = ""
    kind: str = ""
    pause: int = 0


def printed_at(text: str, spans: Sequence[Span]) -> str:
    """Return the words of one field at `spans`.

    Stretches of one field join as they stand: only what is silent between them is gone.
    """
    if len(spans) == 1:
        return text[spans[0].start : spans[0].end]
    return "".join(text[span.start : span.end] for span in spans)


class Assembly:
    """The script as it grows.

    A pause or a chapter waits for the next sentence, so that nothing is silent at either end and
    no chapter is empty. So do words that only lead in ("Quote.", "1."): what they lead into may
    turn out to hold nothing that can be said.
    """

    def __init__(self) -> None:
        """Start with nothing said.

        While `recorded` is set, a person says what there is to say: nothing is added to that, nor repeated.
        """
        self.recorded = False
        self.items = Gathered[Item]()
        self.omitted: list[Omission] = []
        self.problems: list[Problem] = []
        self.sentences = 0
        self._utterances = 0
        self._heard = False
        self._pause = 0
        self._chapter: ChapterStart | None = None
        self._leads: list[Lead] = []

    def pause(self, ms: int) -> None:
        """Ask for silence before the next sentence; the longest that is asked for is heard."""
        self._pause = max(self._pause, ms)

    def chapter(self, start: ChapterStart) -> None:
        """Let a chapter start with the next sentence; a paragraph's never takes the place of the opening's."""
        if self._chapter is None or start.level != PARAGRAPH:
            self._chapter = start

    def drop_chapter(self, block: str) -> None:
        """Forget the chapter of a block that held nothing to say."""
        if self._chapter and self._chapter.block == block and self._chapter.level:
            self._chapter = None

    def lead(self, lead: Lead) -> Lead:
        """Let words be said before the next sentence, if there is one."""
        if self.recorded:
            lead = Lead(())
        self._leads.append(lead)
        return lead

    def drop_lead(self, lead: Lead) -> bool:
        """Forget a lead that led to nothing; tell whether it had been said."""
        if lead in self._leads:
            self._leads.remove(lead)
            return False
        return True

    def sentence(self, block: str, kind: str, parts: Iterable[Part]) -> bool:
        """Say a sentence, with what leads into it; tell whether there was anything to say."""
        if self.recorded:
            parts = (part for part in parts if isinstance(part, Utterance) and not (part.added or part.echo))
        _, said, _ = collapse(parts)
        if not said:
            return False
        leads, self._leads = self._leads, []
        held: list[Part] = []
        for lead in leads:
            if lead.kind and lead.parts:
                self._say(lead.block, lead.kind, [*held, *lead.parts])
                self.pause(lead.pause)
                held = []
            else:
                held.extend(lead.parts)
        self._say(block, kind, [*held, *said])
        return True

    def _say(self, block: str, kind: str, parts: Sequence[Part]) -> None:
        """Say a sentence, one that is too long for anybody as several."""
        if len(parts) == 1:
            self._say_whole(block, kind, parts)
            return
        for number, some in enumerate(_breathed(parts)):
            if number:
                self.pause(_BREATH_MS)
            self._say_whole(block, kind, some)

    def _say_whole(self, block: str, kind: str, parts: Iterable[Part]) -> None:
        before, said, after = collapse(parts)
        self.pause(before)
        if self._pause and self._heard:
            self.items.append(Pause(self._pause))
        self._pause, self._heard = after, True
        if self._chapter:
            self.items.append(self._chapter)
            self._chapter = None
        if not any(isinstance(part, Utterance) for part in said):
            # A sentence of nothing but a masked word is heard, and there is no cue to show for it.
            for sound in (part for part in said if isinstance(part, Sound)):
                self.items.append(sound)
            return
        self.sentences += 1
        numbered = tuple(self._numbered(part) for part in said)
        spans = tuple(s for part in numbered if isinstance(part, Utterance) and part.block == block for s in part.spans)
        self.items.append(
            Sentence(id=f"s{self.sentences:04}", block=block, kind=kind, spans=joined(spans), parts=numbered)
        )

    def _numbered(self, part: Part) -> Part:
        if isinstance(part, Pause | Sound):
            return part
        self._utterances += 1
        return replace(part, id=f"u{self._utterances:04}")

    def omit(self, block: str, text: str, spans: Sequence[Span], reason: str) -> None:
        """List words of one field that are not said."""
        printed = printed_at(text, spans)
        if printed.strip():
            self.omitted.append(Omission(block, tuple(spans), printed, reason))

    def omit_field(self, block: str, field: str, inline: Inline, reason: str) -> None:
        """List a whole field as not said."""
        self.omit(block, inline.text, (Span(field, 0, len(inline.text)),), reason)

    def omit_blocks(self, blocks: tuple[Block, ...], reason: str) -> None:
        """List blocks, with all that they hold, as not said."""
        for block in walk(blocks):
            for field, inline in fields(block):
                self.omit_field(block.id, field, inline, reason)


def _breathed(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield the parts, cut before an utterance with which they would be longer than a sentence may be."""
    some: list[Part] = []
    length = 0
    for part in parts:
        size = len(spoken_text(part.said)) if isinstance(part, Utterance) else 0
        if size and length and length + size > LONGEST_SENTENCE:
            yield some
            some, length = [], 0
        some.append(part)
        length += size
    yield some


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans with those that touch as one."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].field == span.field and span.start == out[-1].end:
            out[-1] = Span(span.field, out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)
