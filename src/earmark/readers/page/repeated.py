"""Pull quotes that say again what the article says."""

import re

from earmark.readers.page.evidence import words
from earmark.readers.page.tree import ancestors
from earmark.readers.page.units import Unit

_PULLED = re.compile(r"pull-?_?quote|callout|highlight|zitat|blockquote|element-pullquote|quote")
_FEWEST, _MOST = 4, 80  # words
_MOST_ASKED = 60


def repeated(units: list[Unit]) -> list[Unit]:
    """Return the quotations set apart whose words stand in a paragraph of the article as well."""
    asked = [unit for unit in units if _set_apart(unit)][:_MOST_ASKED]
    if not asked:
        return []
    apart = set(asked)
    running = "\n".join(f" {' '.join(words(unit.text))} " for unit in units if unit not in apart)
    found: list[Unit] = []
    for unit in asked:
        own = words(unit.text)
        if _FEWEST <= len(own) <= _MOST and f" {' '.join(own)} " in running:
            found.append(unit)
    return found


def _set_apart(unit: Unit) -> bool:
    holders = (unit.holder, *ancestors(unit.holder, 3))
    return any(holder.tag in ("blockquote", "aside", "q") or bool(_PULLED.search(holder.names)) for holder in holders)
