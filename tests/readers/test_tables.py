"""The grid under a table: spans keep columns in line, and hostile ones add nothing."""

from earmark.article import Inline
from earmark.readers.tables import MOST_COLUMNS, MOST_FILLED, Grid


def test_a_cell_without_a_row_begins_one() -> None:
    grid = Grid()
    grid.add(Inline("a"), header=False, columns=1, rows=1)
    assert grid.body() == ((Inline("a"),),)


def test_hostile_spans_are_bounded() -> None:
    grid = Grid()
    words = []
    for number in range(1_000):
        grid.start_row()
        words.append(f"w{number}")
        grid.add(Inline(words[-1]), header=False, columns=10**9, rows=10**9)
    cells = [cell for row in grid.body() for cell in row]
    assert [cell.text for cell in cells if cell.text] == words
    assert len(cells) <= MOST_FILLED + MOST_COLUMNS + len(words)
