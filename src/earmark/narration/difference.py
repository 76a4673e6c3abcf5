"""What an edit changes in what is said: two scripts, utterance by utterance."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from earmark.narration.script import ChapterStart, Item, Script, Sentence, Sound, Utterance, spoken_text

_EXACTLY = 2_000  # pieces of each script that are compared with care; of more, what comes often is no landmark


class Piece(Struct, frozen=True, kw_only=True):
    """Something that is heard: `kind` is "chapter", "utterance" or "sound", `text` what is said of it.

    `id` and `block` are where it stands in its own script; two pieces are the same where all else is.
    """

    kind: str
    text: str
    language: str = ""
    voice: str = ""
    recording: str = ""
    emphasis: bool = False
    block: str = ""
    id: str = ""

    @property
    def heard(self) -> tuple[str, str, str, str, str, bool]:
        """What a listener would know it by."""
        return self.kind, self.text, self.language, self.voice, self.recording, self.emphasis


class Change(Struct, frozen=True):
    """What was heard in one place, and what is heard there now; one of both may be nothing.

    `at` is how many pieces of the new script come before it.
    """

    at: int
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def pieces(script: Script, chapters: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return what is heard of a script, in order; `chapters` are the titles of those that start, by their blocks."""
    return tuple(piece for item in script.items for piece in _pieces(item, chapters))


def difference(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Change, ...]:
    """Return what has changed, in order; nothing where the same is heard."""
    first = 0
    while first < min(len(before), len(after)) and before[first].heard == after[first].heard:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last].heard == after[-1 - last].heard:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    matcher = SequenceMatcher(
        None,
        [piece.heard for piece in old],
        [piece.heard for piece in new],
        autojunk=max(len(old), len(new)) > _EXACTLY,
    )
    return tuple(
        Change(first + at, tuple(old[i:j]), tuple(new[at:to]))
        for what, i, j, at, to in matcher.get_opcodes()
        if what != "equal"
    )


def _pieces(item: Item, chapters: Mapping[str, str]) -> Iterator[Piece]:
    match item:
        case ChapterStart() if item.block in chapters:
            yield Piece(kind="chapter", text=chapters[item.block], block=item.block)
        case Sound():
            yield Piece(kind="sound", text=item.name)
        case Sentence():
            for part in item.parts:
                if isinstance(part, Utterance):
                    yield Piece(
                        kind="utterance",
                        text=" ".join(spoken_text(part.said).split()),
                        language=part.language,
                        voice="" if part.recording else part.voice,
                        recording=part.recording,
                        emphasis=part.emphasis,
                        block=part.block,
                        id=part.id,
                    )
                elif isinstance(part, Sound):
                    yield Piece(kind="sound", text=part.name, block=item.block)
        case _:
            return
