"""Sources that are made to stall a parser are refused at once; ordinary ones are not."""

from collections.abc import Callable

import pytest

from earmark.article import Article
from earmark.errors import ReadError
from earmark.readers.caps import check_html
from earmark.readers.nesting import check_markdown
from earmark.readers.stalling import check_stretches

HOSTILE = {
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x",
    "attributes in an end tag": "</p " + "a " * 100_000 + ">x",
    "open links": "<a " * 200_000,
    "elements inside each other": "<div>" * 200_000,
    "bodies": "".join(f"<body a{n}>" for n in range(100_000)),
    "attributes of the body": f"<body {'a ' * 200}>" + f"<html {'b ' * 200}>",
    "formatting that is opened again in every block": "".join(f"<p><b a{n}></p>" for n in range(900))
    + "<p>x</p>" * 20_000,
    "formatting across cells": "<table>"
    + "".join(f"<td><i a{n}></td>" for n in range(2_000))
    + "".join(f"<b a{n}>" for n in range(2_000)),
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_is_refused(source: str) -> None:
    with pytest.raises(ReadError) as caught:
        check_html(source, name="x.html")
    assert caught.value.hint
    assert caught.value.source == "x.html"


ORDINARY = {
    "quotes in text and in unquoted values": "<p title=it's>"
    + "word it's " * 1_000
    + '<a href=a"b>'
    + "x > y " * 1_000,
    "script": "<script>" + "if (a<b && c) {} " * 2_000 + "</script><style>" + "<a b" * 1_000 + "</style>",
    "comment": "<!-- <p " + "word " * 1_000 + "--><!-- never closed <p" + " a" * 1_000,
    "cells whose formatting is never closed": "<table>" + "<tr><td><b>x<td><i>y" * 400 + "</table>",
    "cells with tables": "<table><tr><td><b>x</b><table><td><i>y</table></td></table></b></caption>" * 100,
    "long but flat": "<p class='a b' id=c><em>x</em> <a href=y>z</a></p>" * 5_000,
    "optional ends": "<p>x<li>y<dt>a<dd>b" * 5_000,
}


@pytest.mark.parametrize("source", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_html_passes(source: str) -> None:
    check_html(source, name="x.html")


DEEP = {
    "brackets": "[" * 101,
    "closed brackets": "[" * 101 + "a" + "]" * 101,
    "links": "[a](" * 101,
    "images": "![a](" * 101,
    "notes": "[^" * 101,
    "quotations": ">" * 101 + " a",
    "lists": "- " * 101 + "a",
    "numbers": "1. " * 101 + "a",
    "open tags": "<a " * 401,
    "mixed": "> - " * 51 + "a",
    "elements": "<div>" * 1_001,
}


@pytest.mark.parametrize("source", DEEP.values(), ids=DEEP)
def test_deep_markdown_is_refused_with_its_line(source: str) -> None:
    with pytest.raises(ReadError) as caught:
        check_markdown(f"title\n\n{source}\n", name="x.md", first_line=5, most=100)
    assert caught.value.line == 7


def test_tags_that_are_never_closed_are_counted_over_paragraphs() -> None:
    with pytest.raises(ReadError, match="more than 400 tags") as caught:
        check_markdown("<a \n\n" * 401, name="x.md", first_line=1, most=100)
    assert caught.value.line == 801


FLAT = {
    "brackets": "[" * 100,
    "escaped": r"\[" * 500,
    "one in each paragraph": "[a](\n\n" * 500,
    "closed": "[a](b) [c] <d> " * 500,
    "rules": "- " * 300 + "\n\n" + "*" * 300 + "\n\n" + "* " * 300 + "\n\n" + "-" * 300,
    "breaks": "<br>" * 2_000 + "<p>a</p>" * 2_000,
    "items": "- a\n" * 500 + "> b\n" * 500,
}


@pytest.mark.parametrize("source", FLAT.values(), ids=FLAT)
def test_flat_markdown_passes(source: str) -> None:
    check_markdown(source, name="x.md", first_line=1, most=100)


@pytest.mark.parametrize("source", ["\n".join("    " * level + "- a" for level in range(250))])
def test_nesting_that_only_the_parser_sees_is_an_error_too(source: str, markdown: Callable[[str], Article]) -> None:
    with pytest.raises(ReadError, match="deep"):
        markdown(source)


def test_a_hundred_levels_are_read(commonmark: Callable[[str], Article]) -> None:
    article = commonmark("> " * 98 + "a")
    assert len(article.blocks) == 1


WORDS = "the rain it falls on all of us and none of it is ours to keep today"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{WORDS}\n\n" + f"{WORDS}  \n" * 9_000, 3, "too long for all the marks and breaks"),
        (f"{WORDS} *a* [b](c) " * 9_000, 1, "too long for all the marks and breaks"),
        (f"- {WORDS}\n" + f"{WORDS}\n" * 55_000, 1, "too long for all the marks and breaks"),
        (f"{WORDS}\n\n\n" + f"{WORDS}\n:   {WORDS}\n" * 1_000, 4, "more than 900 definitions"),
    ],
)
def test_what_would_be_copied_at_each_mark_is_refused_at_once(text: str, line: int, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        check_stretches(text, name="a.md", first_line=1)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}\n" * 20_000,
        f"- {WORDS} [a](b)\n" * 20_000,
        f"| {WORDS} | *a* |\n" * 20_000,
        f"> {WORDS} *a*\n>\n" * 20_000,
        "~~~\n" + "a_b *c* [d]\n" * 60_000 + "~~~\n",
        "    a_b *c* [d]\n" * 60_000,
        "<table>" + "<tr><td>a</td></tr>\n" * 60_000,
        f"{WORDS}\n\n" * 20_000 + f"{WORDS}\n:   {WORDS}\n\n" * 1_000,
    ],
)
def test_what_is_merely_long_is_read(text: str) -> None:
    check_stretches(text, name="a.md", first_line=1)
