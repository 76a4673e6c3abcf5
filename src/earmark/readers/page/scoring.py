"""Which part of a page holds its article, by the weight of prose in it.

Each paragraph gives points to what holds it, by its length and its commas, and less the further out that is; names and
kinds of elements add or take away, and links take away. It is the way of the reader views in browsers.
"""

from dataclasses import dataclass
from itertools import islice

from earmark.readers.page.hints import byline, furniture, unlikely, weight
from earmark.readers.page.tree import TEXT, Node, ancestors, descend, text_of, weigh
from earmark.readers.page.units import Unit, units_of

_SHORTEST = 25  # characters of a paragraph that counts
_ENOUGH = 500  # characters of an article; with fewer, names are no longer believed
_LEVELS = 5
_SHORT_BYLINE = 100  # characters of a name and a date
_FEW = 5  # best parts that are compared
_ALIKE = 0.75
_TAG_SCORES = {
    **dict.fromkeys(("div", "article", "main", "section"), 5),
    **dict.fromkeys(("pre", "td", "blockquote"), 3),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5),
}
_TAG_SCORES["article"] = _TAG_SCORES["main"] = 8
_TAG_SCORES["section"] = 0
_UNSCORED = frozenset({"li", "dt", "dd", "figcaption", "th", "h1", "caption", "summary"})


@dataclass(slots=True)
class Chosen:
    """The parts of a page that hold its article, in document order, and what was never looked at."""

    roots: list[Node]
    without: set[Node]
    size: int = 0


def choose(body: Node) -> Chosen:
    """Return where the article is. Where that is next to nothing, names of classes are believed less and less."""
    best = Chosen([body], set())
    for strict, weighty in ((True, True), (False, True), (False, False)):
        without = _set_aside(body) if strict else set()
        weigh(body, without)
        chosen = _best(body, without, weighty=weighty)
        if chosen.size >= _ENOUGH:
            return chosen
        if chosen.size > best.size:
            best = chosen
    return best


def _set_aside(body: Node) -> set[Node]:
    """Return the elements whose names or roles speak against them."""
    aside: set[Node] = set()
    for node in descend(body, aside):
        if node is body or node.tag in ("a", TEXT):
            continue
        held = any(holder.tag in ("table", "code") for holder in ancestors(node, 4))
        named = byline(node) and 0 < len(text_of(node)) < _SHORT_BYLINE
        if named or (unlikely(node) and not held and not _tops_article(node)):
            aside.add(node)
    return aside


def _tops_article(node: Node) -> bool:
    """Tell whether a header is the article's own: its headline is in it."""
    if node.tag != "header" or not any(holder.tag in ("article", "main") for holder in ancestors(node)):
        return False
    return any(inner.tag == "h1" for inner in descend(node))


def _best(body: Node, without: set[Node], *, weighty: bool) -> Chosen:
    scores = _scores(units_of(body, without), weighty=weighty)
    for node in scores:
        scores[node] *= 1 - min(1.0, node.link_density)
    if not scores:
        return Chosen([body], without, body.size)
    ranked = sorted(scores, key=lambda node: scores[node], reverse=True)[:_FEW]
    top = _climb(_shared(ranked, scores), scores, weighty=weighty)
    roots = [body] if top is body else _with_siblings(top, scores, without)
    return Chosen(roots, without, sum(root.size for root in roots))


def _scores(units: list[Unit], *, weighty: bool) -> dict[Node, float]:
    """Return what each element gains from the paragraphs inside it."""
    scores: dict[Node, float] = {}
    for unit in units:
        if len(unit.text) < _SHORTEST or unit.holder.tag in _UNSCORED:
            continue
        points = 1 + 1 + sum(node.commas for node in unit.nodes) + min(len(unit.text) // 100, 3)
        first = unit.holder.parent if unit.whole else unit.holder
        if first is None:
            first = unit.holder
        for level, node in enumerate((first, *islice(ancestors(first), _LEVELS - 1))):
            if node not in scores:
                scores[node] = _TAG_SCORES.get(node.tag, 0) + (weight(node) if weighty else 0)
            scores[node] += points / (1 if level == 0 else 2 if level == 1 else level * 3)
    return scores


def _shared(ranked: list[Node], scores: dict[Node, float]) -> Node:
    """Return the best part, or what holds it and others that are nearly as good."""
    top = ranked[0]
    alike = [node for node in ranked[1:] if scores[top] > 0 and scores[node] >= _ALIKE * scores[top]]
    if len(alike) < 3:  # noqa: PLR2004 (an article in several parts)
        return top
    above = [set(ancestors(node)) for node in alike]
    for holder in ancestors(top):
        if holder.tag != "body" and sum(holder in others for others in above) >= 3:  # noqa: PLR2004 (likewise)
            return holder
    return top


def _climb(top: Node, scores: dict[Node, float], *, weighty: bool) -> Node:
    """Return `top` or what holds it, where that is better still: paragraphs may be in several parts."""
    if top not in scores:
        scores[top] = _TAG_SCORES.get(top.tag, 0) + (weight(top) if weighty else 0)
    last, least = scores[top], scores[top] / 3
    for holder in ancestors(top):
        if holder.tag == "body":
            break
        if holder not in scores:
            continue
        if scores[holder] < least:
            break
        if scores[holder] > last:
            top = holder
            break
        last = scores[holder]
    while top.parent is not None and top.parent.tag != "body" and _alone(top):
        top = top.parent
    return top


def _alone(node: Node) -> bool:
    holder = node.parent
    return holder is not None and all(child is node or not child.size for child in holder.children)


def _with_siblings(top: Node, scores: dict[Node, float], without: set[Node]) -> list[Node]:
    """Return the best part and those of its siblings that read like more of it."""
    if top.parent is None:
        return [top]
    least = max(10.0, scores.get(top, 0) * 0.2)
    name = top.attributes.get("class") or ""
    found: list[Node] = []
    for sibling in top.parent.children:
        if sibling in without or not sibling.size or (sibling is not top and furniture(sibling)):
            continue
        bonus = least if name and sibling.attributes.get("class") == name else 0
        if sibling is top or (sibling in scores and scores[sibling] + bonus >= least) or _reads(sibling):
            found.append(sibling)
    return found


def _reads(node: Node) -> bool:
    """Tell whether a sibling is a paragraph of prose."""
    if node.tag != "p" and (node.blocky or node.tag not in ("div", "section", "blockquote")):
        return False
    if node.size > 80:  # noqa: PLR2004 (a sentence)
        return node.link_density < 0.25  # noqa: PLR2004 (a link or two)
    return not node.linked and bool(node.size) and text_of(node).rstrip("\"'”’»)").endswith((".", "。", "؟", "!", "?"))
