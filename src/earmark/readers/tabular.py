"""Tables, and the tables that only lay out a page."""

from selectolax.lexbor import LexborNode

from earmark.article import Paragraph, Table
from earmark.readers.gathering import Gathering
from earmark.readers.nodes import Attributes, Enter, Leave, integer
from earmark.readers.standing import lines, paragraph
from earmark.readers.tables import Grid


def table(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a table; one that only lays out is no table to a listener."""
    if gathering.flat:
        return lines(gathering)
    gathering.flush()
    grid = None if _lays_out(node, attributes) else Grid()
    gathering.tables.append(grid)

    def leave() -> None:
        gathering.flush()
        gathering.tables.pop()
        if grid is None or not grid.words():
            return
        header, rows = grid.header(), grid.body()
        gathering.emit(
            gathering.draft(Table, header=header, rows=rows, caption=grid.caption, row_headers=grid.row_headers())
        )

    return leave


def head(gathering: Gathering, _node: LexborNode, _attributes: Attributes) -> Leave:
    """Begin a table's head."""
    grid = _grid(gathering)
    if grid is None:
        return lambda: None
    grid.in_head = True

    def leave() -> None:
        grid.in_head = False

    return leave


def row(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a row."""
    grid = _grid(gathering)
    if grid is None:
        return paragraph(gathering, node, attributes)
    grid.start_row()
    return lambda: None


def cell(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a cell; in a table inside a cell it is a few words apart from the next."""
    grid = _grid(gathering)
    if grid is None:
        if not gathering.flat:
            return paragraph(gathering, node, attributes)
        gathering.running.write(" ")
        return lambda: None
    gathering.begin_flat()

    def leave() -> None:
        grid.add(
            gathering.end_flat().finish(),
            header=node.tag == "th",
            columns=integer(attributes, "colspan") or 1,
            rows=integer(attributes, "rowspan") or 1,
        )

    return leave


def caption(gathering: Gathering, node: LexborNode, attributes: Attributes) -> Leave:
    """Begin a table's caption."""
    grid = _grid(gathering)
    if grid is None:
        return paragraph(gathering, node, attributes)
    gathering.begin_flat()

    def leave() -> None:
        running = gathering.end_flat()
        if running.blank():
            return
        if grid.caption is None and not grid.rows:
            grid.caption = running.finish()
        else:
            gathering.emit(gathering.draft(Paragraph, content=running.finish()))

    return leave


_PARTS = frozenset({"h1", "article", "main", "nav"})  # of a page, and of no value


def _grid(gathering: Gathering) -> Grid | None:
    return gathering.tables[-1] if gathering.tables and not gathering.flat else None


def _lays_out(node: LexborNode, attributes: Attributes) -> bool:
    """Tell whether a table holds a page's parts rather than values."""
    if attributes.get("role") in ("presentation", "none"):
        return True
    cells = 0
    stack = [node.first_child]
    while stack:
        current = stack.pop()
        if current is None:
            continue
        stack.append(current.next)
        if current.tag == "table":
            return True
        if current.tag in ("th", "caption", "thead"):
            return False
        cells += current.tag == "td"
        if current.tag in _PARTS:
            return True
        stack.append(current.first_child)
    return cells < 2  # noqa: PLR2004 (one cell is a box)


TABULAR: dict[str, Enter] = {
    "caption": caption,
    "table": table,
    "td": cell,
    "th": cell,
    "thead": head,
    "tr": row,
}
