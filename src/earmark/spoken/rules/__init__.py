"""The rules, in order: reading this list is reading what is done to printed words."""

from earmark.spoken.passage import Rule
from earmark.spoken.rules import capitals, masked, symbols, web

ENGLISH: tuple[Rule, ...] = (
    masked.MASKED,
    web.EMAIL,
    web.ADDRESS,
    capitals.CAPITALS,
    symbols.DASH,
    symbols.ORNAMENT,
)

NEUTRAL: tuple[Rule, ...] = (
    masked.MASKED,
    symbols.ORNAMENT,
)


def rules_for(language: str) -> tuple[Rule, ...]:
    """Return the rules of a BCP 47 language, in the order in which they claim."""
    return ENGLISH if language.lower().partition("-")[0] == "en" else NEUTRAL
