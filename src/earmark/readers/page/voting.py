"""What several extractors say of each run of words, and what follows where they differ."""

import re
from collections import Counter
from collections.abc import Callable

from earmark.readers.page.evidence import Opinion
from earmark.readers.page.hints import HEADINGS, furniture, standfirst, unlikely
from earmark.readers.page.pruning import Dropped
from earmark.readers.page.scoring import Chosen
from earmark.readers.page.tree import Node, ancestors, descend
from earmark.readers.page.units import Unit, units_of

Votes = dict[Unit, tuple[bool, ...]]

_HELD = 0.6  # of a run's shingles in an opinion: it has that run
_AGREED = 0.5
_STRONG = 0.8
_PROSE = 80  # characters of a paragraph
_FEW_LINKS = 0.3
_TOO_MUCH = 0.3  # of the prose: no name of a class makes so much of an article furniture
_NOTE = 600  # characters behind an article that may be a note on it
_LABEL = 40
_FEW_WORDS = 2
_SEVERAL = 3
_STRONG_TAGS = frozenset({"b", "strong", "u"})
_HEADING = re.compile(r"(?:^|[\s_-])(?:sub)?-?(?:head(?:ing|line|er)?|title|crosshead\w*|subhead\w*)(?=$|[\s_-])")
_QUOTED = frozenset({"table", "blockquote", "figure"})
_ENDED = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]」』]*\Z")
_KEPT_SHAPES = frozenset(
    ["li", "td", "th", "dd", "dt", "pre", "figcaption", "caption", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]
)
_NEVER_RESTORED = frozenset(
    {"author-box", "comments", "related-link", "credit", "byline", "cookie-notice", "sign-up", "share", "control"}
)


def held(unit: Unit, opinions: list[Opinion]) -> tuple[bool, ...]:
    """Return for each opinion whether it has a run of words."""
    return tuple(opinion.holds(unit.text) >= _HELD for opinion in opinions)


def prose(units: list[Unit]) -> int:
    """Return how many characters of paragraphs are in `units`."""
    return sum(len(unit.text) for unit in units if len(unit.text) >= _PROSE and unit.link_density < _FEW_LINKS)


def reads(unit: Unit) -> bool:
    """Tell whether a run of words reads like a paragraph of prose."""
    return len(unit.text) >= _PROSE and unit.link_density < _FEW_LINKS and bool(_ENDED.search(unit.text))


def settle(body: Node, chosen: Chosen, everything: list[Unit], votes: Votes, opinions: int) -> Chosen:
    """Return our own choice, or another's where that has far more of the article's prose."""
    for at in range(opinions):
        others = [unit for unit in everything if votes[unit][at]]
        within = {node for root in chosen.roots for node in descend(root)}
        own = [unit for unit in everything if unit.holder in within]
        ours, theirs = prose(own), prose(others)
        both = prose([unit for unit in others if unit.holder in within])
        if theirs and both < _AGREED * theirs and (theirs > 0.7 * ours or theirs > 2 * both + _PROSE):
            chosen = Chosen([_smallest(body, others)], chosen.without)
    return _joined(chosen, votes)


def _joined(chosen: Chosen, votes: Votes) -> Chosen:
    """Return a choice with the parts next to it that somebody else takes for the article's: its end, in a box of its own."""
    known = {node for root in chosen.roots for node in descend(root)}
    wanted: dict[Node, int] = {}
    for unit, vote in votes.items():
        if unit.holder not in known and any(vote) and reads(unit):
            for node in (unit.holder, *ancestors(unit.holder)):
                wanted[node] = wanted.get(node, 0) + len(unit.text)
    roots = set(chosen.roots)
    holders = dict.fromkeys(
        root.parent for root in chosen.roots if root.parent is not None and root.parent.tag != "body"
    )
    ordered = [
        child for holder in holders for child in holder.children if child in roots or _is_part(child, wanted, chosen)
    ]
    return Chosen(ordered, chosen.without) if len(ordered) > len(roots) else chosen


