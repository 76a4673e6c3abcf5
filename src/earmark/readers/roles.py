"""What ARIA roles make of elements that mean nothing by themselves."""

from functools import partial

from selectolax.lexbor import LexborNode

from earmark.article import Aside, List, MarkKind
from earmark.readers.blocks import STANDING, item, quotation, rule
from earmark.readers.framed import figure
from earmark.readers.gathering import Gathering
from earmark.readers.nodes import Attributes, Enter, Leave, label, nothing
from earmark.readers.standing import container, paragraph

# A role holds on these alone: on others it mostly tells what a script does with them.
GENERIC = frozenset({"a", "aside", "b", "center", "div", "i", "p", "section", "span", "strong", "em"})


def _marked(kind: MarkKind, gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    gathering.open_mark(kind)
    return gathering.close_mark


def _picture(gathering: Gathering, _node: LexborNode, attributes: Attributes) -> Leave:
    """Add what an author draws with signs or styles, by its name; what it is drawn with is shown and not said."""
    named = label({"aria-label": attributes.get("aria-label"), "title": attributes.get("title")})
    gathering.running.image(named or None, "")
    return _unsaid(gathering) if named else nothing


def _unsaid(gathering: Gathering) -> Leave:
    """Begin what is shown, and said by its name alone."""
    gathering.word_break()
    gathering.open_mark(MarkKind.SILENT, "named-otherwise")

    def leave() -> None:
        gathering.close_mark()
        gathering.word_break()

    return leave


def _listing(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    return container(gathering, gathering.draft(List, kind="bullet"))


def _note(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    return container(gathering, gathering.draft(Aside, kind="note", title=None))


def _formula(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    named = label({"aria-label": attributes.get("aria-label")})
    if not named:
        return _marked(MarkKind.MATH, gathering, node, attributes)
    gathering.word_break()
    with gathering.marked(MarkKind.MATH):
        gathering.running.write(named)
    return _unsaid(gathering)


ROLES: dict[str, Enter] = {
    "blockquote": quotation,
    "code": partial(_marked, MarkKind.CODE),
    "deletion": partial(_marked, MarkKind.STRIKE),
    "doc-epigraph": quotation,
    "doc-notice": _note,
    "doc-pullquote": _note,
    "doc-tip": _note,
    "emphasis": partial(_marked, MarkKind.EMPHASIS),
    "figure": figure,
    "heading": STANDING["div"],
    "img": _picture,
    "image": _picture,
    "insertion": partial(_marked, MarkKind.INSERTED),
    "list": _listing,
    "listitem": item,
    "math": _formula,
    "note": _note,
    "paragraph": paragraph,
    "separator": rule,
    "strong": partial(_marked, MarkKind.STRONG),
    "subscript": partial(_marked, MarkKind.SUBSCRIPT),
    "superscript": partial(_marked, MarkKind.SUPERSCRIPT),
}
