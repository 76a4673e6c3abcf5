"""Tables as elements: a row that is one sentence is one thing that lights up."""

import re
from collections.abc import Callable, Iterator, Sequence

from earmark.article import Inline, Table
from earmark.writers.markup.inline import Surroundings
from earmark.writers.markup.owners import Owners
from earmark.writers.markup.tree import Element, Node, element, plain_text

Render = Callable[..., tuple[Node, ...]]
_CELL = re.compile(r"cell\((\d+),\d+\)")


def rows(block: Table, owners: Owners, around: Surroundings, render: Render) -> Iterator[Element]:
    """Yield the head and the body of a table; short rows are filled up with empty cells."""
    width = max((len(row) for row in (block.header, *block.rows)), default=0)
    whole = _sentences(block, owners)
    if block.header and width:
        cells = [_cell(render, 0, c, cell, whole, "col") for c, cell in enumerate(block.header)]
        yield element("thead", {}, _row(cells, width, whole.get(0), around))
    body = []
    for r, row in enumerate(block.rows, start=1):
        cells = [
            _cell(render, r, c, cell, whole, "row" if block.row_headers and c == 0 else None)
            for c, cell in enumerate(row)
        ]
        if width:
            body.append(_row(cells, width, whole.get(r), around))
    if body:
        yield element("tbody", {}, *body)


def _sentences(block: Table, owners: Owners) -> dict[int, str]:
    """Return the rows that are one sentence each, and its id."""
    by_row: dict[int, set[str]] = {}
    by_cue: dict[str, set[int]] = {}
    for r, row in enumerate((block.header, *block.rows)):
        for c, _ in enumerate(row):
            for owned in owners.fields.get((block.id, f"cell({r},{c})"), ()):
                by_row.setdefault(r, set()).add(owned.cue)
                by_cue.setdefault(owned.cue, set()).add(r)
    return {
        r: next(iter(cues))
        for r, cues in by_row.items()
        if len(cues) == 1 and all(cue and len(by_cue[cue]) == 1 for cue in cues)
    }


def _row(cells: Sequence[Element], width: int, cue: str | None, around: Surroundings) -> Element:
    name = around.named(cue) if cue else None
    filled = (*cells, *(element("td") for _ in range(width - len(cells))))
    return element("tr", {"class": "cue" if name else None, "id": name}, *filled)


def _cell(  # noqa: PLR0913, PLR0917 (which cell, and where)
    render: Render, r: int, c: int, cell: Inline, whole: dict[int, str], scope: str | None
) -> Element:
    content = render(f"cell({r},{c})", cell, whole=r in whole)
    if scope and plain_text(content).strip():
        return element("th", {"scope": scope}, *content)
    return element("td", {}, *content)
