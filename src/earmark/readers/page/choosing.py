"""Where the article is and what of it is kept: our own choice and others' opinions, run of words by run of words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from earmark.readers.page.evidence import Opinion
from earmark.readers.page.hints import byline, furniture, unlikely
from earmark.readers.page.pruning import Dropped, prune
from earmark.readers.page.repeated import repeated
from earmark.readers.page.scoring import Chosen, choose
from earmark.readers.page.sections import closing_lines, empty_sections, link_lines
from earmark.readers.page.tree import Node, Page, Unit, ancestors, descend, units_of, weigh

_HELD = 0.6  # of a run's shingles in an opinion: it has that run
_WHOLLY = 0.9
_AGREED = 0.5
_PROSE = 80  # characters of a paragraph
_ENDED = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]]*\Z")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KEPT_SHAPES = frozenset({"li", "td", "th", "dd", "dt", "pre", "figcaption", "caption", "blockquote", *_HEADINGS})


@dataclass(slots=True)
class Choice:
    """The runs of words that are kept, what inside the article is left out with its reason, and how much there was."""

    kept: list[Unit]
    dropped: dict[Node, str] = field(default_factory=dict)
    roots: list[Node] = field(default_factory=list)
    paragraphs: int = 0  # of the part of the page that could be the article
    told: int = 0  # of these, kept


def choose_article(page: Page, opinions: list[Opinion], authors: Sequence[str] = ()) -> Choice:
    """Return what of a page is its article; `opinions` are in order of trust, `authors` those that the page names."""
    weigh(page.body, set())
    everything = units_of(page.body)
    chosen = choose(page.body)
    trusted = [opinion for opinion in opinions if opinion.words]
    chosen = _settle(page.body, chosen, everything, trusted)
    weigh(page.body, set())
    within = {node for root in chosen.roots for node in descend(root)}
    without = chosen.without & within - set(chosen.roots)
    dropped: Dropped = {node: _why(node) for node in without if node.parent not in without}
    dropped |= prune(chosen.roots, without)
    weigh(page.body, set())
    units = [unit for root in chosen.roots for unit in units_of(root, dropped)]
    judged = {unit: [opinion.holds(unit.text) >= _HELD for opinion in trusted] for unit in units}
    outvoted = _outvoted(units, judged) if trusted and units else set()
    found = link_lines(units) | dict.fromkeys(outvoted, "aside")
    found |= closing_lines([unit for unit in units if unit not in found], authors)
    found |= dict.fromkeys(repeated([unit for unit in units if unit not in found]), "pull-quote")
    kept = [unit for unit in units if unit not in found]
    for unit, reason in (found | empty_sections(chosen.roots, units, found, dropped)).items():
        dropped.update(dict.fromkeys(unit.nodes, reason))
        if unit in kept:
            kept.remove(unit)
    furnished = _furnished(page.body)
    others = [unit for unit in everything if unit.holder not in within and unit.holder not in furnished]
    kept += [unit for unit in others if trusted and _reads(unit) and trusted[0].holds(unit.text) >= _WHOLLY]
    choice = Choice(kept, dropped, chosen.roots)
    begun = {unit.nodes[0] for unit in kept}
    for unit in everything:
        if _reads(unit) and unit.holder not in furnished:
            choice.paragraphs += 1
            choice.told += unit.nodes[0] in begun
    return choice


def fall_back(page: Page) -> Choice:
    """Return all of the page, or of the part that it marks as its main one, but what is furniture by its name."""
    weigh(page.body, set())
    marked = [
        node for node in descend(page.body) if node.tag in ("main", "article") or node.attributes.get("role") == "main"
    ]
    whole = _prose(units_of(page.body, _furnished(page.body)))
    root = next((node for node in marked if _prose(units_of(node)) > _AGREED * whole), page.body)
    dropped = {node: furniture(node) for node in descend(root) if node is not root and furniture(node)}
    outermost = {
        node: reason for node, reason in dropped.items() if not any(holder in dropped for holder in ancestors(node))
    }
    return Choice(units_of(root, outermost), outermost, [root])


def _furnished(body: Node) -> set[Node]:
    """Return all elements that are furniture of the page by their names, and what is in them."""
    found: set[Node] = set()
    for node in descend(body):
        if node.parent in found or (node is not body and (furniture(node) or unlikely(node))):
            found.add(node)
    return found


def _why(node: Node) -> str:
    return "byline" if byline(node) else furniture(node) or "aside"


def _settle(body: Node, chosen: Chosen, everything: list[Unit], opinions: list[Opinion]) -> Chosen:
    """Return our own choice, or another's where it has far more of the article's prose."""
    for opinion in opinions:
        held = [unit for unit in everything if opinion.holds(unit.text) >= _HELD]
        if not held:
            continue
        within = {node for root in chosen.roots for node in descend(root)}
        own = [unit for unit in everything if unit.holder in within]
        ours, theirs = _prose(own), _prose(held)
        both = _prose([unit for unit in held if unit in set(own)])
        if theirs and both < _AGREED * theirs and (theirs > 0.7 * ours or theirs > 2 * both + _PROSE):
            return Chosen([_smallest(body, held)], chosen.without)
    return chosen


def _smallest(body: Node, held: list[Unit]) -> Node:
    """Return the smallest element that holds nearly all of the prose in `held`."""
    inside: dict[Node, int] = {}
    for unit in held:
        for node in (unit.holder, *ancestors(unit.holder)):
            inside[node] = inside.get(node, 0) + len(unit.text)
    most = inside.get(body, 0)
    best = body
    for node, size in inside.items():
        if size >= 0.9 * most and node.size <= best.size:
            best = node if node.size < best.size or _within(node, best) else best
    return best


def _prose(units: list[Unit]) -> int:
    return sum(len(unit.text) for unit in units if len(unit.text) >= _PROSE and unit.link_density < 0.3)  # noqa: PLR2004


def _within(node: Node, root: Node) -> bool:
    return node is root or any(holder is root for holder in ancestors(node))


def _outvoted(units: list[Unit], judged: dict[Unit, list[bool]]) -> set[Unit]:
    """Return the runs at either end, and odd lines between, that nobody else takes for the article's."""
    held = [at for at, unit in enumerate(units) if any(judged[unit])]
    if not held or _prose([units[at] for at in held]) < _AGREED * _prose(units):
        return set()
    first, last = held[0], held[-1]
    head, middle, tail = units[:first], units[first:last], units[last + 1 :]
    out = {unit for unit in head if not _stays(unit)}
    out |= {unit for unit in middle if not any(judged[unit]) and _odd(unit)}
    long = sum(len(unit.text) for unit in tail if _reads(unit))
    total = sum(len(unit.text) for unit in units)
    return out | {
        unit
        for unit in tail
        if not (long > max(600, 0.15 * total) and (_reads(unit) or unit.holder.tag in _KEPT_SHAPES))
    }


