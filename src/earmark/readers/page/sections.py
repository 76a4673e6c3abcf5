"""Lines that only lead to other articles, and headings that nothing is left under."""

import re
from collections.abc import Callable, Sequence

from earmark.readers.page.pruning import Dropped, is_data
from earmark.readers.page.tree import TEXT, Node, ancestors, descend
from earmark.readers.page.units import Unit

_LINKED = 0.85
_MOST = 0.3  # of an article's words: one that is made of links is a list of them, and that is what it says
_LONGEST = 220
_LABELLED = re.compile(r"[^\W\d_][^:|»›→>]{1,40}[:|»›→>–—-]\s*\Z")
_ARROWS = re.compile(r"\A[\s»›→▶►•·*|–—>👉🔗-]+\Z")
_BETWEEN_LINKS = re.compile(r"(?:[\s,;.|/)\]»›→·•–—&]|\b(?:and|or|und|et|y|e)\b)+", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…。][\"'”’»)\]]*\Z")
_NOT_LINES = frozenset(
    {"td", "th", "dt", "dd", "h1", "h2", "h3", "figcaption", "caption", "pre", "summary", "sup", "cite"}
)
_CLOSING = 6  # runs of words at the end that are looked at
_OPENING = 12
_LONGEST_BYLINE = 100
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|von|door|av|published|posted|updated|last (?:updated|modified)|first published|veröffentlicht|stand|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|опубликовано|обновлено)\b:?\s+[^.!?]{2,80}\Z"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}[./ ]\s?)?(?:[^\W\d]{3,10}\.?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d\b[\s\d:,.|apmAPMGTBSTUCEDT–-]*\Z"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b[\s\d:,.|apmuhr-]*\Z|\d{1,3}\s*(?:min(?:ute)?s?|мин\.?|分)(?:\s*(?:read|lesezeit|de lecture|de lectura|чтения))?\.?\Z",
    re.IGNORECASE,
)
_LONGEST_BIO = 500
_RIGHTS = re.compile(
    r"(?:copyright\b|©|\(c\) ?\d{4}|all rights reserved|alle rechte vorbehalten|tous droits réservés)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:about the (?:author|writer)s?|über (?:den autor|die autorin)|à propos de l['’]auteur|sobre (?:el autor|la autora))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[,)]?\s+(?:is|was|has|are|writes|covers|reports|lives|works|teaches|holds|leads|edits|joined|contributes|can be|ist|war|schreibt"
    r"|arbeitet|lebt|berichtet|leitet|est|écrit|travaille|vit|couvre|es|escribe|trabaja|vive|cubre|è|scrive|é|escreve)\b"
)
_LONGEST_TEASER = 400  # characters under a headline
_FEWEST_TEASERS = 2
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 6


def link_lines(units: list[Unit]) -> dict[Unit, str]:
    """Return the runs of words that are nothing but the way to another article."""
    total = sum(len(unit.text) for unit in units) or 1
    found = {unit: "related-link" for unit in units if _leads_away(unit)}
    return found if sum(len(unit.text) for unit in found) <= _MOST * total else {}


def closing_lines(units: list[Unit], authors: Sequence[str]) -> dict[Unit, str]:
    """Return what a page says after its article: who wrote it, and whose it is."""
    found: dict[Unit, str] = {}
    for unit in reversed(units[-_CLOSING:]):
        if _RIGHTS.match(unit.text) and len(unit.text) <= _LONGEST:
            found[unit] = "copyright"
        elif len(unit.text) <= _LONGEST_BIO and _tells_of(unit.text, authors):
            found[unit] = "author-box"
        elif len(unit.text) > _LONGEST_BIO:
            break
    return found


def closing_teasers(units: list[Unit], reads: Callable[[Unit], bool]) -> dict[Unit, str]:
    """Return what stands at the end under headlines that lead to other articles: a few lines to each, two headlines or more."""
    at, begins, headlines, most = len(units), len(units), 0, 0
    while at:
        at -= 1
        unit = units[at]
        if unit.holder.tag in _LEVELS or any(holder.tag in _LEVELS for holder in ancestors(unit.holder, 2)):
            if unit.link_density < _LINKED:
                break
            headlines += 1
            begins, most = at, 0
        else:
            most += len(unit.text)
            if most > _LONGEST_TEASER or (unit.linked and reads(unit)):
                break
    before = sum(len(unit.text) for unit in units[:begins] if reads(unit))
    if headlines < _FEWEST_TEASERS or before < sum(len(unit.text) for unit in units[begins:]):
        return {}
    return dict.fromkeys(units[begins:], "related-link")


