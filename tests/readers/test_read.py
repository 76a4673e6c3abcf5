"""`read`: the suffix chooses, the caps come first, and nothing is loaded before it is needed."""

import subprocess
import sys

import pytest

from earmark.article import Heading, Paragraph
from earmark.errors import ReadError
from earmark.options import ReadingOptions
from earmark.readers import READERS, read


@pytest.mark.parametrize("suffix", sorted(READERS))
@pytest.mark.parametrize("stem", ["-", "articles/a.b", "A B"])
def test_each_suffix(suffix: str, stem: str) -> None:
    source = b"<h1>A title</h1>Some <em>text</em>.\n" if "htm" in suffix else b"A title\n\nSome *text*.\n"
    article = read(source, name=f"{stem}{suffix.upper()}", options=ReadingOptions())
    block = article.blocks[-1]
    assert isinstance(block, Paragraph)
    assert block.content.text == ("Some *text*." if suffix in (".txt", ".text") else "Some text.")


@pytest.mark.parametrize("name", ["a.docx", "a", ".md", "a.md.bak"])
def test_other_files_are_refused_with_what_is_read(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(b"x", name=name, options=ReadingOptions())
    assert ".htm, .html, .markdown, .md, .mdown, .text, .txt" in str(caught.value)


def test_the_size_is_checked_first() -> None:
    with pytest.raises(ReadError, match=r"it has more than the 4 bytes .* \[reading\] most_bytes"):
        read(b"\0\0\0\0\0", name="a.md", options=ReadingOptions(most_bytes=4))


def test_the_dialect_comes_from_the_front_matter_or_the_settings() -> None:
    source = "text\n# Heading\n"
    for data, options in (
        (f"---\ndialect: commonmark\n---\n{source}", ReadingOptions()),
        (source, ReadingOptions(dialect="commonmark")),
    ):
        assert isinstance(read(data.encode(), name="a.md", options=options).blocks[1], Heading)
    default = f"---\ndialect: default\n---\n{source}".encode()
    assert len(read(default, name="a.md", options=ReadingOptions(dialect="commonmark")).blocks) == 2


def test_an_empty_file_is_an_empty_article() -> None:
    for name in ("a.md", "a.txt"):
        assert read(b"", name=name, options=ReadingOptions()).blocks == ()


def test_no_parser_is_loaded_before_something_is_read() -> None:
    code = (
        "import sys, earmark.readers\n"
        "heavy = {'markdown', 'markdown_it', 'selectolax', 'yaml'} & set(sys.modules)\n"
        "print(*sorted(heavy))\n"
    )
    ran = subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 (our own interpreter)
    assert ran.stdout.split() == []
