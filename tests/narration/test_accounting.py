"""Nothing disappears: every printed character is said by one utterance or listed as left out, once, in order."""

from collections import Counter
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from earmark.article import (
    Article,
    Aside,
    Block,
    Break,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Mark,
    MarkKind,
    Math,
    Metadata,
    Paragraph,
    Quote,
    Recorded,
    Table,
    Term,
    fields,
    walk,
)
from earmark.narration.assembly import printed_at
from earmark.narration.desk import Voices
from earmark.narration.narrate import narrate
from earmark.narration.order import place
from earmark.narration.reading import as_json, reading_script
from earmark.narration.script import (
    METADATA_BLOCK,
    ChapterStart,
    Pause,
    Script,
    Sentence,
    Sound,
    Span,
    Utterance,
    spoken_text,
    utterances,
)
from earmark.options import NarrationOptions, PauseOptions

WORDS = st.sampled_from(
    """the of Rents £3.5m 1980 f*** NHS FOR IT was https://example.org/a — … ❤️ H\u00adO “No!” (a) e.g. Dr. U.S. ‘90s
    x\u00a0y ** 中文 é ﬁne café. end. end? READ MORE: Photograph: Related 3–2 \u200b $ & a/b @me #tag St. i.e. 10.30pm
    ⁂ 🙂 [1] ½""".replace("\n    ", " ").split(" ")
)
TEXT = st.lists(WORDS, max_size=14).map(" ".join).map(str.strip)
KINDS = [kind for kind in MarkKind if kind is not MarkKind.IMAGE_WITHOUT_ALT]
VALUES = {
    MarkKind.LANGUAGE: ("fr", "en-US", "zh"),
    MarkKind.ABBREVIATION: ("", "National Health Service"),
    MarkKind.NOTE_REFERENCE: ("b9001", ""),
}


@st.composite
def inlines(draw: st.DrawFn) -> Inline:
    text = draw(TEXT)
    if draw(st.integers(0, 4)) == 0 and " " in text:
        text = text.replace(" ", "\n", 1)
    marks: list[Mark] = []
    _mark(draw, marks, 0, len(text), 2)
    return Inline(text, tuple(sorted(marks, key=lambda m: (m.start, -m.end))))


def _mark(draw: st.DrawFn, marks: list[Mark], start: int, end: int, depth: int) -> None:
    """Put marks that nest and never cross into `[start, end)`."""
    while start < end and depth and draw(st.booleans()):
        first = draw(st.integers(start, end - 1))
        last = draw(st.integers(first, end))
        kind = draw(st.sampled_from(KINDS))
        marks.append(Mark(kind, first, last, draw(st.sampled_from(VALUES.get(kind, ("",))))))
        _mark(draw, marks, first, last, depth - 1)
        start = last if last > first else last + 1


LEAVES = st.one_of(
    inlines().map(lambda i: Paragraph(id="", content=i)),
    st.builds(lambda level, i: Heading(id="", level=level, content=i), st.integers(1, 6), inlines()),
    st.builds(lambda text, info: Code(id="", text=text, info=info), st.sampled_from(["", "a = 1\n\n  b", "* * *\n"]), st.sampled_from(["", "python"])),
    st.builds(lambda alt, i: Figure(id="", source="a", alt=alt, caption=i), st.none() | TEXT, st.none() | inlines()),
    st.builds(
        lambda header, rows, caption, named: Table(id="", header=tuple(header), rows=tuple(map(tuple, rows)), caption=caption, row_headers=named),
        st.lists(inlines(), max_size=3), st.lists(st.lists(inlines(), max_size=3), max_size=4), st.none() | inlines(), st.booleans(),
    ),
    st.just(Break(id="")),
    TEXT.map(lambda text: Math(id="", text=text)),
    TEXT.map(lambda text: Embed(id="", title=text, source="https://youtu.be/x")),
)  # fmt: skip


