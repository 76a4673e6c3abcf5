"""Which rule tells which kind of block."""

from msgspec.structs import replace

from earmark.article import (
    Aside,
    Block,
    Break,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Table,
    Term,
)
from earmark.narration.asides import tell_aside, tell_quote
from earmark.narration.chapters import opening_words, title_of, uncapped
from earmark.narration.desk import Desk, Scope
from earmark.narration.figures import tell_embed, tell_figure
from earmark.narration.furniture_lines import without_furniture
from earmark.narration.listings import tell_code
from earmark.narration.lists import tell_item, tell_list, tell_term
from earmark.narration.notes import tell_notes
from earmark.narration.prose import tell
from earmark.narration.recorded import with_attributes
from earmark.narration.script import PARAGRAPH, ChapterStart
from earmark.narration.speakers import Turns, heading_voice
from earmark.narration.stretches import primary
from earmark.narration.tables import tell_table


def tell_blocks(desk: Desk, blocks: tuple[Block, ...], scope: Scope, between: int) -> None:
    """Tell blocks that follow each other, `between` ms of silence between them; furniture is listed instead."""
    assembly, turns = desk.assembly, Turns(desk, scope.speaker)
    recorded = assembly.recorded
    for number, block in enumerate(blocks):
        if number:
            assembly.pause(between)
        reason = desk.furniture.get(block.id)
        if reason:
            assembly.omit_blocks((block,), reason)
        elif block.id != desk.title_block:
            its = with_attributes(desk, block, _scope(desk, block, scope))
            assembly.recorded = recorded and bool(its.recording)
            turns.goes_to(its, block)
            assembly.recorded = bool(its.recording)
            tell_block(desk, block, its)
    turns.end()
    assembly.recorded = recorded


def _scope(desk: Desk, block: Block, scope: Scope) -> Scope:
    """Return the scope of a block; a second voice does not speak another language, but for a person's own."""
    if block.language is None or block.language == scope.language:
        return scope
    same = primary(block.language) == primary(desk.language) or scope.speaker
    return replace(scope, language=block.language, voice=scope.voice if same else "")


def tell_block(desk: Desk, block: Block, scope: Scope) -> None:  # noqa: C901, PLR0912 (one flat case a kind of block)
    """Tell one block by the rule of its kind."""
    inner = replace(scope, top=False)
    match block:
        case Heading():
            _tell_heading(desk, block, scope)
        case Paragraph():
            _tell_paragraph(desk, block, scope)
        case Quote():
            tell_quote(desk, block, inner, tell_blocks)
        case List():
            tell_list(desk, block, inner, tell_blocks)
        case ListItem():
            tell_item(desk, block, inner, tell_blocks)
        case Term():
            tell_term(desk, block, inner)
        case Code():
            tell_code(desk, block, inner)
        case Figure():
            tell_figure(desk, block, inner)
        case Table():
            tell_table(desk, block, inner)
        case Break():
            desk.assembly.pause(desk.pauses.break_)
        case Aside():
            tell_aside(desk, block, inner, tell_blocks)
        case Math():
            tell(desk, block, "text", Inline(block.text), inner)
        case Embed():
            tell_embed(desk, block, inner)
        case Footnote():
            tell_notes(desk, (block,), inner, tell_blocks)
        case _:
            raise TypeError(f"no rule tells a {type(block).__name__}")


def _tell_heading(desk: Desk, block: Heading, scope: Scope) -> None:
    """Say a heading, with a longer pause before; in the article's own flow it may start a chapter."""
    desk.assembly.pause(desk.pauses.before_heading)
    chapter = scope.top and desk.chapter_level is not None and block.level <= desk.chapter_level
    title = title_of(block.content)
    if chapter and title:
        desk.assembly.chapter(ChapterStart(title, block.id, block.level))
    desk.lead_in = True
    voice = scope.voice or heading_voice(desk, scope.language)
    tell(desk, block, "text", block.content, replace(scope, voice=voice))
    desk.assembly.drop_chapter(block.id)
    desk.assembly.pause(desk.pauses.after_heading)
    desk.lead_in = True


def _tell_paragraph(desk: Desk, block: Paragraph, scope: Scope) -> None:
    """Say a paragraph; in an article without headings it may start a chapter."""
    content = without_furniture(block.content) if desk.narration.furniture == "skip" else block.content
    if scope.top and desk.chapter_level is None:
        title = opening_words(content)
        if title:
            title = uncapped(title, scope.language, desk.context("paragraph", lead_in=True))
            desk.assembly.chapter(ChapterStart(title, block.id, PARAGRAPH))
    tell(desk, block, "text", content, scope)
    desk.assembly.drop_chapter(block.id)
