"""The script: what will be said, in order, with every printed word accounted for.

Everything here is a value. A `Span` points into a block's field and counts code points of its
normalised text. The block id "b0000" is the metadata: its field "title" is the article's title.

None of the values can be part of a circle, and a long article has a million of them: `gc=False` spares the collector.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from earmark.article import Problem

METADATA_BLOCK = "b0000"


class Text(Struct, frozen=True, gc=False):
    """Words for the engine, as plain text."""

    text: str


class Phonemes(Struct, frozen=True, gc=False):
    """Sounds for the engine, in IPA; `alias` is said by an engine that takes no phonemes ("" if none)."""

    ipa: str
    alias: str = ""


Said = tuple[Text | Phonemes, ...]


class Span(Struct, frozen=True, order=True, gc=False):
    """A stretch `[start, end)` of a block's `field`: "text", "alt", "caption", "title" or "cell(r,c)"."""

    field: str
    start: int
    end: int


class Change(Struct, frozen=True, gc=False):
    """One rewriting: what is printed at `span` of `block` is said as `spoken`, by `rule`."""

    block: str
    span: Span
    printed: str
    spoken: str
    rule: str


class Aligned(Struct, frozen=True, gc=False):
    """Maps what is said back to what is printed.

    Code points `[start, end)` of the utterance's said text (`spoken_text`) stand for `span`. `exact`
    means that they are the same characters, so that a part of one is the same part of the other.
    """

    start: int
    end: int
    span: Span
    exact: bool


class Utterance(Struct, frozen=True, kw_only=True, gc=False):
    """What an engine speaks in one breath: one language, one voice.

    `printed` is the article's own words at `spans` (or, if `added`, earmark's own). `echo` marks what
    is said a second time. `voice` is "" for the edition's own. `speaker` is the person whose words they are,
    where the article names one. `recording` is the path, as the article gives it, of the recording in which a
    person says them; then nothing is spoken.
    """

    id: str
    block: str
    spans: tuple[Span, ...]
    printed: str
    said: Said
    language: str
    voice: str = ""
    emphasis: bool = False
    changes: tuple[Change, ...] = ()
    alignment: tuple[Aligned, ...] = ()
    added: bool = False
    echo: bool = False
    speaker: str = ""
    recording: str = ""


class Pause(Struct, frozen=True, gc=False):
    """Silence of `ms` milliseconds. Adjoining pauses have been collapsed to the longest."""

    ms: int


class Sound(Struct, frozen=True, gc=False):
    """A produced sound placed here by name: "intro", "outro", "sting", "bleep"."""

    name: str


class Sentence(Struct, frozen=True, kw_only=True, gc=False):
    """One cue. Its parts are spoken in order; pauses and sounds inside it are its own."""

    id: str
    block: str
    kind: str  # the block's kind in lower case, or "opening" | "ending"
    spans: tuple[Span, ...]
    parts: tuple[Utterance | Pause | Sound, ...]


class ChapterStart(Struct, frozen=True):
    """A place where a chapter may start; the timeline chooses, knowing the lengths.

    `level` is 0 for the opening, the heading's level for a heading, `PARAGRAPH` for a paragraph of an
    article without headings, `NOTES` for the footnotes.
    """

    title: str
    block: str
    level: int


PARAGRAPH = 9
NOTES = 1


class Omission(Struct, frozen=True):
    """Visible words that are not said, and why (`reason` is stable and kebab-case)."""

    block: str
    spans: tuple[Span, ...]
    printed: str
    reason: str


Item = ChapterStart | Sentence | Pause | Sound


class Script(Struct, frozen=True, kw_only=True):
    """What will be said: items in order (a long article's are packed), and beside them all that an editor should know."""

    title: str
    language: str
    items: Sequence[Item]
    omitted: tuple[Omission, ...] = ()
    problems: tuple[Problem, ...] = ()


def spoken_text(said: Said) -> str:
    """Return what is said as one text, phonemes as IPA between slashes."""
    return "".join(part.text if isinstance(part, Text) else f"/{part.ipa}/" for part in said)


def each_utterance(script: Script) -> Iterator[Utterance]:
    """Yield every utterance of the script, in order."""
    return (
        part
        for item in script.items
        if isinstance(item, Sentence)
        for part in item.parts
        if isinstance(part, Utterance)
    )


def utterances(script: Script) -> tuple[Utterance, ...]:
    """Return every utterance of the script, in order: of a long article, more than need be in memory at once."""
    return tuple(each_utterance(script))