def opening_lines(units: list[Unit], authors: Sequence[str], reads: Callable[[Unit], bool]) -> dict[Unit, str]:
    """Return what stands above the first paragraph and names who wrote it, when, or how long it takes."""
    found: dict[Unit, str] = {}
    for unit in units[:_OPENING]:
        if reads(unit):
            break
        if unit.holder.tag == "h1" or len(unit.text) > _LONGEST_BYLINE:
            continue
        if _BYLINE.match(unit.text) or any(len(author) > 4 and author in unit.text for author in authors):  # noqa: PLR2004 (a name)
            found[unit] = "byline"
    return found


def _tells_of(text: str, authors: Sequence[str]) -> bool:
    """Tell whether a paragraph is about one of the authors: it begins with a name, and goes on as a note on them does."""
    if _ABOUT.match(text):
        return True
    for author in authors:
        at = text.find(author, 0, len(author) + 20)
        if at >= 0 and " " in author and _GOES_ON.match(text, at + len(author)):
            return True
    return False


def _leads_away(unit: Unit) -> bool:
    if unit.holder.tag in _NOT_LINES or len(unit.text) > _LONGEST or not unit.linked:
        return False
    if any(
        holder.tag in ("blockquote", "dl", "figure") or (holder.tag == "table" and is_data(holder))
        for holder in ancestors(unit.holder, 4)
    ):
        return False
    words = unit.text.split()
    in_list = unit.holder.tag == "li" or any(holder.tag in ("ul", "ol") for holder in ancestors(unit.holder, 3))
    if in_list:
        return False  # a list is judged as one
    if _outward(unit):
        return False
    if unit.link_density >= _LINKED:
        return len(words) >= 3 or not _ENDED.search(unit.text)  # noqa: PLR2004 (a headline)
    before, linked, after = _parted(unit)
    return bool(
        linked
        and not _BETWEEN_LINKS.sub("", after)
        and (_LABELLED.match(before) or _ARROWS.match(before))
        and len(before.split()) <= 6  # noqa: PLR2004 (a label)
        and not _ENDED.search(linked)
    )


def _outward(unit: Unit) -> bool:
    """Tell whether it is an address, or a mark of a note, rather than a headline."""
    return "://" in unit.text or unit.text.startswith(("@", "#", "[", "www.")) or unit.text.rstrip(".").isdigit()


def _parted(unit: Unit) -> tuple[str, str, str]:
    """Return the words before the first link, those of links, and other words after it."""
    before: list[str] = []
    linked: list[str] = []
    after: list[str] = []
    for node in unit.nodes:
        for inner in descend(node):
            if inner.tag == TEXT and inner.text:
                inside = inner is not node and any(holder.tag == "a" for holder in ancestors(inner, 6))
                (linked if inside else after if linked else before).append(inner.text)
    return " ".join(before), " ".join(linked), " ".join(after)


def empty_sections(roots: list[Node], units: list[Unit], found: dict[Unit, str], dropped: Dropped) -> dict[Unit, str]:
    """Return the headings under which something was left out and nothing is left."""
    told = {unit.nodes[0]: unit for unit in units}
    happened = [node for root in roots for node in _marked(root, told, dropped)]
    under: list[tuple[bool, str]] = [(False, "")] * (_DEEPEST + 1)  # by level: whether words are left, and what is gone
    empty: dict[Unit, str] = {}
    for node in reversed(happened):
        unit = told.get(node)
        reason = dropped.get(node, "") or (found.get(unit, "") if unit else "")
        level = _LEVELS.get(unit.holder.tag, 0) if unit and not reason else 0
        if unit and level > 1:
            left, gone = under[level]
            under[level:] = [(False, "")] * (_DEEPEST + 1 - level)
            if not left and gone:
                empty[unit] = reason = gone
        under = [(left or not reason, reason or gone) for left, gone in under]
        if unit and level > 1:
            under[level:] = [(False, "")] * (_DEEPEST + 1 - level)
    return empty


def _marked(root: Node, told: dict[Node, Unit], dropped: Dropped) -> list[Node]:
    """Return what is left out and where runs of words begin, in document order."""
    found: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node in dropped or node in told:
            found.append(node)
        if node not in dropped:
            stack.extend(reversed(node.children))
    return found
