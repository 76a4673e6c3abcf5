"""What others say where the article is: the page's own JSON-LD, and trafilatura where it is installed."""

import re

_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+")  # Chinese and Japanese print no space between words
_GRAM = 4
_MANY_MARKS = 8_000
_MOST_MARKS = 30_000


class Opinion:
    """A text that somebody takes for the article; asked of each run of words whether it is in it."""

    def __init__(self, text: str) -> None:
        """Index the text by its shingles of four words."""
        self.words = words(text)
        self._grams = set(shingles(self.words))
        self._lines = {" ".join(words(line)) for line in text.split("\n")}

    def holds(self, text: str) -> float:
        """Return how much of `text` is in it, from 0 to 1."""
        found = words(text)
        if not found:
            return 0.0
        if len(found) < _GRAM:
            return 1.0 if " ".join(found) in self._lines else 0.0
        grams = shingles(found)
        return sum(gram in self._grams for gram in grams) / len(grams)


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.lower())


def shingles(found: list[str]) -> list[tuple[str, ...]]:
    """Return every four words that follow each other; all of them where there are fewer."""
    if len(found) < _GRAM:
        return [tuple(found)] if found else []
    return list(zip(*(found[at:] for at in range(_GRAM)), strict=False))


def second_opinion(html: str) -> Opinion | None:
    """Return what trafilatura takes for the article, None without the extra `[pages]` or where it finds nothing."""
    try:
        import trafilatura  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415 (an extra, and slow to load)
    except ImportError:
        return None
    marks = html.count("<")
    if marks > _MOST_MARKS:
        return None
    text = trafilatura.extract(
        html,
        fast=marks > _MANY_MARKS,  # its second thoughts take time that grows with the square of a page's parts
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        with_metadata=False,
        deduplicate=False,
    )
    return Opinion(text) if text else None
