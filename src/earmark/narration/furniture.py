"""Newspaper furniture: lines that stand in an article and are no part of it.

Precision first: a line that is told although it is furniture costs a listener seconds; a sentence that
is left out costs them the article. So only whole blocks are judged, only short ones, and only by
wording that prose does not use. Every one that is left out is listed with its reason.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from earmark.article import Block, Heading, Inline, List, ListItem, MarkKind, Paragraph, children, walk
from earmark.narration.furniture_alone import BOX_END, TAGS_HEADING, alone, in_company
from earmark.narration.furniture_words import (
    ADVERTISEMENT,
    COOKIES,
    CREDIT,
    CREDIT_ALONE,
    DASHED_LABEL,
    FOLLOW,
    LINK_OPENING,
    LOUD_LABEL,
    NAME,
    NAVIGATION,
    QUIET_LABEL,
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
_FEWEST_WORDS = 4  # of a headline; a subheading has mostly fewer
_MOST_TAG_WORDS = 5
_BOX = 4  # blocks of a newsletter's box
_HEADINGS_TOO = frozenset({"navigation", "share"})  # reasons whose words head sections as well
# "Save." is what somebody says; a button has no full stop.
_SHORT_SENTENCE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\.")
_STOPPED = re.compile(r"[.!?…:;,][\"”’»)]*\Z")
_RIGHTS = re.compile(r"[.,]?\s*all rights reserved\.?\s*\Z", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,2}[.)]\s+")
_DECORATION = " \t\n\u00a0\u200b»›>→▶►•·*|–—-[]()📷📸🔗👉➡️"
_PRONOUNCEABLE = re.compile(r"[^\W_]")


def find_furniture(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the ids of the blocks that are furniture, and the reason of each; their reader may have told of some."""
    found = {block.id: value for block in walk(blocks) for key, value in block.attributes if key == "furniture"}
    _judge(blocks, found)
    for block in walk(blocks):
        _judge(children(block), found)
    return found


def _judge(siblings: Sequence[Block], found: dict[str, str]) -> None:
    """Judge blocks that follow each other: a "Related" heading takes the links under it along."""
    number = 0
    while number < len(siblings):
        block = siblings[number]
        number += 1
        if isinstance(block, List) and _is_share_list(block):
            found[block.id] = "share"
        if not isinstance(block, Heading | Paragraph) or block.id in found:
            continue
        reason = reason_for(block.content)
        text = _bare(block.content.text)
        links = _links_under(text, siblings[number:]) if RELATED_HEADING.fullmatch(text) else None
        if links is not None:
            found.update((link.id, "related-link") for link in links)
            number += len(links)
            reason = "related-link"
        # "Related news" or "Comments" over prose is a heading like any other.
        told = isinstance(block, Heading) and number < len(siblings) and not links
        if reason and not (told and (links is not None or reason in _HEADINGS_TOO)):
            found[block.id] = reason
            if reason == "sign-up":
                found.update((other.id, reason) for other in _box(siblings[number:]))
    _judge_company(siblings, found)


def _links_under(label: str, following: Sequence[Block]) -> list[Block]:
    """Return the links and headlines that a "Related" line stands over.

    Headlines without links look like subheadings: one alone is taken only where the label announces it.
    """
    links = list(takewhile(lambda block: _is_links(block) or _in_company(block), following))
    if TAGS_HEADING.fullmatch(label):
        return [*links, *takewhile(_is_tag, following[len(links) :])]
    headlines = list(takewhile(_is_loose_headline, following[len(links) :]))
    announced = links or label.endswith(":") or len(headlines) > 1
    return [*links, *headlines] if announced else links


def _box(following: Sequence[Block]) -> Sequence[Block]:
    """Return the rest of a newsletter's box, as far as a line near by says where it ends."""
    for number, block in enumerate(following[:_BOX]):
        if not isinstance(block, Paragraph) or len(block.content.text) > _LONGEST:
            break
        if BOX_END.match(_bare(block.content.text)):
            return following[: number + 1]
    return ()


def _judge_company(siblings: Sequence[Block], found: dict[str, str]) -> None:
    """Judge words that are furniture only beside furniture: "Facebook" over "Copy link", "Topics" at the foot."""
    run: list[tuple[str, str | None]] = []
    known = False
    for block in (*siblings, None):
        furnished = block is not None and block.id in found
        weak = _in_company(block) if block is not None and not furnished else None
        if block is not None and (furnished or weak):
            known |= furnished
            run.append((block.id, weak))
            continue
        if known or len(run) > 1:
            found.update((name, reason) for name, reason in run if reason)
        run, known = [], False


def _in_company(block: Block) -> str | None:
    return in_company(_bare(block.content.text)) if isinstance(block, Paragraph) else None


def reason_for(content: Inline) -> str | None:
    """Return why a whole heading or paragraph is furniture, None if it is the article's own."""
    text = _bare(content.text)
    if not text or len(text) > _LONGEST or REPORTED.search(text) or _SHORT_SENTENCE.fullmatch(text):
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
    by_itself = alone(text)
    if by_itself:
        return by_itself
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
    names = _RIGHTS.sub("", text[match.end() :])
    if match[0].lower().startswith("credit") and _STOPPED.search(names):
        return None
    words = re.split(r"[\s/,;|&+()\[\]]+", names.strip(" .:"))
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
    label = DASHED_LABEL.match(text) or LOUD_LABEL.match(text) or QUIET_LABEL.match(text)
    return label is not None and (linked or _is_headline_text(text[label.end() :], loud=label.re is LOUD_LABEL))


def _is_headline_text(text: str, *, loud: bool = False) -> bool:
    """Tell whether words read like a headline: a capital first and no full stop last."""
    return (loud or not text[:1].islower()) and not _STOPPED.search(text)


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


def _is_loose_headline(block: Block) -> bool:
    """Tell whether a paragraph of plain text is a headline, and not the first sentence of anything."""
    if not isinstance(block, Paragraph):
        return False
    text = _COUNT.sub("", _bare(block.content.text), count=1)
    return len(text.split()) >= _FEWEST_WORDS and len(text) <= _HEADLINE and _is_headline_text(text)


def _is_tag(block: Block) -> bool:
    """Tell whether a paragraph names topics: a few words each, and no sentence."""
    if not isinstance(block, Paragraph):
        return False
    tags = _bare(block.content.text).split(", ")
    return all(0 < len(tag.split()) <= _MOST_TAG_WORDS and _is_headline_text(tag) for tag in tags)


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
