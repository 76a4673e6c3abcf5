"""Newspaper furniture: lines that stand in an article and are no part of it.

Precision first: a line that is told although it is furniture costs a listener seconds; a sentence that
is left out costs them the article. So only whole blocks are judged, only short ones, and only by
wording that prose does not use. Every one that is left out is listed with its reason.
"""

import re

from earmark.article import Block, Heading, Inline, List, ListItem, MarkKind, Paragraph, children, walk
from earmark.narration.furniture_words import (
    ADVERTISEMENT,
    COOKIES,
    CREDIT,
    CREDIT_ALONE,
    FOLLOW,
    LINK_OPENING,
    LOUD_LABEL,
    NAME,
    NAVIGATION,
    RELATED_ALONE,
    RELATED_HEADING,
    RELATED_LABEL,
    REPORTED,
    SHARE_ALONE,
    SHARE_WORD,
    SHOUTED_LABEL,
    SIGN_UP,
)

_LONGEST = 320
_HEADLINE = 140
_FEWEST_SHARES = 2
_DECORATION = " \t\n\u00a0\u200b»›>→▶►•·*|–—-[]()📷📸🔗👉➡️"
_PRONOUNCEABLE = re.compile(r"[^\W_]")


def find_furniture(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Return the ids of the blocks that are furniture, and the reason of each."""
    found: dict[str, str] = {}
    _judge(blocks, found)
    for block in walk(blocks):
        _judge(children(block), found)
    return found


def _judge(siblings: tuple[Block, ...], found: dict[str, str]) -> None:
    """Judge blocks that follow each other: a "Related" heading takes the links under it along."""
    number = 0
    while number < len(siblings):
        block = siblings[number]
        number += 1
        if isinstance(block, List) and _is_share_list(block):
            found[block.id] = "share"
        if not isinstance(block, Heading | Paragraph):
            continue
        reason = reason_for(block.content)
        heads = bool(RELATED_HEADING.fullmatch(_bare(block.content.text)))
        first = number
        while heads and number < len(siblings) and _is_links(siblings[number]):
            found[siblings[number].id] = "related-link"
            number += 1
        if heads:
            # "Related news" over prose is a heading like any other.
            over_prose = isinstance(block, Heading) and number == first and number < len(siblings)
            reason = None if over_prose else "related-link"
        if reason:
            found[block.id] = reason


def reason_for(content: Inline) -> str | None:
    """Return why a whole heading or paragraph is furniture, None if it is the article's own."""
    text = _bare(content.text)
    if not text or len(text) > _LONGEST or REPORTED.search(text):
        return None
    linked = _is_linked(content)
    if _is_related(text, linked=linked):
        return "related-link"
    for reason, pattern in (
        ("advertisement", ADVERTISEMENT),
        ("navigation", NAVIGATION),
        ("share", SHARE_ALONE),
        ("share", FOLLOW),
        ("cookie-notice", COOKIES),
        ("sign-up", SIGN_UP),
    ):
        if pattern.match(text):
            return reason
    shares = [word for word in re.split(r"[\s,|/·•]+", text) if word]
    if len(shares) >= _FEWEST_SHARES and all(SHARE_WORD.fullmatch(word) for word in shares):
        return "share"
    return credit(text)


def credit(text: str) -> str | None:
    """Return "credit" for a photographer's line: a label and names, and nothing that is a sentence."""
    text = _bare(text)
    if len(text) > _HEADLINE or "\n" in text:
        return None
    if CREDIT_ALONE.fullmatch(text):
        return "credit"
    match = CREDIT.match(text)
    if match is None:
        return None
    words = re.split(r"[\s/,;|&+()\[\]]+", text[match.end() :].strip(" .:"))
    named = [word for word in words if word]
    return "credit" if named and all(NAME.fullmatch(word) for word in named) else None


def _is_related(text: str, *, linked: bool) -> bool:
    if RELATED_ALONE.fullmatch(text) or SHOUTED_LABEL.match(text):
        return True
    if linked and LINK_OPENING.match(text):
        return True
    label = RELATED_LABEL.match(text)
    if label:
        # "Read more: that was all his advice": what follows the label of a link is a headline.
        return linked or not text[label.end()].islower()
    return bool(LOUD_LABEL.match(text))


def _bare(text: str) -> str:
    return text.strip(_DECORATION)


def _is_linked(content: Inline) -> bool:
    """Tell whether every word is inside a link."""
    position = 0
    links = False
    for mark in content.marks:
        if mark.kind is MarkKind.LINK and mark.end > position:
            if _PRONOUNCEABLE.search(content.text, position, max(position, mark.start)):
                return False
            position, links = mark.end, True
    return links and not _PRONOUNCEABLE.search(content.text, position)


def _is_links(block: Block) -> bool:
    """Tell whether a block under a "Related" heading holds nothing but links, or headlines in a list."""
    if isinstance(block, Paragraph):
        return _is_linked(block.content)
    return isinstance(block, List) and bool(block.items) and all(_is_headline(item) for item in block.items)


def _is_headline(item: Block) -> bool:
    match item:
        case ListItem(blocks=(Paragraph(content=content),)):
            short = len(content.text) <= _HEADLINE and not content.text.endswith(".")
            return _is_linked(content) or short
        case _:
            return False


def _is_share_list(block: List) -> bool:
    texts = [
        item.blocks[0].content.text
        for item in block.items
        if isinstance(item, ListItem) and len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)
    ]
    shares = [text for text in texts if SHARE_WORD.fullmatch(_bare(text)) or SHARE_ALONE.match(_bare(text))]
    return len(block.items) == len(shares) >= _FEWEST_SHARES
