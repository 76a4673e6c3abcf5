"""What is furniture and what only looks like it: lines in furniture.txt, and what stands under "Related"."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from earmark.article import Inline, Mark, MarkKind, Paragraph
from earmark.narration.furniture import credit, find_furniture, reason_for
from earmark.narration.script import ChapterStart
from earmark.options import NarrationOptions

if TYPE_CHECKING:
    from tests.narration.conftest import Sheet

LINES = [
    tuple(line.split(" | ", 1))
    for line in (Path(__file__).parent / "furniture.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def reason_between_prose(text: str) -> str:
    lines = ("He went home and slept.", text, "She did not.")
    found = find_furniture(tuple(Paragraph(id=f"b{at}", content=Inline(line)) for at, line in enumerate(lines)))
    assert found.keys() <= {"b1"}
    return found.get("b1", "read")


@pytest.mark.parametrize(("reason", "text"), LINES, ids=[text for _, text in LINES])
def test_lines(reason: str, text: str) -> None:
    assert reason_between_prose(text) == reason


def test_a_word_that_is_a_button_in_company_is_a_word_alone(sheet: "Sheet") -> None:
    script = sheet.tell(
        sheet.p("Facebook"), sheet.p("He hated it."), sheet.p("Email"), sheet.p("Print"), sheet.p("Log in")
    )
    assert sheet.said(script) == ["Facebook", "He hated it."]
    assert sheet.omitted(script) == [("Email", "share"), ("Print", "share"), ("Log in", "navigation")]
    script = sheet.tell(sheet.p("He left."), sheet.p("Latest"), sheet.p("READ MORE: Rents rise"))
    assert sheet.said(script) == ["He left."]


def test_headlines_under_a_label_in_plain_text(sheet: "Sheet") -> None:
    two = ("1. The village that refused to die", "Why I gave up my car")
    script = sheet.tell(sheet.p("Most read"), *(sheet.p(line) for line in two), sheet.p("Prose follows it."))
    assert sheet.said(script) == ["Prose follows it."]
    # One line under a label without a colon may be a subheading.
    script = sheet.tell(sheet.p("Read more"), sheet.p("The case for the cash"), sheet.p("Prose follows it."))
    assert sheet.said(script) == ["The case for the cash", "Prose follows it."]
    script = sheet.tell(sheet.p("Related:"), sheet.p("The case for the cash"), sheet.p("Prose follows it."))
    assert sheet.said(script) == ["Prose follows it."]


def test_names_of_topics_at_the_foot(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Prose."), sheet.p("Related Topics"), sheet.p("Leeds"), sheet.p("Banks, Cash, Towns"))
    assert sheet.said(script) == ["Prose."]
    script = sheet.tell(sheet.p("Related Topics"), sheet.p("Leeds"), sheet.p("They were four."))
    assert sheet.said(script) == ["They were four."]


def test_a_newsletter_box_goes_whole(sheet: "Sheet") -> None:
    box = ("Sign up to Matters of Opinion", "What our columnists think about", "after newsletter promotion")
    script = sheet.tell(sheet.p("Before it."), *(sheet.p(line) for line in box), sheet.p("After it."))
    assert sheet.said(script) == ["Before it.", "After it."]
    assert {reason for _, reason in sheet.omitted(script)} == {"sign-up"}
    script = sheet.tell(sheet.p(box[0]), sheet.p("Prose that no line ends."), sheet.h(2, "A heading"), sheet.p(box[2]))
    assert sheet.said(script) == ["Prose that no line ends.", "A heading"]


def test_a_heading_of_one_word_over_prose_is_a_heading(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.h(2, "Comments"), sheet.p("They were kind."), sheet.h(2, "Comments"))
    assert sheet.said(script) == ["Comments", "They were kind."]


def test_help_lines_are_read(sheet: "Sheet") -> None:
    lines = (
        "In the UK, Samaritans can be contacted on freephone 116 123, or email jo@samaritans.org.",
        "Call Crimestoppers anonymously on 0800 555 111.",
        "Have you got a story to tell? Call the Samaritans on 116 123.",
        "BEAT helpline: 0808 801 0677",
        "Anyone with information should call police on 101.",
    )
    assert not sheet.tell(*(sheet.p(line) for line in ("Share this article", *lines, "Copy link"))).omitted[2:]


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


def test_lines_of_a_paragraph_that_are_all_furniture(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("Prose."), sheet.p("Share this article\nSign up to our newsletter\nFacebook"))
    assert sheet.said(script) == ["Prose."]
    assert sheet.omitted(script) == [
        ("Share this article", "share"),
        ("Sign up to our newsletter", "sign-up"),
        ("Facebook", "share"),
    ]


def test_a_line_of_a_paragraph_between_sentences(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("He left.\nShare this article\nAdvertisement\nShe stayed."))
    assert sheet.said(script) == ["He left.", "She stayed."]
    assert sheet.omitted(script) == [("Share this article", "share"), ("Advertisement", "advertisement")]


@pytest.mark.parametrize(
    "verse",
    ["Follow us\nTo the sea.", "Share this article\nof faith with me.", "I saw them go\nAdvertisement\nof spring"],
)
def test_lines_of_verse_are_read(sheet: "Sheet", verse: str) -> None:
    assert not sheet.tell(sheet.p(verse)).omitted


def test_a_link_that_is_a_line_is_judged_as_one(sheet: "Sheet") -> None:
    line = "Read more about the project"
    script = sheet.tell(sheet.p(f"He left.\n{line}", (MarkKind.LINK, line, "/x")))
    assert sheet.omitted(script) == [(line, "related-link")]


def test_a_name_behind_a_caption_in_plain_text(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("The bank (Image: Jane Doe)"), sheet.p("It said (on the tin: Ronseal)"))
    assert sheet.said(script) == ["The bank", "It said (on the tin: Ronseal)"]
    assert sheet.omitted(script) == [("(Image: Jane Doe)", "credit")]


def test_a_chapter_is_not_called_after_furniture(sheet: "Sheet") -> None:
    script = sheet.tell(sheet.p("It began."), sheet.p("Share this article\nHe went to the pier. It was cold."))
    assert [item.title for item in script.items if isinstance(item, ChapterStart)][-1] == "He went to the pier"


def test_a_chapter_is_called_after_a_short_first_sentence(sheet: "Sheet") -> None:
    titles = {
        "She rang me twice. The first time it was a cooker.": "She rang me twice",
        "What is a bank? Nobody could say, when asked for it.": "What is a bank?",
        "The view of Mr. Smith. It was his own and no other's.": "The view of Mr. Smith. It was his own",
        "No. It was not to be, and it never had been, in fact.": "No. It was not to be, and it never had",
    }
    for text, title in titles.items():
        script = sheet.tell(sheet.p("It began."), sheet.p(text))
        assert [item.title for item in script.items if isinstance(item, ChapterStart)][-1] == title
