"""Silence by structure: what stands between two sentences is the longest pause that either asks for."""

from collections.abc import Iterable

from earmark.narration.script import Pause, Sound, Utterance

Part = Utterance | Pause | Sound


def collapse(parts: Iterable[Part]) -> tuple[int, tuple[Part, ...], int]:
    """Return a sentence's parts with adjoining pauses as one, the longest.

    Silence at either edge is not the sentence's own: it comes back as milliseconds, before and after.
    """
    kept: list[Part] = []
    before = pending = 0
    for part in parts:
        if isinstance(part, Pause):
            pending = max(pending, part.ms)
            continue
        if not kept:
            before = pending
        elif pending:
            kept.append(Pause(pending))
        kept.append(part)
        pending = 0
    return before, tuple(kept), pending
