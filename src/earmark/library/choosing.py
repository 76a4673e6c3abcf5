"""Which of the articles that lie in a folder are meant: by settings, and by what was asked for this once."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from earmark.library.history import History
from earmark.library.sources import Folder, Found
from earmark.options import ArticleOptions


class Choice(Struct, frozen=True, kw_only=True):
    """What was asked for: articles that fit one of the globs `only`, have one of `tags`, and changed since a revision."""

    only: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str = ""

    @property
    def is_all(self) -> bool:
        """Tell whether nothing was chosen: then what is missing is missing."""
        return not (self.only or self.tags or self.since)

    def has_tag(self, tags: Collection[str]) -> bool:
        """Tell whether an article with these tags is meant. Case counts for nothing."""
        return not self.tags or not {tag.casefold() for tag in self.tags}.isdisjoint(map(str.casefold, tags))


EVERYTHING = Choice()


def choose(folder: Folder, sources: Sequence[Path], options: ArticleOptions, choice: Choice) -> Folder:
    """Return the folder with the articles that are meant, but for tags, which only their text tells.

    Settings hold for what was found in folders: a file that is named on the command line is meant. Raises
    `HistoryError` where git can't tell what changed.
    """
    named = {source.absolute() for source in sources}
    chosen: Iterable[Found] = (
        found
        for found in folder.found
        if found.is_standard_input or is_article(found.relative, options) or found.path.absolute() in named
    )
    if choice.only:
        chosen = (found for found in chosen if any(fits(found.relative, glob) for glob in choice.only))
    if choice.since:
        history = History(folder.root)
        chosen = history.changed(history.commit(choice.since), chosen)
    return replace(folder, found=tuple(chosen))


def is_article(relative: str, options: ArticleOptions) -> bool:
    """Tell whether settings take the file at that path for an article."""
    included = not options.include or any(fits(relative, glob) for glob in options.include)
    return included and not any(fits(relative, glob) for glob in options.exclude)


def fits(relative: str, glob: str) -> bool:
    """Tell whether a path fits a glob: "*" stays within a folder, "**" does not; without "/" it is a name anywhere."""
    return _pattern(glob).fullmatch(relative) is not None


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    anchored = glob.strip("/")
    whole = f"{anchored}/**" if glob.endswith("/") else anchored
    if "/" not in glob.rstrip("/"):
        whole = f"**/{whole}"
    pieces = [_PIECES.get(piece) or _piece(piece) for piece in _PIECE.findall(whole)]
    return re.compile("".join(pieces), re.DOTALL)


_PIECE = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|.", re.DOTALL)
_PIECES = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _piece(piece: str) -> str:
    if len(piece) == 1:
        return re.escape(piece)
    inside = piece[1:-1].replace("\\", r"\\").replace("[", r"\[")
    return f"[^{inside[1:]}/]" if inside.startswith("!") else f"[{inside}]"
