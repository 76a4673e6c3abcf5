"""Tables: each value is heard with its header, and what the whole is about comes first."""

from collections.abc import Iterator

from earmark.article import Problem, Table
from earmark.checks.rule import Reading, problem, shown

_LARGE_ROWS, _LARGE_CELLS = 10, 50


def table_header_missing(reading: Reading) -> Iterator[Problem]:
    """Find tables whose values nobody can place."""
    for table in _tables(reading):
        if not table.row_headers and not any(_has_words(cell.text) for cell in table.header):
            first = next((cell.text for row in table.rows for cell in row if cell.text), "")
            message = f"a table has no headers; its first value is {shown(first)}"
            yield problem(
                "table-header-missing", table, message, "Give its columns a row of headers, or make it a list."
            )


def table_header_empty(reading: Reading) -> Iterator[Problem]:
    """Find columns without a header in tables that have some."""
    for table in _tables(reading):
        empty = [number for number, cell in enumerate(table.header) if number and not _has_words(cell.text)]
        used = [n for n in empty if any(len(row) > n and row[n].text for row in table.rows)]
        if used and any(_has_words(cell.text) for cell in table.header):
            message = f"column {used[0] + 1} of a table has no header"
            yield problem("table-header-empty", table, message, "Name it in a word.")


def table_caption_missing(reading: Reading) -> Iterator[Problem]:
    """Find large tables that don't say what they are about."""
    for table in _tables(reading):
        cells = sum(map(len, table.rows))
        if table.caption is None and (len(table.rows) > _LARGE_ROWS or cells > _LARGE_CELLS):
            message = f"a table of {len(table.rows)} rows has no caption"
            yield problem("table-caption-missing", table, message, "Say in a <caption> what it shows.")


def _tables(reading: Reading) -> Iterator[Table]:
    return (block for block in reading.blocks if isinstance(block, Table) and block.rows)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
