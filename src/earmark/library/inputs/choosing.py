"""Which of the articles that lie in a folder are meant: by settings, and by what was asked for this once."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from earmark.errors import EarmarkError, SettingsError
from earmark.library.inputs.sources import Folder, Found
from earmark.library.state.history import History
from earmark.options import ArticleOptions
from earmark.settings import FILE_NAME


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
    `SettingsError` for what is no glob, `HistoryError` where git can't tell what changed.
    """
    where = folder.settings_file or FILE_NAME
    _refuse(options.include, where, "articles.include")
    _refuse(options.exclude, where, "articles.exclude")
    _refuse(choice.only, "command line", "--only")
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


def _refuse(globs: Iterable[str], where: Path | str, key: str) -> None:
    """Raise `SettingsError` for the first glob that means nothing."""
    for glob in globs:
        try:
            _pattern(glob)
        except EarmarkError as error:
            raise SettingsError(error.message, path=where, key=key, hint=error.hint) from None


def is_article(relative: str, options: ArticleOptions) -> bool:
    """Tell whether settings take the file at that path for an article."""
    included = not options.include or any(fits(relative, glob) for glob in options.include)
    return included and not any(fits(relative, glob) for glob in options.exclude)


def why_not(relative: str, options: ArticleOptions) -> str:
    """Return which setting leaves the file at that path out, "" if none does."""
    out = next((glob for glob in options.exclude if fits(relative, glob)), None)
    if out is not None:
        return f"[articles] exclude leaves out {relative}, by {out}"
    return "" if is_article(relative, options) else f"[articles] include does not name {relative}"


def fits(relative: str, glob: str) -> bool:
    """Tell whether a path fits a glob: "*" stays within a folder, "**" does not; without "/" it is a name anywhere."""
    return _pattern(glob).fullmatch(relative) is not None


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """Return the expression that a glob means. Raises `EarmarkError` for one that means none.

    What follows a star is looked for once and kept where it is first found, which is right, since a later star can
    take what lies between: so a name made for it costs no more than its length, and nothing is tried for ever.
    """
    anchored = glob.strip("/")
    whole = f"{anchored}/**" if glob.endswith("/") else anchored
    if "/" not in glob.rstrip("/"):
        whole = f"**/{whole}"
    pieces = [*_PIECE.findall(whole), ""]
    try:
        return re.compile(_expression(iter(pieces), opened=False)[0], re.DOTALL)
    except re.error as error:
        raise EarmarkError(f"{glob[:80]!r} is no glob: {error.msg}", hint="Write it as blog/** or [0-9]*.md.") from None


_PIECE = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]|.", re.DOTALL)
_PIECES = {"**/": "(?:.*?/)??", "*": "[^/]*?"}


def _expression(pieces: Iterator[str], *, opened: bool) -> tuple[str, str]:
    """Return the expression of the pieces to the next "**", if that is `opened` by one, and that one; "" is the end."""
    found: list[str] = []
    within = 0  # groups of a single "*" that are open
    following = next(pieces)
    while following and not (opened and following.startswith("**")):
        if following.startswith("**"):
            found.append(")" * within)
            within = 0
            lead = following
            rest, following = _expression(pieces, opened=True)
            found.append(f"(?>{_PIECES.get(lead, '.*?')}{rest})")
            continue
        if following == "*":
            found.append(f"{')' * within}(?>[^/]*?")
            within = 1
        else:
            found.append(_piece(following))
        following = next(pieces)
    end = r"\Z" if not following else ""
    return "".join(found) + end + ")" * within, following


def _piece(piece: str) -> str:
    if len(piece) == 1:
        return "[^/]" if piece == "?" else re.escape(piece)
    inside = re.sub(
        r"[\\[\]^&~|]|--", lambda found: "".join(f"\\{sign}" for sign in found[0]), piece[1:-1].removeprefix("!")
    )
    return f"[^{inside}/]" if piece[1] == "!" else f"[{inside}]"
