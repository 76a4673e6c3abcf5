"""A stretch of running text becomes utterances: one language and one voice each, mapped back to print."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from earmark.article import Mark, MarkKind
from earmark.narration.assembly import printed_at
from earmark.narration.desk import LONGEST, Desk
from earmark.narration.pauses import Part
from earmark.narration.running import Running, touching
from earmark.narration.script import Aligned, Change, Pause, Phonemes, Said, Sound, Text, Utterance
from earmark.narration.stretches import Stretch, has_words, stretches, with_foreign
from earmark.spoken.say import say
from earmark.spoken.sentences import clauses

_LONGEST_SAID = 1_000  # characters as said: figures and signs become many words
_LONGEST_MEANING = 300  # characters of what an abbreviation stands for; a longer text is no such thing
_CLAUSE_ENDS = frozenset(",;:—–")


class Place(Struct, frozen=True):
    """Where words stand: their block, its kind and source line, and who says them in what language."""

    block: str
    kind: str
    language: str
    voice: str = ""
    line: int | None = None
    echo: bool = False
    speaker: str = ""
    recording: str = ""


class _Atom(Struct, frozen=True):
    """`[start, end)` of the running text and what is said for it; `rule` None means the same characters."""

    start: int
    end: int
    said: str | Phonemes
    rule: str | None
    sound: str | None = None


def voiced(  # noqa: PLR0913, PLR0917 (where, what, and what surrounds it)
    desk: Desk, place: Place, run: Running, start: int, end: int, marks: Sequence[Mark], *, lead_in: bool = False
) -> list[Part]:
    """Return the parts that say `[start, end)` of a field's running text.

    `marks` are those that touch the stretch, in order. What can't be said is listed as left out.
    """
    if desk.lexicon:
        words = desk.lexicon.foreign(run.text[start:end], place.language)
        marks = with_foreign(marks, ((start + first, start + last, tag) for first, last, tag in words))
    found = stretches(run.text, start, end, marks, place.language)
    breaths = [[*_breaths(run.text, stretch)] for stretch in found]
    inside = touching(marks, (breath for several in breaths for breath in several))
    parts: list[Part] = []
    closed = False
    for stretch, several in zip(found, breaths, strict=True):
        if parts and (stretch.breaks or stretch.before or closed):
            parts.append(Pause(desk.pauses.clause))
        for label in stretch.before:
            parts.extend(desk.phrase(label, place.block))
        # A person goes on in another language; whether their voice can, the casting knows.
        voice = place.voice if stretch.language == place.language or place.speaker else ""
        here = replace(place, language=stretch.language, voice=voice)
        for first, last in several:
            if first > stretch.start and run.text[first - 2] in _CLAUSE_ENDS:
                parts.append(Pause(desk.pauses.clause))
            parts.extend(_piece(desk, here, run, first, last, next(inside), lead_in=lead_in))
            lead_in = False
        for label in stretch.after:
            parts.extend(desk.phrase(label, place.block))
        closed = stretch.closes
    return parts


def _breaths(text: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Yield where a stretch is cut: at clause ends, where it is too long for one breath."""
    if stretch.end - stretch.start <= LONGEST:
        yield stretch.start, stretch.end
        return
    for first, last in clauses(text[stretch.start : stretch.end], LONGEST):
        yield stretch.start + first, stretch.start + last


def _piece(  # noqa: PLR0913, PLR0917 (as above)
    desk: Desk, place: Place, run: Running, start: int, end: int, marks: tuple[Mark, ...], *, lead_in: bool
) -> Iterator[Part]:
    """Yield what one breath says: utterances, and sounds between them."""
    while start < end and run.text[start].isspace():
        start += 1
    while end > start and run.text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    relative = tuple(
        Mark(m.kind, max(m.start, start) - start, min(m.end, end) - start, m.value) for m in marks if m.end > m.start
    )
    spoken = say(run.text[start:end], place.language, desk.context(place.kind, lead_in=lead_in, marks=relative))
    if not place.echo:
        desk.assembly.problems.extend(replace(p, block=place.block, line=place.line) for p in spoken.problems)
    atoms = [_Atom(start + t.start, start + t.end, t.said, t.rule, t.sound) for t in spoken.tokens]
    for mark in marks:
        if mark.kind is MarkKind.ABBREVIATION and mark.value:
            atoms = _expanded(desk, place, run, mark, atoms)
    yield from _utterances(desk, place, run, atoms, marks)


