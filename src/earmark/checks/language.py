"""The language: by it a voice is chosen, for the whole and for each stretch that is in another."""

import re
from collections.abc import Iterator

from earmark.article import Block, MarkKind, Problem, fields
from earmark.checks.rule import Reading, problem, shown

# Names of languages have two or three letters; longer ones are "english", which no screen reader knows.
_TAG = re.compile(r"(?:[a-z]{2,3}(?:-[a-z0-9]{1,8})*|x(?:-[a-z0-9]{1,8})+|i-[a-z0-9]{1,8})", re.IGNORECASE)


def language_unknown(reading: Reading) -> Iterator[Problem]:
    """Find an article that nobody says the language of."""
    if not reading.language_named:
        message = f"nothing says what language it is in; {reading.metadata.language} is assumed"
        hint = "Write language: in its front matter, or in [site] of earmark.toml for all."
        yield problem("language-unknown", None, message, hint)


def language_invalid(reading: Reading) -> Iterator[Problem]:
    """Find what claims to be in a language that there is not."""
    for block, tag in _claims(reading):
        if not _TAG.fullmatch(tag):
            message = f"{shown(tag)} is no language tag"
            yield problem("language-invalid", block, message, "Write it as “fr” or “pt-BR”.")


def _claims(reading: Reading) -> Iterator[tuple[Block, str]]:
    told: set[str] = set()
    for block in reading.blocks:
        tags = [block.language] if block.language else []
        tags += [
            mark.value
            for _, inline in fields(block)
            for mark in inline.marks
            if mark.kind is MarkKind.LANGUAGE and mark.value
        ]
        for tag in tags:
            if tag not in told:
                told.add(tag)
                yield block, tag
