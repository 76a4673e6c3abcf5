"""The token: a stretch of printed text and what is said for it; and what a sentence's surroundings tell."""

from typing import Protocol

from msgspec import Struct

from earmark.article import Mark, Problem
from earmark.narration.script import Phonemes


class Token(Struct, frozen=True):
    """Printed text `[start, end)` and what is said for it.

    A sentence's tokens tile it: every code point belongs to exactly one token, in order. `said` is the
    text for the engine including the white space that the token covers, so that joining `said` over
    all tokens gives the whole of what is said. `rule` names what changed it, None if nothing did
    (then `said` equals the printed text). `sound` names a produced sound that stands in the place of
    the token or after what it says ("bleep"), None for nearly all.
    """

    start: int
    end: int
    said: str | Phonemes
    rule: str | None = None
    sound: str | None = None


class Spoken(Struct, frozen=True):
    """How a sentence is said. `problems` carry no block; narration adds it."""

    tokens: tuple[Token, ...]
    problems: tuple[Problem, ...] = ()


class Memory(Protocol):
    """What was worked out before, by a hash of all that decides it."""

    def recall(self, key: bytes) -> Spoken | None:
        """Return what was remembered under `key`."""
        ...

    def remember(self, key: bytes, spoken: Spoken) -> None:
        """Keep `spoken` under `key`."""
        ...


class Matcher(Protocol):
    """An editor's lexicon, ready to be asked."""

    def match(self, text: str, language: str) -> tuple[tuple[int, int, str | Phonemes], ...]:
        """Return what the entries say for stretches `[start, end)` of a text in `language`: in order, without overlap."""
        ...

    def unbroken(self, text: str, language: str) -> tuple[tuple[int, int], ...]:
        """Return the stretches inside which no sentence ends, since an entry has a full stop or the like in it."""
        ...

    def foreign(self, text: str, language: str) -> tuple[tuple[int, int, str], ...]:
        """Return the stretches that are to be spoken in another language than `language`, and in which."""
        ...


class Context(Struct, frozen=True):
    """What surrounds a text, as far as it decides how it is said.

    `kind` is the block's kind in lower case ("heading", "paragraph", "cell", …) or "opening".
    `lead_in` marks the first sentence of an article or after a heading, where print likes capitals.
    `marks` are relative to the text. `known_words` are the words, in lower case, that the article
    prints in lower or mixed case somewhere: such a word in capitals is a word, not an acronym.
    `masked`, `capitals` and `emoji` ("name" or "silent") are the editor's settings. `memory` is asked before
    anything is worked out that no lexeme or mark decides.
    """

    kind: str = "paragraph"
    lead_in: bool = False
    marks: tuple[Mark, ...] = ()
    known_words: frozenset[str] = frozenset()
    masked: str = "bleep-word"
    capitals: bool = True
    emoji: str = "name"
    lexicon: Matcher | None = None
    memory: Memory | None = None


NO_CONTEXT = Context()
