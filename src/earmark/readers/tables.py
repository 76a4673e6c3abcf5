"""A table as it is gathered: cells into a grid, each word once, whatever spans how far."""

from msgspec import Struct, field

from earmark.article import Inline

MOST_COLUMNS = 1_000  # what HTML allows a cell to span
MOST_FILLED = 100_000  # empty places that spans may add to one table; a hostile one adds billions
EMPTY = Inline("")


class Row(Struct):
    """A row in the making: its cells by place, and what kind of cells they are."""

    cells: list[Inline] = field(default_factory=list)
    in_head: bool = False
    headers: list[bool] = field(default_factory=list)  # one for each cell that is written in the source


class Grid(Struct):
    """A table in the making. A cell that spans several places stands in the first; the others are empty."""

    caption: Inline | None = None
    rows: list[Row] = field(default_factory=list)
    in_head: bool = False
    _covered: dict[int, int] = field(default_factory=dict)  # column: the last row that a cell above covers
    _filled: int = 0

    def start_row(self) -> None:
        """Begin a row."""
        self.rows.append(Row(in_head=self.in_head))

    def add(self, cell: Inline, *, header: bool, columns: int, rows: int) -> None:
        """Put a cell at the next free place."""
        if not self.rows:
            self.start_row()
        row = self.rows[-1]
        self._skip_covered(row)
        place = len(row.cells)
        row.cells.append(cell)
        corner = len(self.rows) == 1 and not row.headers and not cell.text
        row.headers.append(header or corner)
        columns = max(1, min(columns, MOST_COLUMNS - place))
        if self._filled + columns > MOST_FILLED:
            return
        self._filled += columns - 1
        row.cells.extend([EMPTY] * (columns - 1))
        if rows > 1:
            last = len(self.rows) - 2 + rows
            self._covered.update(dict.fromkeys(range(place, place + columns), last))

    def header(self) -> tuple[Inline, ...]:
        """Return the first row if it is the header, else nothing."""
        return tuple(self.rows[0].cells) if self._has_header() else ()

    def body(self) -> tuple[tuple[Inline, ...], ...]:
        """Return the rows below the header."""
        rows = (tuple(row.cells) for row in self.rows[1 if self._has_header() else 0 :])
        return tuple(row for row in rows if any(cell.text or cell.marks for cell in row))

    def row_headers(self) -> bool:
        """Tell whether the first cell of each body row names it."""
        rows = [row for row in self.rows[1 if self._has_header() else 0 :] if row.headers]
        return bool(rows) and all(row.headers[0] and not all(row.headers[1:] or [False]) for row in rows)

    def words(self) -> bool:
        """Tell whether anything was written in it."""
        return any(cell.text or cell.marks for row in self.rows for cell in row.cells) or self.caption is not None

    def _has_header(self) -> bool:
        if not self.rows or not self.rows[0].headers:
            return False
        first = self.rows[0]
        return first.in_head or (len(self.rows) > 1 and all(first.headers))

    def _skip_covered(self, row: Row) -> None:
        here = len(self.rows) - 1
        if not row.cells and self._covered.get(0, 0) >= here > 0:
            row.headers.append(True)  # if the cell above names a row, it names this one too
        while self._covered.get(len(row.cells), 0) >= here > 0 and self._filled < MOST_FILLED:
            row.cells.append(EMPTY)
            self._filled += 1
