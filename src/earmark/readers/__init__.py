"""Readers turn a syntax into an `Article`; each module knows one syntax."""

import re
from importlib import import_module
from pathlib import PurePath

from earmark.article import Article
from earmark.errors import ReadError
from earmark.options import ReadingOptions

# Each suffix, and the module here that reads it: its `read(Source)` returns blocks and problems.
READERS: dict[str, str] = {
    ".htm": "hypertext",
    ".html": "hypertext",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mdown": "markdown",
    ".text": "text",
    ".txt": "text",
}


_PAGE = re.compile(rb"(?:<(?:!doctype\s+html|html|head|body)\b)", re.IGNORECASE)
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf|\s+|<\?xml[^>]{0,200}>|<!--.{0,5000}?-->)*+", re.DOTALL)
_FRAGMENT = re.compile(
    rb"<(?:p|h[1-6]|article|main|section|div|ul|ol|dl|table|blockquote|figure|header|aside|pre|hr|img|details)[\s>/]",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    rb"^(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}\.[ \t]|```|~~~|>[ \t]|\[[^\]\n]{1,80}\]:[ \t])", re.MULTILINE
)


def suffix_of(data: bytes) -> str:
    """Return ".html" for bytes that begin as a page does, or that are tags from end to end, else ".md"."""
    before = _BEFORE.match(data)
    start = before.end() if before else 0
    if _PAGE.match(data, start):
        return ".html"
    tagged = _FRAGMENT.match(data, start) and data.rstrip().endswith(b">")
    return ".html" if tagged and not _MARKDOWN.search(data, start) else ".md"


def read(data: bytes, *, name: str, options: ReadingOptions) -> Article:
    """Return the article that a file's bytes hold; it opens nothing itself.

    `name` is the file's path as the user knows it: its suffix chooses the reader, and errors carry it
    (standard input is "-.md" or the like). Raises `ReadError`, with the line where it is known.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        kind = f"{suffix} files are" if suffix else "a file without a suffix is"
        raise ReadError(f"{kind} not read", source=name, hint=f"earmark reads {', '.join(sorted(READERS))}")
    if len(data) > options.most_bytes:
        raise ReadError(
            f"it has more than the {options.most_bytes:,} bytes that are read",
            source=name,
            hint="Split it, or raise [reading] most_bytes",
        )
    # Parsers are slow to load, and nobody who asks for help or a version needs one.
    from earmark.readers import decoding, frontmatter, metadata  # noqa: PLC0415
    from earmark.readers.source import Source  # noqa: PLC0415

    declared = decoding.declared_in(data) if READERS[suffix] == "hypertext" else ""
    text, strange = decoding.decode(data, name=name, declared=declared)
    front = frontmatter.split(text, name=name)
    known, dialect, misspelt = metadata.interpret(front.entries, name=name)
    source = Source(
        name=name,
        text=text[front.end :],
        first_line=front.lines + 1,
        language=known.language,
        dialect=dialect or options.dialect,
        most_nesting=options.most_nesting,
        most_tags=options.most_tags,
    )
    blocks, problems, said = import_module(f"earmark.readers.{READERS[suffix]}").read(source)
    return Article(metadata.joined(known, said), blocks, (*strange, *misspelt, *problems))
