"""Interviews as they are typed: "JANE DOE: Nobody asked us." begins what Jane Doe says."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from earmark.article import Article, Block, Break, Footnote, Heading, Lexeme, Paragraph

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
    shouted: dict[str, str] = {}
    blocks = tuple(_told(article.blocks, names, shouted))
    given = article.metadata.lexicon
    known_words = {one.grapheme for one in given}
    said = (Lexeme(grapheme=name, alias=alias) for name, alias in shouted.items() if name not in known_words)
    return replace(article, blocks=blocks, metadata=replace(article.metadata, lexicon=(*given, *said)))


def _told(blocks: Iterable[Block], names: dict[str, str], shouted: dict[str, str]) -> Iterator[Block]:
    """Yield the blocks with their speakers; `shouted` gets the names that are no letters, as they are said."""
    speaker = ""
    for block in blocks:
        if isinstance(block, Heading | Break | Footnote):
            speaker = ""
        elif isinstance(block, Paragraph):
            printed, name = _name(block.content.text, names)
            speaker = name or speaker
            if printed != name and printed.isupper():
                shouted[printed] = name
        own = dict(block.attributes)
        if not speaker or "speaker" in own or isinstance(block, Footnote):
            yield block
        else:
            yield replace(block, attributes=tuple(sorted({**own, "speaker": speaker}.items())))


def _name(text: str, names: dict[str, str]) -> tuple[str, str]:
    """Return the name as printed, and whose turn begins with `text`; both "" if it is nobody's."""
    found = _TURN.match(text)
    if found is None:
        return "", ""
    printed = found["name"].strip()
    words = printed.split()
    if _key(printed) in names:
        return printed, names[_key(printed)]
    shouted = printed[0].isalpha() and printed == printed.upper() != printed.lower()
    if not (shouted and len(words) <= _MOST_WORDS and all(one.isalpha() or one in _BETWEEN for one in printed)):
        return "", ""
    if len(words) == 1 and len(printed) <= _ACRONYM:
        return printed, printed
    return printed, " ".join(map(str.title, words)).replace("’S", "’s")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
