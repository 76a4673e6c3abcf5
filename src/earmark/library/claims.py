"""Gives each folder of the audio folder to one article, the same one however many work at once."""

from threading import Condition

from earmark.errors import ReadError


class Claims:
    """Slugs and who has them. Articles claim in the order of their numbers, so that speed decides nothing."""

    def __init__(self) -> None:
        """Nobody has anything, and number 0 comes first."""
        self._owners: dict[str, str] = {}
        self._turn = 0
        self._passed: set[int] = set()
        self._changed = Condition()

    def hold(self, slug: str, relative: str) -> None:
        """Let an edition that stays as it is keep its slug."""
        self._owners.setdefault(slug, relative)

    def claim(self, number: int, slug: str, relative: str, name: str) -> None:
        """Wait for article `number`'s turn and claim `slug`. Raises `ReadError` if another has it."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn >= number)
            owner = self._owners.setdefault(slug, relative)
        if owner != relative:
            hint = "Give one of them another slug in its front matter."
            raise ReadError(f"its edition would be called {slug!r}, as that of {owner} is", source=name, hint=hint)

    def passed(self, number: int) -> None:
        """Say that article `number` has claimed, or never will; safe to call twice."""
        with self._changed:
            if number >= self._turn:
                self._passed.add(number)
            while self._turn in self._passed:
                self._passed.remove(self._turn)
                self._turn += 1
            self._changed.notify_all()
