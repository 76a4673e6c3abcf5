"""What stands on lines of its own: paragraphs, headings, quotations, lists, footnotes, breaks."""

from selectolax.lexbor import LexborNode

from earmark.article import Aside, Break, Footnote, Heading, List, ListItem, MarkKind, Quote, Term
from earmark.readers.drafts import Fault
from earmark.readers.elements import BLOCKS, HEADINGS
from earmark.readers.framed import title
from earmark.readers.gathering import Gathering
from earmark.readers.nodes import Attributes, Enter, Leave, classes, integer
from earmark.readers.standing import container, lines, paragraph


def division(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave | None:
    """Begin what a division's class or role says that it is, else a paragraph."""
    named = classes(attributes)
    role = attributes.get("role")
    if role == "doc-endnotes" or "footnotes" in named or (node.tag == "div" and "footnote" in named):
        return _notes(gathering)
    if node.tag == "dialog" and "open" not in attributes:
        return None
    if "admonition" in named and not gathering.flat:
        kind = next((name for name in named if name != "admonition"), "note")
        return container(gathering, gathering.draft(Aside, kind=kind, title=None))
    if "admonition-title" in named:
        return title(gathering, node, attributes)
    if role == "heading":
        return _heading(gathering, node, attributes, integer(attributes, "aria-level") or 2)
    return paragraph(gathering, node, attributes)


def heading(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a heading."""
    return _heading(gathering, node, attributes, HEADINGS[node.tag or ""])


def _heading(gathering: Gathering, node: LexborNode, attributes: Attributes, level: int) -> Leave:
    if gathering.flat:
        return lines(gathering)
    first = node.first_child
    anchor = attributes.get("id") or (first.attributes.get("id") if first is not None else "") or ""
    gathering.begin_flat()
    draft = gathering.draft(Heading, level=min(max(level, 1), 6), anchor=anchor)

    def leave() -> None:
        running = gathering.end_flat()
        if not running.blank():
            draft.fields["content"] = running.finish()
            gathering.emit(draft)
        if not running.text().strip() and not any(mark.kind is MarkKind.IMAGE_WITHOUT_ALT for mark in running.marks):
            gathering.report(_EMPTY)

    return leave


_EMPTY = Fault(
    "heading-empty",
    "a heading without words stands before this",
    "Give it words, or take it out; space is a style sheet's to make.",
    here=False,
)


def quotation(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    """Begin a block quotation."""
    return container(gathering, gathering.draft(Quote))


def listing(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a list, with the number that it starts at; the list of the notes is none."""
    if node.tag == "dl":
        return container(gathering, gathering.draft(List, kind="definition"))
    if gathering.note_lists and not gathering.flat and not gathering.holds(Footnote):
        return paragraph(gathering, node, attributes)
    if node.tag != "ol":
        return container(gathering, gathering.draft(List, kind="bullet"))
    start = integer(attributes, "start")
    step = 1
    if "reversed" in attributes:
        step = -1
        start = _count(node) if start is None else start
    draft = gathering.draft(List, kind="ordered")
    return container(gathering, draft, number=1 if start is None else start, step=step)


def _count(node: LexborNode) -> int:
    count, child = 0, node.first_child
    while child is not None:
        count += child.tag == "li"
        child = child.next
    return count


def item(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin an item of a list with its number, or a note in a list of notes."""
    if gathering.flat:
        return lines(gathering)
    if gathering.note_lists and not gathering.holds(List) and not gathering.holds(Footnote):
        return _note(gathering, attributes)
    if not gathering.holds(List):
        return paragraph(gathering, node, attributes)
    gathering.flush()
    holder = gathering.holder
    number = None
    if holder.number is not None:
        value = integer(attributes, "value")
        number = holder.number if value is None else value
        holder.number = number + holder.step
    return container(gathering, gathering.draft(ListItem, number=number))


def term(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin what a definition list defines."""
    if gathering.flat or not gathering.holds(List):
        return paragraph(gathering, node, attributes)
    gathering.begin_flat()
    draft = gathering.draft(Term)

    def leave() -> None:
        running = gathering.end_flat()
        if not running.blank():
            draft.fields["content"] = running.finish()
            gathering.emit(draft)

    return leave


def definition(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a definition."""
    if gathering.flat or not gathering.holds(List):
        return paragraph(gathering, node, attributes)
    gathering.flush()
    return container(gathering, gathering.draft(ListItem))


def _notes(gathering: Gathering) -> Leave:
    if gathering.flat:
        return lines(gathering)
    gathering.flush()
    gathering.note_lists += 1

    def leave() -> None:
        gathering.flush()
        gathering.note_lists -= 1

    return leave


def _note(gathering: Gathering, attributes: Attributes) -> Leave:
    return note(gathering, attributes.get("id") or "")


def note(gathering: Gathering, name: str) -> Leave:
    """Begin a footnote; its marks lead to `name`, the id that it has, its number if it has none."""
    number = len(gathering.notes) + 1
    draft = gathering.draft(Footnote, label=str(number))
    gathering.flush()
    gathering.enter(draft)

    def leave() -> None:
        gathering.end()
        if draft.inside:
            gathering.notes[f"#{name or number}"] = draft

    return leave


def rule(gathering: Gathering, _node: LexborNode, attributes: Attributes) -> None:
    """Add a thematic break; the one above the notes is the library's own."""
    if gathering.flat:
        gathering.running.line_break()
        return
    gathering.flush()
    if "footnotes-sep" not in classes(attributes) and (not gathering.note_lists or gathering.holds(Footnote)):
        gathering.emit(gathering.draft(Break))


STANDING: dict[str, Enter] = {
    **dict.fromkeys(BLOCKS, paragraph),
    **dict.fromkeys(HEADINGS, heading),
    **dict.fromkeys(("dialog", "div", "p", "section"), division),
    **dict.fromkeys(("dir", "dl", "menu", "ol", "ul"), listing),
    "blockquote": quotation,
    "dd": definition,
    "dt": term,
    "hr": rule,
    "li": item,
}
