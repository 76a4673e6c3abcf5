"""Front matter: what is a mapping is metadata, checked; whatever else stands there is text and stays."""

from collections.abc import Callable

import pytest

from earmark.article import Article, Lexeme, Metadata, fields, walk
from earmark.errors import ReadError

Read = Callable[[str], Article]

FULL = """---
title: "A day: in court"
authors: [Ann Bee, Cy Dee]
language: en_GB
date: 2026-11-22
updated: 2026-11-23 09:30:00 +0100
description: |
  Two
  lines
slug: a-day
source_url: https://example.org/a
licence: CC BY 4.0
tags: [law, 2026, 2026-01-02]
cover: a.jpg
voice: en-scottish
id: "007"
audio: false
draft: true
lexicon:
  "Nguyen": "win"
layout: post
...
Text.
"""


def test_every_field(markdown: Read) -> None:
    article = markdown(FULL)
    assert article.metadata == Metadata(
        title="A day: in court",
        authors=("Ann Bee", "Cy Dee"),
        language="en-GB",
        published="2026-11-22",
        updated="2026-11-23T09:30:00+01:00",
        description="Two lines",
        slug="a-day",
        source_url="https://example.org/a",
        licence="CC BY 4.0",
        tags=("law", "2026", "2026-01-02"),
        cover="a.jpg",
        voice="en-scottish",
        id="007",
        audio=False,
        draft=True,
        lexicon=(Lexeme(grapheme="Nguyen", alias="win"),),
    )
    assert article.problems == ()
    assert [block.line for block in article.blocks] == [23]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("author: Ann Bee", "authors", ("Ann Bee",)),
        ("author: {name: Ann, email: x}", "authors", ("Ann",)),
        ("authors: [{name: Ann}, Cy, null, {email: x}]", "authors", ("Ann", "Cy")),
        ("author: 1984", "authors", ("1984",)),
        ("lang: pt-BR", "language", "pt-BR"),
        ("license: MIT", "licence", "MIT"),
        ("tags: a, b,, c d", "tags", ("a", "b", "c d")),
        ("title: 1984", "title", "1984"),
        ("title: 1:30", "title", "1:30"),
        ("title: 2026-11-22", "title", "2026-11-22"),
        ("title:", "title", ""),
        ("audio:", "audio", None),
        ('title: "a\\uD800b\\x02"', "title", "a\ufffdb"),
        ("cover: {image: a.jpg}", "cover", "a.jpg"),
        ("date: '2026-11-22'", "published", "2026-11-22"),
        ("date: '2026-11-22T10:00:00 Z'", "published", "2026-11-22T10:00:00+00:00"),
        ("date: ''", "published", ""),
        ("lastmod: 2026-11-22T10:00:00Z", "updated", "2026-11-22T10:00:00+00:00"),
        ("language: ''", "language", ""),
        ("tags: !!set {rain, snow, wind}", "tags", ("rain", "snow", "wind")),
    ],
)
def test_forms_that_are_taken(line: str, field: str, value: object, markdown: Read) -> None:
    assert getattr(markdown(f"---\n{line}\n---\ntext").metadata, field) == value


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "slug: no",
            'slug in its front matter should be text, not false. YAML takes no for false. Put it in quotes: "no"',
        ),
        ("language: no", "should be text, not false"),
        ("title: [a]", "should be text, not a list"),
        ("title: {a: b}", "should be text, not a mapping"),
        ("title: !!set {a, b, c}", "should be text, not a list"),
        ("tags: [!!set {a, b}]", "should be text or a list of texts"),
        ("authors: [yes]", "should be text or a list of texts"),
        ("authors: [[a]]", "should be text or a list of texts"),
        ("tags: {a: b, name: [c]}", "should be text or a list of texts"),
        ("date: 12 March", "should be a date, not '12 March'. Write it as 2026-11-22"),
        ("date: 1:30", "should be a date, not '1:30'"),
        ("updated: 2026-13", "should be a date"),
        ("language: English (UK)", "should be a language tag"),
        ("slug: ../a", "should be a name without slashes"),
        ("slug: .a", "should be a name without slashes"),
        ("audio: 'false'", "should be true or false, not 'false'"),
        ("draft: 1", "should be true or false, not '1'"),
        ("dialect: gfm", 'should be "default" or "commonmark", not \'gfm\''),
        ("lexicon: [a]", "should be pairs"),
        ("lexicon: {a: 1}", "lexicon in its front matter: 'a': 1 is no way to say it"),
        (f"date: {'x' * 90}", "x…'"),
        ("cover: {image: [a]}", "should be text, not a mapping"),
    ],
)
def test_wrong_types_name_file_line_key_and_remedy(line: str, message: str, markdown: Read) -> None:
    with pytest.raises(ReadError) as caught:
        markdown(f"---\n# comment\n{line}\n---\ntext")
    assert str(caught.value).startswith("article.md:3: ")
    assert message in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("---\ntitle: a: b\n---\n", 2),
        ('---\na: 1\ntitle: "open\n---\n', 3),
        ("---\n\n# x\ntitle: [a\n---\n", 5),
        ("---\ndate: 2026-99-99\n---\n", 2),
        ("---\na: 1\ndate: !!timestamp soon\n---\n", 3),
        ('---\ndraft: !!bool ""\n---\n', 2),
        ('---\ntags: [!!float "", a]\n---\n', 2),
        ("---\na: \ufffe\n---\n", None),
        ("---\ntitle: !!python/object:os.system x\n---\n", 2),
        ("---\ntags: !!set [a, b]\n---\n", 2),
        ("---\ntags: &a !!set {? *a}\n---\n", 2),
    ],
)
def test_broken_yaml_is_an_error_with_its_line(source: str, line: int | None, markdown: Read) -> None:
    with pytest.raises(ReadError, match="not valid YAML") as caught:
        markdown(source)
    assert caught.value.line == line


