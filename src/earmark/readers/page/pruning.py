"""What inside an article's part of a page is no part of the article: furniture by its names, its links and its place."""

import re

from earmark.readers.page.hints import byline, furniture, weight
from earmark.readers.page.tree import TEXT, Node, ancestors, descend, weigh

Dropped = dict[Node, str]

_MOST_OF_IT = 0.4  # of an article's prose: whatever an element is called, that is no furniture
_SHORT_BYLINE = 140
_META = re.compile(
    r"(?:^|[\s_-])(?:(?:post|entry|article|story|content|blog)?[_-]?(?:meta(?:data|info)?|date(?:line|time)?|time(?:stamp)?|byline|published?|pubdate"
    r"|updated|dateline|kicker|eyebrow|categor(?:y|ies)|read(?:ing)?-?time|min-?read|views?|author(?:name|s)?))(?=$|[\s_-])"
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|assistive-text|a11y-hidden|u-hidden\w*|element-invisible|visuallyhidden"
    r"|off-?screen|js-hidden|is-hidden|hide|hidden|print-only)(?=$|\s)"
)
_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:(?:photo|image|img|media|caption|picture)?[_-]?(?:credits?|copyright|attribution|photographer|rights|source))(?=$|[\s_-])"
)
_NOTE = re.compile(
    r"(?:^|[\s_-])(?:note|tip|warning|caution|important|info|callout|admonition|hint|danger|example|definition|footnotes?)\b"
)
_CONDITIONAL = frozenset({"div", "fieldset", "form", "section", "table", "ul", "ol", "dl", "header", "center"})
_LISTS = frozenset({"ul", "ol", "dl"})
_EMBEDS = frozenset({"iframe", "object", "embed", "video", "audio"})
_NEVER = frozenset(
    ["h1", "h2", "figure", "code", "pre", "math", "table", "tbody", "tr", "td", "blockquote", "sup", "main"]
)
_ROLE_OF_NOTE = re.compile("doc-|note")
_ENOUGH_COMMAS = 10
_CELL = 400  # characters of a value


def prune(roots: list[Node], without: set[Node]) -> Dropped:
    """Return the elements inside `roots` that are furniture, the outermost of each, and why."""
    dropped: Dropped = {}
    prose = {root: _prose(root, without) for root in roots}
    total = sum(prose.values()) or 1
    for root in roots:
        for node in descend(root, without | dropped.keys()):
            if node is root or node.tag == TEXT or _inside(node, dropped):
                continue
            reason = _reason(node)
            if reason and (not node.size or _prose(node, without) < _MOST_OF_IT * total):
                dropped[node] = reason
    for root in roots:
        weigh(root, without | dropped.keys())
        _clean(root, without, dropped)
    return dropped


def _inside(node: Node, dropped: Dropped) -> bool:
    return node.parent in dropped if node.parent else False


def _prose(node: Node, without: set[Node]) -> float:
    """Return how many characters inside are no links."""
    return 0 if node in without else node.size - node.linked


def _reason(node: Node) -> str:
    """Return why an element is furniture by what it is called or what kind it is, "" where it is not."""
    if node.tag in _NEVER or any(holder.tag in ("code", "pre", "table", "math") for holder in ancestors(node, 3)):
        return ""
    reason = furniture(node)
    if node.size < _SHORT_BYLINE:
        reason = _small(node) or reason
    if (
        node.tag == "aside"
        and not _NOTE.search(node.names)
        and not _ROLE_OF_NOTE.match(node.attributes.get("role") or "")
    ):
        reason = reason or "aside"
    if node.tag == "footer" and not _quoted(node):
        reason = reason or "navigation"
    if reason and ((reason == "tags" and node.size > _SHORT_BYLINE * 3) or _notes_inside(node)):
        return ""
    return reason


def _small(node: Node) -> str:
    """Return what a few words are by their name: words for nobody to see, a credit, or who wrote when."""
    if node.names and _UNSEEN.search(node.names):
        return "control"
    if node.names and _CREDIT.search(node.names):
        return "credit"
    if (byline(node) or (node.names and _META.search(node.names))) and node.size and not _holds_heading(node):
        return "byline"
    return ""


def _quoted(node: Node) -> bool:
    return any(holder.tag in ("blockquote", "figure") for holder in ancestors(node, 3))


def _holds_heading(node: Node) -> bool:
    return any(inner.tag in ("h1", "h2", "h3") for inner in descend(node))


def _notes_inside(node: Node) -> bool:
    """Tell whether an element holds the article's footnotes."""
    return any(
        "footnote" in inner.names or (inner.attributes.get("role") or "") in ("doc-endnotes", "doc-footnote")
        for inner in descend(node)
    )


