"""Pictures by their alternative text, and what is played or drawn: nobody can hear a file's name."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from earmark.article import Block, Code, Embed, Figure, Inline, MarkKind, Math, Problem, fields
from earmark.checks.phrases import PLACEHOLDERS, REDUNDANT
from earmark.checks.rule import Reading, problem, shown, without_code, words
from earmark.spoken.file_names import is_file_name

_TEX = re.compile(r"\\[A-Za-z]+|[_^]\{")
_LONGEST = 300
_DESCRIBE = "Say in a few words what it shows and why it is there."


def alt_file_name(reading: Reading) -> Iterator[Problem]:
    """Find pictures that are called by the names of their files."""
    for block, alt, source, _ in _described(reading):
        stem = PurePosixPath(unquote(source.partition("?")[0])).stem
        named = not alt.isalpha() and words(alt) == words(stem)  # "lighthouse" may be both
        if is_file_name(alt) or named:
            message = f"the alternative text {shown(alt)} is a file's name"
            yield problem("alt-file-name", block, message, _DESCRIBE)


def alt_placeholder(reading: Reading) -> Iterator[Problem]:
    """Find pictures that are called "picture"."""
    for block, alt, _, _ in _described(reading):
        if words(alt) in PLACEHOLDERS or not any(character.isalnum() for character in alt):
            message = f"the alternative text {shown(alt)} only says that there is a picture"
            yield problem("alt-placeholder", block, message, _DESCRIBE)


def alt_redundant(reading: Reading) -> Iterator[Problem]:
    """Find "image of": that it is one is said anyway."""
    for block, alt, _, _ in _described(reading):
        opening = next((phrase for phrase in REDUNDANT if alt.casefold().startswith(f"{phrase} ")), None)
        if opening:
            message = f"the alternative text begins with {shown(alt[: len(opening)])}, which is said anyway"
            yield problem("alt-redundant", block, message, "Begin with what it shows.")


def alt_repeats_caption(reading: Reading) -> Iterator[Problem]:
    """Find captions that would have to be heard twice."""
    for block, alt, _, caption in _described(reading):
        if caption is not None and words(alt) == words(caption.text):
            message = f"the alternative text is the caption again, {shown(alt)}"
            yield problem("alt-repeats-caption", block, message, 'Describe the picture, or give it alt="".')


def alt_long(reading: Reading) -> Iterator[Problem]:
    """Find alternative text that can't be taken in at one hearing."""
    for block, alt, _, _ in _described(reading):
        if len(alt) > _LONGEST:
            message = f"the alternative text has {len(alt)} characters"
            yield problem("alt-long", block, message, "Keep it to a sentence or two, and tell the rest in the text.")


def embed_title_missing(reading: Reading) -> Iterator[Problem]:
    """Find players and frames without a name."""
    for block in reading.blocks:
        if isinstance(block, Embed) and not block.title.strip():
            message = (
                f"what is embedded from {shown(block.source)} has no title" if block.source else "an embed has no title"
            )
            yield problem("embed-title-missing", block, message, 'Give it a title="…" that says what it is.')


def math_source(reading: Reading) -> Iterator[Problem]:
    """Find formulas that only have their TeX to be read by."""
    for block in reading.blocks:
        for text in _formulas(block):
            if _TEX.search(text):
                message = f"the formula {shown(text)} would be read as it is written"
                yield problem("math-source", block, message, "Give it as MathML whose alttext says it in words.")
                break


def _formulas(block: Block) -> Iterator[str]:
    """Yield what is marked as a formula, and what stands between dollar signs."""
    if isinstance(block, Math):
        yield block.text
    if isinstance(block, Math | Code):
        return
    for _, inline in fields(block):
        for mark in inline.marks:
            if mark.kind is MarkKind.MATH:
                yield inline.text[mark.start : mark.end]
        if "$" in inline.text:
            yield from without_code(inline).split("$")[1:-1]


def _described(reading: Reading) -> Iterator[tuple[Block, str, str, Inline | None]]:
    """Yield each picture that has alternative text: its block, the text, its address, its caption."""
    for block in reading.blocks:
        if isinstance(block, Figure) and block.alt and block.alt.strip():
            yield block, block.alt.strip(), block.source, block.caption
        for _, inline in fields(block):
            for mark in inline.marks:
                if mark.kind is MarkKind.IMAGE and mark.start < mark.end:
                    yield block, inline.text[mark.start : mark.end], mark.value, None
