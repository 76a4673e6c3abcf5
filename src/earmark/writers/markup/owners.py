"""Who owns each stretch of an article's printed text: the cue that says it, or the reason why none does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from earmark.article import Article, children, walk
from earmark.edition import Edition
from earmark.narration.script import METADATA_BLOCK
from earmark.packed import table
from earmark.timeline import Cue
from earmark.writers.wording import own, parts

OPENING = "opening"
ENDING = "ending"
# Nothing is lost to a listener where these are not said, so nobody has to be told.
UNREMARKABLE = frozenset({"note-reference", "nothing-to-say", "same-as-alt", "same-as-caption"})
FURNITURE = frozenset({"advertisement", "cookie-notice", "credit", "navigation", "related-link", "share", "sign-up"})

Field = tuple[str, str]  # a block's id and one of its fields


class Owned(Struct, frozen=True):
    """A stretch `[start, end)` of a field; it belongs to `cue`, or is not read for `reason`."""

    start: int
    end: int
    cue: str = ""
    reason: str = ""


class WordAt(Struct, frozen=True):
    """A word of a field and the id of its element."""

    start: int
    end: int
    id: str


class Owners(Struct, frozen=True):
    """Everything that a rendering must know of an edition's cues.

    `before` and `after` hold the cues of earmark's own words, by the block that they introduce or close.
    `unread` holds the blocks of which nothing is read, and why. `title` are the cues that open the edition
    with its title, if they do. `words` are there where they were asked for.
    """

    fields: Mapping[Field, Sequence[Owned]]
    words: Mapping[Field, Sequence[WordAt]]
    before: Mapping[str, Sequence[Cue]]
    after: Mapping[str, Sequence[Cue]]
    unread: Mapping[str, str]
    title: Sequence[Cue]
    opening: Sequence[Cue]
    ending: Sequence[Cue]


class Titled(Struct, frozen=True):
    """Who says the title's stretches, its words, and the field that it was taken from, None if from none."""

    owned: Sequence[Owned] = ()
    words: Sequence[WordAt] = ()
    field: Field | None = None


def owners_of(edition: Edition, *, words: bool) -> Owners:
    """Sort the edition's cues and omissions by where they are printed, and with `words` each word that has a time."""
    cues = edition.timeline.cues
    title, opening = _opening([cue for cue in cues if cue.sentence.kind == OPENING], edition.metadata.title)
    ending = [cue for cue in cues if cue.sentence.kind == ENDING]
    fields: dict[Field, list[Owned]] = defaultdict(list)
    found: dict[Field, list[WordAt]] = defaultdict(list)
    before: dict[str, list[Cue]] = defaultdict(list)
    after: dict[str, list[Cue]] = defaultdict(list)
    seen: set[str] = set()
    inside = _containers(edition.article)
    for cue in cues:
        if cue.sentence.kind in {OPENING, ENDING}:
            continue
        hulls = _hulls(cue)
        block = cue.sentence.block
        if not hulls:
            (after if block in seen else before)[block].append(cue)
        for field, (start, end) in hulls.items():
            fields[field].append(Owned(start, end, cue=cue.sentence.id))
            if words:
                found[field] += _words(cue, field, start, end)
            while field[0] not in seen:  # a container has begun where anything in it has
                seen.add(field[0])
                field = (inside.get(field[0], field[0]), "")  # noqa: PLW2901 (one step up)
    for omission in edition.script.omitted:
        for span in omission.spans:
            if omission.reason not in UNREMARKABLE:
                fields[omission.block, span.field].append(Owned(span.start, span.end, reason=omission.reason))
    return Owners(
        fields=table((field, _disjoint(owned)) for field, owned in fields.items()),
        words=found,
        before=before,
        after=after,
        unread=_unread(edition, inside, {field[0] for cue in cues for field in _hulls(cue)}),
        title=title,
        opening=opening,
        ending=ending,
    )


def title_owners(cues: Iterable[Cue], *, words: bool) -> Titled:
    """Return who says the title; an echo of a heading counts, for that is where the title is printed."""
    owned: list[Owned] = []
    found: list[WordAt] = []
    where: Field | None = None
    for cue in cues:
        for field, (start, end) in _hulls(cue, echoes=True).items():
            where = where or field
            if field == where:
                owned.append(Owned(start, end, cue=cue.sentence.id))
                found += _words(cue, field, start, end) if words else ()
    return Titled(_disjoint(owned), found, where)


def _opening(cues: Sequence[Cue], title: str) -> tuple[list[Cue], list[Cue]]:
    """Part the cues that say the title from those that say who, when and how long."""
    printed = [bool(_hulls(cue, echoes=True)) for cue in cues]
    if cues and not any(printed):  # a title made of the file's name is earmark's own words
        printed[0] = any(part.printed == title for part in parts(cues[0].sentence))
    first = [cue for cue, is_title in zip(cues, printed, strict=True) if is_title]
    return first, [cue for cue, is_title in zip(cues, printed, strict=True) if not is_title]


def _hulls(cue: Cue, *, echoes: bool = False) -> dict[Field, tuple[int, int]]:
    """Return the stretch of each field that the cue says for the first time, silent marks inside included."""
    found: dict[Field, tuple[int, int]] = {}
    for part in parts(cue.sentence):
        if own(part) or (echoes and part.echo):
            for span in part.spans:
                start, end = found.get((part.block, span.field), (span.start, span.end))
                found[part.block, span.field] = (min(start, span.start), max(end, span.end))
    return found


def _words(cue: Cue, field: Field, start: int, end: int) -> list[WordAt]:
    """Return the cue's words in a field, numbered as in the record."""
    found: list[WordAt] = []
    last = start
    for number, word in enumerate(cue.words or ()):
        if word.span.field == field[1] and last <= word.span.start < word.span.end <= end:
            found.append(WordAt(word.span.start, word.span.end, f"{cue.sentence.id}-{number}"))
            last = word.span.end
    return found


def _disjoint(owned: Iterable[Owned]) -> tuple[Owned, ...]:
    """Return the stretches in order; one that begins inside another gives way."""
    found: list[Owned] = []
    for stretch in sorted(owned, key=lambda stretch: (stretch.start, not stretch.cue)):
        if stretch.start < stretch.end and (not found or stretch.start >= found[-1].end):
            found.append(stretch)
    return tuple(found)


def _containers(article: Article) -> dict[str, str]:
    return {child.id: block.id for block in walk(article.blocks) for child in children(block)}


def _unread(edition: Edition, inside: Mapping[str, str], read: set[str]) -> dict[str, str]:
    """Return the blocks of which words are left out and none is read, with the first reason; `inside` in document order."""
    told = {*read, *(cue.sentence.block for cue in edition.timeline.cues)} - {METADATA_BLOCK}
    reasons = {
        omission.block: omission.reason
        for omission in reversed(edition.script.omitted)
        if omission.reason not in UNREMARKABLE
    }
    for block, container in reversed(list(inside.items())):  # what is inside before what it is in
        if block in told:
            told.add(container)
        elif block in reasons:
            reasons[container] = reasons[block]
    return {block: reason for block, reason in reasons.items() if block not in told}
