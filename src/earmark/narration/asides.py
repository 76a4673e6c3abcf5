"""What stands beside the flow: quotations, with their marks made audible; boxes, warnings, disclosures."""

from msgspec.structs import replace

from earmark.article import Aside, Quote, attribute
from earmark.narration.assembly import Lead
from earmark.narration.desk import Desk, Scope
from earmark.narration.figures import words_of
from earmark.narration.lists import TellBlocks
from earmark.narration.prose import tell
from earmark.narration.script import Pause, Utterance
from earmark.narration.stretches import primary

_WARNINGS = frozenset({"warning", "caution", "danger", "attention", "error", "bug", "failure"})
_TIPS = frozenset({"tip", "hint"})
_UNNAMED = frozenset({"aside", "details"})


def tell_quote(desk: Desk, block: Quote, scope: Scope, tell_blocks: TellBlocks) -> None:
    """Say "Quote", the words, "End quote"; or have another voice say them: a second one, the speaker's, or a recorded one."""
    assembly, pauses = desk.assembly, desk.pauses
    if scope.recording or (scope.speaker and scope.voice) or all(attribute(b, "recording") for b in block.blocks):
        tell_blocks(desk, block.blocks, scope, pauses.paragraph)
        return
    if desk.voices.quotations and primary(scope.language) == primary(desk.language):
        tell_blocks(desk, block.blocks, replace(scope, voice=desk.voices.quotations), pauses.paragraph)
        return
    lead = assembly.lead(Lead(desk.phrase("quote", block.id), block.id, "quote", pauses.sentence))
    tell_blocks(desk, block.blocks, scope, pauses.paragraph)
    if assembly.drop_lead(lead):
        assembly.pause(pauses.sentence)
        assembly.sentence(block.id, "quote", desk.phrase("end_quote", block.id))


def tell_aside(desk: Desk, block: Aside, scope: Scope, tell_blocks: TellBlocks) -> None:
    """Say what kind of aside it is, unless its title does; its title; and what it holds."""
    assembly = desk.assembly
    label = _label(desk, block)
    lead = assembly.lead(Lead((*label, Pause(desk.pauses.clause)) if label else (), block.id))
    if block.title:
        tell(desk, block, "title", block.title, scope)
        assembly.pause(desk.pauses.paragraph)
    tell_blocks(desk, block.blocks, scope, desk.pauses.paragraph)
    assembly.drop_lead(lead)


def _label(desk: Desk, block: Aside) -> tuple[Utterance, ...]:
    kind = block.kind.lower()
    if kind in _UNNAMED or desk.phrases is None:
        return ()
    phrase = "warning" if kind in _WARNINGS else "tip" if kind in _TIPS else "note"
    title = words_of(block.title.text if block.title else "")
    # "Note: Note" says it twice, and "Note: Danger!" takes the edge off.
    if title.strip() and (title in {words_of(kind), words_of(getattr(desk.phrases, phrase))}):
        return ()
    return desk.phrase(phrase, block.id)
