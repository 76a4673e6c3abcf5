"""Both dialects of Markdown: what the libraries don't do by themselves, and where blocks stand."""

from collections.abc import Callable, Sequence

import pytest

from earmark.article import Article, Block, MarkKind, Paragraph, fields, walk

Read = Callable[[str], Article]
Outline = Callable[[Sequence[Block]], list[str]]

ARTICLE = """# A day in court

It was a *long* day[^1], and ~~nobody~~ [everybody](https://example.org/a_b) was there.

![](cat.jpg)

> Quoted words stand here.

1. one thing here
2. two things here

```python
print("a")
```

| Name | Age |
|------|-----|
| Ann  | 3   |

- [x] done it
- [ ] not done

---

Words with ![](dog.jpg) an image.

[^1]: The note says so.
"""

EXPECTED = [
    "h1 A day in court",
    "p 'It was a long day1, and nobody everybody was there.'",
    "figure cat.jpg {alt} None",
    "quote",
    "  p 'Quoted words stand here.'",
    "ordered",
    "  item 1",
    "    p 'one thing here'",
    "  item 2",
    "    p 'two things here'",
    "code python 'print(\"a\")'",
    "table None [Name | Age] Ann | 3",
    "bullet",
    "  item done",
    "    p 'done it'",
    "  item open",
    "    p 'not done'",
    "break",
    "p 'Words with an image.'",
    "note 1",
    "  p 'The note says so.'",
]


def test_both_dialects_read_what_everyone_writes(markdown: Read, commonmark: Read, outline: Outline) -> None:
    expected = [line.format(alt="''") for line in EXPECTED]
    for read in (markdown, commonmark):
        article = read(ARTICLE)
        assert outline(article.blocks) == expected
        paragraph = article.blocks[1]
        assert isinstance(paragraph, Paragraph)
        assert {mark.kind for mark in paragraph.content.marks} >= {
            MarkKind.EMPHASIS,
            MarkKind.STRIKE,
            MarkKind.LINK,
            MarkKind.NOTE_REFERENCE,
        }
        (note,) = (mark.value for mark in paragraph.content.marks if mark.kind is MarkKind.NOTE_REFERENCE)
        assert note == article.blocks[-1].id


def test_lines_are_known_in_both_dialects(markdown: Read, commonmark: Read) -> None:
    for read in (markdown, commonmark):
        lines = {block.line for block in walk(read(f"---\ntitle: x\n---\n{ARTICLE}").blocks)}
        assert lines >= {4, 6, 8, 10, 12, 13, 16, 19, 23, 24, 28, 30}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Same words again.\n\nSame words again.\n", [None, None]),
        ("Same words again.\n\nSame words again, and more.\n", [1, 3]),
        ("Intro\n=====\n\nIntro is a word.\n", [1, 4]),
        ("Yes\n\nYes\n", [None, None]),
        ("![a](b.png)\n\n![c](b.png)\n", [None, None]),
        ("a b c d\n\n" * 20, [None] * 20),
        ("***\n\n!!!\n", [None, None]),
    ],
)
def test_ambiguous_lines_are_not_guessed(source: str, lines: list[int | None], commonmark: Read) -> None:
    assert [block.line for block in commonmark(source).blocks] == lines


def test_the_default_dialect_is_that_of_mkdocs_and_pelican(markdown: Read, outline: Outline) -> None:
    article = markdown(
        '!!! warning "Take care"\n    Hot.\n\nTerm\n:   Meaning\n\n# Heading {#there}\n\nThe HTML is here.\n\n'
        '<div markdown="1">\n*in* it\n</div>\n\n*[HTML]: HyperText\n\nSaid so.\n{: speaker=Ann }\n'
    )
    assert outline(article.blocks) == [
        "warning 'Take care'",
        "  p 'Hot.'",
        "definition",
        "  term Term",
        "  item",
        "    p 'Meaning'",
        "h1 Heading",
        "p 'The HTML is here.'",
        "p 'in it'",
        "p 'Said so.'",
    ]
    marks = [mark for block in article.blocks for _, inline in fields(block) for mark in inline.marks]
    assert [(mark.kind, mark.value) for mark in marks][:1] == [(MarkKind.ABBREVIATION, "HyperText")]
    assert article.blocks[-1].attributes == (("speaker", "Ann"),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "- [ ] a\n\n- [X] b *c*\n- [y] d\n- [ ]\n",
            ["bullet", "  item open", "    p 'a'", "  item done", "    p 'b c'"],
        ),
        ("a[^1]\n\n[^1]: b\n\n        c\n", ["p 'a1'", "note 1", "  p 'b'", "  code  'c'"]),
        ("a ~~b~~ ~~ c~~ ~~~d~~~", ["p 'a b ~~ c~~ ~~~d~~~'"]),
    ],
)
def test_what_python_markdown_lacks(source: str, expected: list[str], markdown: Read, outline: Outline) -> None:
    assert outline(markdown(source).blocks)[: len(expected)] == expected


def test_images_without_a_text_are_problems_with_their_line(markdown: Read) -> None:
    article = markdown('Text here.\n\n<img src="a.png">\n')
    assert [(problem.code, problem.block, problem.line) for problem in article.problems] == [
        ("alt-missing", "b0002", 3)
    ]
