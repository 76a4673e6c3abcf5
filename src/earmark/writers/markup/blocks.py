"""Blocks as elements: the article's own structure, with what is heard and what is not marked in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial

from msgspec.structs import replace

from earmark.article import (
    Aside,
    Block,
    Break,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Table,
    Term,
    attribute,
    children,
    fields,
    walk,
)
from earmark.edition import Edition
from earmark.timeline import Cue
from earmark.writers.markup.inline import MOST_AROUND, Surroundings, owner, running
from earmark.writers.markup.labels import Labels
from earmark.writers.markup.owners import Owned, Owners, Titled
from earmark.writers.markup.tables import rows
from earmark.writers.markup.tongues import direction
from earmark.writers.markup.tree import Element, Node, element, plain_text
from earmark.writers.wording import joined, own, parts, spoken, texts

_LOWEST = 6
_CLASS = "abcdefghijklmnopqrstuvwxyz0123456789-"


class Blocks:
    """Renders the blocks of one article, each once."""

    def __init__(self, owners: Owners, around: Surroundings, edition: Edition) -> None:
        """Know the article; nothing is rendered yet."""
        self.owners, self._around = owners, around
        self._cues = edition.timeline.cues
        self._known = texts(edition.article, edition.metadata.title)
        self._levels = _levels(edition.article.blocks, skipped=_said_as_title(owners))
        self._turns = _turns(edition.article.blocks)
        self._unread = False  # whether something around says already that it is not read

    def again(self) -> "Blocks":
        """Return what renders the same article once more, from where this one is."""
        other = copy(self)
        other._around = replace(self._around, used=set(self._around.used), referred={})  # noqa: SLF001 (its own kind)
        return other

    def title(self, content: Inline, said: Titled, name: str) -> Element:
        """Return the title as `h1`, with the id of the heading that it stands for, if there is one."""
        its = running(content, said.owned, said.words, self._around, said.field)
        return element("h1", {"id": self._around.named(name) if name else None}, *its)

    def added(self, cue: Cue) -> Element:
        """Return a paragraph of earmark's own words; a speaker's name is shown as well as heard."""
        kind = "speaker" if cue.sentence.kind == "speaker" else "added"
        return element("p", {"class": kind}, self._said(cue))

    def _said(self, cue: Cue) -> Element:
        words = joined(parts(cue.sentence), self._known).strip() or spoken(parts(cue.sentence))
        return element("span", {"class": "cue", "id": self._around.named(cue.sentence.id)}, words)

    def block(self, block: Block) -> tuple[Element, ...]:
        """Return a block, with what earmark says before and after it."""
        before = [self.added(cue) for cue in self.owners.before.get(block.id, ())]
        speaker = self._turns.get(block.id)
        if speaker and not any(cue.sentence.kind == "speaker" for cue in self.owners.before.get(block.id, ())):
            before.append(element("p", {"class": "speaker"}, f"{speaker}:"))
        after = self.owners.after.get(block.id, ())
        reason = self.owners.unread.get(block.id)
        if reason and not self._unread:
            self._unread = True
            made = self._marked(block)
            self._unread = False
            label = element("p", {"class": "unread-label"}, self._around.not_read)
            made = (element("div", {"class": "unread", "data-reason": reason}, label, *made),)
        else:
            made = self._marked(block)
        # "Quote" and "End quote" are about what stands between them, so they stand inside it.
        if made and made[0].tag in {"blockquote", "aside", "figure", "div"} and len(made) == 1 and (before or after):
            inside = (*before, *made[0].children, *(self.added(cue) for cue in after))
            return (Element(made[0].tag, made[0].attributes, inside),)
        return (*before, *made, *(self.added(cue) for cue in after))

    def _all(self, blocks: Sequence[Block]) -> Iterator[Element]:
        for block in blocks:
            yield from self.block(block)

    def _attributes(self, block: Block, **more: str | None) -> dict[str, str | None]:
        return {"id": self._around.named(block.id), **self._around.tongue(block.language), **more}

    def field(self, block: Block, name: str, content: Inline, *, whole: bool = False) -> tuple[Node, ...]:
        """Return one field's running text; `whole` where what is around it is the sentence already."""
        key = (block.id, name)
        owned = () if whole else self.owners.fields.get(key, ())
        if self._unread:
            owned = [stretch for stretch in owned if stretch.cue]
        return running(content, owned, self.owners.words.get(key, ()), self._around, key)

    def _marked(self, block: Block) -> tuple[Element, ...]:  # noqa: C901, PLR0911, PLR0912 (one flat case a kind of block)
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return (element("p", self._attributes(block), *self.field(block, "text", block.content)),)
            case Quote():
                return (element("blockquote", self._attributes(block), *self._all(block.blocks)),)
            case List():
                return (self._list(block),)
            case ListItem() | Footnote():
                return (element("div", self._attributes(block), *self._all(block.blocks)),)
            case Term():
                return (element("p", self._attributes(block), *self.field(block, "text", block.content)),)
            case Code():
                return (self._code(block),)
            case Figure():
                return (self._figure(block),)
            case Table():
                return (self._table(block),)
            case Break():
                return (element("hr", self._attributes(block)),)
            case Aside():
                return (self._aside(block),)
            case Math():
                content = self.field(block, "text", Inline(block.text))
                return (element("p", self._attributes(block, **{"class": "math"}), *content),)
            case Embed():
                return self._embed(block)
            case _:
                raise TypeError(f"no element for a {type(block).__name__}")

    def _heading(self, block: Heading) -> tuple[Element, ...]:
        content = self.field(block, "text", block.content)
        level = self._levels.get(block.id)
        tag = f"h{level}" if level and plain_text(content).strip() else "p"
        return (element(tag, self._attributes(block), *content),)

    def _list(self, block: List) -> Element:
        if block.kind == "definition" and _is_defining(block):
            found = []
            for item in block.items:
                inner = self.field(item, "text", item.content) if isinstance(item, Term) else self._all(item.blocks)
                found.append(element("dt" if isinstance(item, Term) else "dd", self._attributes(item), *inner))
            return element("dl", self._attributes(block), *found)
        ordered = block.kind == "ordered"
        items: list[Element] = []
        expected = first = next((item.number for item in block.items if isinstance(item, ListItem) and item.number), 1)
        for item in block.items:
            number = item.number if isinstance(item, ListItem) and ordered else None
            value = str(number) if number is not None and number != expected else None
            expected = (number if number is not None else expected) + 1
            items.append(self._item(item, value))
        start = str(first) if ordered and first != 1 else None
        return element("ol" if ordered else "ul", self._attributes(block, start=start), *items)

    def _item(self, item: ListItem | Term, value: str | None) -> Element:
        if isinstance(item, Term):
            return element("li", self._attributes(item), *self.field(item, "text", item.content))
        checked = None if item.checked is None else "☑" if item.checked else "☐"
        mark = (element("span", {"class": "check"}, f"{checked} "),) if checked else ()
        inner = tuple(self._all(item.blocks))
        kind = "task" if checked else None
        if mark and inner and inner[0].tag == "p":  # the box stands on the line of what it is about
            inner = (Element("p", inner[0].attributes, (*mark, *inner[0].children)), *inner[1:])
            mark = ()
        return element("li", self._attributes(item, value=value, **{"class": kind}), *mark, *inner)

    def _code(self, block: Code) -> Element:
        name = "".join(c for c in (block.info.split() or [""])[0].lower() if c in _CLASS)
        owned = self.owners.fields.get((block.id, "text"), ())
        reason = next((stretch.reason for stretch in owned if stretch.reason), None)
        if reason or self._unread:
            code: tuple[Node, ...] = (block.text,)
        else:
            code = tuple(_listing(block.text, owned, self._around))
        # Code runs from left to right whatever is written around it; a book may not say so in its style sheet.
        runs = "ltr" if direction(self._around.language) == "rtl" else None
        inner = element("pre", {"dir": runs}, element("code", {"class": f"language-{name}" if name else None}, *code))
        kind = "code unread" if reason and not self._unread else "code"
        label = (element("p", {"class": "unread-label"}, self._around.not_read),) if "unread" in kind else ()
        return element("div", self._attributes(block, **{"class": kind, "data-reason": reason}), *label, inner)

    def _figure(self, block: Figure) -> Element:
        source = self._around.pictures.get(block.source)
        told = [stretch for stretch in self.owners.fields.get((block.id, "alt"), ()) if stretch.cue]
        inner: list[Node] = []
        if source is not None and len(told) <= MOST_AROUND:
            picture: Node = element("img", {"src": source, "alt": block.alt or ""})
            for stretch in reversed(told):
                picture = owner(stretch, (picture,), self._around)
            inner.append(picture)
        else:
            inner += [element("img", {"src": source, "alt": ""})] if source is not None else []
            inner += self._alternative(block)
        if block.caption and block.caption.text.strip():
            inner.append(element("figcaption", {}, *self.field(block, "caption", block.caption)))
        return element("figure", self._attributes(block), *inner)

    def _alternative(self, block: Figure) -> Iterator[Element]:
        """Yield what a picture shows in words, leading to it where it can't be shown itself."""
        words = self.field(block, "alt", Inline(block.alt)) if block.alt else ()
        address = "" if block.source in self._around.pictures else self._around.address(block.source)
        if words:
            yield element(
                "p", {"class": "alternative"}, *((element("a", {"href": address}, *words),) if address else words)
            )

    def _table(self, block: Table) -> Element:
        caption = block.caption
        inner: list[Node] = []
        if caption and caption.text.strip():
            inner.append(element("caption", {}, *self.field(block, "caption", caption)))
        inner += rows(block, self.owners, self._around, partial(self.field, block))
        table = (element("table", {}, *inner),) if any(node for node in inner if plain_text((node,)).strip()) else ()
        return element("div", self._attributes(block, **{"class": "table"}), *table)

    def _aside(self, block: Aside) -> Element:
        kind = "".join(c for c in block.kind.lower() if c in _CLASS)
        title = block.title
        inner = [element("p", {"class": "title"}, *self.field(block, "title", title))] if title and title.text else []
        attributes = self._attributes(block, role="note", **{"class": kind or "aside"})
        return element("aside", attributes, *inner, *self._all(block.blocks))

    def _embed(self, block: Embed) -> tuple[Element, ...]:
        words = self.field(block, "title", Inline(block.title)) if block.title.strip() else ()
        address = self._around.address(block.source)
        if address:
            words = (element("a", {"href": address}, *(words or (address,))),)
        return (element("p", self._attributes(block, **{"class": "embed"}), *words),)

    def notes(self, notes: Sequence[Footnote], labels: Labels) -> Element | None:
        """Return the notes under their heading, each with the way back to its marks."""
        if not notes:
            return None
        heading: Node = labels.notes
        for cue in [c for note in notes for c in self.owners.before.get(note.id, ())][:1]:
            heading = element("span", {"class": "cue", "id": self._around.named(cue.sentence.id)}, labels.notes)
        found = [self._note(note, labels) for note in notes]
        return element(
            "section",
            {"class": "notes", "role": "doc-endnotes", "epub:type": "endnotes"},
            element("h2", {}, heading),
            *found,
        )

    def _note(self, note: Footnote, labels: Labels) -> Element:
        inner = list(self._all(note.blocks))
        label = element("span", {"class": "label"}, f"{note.label} ") if note.label.strip() else None
        back = [
            element(
                "a", {"href": f"#{name}", "role": "doc-backlink", "aria-label": f"{labels.back}: {note.label}"}, "↩"
            )
            for name in self._around.referred.get(note.id, ())
        ]
        if label and inner and inner[0].tag == "p":
            inner[0] = Element("p", inner[0].attributes, (label, *inner[0].children))
        elif label:
            inner.insert(0, element("p", {}, label))
        if back:
            inner.append(element("p", {"class": "back"}, *_spaced(back)))
        after = (self.added(cue) for cue in self.owners.after.get(note.id, ()))
        attributes = self._attributes(note, role="doc-footnote", **{"epub:type": "footnote"})
        return element("aside", attributes, *inner, *after)

    def lost(self) -> tuple[Element, ...]:
        """Return what is said and has found no place in print: nobody may hear what they can't read."""
        return tuple(self.added(cue) for cue in self._cues if cue.sentence.id not in self._around.used)


