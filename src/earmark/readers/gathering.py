"""Blocks gathered in document order: what is open now, and where the next word belongs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from earmark.article import Block, Figure, Inline, List, ListItem, MarkKind, Paragraph, Table, Term
from earmark.errors import ReadError
from earmark.readers.drafts import Draft, Fault
from earmark.readers.inline import Opened, Running
from earmark.readers.tables import Grid

_MOST_FAULTS = 20  # that one block is told with


class Holder(Struct):
    """A block that is open: a container's draft (None for the article itself) and what it holds."""

    draft: Draft | None
    inside: list[Draft]
    number: int | None = None  # of the next item, in an ordered list
    step: int = 1


class FigureFrame(Struct):
    """A `<figure>` that is open: where its blocks begin, and a caption that came before its picture."""

    inside: list[Draft]
    begin: int
    caption: Inline | None = None


class Active(Struct):
    """A mark that is open in the source; it goes on from one block to the next."""

    kind: MarkKind
    value: str
    here: Opened


class References(Struct):
    """Footnotes that are known by their links, by the `mem_id` of nodes: marks and notes with the note's address."""

    marks: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    backlinks: set[int] = field(default_factory=set)


class Gathering(Struct):
    """The blocks of one article, in the making.

    Text goes into `running`. It becomes a paragraph when a block begins or ends (`flush`), unless
    `flat` says that it belongs to something that holds running text alone (a heading, a cell), in
    which blocks inside it are only lines.
    """

    name: str  # the article's path, for errors
    language: str  # the article's own
    most_nesting: int
    left_out: Mapping[int, str] = field(default_factory=dict)  # nodes that are no part of the article, and why
    references: References = field(default_factory=References)  # footnotes that are known by their links
    drafts: list[Draft] = field(default_factory=list)
    notes: dict[str, Draft] = field(default_factory=dict)
    running: Running = field(default_factory=Running)
    holders: list[Holder] = field(default_factory=list)
    flat: int = 0
    languages: list[str] = field(default_factory=list)
    figures: list[FigureFrame] = field(default_factory=list)
    tables: list[Grid | None] = field(default_factory=list)  # None for one that only lays out
    note_lists: int = 0  # lists of footnotes that are open
    attached: list[tuple[tuple[str, str], ...]] = field(default_factory=lambda: [()])
    _active: list[Active] = field(default_factory=list)
    _faults: list[Fault] = field(default_factory=list)  # that wait for the block that they are told with

    def __post_init__(self) -> None:
        """Open the article itself."""
        self.holders.append(Holder(None, self.drafts))

    @property
    def holder(self) -> Holder:
        """The innermost block that is open."""
        return self.holders[-1]

    def holds(self, kind: type[Block]) -> bool:
        """Tell whether the innermost open block is of this kind."""
        return self.holder.draft is not None and self.holder.draft.make is kind

    def block_language(self) -> str | None:
        """Return the language of a block that begins here, None where it is the article's."""
        language = self.languages[-1] if self.languages else ""
        return language if language and language.lower() != self.language.lower() else None

    def draft(self, make: type[Block], **fields: Any) -> Draft:  # noqa: ANN401 (whatever fields that block has)
        """Return a draft of a block that begins here."""
        attributes = self.attached[-1]
        if any(active.kind is MarkKind.SILENT for active in self._active) and "text" in fields:
            attributes = (*attributes, ("aria-hidden", "true"))
        return Draft(make, fields, self.block_language(), tuple(sorted(attributes)))

    def report(self, fault: Fault) -> None:
        """Tell of a fault with the block that comes next; of the first few, if an article is full of them."""
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append(fault)

    def settle(self) -> None:
        """Tell what still waits with the last block, since none comes any more."""
        if self.drafts:
            self.drafts[-1].faults += [replace(fault, here=False) for fault in self._faults]
            self._faults = []

    def emit(self, draft: Draft) -> None:
        """Put a draft where the next block belongs."""
        draft.faults, self._faults = self._faults, []
        frame = self.figures[-1] if self.figures else None
        if frame is not None and frame.caption is not None and frame.inside is self.holder.inside:
            caption, frame.caption = frame.caption, None
            if draft.make in (Figure, Table) and draft.fields.get("caption") is None:
                draft.fields["caption"] = caption
            else:
                self.emit(self.draft(Paragraph, content=caption))
        inside = self.holder.inside
        if self.holds(List) and draft.make not in (ListItem, Term):
            if not inside or inside[-1].make is not ListItem:  # a browser shows it in the list, without a mark
                inside.append(Draft(ListItem, {}, draft.language))
            inside = inside[-1].inside
        inside.append(draft)

    def flush(self) -> None:
        """End the paragraph that is being written, if there is one; a picture alone is a figure."""
        running, self.running = self.running, Running()
        if not running.blank():
            if running.words:
                self.emit(self.draft(Paragraph, content=running.finish()))
            else:
                self._emit_figures(running)
        self._reopen()

    def _emit_figures(self, running: Running) -> None:
        inline = running.finish()
        for mark in inline.marks:
            if mark.kind is MarkKind.IMAGE:
                self.emit(self.draft(Figure, source=mark.value, alt=inline.text[mark.start : mark.end]))
            elif mark.kind is MarkKind.IMAGE_WITHOUT_ALT:
                self.emit(self.draft(Figure, source=mark.value, alt=None))

    def line_break(self) -> None:
        """Break the line in whatever is being written."""
        self.running.line_break()

    def word_break(self) -> None:
        """Keep the next word apart in whatever is being written."""
        self.running.word_break()

    def begin_flat(self) -> Running:
        """Begin something that holds running text alone; give what this returns to `end_flat`."""
        self.flush()
        self.flat += 1
        return self.running

    def end_flat(self) -> Running:
        """End it and return what was written."""
        running, self.running = self.running, Running()
        self.flat -= 1
        self._reopen()
        return running

    def begin(self, draft: Draft, **counting: int | None) -> None:
        """Begin a container: what follows is inside it."""
        self.flush()
        self.emit(draft)
        self.enter(draft, **counting)

    def enter(self, draft: Draft, **counting: Any) -> None:  # noqa: ANN401 (a Holder's own fields)
        """Go inside a container without placing it anywhere."""
        self.holders.append(Holder(draft, draft.inside, **counting))
        self.attached.append(())
        self._check_depth(len(self.holders))

    def end(self) -> None:
        """End the innermost container; one that holds nothing is gone."""
        self.flush()
        self.attached.pop()
        draft = self.holders.pop().draft
        outer = self.holder.inside
        if outer and outer[-1] is draft and not outer[-1].inside and not outer[-1].fields.get("title"):
            outer.pop()

    def open_mark(self, kind: MarkKind, value: str = "") -> None:
        """Open a mark at whatever is written next; it goes on until `close_mark`."""
        opened = Opened(kind, value)
        self.running.open(opened)
        self._active.append(Active(kind, value, opened))
        self._check_depth(len(self._active))

    def close_mark(self) -> None:
        """Close the mark that was opened last."""
        self.running.close(self._active.pop().here)

    @contextmanager
    def marked(self, kind: MarkKind, value: str = "") -> Iterator[None]:
        """Mark what is written meanwhile."""
        self.open_mark(kind, value)
        yield
        self.close_mark()

    def _reopen(self) -> None:
        for active in self._active:
            active.here = Opened(active.kind, active.value)
            self.running.open(active.here)

    def _check_depth(self, depth: int) -> None:
        if depth > self.most_nesting:
            raise ReadError(
                f"its elements stand inside each other more than {self.most_nesting} deep",
                source=self.name,
                hint="Flatten it, or raise [reading] most_nesting",
            )
