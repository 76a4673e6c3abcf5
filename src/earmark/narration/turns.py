"""Interviews as they are typed: "JANE DOE: Nobody asked us." begins what Jane Doe says."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from earmark.article import Article, Block, Break, Footnote, Heading, Paragraph

_TURN = re.compile(r"(?P<name>[^\s:][^:\n]{0,59}):(?=\s|$)")
_BETWEEN = frozenset(" .'’-")  # that names have among their letters
_MOST_WORDS = 4  # of a name: more is a sentence
_ACRONYM = 3  # letters: what is longer is a name in capitals, as is what has several words


def with_turns(article: Article, known: Iterable[str]) -> Article:
    """Return `article` with the speaker of each paragraph from "NAME:" to the next, to a heading or to a break.

    A name is in capitals, of four words at most, or one of those that are `known`, in any case. It stays where it is
    printed, and is heard there. What has a speaker already keeps it.
    """
    names = {_key(name): name for name in known}
    return replace(article, blocks=tuple(_told(article.blocks, names)))


def _told(blocks: Iterable[Block], names: dict[str, str]) -> Iterator[Block]:
    speaker = ""
    for block in blocks:
        if isinstance(block, Heading | Break | Footnote):
            speaker = ""
        elif isinstance(block, Paragraph):
            speaker = _name(block.content.text, names) or speaker
        own = dict(block.attributes)
        if not speaker or "speaker" in own or isinstance(block, Footnote):
            yield block
        else:
            yield replace(block, attributes=tuple(sorted({**own, "speaker": speaker}.items())))


def _name(text: str, names: dict[str, str]) -> str:
    """Return whose turn begins with `text`, "" if it is nobody's."""
    found = _TURN.match(text)
    if found is None:
        return ""
    printed = found["name"].strip()
    if _key(printed) in names:
        return names[_key(printed)]
    shouted = printed[0].isalpha() and printed == printed.upper() != printed.lower()
    if (
        not shouted
        or len(printed.split()) > _MOST_WORDS
        or not all(one.isalpha() or one in _BETWEEN for one in printed)
    ):
        return ""
    words = printed.split()
    return (
        printed if len(words) == 1 and len(printed) <= _ACRONYM else " ".join(map(str.title, words)).replace("’S", "’s")
    )


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
