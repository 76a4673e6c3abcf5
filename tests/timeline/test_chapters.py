"""Which chapters are chosen."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark.narration.script import NOTES, PARAGRAPH, ChapterStart, Item, Pause, Script, Sentence, Text, Utterance
from earmark.options import ChapterOptions
from earmark.timeline import Chapter, ClipLength, lay_out, preview

RATE = 1000


def speech(name: str, seconds: float) -> tuple[Sentence, int]:
    spoken = Utterance(id=name, block=f"b{name}", spans=(), printed=name, said=(Text(name),), language="en")
    return Sentence(id=name, block=f"b{name}", kind="paragraph", spans=(), parts=(spoken,)), round(seconds * RATE)


def chapters(*plan: tuple[str, int, float] | float, options: ChapterOptions | None = None) -> tuple[Chapter, ...]:
    """Lay out a plan: `(title, level, seconds)` starts a chapter with that much speech, a number is speech alone."""
    items: list[Item] = []
    clips: dict[str, ClipLength] = {}
    for number, entry in enumerate(plan):
        if isinstance(entry, tuple):
            items.append(ChapterStart(entry[0], f"b{number}", entry[1]))
        said, length = speech(str(number), entry[2] if isinstance(entry, tuple) else entry)
        items.append(said)
        clips[str(number)] = ClipLength(length)
    script = Script(title="Whole", language="en", items=tuple(items))
    laid = lay_out(script, clips, sample_rate=RATE, frame=1, chapters=options or ChapterOptions())
    if laid.duration:
        assert (laid.chapters[0].start, laid.chapters[-1].end) == (0, laid.duration)
    assert all(first.end == second.start for first, second in pairwise(laid.chapters))
    return laid.chapters


def titles(*plan: tuple[str, int, float] | float, options: ChapterOptions | None = None) -> list[str]:
    return [chapter.title for chapter in chapters(*plan, options=options)]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ([("A", 1, 30), ("B", 2, 30), ("C", 3, 30), ("D", 1, 30)], ["A", "B", "D"]),
        ([("A", 1, 10), ("B", 2, 30)], ["A"]),  # short: joins the next of lower level
        ([("A", 1, 10), ("B", 1, 30)], ["A"]),  # and of equal level
        ([("A", 1, 30), ("B", 2, 10), ("C", 1, 30)], ["A", "B", "C"]),  # not one of higher level
        ([("A", 1, 5), ("B", 2, 5), ("C", 2, 5), ("D", 2, 30), ("E", 2, 30)], ["A", "E"]),  # until it is long enough
        ([("A", 1, 30), ("B", 1, 5)], ["A", "B"]),  # the last has no next
        ([40.0, ("A", 1, 30)], ["Whole", "A"]),  # text before the first heading
        ([5.0, ("A", 1, 30)], ["Whole"]),
        ([("Opening", 0, 8), ("A", 1, 40), ("B", 2, 40)], ["Opening", "B"]),
        ([("A", 3, 30), ("B", 4, 30)], ["Whole"]),
        ([30.0], ["Whole"]),
        ([("A", 1, 30), ("Notes", NOTES, 30)], ["A", "Notes"]),
    ],
)
def test_headings(plan: list[tuple[str, int, float] | float], expected: list[str]) -> None:
    assert titles(*plan) == expected


def test_two_starts_at_one_place_are_one_chapter_by_the_higher() -> None:
    said, length = speech("1", 30)
    items = (ChapterStart("Low", "b1", 2), ChapterStart("High", "b2", 1), said, ChapterStart("After the end", "b3", 1))
    script = Script(title="Whole", language="en", items=items)
    laid = lay_out(script, {"1": ClipLength(length)}, sample_rate=RATE, frame=1, chapters=ChapterOptions())
    assert [chapter.title for chapter in laid.chapters] == ["High"]


def test_paragraphs_make_chapters_of_a_minute_or_two() -> None:
    plan = [("Opening", 0, 12.0), *((f"P{n}", PARAGRAPH, 14.0 + n % 9) for n in range(40))]
    made = chapters(*plan)
    assert made[0].title == "Opening"
    assert all(60 * RATE <= chapter.end - chapter.start <= 150 * RATE for chapter in made)
    assert all(chapter.title.startswith("P") for chapter in made[1:])


def test_notes_stay_their_own_chapter_among_paragraphs() -> None:
    plan = [*((f"P{n}", PARAGRAPH, 30.0) for n in range(8)), ("Notes", NOTES, 45.0)]
    made = titles(*plan)
    assert made[0] == "P0"
    assert made[-1] == "Notes"
    assert 3 <= len(made) <= 5


def test_paragraphs_too_long_for_the_bounds_are_chapters_as_they_are() -> None:
    assert titles(*((f"P{n}", PARAGRAPH, 400.0) for n in range(3))) == ["P0", "P1", "P2"]
    assert titles(("P0", PARAGRAPH, 20.0), ("P1", PARAGRAPH, 20.0)) == ["P0"]


def test_over_255_the_shortest_neighbours_join() -> None:
    plan = [(f"H{n}", 1, 25.0 + n % 50) for n in range(300)]
    made = chapters(*plan)
    assert len(made) == 255
    assert min(c.end - c.start for c in made) > 25 * RATE


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.just("T"), st.sampled_from([0, 1, 2, 3, 9]), st.integers(1, 200)), max_size=30),
    st.integers(0, 40),
)
def test_chapters_tile_whatever_the_plan(plan: list[tuple[str, int, float]], shortest: int) -> None:
    made = chapters(*plan, options=ChapterOptions(shortest=shortest))
    assert bool(made) == bool(plan)


def test_joining_many_neighbours_at_the_ends() -> None:
    options = ChapterOptions(shortest=0)
    plan = [(f"H{n}", 1, 1.0) for n in range(280)]
    made = chapters(*plan, options=options)
    assert len(made) == 255
    last_short = [*((f"H{n}", 1, 30.0) for n in range(255)), ("Last", 1, 1.0)]
    assert titles(*last_short, options=options)[-1] == "H254"


def test_a_preview_names_the_items_and_estimates_the_time() -> None:
    words = "word " * 300
    items: list[Item] = []
    for number, title in enumerate(("Opening", "First", "Second")):
        said = Utterance(id=title, block=f"b{number}", spans=(), printed=words, said=(Text(words),), language="en")
        start = ChapterStart(title, f"b{number}", min(number, 1))
        items += [start, Sentence(id=title, block=f"b{number}", kind="paragraph", spans=(), parts=(said,)), Pause(500)]
    found = preview(Script(title="Whole", language="en", items=tuple(items)), 150)
    assert [chapter.item for chapter in found.chapters] == [0, 3, 6]
    assert [chapter.title for chapter in found.chapters] == ["Opening", "First", "Second"]
    assert found.seconds == pytest.approx(3 * (250 / 150 * 60 + 0.5))
    assert found.chapters[1].start == pytest.approx(100.5)


def test_a_preview_of_an_article_without_headings() -> None:
    said, _ = speech("Hello there, dear reader", 1)
    found = preview(Script(title="Whole", language="en", items=(said,)), 150)
    assert [(chapter.item, chapter.title) for chapter in found.chapters] == [(0, "Whole")]
    assert preview(Script(title="Whole", language="en", items=()), 150).chapters == ()
