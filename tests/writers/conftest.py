"""Editions built by hand: each code point lasts 1,000 samples, a sentence is followed by 5,000 of silence."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from earmark.article import Article, Block, Inline, Metadata, Paragraph
from earmark.edition import Edition, Loudness, VoiceUsed
from earmark.narration.script import Pause, Script, Sentence, Sound, Span, Text, Utterance
from earmark.timeline import Chapter, Cue, Cut, Placed, Timeline, WordMark

RATE = 22_050
Part = Utterance | Pause | Sound


def utterance(printed: str, *, start: int = 0, **more: Any) -> Utterance:  # noqa: ANN401 (any field of an utterance)
    """Return words printed at `start` of the first block's text, or without a place if `added`."""
    fields: dict[str, Any] = {
        "id": "",
        "block": "b0001",
        "spans": () if more.get("added") else (Span("text", start, start + len(printed)),),
        "printed": printed,
        "said": (Text(printed),),
        "language": "en",
    }
    return Utterance(**(fields | more))


def _words(part: Utterance, start: int) -> Iterator[WordMark]:
    for word in re.finditer(r"\S+", part.printed):
        if part.spans:
            at = part.spans[0].start + word.start()
            span = Span(part.spans[0].field, at, at + len(word.group()))
            yield WordMark(span, word.group(), start + 1000 * word.start(), start + 1000 * word.end(), "engine")


def _laid(parts: Sequence[Part], at: int, first: int) -> tuple[list[Part], list[Placed], int]:
    laid: list[Part] = []
    placed: list[Placed] = []
    for part in parts:
        if isinstance(part, Utterance):
            named = replace(part, id=f"u{first + len(placed):04}")
            length = 1000 * max(len(part.printed), 1)
            placed.append(Placed(named.id, at, length))
            laid.append(named)
            at += length
        else:
            laid.append(part)
            at += part.ms * RATE // 1000 if isinstance(part, Pause) else 0
    return laid, placed, at


def edition(
    *sentences: str | Sequence[Part],
    blocks: Sequence[Block] | None = None,
    timed: bool = True,
    chapters: Sequence[Chapter] | None = None,
    script: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401 (any field of an edition)
) -> Edition:
    """Return an edition of `sentences`; a bare text is a paragraph of its own."""
    texts = [text for text in sentences if isinstance(text, str)]
    own = [Paragraph(id=f"b{n:04}", content=Inline(text)) for n, text in enumerate(texts, 1)]
    cues: list[Cue] = []
    placed: list[Placed] = []
    items: list[Sentence] = []
    at = paragraph = 0
    for number, sentence in enumerate(sentences, 1):
        if isinstance(sentence, str):
            paragraph += 1
            parts: Sequence[Part] = (utterance(sentence, block=f"b{paragraph:04}"),)
        else:
            parts = sentence
        laid, its, end = _laid(parts, at, len(placed) + 1)
        block = next((part.block for part in laid if isinstance(part, Utterance)), "b0001")
        said = [part for part in laid if isinstance(part, Utterance)]
        spans = tuple(span for part in said for span in part.spans)
        item = Sentence(id=f"s{number:04}", block=block, kind="paragraph", spans=spans, parts=tuple(laid))
        timed_words = (word for part, place in zip(said, its, strict=True) for word in _words(part, place.start))
        words = tuple(timed_words) if timed else None
        cues.append(Cue(item, at, end, words))
        items.append(item)
        placed += its
        at = end + 5000
    known = {"title": "The Ledger", "language": "en-GB", "slug": "the-ledger"} | (metadata or {})
    data = Metadata(**known)
    tiling = chapters if chapters is not None else (Chapter("Opening", "b0000", 0, at),)
    return Edition(
        **{
            "id": "a1b2",
            "guid": "urn:uuid:00000000-0000-5000-8000-000000000000",
            "metadata": data,
            "source": "news/the-ledger.md",
            "inputs": {"source": "1" * 64, "engines": "2" * 64},
            "article": Article(data, tuple(own if blocks is None else blocks)),
            "script": Script(title=data.title, language=data.language, items=tuple(items), **(script or {})),
            "timeline": Timeline(
                sample_rate=RATE,
                duration=at,
                placed=tuple(placed),
                sounds=(),
                cues=tuple(cues),
                chapters=tuple(tiling),
                cuts=(Cut(0, at),),
            ),
            "loudness": Loudness(-16.04, -1.3),
            "voices": (VoiceUsed("espeak", "en-gb", "1.52", "en-GB"), VoiceUsed("espeak", "fr", "1.52", "fr")),
            **more,
        }
    )


@pytest.fixture(scope="session")
def make() -> Callable[..., Edition]:
    """Return the builder of editions."""
    return edition


@pytest.fixture(scope="session")
def say() -> Callable[..., Utterance]:
    """Return the builder of utterances."""
    return utterance