def _is_part(node: Node, wanted: dict[Node, int], chosen: Chosen) -> bool:
    """Tell whether nearly all prose of an element beside the article is wanted by others."""
    if node not in wanted or node in chosen.without or furniture(node) or unlikely(node):
        return False
    return node.link_density < _FEW_LINKS and wanted[node] > _STRONG * prose(units_of(node))


def _smallest(body: Node, others: list[Unit]) -> Node:
    """Return the smallest element that holds nearly all of some runs of words."""
    inside: dict[Node, int] = {}
    for unit in others:
        for node in (unit.holder, *ancestors(unit.holder)):
            inside[node] = inside.get(node, 0) + len(unit.text)
    least = 0.9 * inside.get(body, 0)  # nearly all
    fitting = [node for node, size in inside.items() if size >= least]
    return min(fitting, key=lambda node: (node.size, -sum(1 for _ in ancestors(node))), default=body)


def restored(roots: list[Node], dropped: Dropped, votes: dict[Node, tuple[bool, ...]]) -> list[Node]:
    """Return what is no furniture after all: others have its prose, or too much of the article is called so."""
    inside = {node: units_of(node) for node in dropped}
    total = prose([unit for root in roots for unit in units_of(root)]) or 1
    amounts: dict[str, int] = {}
    for node, reason in dropped.items():
        amounts[reason] = amounts.get(reason, 0) + prose(inside[node])
    found: list[Node] = []
    for node, reason in dropped.items():
        size = prose(inside[node])
        if not size or node.link_density > _FEW_LINKS:
            continue
        wanted = prose([unit for unit in inside[node] if any(votes.get(unit.nodes[0], ()))])
        vetoed = reason not in _NEVER_RESTORED and wanted > _STRONG * size
        if vetoed or (amounts[reason] > _TOO_MUCH * total and reason != "comments"):
            found.append(node)
    names = {(node.tag, node.names) for node in found if node.names}
    back = set(found)  # a short line between paragraphs that are called like it is one of them
    return found + [
        node
        for node in dropped
        if node not in back and node.tag == "p" and not node.linked and (node.tag, node.names) in names
    ]


def outvoted(units: list[Unit], votes: Votes) -> set[Unit]:
    """Return the runs at either end, and odd lines between, that nobody else takes for the article's."""
    wanted = [at for at, unit in enumerate(units) if any(votes[unit])]
    if not wanted or prose([units[at] for at in wanted]) < _AGREED * prose(units):
        return set()
    first, last = wanted[0], wanted[-1]
    begins = next((at for at, unit in enumerate(units[:first]) if at and _leads(unit)), first)
    between = [unit for unit in units[begins:first] if unit.holder.tag not in HEADINGS]
    head, middle, tail = (
        units[:begins] + between,
        units[first:last],
        [unit for unit in units[last + 1 :] if not _caption(unit)],
    )
    shapes = _shapes([unit for unit in units[first : last + 1] if any(votes[unit]) and reads(unit)])
    out = {unit for unit in head if unit.holder.tag != "h1" and not _leads(unit) and not standfirst(unit.holder)}
    out |= {unit for unit in middle if not any(votes[unit]) and _odd(unit) and _shape(unit) not in shapes}
    out |= _labels(units, votes)
    long = sum(len(unit.text) for unit in tail if reads(unit))
    goes_on = long > max(_NOTE, 0.15 * sum(len(unit.text) for unit in units))  # more than a note on the author
    return out | {unit for unit in tail if not (goes_on and (reads(unit) or unit.holder.tag in _KEPT_SHAPES))}


def _shape(unit: Unit) -> tuple[str, str] | None:
    """Return what the element is called that holds a run of words without links, None where it has no name."""
    holder = unit.holder
    return (holder.tag, holder.names) if holder.names and not unit.linked else None


def _shapes(units: list[Unit]) -> set[tuple[str, str] | None]:
    """Return what paragraphs of the article are called, where several are called so."""
    counts = Counter(map(_shape, units))
    return {shape for shape, count in counts.items() if shape and count >= _SEVERAL}


