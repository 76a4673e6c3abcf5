"""Where the article is and what of it is kept: our own choice and others' opinions, run of words by run of words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from earmark.readers.page.evidence import Opinion
from earmark.readers.page.hints import byline, furniture, standfirst, unlikely
from earmark.readers.page.pruning import Dropped, prune
from earmark.readers.page.repeated import repeated
from earmark.readers.page.scoring import choose
from earmark.readers.page.sections import closing_lines, closing_teasers, empty_sections, link_lines, opening_lines
from earmark.readers.page.stock import house_lines, titled_lists
from earmark.readers.page.tree import Node, Page, ancestors, descend, weigh
from earmark.readers.page.units import Unit, units_of
from earmark.readers.page.voting import agree, held, outvoted, overheard, prose, reads, restored, settle

_AGREED = 0.5
_SAME = 0.9


@dataclass(slots=True)
class Choice:
    """The runs of words that are kept, what inside the article is left out with its reason, and how much there was."""

    kept: list[Unit]
    dropped: Dropped = field(default_factory=dict)
    roots: list[Node] = field(default_factory=list)
    paragraphs: int = 0  # of the part of the page that could be the article
    told: int = 0  # of these, kept
    sure: bool = False  # two who do not know of each other took the same


def choose_article(page: Page, opinions: list[Opinion], authors: Sequence[str] = (), lead: str = "") -> Choice:
    """Return what of a page is its article.

    `opinions` are in order of trust; `authors` and `lead` are whom the page names, and what it tells of itself
    in a sentence.
    """
    weigh(page.body, set())
    everything = units_of(page.body)
    votes = {unit: held(unit, opinions) for unit in everything}
    by_start = {unit.nodes[0]: vote for unit, vote in votes.items()}
    chosen = settle(page.body, choose(page.body), everything, votes, len(opinions))
    weigh(page.body, set())
    within = {node for root in chosen.roots for node in descend(root)}
    without = chosen.without & within - set(chosen.roots)
    dropped: Dropped = {node: _why(node) for node in without if node.parent not in without}
    dropped |= prune(chosen.roots, without)
    weigh(page.body, set())
    for node in restored(chosen.roots, dropped, by_start):
        del dropped[node]
    units = [unit for root in chosen.roots for unit in units_of(root, dropped)]
    found = _lines(units, {unit: by_start.get(unit.nodes[0], ()) for unit in units}, authors)
    found |= empty_sections(chosen.roots, units, found, dropped)
    for unit, reason in found.items():
        dropped.update(
            dict.fromkeys([unit.holder] if unit.whole and unit.holder not in chosen.roots else unit.nodes, reason)
        )
    kept = [unit for unit in units if unit not in found]
    furnished = _furnished(page.body)
    described = Opinion(lead)
    extra = overheard(
        everything,
        kept,
        votes,
        known=within | furnished,
        leads=lambda unit: standfirst(unit.holder) or described.holds(unit.text) >= _SAME,
    )
    told, house = {unit.text for unit in kept}, house_lines(extra)
    for unit in extra:
        if unit not in house and unit.text not in told:  # the same words stand in boxes for mail and for sharing
            told.add(unit.text)
            kept.append(unit)
    return _counted(Choice(kept, dropped, chosen.roots, sure=agree(kept, everything, votes)), everything, furnished)


def _lines(units: list[Unit], votes: dict[Unit, tuple[bool, ...]], authors: Sequence[str]) -> dict[Unit, str]:
    """Return the runs of words that are furniture by what they say, by whom they lead to, or by nobody's wanting them."""
    found = (
        link_lines(units) | dict.fromkeys(outvoted(units, votes), "aside") | titled_lists(units) | house_lines(units)
    )
    found |= closing_teasers([unit for unit in units if unit not in found], reads)
    left = [unit for unit in units if unit not in found]
    found |= closing_lines(left, authors) | opening_lines(left, authors, reads)
    return found | dict.fromkeys(repeated([unit for unit in left if unit not in found]), "pull-quote")


def _counted(choice: Choice, everything: list[Unit], furnished: set[Node]) -> Choice:
    begun = {unit.nodes[0] for unit in choice.kept}
    for unit in everything:
        if reads(unit) and unit.holder not in furnished:
            choice.paragraphs += 1
            choice.told += unit.nodes[0] in begun
    return choice


def fall_back(page: Page) -> Choice:
    """Return all of the page, or of the part that it marks as its main one, but what is furniture by its name."""
    weigh(page.body, set())
    marked = [
        node for node in descend(page.body) if node.tag in ("main", "article") or node.attributes.get("role") == "main"
    ]
    whole = prose(units_of(page.body, _furnished(page.body)))
    root = next((node for node in marked if prose(units_of(node)) > _AGREED * whole), page.body)
    dropped: Dropped = {}
    for node in descend(root):
        if node is not root and furniture(node) and node.parent not in dropped:
            dropped[node] = furniture(node)
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
