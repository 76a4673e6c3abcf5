"""An edition's article as elements that any document can hold: whole, in its own order, every cue findable by its id.

- A sentence is an element of class "cue" whose `id` is the cue's; where a sentence has several fragments
  (cells of a table), the later ones name it in `data-cue`. A row that is one sentence bears the id itself.
- What earmark says of its own ("Code example in Python") is also of class "added"; it stands where it is heard.
- What is not read is of class "unread" with a `data-reason`, and says so in an element of class "not-read".
- Every block's element bears the block's id, so that anything may link to a paragraph.
- Asked for `words`, each word whose time is known is of class "word", its `id` the cue's, a hyphen, and its
  place in the cue's `words`.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from earmark.article import Footnote, Heading, Inline, walk
from earmark.edition import Edition
from earmark.narration.script import METADATA_BLOCK
from earmark.packed import LONG, Again
from earmark.writers.markup.blocks import Blocks
from earmark.writers.markup.inline import Surroundings
from earmark.writers.markup.labels import Labels, labels_for
from earmark.writers.markup.owners import FURNITURE, Owned, Titled, owners_of, title_owners
from earmark.writers.markup.tongues import language_tag
from earmark.writers.markup.tree import Element, element
from earmark.writers.wording import own, parts

UNKNOWN_LANGUAGE = "und"


class Document(Struct, frozen=True, kw_only=True):
    """A rendered article, in the order in which it is heard; `notes` is None where there are none.

    `title` is the `h1`, `opening` what is said after it, `body` the article, `ending` what is said last.
    `language` is a well-formed tag. The body of a long article is made anew for whoever goes over it.
    """

    language: str
    labels: Labels
    title: Element
    opening: tuple[Element, ...]
    body: Iterable[Element]
    notes: Element | None
    ending: tuple[Element, ...]

    @property
    def article(self) -> Element:
        """All of it as one section."""
        header = element("header", {}, self.title, *self.opening)
        notes = (self.notes,) if self.notes else ()
        return Element("article", (), Again(lambda: chain((header,), self.body, notes, self.ending)))


def document(edition: Edition, *, pictures: Mapping[str, str] | None = None, words: bool = False) -> Document:
    """Render an edition's article. `pictures` are published names by the address that the article gives.

    A picture that is not among them is shown by its words: nothing is ever loaded from elsewhere.
    """
    owners = owners_of(edition, words=words)
    language = language_tag(edition.metadata.language) or UNKNOWN_LANGUAGE
    labels = labels_for(edition.metadata.language)
    around = Surroundings(
        language=language,
        anchors={b.anchor: b.id for b in walk(edition.article.blocks) if isinstance(b, Heading) and b.anchor},
        notes=frozenset(b.id for b in walk(edition.article.blocks) if isinstance(b, Footnote)),
        pictures=pictures or {},
        base=edition.metadata.source_url,
        not_read=not_read(labels, language),
    )
    blocks = Blocks(owners, around, edition)
    title, merged = _title(edition, blocks, words=words)
    start = blocks.again()

    def flow(its: Blocks) -> Iterator[Element]:
        told = (b for b in edition.article.blocks if not isinstance(b, Footnote) and b.id != merged)
        return (node for block in told for node in its.block(block))

    body: Iterable[Element]
    if len(edition.timeline.cues) > LONG:  # once for what the notes refer to, and for what is lost
        deque(flow(blocks), maxlen=0)
        body = Again(lambda: flow(start.again()))
    else:
        body = tuple(flow(blocks))
    notes = blocks.notes([b for b in edition.article.blocks if isinstance(b, Footnote)], labels)
    opening = tuple(blocks.added(cue) for cue in owners.opening)
    ending = tuple(blocks.added(cue) for cue in owners.ending)
    return Document(
        language=language,
        labels=labels,
        title=title,
        opening=opening,
        body=_with(body, blocks.lost()),
        notes=notes,
        ending=ending,
    )


def _with(body: Iterable[Element], lost: tuple[Element, ...]) -> Iterable[Element]:
    return (*body, *lost) if isinstance(body, tuple) else Again(lambda: chain(body, lost))


def is_furniture(node: Element) -> bool:
    """Tell whether an element of a document's body is a block of furniture, of which nothing is read."""
    return node.get("class") == "unread" and node.get("data-reason") in FURNITURE


def not_read(labels: Labels, language: str) -> Element:
    """Return the words that stand before what is not read."""
    other = labels.language if labels.language != language.partition("-")[0] else None
    return element("span", {"class": "not-read", "lang": other}, f"[{labels.not_read}] ")


def _title(edition: Edition, blocks: Blocks, *, words: bool) -> tuple[Element, str]:
    """Return the `h1`, and the id of the heading that it stands for, "" if for none."""
    cues = blocks.owners.title
    said = title_owners(cues, words=words)
    if said.field and said.field[0] != METADATA_BLOCK:
        found = next((block for block in walk(edition.article.blocks) if block.id == said.field[0]), None)
        if isinstance(found, Heading):
            merged = found.id if any(own(part) for cue in cues for part in parts(cue.sentence)) else ""
            return blocks.title(found.content, said, merged), merged
    title = edition.metadata.title
    if cues and not said.owned:
        said = Titled((Owned(0, len(title), cue=cues[0].sentence.id),))
    return blocks.title(Inline(title), said, ""), ""
