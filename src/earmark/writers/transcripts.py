"""Transcripts: the whole article as a plain page and as plain text, and what is said when as Podcasting 2.0 JSON.

The page and the text hold everything that is printed, what is not read marked as such; the JSON follows
the voice.
"""

from collections.abc import Iterator

from earmark.writers.axis import stretch
from earmark.writers.chapters import shown_title
from earmark.writers.galley import Galley
from earmark.writers.markup import Element, Node, direction, element, html_pieces
from earmark.writers.printable import lines, one_line
from earmark.writers.readable import pieces
from earmark.writers.voices import named_speakers
from earmark.writers.wording import parts

_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "header", "hr", "li", "ol", "p"}
    | {"pre", "section", "table", "caption", "thead", "tbody", "tr", "ul", *(f"h{level}" for level in range(1, 7))}
)


def transcript_html(galley: Galley) -> Iterator[bytes]:
    """Yield transcript.html: the article in its own structure, without style or script, fit for any reader."""
    rendered = galley.document
    head = element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; img-src 'self'"}),
        element("title", {}, shown_title(galley.edition)),
    )
    attributes = {"lang": rendered.language, "dir": direction(rendered.language)}
    whole = element("html", attributes, head, element("body", {}, element("main", {}, rendered.article)))
    yield b"<!DOCTYPE html>\n"
    for piece in html_pieces((whole,)):
        yield piece.encode()
    yield b"\n"


def transcript_txt(galley: Galley) -> Iterator[bytes]:
    """Yield transcript.txt: a block to a paragraph, pictures by their words."""
    before = ""
    for text in _paragraphs(galley.in_words.article):
        shown = "\n".join(line.rstrip() for line in text.split("\n"))
        if shown.strip():
            yield (before + shown.strip("\n")).encode("utf-8", "replace")
            before = "\n\n"
    yield b"\n"


def _paragraphs(root: Element) -> Iterator[str]:
    """Yield the texts of all blocks, in order; cells of a row are parted by tabs."""
    found = [""]
    numbers: dict[int, int] = {}
    stack: list[tuple[Iterator[Node], bool]] = [(iter((root,)), False)]
    while stack:
        yield from found[:-1]  # what is begun may still be taken back
        del found[:-1]
        coming, is_block = stack[-1]
        node = next(coming, None)
        if node is None:
            stack.pop()
            found += [""] if is_block else []
        elif isinstance(node, str):
            found[-1] += node if "\n" in node else one_line(f"x{node}x")[1:-1]
        elif node.tag == "br":
            found[-1] += "\n"
        elif node.tag == "hr":
            found += ["* * *", ""]
        else:
            if node.tag in _BLOCKS and not (node.tag == "p" and _is_item(found)):
                found.append("")
            if node.tag in {"td", "th"} and found[-1]:
                found[-1] += "\t"
            if node.tag == "ol":
                numbers |= _numbers(node)
            if node.tag == "li":
                number = numbers.pop(id(node), None)  # another element may have this identity when this one is gone
                found[-1] = "- " if number is None else f"{number}. "
            stack.append((iter(node.children), node.tag in _BLOCKS))
    yield from found


def _numbers(listed: Element) -> dict[int, int]:
    """Return the number that each item of an ordered list prints, by the element's identity."""
    found: dict[int, int] = {}
    number = int(listed.get("start") or 1)
    for item in listed.children:
        if isinstance(item, Element):
            number = int(item.get("value") or number)
            found[id(item)] = number
            number += 1
    return found


def _is_item(found: list[str]) -> bool:
    return found[-1].endswith(" ") and not found[-1].strip(" -0123456789.")


def transcript_json(galley: Galley) -> Iterator[bytes]:
    """Yield transcript.json: Podcasting 2.0, a segment a sentence, who speaks named where there are several."""
    edition = galley.edition
    rate = edition.timeline.sample_rate
    names = named_speakers(edition)

    def segments() -> Iterator[dict[str, object]]:
        for cue, text in galley.captions:
            start, end = stretch(cue.start, cue.end, rate)
            who = next((names[part.id] for part in parts(cue.sentence) if part.id in names), "")
            speaker = {"speaker": who} if who else {}
            yield {**speaker, "startTime": start / 1000, "endTime": end / 1000, "body": " ".join(lines(text.text))}

    return pieces({"version": "1.0.0", "language": edition.metadata.language, "segments": segments()})
