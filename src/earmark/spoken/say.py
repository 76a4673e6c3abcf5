"""Printed words to said words."""

import hashlib
from collections.abc import Iterable

from earmark.narration.script import Phonemes
from earmark.spoken.passage import Passage, Reading
from earmark.spoken.tokens import NO_CONTEXT, Context, Spoken

_DIGEST = 16  # bytes


def say(text: str, language: str, context: Context = NO_CONTEXT) -> Spoken:
    """Return how `text` is said in `language` (BCP 47), as tokens that tile it.

    Never raises on any text; takes time linear in its length. Works on a sentence, a heading, a cell.
    """
    passage = Passage(text, language, context)
    lexemes = context.lexicon.match(passage.text, language) if context.lexicon is not None else ()
    if context.memory is None or context.marks or lexemes:
        return _worked_out(passage, lexemes)
    key = _key_of(text, language, context, passage.known_words)
    spoken = context.memory.recall(key)
    if spoken is None:
        spoken = _worked_out(passage, ())
        context.memory.remember(key, spoken)
    return spoken


def _key_of(text: str, language: str, context: Context, known: frozenset[str]) -> bytes:
    """Return the hash of all that decides how a text without marks and lexemes is said.

    `known` are those of the context's known words that stand in the text.
    """
    settings = context.masked, context.capitals, context.emoji
    whole = repr((language, context.kind, context.lead_in, *settings, sorted(known), text))
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _worked_out(passage: Passage, lexemes: Iterable[tuple[int, int, str | Phonemes]]) -> Spoken:
    from earmark.spoken.letters import heard  # noqa: PLC0415 (an edit may need none)
    from earmark.spoken.rules import english, ruleset_for  # noqa: PLC0415 (an edit may need none)

    for start, end in passage.silent:
        passage.claim(Reading(start, end, ""), "note")
    for start, end, said in lexemes:
        if passage.free(start, end):
            passage.claim(Reading(start, end, said), "lexicon")
    ruleset_for(passage.language).apply(passage)
    if english(passage.language):
        passage.amend(heard)
    return passage.spoken()
