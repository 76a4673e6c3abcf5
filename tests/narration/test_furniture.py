"""What is furniture and what only looks like it: lines in furniture.txt, and what stands under "Related"."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from earmark.article import Inline, Mark, MarkKind
from earmark.narration.furniture import credit, reason_for
from earmark.options import NarrationOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

LINES = [
    tuple(line.split(" | ", 1))
    for line in (Path(__file__).parent / "furniture.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("reason", "text"), LINES, ids=[text for _, text in LINES])
def test_lines(reason: str, text: str) -> None:
    assert (reason_for(Inline(text)) or "read") == reason


def test_a_line_that_is_one_link_is_judged_by_its_opening() -> None:
    text = "Read more about the project"
    assert reason_for(Inline(text)) is None
    assert reason_for(Inline(text, (Mark(MarkKind.LINK, 0, len(text), "/x"),))) == "related-link"
    assert reason_for(Inline(text, (Mark(MarkKind.LINK, 10, len(text), "/x"),))) is None
    assert reason_for(Inline("The project", (Mark(MarkKind.LINK, 0, 11, "/x"),))) is None


def test_long_paragraphs_are_never_furniture() -> None:
    assert reason_for(Inline("READ MORE: " + "words and " * 40)) is None


def test_a_related_heading_takes_its_links_along(sheet: "Sheet") -> None:
    script = sheet.tell(
        sheet.p("Prose comes first."),
        sheet.h(3, "Related stories"),
        sheet.items("bullet", "The last ferry", "What is a lighthouse for?"),
        sheet.p("A whole link", (MarkKind.LINK, "A whole link", "/y")),
        sheet.p("Prose comes last."),
    )
    assert sheet.said(script) == ["Prose comes first.", "Prose comes last."]
    assert {reason for _, reason in sheet.omitted(script)} == {"related-link"}
    assert [printed for printed, _ in sheet.omitted(script)] == [
        "Related stories",
        "The last ferry",
        "What is a lighthouse for?",
        "A whole link",
    ]


def test_a_heading_over_prose_is_kept(sheet: "Sheet") -> None:
    script = sheet.tell(
        sheet.h(2, "Related news"), sheet.p("Two of them were brothers."), sheet.items("bullet", "One.")
    )
    assert sheet.said(script) == ["Related news", "Two of them were brothers.", "One."]


def test_a_related_line_in_plain_text_takes_the_list_under_it_along(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Related:"), sheet.items("bullet", "The last ferry"), sheet.p("Prose."))
    assert sheet.said(script) == ["Prose."]


def test_lists_of_networks_are_for_sharing(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.items("bullet", "Facebook", "Share on X", "Copy link"), sheet.items("bullet", "Facebook"))
    assert [reason for _, reason in sheet.omitted(script)] == ["share"] * 3
    assert sheet.said(script) == ["Facebook"]


def test_furniture_is_found_inside_lists_and_boxes(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.items("ordered", "READ MORE: Rents rise", "An apple."))
    assert sheet.said(script) == ["[two]" if "[two]" in sheet.said(script) else "[2]", "An apple."]
    assert sheet.omitted(script) == [("READ MORE: Rents rise", "related-link")]


def test_it_can_be_read(sheet: "Sheet") -> None:
    narration = NarrationOptions(
        furniture="read",
        say_title=False,
        say_duration=False,
        say_synthetic=False,
        say_ending=False,
    )
    script = sheet.tell(sheet.p("READ MORE: Rents rise"), narration=narration)
    assert not script.omitted


def test_credits_in_captions(sheet: "Sheet") -> None:
    assert credit("A cat sits here.") is None
    assert credit("Photograph: " + "Jane " * 40) is None
    script = sheet.tell(sheet.figure("A field", "Dawn in the north. Photograph: Jane Doe/The Guardian"))
    assert sheet.omitted(script) == [("Photograph: Jane Doe/The Guardian", "credit")]
