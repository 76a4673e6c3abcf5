"""A cue's words, put together from its parts: as the article prints them, and as a caption shows them.

A sentence may change its language or its voice half way, and may hold words that earmark adds or says
again; each of these is a part of its own.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec import Struct

from earmark.article import Article, fields, walk
from earmark.narration.script import METADATA_BLOCK, Sentence, Utterance, spoken_text
from earmark.packed import table

Texts = Mapping[tuple[str, str], str]


def texts(article: Article, title: str) -> Texts:
    """Return the normalised text of every block's fields, by block id and field."""
    printed = (((block.id, name), inline.text) for block in walk(article.blocks) for name, inline in fields(block))
    return table(chain(printed, [((METADATA_BLOCK, "title"), title)]))


def parts(sentence: Sentence) -> tuple[Utterance, ...]:
    """Return what is spoken in the sentence, without its pauses and sounds."""
    return tuple(part for part in sentence.parts if isinstance(part, Utterance))


def own(utterance: Utterance) -> bool:
    """Tell whether the words are the article's own and said for the first time."""
    return not (utterance.added or utterance.echo)


def seam(before: Utterance, after: Utterance, known: Texts) -> str:
    """Return what stands between two parts: nothing where the article has no space there, else a space."""
    if before.added or after.added or before.echo != after.echo or before.block != after.block:
        return " "
    if not (before.spans and after.spans) or before.spans[-1].field != after.spans[0].field:
        return " "
    start, end = before.spans[-1].end, after.spans[0].start
    between = known.get((before.block, after.spans[0].field), " " * end)[start:end]
    backwards = end < start
    return " " if backwards or any(map(str.isspace, between)) else ""


def joined(utterances: Sequence[Utterance], known: Texts) -> str:
    """Return the printed words of `utterances`, spaced as the article spaces them."""
    pieces: list[str] = []
    for index, part in enumerate(utterances):
        if index:
            pieces.append(_needed(seam(utterances[index - 1], part, known), pieces[-1], part.printed))
        pieces.append(part.printed)
    return "".join(pieces)


def _needed(space: str, before: str, after: str) -> str:
    """Return the space, or none where a part brings its own or is empty."""
    return "" if not before or not after or before[-1].isspace() or after[0].isspace() else space


def spoken(utterances: Sequence[Utterance]) -> str:
    """Return what is said, as one text, phonemes as IPA between slashes."""
    said = (spoken_text(part.said).strip() for part in utterances)
    return " ".join(text for text in said if text)


class Piece(Struct, frozen=True):
    """A stretch of a caption: where it begins in the caption's text, and the part that it shows."""

    offset: int
    part: Utterance


class Shown(Struct, frozen=True):
    """A caption's text before it is cleaned and escaped, and where each part stands in it."""

    text: str
    pieces: tuple[Piece, ...]


def shown(sentence: Sentence, known: Texts) -> Shown:
    """Return the sentence as a caption shows it: as printed, what earmark adds in square brackets.

    What is said again is shown again: a caption follows the voice.
    """
    text: list[str] = []
    pieces: list[Piece] = []
    length = 0
    before: Utterance | None = None
    for part in parts(sentence):
        words = part.printed
        if part.added:
            words = f"[{part.printed.strip() or spoken((part,))}]"
        if before is not None:
            space = _needed(seam(before, part, known), text[-1], words)
            text.append(space)
            length += len(space)
        pieces.append(Piece(length, part))
        text.append(words)
        length += len(words)
        before = part
    return Shown("".join(text), tuple(pieces))
