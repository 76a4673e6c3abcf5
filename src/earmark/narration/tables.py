"""Tables: what it is and how large, its columns, then row by row with each column's name.

The header's own words are said once, with the size, in the order of print; beside each value they are
an echo. So a listener knows the columns before the first row, and no word is counted twice.
"""

from earmark.article import Inline, Table
from earmark.narration.desk import Desk, Scope
from earmark.narration.pauses import Part
from earmark.narration.phrases.table import counted
from earmark.narration.prose import mention_notes, place_of, run_of, tell
from earmark.narration.running import Running, running
from earmark.narration.script import Pause
from earmark.narration.voicing import voiced

_LONGEST_NAME = 120  # characters that a listener would hear with every row


def tell_table(desk: Desk, block: Table, scope: Scope) -> None:
    """Tell a table; of a large one only what it is, with a pointer to the text."""
    if block.caption:
        tell(desk, block, "caption", block.caption, scope)
    columns = max((len(row) for row in (block.header, *block.rows)), default=0)
    if not columns:
        return
    cells = sum(len(row) for row in block.rows)
    large = len(block.rows) > desk.narration.table_rows or cells > desk.narration.table_cells
    _tell_size(desk, block, scope, columns)
    desk.assembly.pause(desk.pauses.sentence)
    if large:
        for r, row in enumerate(block.rows, start=1):
            for c, cell in enumerate(row):
                desk.assembly.omit_field(block.id, f"cell({r},{c})", cell, "large-table")
        desk.assembly.sentence(block.id, "table", desk.phrase("table_left_out", block.id))
        return
    echoes = [_echo(desk, block, scope, c, cell) for c, cell in enumerate(block.header)]
    for r, row in enumerate(block.rows, start=1):
        _tell_row(desk, block, scope, r, row, echoes)
        desk.assembly.pause(desk.pauses.item)


def _tell_size(desk: Desk, block: Table, scope: Scope, columns: int) -> None:
    """Say how large the table is, and the names of its columns."""
    parts: list[Part] = []
    if desk.phrases:
        p = desk.phrases
        rows = counted(len(block.rows), p.one_row, p.rows, p.few_rows)
        across = counted(columns, p.one_column, p.columns, p.few_columns)
        parts.extend(desk.phrase("table", block.id, rows=rows, columns=across))
    runs: list[Running] = []
    for c, cell in enumerate(block.header):
        if len(block.header) > desk.narration.table_cells:
            desk.assembly.omit_field(block.id, f"cell(0,{c})", cell, "large-table")
            continue
        run = run_of(desk, block, f"cell(0,{c})", cell)
        runs.append(run)
        parts += [Pause(desk.pauses.clause), *_cell(desk, block, scope, run, echo=False)]
    desk.assembly.sentence(block.id, "table", parts)
    for run in runs:
        mention_notes(desk, run)


def _cell(desk: Desk, block: Table, scope: Scope, run: Running, *, echo: bool) -> list[Part]:
    place = place_of(block, scope, kind="cell", echo=echo)
    return voiced(desk, place, run, 0, len(run.text), run.marks)


def _echo(desk: Desk, block: Table, scope: Scope, column: int, cell: Inline) -> list[Part]:
    """Return a column's name as it is said again beside each value; what is longer is no name."""
    if len(cell.text) > _LONGEST_NAME:
        return []
    return _cell(desk, block, scope, running(f"cell(0,{column})", cell), echo=True)


def _tell_row(  # noqa: PLR0913, PLR0917 (a row of what table, and where)
    desk: Desk, block: Table, scope: Scope, r: int, row: tuple[Inline, ...], echoes: list[list[Part]]
) -> None:
    """Say a row as one sentence, the name of its column before each value."""
    parts: list[Part] = []
    runs: list[Running] = []
    for c, cell in enumerate(row):
        run = run_of(desk, block, f"cell({r},{c})", cell)
        runs.append(run)
        value = _cell(desk, block, scope, run, echo=False)
        if not value and not block.header and len(row) > 1:
            # Without column names, an empty cell that is passed over would shift the ones after it.
            value = list(desk.phrase("blank", block.id))
        if not value:
            continue
        names_row = block.row_headers and c == 0
        if c < len(echoes) and not names_row:
            parts += [*echoes[c], Pause(desk.pauses.clause)]
        parts += [*value, Pause(desk.pauses.sentence)]
    if any(run.text for run in runs):
        desk.assembly.sentence(block.id, "table", parts)
    for run in runs:
        mention_notes(desk, run)
