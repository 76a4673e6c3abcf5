"""Where chapters may start, and what they and the article are called."""

import re
import unicodedata
from collections.abc import Sequence

from earmark.article import Article, Block, Heading, Inline
from earmark.narration.figures import words_of
from earmark.narration.running import running
from earmark.spoken.say import say
from earmark.spoken.tokens import Context

CHAPTER_LEVEL = 2
_LONGEST = 39
# A first sentence that is a title by itself; an initial's or an abbreviation's full stop ends none.
_SENTENCE = re.compile(r"(?P<words>(?=.{12,39}[.?!]\s)[^.?!:…]*[^\W\d_]{3}(?:(?=\.)|[?!]))\.?(?=\s+[A-Z“‘\"'])")
_CAPITALS = re.compile(r"\W{0,3}[A-ZÀ-Þ]{2}|A [A-Z]{2}")
_SPACE = re.compile(r"\s+")


def title_of(content: Inline) -> str:
    """Return running text as a title: one line, without note marks and characters that nobody sees."""
    text = running("text", content).text
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs"})
    return _SPACE.sub(" ", text).strip()


def opening_words(content: Inline) -> str:
    """Return the opening words of a paragraph: its first sentence if it is short, else cut at a word under 40 characters."""
    text = title_of(Inline(content.text[:400], tuple(m for m in content.marks if m.end <= 400)))  # noqa: PLR2004 (more than enough for 39 characters)
    sentence = _SENTENCE.match(text)
    if sentence:
        return sentence["words"]
    if len(text) > _LONGEST:
        cut = text.rfind(" ", 0, _LONGEST + 1)
        text = text[: cut if cut > 0 else _LONGEST]
    return text.rstrip(" ,;:–—-(“‘\"'")


def uncapped(title: str, language: str, context: Context) -> str:
    """Return a title without the capitals that a page sets at a paragraph's start: "FOR many years" is "For many years"."""
    if not _CAPITALS.match(title):
        return title
    tokens = say(title, language, context).tokens
    return "".join(
        token.said if token.rule == "capitals" and isinstance(token.said, str) else title[token.start : token.end]
        for token in tokens
    )


def title_heading(article: Article) -> Heading | None:
    """Return the heading that is, or stands for, the article's title."""
    headings = [block for block in article.blocks if isinstance(block, Heading) and title_of(block.content)]
    if not headings:
        return None
    if not article.metadata.title:
        return headings[0]
    words = words_of(article.metadata.title)
    return next((h for h in headings if words_of(title_of(h.content)) == words), None)


def chapter_level(blocks: Sequence[Block], title: Heading | None, skipped: dict[str, str]) -> int | None:
    """Return the deepest level of heading that starts a chapter, None in an article without headings.

    That is level 2; where an article has only deeper ones, the highest of them serve. Its title is no heading.
    """
    levels = [
        block.level
        for block in blocks
        if isinstance(block, Heading) and block is not title and block.id not in skipped and title_of(block.content)
    ]
    return max(CHAPTER_LEVEL, min(levels)) if levels else None
