"""Packed word marks are what they were made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.audio.clip import SpokenWord
from earmark.narration.script import Aligned, Script, Sentence, Span, Text, Utterance
from earmark.options import ChapterOptions
from earmark.timeline import layout
from earmark.timeline.axis import ClipLength, Timeline, WordMark
from earmark.timeline.packing import PackedMarks

_NUMBER = st.integers(0, 2**31)
_PAIR = st.tuples(_NUMBER, _NUMBER)


def _mark(field: str, span: tuple[int, int], printed: str, at: tuple[int, int], source: str) -> WordMark:
    start, end = sorted(span)
    low, high = sorted(at)
    return WordMark(Span(field, start, end), printed, 2**40 + low, 2**40 + high, source)


_MARKS = st.lists(
    st.builds(
        _mark,
        st.sampled_from(["text", "alt", "cell(1,2)"]),
        _PAIR,
        st.text(max_size=5),
        _PAIR,
        st.sampled_from(["engine", "aligned"]),
    ),
    max_size=6,
).map(lambda marks: tuple(sorted(marks, key=lambda mark: mark.start)))


@given(_MARKS, st.integers(-7, 7), st.slices(6))
def test_packed_marks_are_the_marks(marks: tuple[WordMark, ...], index: int, part: slice) -> None:
    packed = PackedMarks(marks)
    assert tuple(packed) == marks
    assert packed == marks
    assert marks == packed
    assert packed == PackedMarks(marks)
    assert hash(packed) == hash(marks)
    assert repr(packed) == repr(marks)
    assert len(packed) == len(marks)
    assert packed[part] == marks[part]
    if -len(marks) <= index < len(marks):
        assert packed[index] == marks[index]
    assert packed != (*marks, None)
    assert packed != 1


def _laid_out() -> Timeline:
    span = Span("text", 0, 9)
    said = Utterance(
        id="u1",
        block="b0001",
        spans=(span,),
        printed="It rained",
        said=(Text("It rained"),),
        language="en",
        alignment=(Aligned(0, 9, span, exact=True),),
    )
    sentence = Sentence(id="s1", block="b0001", kind="paragraph", spans=(span,), parts=(said,))
    clip = ClipLength(900, (SpokenWord(0, 2, 0, 300), SpokenWord(3, 9, 300, 900)))
    script = Script(title="T", language="en", items=(sentence,))
    return layout.lay_out(script, {"u1": clip}, sample_rate=22_050, frame=576, chapters=ChapterOptions())


def test_only_a_long_edition_is_packed_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = _laid_out()
    assert isinstance(plain.cues[0].words, tuple)
    assert [word.printed for word in plain.cues[0].words] == ["It", "rained"]
    monkeypatch.setattr(layout, "LONG", 0)
    packed = _laid_out()
    assert isinstance(packed.cues[0].words, PackedMarks)
    assert packed == plain
