"""Gives each folder of the audio folder to one article, the same one however many work at once."""

from pathlib import PurePosixPath
from threading import Condition

from earmark.errors import ReadError


def taken(slug: str, owner: str, relative: str, name: str) -> ReadError:
    """Return the error of the article called `name`, whose slug another has."""
    twins = PurePosixPath(owner).with_suffix("") == PurePosixPath(relative).with_suffix("")
    hint = (
        "Give one of them another name, or a slug and an id of its own in its front matter."
        if twins
        else "Give one of them another slug in its front matter."
    )
    message = f"its edition would be called {slug!r}, as that of {owner} is"
    return ReadError(message, source=name, hint=hint, code="front-matter")


def indistinct(guid: str, owner: str, name: str) -> ReadError:
    """Return the error of the article called `name`, whose GUID another has."""
    return ReadError(
        f"subscribers could not tell it from {owner}: both have the GUID {guid}",
        source=name,
        hint="Give one of them an id of its own (id: …) in its front matter.",
        code="front-matter",
    )


class Claims:
    """Slugs and GUIDs, and who has them. Articles claim in the order of their numbers, so that speed decides nothing."""

    def __init__(self) -> None:
        """Nobody has anything, and number 0 comes first."""
        self._owners: dict[str, str] = {}
        self._guids: dict[str, str] = {}
        self._turn = 0
        self._passed: set[int] = set()
        self._changed = Condition()

    def hold(self, slug: str, guid: str, relative: str) -> None:
        """Let an edition that stays as it is keep its slug and its GUID."""
        self._owners.setdefault(slug, relative)
        if guid:
            self._guids.setdefault(guid, relative)

    def claim(self, number: int, slug: str, relative: str, name: str) -> None:
        """Wait for article `number`'s turn and claim `slug`. Raises `ReadError` if another has it."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn >= number)
            owner = self._owners.setdefault(slug, relative)
        if owner != relative:
            raise taken(slug, owner, relative, name)

    def claim_guid(self, guid: str, relative: str, name: str) -> None:
        """Claim `guid` in the same turn as the slug. Raises `ReadError` if another has it."""
        with self._changed:
            owner = self._guids.setdefault(guid, relative)
        if owner != relative:
            raise indistinct(guid, owner, name)

    def passed(self, number: int) -> None:
        """Say that article `number` has claimed, or never will; safe to call twice."""
        with self._changed:
            if number >= self._turn:
                self._passed.add(number)
            while self._turn in self._passed:
                self._passed.remove(self._turn)
                self._turn += 1
            self._changed.notify_all()
