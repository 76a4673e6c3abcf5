"""Language data as tables: numbers, units, currencies, months, abbreviations, sentence ends."""


def words(text: str) -> frozenset[str]:
    """Return the words of a table that is written as running text."""
    return frozenset(text.split())


def ordered(text: str) -> tuple[str, ...]:
    """Return the words of a table in their order: number words, hours."""
    return tuple(text.split())
