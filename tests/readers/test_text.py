"""Plain text, as newspapers and people write it."""

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.article import Article, Block, Heading, Paragraph, fields, walk
from earmark.options import ReadingOptions
from earmark.readers import read

Read = Callable[[str], Article]
Outline = Callable[[Sequence[Block]], list[str]]

LONG = "It was a long day in court, and nobody who was there will forget it. " * 4
WRAPPED = """It was a long day in court, and nobody who was there
will forget it, least of all the three people who had
waited since the morning.
They went home late, and none of them said a word to
the reporters who stood outside with their cameras.
"""

SHAPES = {
    "blank lines part paragraphs": ("One here.\n\n\n \t\nTwo here.\n", ["p 'One here.'", "p 'Two here.'"]),
    "each line a paragraph": (
        f"{LONG}\n{LONG}\nShort one.\n{LONG}",
        [f"p {LONG.strip()!r}", f"p {LONG.strip()!r}", "p 'Short one.'", f"p {LONG.strip()!r}"],
    ),
    "short lines, each a sentence": (
        "One is here.\nTwo is here!\nIs three?\n",
        ["p 'One is here.'", "p 'Two is here!'", "p 'Is three?'"],
    ),
    "lines broken at a width": (
        WRAPPED,
        [
            (
                "p 'It was a long day in court, and nobody who was there will forget it, least of all the three people who had"
                " waited since the morning.'"
            ),
            "p 'They went home late, and none of them said a word to the reporters who stood outside with their cameras.'",
        ],
    ),
    "paragraphs that are set in": (
        (
            "   It was a long day in court, and nobody who was\nthere will forget it, least of all the three people\nwho had waited"
            " since the morning of that long day,\n   and then went home, which is how it ended for the\nones who had come from far away to see it."
        ),
        [
            (
                "p 'It was a long day in court, and nobody who was there will forget it, least of all the three people who had"
                " waited since the morning of that long day,'"
            ),
            "p 'and then went home, which is how it ended for the ones who had come from far away to see it.'",
        ],
    ),
    "verse keeps its lines": (
        "Shall I compare thee\nTo a summer's day\nThou art more lovely\nand more temperate\n\nRough winds",
        ['p "Shall I compare thee\\nTo a summer\'s day\\nThou art more lovely and more temperate"', "p 'Rough winds'"],
    ),
    "a title": ("A long day in court\n\nIt was a long day.\n", ["h1 A long day in court", "p 'It was a long day.'"]),
    "a question may be a title": ("Who won?\n\nNobody did.\n", ["h1 Who won?", "p 'Nobody did.'"]),
    "breaks": (
        "One.\n\n* * *\n\nTwo.\n***\nThree.\n---\nFour.\n\n⁂\n\nFive.\n\n#\n\n•••\n",
        [
            "p 'One.'",
            "break",
            "p 'Two.'",
            "break",
            "p 'Three.'",
            "break",
            "p 'Four.'",
            "break",
            "p 'Five.'",
            "break",
            "break",
        ],
    ),
    "underlined headings": (
        "One.\n\nTitle\n=====\nTwo.\n\nPart\n----\n\nThree.",
        ["p 'One.'", "h1 Title", "p 'Two.'", "h2 Part", "p 'Three.'"],
    ),
    "bullets": (
        "We need:\n- eggs\n- milk\n  from a cow\n\n- tea\n\nThat is all.",
        [
            "p 'We need:'",
            "bullet",
            "  item",
            "    p 'eggs'",
            "  item",
            "    p 'milk from a cow'",
            "  item",
            "    p 'tea'",
            "p 'That is all.'",
        ],
    ),
    "one sure bullet": ("Look.\n\n• only this", ["p 'Look.'", "bullet", "  item", "    p 'only this'"]),
    "a lone dash is a dash": (
        "He went.\n\n- No, he said.\n\nAll right.",
        ["p 'He went.'", "p '- No, he said.'", "p 'All right.'"],
    ),
    "a dash that a broken line begins with": (
        "He went,\nit is said\n- in vain.",
        ["p 'He went, it is said\\n- in vain.'"],
    ),
    "a paragraph after bullets, each line a paragraph": (
        f"{LONG}\n• one\n• two\n{LONG}\n{LONG}",
        [
            f"p {LONG.strip()!r}",
            "bullet",
            "  item",
            "    p 'one'",
            "  item",
            "    p 'two'",
            f"p {LONG.strip()!r}",
            f"p {LONG.strip()!r}",
        ],
    ),
    "numbered lines are not joined": (
        "1. The first thing is one that takes more than a line\nto say.\n2. The second one is just as long as the first one is\nor so.",
        [
            "p '1. The first thing is one that takes more than a line to say.'",
            "p '2. The second one is just as long as the first one is or so.'",
        ],
    ),
    "nothing is markup": (
        "One.\n\n[[x]] <speak> &lt; *a* `b` # c\n\n> d\n\n\\e {{f}} [g](h)",
        ["p 'One.'", "p '[[x]] <speak> &lt; *a* `b` # c'", "p '> d'", "p '\\\\e {{f}} [g](h)'"],
    ),
    "a page break parts": ("One.\fTwo.", ["p 'One.'", "p 'Two.'"]),
}


