"""Encoding blocks are cut by content: an edit moves its neighbours and nothing else."""

import random
from itertools import pairwise

import pytest

from earmark.narration.script import ChapterStart, Item, Pause, Script, Sentence, Text, Utterance
from earmark.options import ChapterOptions
from earmark.timeline import ClipLength, Timeline, lay_out

RATE = 22_050
FRAME = 576


def article(seed: int, count: int, *, headings: bool = True) -> list[tuple[str, float, int]]:
    """Return sentences as `(words, seconds, pause after in ms)`."""
    rng = random.Random(seed)  # noqa: S311 (made-up sentences)
    made = []
    left = rng.randint(2, 7)
    for number in range(count):
        left -= 1
        pause = 300
        if left == 0:
            left = rng.randint(2, 7)
            pause = 1200 if headings and rng.random() < 0.15 else 650
        made.append((f"{seed}.{number}.{rng.random()}", rng.uniform(1.2, 9.0), pause))
    return made


def laid(
    sentences: list[tuple[str, float, int]], sounds: dict[str, int] | None = None, *, at_chapters: bool = False
) -> Timeline:
    items: list[Item] = []
    clips: dict[str, ClipLength] = {}
    for number, (words, seconds, pause) in enumerate(sentences):
        spoken = Utterance(id=f"u{number}", block="b1", spans=(), printed="", said=(Text(words),), language="en")
        if number and sentences[number - 1][2] == 1200:
            items.append(ChapterStart(words, f"b{number}", 1))
        items += [Sentence(id=f"s{number}", block="b1", kind="p", spans=(), parts=(spoken,)), Pause(pause)]
        clips[f"u{number}"] = ClipLength(round(seconds * RATE))
    script = Script(title="T", language="en", items=tuple(items))
    return lay_out(
        script,
        clips,
        sounds,
        sample_rate=RATE,
        frame=FRAME,
        chapters=ChapterOptions(),
        crossfade=3000,
        cut_at_chapters=at_chapters,
    )