def _holding(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(blocks, max_size=3).map(tuple)
    item = st.builds(
        lambda inside, number, checked: ListItem(id="", blocks=inside, number=number, checked=checked),
        several, st.none() | st.integers(0, 30), st.none() | st.booleans(),
    )  # fmt: skip
    term = inlines().map(lambda i: Term(id="", content=i))
    return st.one_of(
        several.map(lambda inside: Quote(id="", blocks=inside)),
        st.builds(lambda items: List(id="", kind="ordered", items=tuple(items)), st.lists(item | term, max_size=3)),
        st.builds(
            lambda kind, title, inside: Aside(id="", kind=kind, title=title, blocks=inside),
            st.sampled_from(["aside", "note", "warning", "details"]), st.none() | inlines(), several,
        ),
    )  # fmt: skip


BLOCKS = st.recursive(LEAVES, _holding, max_leaves=6)


ATTACHED = {
    2: (("speaker", "Ann"),), 3: (("speaker", "Ann"),), 5: (("speaker", "Ben Oe"),), 7: (("recording", "a.wav"),),
    9: (("recording", "b.wav"), ("speaker", "Ann")), 10: (("recording", ""),),
}  # fmt: skip


def _numbered(block: Block, count: list[int], language: str | None, *, attached: bool = False) -> Block:
    """Return the block with ids in document order."""
    count[0] += 1
    attributes = ATTACHED.get(count[0] % 11, ()) if attached else ()
    block = replace(block, id=f"b{count[0]:04}", language=language, line=count[0], attributes=attributes)
    match block:
        case Quote() | ListItem() | Aside():
            return replace(
                block, blocks=tuple(_numbered(child, count, None, attached=attached) for child in block.blocks)
            )
        case List():
            items = tuple(_numbered(item, count, None, attached=attached) for item in block.items)
            return replace(block, items=tuple(i for i in items if isinstance(i, ListItem | Term)))
        case _:
            return block


@st.composite
def articles(draw: st.DrawFn) -> Article:
    count = [0]
    attached = draw(st.booleans())
    blocks = [
        _numbered(b, count, draw(st.none() | st.just("fr")), attached=attached)
        for b in draw(st.lists(BLOCKS, max_size=7))
    ]
    if draw(st.booleans()):
        inside = tuple(_numbered(b, [9001], None) for b in draw(st.lists(LEAVES, max_size=1)))
        blocks.append(Footnote(id="b9001", label=draw(st.sampled_from(["1", "*"])), blocks=inside))
    title = draw(st.just("") | TEXT)
    metadata = Metadata(
        title=title,
        authors=("Jane Doe",),
        published=draw(st.sampled_from(["", "2026-11-22", "soon"])),
        recordings=(Recorded("", "whole.wav", 2),) if draw(st.integers(0, 5)) == 0 else (),
    )
    return Article(metadata, tuple(blocks))


OPTIONS = st.builds(
    NarrationOptions,
    say_title=st.booleans(),
    code=st.sampled_from(["summary", "read", "skip"]),
    footnotes=st.sampled_from(["end", "inline", "skip"]),
    table_rows=st.sampled_from([2, 20]),
    masked=st.sampled_from(["bleep-word", "tone", "letter", "skip"]),
    furniture=st.sampled_from(["skip", "read"]),
    speakers=st.sampled_from(["first", "every", "never"]),
)


def _texts(article: Article) -> dict[tuple[str, str], str]:
    texts = {(block.id, name): inline.text for block in walk(article.blocks) for name, inline in fields(block)}
    texts[METADATA_BLOCK, "title"] = article.metadata.title
    return texts


def _owned(script: Script) -> list[tuple[str, Span]]:
    owned = [(u.block, span) for u in utterances(script) if not (u.added or u.echo) for span in u.spans]
    return owned + [(omission.block, span) for omission in script.omitted for span in omission.spans]


def check_owners(article: Article, script: Script) -> None:
    texts = _texts(article)
    owners: Counter[tuple[str, str, int]] = Counter()
    for block, span in _owned(script):
        assert 0 <= span.start < span.end <= len(texts[block, span.field])
        owners.update((block, span.field, i) for i in range(span.start, span.end))
    for (block, name), text in texts.items():
        for i, character in enumerate(text):
            if block != METADATA_BLOCK and not character.isspace():
                assert owners[block, name, i] == 1, (block, name, i, character, owners[block, name, i])
    assert max(owners.values(), default=1) == 1


def check_alignment(article: Article, script: Script) -> None:
    texts = _texts(article)
    for u in utterances(script):
        said = spoken_text(u.said)
        assert any(c.isalnum() for c in said)
        if u.added:
            assert not u.spans
            assert not u.alignment
            continue
        assert len({span.field for span in u.spans}) == 1
        assert u.printed == printed_at(texts[u.block, u.spans[0].field], u.spans)
        position = 0
        for aligned in u.alignment:
            assert aligned.start == position
            position = aligned.end
            if aligned.exact:
                printed = texts[u.block, aligned.span.field][aligned.span.start : aligned.span.end]
                assert said[aligned.start : aligned.end] == printed.replace("\n", " ")
        assert position == len(said)
        for change in u.changes:
            assert change.printed == texts[change.block, change.span.field][change.span.start : change.span.end]
            assert change.rule
            assert change.printed != change.spoken


def check_shape(script: Script) -> None:
    items = script.items
    assert not any(isinstance(a, Pause) and isinstance(b, Pause) for a, b in pairwise(items))
    if items:
        assert not isinstance(items[0], Pause)
        assert isinstance(items[-1], Sentence | Sound)
    sentences = [item for item in items if isinstance(item, Sentence)]
    assert [s.id for s in sentences] == [f"s{n:04}" for n in range(1, len(sentences) + 1)]
    assert [u.id for u in utterances(script)] == [f"u{n:04}" for n in range(1, len(utterances(script)) + 1)]
    for sentence in sentences:
        assert isinstance(sentence.parts[0], Utterance | Sound)
        assert isinstance(sentence.parts[-1], Utterance | Sound)
        assert any(isinstance(part, Utterance) for part in sentence.parts)
        kinds = [type(part) for part in sentence.parts]
        assert (Pause, Pause) not in list(pairwise(kinds))
    starts = [item.block for item in items if isinstance(item, ChapterStart)]
    assert len(set(starts)) == len(starts)


@settings(max_examples=max(350, settings().max_examples), deadline=None, suppress_health_check=list(HealthCheck))
@given(articles(), OPTIONS, st.sampled_from(["en", "de", "cs"]), st.sampled_from(["", "second"]))
def test_every_character_has_one_owner(article: Article, options: NarrationOptions, language: str, voice: str) -> None:
    script = narrate(
        article,
        narration=options,
        pauses=PauseOptions(),
        language=language,
        title_fallback="a file",
        words_per_minute=170,
        voices=Voices(voice, voice, {"ann": voice} if voice else {}),
    )
    check_owners(article, script)
    check_alignment(article, script)
    check_shape(script)
    if options.footnotes != "inline":
        places = [
            place(block, span.field, span.start)
            for block, span in _owned(Script(title="", language="", items=script.items))
        ]
        assert places == sorted(places)
    assert [place(o.block, o.spans[0].field, o.spans[0].start) for o in script.omitted] == sorted(
        place(o.block, o.spans[0].field, o.spans[0].start) for o in script.omitted
    )
    lines = list(reading_script(script))
    assert sum(line.startswith("[left out (") for line in lines) == len(script.omitted)
    assert "" not in [a + b for a, b in pairwise(lines)]
    as_json(script)
