"""Everything that can go wrong, as one small family of errors.

Each error keeps its data, and renders as "what failed: on what: why" followed by what to do.
The command line maps each class to an exit code; nothing below it prints or exits.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from math import floor, log10
from pathlib import PurePath

_MOST_SHOWN = 80  # characters of what a file says


def _short(written: str) -> str:
    return written if len(written) <= _MOST_SHOWN else f"{written[:_MOST_SHOWN]}…"


class EarmarkError(Exception):
    """The base of all errors that earmark raises on purpose.

    `message` says what failed, `hint` what to do about it (may be empty).
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep `message` and `hint`."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def subject(self) -> str:
        """Tell what it failed on, "" if the message says it already."""
        return ""

    def __str__(self) -> str:
        """Render "subject: message. hint", without the parts that are empty."""
        subject = self.subject()
        text = f"{subject}: {self.message}" if subject else self.message
        return f"{text.rstrip('.')}. {self.hint}" if self.hint else text


class SettingsError(EarmarkError):
    """A setting is unknown, of the wrong type, or out of bounds."""

    def __init__(self, message: str, *, path: PurePath | str, key: str = "", hint: str = "") -> None:
        """Keep the file (or "environment", "command line") and the dotted key."""
        super().__init__(message, hint=hint)
        self.path = path
        self.key = key

    def subject(self) -> str:
        """Tell the file and the key."""
        return f"{self.path}: {_short(self.key)}" if self.key else str(self.path)


class LexiconError(SettingsError):
    """An entry of the site's lexicon can't be used: nothing is built with half a lexicon."""

    def __init__(
        self, message: str, *, path: PurePath | str, line: int | None = None, grapheme: str = "", hint: str = ""
    ) -> None:
        """Keep the file, the line if it is known, and the grapheme of the entry ("" for the file as a whole)."""
        super().__init__(message, path=path, key=grapheme, hint=hint)
        self.line = line
        self.grapheme = grapheme

    def subject(self) -> str:
        """Tell the file and line as editors write them, and the grapheme."""
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {_short(self.grapheme)!r}" if self.grapheme else place


class ReadError(EarmarkError):
    """An article can't be read: not text, over a cap, broken front matter."""

    def __init__(
        self,
        message: str,
        *,
        source: PurePath | str,
        line: int | None = None,
        hint: str = "",
        code: str = "unreadable",
    ) -> None:
        """Keep the article's path as the user knows it, the line if it is known, and what `check` calls it."""
        super().__init__(message, hint=hint)
        self.source = source
        self.line = line
        self.code = code

    def subject(self) -> str:
        """Tell the file, and the line as editors write it."""
        return f"{self.source}:{self.line}" if self.line else str(self.source)


class EngineError(EarmarkError):
    """An engine can't be used, or can't go on."""

    def __init__(self, message: str, *, engine: str, hint: str = "") -> None:
        """Keep the engine's name."""
        super().__init__(message, hint=hint)
        self.engine = engine

    def subject(self) -> str:
        """Tell the engine."""
        return f"engine {self.engine}"


def _choice(name: str, available: Sequence[str]) -> str:
    near = get_close_matches(name, available, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Available: {', '.join(available[:12])}{' …' if len(available) > 12 else ''}" if available else ""  # noqa: PLR2004 (a dozen names is what a listener follows)


class EngineNotFound(EngineError):
    """No installed package brings an engine of this name."""

    def __init__(self, engine: str, available: Sequence[str]) -> None:
        """Keep the names that are available."""
        super().__init__("no such engine is installed", engine=engine, hint=_choice(engine, available))
        self.available = tuple(available)


class VoiceNotFound(EngineError):
    """The engine has no such voice, or none for the language."""

    def __init__(self, voice: str, available: Sequence[str], *, engine: str, message: str = "") -> None:
        """Keep the voice or language asked for and those that are available."""
        super().__init__(message or f"there is no voice {voice!r}", engine=engine, hint=_choice(voice, available))
        self.voice = voice
        self.available = tuple(available)


class SynthesisError(EngineError):
    """One utterance could not be spoken; its article fails, the others are built."""

    def __init__(self, message: str, *, engine: str, utterance: str, hint: str = "") -> None:
        """Keep the words that could not be spoken."""
        super().__init__(message, engine=engine, hint=hint)
        self.utterance = utterance

    def subject(self) -> str:
        """Tell the engine and the opening of the utterance."""
        words = self.utterance if len(self.utterance) <= 60 else self.utterance[:59] + "…"  # noqa: PLR2004 (one terminal line)
        return f"engine {self.engine}: {words!r}"


class RetryLater(EngineError):
    """The engine is out of reach or limits our rate; `after` seconds may help."""

    def __init__(self, message: str, *, engine: str, after: float | None = None, hint: str = "") -> None:
        """Keep the seconds to wait, if the service named them."""
        super().__init__(message, engine=engine, hint=hint)
        self.after = after


def _money(amount: float) -> str:
    """Return an amount as it is written; one of less than a hundredth with the two digits that tell something."""
    if amount >= 0.01 or not amount:  # noqa: PLR2004 (a cent)
        return f"{amount:,.2f}"
    places = -floor(log10(amount)) + 1
    return f"{amount:.{min(places, 12)}f}"


class OverBudget(EarmarkError):
    """What is to be spoken would cost more than it may; nothing was begun."""

    def __init__(self, cost: float, most: float, currency: str) -> None:
        """Keep the estimate and the limit, in `currency`."""
        super().__init__(
            f"it would cost about {_money(cost)} {currency}, and no more than {_money(most)} may be spent",
            hint="Raise --max-cost, or choose fewer articles; `--dry-run` tells what each would cost.",
        )
        self.cost, self.most, self.currency = cost, most, currency


class WriteError(EarmarkError):
    """A file can't be written: disk full, no permission, a name that is taken."""

    def __init__(self, message: str, *, path: PurePath | str, hint: str = "") -> None:
        """Keep the path that could not be written."""
        super().__init__(message, hint=hint)
        self.path = path

    def subject(self) -> str:
        """Tell the file."""
        return str(self.path)
