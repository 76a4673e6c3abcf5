r"""An article, free of any syntax: metadata and blocks, each block with an id that is never lost.

Offsets everywhere count code points of an `Inline`'s `text`, which is normalised once, by the reader:
runs of white space are one space, ends are stripped, a forced line break is "\n". Nothing else is
changed: soft hyphens, no-break spaces and zero-width characters are the author's, and stay.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct, field


class MarkKind(StrEnum):
    """What a stretch of text is, beyond its words."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKE = "strike"
    INSERTED = "inserted"
    HIGHLIGHT = "highlight"
    SMALL = "small"
    LINK = "link"  # value: the address as written
    ABBREVIATION = "abbreviation"  # value: the expansion, "" if none is given
    CODE = "code"
    KEYBOARD = "keyboard"
    QUOTATION = "quotation"  # <q>: the marks are not in the text
    CITE = "cite"
    NOTE_REFERENCE = "note-reference"  # value: the id of the Footnote block, "" if it has none
    LANGUAGE = "language"  # value: BCP 47 tag
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    IMAGE = "image"  # the text is the alt text; value: the address; empty range: alt=""
    IMAGE_WITHOUT_ALT = "image-without-alt"  # empty range; value: the address
    MATH = "math"
    TIME = "time"  # value: the datetime attribute
    SILENT = "silent"  # visible, but marked aria-hidden by its author


class Mark(Struct, frozen=True):
    """A stretch `[start, end)` of an `Inline`'s text that is something; marks nest, never cross."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""


class Inline(Struct, frozen=True):
    """Running text and what its stretches are. `marks` are in order of start, the outer first."""

    text: str
    marks: tuple[Mark, ...] = ()


class Block(Struct, frozen=True, kw_only=True):
    """What every block has.

    `id` is unique in the article and sorts in document order ("b0001"). `line` is the source line
    (1-based) where it is known for sure. `language` is set only where it differs from the article's.
    `attributes` are what an author attached (`recording`, `speaker`), sorted by name.
    """

    id: str
    line: int | None = None
    language: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class Heading(Block, frozen=True, kw_only=True):
    """A heading; field "text". `anchor` is the id that links in the article may point to."""

    level: int
    content: Inline
    anchor: str = ""


class Paragraph(Block, frozen=True, kw_only=True):
    """A paragraph; field "text"."""

    content: Inline


class Quote(Block, frozen=True, kw_only=True):
    """A block quotation."""

    blocks: tuple[Block, ...]


class ListItem(Block, frozen=True, kw_only=True):
    """An item of a list. `number` is the list's own number; `checked` is set for task lists."""

    blocks: tuple[Block, ...]
    number: int | None = None
    checked: bool | None = None


class Term(Block, frozen=True, kw_only=True):
    """What a definition list defines; field "text"."""

    content: Inline


class List(Block, frozen=True, kw_only=True):
    """A list. In a definition list (`kind` "definition") each `Term` comes before its `ListItem`s."""

    kind: str  # "ordered" | "bullet" | "definition"
    items: tuple[ListItem | Term, ...]


class Code(Block, frozen=True, kw_only=True):
    """A code block, white space as written; field "text". `info` is the language's name, or ""."""

    text: str
    info: str = ""


class Figure(Block, frozen=True, kw_only=True):
    """A picture. `alt` is None where the author gave none, "" where it is decoration; fields "alt", "caption"."""

    source: str
    alt: str | None
    caption: Inline | None = None


class Table(Block, frozen=True, kw_only=True):
    """A table. Field "caption", and "cell(r,c)": r 0 is the header, body rows count from 1, columns from 0."""

    header: tuple[Inline, ...]  # empty if the table has none
    rows: tuple[tuple[Inline, ...], ...]
    caption: Inline | None = None
    row_headers: bool = False  # the first cell of each row names the row


class Break(Block, frozen=True, kw_only=True):
    """A thematic break."""


class Footnote(Block, frozen=True, kw_only=True):
    """A note. `label` is what its mark prints ("1", "*")."""

    label: str
    blocks: tuple[Block, ...]


class Aside(Block, frozen=True, kw_only=True):
    """Something beside the flow: an admonition, a box, a disclosure; field "title"."""

    kind: str  # "aside" | "note", "warning", … (an admonition's class) | "details"
    title: Inline | None
    blocks: tuple[Block, ...]


