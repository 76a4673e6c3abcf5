"""HTML files: a fragment is walked whole; of a page that a publishing system made, the article is taken out first."""

import re

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from earmark.article import Metadata, Problem, Severity
from earmark.errors import ReadError
from earmark.readers.caps import check_html
from earmark.readers.html import blocks_in, blocks_of
from earmark.readers.lines import SourceLines
from earmark.readers.page.about import About, about
from earmark.readers.page.choosing import Choice, choose_article, fall_back, verdicts
from earmark.readers.page.evidence import Opinion, second_opinion
from earmark.readers.page.hints import framed
from earmark.readers.page.tree import Page, page_of
from earmark.readers.references import references_in
from earmark.readers.source import Reading, Source
from earmark.readers.unclosed import unclosed

_PAGE = re.compile(r"<(?:!doctype|html|head|body|title|meta)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>\n]*+>")
_OF_A_PAGE = 0.4  # of the tags that are read, where the article has to be looked for among them: that takes longer
_TRUSTED = 400  # characters of a text in JSON-LD; shorter ones are teasers


def read(source: Source) -> Reading:
    """Return the blocks of an HTML text, the problems seen in them, and what a page says of itself.

    Raises `ReadError` beyond the caps.
    """
    marks = source.text.count("<")
    if marks > source.most_tags:
        raise _too_many(source.most_tags, source)
    finder = SourceLines(source.text, first_line=source.first_line, printed=_TAG.sub("", source.text))
    lost = unclosed(source.text, source.text, first_line=source.first_line)
    if not _PAGE.search(source.text):
        blocks, problems = blocks_of(
            source.text,
            name=source.name,
            language=source.language,
            most_nesting=source.most_nesting,
            find_line=finder,
            linked_notes=True,
        )
        return Reading(blocks, (*lost, *problems))
    check_html(source.text, name=source.name)
    tree = LexborHTMLParser(source.text)
    said = about(tree)
    language = source.language or said.metadata.language
    body = tree.body
    told: tuple[Problem, ...] = ()
    left_out: dict[int, str] = {}
    if body is not None:
        page = page_of(body)
        if framed(page.body):
            if marks > (most := round(source.most_tags * _OF_A_PAGE)):
                raise _too_many(most, source)
            choice, told = _article(page, source.text, said)
            left_out = verdicts(page, choice)
    blocks, problems = blocks_in(
        body,
        name=source.name,
        language=language,
        most_nesting=source.most_nesting,
        find_line=finder,
        left_out=left_out,
        references=references_in(body) if body is not None else None,
    )
    return Reading(blocks, (*lost, *told, *problems), _known(said))


def _too_many(most: int, source: Source) -> ReadError:
    hint = "Give earmark the article alone, or raise [reading] most_tags"
    return ReadError(f"it has more than {most:,} tags", source=source.name, hint=hint)


def _article(page: Page, html: str, said: About) -> tuple[Choice, tuple[Problem, ...]]:
    """Return what of a page is its article, and what an editor should know of that."""
    second = second_opinion(html)
    printed = Opinion(said.body) if len(said.body) >= _TRUSTED else None
    opinions = [opinion for opinion in (second, printed) if opinion is not None]
    choice = choose_article(page, opinions, said.metadata.authors, said.metadata.description)
    kept = f"{choice.told} of its {choice.paragraphs} paragraphs" if choice.paragraphs != 1 else "its paragraph"
    if choice.sure or choice.told * 2 >= choice.paragraphs:
        hint = "What stands around the article is not listed; what is left out inside it is."
        return choice, (
            Problem("page-extracted", Severity.INFO, f"the article was taken out of a whole page: {kept}", hint),
        )
    message = f"taking the article out of the page kept {kept}, which is too few: all that is no furniture by its name is read"
    hint = "Give earmark the article alone, or mark it with <article> or <main>."
    return fall_back(page), (Problem("page-not-extracted", Severity.WARNING, message, hint),)


def _known(said: About) -> Metadata:
    """Return what the page says of itself; a picture from elsewhere is no cover, since nothing is fetched."""
    cover = said.metadata.cover
    near = bool(cover) and "://" not in cover and not cover.startswith(("//", "data:", "/"))
    return replace(said.metadata, cover=cover if near else "")
