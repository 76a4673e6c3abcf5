"""Links: a listener goes through them as a list, and each has to tell by its own words where it leads."""

import re
from collections.abc import Iterator

from msgspec import Struct

from earmark.article import Block, Inline, Mark, MarkKind, Problem, fields
from earmark.checks.phrases import VAGUE_LINKS
from earmark.checks.rule import Reading, problem, shown, words

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_VAGUE = "Name what is found there: “the tide tables” rather than “here”."


class _Link(Struct, frozen=True):
    """A link where it stands."""

    block: Block
    inline: Inline
    mark: Mark
    text: str

    @property
    def target(self) -> str:
        """Where it leads."""
        return self.mark.value

    @property
    def name(self) -> str:
        """Its words, to compare by."""
        return words(self.text)


def link_text_vague(reading: Reading) -> Iterator[Problem]:
    """Find links that are called "here", "more" or by an arrow."""
    known = VAGUE_LINKS["en"] | VAGUE_LINKS.get(reading.metadata.language.lower().partition("-")[0], frozenset())
    for link in _links(reading):
        if link.name in known or not any(character.isalnum() for character in link.text):
            message = f"a link is called {shown(link.text)}, which doesn't tell where it leads"
            yield problem("link-text-vague", link.block, message, _VAGUE)


def link_address(reading: Reading) -> Iterator[Problem]:
    """Find links that are called by their address, which nobody wants to hear."""
    for link in _links(reading):
        if _ADDRESS.fullmatch(link.text):
            message = f"a link is called by its address, {shown(link.text)}"
            yield problem("link-address", link.block, message, "Give it the name of what is found there.")


def link_ambiguous(reading: Reading) -> Iterator[Problem]:
    """Find links that sound the same and lead to different places, each name once."""
    targets: dict[str, str] = {}
    told: set[str] = set()
    known = VAGUE_LINKS["en"] | VAGUE_LINKS.get(reading.metadata.language.lower().partition("-")[0], frozenset())
    for link in _links(reading):
        if not link.name or link.name in known or link.name in told:
            continue  # one finding says enough of it
        if targets.setdefault(link.name, link.target) != link.target:
            told.add(link.name)
            message = f"two links called {shown(link.text)} lead to different places"
            yield problem("link-ambiguous", link.block, message, "Give each a name of its own.")


def link_repeated(reading: Reading) -> Iterator[Problem]:
    """Find neighbours that lead to the same place, as a picture and its words do: one link could hold both."""
    before: _Link | None = None
    for link in _links(reading):
        if (
            before is not None
            and before.inline is link.inline
            and before.target == link.target
            and not link.inline.text[before.mark.end : link.mark.start].strip()
        ):
            message = f"the links {shown(before.text)} and {shown(link.text)} stand side by side and lead to one place"
            yield problem("link-repeated", link.block, message, "Make one link of them.")
        before = link


def _links(reading: Reading) -> Iterator[_Link]:
    for block in reading.blocks:
        for _, inline in fields(block):
            for mark in inline.marks:
                if mark.kind is MarkKind.LINK:
                    text = inline.text[mark.start : mark.end]
                    yield _Link(block, inline, mark, text)
