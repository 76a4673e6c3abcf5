"""Every word of every example of CommonMark 0.31.2, and of its whole text, has one owner in the script."""

import json
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest

from earmark.article import fields, walk
from earmark.narration.script import METADATA_BLOCK, Span, utterances
from earmark.pipeline.compose import compose
from earmark.pipeline.composed import Composed, Source
from earmark.settings import Layer, merge

DATA = Path(__file__).parents[1] / "readers" / "data"
EXAMPLES = json.loads((DATA / "commonmark-0.31.2.json").read_text(encoding="utf-8"))
SPECIFICATION = (DATA / "commonmark-0.31.2-spec.txt").read_text(encoding="utf-8")
Dialect = Literal["default", "commonmark"]


def composed(text: str, dialect: Dialect) -> Composed:
    settings = merge(Layer("test", {"reading": {"dialect": dialect}}))
    return compose(Source(name="a.md", data=text.encode(), settings=settings, paces={"": 160.0}))


def owned(made: Composed) -> Counter[tuple[str, str, int]]:
    """Return how many owners each printed character has, by block, field and place."""
    count: Counter[tuple[str, str, int]] = Counter()

    def add(block: str, spans: tuple[Span, ...]) -> None:
        for span in spans:
            count.update((block, span.field, at) for at in range(span.start, span.end))

    for utterance in utterances(made.script):
        if not utterance.echo and utterance.block != METADATA_BLOCK:
            add(utterance.block, utterance.spans)
    for omission in made.script.omitted:
        add(omission.block, omission.spans)
    return count


def without_one_owner(made: Composed) -> list[str]:
    """Return the words around each printed character that has no owner, or more than one."""
    count = owned(made)
    return [
        inline.text[max(0, at - 20) : at + 20]
        for block in walk(made.article.blocks)
        for field, inline in fields(block)
        for at, character in enumerate(inline.text)
        if not character.isspace() and count[block.id, field, at] != 1
    ]


@pytest.mark.parametrize("dialect", ["default", "commonmark"])
def test_examples(dialect: Dialect) -> None:
    lost = {
        example["example"]: words
        for example in EXAMPLES
        if (words := without_one_owner(composed(example["markdown"], dialect)))
    }
    assert lost == {}
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize("dialect", ["default", "commonmark"])
def test_whole_specification(dialect: Dialect) -> None:
    made = composed(SPECIFICATION, dialect)
    assert without_one_owner(made) == []
    assert {omission.reason for omission in made.script.omitted} <= {"code", "nothing-to-say"}
