"""The layout's invariants, on scripts of any shape."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark.audio.clip import SpokenWord
from earmark.narration.script import (
    Aligned,
    ChapterStart,
    Item,
    Pause,
    Script,
    Sentence,
    Sound,
    Span,
    Text,
    Utterance,
)
from earmark.options import ChapterOptions
from earmark.timeline import ClipLength, Placed, PlacedSound, Timeline, lay_out
from earmark.timeline.layout import samples_of

RATE = 22_050
FRAME = 576


def utterance(number: int, text: str, *, id_: str | None = None) -> Utterance:
    span = Span("text", 0, len(text))
    return Utterance(
        id=id_ or f"u{number}",
        block=f"b{number:04}",
        spans=(span,),
        printed=text,
        said=(Text(text),),
        language="en",
        alignment=(Aligned(0, len(text), span, exact=True),),
    )


def sentence(number: int, *parts: Utterance | Pause | Sound) -> Sentence:
    return Sentence(id=f"s{number}", block=f"b{number:04}", kind="paragraph", spans=(), parts=parts)


def simple(number: int, text: str) -> Sentence:
    return sentence(number, utterance(number, text))


def make(*items: Item) -> Script:
    return Script(title="The whole", language="en", items=items)


def laid(script: Script, lengths: dict[str, int], sounds: dict[str, int] | None = None, crossfade: int = 0) -> Timeline:
    clips = {name: ClipLength(length) for name, length in lengths.items()}
    return lay_out(script, clips, sounds, sample_rate=RATE, frame=FRAME, chapters=ChapterOptions(), crossfade=crossfade)


def test_pauses_collapse_to_the_longest_also_around_chapter_starts() -> None:
    script = make(
        simple(1, "One."), Pause(300), ChapterStart("Two", "b0002", 1), Pause(1200), Pause(650), simple(2, "Two.")
    )
    timeline = laid(script, {"u1": 1000, "u2": 2000})
    first, second = timeline.cues
    assert (first.start, first.end) == (0, 1000)
    assert second.start - first.end == 26_460
    assert timeline.duration == second.end


def test_silence_before_the_first_word_is_dropped_and_after_the_last_kept() -> None:
    timeline = laid(make(Pause(1200), simple(1, "One."), Pause(100)), {"u1": 1000})
    assert timeline.cues[0].start == 0
    assert timeline.duration == 1000 + 2205


@pytest.mark.parametrize(("ms", "rate", "expected"), [(1, 22_050, 22), (10, 22_050, 221), (3, 500, 2), (0, 48_000, 0)])
def test_half_a_sample_counts_as_one(ms: int, rate: int, expected: int) -> None:
    assert samples_of(ms, rate) == expected


def test_pauses_and_sounds_inside_a_sentence_are_its_own() -> None:
    parts = (utterance(1, "What the"), Pause(150), Sound("bleep"), Pause(100), utterance(2, "is this?"), Pause(900))
    timeline = laid(make(sentence(1, *parts), simple(3, "Next.")), {"u1": 500, "u2": 700, "u3": 300}, {"bleep": 4410})
    assert timeline.cues[0].end == 500 + 3308 + 4410 + 2205 + 700
    assert timeline.sounds[0].start == 500 + 3308
    assert timeline.cues[1].start == timeline.cues[0].end + samples_of(900, RATE)


def test_a_sentence_of_silence_has_no_cue() -> None:
    timeline = laid(make(simple(1, "One."), sentence(2, Pause(400)), simple(3, "Two.")), {"u1": 10, "u3": 10})
    assert [cue.sentence.id for cue in timeline.cues] == ["s1", "s3"]
    assert timeline.cues[1].start == 10 + samples_of(400, RATE)


def test_a_missing_clip_an_empty_one_and_an_unknown_sound_are_errors() -> None:
    script = make(simple(1, "One."))
    for lengths in ({}, {"u1": 0}):
        with pytest.raises(ValueError, match="u1"):
            laid(script, lengths)
    with pytest.raises(ValueError, match="bleep"):
        laid(make(sentence(1, Sound("bleep"))), {})


def test_nothing_to_say_makes_an_empty_timeline() -> None:
    timeline = laid(make(Pause(500), ChapterStart("A", "b0001", 1)), {}, {"intro": 100, "outro": 100})
    assert (timeline.duration, timeline.cuts, timeline.chapters, timeline.cues) == (0, (), (), ())


def test_dressing_without_crossfade_stands_alone() -> None:
    timeline = laid(make(simple(1, "One."), Pause(200)), {"u1": 1000}, {"intro": 5000, "outro": 3000})
    assert [(sound.name, sound.start) for sound in timeline.sounds] == [("intro", 0), ("outro", 6000 + 4410)]
    assert timeline.cues[0].start == 5000
    assert timeline.duration == 6000 + 4410 + 3000
    assert (timeline.chapters[0].start, timeline.chapters[0].end) == (0, timeline.duration)


def test_with_crossfade_the_intro_ends_under_the_speech_and_the_outro_starts_there() -> None:
    timeline = laid(
        make(simple(1, "One."), Pause(200)), {"u1": 100_000}, {"intro": 50_000, "outro": 40_000}, crossfade=1000
    )
    assert timeline.cues[0].start == 50_000 - RATE
    assert timeline.sounds[1].start == timeline.cues[0].end - RATE
    assert timeline.duration == timeline.cues[0].end - RATE + 40_000


def test_a_sound_that_the_script_places_itself_is_not_placed_twice() -> None:
    script = make(Sound("intro"), Pause(500), simple(1, "One."), Sound("sting"), simple(2, "Two."))
    timeline = laid(script, {"u1": 10, "u2": 10}, {"intro": 100})
    assert [sound.name for sound in timeline.sounds] == ["intro"]
    assert timeline.cues[0].start == 100 + samples_of(500, RATE)


def test_a_sting_stands_in_the_middle_of_the_silence_before_each_chapter_but_the_first() -> None:
    script = make(
        ChapterStart("A", "b0001", 1),
        simple(1, "One."),
        Pause(1200),
        ChapterStart("B", "b0002", 1),
        simple(2, "Two."),
    )
    timeline = laid(script, {"u1": 30 * RATE, "u2": 30 * RATE}, {"sting": 9000})
    (sting,) = timeline.sounds
    half = samples_of(600, RATE)
    at_least_half = range(half, half + FRAME)  # a cut may lengthen it to the frame grid
    assert sting.start - timeline.cues[0].end in at_least_half
    assert timeline.cues[1].start - sting.start - 9000 in at_least_half
    assert timeline.chapters[1].start == sting.start


@st.composite
def scripts(draw: st.DrawFn) -> tuple[Script, dict[str, ClipLength]]:
    items: list[Item] = []
    clips: dict[str, ClipLength] = {}
    for number in range(draw(st.integers(0, 25))):
        if draw(st.booleans()):
            items.append(ChapterStart(f"C{number}", f"b{number:04}", draw(st.sampled_from([0, 1, 2, 3, 9]))))
        items += [Pause(ms) for ms in draw(st.lists(st.integers(0, 2000), max_size=2))]
        parts: list[Utterance | Pause | Sound] = []
        for index in range(draw(st.integers(1, 3))):
            text = draw(st.sampled_from(["A word.", "Some more words here", "x", "Ten past three in the rain"]))
            piece = utterance(number, text, id_=f"u{number}.{index}")
            length = draw(st.integers(1, 25 * RATE))
            times = sorted(draw(st.lists(st.integers(-100, length + 100), min_size=2, max_size=6)))
            words = tuple(
                SpokenWord(i * 3 % len(text), min(len(text), i * 3 % len(text) + 4), low, high)
                for i, (low, high) in enumerate(pairwise(times))
            )
            clips[piece.id] = ClipLength(length, draw(st.sampled_from([None, words])))
            parts.append(piece)
            parts += draw(st.sampled_from([[], [Pause(150)], [Sound("bleep")]]))
        items.append(sentence(number, *parts))
    items += [Pause(ms) for ms in draw(st.lists(st.integers(0, 2000), max_size=1))]
    return make(*items), clips


dressings = st.dictionaries(st.sampled_from(["intro", "outro", "sting"]), st.integers(1, 12 * RATE))


@settings(max_examples=80, deadline=None)
@given(scripts(), dressings, st.integers(0, 8000))
def test_the_invariants_hold(spoken: tuple[Script, dict[str, ClipLength]], dressing: dict[str, int], fade: int) -> None:
    script, clips = spoken
    timeline = lay_out(
        script,
        clips,
        {"bleep": 3000, **dressing},
        sample_rate=RATE,
        frame=FRAME,
        chapters=ChapterOptions(),
        crossfade=fade,
    )
    heard: list[Placed | PlacedSound] = [*timeline.placed, *timeline.sounds]
    assert all(thing.start >= 0 and thing.start + thing.length <= timeline.duration for thing in heard)
    for first, second in pairwise(timeline.placed):
        assert first.start + first.length <= second.start
    for cue, following in pairwise(timeline.cues):
        assert cue.start < cue.end <= following.start
    assert len(timeline.cues) == sum(isinstance(item, Sentence) for item in script.items)
    for cue in timeline.cues:
        for mark in cue.words or ():
            assert cue.start <= mark.start < mark.end <= cue.end
        for mark, after in pairwise(cue.words or ()):
            assert mark.end <= after.start
    assert [c.end for c in timeline.chapters[:-1]] == [c.start for c in timeline.chapters[1:]]
    assert [c.end for c in timeline.cuts[:-1]] == [c.start for c in timeline.cuts[1:]]
    if timeline.duration:
        assert (timeline.chapters[0].start, timeline.chapters[-1].end) == (0, timeline.duration)
        assert (timeline.cuts[0].start, timeline.cuts[-1].end) == (0, timeline.duration)
    assert all(chapter.start < chapter.end for chapter in timeline.chapters)
    for cut in timeline.cuts[1:]:
        assert cut.start % FRAME == 0
        before = [thing.start + thing.length for thing in heard if thing.start < cut.start]
        assert cut.start - max(before) >= max(3000, samples_of(200, RATE))
        assert any(thing.start == cut.start for thing in heard)


@settings(max_examples=60, deadline=None)
@given(scripts())
def test_pauses_last_what_they_say_and_the_samples_add_up(spoken: tuple[Script, dict[str, ClipLength]]) -> None:
    script, clips = spoken
    timeline = lay_out(script, clips, {"bleep": 3000}, sample_rate=RATE, frame=FRAME, chapters=ChapterOptions())
    cursor, gap = 0, 0
    starts = {cut.start for cut in timeline.cuts}
    flat = [part for item in script.items for part in getattr(item, "parts", (item,))]
    placed, sounds = iter(timeline.placed), iter(timeline.sounds)
    for part in flat:
        if isinstance(part, Pause):
            gap = max(gap, part.ms)
        elif isinstance(part, (Utterance, Sound)):
            thing: Placed | PlacedSound = next(placed) if isinstance(part, Utterance) else next(sounds)
            silence = samples_of(gap, RATE) if cursor else 0
            extra = thing.start - cursor - silence
            assert extra == 0 or (thing.start in starts and 0 < extra < FRAME)
            cursor, gap = thing.start + thing.length, 0
    assert timeline.duration == cursor + (samples_of(gap, RATE) if cursor else 0)
