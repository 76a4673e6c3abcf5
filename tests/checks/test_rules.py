"""What the table of broken articles can't hold: settings, hostile texts, and that the documents tell of every code."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark import checks
from earmark.article import Article, Metadata, Paragraph
from earmark.checks.options import LEVELS, CheckOptions, is_heard, level
from earmark.checks.rule import words
from earmark.options import ReadingOptions
from earmark.readers import read

DOCS = Path(__file__).parents[2] / "docs"


def codes(text: str, *, name: str = "a.md", metadata: Metadata | None = None, named: bool = True) -> list[str]:
    article = read(text.encode(), name=name, options=ReadingOptions())
    resolved = metadata or Metadata(title="A", language="en")
    return [problem.code for problem in checks.check(article, resolved, language_named=named)]


def test_a_language_that_nobody_names() -> None:
    assert codes("# A\n\nIt rained.\n", named=False) == ["language-unknown"]
    assert codes("# A\n\nIt rained.\n") == []


def test_levels_by_code() -> None:
    options = msgspec.convert({"alt-missing": "off", "capitals": "error"}, CheckOptions)
    assert [level(options, code) for code in ("alt-missing", "capitals", "heading-empty")] == ["off", "error", "error"]
    assert level(options, "guessed-name") == "off"
    assert [is_heard(code) for code in ("alt-missing", "guessed-name", "heading-empty")] == [True, True, False]


def test_every_code_is_documented_with_its_level() -> None:
    document = (DOCS / "check.md").read_text("utf-8")
    schema = msgspec.json.schema(CheckOptions)["$defs"]["CheckOptions"]["properties"]
    for code, default in LEVELS.items():
        assert f"| `{code}` | {default} | {schema[code]['description']} |" in document
    assert document.count("\n| `") == len(LEVELS)


def test_of_one_code_at_most_fifty_are_told() -> None:
    links = "".join(f"[here](https://example.org/{number}) and so on.\n\n" for number in range(200))
    assert codes(f"# A\n\n{links}") == ["link-text-vague"] * 50


def test_plain_text_is_checked_too() -> None:
    assert (
        codes("Rain\n\nNOBODY IS TO LEAVE THE HARBOUR BEFORE NIGHT.\n", name="a.txt", metadata=None).count("capitals")
        == 1
    )


def test_an_article_of_nothing() -> None:
    assert checks.check(Article(Metadata(title="A"), ()), Metadata(title="A", language="en"), language_named=True) == ()


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "[x](y) " * n,
        lambda n: "!" * n,
        lambda n: "a " * n,
        lambda n: "$\\a" * n,
        lambda n: "`[^a]` " * n,
        lambda n: ": - a" * n,
        lambda n: "🌧" * n,
        lambda n: "A B C D E! " * n,
        lambda n: "# " + "#" * n,
        lambda n: "- a\n" * n,
        lambda n: "the picture on the " * n,
        lambda n: "~ " * n,
    ],
)
def test_time_is_linear_in_hostile_texts(make: Callable[[int], str]) -> None:
    def seconds(article: Article) -> float:
        begun = time.process_time()
        checks.check(article, Metadata(title="A", language="en"), language_named=True)
        return time.process_time() - begun

    short, long = (read(make(n).encode(), name="a.md", options=ReadingOptions()) for n in (1_000, 8_000))
    small, large = seconds(short), min(seconds(long) for _ in range(2))
    assert large < 40 * small + 0.1  # eight times the text; a square would be sixty-four times


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200), st.sampled_from((".md", ".txt")))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_a_rule(text: str, suffix: str) -> None:
    article = read(f"Rain.\n\n{text}".encode(), name=f"a{suffix}", options=ReadingOptions())
    for problem in checks.check(article, Metadata(title="A", language="en"), language_named=False):
        assert problem.code in LEVELS
        assert problem.message
        assert "\n" not in problem.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Click here!", "click here"), ("«Ici»", "ici"), ("C++", "c++"), ("→", ""), ("a  b", "a b"), ("(don’t)", "don’t")],
)
def test_words_to_compare_by(text: str, expected: str) -> None:
    assert words(text) == expected


def test_blocks_know_their_place() -> None:
    article = read(b"# A\n\n### B\n\nIt rained.\n", name="a.md", options=ReadingOptions())
    (problem,) = checks.check(article, Metadata(title="A", language="en"), language_named=True)
    assert (problem.block, problem.line) == ("b0002", 3)
    assert isinstance(article.blocks[2], Paragraph)