def _labels(units: list[Unit], votes: Votes) -> set[Unit]:
    """Return the items of lists that nobody else has any of, where each is a word or two: services, sections, buttons."""
    lists: dict[Node, list[Unit]] = {}
    for unit in units:
        holder = next((held for held in (unit.holder, *ancestors(unit.holder, 3)) if held.tag in ("ul", "ol")), None)
        if holder is not None:
            lists.setdefault(holder, []).append(unit)
    return {
        unit
        for items in lists.values()
        if not any(any(votes[unit]) for unit in items)
        and all(len(unit.text.split()) <= _FEW_WORDS and not _ENDED.search(unit.text) for unit in items)
        and not any(holder.tag in _QUOTED for holder in ancestors(items[0].holder, 4))
        for unit in items
    }


def _caption(unit: Unit) -> bool:
    """Tell whether a run is what a gallery says under its pictures, in sentences."""
    if not (unit.holder.tag == "figcaption" or any(holder.tag == "figcaption" for holder in ancestors(unit.holder, 3))):
        return False
    return len(unit.text) >= _LABEL and bool(_ENDED.search(unit.text))


def _odd(unit: Unit) -> bool:
    """Tell whether a run that only we take for the article's reads like none of it."""
    if unit.holder.tag in _KEPT_SHAPES or _ENDED.search(unit.text) or (not unit.linked and _heads(unit)):
        return False
    return unit.link_density > _AGREED or len(unit.text) < _LABEL


def _heads(unit: Unit) -> bool:
    """Tell whether a line without links looks like a heading: all of it is strong, or its element is called so."""
    if all(node.tag in _STRONG_TAGS for node in unit.nodes) or unit.holder.tag in _STRONG_TAGS:
        return True
    return any(bool(_HEADING.search(holder.names)) for holder in (unit.holder, *ancestors(unit.holder, 1)))


def overheard(
    everything: list[Unit], kept: list[Unit], votes: Votes, *, known: set[Node], leads: Callable[[Unit], bool]
) -> list[Unit]:
    """Return prose outside our choice that others take for the article's: its opening, or a part that we missed."""
    extra = [
        unit
        for unit in everything
        if unit.holder not in known
        and (_leads(unit) or (leads(unit) and _begins(unit)))
        and (any(votes[unit]) or leads(unit))
    ]
    teasing = {holder for holder in dict.fromkeys(unit.holder.parent for unit in extra) if holder and _teases(holder)}
    extra = [unit for unit in extra if unit.holder.parent not in teasing]
    if not extra or not kept:
        return [unit for unit in extra if reads(unit)]
    order = {unit.nodes[0]: at for at, unit in enumerate(everything)}
    begins = min(order.get(unit.nodes[0], 0) for unit in kept)
    titled = max((at for at, unit in enumerate(everything[:begins]) if unit.holder.tag == "h1"), default=begins)
    missed = prose([unit for unit in extra if any(votes[unit])]) > 0.15 * prose(kept)
    return [
        unit
        for unit in extra
        if (missed and reads(unit) and any(votes[unit]))
        or (order[unit.nodes[0]] < begins and (any(votes[unit]) or order[unit.nodes[0]] > titled))
    ]


def _teases(holder: Node) -> bool:
    """Tell whether an element holds a headline that is the way to another article."""
    return any(
        node.tag in HEADINGS and (node.link_density > _STRONG or child.tag == "a")
        for child in holder.children
        for node in (child, *child.children)
    )


def _leads(unit: Unit) -> bool:
    """Tell whether a run of words could lead into an article: a sentence without links."""
    return len(unit.text) >= _LABEL and not unit.linked and bool(_ENDED.search(unit.text))


def _begins(unit: Unit) -> bool:
    """Tell whether a run of words without links is long enough to be an opening, whatever ends it."""
    return len(unit.text) >= _LABEL and not unit.linked


def agree(kept: list[Unit], everything: list[Unit], votes: Votes) -> bool:
    """Tell whether somebody else takes for the article what we keep, and little more."""
    begun = {unit.nodes[0] for unit in kept}
    ours = prose(kept)
    for at in range(max((len(vote) for vote in votes.values()), default=0)):
        others = [unit for unit in everything if votes[unit][at]]
        both = prose([unit for unit in others if unit.nodes[0] in begun])
        if both and both > _STRONG * ours and both > _STRONG * prose(others):
            return True
    return False
