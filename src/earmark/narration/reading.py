"""The script for a person, as lines that a screen reader follows, and as JSON for a program."""

from collections.abc import Iterator, Mapping
from itertools import chain

from earmark.article import Problem
from earmark.narration.order import Place, place
from earmark.narration.script import (
    METADATA_BLOCK,
    Change,
    ChapterStart,
    Item,
    Omission,
    Pause,
    Script,
    Sentence,
    Sound,
    Span,
    Utterance,
    spoken_text,
)

# From here on a pause is something a reader of the script should know of: a break, an ending.
_LONG = 1500
_AT_THE_END: Place = (10**9, "", 0, 0, 0)


def reading_script(script: Script, chapters: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the lines of the script for a person, never two blank ones in a row.

    What is said otherwise than printed reads `£3.5m [said: …]`, what earmark adds stands in square
    brackets, and what is left out stands where it stood, with its reason. `chapters` maps the blocks at
    which chapters start to their titles, as the timeline chose them; None shows every candidate.
    """
    last = ""
    for line in _lines(script, chapters):
        if line or last:
            yield line
        last = line


def _lines(script: Script, chapters: Mapping[str, str] | None) -> Iterator[str]:
    yield f"{script.title} ({script.language})"
    waiting = iter(script.omitted)
    omission = next(waiting, None)
    block = ""
    between: list[str] = []
    for item in script.items:
        if not isinstance(item, Sentence):
            between.extend(_between(item, chapters))
            continue
        here = _place_of(item)
        while omission and _omitted_at(omission) < here:
            yield _left_out(omission)
            omission = next(waiting, None)
        if between or item.block != block:
            yield from between or ("",)
        block, between = item.block, []
        yield sentence_line(item, script.language)
    for left in chain((omission,) if omission else (), waiting):
        yield _left_out(left)
    if script.problems:
        yield ""
        yield from (_problem(problem) for problem in script.problems)


def _between(item: Item, chapters: Mapping[str, str] | None) -> Iterator[str]:
    """Yield the lines for what stands between two sentences; ordinary pauses are not worth one."""
    match item:
        case ChapterStart():
            title = item.title if chapters is None else chapters.get(item.block)
            if title is not None:
                yield from ("", f"Chapter: {title}", "")
        case Pause() if item.ms >= _LONG:
            yield from ("", f"[pause: {item.ms / 1000:g} s]", "")
        case Sound():
            yield from ("", f"[sound: {item.name}]", "")
        case _:
            return


def sentence_line(sentence: Sentence, language: str) -> str:
    """Return a sentence as one line, each rewriting marked, and each voice and language but the script's own."""
    return " ".join(
        _utterance(part, language) if isinstance(part, Utterance) else f"[sound: {part.name}]"
        for part in sentence.parts
        if not isinstance(part, Pause)
    )


def _utterance(utterance: Utterance, language: str) -> str:
    printed = " ".join(utterance.printed.split())
    if utterance.added:
        said = spoken_text(utterance.said)
        return f"[{printed}]" if said in {printed, printed.rstrip(".")} else f"[{printed} said: {said}]"
    marked = " ".join(_marked(utterance).split())
    notes = [f"in {utterance.language}"] if utterance.language != language else []
    if utterance.speaker:
        notes.append(utterance.speaker)
    if utterance.recording:
        notes.append(f"recording {utterance.recording}")
    elif utterance.voice:
        notes.append(f"voice {utterance.voice}")
    if utterance.echo:
        notes.append("again")
    return f"[{', '.join(notes)}: {marked}]" if notes else marked


def _marked(utterance: Utterance) -> str:
    """Return the printed words with what is said instead after each that is changed."""
    out: list[str] = []
    last = 0
    for change, end in _changes_in(utterance):
        out.append(f"{utterance.printed[last:end]} [said: {change.spoken or 'nothing'}]")
        last = end
    out.append(utterance.printed[last:])
    return "".join(out)


def _changes_in(utterance: Utterance) -> Iterator[tuple[Change, int]]:
    """Yield each change and where in the printed words it ends, in order."""
    position = number = 0
    for span in utterance.spans:
        while number < len(utterance.changes) and utterance.changes[number].span.end <= span.end:
            change = utterance.changes[number]
            yield change, position + max(0, change.span.end - span.start)
            number += 1
        position += span.end - span.start


def _place_of(sentence: Sentence) -> Place:
    """Return where a sentence stands in print; one that earmark adds stands where its block begins."""
    for part in sentence.parts:
        if isinstance(part, Utterance) and part.spans and not part.echo:
            return place(part.block, part.spans[0].field, part.spans[0].start)
    if sentence.kind == "ending":
        return _AT_THE_END
    return place(METADATA_BLOCK if sentence.kind == "opening" else sentence.block)


def _omitted_at(omission: Omission) -> Place:
    return place(omission.block, omission.spans[0].field, omission.spans[0].start)


def _left_out(omission: Omission) -> str:
    return f"[left out ({omission.reason}): {' '.join(omission.printed.split())}]"


def _problem(problem: Problem) -> str:
    where = f" (line {problem.line})" if problem.line else ""
    hint = f" {problem.hint}" if problem.hint else ""
    return f"{problem.severity}: {problem.code}{where}: {problem.message}.{hint}"


def as_json(script: Script, chapters: Mapping[str, str] | None = None) -> dict[str, object]:
    """Return the script as `earmark script --json` prints it; `chapters` as for `reading_script`."""
    items: list[dict[str, object]] = []
    for item in script.items:
        items.extend(_item_json(item, chapters))
    return {
        "title": script.title,
        "language": script.language,
        "items": items,
        "omitted": [
            {"block": o.block, "spans": _spans_json(o.spans), "printed": o.printed, "reason": o.reason}
            for o in script.omitted
        ],
        "problems": [problem_json(problem) for problem in script.problems],
    }


def _item_json(item: Item, chapters: Mapping[str, str] | None) -> Iterator[dict[str, object]]:
    match item:
        case ChapterStart():
            if chapters is None or item.block in chapters:
                title = item.title if chapters is None else chapters[item.block]
                yield {"kind": "chapter", "title": title, "block": item.block}
        case Pause():
            yield {"kind": "pause", "ms": item.ms}
        case Sound():
            yield {"kind": "sound", "name": item.name}
        case Sentence():
            for part in item.parts:
                if isinstance(part, Utterance):
                    yield _utterance_json(part, item.id)
                else:
                    yield from _item_json(part, chapters)


def _utterance_json(utterance: Utterance, sentence: str) -> dict[str, object]:
    return {
        "kind": "utterance",
        "id": utterance.id,
        "sentence": sentence,
        "block": utterance.block,
        "spans": _spans_json(utterance.spans),
        "printed": utterance.printed,
        "spoken": spoken_text(utterance.said),
        "language": utterance.language,
        "voice": utterance.voice,
        **({"speaker": utterance.speaker} if utterance.speaker else {}),
        **({"recording": utterance.recording} if utterance.recording else {}),
        "emphasis": utterance.emphasis,
        "added": utterance.added,
        "echo": utterance.echo,
        "changes": [
            {
                "block": change.block,
                "span": _span_json(change.span),
                "printed": change.printed,
                "spoken": change.spoken,
                "rule": change.rule,
            }
            for change in utterance.changes
        ],
    }


def _span_json(span: Span) -> dict[str, object]:
    return {"field": span.field, "start": span.start, "end": span.end}


def _spans_json(spans: tuple[Span, ...]) -> list[dict[str, object]]:
    return [_span_json(span) for span in spans]


def problem_json(problem: Problem) -> dict[str, object]:
    """Return a problem as every report prints it."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "block": problem.block,
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
    }
