"""Who says what, in Markdown of either dialect: the same blocks bear the same names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark.article import Article, attribute, fields, walk
from earmark.options import ReadingOptions
from earmark.readers import read
from earmark.readers.fences import closes, opening

DIALECTS = ("default", "commonmark")


def article(text: str, dialect: str) -> Article:
    return read(text.encode(), name="a.md", options=ReadingOptions(dialect=dialect))  # type: ignore[arg-type]


def words(found: Article) -> list[tuple[str, str]]:
    """Return the words of each block with who says them: whoever holds it, where it names nobody itself."""
    return [
        (attribute(top, "speaker") or attribute(top, "recording"), inline.text)
        for top in found.blocks
        for block in walk((top,))
        for _, inline in fields(block)
    ]


TALK = """\
Before.
::: speaker Jane Doe
One *of* them.

- two

> three

::: speaker "Ben Oe" {recording="a b.wav"}
four
:::
five

```
::: speaker Nobody
```

  ::: recording talk.wav
six
::: note
seven
"""


@pytest.mark.parametrize("dialect", DIALECTS)
def test_all_up_to_the_end_of_a_fence_bears_its_name(dialect: str) -> None:
    found = article(TALK, dialect)
    assert words(found) == [
        ("", "Before."),
        ("Jane Doe", "One of them."),
        ("Jane Doe", "two"),
        ("Jane Doe", "three"),
        ("Ben Oe", "four"),
        ("", "five"),
        ("", "::: speaker Nobody"),
        ("talk.wav", "six ::: note seven"),
    ]
    (four,) = (block for block in found.blocks if attribute(block, "speaker") == "Ben Oe")
    assert four.attributes == (("recording", "a b.wav"), ("speaker", "Ben Oe"))
    assert four.line == 10


@pytest.mark.parametrize("dialect", DIALECTS)
def test_inside_a_list_and_a_quotation(dialect: str) -> None:
    text = "1. a\n\n    ::: speaker Jane\n    b\n    :::\n\n    c\n\n> ::: speaker Ben\n> d\n"
    named = [attribute(block, "speaker") for block in walk(article(text, dialect).blocks)]
    assert [name for name in named if name] == ["Jane", "Ben"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_attributes_of_what_is_around_hold_inside(dialect: str) -> None:
    text = '::: speaker Jane\n<p data-recording="a.wav">Words.</p>\n:::\n'
    (block,) = article(text, dialect).blocks
    assert block.attributes == (("recording", "a.wav"), ("speaker", "Jane"))


def test_what_opens_and_what_does_not() -> None:
    assert opening("::: speaker Jane Doe :::") == {"speaker": "Jane Doe"}
    assert opening(":::: recording x.wav {speaker=Jane}") == {"recording": "x.wav", "speaker": "Jane"}
    for line in ("::: speaker", "::: note", ":: speaker Jane", "    ::: speaker Jane", "::: speaker " + "a" * 600, ""):
        assert opening(line) is None
    assert closes("::: ")
    assert not closes("::")


LINES = st.lists(
    st.sampled_from(["::: speaker A", ":::", "word", "", "- item", "> said", "    code", "```"]), max_size=14
)


@settings(max_examples=max(60, settings().max_examples), deadline=None)
@given(LINES, st.sampled_from(DIALECTS))
def test_no_word_is_lost(lines: list[str], dialect: str) -> None:
    found = article("\n".join(lines), dialect)
    printed = " ".join(inline.text for block in walk(found.blocks) for _, inline in fields(block))
    for word in ("word", "item", "said", "code"):
        assert printed.count(word) == sum(word in line for line in lines)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", ["::: speaker a\n" * 5000, "> ::: speaker a\n" * 2000, "::: speaker a" + ":" * 90_000])
def test_hostile_fences_are_read_to_the_end(dialect: str, text: str) -> None:
    read = article(f"First.\n\n{text}\n\nLast.\n", dialect)
    assert "First." in repr(read.blocks)
    assert "Last." in repr(read.blocks)