@pytest.mark.parametrize(("source", "expected"), SHAPES.values(), ids=SHAPES)
def test_shapes(source: str, expected: list[str], text: Read, outline: Outline) -> None:
    assert outline(text(source).blocks) == expected


@pytest.mark.parametrize(
    "line",
    [
        "It was a long day.",
        "“It was a long day.”",
        "“Who won?”",
        "By Ann Bee",
        "Photograph: Ann Bee",
        "Published 3 March",
        "12 November 2026",
        "Sunday, November 22, 2026",
        "22/11/2026",
        "READ MORE: A long day in court",
        "Dear Ann",
        "Dear all,",
        "a lower-case beginning",
        "See www.example.org",
        "ann@example.org",
        "It was long. Nobody won",
        "word " * 17,
        "W" * 101,
        "* * *",
        "• point",
        "-----",
    ],
)
def test_what_is_no_title(line: str, text: Read) -> None:
    blocks = text(f"{line}\n\n{LONG}\n\n{LONG}").blocks
    assert not [block for block in blocks if type(block).__name__ == "Heading"]


def test_a_first_line_without_a_blank_one_after_it_is_no_title(text: Read, outline: Outline) -> None:
    assert outline(text(f"A long day in court\n{LONG}\n{LONG}").blocks)[0] == "p 'A long day in court'"
    assert outline(text("A long day in court").blocks) == ["p 'A long day in court'"]


def test_lines_are_known(text: Read) -> None:
    article = text("---\ndraft: true\n---\nTitle\n\nOne.\n\n- a\n- b\n\n***\n")
    assert [(type(block).__name__, block.line) for block in walk(article.blocks)] == [
        ("Heading", 4),
        ("Paragraph", 6),
        ("List", 8),
        ("ListItem", 8),
        ("Paragraph", 8),
        ("ListItem", 9),
        ("Paragraph", 9),
        ("Break", 11),
    ]


PIECES = st.sampled_from(
    [
        "word",
        "Word.",
        "two words",
        "\n",
        "\n\n",
        "  ",
        "\t",
        "- ",
        "* ",
        "• ",
        "1. ",
        "* * *",
        "====",
        "---",
        "[[x]]",
        "<b>",
        "\f",
        "’",
        "\u3000",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_word_is_lost(source: str) -> None:
    article = read(f"Opening.\n\n{source}".encode(), name="a.txt", options=ReadingOptions())
    found = " ".join(inline.text for block in walk(article.blocks) for _, inline in fields(block))
    assert re.findall(r"\w+", found) == re.findall(r"\w+", f"Opening.\n\n{source}")


def test_lines_that_were_ended_by_hand_in_a_wrapped_text(text: Callable[[str], Article]) -> None:
    wrapped = (
        "It was a dark night, and nobody in the whole of the town had slept for days\n"
        "on end, as far as anybody knew who was asked about it in the morning after.\n"
    )
    article = text(f"{wrapped}\n{wrapped}\nShare this article\nSign up to our newsletter\nand so on\n\n{wrapped}")
    foot = article.blocks[2]
    assert isinstance(foot, Paragraph)
    assert foot.content.text == "Share this article\nSign up to our newsletter and so on"


@pytest.mark.parametrize(
    "below", ["3 March 2024", "Published: 00:01 GMT, 3 March 2024", "BBC News, Leeds", "Political Editor"]
)
def test_a_name_over_a_date_is_no_title(below: str, text: Callable[[str], Article]) -> None:
    assert isinstance(text(f"Jane Doe\n\n{below}\n\nIt rained.\n").blocks[0], Paragraph)
    assert isinstance(text(f"The Last Bank\n\n{below}\n\nIt rained.\n").blocks[0], Heading)
    assert isinstance(text("Northern Lights\n\nIt rained on us all night, and nobody slept.\n").blocks[0], Heading)