def _stays(unit: Unit) -> bool:
    return unit.holder.tag == "h1" or _reads(unit)


def _reads(unit: Unit) -> bool:
    """Tell whether a run of words reads like a paragraph of prose."""
    return len(unit.text) >= _PROSE and unit.link_density < 0.3 and bool(_ENDED.search(unit.text))  # noqa: PLR2004 (a link or two)


def _odd(unit: Unit) -> bool:
    """Tell whether a run that only we take for the article's reads like none of it."""
    if unit.holder.tag in _KEPT_SHAPES or _ENDED.search(unit.text):
        return False
    return unit.link_density > 0.5 or len(unit.text) < 40  # noqa: PLR2004 (a label)


def verdicts(page: Page, choice: Choice) -> dict[int, str]:
    """Return what the walk leaves out, by key: "" what is no part of the article, else the reason why it is furniture."""
    kept = {node for unit in choice.kept for node in unit.nodes}
    holding = {holder for node in kept for holder in ancestors(node)}
    inside = {node for root in choice.roots for node in descend(root, choice.dropped)}
    left_out = dict.fromkeys(page.controls, "")
    stack = [page.body]
    while stack:
        node = stack.pop()
        reason = choice.dropped.get(node)
        if reason is not None:
            left_out[node.key] = reason
        elif node in kept:
            continue
        elif node in holding or node is page.body or node in inside:
            stack.extend(node.children)
        else:
            left_out[node.key] = ""
    return left_out
