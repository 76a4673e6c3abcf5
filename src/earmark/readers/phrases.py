"""What stands inside a line: emphasis, links, abbreviations, images, formulas."""

from selectolax.lexbor import LexborNode

from earmark.article import ListItem, MarkKind, Math
from earmark.readers.drafts import Fault, short
from earmark.readers.elements import MARKS, VALUES
from earmark.readers.gathering import Gathering
from earmark.readers.nodes import Attributes, Enter, Leave, classes, label, nothing, text_inside
from earmark.readers.shortcodes import OMITTED

_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})
_NAMED = "img:not([alt]), img[alt]:not([alt='']), [aria-label], [title], svg, object, video, audio, iframe, input"
_BACKLINKS = frozenset({"footnote-backref", "footnote-back", "footnote-backlink"})


def mark(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Mark the words inside."""
    kind = MARKS[node.tag or ""]
    gathering.open_mark(kind, attributes.get(VALUES[kind]) or "" if kind in VALUES else "")
    return gathering.close_mark


def link(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave | None:
    """Mark a link or a note's mark; the way back from a note is the library's own and goes away."""
    named = classes(attributes)
    role = attributes.get("role")
    known = gathering.references
    if role == "doc-backlink" or node.mem_id in known.backlinks or not _BACKLINKS.isdisjoint(named):
        gathering.running.drop_space()
        return None
    address = attributes.get("href")
    if address is None:
        return nothing
    parent = node.parent
    noted = "footnote-ref" in named or role == "doc-noteref"
    if node.mem_id in known.marks:
        noted, address = True, known.marks[node.mem_id]
    if noted or (parent is not None and parent.tag == "sup" and "footnote-ref" in classes(parent.attributes)):
        gathering.open_mark(MarkKind.NOTE_REFERENCE, address)
    else:
        if address and _is_wordless(node, attributes):
            hint = "Say in it where it leads, or take it out."
            gathering.report(Fault("link-empty", f"the link to {short(address)} has no words", hint))
        gathering.open_mark(MarkKind.LINK, address)
    return gathering.close_mark


def _is_wordless(node: LexborNode, attributes: Attributes) -> bool:
    """Tell whether a link has no name at all; a picture without alternative text has its own problem."""
    if label(attributes) or (attributes.get("aria-hidden") or "").strip().lower() == "true":
        return False
    return not text_inside(node).strip() and node.css_first(_NAMED) is None


def line_break(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> None:
    """Break the line; where two stand together, the author ended a paragraph."""
    if gathering.running.breaking and not gathering.flat:
        gathering.flush()
    else:
        gathering.running.line_break()


def image(gathering: Gathering, _node: LexborNode, attributes: Attributes) -> None:
    """Add an image by its alternative text."""
    alt = attributes["alt"] or "" if "alt" in attributes else attributes.get("aria-label")
    if alt is None and attributes.get("role") in ("presentation", "none"):
        alt = ""
    gathering.running.image(alt, attributes.get("src") or "")


def drawing(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Add a drawing by its name; the words drawn in it follow."""
    gathering.word_break()
    named = label({"aria-label": attributes.get("aria-label")})
    if not named:
        title = next((child for child in _children(node) if child.tag == "title"), None)
        named = text_inside(title) if title is not None else ""
    if named:
        gathering.running.image(named, "")
    return gathering.word_break


def unsaid(reason: str) -> Enter:
    """Return what marks words as not said, and why; they don't grow together with their neighbours."""

    def enter(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
        gathering.word_break()
        gathering.open_mark(MarkKind.SILENT, reason)

        def leave() -> None:
            gathering.close_mark()
            gathering.word_break()

        return leave

    return enter


def apart(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    """Keep the words inside from growing together with their neighbours."""
    gathering.word_break()
    return gathering.word_break


def ticked(gathering: Gathering, _node: LexborNode, attributes: Attributes) -> None:
    """Take the box of a task list for its item's; other inputs print no words of the article."""
    draft = gathering.holder.draft
    box = (attributes.get("type") or "").lower() == "checkbox"
    if box and draft is not None and draft.make is ListItem and not draft.inside and gathering.running.blank():
        draft.fields.setdefault("checked", "checked" in attributes)


def formula(gathering: Gathering, node: LexborNode, attributes: Attributes) -> None:
    """Add a formula by its alternative text, else by what it prints."""
    text = attributes.get("alttext") or attributes.get("aria-label") or ""
    text = " ".join((text or text_inside(node, hidden=_ANNOTATIONS)).split())
    if not text:
        return
    if attributes.get("display") == "block" and not gathering.flat:
        gathering.flush()
        gathering.emit(gathering.draft(Math, text=text))
        return
    gathering.word_break()
    with gathering.marked(MarkKind.MATH):
        gathering.running.write(text)
    gathering.word_break()


def _children(node: LexborNode) -> list[LexborNode]:
    found = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def transparent(_gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    """Let the words inside belong to whatever is open."""
    return nothing


PHRASES: dict[str, Enter] = {
    **dict.fromkeys(MARKS, mark),
    **dict.fromkeys(("button", "label", "option", "output", "select", "textarea", "text"), apart),
    "a": link,
    "br": line_break,
    "img": image,
    "image": image,
    "input": ticked,
    "math": formula,
    "rt": unsaid("ruby"),  # it says again how its base is read
    "svg": drawing,
    OMITTED: unsaid("shortcode"),  # nobody but the site knows what it stands for
}
