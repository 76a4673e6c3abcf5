"""The order of print: by block, then field, then place; what is left out is shown where it stood."""

import re

_CELL = re.compile(r"cell\((\d+),(\d+)\)")
_FIELDS = {"title": -1, "text": 0, "alt": 1, "caption": 2}

Place = tuple[int, str, int, int, int]


def place(block: str, field: str = "", start: int = -1) -> Place:
    """Return a key that sorts in the order of print; a block's own place comes before its fields."""
    if not field:
        return (len(block), block, -2, 0, 0)
    cell = _CELL.fullmatch(field)
    if cell:
        return (len(block), block, 3 + int(cell[1]), int(cell[2]), start)
    return (len(block), block, _FIELDS.get(field, 0), 0, start)
