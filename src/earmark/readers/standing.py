"""How any block begins and ends: as a paragraph, as a container, or as mere lines."""

from selectolax.lexbor import LexborNode

from earmark.readers.drafts import Draft
from earmark.readers.gathering import Gathering
from earmark.readers.nodes import Attributes, Leave


def lines(gathering: Gathering) -> Leave:
    """Keep the words inside on lines of their own, within something that holds running text alone."""
    gathering.line_break()
    return gathering.line_break


def paragraph(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    """Begin and end a paragraph."""
    if gathering.flat:
        return lines(gathering)
    gathering.flush()
    return gathering.flush


def container(gathering: Gathering, draft: Draft, **counting: int | None) -> Leave:
    """Begin a container; within something that holds running text alone it is only lines."""
    if gathering.flat:
        return lines(gathering)
    gathering.begin(draft, **counting)

    def leave() -> None:
        gathering.end()

    return leave
