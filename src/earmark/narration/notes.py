"""Notes: silent in the flow, and read at the end as a chapter of their own, in place, or not at all."""

from earmark.article import Footnote
from earmark.narration.assembly import Lead
from earmark.narration.desk import Desk, Scope
from earmark.narration.lists import TellBlocks
from earmark.narration.script import NOTES, ChapterStart, Pause


def tell_note_here(desk: Desk, note: str, scope: Scope, tell_blocks: TellBlocks) -> None:
    """Tell a note after the sentence that marks it, once; one that is marked inside a note waits for the end."""
    block = desk.notes.get(note)
    if block is None or note in desk.said_notes:
        return
    desk.said_notes.add(note)
    on_note, desk.on_note = desk.on_note, None
    assembly = desk.assembly
    recorded, assembly.recorded = assembly.recorded, False  # nobody records a note within a sentence
    assembly.pause(desk.pauses.sentence)
    lead = assembly.lead(Lead((*desk.phrase("note", note), Pause(desk.pauses.clause)), note))
    tell_blocks(desk, block.blocks, _inside(block, scope), desk.pauses.sentence)
    if assembly.drop_lead(lead):
        assembly.sentence(note, "footnote", desk.phrase("end_note", note))
        assembly.pause(desk.pauses.sentence)
    assembly.recorded = recorded
    desk.on_note = on_note


def tell_notes(desk: Desk, notes: tuple[Footnote, ...], scope: Scope, tell_blocks: TellBlocks) -> None:
    """Tell the notes that have not been told, as a chapter."""
    left = tuple(note for note in notes if note.id not in desk.said_notes)
    if desk.narration.footnotes == "skip":
        desk.assembly.omit_blocks(left, "note")
        return
    if not left:
        return
    assembly, first = desk.assembly, left[0].id
    desk.on_note = None
    assembly.chapter(ChapterStart(_title(desk, left), first, NOTES))
    assembly.pause(desk.pauses.before_heading)
    heading = assembly.lead(Lead(desk.phrase("notes", first), first, "footnote", desk.pauses.after_heading))
    for note in left:
        assembly.pause(desk.pauses.paragraph)
        words = desk.phrase("note_number", note.id, label=note.label) if note.label.isalnum() else ()
        lead = assembly.lead(Lead((*words, Pause(desk.pauses.clause)), note.id))
        tell_blocks(desk, note.blocks, _inside(note, scope), desk.pauses.paragraph)
        assembly.drop_lead(lead)
    if not assembly.drop_lead(heading):
        assembly.drop_chapter(first)


def _title(desk: Desk, notes: tuple[Footnote, ...]) -> str:
    """Return what the chapter of the notes is called: by their marks, where earmark knows no word for them."""
    if desk.phrases:
        return desk.phrases.notes.rstrip(".")
    marks = [f"[{note.label}]" for note in (notes[0], notes[-1])]
    return "–".join(dict.fromkeys(marks))


def _inside(note: Footnote, scope: Scope) -> Scope:
    return Scope(language=note.language or scope.language, noted=True)