def _clean(root: Node, without: set[Node], dropped: Dropped) -> None:
    """Drop boxes, lists and tables that hold links, fields or pictures rather than prose, the innermost first."""
    order = list(descend(root, without | dropped.keys()))
    counts: dict[Node, dict[str, int]] = {}
    for node in reversed(order):
        count = _count(node, counts)
        counts[node] = count
        if node is not root and node.tag in _CONDITIONAL and _is_box(node, count):
            dropped[node] = "related-link" if node.link_density > 0.2 else "navigation"  # noqa: PLR2004 (a link or two)
            _take_away(node)
            counts[node] = {}


def _take_away(node: Node) -> None:
    """Take what an element holds off what holds it."""
    for holder in ancestors(node):
        holder.size -= node.size
        holder.linked -= node.linked
        holder.commas -= node.commas
    node.size, node.linked, node.commas = 0, 0.0, 0


def _count(node: Node, counts: dict[Node, dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for child in node.children:
        for kind, number in counts.get(child, {}).items():
            total[kind] = total.get(kind, 0) + number
    kind = (
        "p" if node.tag == "p"
        else "img" if node.tag == "img"
        else "li" if node.tag == "li"
        else "heading" if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        else "embed" if node.tag in _EMBEDS
        else ""
    )  # fmt: skip
    if kind:
        total[kind] = total.get(kind, 0) + 1
        if kind == "heading":
            total["headed"] = total.get("headed", 0) + node.size
    return total


def _is_box(node: Node, count: dict[str, int]) -> bool:  # noqa: PLR0911 (one rule after the other)
    """Tell whether an element holds something else than prose."""
    if not node.size:
        return False
    if any(
        holder.tag in ("code", "pre", "figure") or (holder.tag == "table" and is_data(holder))
        for holder in ancestors(node, 6)
    ):
        return False
    if node.tag == "table" and is_data(node):
        return False
    named = weight(node)
    if named < 0 and node.size < 500:  # noqa: PLR2004 (a box)
        return not _notes_inside(node)
    if node.commas >= _ENOUGH_COMMAS:
        return False
    listed = node.tag in _LISTS or _mostly_list(node, count)
    density = node.link_density
    headed = count.get("headed", 0) / node.size
    pictures, paragraphs = count.get("img", 0), count.get("p", 0)
    if not listed and count.get("li", 0) - 100 > paragraphs:
        return True
    if not listed and headed < 0.9 and node.size < 25 and (not pictures or pictures > 2) and _boxed(node):  # noqa: PLR2004 (as reader views have it)
        return True
    if node.tag in _LISTS and _notes_inside(node):
        return False
    if listed:
        return density > 0.6 and not _prose_items(node)  # noqa: PLR2004 (items that are links)
    return density > (0.2 if named < 25 else 0.5)  # noqa: PLR2004 (as reader views have it)


def _boxed(node: Node) -> bool:
    return node.tag in ("form", "fieldset") or (node.tag == "div" and node.link_density > 0)


def _mostly_list(node: Node, count: dict[str, int]) -> bool:
    """Tell whether nine tenths of an element's words are in lists."""
    if not count.get("li"):
        return False
    inside = sum(inner.size for inner in descend(node) if inner.tag in _LISTS and not _in_list(inner, node))
    return inside > 0.9 * node.size


def _in_list(node: Node, until: Node) -> bool:
    for holder in ancestors(node):
        if holder is until:
            return False
        if holder.tag in _LISTS:
            return True
    return False


def _prose_items(node: Node) -> bool:
    """Tell whether a list's items hold sentences beside their links."""
    items = [inner for inner in descend(node) if inner.tag in ("li", "dd")]
    return bool(items) and sum(inner.link_density < 0.5 for inner in items) * 2 >= len(items)  # noqa: PLR2004 (half)


def is_data(table: Node) -> bool:
    """Tell whether a table holds values, and not a page's parts."""
    if table.data is None:
        table.data = _holds_values(table)
    return table.data


def _holds_values(table: Node) -> bool:
    if (table.attributes.get("role") or "") in ("presentation", "none"):
        return False
    told, short, rows, cells = False, True, 0, 0
    for inner in descend(table):
        if inner.tag == "table" and inner is not table:
            return False
        told = told or inner.tag in ("caption", "thead", "tfoot", "th")
        rows += inner.tag == "tr"
        if inner.tag == "td":
            cells += 1
            short = short and inner.size < _CELL
    return told or (rows > 1 and cells >= 2 * rows and short)