def _expanded(desk: Desk, place: Place, run: Running, mark: Mark, atoms: list[_Atom]) -> list[_Atom]:
    """Say an abbreviation in full where it is first used, unless print itself does so right there."""
    short, full = run.text[mark.start : mark.end], mark.value
    whole = atoms and atoms[0].start <= mark.start and mark.end <= atoms[-1].end
    if not whole or not short.strip() or short in desk.expanded or len(full) > _LONGEST_MEANING:
        return atoms
    desk.expanded.add(short)
    nearby = run.text[max(0, mark.start - len(full) - 4) : mark.start], run.text[mark.end : mark.end + len(full) + 4]
    if short.casefold() == full.casefold() or any(full.casefold() in words.casefold() for words in nearby):
        return atoms
    out: list[_Atom] = []
    for atom in atoms:
        first, last = max(atom.start, mark.start), min(atom.end, mark.end)
        if first >= last:
            out.append(atom)
        elif atom.rule is None and isinstance(atom.said, str):
            out.append(_Atom(atom.start, first, run.text[atom.start : first], None))
            out.append(_Atom(last, atom.end, run.text[last : atom.end], None))
        elif atom.start < mark.start or atom.end > mark.end:
            return atoms  # a rule has read it with its neighbours: "2 km"
    words = say(full, place.language, desk.context(place.kind, lead_in=False)).tokens
    said = "".join(token.said if isinstance(token.said, str) else token.said.alias for token in words)
    out.append(_Atom(mark.start, mark.end, said, "abbreviation"))
    return sorted((atom for atom in out if atom.start < atom.end), key=lambda atom: atom.start)


def _audible(atoms: Iterable[_Atom]) -> bool:
    return any(not isinstance(atom.said, str) or has_words(atom.said) for atom in atoms)


def _utterances(
    desk: Desk, place: Place, run: Running, atoms: Sequence[_Atom], marks: Sequence[Mark]
) -> Iterator[Part]:
    """Yield utterances, cut where a sound stands; what is only punctuation stays with its neighbour."""
    groups: list[tuple[list[_Atom], list[Part]]] = [([], [])]
    length = 0
    for atom in atoms:
        size = len(atom.said if isinstance(atom.said, str) else atom.said.alias)
        if groups[-1][1] or (length and length + size > _LONGEST_SAID):
            groups.append(([], []))
            length = 0
        groups[-1][0].append(atom)
        length += size
        if atom.sound:
            groups[-1][1].append(Sound(atom.sound))
    opening: list[Part] = []
    merged: list[tuple[list[_Atom], list[Part]]] = []
    held: list[_Atom] = []
    for group, sounds in groups:
        if _audible(group):
            merged.append(([*held, *group], sounds))
            held = []
        elif merged:
            merged[-1][0].extend(group)
            merged[-1][1].extend(sounds)
        else:
            held.extend(group)
            opening.extend(sounds)
    yield from opening
    for group, sounds in merged:
        yield _utterance(place, run, group, marks)
        yield from sounds
    if not merged and held and not place.echo:
        reason = "masked" if opening else "nothing-to-say"
        desk.assembly.omit(place.block, run.printed, run.spans(held[0].start, held[-1].end), reason)


def _utterance(place: Place, run: Running, atoms: Sequence[_Atom], marks: Sequence[Mark]) -> Utterance:
    """Return the utterance that says `atoms`, trimmed of white space, with its changes and alignment."""
    start, end = atoms[0].start, atoms[-1].end
    while run.text[start].isspace():
        start += 1
    while run.text[end - 1].isspace():
        end -= 1
    said, aligned, changes = _said(place, run, atoms, start, end)
    spans = run.spans(start, end)
    return Utterance(
        id="",
        block=place.block,
        spans=spans,
        printed=printed_at(run.printed, spans),
        said=said,
        language=place.language,
        voice=place.voice,
        emphasis=_emphasised(run.text, start, end, marks),
        changes=() if place.echo else changes,
        alignment=aligned,
        echo=place.echo,
        speaker=place.speaker,
        recording=place.recording,
    )


def _said(
    place: Place, run: Running, atoms: Sequence[_Atom], start: int, end: int
) -> tuple[Said, tuple[Aligned, ...], tuple[Change, ...]]:
    """Return what is said for `[start, end)`, where each part of it is printed, and what was changed."""
    said: list[Text | Phonemes] = []
    aligned: list[Aligned] = []
    changes: list[Change] = []
    text: list[str] = []
    length = 0
    for atom in atoms:
        first, last = max(atom.start, start), min(atom.end, end)
        if first >= last:
            continue
        if atom.rule is None and isinstance(atom.said, str):
            words = run.text[first:last].replace("\n", " ")
            for span in run.spans(first, last):
                size = span.end - span.start
                aligned.append(Aligned(length, length + size, span, exact=True))
                length += size
            text.append(words)
            continue
        span = run.hull(first, last)
        if isinstance(atom.said, str):
            words = atom.said.lstrip() if not length else atom.said
            text.append(words)
        else:
            words = f"/{atom.said.ipa}/"
            said.extend([Text("".join(text)), atom.said] if text else [atom.said])
            text = []
        if words:
            aligned.append(Aligned(length, length + len(words), span, exact=False))
            length += len(words)
        if not run.text[first:last].isspace():
            printed = run.printed[span.start : span.end]
            changes.append(Change(place.block, span, printed, words, atom.rule or "lexicon"))
    if text:
        said.append(Text("".join(text)))
    return tuple(said), tuple(aligned), tuple(changes)


def _emphasised(text: str, start: int, end: int, marks: Sequence[Mark]) -> bool:
    """Tell whether one emphasis covers all but the punctuation around it."""
    for mark in marks:
        if mark.kind in {MarkKind.EMPHASIS, MarkKind.STRONG} and mark.start < end and mark.end > start:
            first, last = max(mark.start, start), min(mark.end, end)
            if not has_words(text[start:first]) and not has_words(text[last:end]):
                return True
    return False