def contents(timeline: Timeline) -> list[tuple[object, ...]]:
    """Return each block's own layout: what is heard, how far from the block's start, and its length."""
    said = {part.id: part for cue in timeline.cues for part in cue.sentence.parts if isinstance(part, Utterance)}
    return [
        (
            cut.end - cut.start,
            *(
                (said[placed.id].said, placed.start - cut.start, placed.length)
                for placed in timeline.placed
                if cut.start <= placed.start < cut.end
            ),
        )
        for cut in timeline.cuts
    ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("headings", [True, False])
def test_blocks_last_twenty_to_sixty_seconds(seed: int, headings: bool) -> None:  # noqa: FBT001 (a parameter)
    timeline = laid(article(seed, 400, headings=headings))
    lengths = [(cut.end - cut.start) / RATE for cut in timeline.cuts]
    assert min(lengths) >= 20
    assert max(lengths) <= 60.1


@pytest.mark.parametrize("seed", range(12))
def test_an_edit_changes_three_blocks_at_most(seed: int) -> None:
    sentences = article(seed, 500)
    before = contents(laid(sentences))
    rng = random.Random(-seed)  # noqa: S311 (made-up edits)
    worst = 0
    for _ in range(15):
        place = rng.randrange(len(sentences))
        kind = rng.choice(["change", "drop", "add"])
        edited = list(sentences)
        if kind == "change":
            edited[place] = ("edited", edited[place][1] * rng.uniform(0.5, 1.5), edited[place][2])
        elif kind == "drop":
            del edited[place]
        else:
            edited.insert(place, ("added", rng.uniform(1, 9), 300))
        after = contents(laid(edited))
        worst = max(worst, len(set(after) - set(before)))
        moved = [block for block in after if block in set(before)]
        assert len(moved) >= len(before) - 5
    assert worst <= 3
    assert before == contents(laid(sentences))


def test_a_litany_of_equal_sentences_is_cut_evenly() -> None:
    timeline = laid([("Pray for us.", 2.0, 300)] * 600)
    lengths = [(cut.end - cut.start) / RATE for cut in timeline.cuts]
    assert min(lengths) >= 20
    assert max(lengths) <= 60.1


def test_no_cut_where_a_sound_is_heard_or_speech_runs_under_the_outro() -> None:
    sounds = {"intro": 40 * RATE, "outro": 40 * RATE, "sting": 2 * RATE}
    timeline = laid(article(1, 60), sounds)
    for sound in timeline.sounds:
        for cut in timeline.cuts[1:]:
            assert not sound.start < cut.start < sound.start + sound.length


def test_pauses_too_short_are_never_cut() -> None:
    timeline = laid([(str(number), 5.0, 190) for number in range(23)])
    assert len(timeline.cuts) == 1
    mixed = laid([(str(number), 5.0, 190 if number % 20 else 300) for number in range(100)])
    assert 1 < len(mixed.cuts) <= 5
    for first, second in pairwise(mixed.cuts):
        assert first.end == second.start


@pytest.mark.parametrize("seed", range(6))
def test_if_asked_a_block_starts_with_each_chapter(seed: int) -> None:
    """Also where the chapter's pause is too short for a cut, and blocks inside a long chapter stay bounded."""
    sentences = [(words, seconds, min(pause, 1200)) for words, seconds, pause in article(seed, 120)]
    timeline = laid(sentences, at_chapters=True)
    starts = {cut.start for cut in timeline.cuts}
    assert len(timeline.chapters) > 1
    assert {chapter.start for chapter in timeline.chapters} <= starts
    assert all(cut.start % FRAME == 0 for cut in timeline.cuts)
    assert [cut.end for cut in timeline.cuts[:-1]] == [cut.start for cut in timeline.cuts[1:]]
    assert max(cut.end - cut.start for cut in timeline.cuts) <= 75 * RATE
    heard = {clip.start: clip.start + clip.length for clip in timeline.placed}
    for cut in timeline.cuts[1:]:
        before = max(end for start, end in heard.items() if start < cut.start)
        assert cut.start - before >= 3000


def test_chapters_without_a_pause_get_room_for_a_cut() -> None:
    sentences = [(f"{n}", 9.0, 1200 if n == 4 else 300) for n in range(12)]
    items: list[Item] = []
    clips = {}
    for number, (words, seconds, _) in enumerate(sentences):
        spoken = Utterance(id=f"u{number}", block="b1", spans=(), printed="", said=(Text(words),), language="en")
        items += [ChapterStart(words, f"b{number}", 1)] if number in {0, 6} else []
        items.append(Sentence(id=f"s{number}", block="b1", kind="p", spans=(), parts=(spoken,)))
        clips[f"u{number}"] = ClipLength(round(seconds * RATE))
    script = Script(title="T", language="en", items=tuple(items))
    timeline = lay_out(script, clips, sample_rate=RATE, frame=FRAME, chapters=ChapterOptions(), cut_at_chapters=True)
    second = timeline.chapters[1].start
    assert second in {cut.start for cut in timeline.cuts}
    before = max(clip.start + clip.length for clip in timeline.placed if clip.start < second)
    assert 3000 <= second - before < 3000 + 2 * FRAME


@pytest.mark.parametrize("pause", [0, 100, 199])
def test_sentences_that_follow_closely_are_cut_too(pause: int) -> None:
    sentences = [(words, seconds, pause) for words, seconds, _ in article(7, 1_500)]
    made = laid(sentences)
    assert max(cut.end - cut.start for cut in made.cuts) <= 61 * RATE
    assert [cut.start for cut in made.cuts[1:]] == [cut.end for cut in made.cuts[:-1]]
    edited = laid([*sentences[:700], ("another", 4.0, pause), *sentences[701:]])
    changed = set(contents(edited)) - set(contents(made))
    assert 1 <= len(changed) <= 8
    gaps = [after.start - before.end for before, after in pairwise(made.cues)]
    assert min(gaps) == round(pause * RATE / 1000)
    assert max(gaps) <= round(0.2 * RATE) + FRAME
    assert sum(gap > min(gaps) for gap in gaps) == len(made.cuts) - 1
