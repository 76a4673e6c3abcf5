"""One walk over an HTML5 tree that loses nothing: every visible word ends in one field of one block.

The tree is the one that a browser would build (lexbor). The walk never recurses. Elements that it
doesn't know are transparent: their words belong to whatever holds them.
"""

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from earmark.article import Block, MarkKind, Problem
from earmark.readers.blocks import STANDING, note
from earmark.readers.caps import check_html
from earmark.readers.drafts import Fault, LineFinder, freeze
from earmark.readers.elements import ATTACHED, FURNITURE, HIDDEN, STARTING
from earmark.readers.framed import FRAMED
from earmark.readers.gathering import Gathering, References
from earmark.readers.nodes import Attributes, Enter, Leave, concealed, disordered
from earmark.readers.phrases import PHRASES, transparent
from earmark.readers.references import references_in
from earmark.readers.roles import GENERIC, ROLES
from earmark.readers.tabular import TABULAR

_ENTER: dict[str, Enter] = {**PHRASES, **STANDING, **FRAMED, **TABULAR}
_DISORDERED = Fault(
    "reading-order",
    "an element is put into another order than the one it is written in",
    "Take out its tabindex, order or reverse, and write it where it is to be read.",
)


def blocks_of(  # noqa: PLR0913 (what a walk goes by, each by name)
    html: str,
    *,
    name: str,
    language: str = "",
    most_nesting: int = 100,
    find_line: LineFinder | None = None,
    linked_notes: bool = False,
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Return the blocks of a page or fragment, numbered from "b0001", and the problems seen in them.

    `name` is the article's path for errors, `language` its own language; blocks in another say so.
    `linked_notes` looks for footnotes that only their links tell.
    Raises `ReadError` where elements stand too deep inside each other, or are made to stall a parser.
    """
    check_html(html, name=name)
    tree = LexborHTMLParser(f"<!DOCTYPE html><body>{html}")
    return blocks_in(
        tree.body,
        name=name,
        language=language,
        most_nesting=most_nesting,
        find_line=find_line,
        references=references_in(tree.body) if linked_notes and tree.body is not None else None,
    )


def blocks_in(  # noqa: PLR0913 (what a walk goes by, each by name)
    body: LexborNode | None,
    *,
    name: str,
    language: str = "",
    most_nesting: int = 100,
    find_line: LineFinder | None = None,
    left_out: Mapping[int, str] | None = None,
    references: References | None = None,
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Return the blocks inside an element of a parsed page, and the problems seen in them.

    `left_out` are the nodes, by their `mem_id`, that are no part of the article: with a reason they become
    blocks that are furniture for that reason, with "" nothing is left of them. `references` are its footnotes, as far
    as they are known by their links alone.
    """
    gathering = Gathering(name, language, most_nesting, left_out=left_out or {}, references=references or References())
    if body is not None:
        _walk(gathering, body)
    gathering.flush()
    gathering.settle()
    return freeze(gathering.drafts, gathering.notes, find_line)


def _walk(gathering: Gathering, body: LexborNode) -> None:
    """Go through the tree in document order: each element is entered, and left when its inside is done."""
    open_elements: list[tuple[LexborNode, Leave]] = []
    node = body.first_child
    while True:
        if node is None:
            if not open_elements:
                return
            left, leave = open_elements.pop()
            leave()
            node = left.next
            continue
        tag = node.tag or ""
        reason = gathering.left_out.get(node.mem_id) if gathering.left_out else None
        if tag == "-text":
            _write(gathering, node, reason)
        elif tag[:1] != "-" and tag not in HIDDEN and reason != "":
            leaving = _begin(gathering, node, tag, reason)
            if leaving is not None:
                open_elements.append((node, leaving))
                node = node.first_child
                continue
        node = node.next


def _begin(gathering: Gathering, node: LexborNode, tag: str, reason: str | None) -> Leave | None:
    """Enter an element, or the footnote or the furniture that it is known to be."""
    address = gathering.references.notes.get(node.mem_id)
    if reason is not None:
        return _enter_furniture(gathering, node, tag, reason)
    if address is not None and not gathering.flat:
        return note(gathering, address[1:])
    return _enter(gathering, node, tag)


def _write(gathering: Gathering, node: LexborNode, reason: str | None) -> None:
    """Add a text; one that is left out for a reason is a block of its own."""
    if reason == "":
        return
    end = _begin_furniture(gathering, reason) if reason else None
    gathering.running.write(node.text_content or "")
    if end:
        end()


def _enter_furniture(gathering: Gathering, node: LexborNode, tag: str, reason: str) -> Leave | None:
    """Enter an element that is left out for a reason: whatever is inside becomes blocks that say so."""
    end = _begin_furniture(gathering, reason)
    leave = _enter(gathering, node, tag)
    if leave is None:
        end()
        return None

    def leave_all() -> None:
        leave()
        end()

    return leave_all


def _begin_furniture(gathering: Gathering, reason: str) -> Leave:
    if gathering.flat:  # in a cell or a heading it can only be silent
        gathering.open_mark(MarkKind.SILENT, reason)
        return gathering.close_mark
    gathering.flush()
    gathering.attached.append((*gathering.attached[-1], (FURNITURE, reason)))

    def end() -> None:
        gathering.flush()
        gathering.attached.pop()

    return end


def _enter(gathering: Gathering, node: LexborNode, tag: str) -> Leave | None:
    """Enter an element; return what to do when it ends, None if there is nothing to see inside."""
    attributes = node.attributes
    enter = _ENTER.get(tag, transparent)
    if not attributes:
        return enter(gathering, node, attributes)
    if tag in GENERIC:
        enter = ROLES.get((attributes.get("role") or "").strip().lower(), enter)
    if concealed(attributes):
        return None
    if disordered(attributes):
        gathering.report(_DISORDERED)
    ends = _begin_scopes(gathering, tag, attributes)
    leave = enter(gathering, node, attributes)
    if not ends:
        return leave

    def leave_all() -> None:
        if leave is not None:
            leave()
        for end in reversed(ends):
            end()

    if leave is None:
        leave_all()
        return None
    return leave_all


def _begin_scopes(gathering: Gathering, tag: str, attributes: Attributes) -> list[Leave]:
    """Begin what holds for all that is inside: a language, silence, what is attached to the block."""
    ends: list[Leave] = []
    language = (attributes.get("lang") or attributes.get("xml:lang") or "").strip()
    standing = tag in STARTING and not gathering.flat
    if language and standing:
        gathering.flush()
        gathering.languages.append(language)
        ends.append(lambda: _drop(gathering.languages))
    elif language:
        gathering.open_mark(MarkKind.LANGUAGE, language)
        ends.append(gathering.close_mark)
    if (attributes.get("aria-hidden") or "").strip().lower() == "true":
        gathering.open_mark(MarkKind.SILENT)
        ends.append(gathering.close_mark)
    attached = {ATTACHED[key]: value or "" for key, value in attributes.items() if key in ATTACHED}
    if attached and standing:
        gathering.flush()
        gathering.attached.append(tuple({**dict(gathering.attached[-1]), **attached}.items()))
        ends.append(lambda: _drop(gathering.attached))
    return ends


def _drop(scopes: list[str] | list[tuple[tuple[str, str], ...]]) -> None:
    scopes.pop()
