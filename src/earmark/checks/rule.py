"""What a rule is given and what it finds."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from earmark.article import (
    Article,
    Aside,
    Block,
    Footnote,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Metadata,
    Problem,
    Quote,
    Severity,
    Term,
    children,
    walk,
)
from earmark.checks.options import LEVELS


class Reading(Struct, frozen=True):
    """An article as the rules go through it.

    `metadata` is resolved; `own` are the blocks outside quotations and notes, whose faults are others';
    `language_named` tells whether article or settings say what language it is in.
    """

    article: Article
    metadata: Metadata
    language_named: bool
    blocks: tuple[Block, ...]
    own: tuple[Block, ...]


Rule = Callable[[Reading], Iterator[Problem]]


def reading_of(article: Article, metadata: Metadata, *, language_named: bool) -> Reading:
    """Return the article with its blocks in order; what its reader found to be furniture is not the author's to put right."""
    blocks = article.blocks
    if any(_furnished(block) for block in walk(blocks)):
        blocks = tuple(_without_furniture(blocks))
    return Reading(article, metadata, language_named, tuple(walk(blocks)), tuple(_own(blocks)))


def _without_furniture(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks without those that are furniture, as deep as they hold each other."""
    for block in blocks:
        if _furnished(block):
            continue
        match block:
            case List():
                yield replace(block, items=tuple(_kept_items(block)))
            case Quote() | ListItem() | Footnote() | Aside():
                yield replace(block, blocks=tuple(_without_furniture(block.blocks)))
            case _:
                yield block


def _kept_items(block: List) -> Iterator[ListItem | Term]:
    """Yield the items of a list without those that are furniture."""
    for item in _without_furniture(block.items):
        if isinstance(item, ListItem | Term):
            yield item


def _furnished(block: Block) -> bool:
    return any(key == "furniture" for key, _ in block.attributes)


def problem(code: str, block: Block | None, message: str, hint: str) -> Problem:
    """Return a finding about a block, or about the whole article."""
    severity = Severity.ERROR if LEVELS[code] == "error" else Severity.WARNING
    return Problem(code, severity, message, hint, block.id if block else "", block.line if block else None)


def shown(text: str) -> str:
    """Return an article's words in quotation marks, as short as a line allows."""
    one = " ".join(text.split())
    return f"“{one if len(one) <= 60 else one[:59] + '…'}”"  # noqa: PLR2004 (one terminal line)


def words(text: str) -> str:
    """Return a text without case, and without signs around its words: to compare by."""
    return " ".join(word for piece in text.casefold().split() if (word := _bare(piece)))


def _bare(word: str) -> str:
    """Return a word without the signs around it; C# and C++ keep theirs."""
    first, last = 0, len(word)
    while first < last and not word[first].isalnum():
        first += 1
    while last > first and not (word[last - 1].isalnum() or word[last - 1] in "#+"):
        last -= 1
    return word[first:last]


def is_marked(kind: MarkKind, start: int, end: int, marks: tuple[Mark, ...]) -> bool:
    """Tell whether a stretch of text is all of this kind."""
    return any(mark.kind is kind and mark.start <= start and mark.end >= end for mark in marks)


def without_code(inline: Inline) -> str:
    """Return a text with what is code in it left out."""
    if not any(mark.kind is MarkKind.CODE for mark in inline.marks):
        return inline.text
    kept: list[str] = []
    at = 0
    for mark in inline.marks:
        if mark.kind is MarkKind.CODE and mark.end > at:
            kept.append(inline.text[at : max(at, mark.start)])
            at = mark.end
    return "\N{OBJECT REPLACEMENT CHARACTER}".join((*kept, inline.text[at:]))


def _own(blocks: Sequence[Block]) -> Iterator[Block]:
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if not isinstance(block, Quote | Footnote):
            yield block
            stack.extend(reversed(children(block)))
