"""The token: a stretch of printed text and what is said for it."""

from dataclasses import dataclass

from earmark.article import Problem
from earmark.narration.script import Phonemes


@dataclass(frozen=True, slots=True)
class Token:
    """Printed text `[start, end)` and what is said for it.

    A sentence's tokens tile it: every code point belongs to exactly one token, in order. `said` is the
    text for the engine including the white space that the token covers, so that joining `said` over
    all tokens gives the whole of what is said. `rule` names what changed it, None if nothing did
    (then `said` equals the printed text).
    """

    start: int
    end: int
    said: str | Phonemes
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a sentence is said. `problems` carry no block; narration adds it."""

    tokens: tuple[Token, ...]
    problems: tuple[Problem, ...] = ()
