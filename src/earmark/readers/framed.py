"""What is framed or beside the flow: figures and captions, asides and their titles, code, embeds."""

import re

from selectolax.lexbor import LexborNode

from earmark.article import Aside, Code, Embed, Figure, MarkKind, Paragraph
from earmark.readers.elements import EMBEDS, VERSE
from earmark.readers.gathering import FigureFrame, Gathering
from earmark.readers.nodes import Attributes, Enter, Leave, classes, label, nothing, text_inside
from earmark.readers.standing import container, lines, paragraph

_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-(\S+)")


def preformatted(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave | None:
    """Add code as written; verse is a paragraph of lines."""
    text = text_inside(node).removesuffix("\n")
    verse = not VERSE.isdisjoint(classes(attributes))
    if gathering.flat or verse:
        leave = paragraph(gathering, node, attributes)
        if not verse:
            gathering.open_mark(MarkKind.CODE)
        for line in text.split("\n"):
            gathering.running.write(line)
            gathering.running.line_break()
        if not verse:
            gathering.close_mark()
        leave()
        return None
    gathering.flush()
    if text.strip():
        gathering.emit(gathering.draft(Code, text=text, info=_code_language(node, attributes)))
    return None


def _code_language(node: LexborNode, attributes: Attributes) -> str:
    """Return the language that a class names, on the code, on what holds it, or on a highlighter's box."""
    child = node.first_child
    near = [child.attributes if child is not None and child.tag == "code" else {}, attributes]
    parent = node.parent
    for _ in range(2):
        if parent is not None and parent.tag == "div":
            near.append(parent.attributes)
            parent = parent.parent
    for found in near:
        language = _LANGUAGE.search(found.get("class") or "")
        if language:
            return language[1].removeprefix("{").removesuffix("}")
    return ""


def figure(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    """Begin a figure: pictures with a caption, or whatever else the author framed."""
    if gathering.flat:
        return lines(gathering)
    gathering.flush()
    frame = FigureFrame(gathering.holder.inside, len(gathering.holder.inside))
    gathering.figures.append(frame)

    def leave() -> None:
        gathering.flush()
        gathering.figures.pop()
        if frame.caption is not None:
            gathering.emit(gathering.draft(Paragraph, content=frame.caption))

    return leave


def figure_caption(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a caption; it goes to the picture before it, else to the picture or table after it."""
    if gathering.flat or not gathering.figures:
        return paragraph(gathering, node, attributes)
    gathering.begin_flat()

    def leave() -> None:
        running = gathering.end_flat()
        if running.blank():
            return
        frame = gathering.figures[-1]
        inside = gathering.holder.inside
        here = frame.inside is inside
        last = inside[-1] if here and len(inside) > frame.begin else None
        if last is not None and last.make is Figure and last.fields.get("caption") is None:
            last.fields["caption"] = running.finish()
        elif here and last is None and frame.caption is None:
            frame.caption = running.finish()
        else:
            gathering.emit(gathering.draft(Paragraph, content=running.finish()))

    return leave


def aside(gathering: Gathering, node: LexborNode, _attributes: Attributes) -> Leave:
    """Begin something beside the flow."""
    return container(gathering, gathering.draft(Aside, kind=node.tag, title=None))


def title(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin the title of an aside; anywhere else it is a paragraph."""
    draft = gathering.holder.draft
    if gathering.flat or draft is None or draft.make is not Aside:
        return paragraph(gathering, node, attributes)
    gathering.begin_flat()

    def leave() -> None:
        running = gathering.end_flat()
        if running.blank():
            return
        if draft.inside or draft.fields["title"] is not None:
            gathering.emit(gathering.draft(Paragraph, content=running.finish()))
        else:
            draft.fields["title"] = running.finish()

    return leave


def embed(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave | None:
    """Add what is played from elsewhere, by its title."""
    named, source = label(attributes), attributes.get("src") or attributes.get("data") or ""
    if gathering.flat:
        if named:
            gathering.running.image(named, source)
    else:
        gathering.flush()
        gathering.emit(gathering.draft(Embed, title=named, source=source))
    return nothing if node.tag == "object" else None


FRAMED: dict[str, Enter] = {
    **dict.fromkeys((*EMBEDS, "object"), embed),
    **dict.fromkeys(("aside", "details"), aside),
    "figcaption": figure_caption,
    "figure": figure,
    "pre": preformatted,
    "summary": title,
}