BOMB = "\n".join(["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)])


@pytest.mark.parametrize(
    "source", [BOMB, f"title: {'[' * 100}{']' * 100}", "tags: [" + "a, " * 20_001 + "a]", "title: " + "x" * 70_000]
)
def test_bombs_are_refused(source: str, markdown: Read) -> None:
    with pytest.raises(ReadError, match="too large, too deep"):
        markdown(f"---\n{source}\n---\ntext")


@pytest.mark.parametrize(
    "source",
    [
        "---\nJust prose between rules.\n---\nMore.",
        "---\n- a\n- list\n---\nMore.",
        "---\nHe said: well: no.\n---\nMore.",
        "---\nHe said to me: go home\n---\nMore.",
        "---\n? [a, b]\n: c\n---\nMore.",
        "---\n# A heading\n---\nMore.",
        "---\n'unclosed\n---\nMore.",
        "---\n" + "word " * 20_000 + "\n---\nMore.",
        "---\nNo end",
        "---\n---\n",
        " ---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_mapping_is_text(source: str, text: Read) -> None:
    article = text(source)
    assert article.metadata == Metadata()
    found = [inline.text for block in walk(article.blocks) for _, inline in fields(block)]
    expected = "".join(character for character in source if character.isalpha())
    assert "".join(character for character in "".join(found) if character.isalpha()) == expected


def test_an_empty_form_is_front_matter(text: Read) -> None:
    assert [block.line for block in text("---\n\n---\nOnly this.").blocks] == [4]


def test_near_misses_are_problems(markdown: Read) -> None:
    article = markdown("---\ntittle: x\nimage: y\nsubtitle: z\nTagss: a\n1: b\ntag: c\n---\ntext")
    assert [(problem.line, problem.hint) for problem in article.problems] == [
        (2, "Did you mean title?"),
        (5, "Did you mean tags?"),
        (7, "Did you mean tags?"),
    ]
    assert {problem.code for problem in article.problems} == {"front-matter-unknown-key"}


@pytest.mark.parametrize(
    "cover", ["https://example.org/a.png", "//cdn.example.org/a.png", "data:image/png;base64,AAAA"]
)
def test_a_cover_that_is_an_address_is_told(cover: str, markdown: Read) -> None:
    article = markdown(f'---\ntitle: T\ncover: "{cover}"\n---\nHello.\n')
    (problem,) = article.problems
    assert (problem.code, problem.line) == ("cover-elsewhere", 3)
    assert "path" in problem.hint


TOML = """+++
title = "A day: in court"
date = 2026-11-22
lastMod = 2026-11-23T09:30:00+01:00
publishDate = 2020-01-01
summary = "Two lines"
url = "/a-day/"
aliases = ["/old/"]
images = ["/site.png", "https://example.org/x.png", "a.jpg"]
audio = ["talk.mp3"]
Draft = true
tags = ["law", 2026]
[lexicon]
Nguyen = "win"
[params]
x = 1
+++
Text.
"""
JSON = """{
  "title": "A day: in court",
  "date": "2026-11-22", "lastmod": "2026-11-23T09:30:00+01:00",
  "summary": "Two lines",
  "images": "a.jpg",
  "draft": true,
  "tags": ["law", 2026],
  "lexicon": {"Nguyen": "win"}
}
Text.
"""


@pytest.mark.parametrize(("source", "line"), [(TOML, 18), (JSON, 10)])
def test_front_matter_as_hugo_has_it(markdown: Read, source: str, line: int) -> None:
    article = markdown(source)
    assert article.metadata == Metadata(
        title="A day: in court",
        published="2026-11-22",
        updated="2026-11-23T09:30:00+01:00",
        description="Two lines",
        cover="a.jpg",
        draft=True,
        tags=("law", "2026"),
        lexicon=(Lexeme(grapheme="Nguyen", alias="win"),),
    )
    assert article.problems == ()
    assert [block.line for block in article.blocks] == [line]


def test_what_comes_first_counts_and_addresses_are_whole(markdown: Read) -> None:
    known = markdown(
        "---\nurl: https://example.org/a\nsummary: b\ndescription: a\nimages: [b.jpg]\ncover: a.jpg\n---\nx"
    ).metadata
    assert (known.source_url, known.description, known.cover) == ("https://example.org/a", "a", "a.jpg")


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("+++\ntitle = Day\n+++\nText", "not valid TOML: Invalid value", 2),
        ("+++\nb = 1\ntitle = true\n+++\nText", "title in its front matter should be text, not true", 3),
        ("+++\ntitle = [\n+++\nText", "not valid TOML", None),
        ('{\n"title": "Day"\n"b": 1\n}\nText', "not valid JSON", 3),
        ('{"title": "Day"} Text', "not valid JSON: something follows its last brace", 1),
        ('{\n"b": 1,\n"draft": "yes"}\nText', "draft in its front matter should be true or false", 3),
        ('{\n"lexicon": {\n"b": "x",\n"a": 7}}\nText', "lexicon in its front matter", 4),
        ("+++\na = " + "[" * 2000 + "]" * 2000 + "\n+++\nText", "too large, too deep", None),
        ("+++\na" + ".a" * 30_000 + " = 1\n+++\nText", "too large, too deep", None),
        ("+++\na = " + "9" * 5_000 + "\n+++\nText", "a number has more digits", None),
        ("+++\na = " + "[" * 40 + "]" * 40 + "\n+++\nText", "too large, too deep", None),
        ('{"a": ' + "[" * 30_000 + "]" * 30_000 + "}\nText", "too large, too deep", None),
        ('{"a": ' + "9" * 5_000 + "}\nText", "too large, too deep", None),
        ("+++\na = '" + "x" * 70_000 + "'\n+++\nText", "too large, too deep", None),
        ('{"a": [' + "1," * 40_000 + "1]}\nText", "too large, too deep", None),
        ('{"a": [' + "1," * 25_000 + "1]}\nText", "too large, too deep", None),
    ],
)
def test_what_is_wrong_there_is_told(markdown: Read, source: str, message: str, line: int | None) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        markdown(source)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "source",
    [
        "+++\nOnly words.\n+++\nText.",
        "+++\ntitle = 1",
        "{ so it is said }",
        "{}\nText.",
        '{"well" he said}',
        "+++ and more",
    ],
)
def test_what_only_begins_like_it_is_text(markdown: Read, source: str) -> None:
    article = markdown(source)
    assert article.metadata == Metadata()
    assert article.blocks


def test_nothing_but_an_empty_form(markdown: Read) -> None:
    article = markdown("+++\n+++\nText.")
    assert [inline.text for block in article.blocks for _, inline in fields(block)] == ["Text."]