class Math(Block, frozen=True, kw_only=True):
    """A displayed formula; field "text" is its alternative text, or its source where there is none."""

    text: str


class Embed(Block, frozen=True, kw_only=True):
    """Something played or shown from elsewhere, by its title; field "title"."""

    title: str
    source: str


class Lexeme(Struct, frozen=True, kw_only=True):
    """An editor's correction: how `grapheme` is said wherever it is printed as whole words.

    Exactly one of these says how: `alias` (other words), `ipa` (sounds; then `alias` is for engines that
    take none), `letters` (spelt out), `word` (as a word, though it looks like letters), `language` (by a
    voice of that BCP 47 language). It holds only where one of `preceded_by` stands right before and one
    of `followed_by` right behind, if there are any, and in text of one of `languages` (BCP 47; none:
    the article's own).
    """

    grapheme: str
    alias: str = ""
    ipa: str = ""
    letters: bool = False
    word: bool = False
    language: str = ""
    preceded_by: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Recorded(Struct, frozen=True):
    """A person's recording, at `path`, of the chapter under the heading of that title or id; "" is the whole article."""

    heading: str
    path: str
    line: int | None = None


class Metadata(Struct, frozen=True, kw_only=True):
    """What is known about an article besides its text. Dates are ISO 8601 as given (date or date-time)."""

    title: str = ""  # "" if none was given: the first heading, else the file's name, stands for it
    authors: tuple[str, ...] = ()
    language: str = ""  # BCP 47, "" if not given
    published: str = ""
    updated: str = ""
    description: str = ""
    slug: str = ""
    source_url: str = ""
    licence: str = ""
    tags: tuple[str, ...] = ()
    cover: str = ""
    voice: str = ""
    id: str = ""
    audio: bool | None = None  # None if it does not say: settings do
    draft: bool = False
    season: int = 0  # 0 if not given, as with the episode in it
    episode: int = 0
    lexicon: tuple[Lexeme, ...] = ()  # the article's own entries: they go before the site's
    speakers: tuple[tuple[str, str], ...] = ()  # names of those who speak, each with a voice
    recordings: tuple[Recorded, ...] = ()
    turns: bool | None = None  # whether "NAME:" begins what someone says; None if it does not say


class Severity(StrEnum):
    """How much a problem matters to a listener."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Problem(Struct, frozen=True):
    """Something an editor should see. `code` is stable and kebab-case ("alt-missing")."""

    code: str
    severity: Severity
    message: str
    hint: str = ""
    block: str = ""  # "" where it is about the whole article
    line: int | None = None


class Article(Struct, frozen=True):
    """What a reader makes of a source. Footnotes stand last, in the order of their first marks."""

    metadata: Metadata
    blocks: Sequence[Block]
    problems: tuple[Problem, ...] = field(default=())


def children(block: Block) -> tuple[Block, ...]:
    """Return the blocks directly inside `block`, in order."""
    match block:
        case Quote() | ListItem() | Footnote() | Aside():
            return block.blocks
        case List():
            return block.items
        case _:
            return ()


def attribute(block: Block, name: str) -> str:
    """Return what the author attached to a block under that name, white space collapsed, "" if nothing."""
    return next((" ".join(value.split()) for key, value in block.attributes if key == name), "")


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block in document order, a container before what it holds; never recurses."""
    for top in blocks:
        stack = [top]
        while stack:
            block = stack.pop()
            yield block
            stack.extend(reversed(children(block)))


def fields(block: Block) -> Iterator[tuple[str, Inline]]:  # noqa: C901 (one flat case a kind of block)
    """Yield the block's own visible text, field by field, in the order in which it is read."""
    match block:
        case Heading() | Paragraph() | Term():
            yield "text", block.content
        case Code() | Math():
            yield "text", Inline(block.text)
        case Figure():
            if block.alt:
                yield "alt", Inline(block.alt)
            if block.caption:
                yield "caption", block.caption
        case Table():
            if block.caption:
                yield "caption", block.caption
            for r, row in enumerate((block.header, *block.rows)):
                for c, cell in enumerate(row):
                    yield f"cell({r},{c})", cell
        case Aside(title=Inline() as title):
            yield "title", title
        case Embed() if block.title:
            yield "title", Inline(block.title)
        case _:
            return
