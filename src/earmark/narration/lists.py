"""Lists: their own numbers said, bullets heard as pauses, nesting kept; terms and what defines them."""

from collections.abc import Callable

from earmark.article import Block, List, ListItem, Term
from earmark.narration.assembly import Lead
from earmark.narration.desk import Desk, Scope
from earmark.narration.pauses import Part
from earmark.narration.prose import tell
from earmark.narration.script import Pause

TellBlocks = Callable[[Desk, tuple[Block, ...], Scope, int], None]


def tell_list(desk: Desk, block: List, scope: Scope, tell_blocks: TellBlocks) -> None:
    """Tell a list, item by item."""
    for number, item in enumerate(block.items):
        if number:
            # A definition belongs to its term more closely than one entry to the next.
            defines = block.kind == "definition" and isinstance(item, ListItem)
            desk.assembly.pause(desk.pauses.sentence if defines else desk.pauses.item)
        tell_blocks(desk, (item,), scope, desk.pauses.item)


def tell_term(desk: Desk, block: Term, scope: Scope) -> None:
    """Tell what a definition list defines."""
    tell(desk, block, "text", block.content, scope)


def tell_item(desk: Desk, block: ListItem, scope: Scope, tell_blocks: TellBlocks) -> None:
    """Tell an item, after its number and whether it is done."""
    parts: list[Part] = []
    if block.number is not None:
        parts += [*desk.added(f"{block.number}.", block.id, numeral=True), Pause(desk.pauses.clause)]
    if block.checked is not None:
        parts += [*desk.phrase("done" if block.checked else "to_do", block.id), Pause(desk.pauses.clause)]
    lead = desk.assembly.lead(Lead(tuple(parts), block.id))
    tell_blocks(desk, block.blocks, scope, desk.pauses.item)
    desk.assembly.drop_lead(lead)
