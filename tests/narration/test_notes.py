"""Notes at the end, in place, or not at all."""

from typing import TYPE_CHECKING

import pytest

from earmark.article import Block, Footnote, MarkKind
from earmark.narration.script import NOTES, ChapterStart, utterances
from earmark.options import NarrationOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet


def blocks(sheet: "Sheet") -> tuple[Block, ...]:
    return (
        sheet.p("First.1 Second.", (MarkKind.NOTE_REFERENCE, "1", "b9001")),
        sheet.p("Third.1", (MarkKind.NOTE_REFERENCE, "1", "b9001")),
        Footnote(id="b9001", label="1", blocks=(sheet.p("See also this.2", (MarkKind.NOTE_REFERENCE, "2", "b9002")),)),
        Footnote(id="b9002", label="*", blocks=(sheet.p("And that.", language="fr"),)),
    )


def told(sheet: "Sheet", way: str) -> list[str]:
    off = dict.fromkeys(("title", "authors", "date", "duration", "synthetic", "ending"), False)
    narration = NarrationOptions(footnotes=way, **{f"say_{name}": value for name, value in off.items()})  # type: ignore[arg-type]
    script = sheet.tell(*blocks(sheet), narration=narration)
    starts = [item for item in script.items if isinstance(item, ChapterStart) and item.level == NOTES]
    assert [start.title for start in starts] == ([] if way == "skip" else ["Notes"])
    marks = [printed for printed, reason in sheet.omitted(script) if reason == "note-reference"]
    assert marks == (["1", "1"] if way == "skip" else ["1", "1", "2"])
    return [u.printed for u in utterances(script)]


def test_at_the_end(sheet: "Sheet") -> None:
    assert told(sheet, "end") == ["First.", "Second.", "Third.", "Notes.", "Note 1.", "See also this.", "And that."]


def test_in_place_and_once(sheet: "Sheet") -> None:
    assert told(sheet, "inline") == [
        "First.", "Note:", "See also this.", "End of note.", "Second.", "Third.", "Notes.", "And that.",
    ]  # fmt: skip


def test_not_at_all(sheet: "Sheet") -> None:
    assert told(sheet, "skip") == ["First.", "Second.", "Third."]


@pytest.mark.parametrize("way", ["end", "inline"])
def test_notes_that_say_nothing_are_not_announced(sheet: "Sheet", way: str) -> None:
    narration = NarrationOptions(footnotes=way, say_ending=False)  # type: ignore[arg-type]
    note = Footnote(id="b9001", label="1", blocks=(sheet.p("…"),))
    script = sheet.tell(sheet.p("First.1", (MarkKind.NOTE_REFERENCE, "1", "b9001")), note, narration=narration)
    assert utterances(script)[-1].printed == "First."
    assert [i.level for i in script.items if isinstance(i, ChapterStart)] == [0, 9]


@pytest.mark.parametrize("language", ["ar", "cs", "ja", "ru"])
def test_a_language_without_phrases_never_gets_an_english_word(sheet: "Sheet", language: str) -> None:
    script = sheet.tell(*blocks(sheet), narration=NarrationOptions(), language=language)
    assert [u.printed for u in utterances(script)][-2:] == ["See also this.", "And that."]
    assert [i.title for i in script.items if isinstance(i, ChapterStart) and i.level == NOTES] == ["[1]–[*]"]
