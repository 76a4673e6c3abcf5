"""Whose turn it is: a name is heard where the sound does not tell it, and never twice."""

from typing import TYPE_CHECKING

import msgspec
import pytest

from earmark.article import Metadata, Recorded
from earmark.narration.desk import Voices
from earmark.narration.script import Script, utterances
from earmark.options import NarrationOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

    from earmark.article import Block

VOICES = Voices("quoting", "heading", {"jane doe": "jane"})


def by(block: "Block", **attributes: str) -> "Block":
    return msgspec.structs.replace(block, attributes=tuple(sorted(attributes.items())))


def who(script: Script) -> list[tuple[str, str, str]]:
    return [(part.speaker, part.voice, part.printed) for part in utterances(script)]


def turns(sheet: "Sheet", wanted: str = "first") -> list[tuple[str, str, str]]:
    narration = msgspec.structs.replace(sheet.bare, speakers=wanted)
    blocks = [
        by(sheet.p("One."), speaker="Jane Doe"),
        by(sheet.p("Two."), speaker="Jane Doe"),
        by(sheet.p("Three."), speaker="Tom"),
        sheet.p("Four."),
        by(sheet.p("Five."), speaker="Jane  doe"),
        by(sheet.p("Tom: six."), speaker="Tom"),
        sheet.p("Seven."),
        by(sheet.p("Eight."), speaker="Tom"),
    ]
    return who(sheet.tell(*blocks, voices=VOICES, narration=narration))


def test_a_name_is_said_first_and_later_only_where_no_voice_tells(sheet: "Sheet") -> None:
    assert turns(sheet) == [
        ("", "", "Jane Doe:"), ("Jane Doe", "jane", "One."), ("Jane Doe", "jane", "Two."),
        ("", "", "Tom:"), ("Tom", "", "Three."), ("", "", "Four."), ("Jane doe", "jane", "Five."),
        ("Tom", "", "Tom: six."), ("", "", "Seven."), ("", "", "Tom:"), ("Tom", "", "Eight."),
    ]  # fmt: skip


@pytest.mark.parametrize(("wanted", "names"), [("every", 4), ("never", 0)])
def test_names_at_every_turn_or_never(sheet: "Sheet", wanted: str, names: int) -> None:
    assert sum(printed.endswith(":") for _, _, printed in turns(sheet, wanted)) == names


def test_nobody_is_named_who_says_nothing(sheet: "Sheet") -> None:
    blocks = (by(sheet.p("—"), speaker="Jane Doe"), sheet.p("After."))
    assert who(sheet.tell(*blocks, voices=VOICES)) == [("", "", "After.")]


def test_headings_quotations_and_who_is_quoted(sheet: "Sheet") -> None:
    blocks = (
        sheet.h(2, "Head"),
        msgspec.structs.replace(sheet.h(2, "Tête"), language="fr"),
        sheet.quote("Somebody."),
        by(sheet.quote("Jane."), speaker="Jane Doe"),
        by(sheet.h(3, "Hers"), speaker="Jane Doe"),
    )
    found = [entry for entry in who(sheet.tell(*blocks, voices=VOICES)) if not entry[2].endswith(":")]
    assert found == [
        ("", "heading", "Head"), ("", "", "Tête"), ("", "quoting", "Somebody."),
        ("Jane Doe", "jane", "Jane."), ("Jane Doe", "jane", "Hers"),
    ]  # fmt: skip


def heard(script: Script) -> list[tuple[str, str]]:
    return [(part.recording, part.printed) for part in utterances(script)]


def test_nothing_is_added_to_what_a_person_says(sheet: "Sheet") -> None:
    table = by(sheet.table(["Name"], ["Ann"]), recording="t.wav")
    quote = by(sheet.quote("Words."), recording="q.wav")
    figure = by(sheet.figure("A boat"), recording="f.wav", speaker="Tom")
    script = sheet.tell(sheet.p("Before."), table, quote, figure, sheet.quote("After."))
    assert heard(script) == [
        ("", "Before."), ("t.wav", "Name"), ("t.wav", "Ann"), ("q.wav", "Words."), ("", "Tom:"), ("f.wav", "A boat"),
        ("", "Quote."), ("", "After."), ("", "End quote."),
    ]  # fmt: skip
    assert script.problems == ()


def test_a_quotation_of_which_all_is_recorded_needs_no_marks(sheet: "Sheet") -> None:
    quote = msgspec.structs.replace(sheet.quote("x"), blocks=(by(sheet.p("Words."), recording="q.wav"),))
    assert heard(sheet.tell(quote)) == [("q.wav", "Words.")]


def test_a_chapter_ends_at_the_next_heading_of_its_level(sheet: "Sheet") -> None:
    blocks = (
        sheet.h(1, "Top"), sheet.p("a"), sheet.h(2, "One two"), sheet.p("b"), sheet.h(3, "Deeper"), sheet.p("c"),
        sheet.h(2, "Next"), sheet.p("d"),
    )  # fmt: skip
    named = (Recorded("one  TWO", "1.wav", 3), Recorded("Nowhere", "2.wav", 4))
    script = sheet.tell(*blocks, metadata=Metadata(recordings=named))
    assert [path for path, _ in heard(script)] == ["", "", "1.wav", "1.wav", "1.wav", "1.wav", "", ""]
    (problem,) = (one for one in script.problems if one.code == "recording-unused")
    assert (problem.line, "'Nowhere'" in problem.message) == (4, True)


def test_a_recording_of_all_leaves_nothing_to_a_voice(sheet: "Sheet") -> None:
    blocks = (sheet.h(1, "Top"), sheet.p("a"), by(sheet.p("b"), recording="b.wav"), by(sheet.p("—"), recording="c.wav"))
    metadata = Metadata(authors=("Ann",), published="2026-01-01", recordings=(Recorded("", "all.wav", 2),))
    script = sheet.tell(*blocks, metadata=metadata, narration=NarrationOptions())
    assert heard(script) == [("all.wav", "Top"), ("all.wav", "a"), ("b.wav", "b")]
    assert [problem.code for problem in script.problems] == ["recording-unused"]
