"""Blocks in the making: mutable while the walk goes on, then numbered and frozen."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from earmark.article import (
    Aside,
    Block,
    Figure,
    Footnote,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Problem,
    Quote,
    Severity,
    Table,
)
from earmark.readers.elements import FURNITURE

HOLDERS: frozenset[type[Block]] = frozenset({Quote, ListItem, Footnote, Aside})


class Draft(Struct, eq=False):
    """A block before it has an id: its class, its fields, and the drafts that it holds."""

    make: type[Block]
    fields: dict[str, Any] = field(default_factory=dict)
    language: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    inside: list["Draft"] = field(default_factory=list)
    line: int | None = None
    id: str = ""
    faults: list["Fault"] = field(default_factory=list)


class Fault(Struct, frozen=True):
    """What is wrong in the source and leaves no trace in the blocks, told with the block that it is in or before.

    `here` tells whether it is in that block, so that its line is known.
    """

    code: str
    message: str
    hint: str
    here: bool = True


LineFinder = Callable[[Draft], int | None]


def freeze(
    drafts: list[Draft], notes: dict[str, Draft], find_line: LineFinder | None
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Return the drafts as blocks, numbered in document order, with the problems seen in them.

    `notes` are the footnotes by the address their marks point to ("#fn:1"), in the order of the
    source; they come last, in the order of their first marks.
    """
    ordered = _by_first_mark(list(_preorder(drafts)), notes)
    everything = list(_preorder([*drafts, *ordered]))
    width = max(4, len(str(len(everything))))
    for number, draft in enumerate(everything, 1):
        draft.id = f"b{number:0{width}d}"
        if draft.line is None and find_line is not None:
            draft.line = find_line(draft)
    for draft in reversed(everything):  # a container starts where its first block does
        if draft.line is None and draft.inside and draft.make is not List:
            draft.line = draft.inside[0].line
    ids = {address: draft.id for address, draft in notes.items()}
    built: dict[Draft, Block] = {}
    for draft in reversed(everything):
        built[draft] = _build(draft, built, ids)
    blocks = tuple(built[draft] for draft in [*drafts, *ordered])
    return blocks, tuple(problem for draft in everything for problem in _problems(draft))


def inlines(draft: Draft) -> Iterable[Inline]:
    """Yield the running texts of a draft, in the order in which they are read."""
    for name in ("content", "title", "caption"):
        value = draft.fields.get(name)
        if isinstance(value, Inline):
            yield value
    yield from draft.fields.get("header", ())
    for row in draft.fields.get("rows", ()):
        yield from row


def _preorder(drafts: list[Draft]) -> Iterable[Draft]:
    stack = list(reversed(drafts))
    while stack:
        draft = stack.pop()
        yield draft
        stack.extend(reversed(draft.inside))


def _by_first_mark(body: list[Draft], notes: dict[str, Draft]) -> list[Draft]:
    ordered: dict[Draft, None] = {}
    queue = body
    while queue:
        found: list[Draft] = []
        for draft in queue:
            for inline in inlines(draft):
                for mark in inline.marks:
                    note = notes.get(mark.value) if mark.kind is MarkKind.NOTE_REFERENCE else None
                    if note is not None and note not in ordered:
                        ordered[note] = None
                        note.fields["label"] = inline.text[mark.start : mark.end].strip("[]")
                        found.append(note)
        queue = list(_preorder(found))  # a note may have a note
    return [*ordered, *(note for note in dict.fromkeys(notes.values()) if note not in ordered)]


def _resolve(inline: Inline, ids: dict[str, str]) -> Inline:
    if not any(mark.kind is MarkKind.NOTE_REFERENCE for mark in inline.marks):
        return inline
    marks = (
        replace(mark, value=ids.get(mark.value, "")) if mark.kind is MarkKind.NOTE_REFERENCE else mark
        for mark in inline.marks
    )
    return Inline(inline.text, tuple(marks))


def _build(draft: Draft, built: dict[Draft, Block], ids: dict[str, str]) -> Block:
    fields = {
        name: _resolve(value, ids) if isinstance(value, Inline) else value for name, value in draft.fields.items()
    }
    if draft.make is Table:
        fields["header"] = tuple(_resolve(cell, ids) for cell in draft.fields["header"])
        fields["rows"] = tuple(tuple(_resolve(cell, ids) for cell in row) for row in draft.fields["rows"])
    inside = tuple(built[child] for child in draft.inside)
    if draft.make is List:
        fields["items"] = inside
    elif draft.make in HOLDERS:
        fields["blocks"] = inside
    return draft.make(id=draft.id, line=draft.line, language=draft.language, attributes=draft.attributes, **fields)


def _problems(draft: Draft) -> Iterable[Problem]:
    if any(key == FURNITURE for key, _ in draft.attributes):  # it is not read, and the author did not write it
        return
    sources = [mark.value for inline in inlines(draft) for mark in inline.marks if _lacks_alt(mark)]
    if draft.make is Figure and draft.fields["alt"] is None:
        sources.insert(0, draft.fields["source"])
    for source in sources:
        yield Problem(
            "alt-missing",
            Severity.WARNING,
            f"the image {short(source)} has no alternative text",
            "Say in a few words what it shows, or give it an empty one if it only decorates",
            draft.id,
            draft.line,
        )
    yield from _faults(draft)


def _faults(draft: Draft) -> Iterable[Problem]:
    for fault in draft.faults:
        line = draft.line if fault.here else None
        yield Problem(fault.code, Severity.ERROR, fault.message, fault.hint, draft.id, line)


def _lacks_alt(mark: Mark) -> bool:
    return mark.kind is MarkKind.IMAGE_WITHOUT_ALT


def short(address: str) -> str:
    """Return an address in quotation marks, as short as a line allows."""
    return repr(address if len(address) <= 80 else address[:79] + "…")  # noqa: PLR2004 (one terminal line)
