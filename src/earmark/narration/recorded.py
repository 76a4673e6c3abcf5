"""A person's recording stands for a block, a chapter or the whole article; then no voice is synthetic there."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from earmark.article import Article, Block, Footnote, Heading, Problem, Severity, attribute, walk
from earmark.narration.desk import Desk, Scope
from earmark.narration.script import METADATA_BLOCK, Item, Sentence, Utterance


def with_attributes(desk: Desk, block: Block, scope: Scope) -> Scope:
    """Return the scope of a block with the speaker and the recording that its author attached to it."""
    recording = desk.recordings.get(block.id, "")
    if block.attributes:
        recording = attribute(block, "recording") or recording
        speaker = attribute(block, "speaker")
        if speaker and speaker != scope.speaker:
            voice = desk.voices.speakers.get(speaker.casefold(), "")
            scope = replace(scope, speaker=speaker, voice=voice or scope.voice)
    return replace(scope, recording=recording) if recording else scope


def recordings_by_block(article: Article) -> dict[str, str]:
    """Return the recordings that front matter names, by the blocks that they stand for.

    That of a chapter stands for its heading and all before the next of its level or a higher one; that of the
    whole article for all but its notes, and for the title, whose block is that of the metadata.
    """
    named = article.metadata.recordings
    if not named:
        return {}
    whole = next((one.path for one in named if not one.heading), "")
    chapters = {_key(one.heading): one.path for one in named if one.heading}
    found = {METADATA_BLOCK: whole} if whole else {}
    current, level = whole, 0
    for block in article.blocks:
        if isinstance(block, Footnote):
            continue
        if isinstance(block, Heading):
            own = chapters.get(block.anchor) or chapters.get(_key(block.content.text))
            if own:
                current, level = own, block.level
            elif block.level <= level:
                current, level = whole, 0
        if current:
            found[block.id] = current
    return found


def _key(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def unused(article: Article, items: Sequence[Item]) -> Iterator[Problem]:
    """Yield a problem for each recording that nothing of what is said would be taken from."""
    attached = [(path, block) for block in walk(article.blocks) if (path := attribute(block, "recording"))]
    named = article.metadata.recordings
    if not attached and not named:
        return
    heard = {
        part.recording
        for item in items
        if isinstance(item, Sentence)
        for part in item.parts
        if isinstance(part, Utterance)
    }
    for one in named:
        if one.path not in heard:
            reason = f"and there is no heading {one.heading!r}" if one.heading else "and each block has one of its own"
            yield _unused(one.path, f"{reason} with words to say" if one.heading else reason, "", one.line)
    for path, block in attached:
        if path not in heard:
            yield _unused(path, "and there is nothing to say in the block that names it", block.id, block.line)


def _unused(path: str, reason: str, block: str, line: int | None) -> Problem:
    message = f"the recording {path!r} is not heard: it is named, {reason}"
    hint = "Name a heading by its words or its id, or put the attribute on a block of text."
    return Problem("recording-unused", Severity.WARNING, message, hint, block, line)