def _spaced(nodes: Sequence[Element]) -> Iterator[Node]:
    for number, node in enumerate(nodes):
        if number:
            yield " "
        yield node


def _is_defining(block: List) -> bool:
    """Tell whether terms and definitions alternate as a definition list demands."""
    kinds = [isinstance(item, Term) for item in block.items]
    return bool(kinds) and kinds[0] and not kinds[-1]


def _listing(text: str, owned: Sequence[Owned], around: Surroundings) -> Iterator[Node]:
    """Yield code that is read: its lines are sentences, its white space stays."""
    at = 0
    for stretch in owned:
        yield text[at : stretch.start]
        yield owner(stretch, (text[stretch.start : stretch.end],), around)
        at = stretch.end
    yield text[at:]


def _said_as_title(owners: Owners) -> set[str]:
    """Return the heading that is the title itself; one that the title merely repeats keeps its level."""
    return {part.block for cue in owners.title for part in parts(cue.sentence) if own(part)}


def _turns(blocks: Sequence[Block]) -> Mapping[str, str]:
    """Return who speaks from a block on, by the first block of each turn that does not print the name itself."""
    found: dict[str, str] = {}
    waiting: list[Iterable[Block]] = [blocks]
    while waiting:
        last = ""
        for block in waiting.pop():
            speaker = attribute(block, "speaker")
            if speaker and speaker != last:
                opening = next((inline.text for one in walk((block,)) for _, inline in fields(one) if inline.text), "")
                if not opening.casefold().startswith(speaker.casefold()):
                    found[block.id] = speaker
            last = speaker
            waiting.append(children(block))
    return found


def _levels(blocks: Sequence[Block], skipped: set[str]) -> Mapping[str, int]:
    """Return each heading's level under the title: in order, none left out, whatever the author's numbers."""
    found: dict[str, int] = {}
    open_: list[tuple[int, int]] = []
    for block in walk(blocks):
        if isinstance(block, Heading) and block.id not in skipped and block.content.text.strip():
            while open_ and open_[-1][0] >= block.level:
                open_.pop()
            level = min((open_[-1][1] if open_ else 1) + 1, _LOWEST)
            open_.append((block.level, level))
            found[block.id] = level
    return found
