"""What is opened and never closed is told, with its line and how much is lost behind it."""

from typing import Literal

import pytest

from earmark import readers
from earmark.article import Problem, Severity
from earmark.options import ReadingOptions
from earmark.readers.unclosed import unclosed

Dialect = Literal["default", "commonmark"]


def problems(text: str, dialect: Dialect = "commonmark") -> list[Problem]:
    article = readers.read(text.encode(), name="a.md", options=ReadingOptions(dialect=dialect))
    return [problem for problem in article.problems if problem.code == "unclosed-html"]


@pytest.mark.parametrize(
    ("opening", "line"),
    [
        ("<!-- for later", 7),
        ("<script>", 7),
        ('<style media="print">', 7),
        ("<title>", 7),
        ("<iframe src=x>", 7),
        ("<template>", 7),
        ("<?php", 7),
        ('<div class="note>', 7),
    ],
)
def test_what_hides_the_rest_is_told_by_its_line(opening: str, line: int) -> None:
    (problem,) = problems(
        f"---\ntitle: T\n---\n\nHe came.\n\n{opening}\n\nNine words that nobody sees or hears are here.\n"
    )
    assert problem.severity is Severity.ERROR
    assert problem.line == line
    assert "is never closed" in problem.message
    assert problem.hint


def test_it_says_how_much_is_lost() -> None:
    (problem,) = problems("<script>\n\none two three\n", "default")
    assert "(about 3 words)" in problem.message
    (problem,) = problems("<title>\n\none\n", "default")
    assert "(about 1 word)" in problem.message


@pytest.mark.parametrize("dialect", ["default", "commonmark"])
@pytest.mark.parametrize(
    "text",
    [
        "<!-- a note -->\n\nText.",
        "<script src=x></script>\n\nText.",
        "Text with `<script>` in code.",
        "<textarea>\n\nText that a browser shows.",
        "Text, and then a script that is empty <script>",
        "<template>hidden</template>\n\nText.",
        "1 < 2, and a <b>bold</b> word.",
        '<a title="a\n> b">Text</a>',
    ],
)
def test_what_is_closed_or_hides_nothing_is_not_told(text: str, dialect: Dialect) -> None:
    assert problems(text, dialect) == []


def test_a_quotation_mark_that_swallows_a_paragraph() -> None:
    html = '<p class="a>One two.</p>\n<p class="b">Three.</p>'
    (problem,) = unclosed(html, html, first_line=1)
    assert problem.line == 1
    assert '<p class="a>' in problem.message


def test_a_line_that_could_be_several_is_not_guessed() -> None:
    (problem,) = problems("`<script>` is a tag.\n\n<script>\n\nlost words\n")
    assert problem.line is None


def test_many_are_told_ten_times() -> None:
    html = '<p a="x\n<b>words" y>' * 30
    assert len(unclosed(html, html, first_line=1)) == 10


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<script>", '<a x="', "<a x='>", "<template>", "<title>x</titl", "<![CDATA["]
)
def test_hostile_markup_takes_no_time(piece: str) -> None:
    assert len(unclosed(piece * 100_000, "", first_line=1)) <= 1


@pytest.mark.parametrize(
    ("source", "opening"),
    [
        ("One.\n\n<p hidden>a note\n\nThis is lost.\n", "<p hidden>"),
        ('<div style="display:none"><div>a</div><p>two words</p>', '<div style="display:none">'),
        ("<section hidden>two words", "<section hidden>"),
        ("<p hidden>two words</p><p>b</p><div hidden>c</div>", ""),
        ("<p hidden>two words<p>b</p><input hidden><p>c", ""),
        ("<p hidden>two\n\nwords<h2>b</h2>", "<p hidden>"),
    ],
)
def test_what_is_hidden_and_not_closed(source: str, opening: str) -> None:
    found = unclosed(source, source, first_line=1)
    assert [problem.message.partition(" is ")[0] for problem in found] == ([repr(opening)] if opening else [])
