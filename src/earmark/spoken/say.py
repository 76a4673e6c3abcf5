"""Printed words to said words."""

from earmark.spoken.passage import Passage, Reading
from earmark.spoken.rules import rules_for
from earmark.spoken.tokens import NO_CONTEXT, Context, Spoken


def say(text: str, language: str, context: Context = NO_CONTEXT) -> Spoken:
    """Return how `text` is said in `language` (BCP 47), as tokens that tile it.

    Never raises on any text; takes time linear in its length. Works on a sentence, a heading, a cell.
    """
    passage = Passage(text, language, context)
    for start, end in passage.silent:
        passage.claim(Reading(start, end, ""), "note")
    if context.lexicon is not None:
        for start, end, said in context.lexicon.match(passage.text, language):
            if passage.free(start, end):
                passage.claim(Reading(start, end, said), "lexicon")
    for rule in rules_for(language):
        rule.apply(passage)
    return passage.spoken()
