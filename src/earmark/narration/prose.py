"""Running text is told sentence by sentence; its notes follow the sentence that marks them, if they are wanted there."""

from collections.abc import Callable, Iterator

from earmark.article import Block, Inline, Mark, MarkKind, Problem, Severity
from earmark.narration.desk import Desk, Scope
from earmark.narration.running import Running, running, touching
from earmark.narration.script import Span
from earmark.narration.voicing import Place, voiced
from earmark.spoken.sentences import split
from earmark.spoken.tokens import Matcher


def kind_of(block: Block) -> str:
    """Return a block's kind in lower case, as sentences and contexts name it."""
    return type(block).__name__.lower()


def place_of(block: Block, scope: Scope, *, kind: str = "", echo: bool = False) -> Place:
    """Return where the words of a block stand."""
    return Place(
        block=block.id,
        kind=kind or kind_of(block),
        language=scope.language,
        voice=scope.voice,
        line=block.line,
        echo=echo,
        speaker=scope.speaker,
        recording=scope.recording,
    )


def run_of(desk: Desk, block: Block, field: str, inline: Inline) -> Running:
    """Return a field's running text, what is silent in it listed, and pictures without words reported."""
    run = running(field, inline)
    for silent in run.silent:
        desk.assembly.omit(block.id, run.printed, (Span(field, silent.start, silent.end),), silent.reason)
    for mark in inline.marks:
        if mark.kind is MarkKind.IMAGE_WITHOUT_ALT:
            report_missing_alt(desk, block, mark.value)
    return run


def report_missing_alt(desk: Desk, block: Block, address: str) -> None:
    """Report a picture that says nothing to a listener."""
    desk.assembly.problems.append(
        Problem(
            "alt-missing",
            Severity.WARNING,
            f"the picture {address} has no alternative text" if address else "a picture has no alternative text",
            'Describe it, or give it alt="" if it is decoration.',
            block.id,
            block.line,
        )
    )


def tell(  # noqa: PLR0913 (which words, and how)
    desk: Desk,
    block: Block,
    field: str,
    inline: Inline,
    scope: Scope,
    *,
    kind: str = "",
    skip: Callable[[str], str | None] | None = None,
) -> bool:
    """Say a field sentence by sentence, and tell whether there was anything to say.

    `skip` gives the reason for which a sentence is left out, None for those that are said.
    """
    run = run_of(desk, block, field, inline)
    place = place_of(block, scope)
    anything = False
    notes = iter(run.notes)
    note = next(notes, None)
    for start, end, last, marks in sentences(run, scope.language, desk.lexicon):
        reason = skip(run.text[start:end]) if skip else None
        if reason:
            desk.assembly.omit(block.id, run.printed, run.spans(start, end), reason)
            continue
        parts = voiced(desk, place, run, start, end, marks, lead_in=desk.lead_in)
        if desk.assembly.sentence(block.id, kind or place.kind, parts):
            anything = True
            desk.lead_in = False
            desk.assembly.pause(desk.pauses.sentence)
        while note and (note[0] <= end or last):
            _mention(desk, note[1])
            note = next(notes, None)
    while note:
        _mention(desk, note[1])
        note = next(notes, None)
    return anything


def _mention(desk: Desk, note: str) -> None:
    if desk.on_note:
        desk.on_note(note)


def mention_notes(desk: Desk, run: Running) -> None:
    """Tell the notes that a field marks, where they are told in place."""
    for _, note in run.notes:
        _mention(desk, note)


def _merged(first: tuple[tuple[int, int], ...], second: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of both, in order, none overlapping."""
    if not second:
        return first
    merged: list[tuple[int, int]] = []
    for start, end in sorted((*first, *second)):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def sentences(
    run: Running, language: str, lexicon: Matcher | None
) -> Iterator[tuple[int, int, bool, tuple[Mark, ...]]]:
    """Yield each sentence of a running text: start, end, whether it is the last, and the marks that touch it.

    Between them the sentences hold every character but white space. None ends inside what `lexicon` knows as one name.
    """
    names = lexicon.unbroken(run.text, language) if lexicon is not None else ()
    bounds = split(run.text, language, protected=_merged(run.unbroken(), names))
    for number, ((start, end), marks) in enumerate(zip(bounds, touching(run.marks, bounds), strict=True)):
        yield start, end, number + 1 == len(bounds), marks
