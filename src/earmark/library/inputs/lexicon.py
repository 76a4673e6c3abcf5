"""The site's lexicon: lexicon.toml and every .pls file beside earmark.toml, and which of its entries an article knows."""

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePath

import msgspec

from earmark.article import Lexeme
from earmark.errors import LexiconError
from earmark.spoken import lexicon_toml, pls
from earmark.spoken.lexicon import holds_in
from earmark.spoken.words import hashes, hashes_of

FILE_NAME = "lexicon.toml"
SUFFIX = ".pls"


class SiteLexicon:
    """Some lexicon files as they were read; they are parsed only when an article needs their entries."""

    def __init__(self, files: Iterable[tuple[PurePath, bytes]] = ()) -> None:
        """Keep what each file holds; of two entries that say the same word in the same place, the first counts."""
        self._files = tuple(files)
        found = sha256()
        for path, data in self._files:
            found.update(f"{path.name}\0{len(data)}\0".encode())
            found.update(data)
        self.digest = found.hexdigest()

    @cached_property
    def lexemes(self) -> tuple[Lexeme, ...]:
        """All entries, in order. Raises `LexiconError`."""
        return tuple(
            lexeme
            for path, data in self._files
            for lexeme in (pls if path.suffix.lower() == SUFFIX else lexicon_toml).read(data, path)
        )

    def applying(self, vocabulary: bytes, languages: Iterable[str]) -> str:
        """Return a sha256 of the entries that may say anything in an article of these words and languages.

        Entries that have no word in common with it change nothing. Raises `LexiconError`.
        """
        known, asked = hashes(vocabulary), tuple(languages)
        by_word = self._by_word
        met = sorted(entry for word in known.intersection(by_word) for entry in by_word[word] if entry[1] <= known)
        found = [self.lexemes[number] for number, _ in met if holds_in(self.lexemes[number], asked)]
        # Their order in the file only matters between entries of one grapheme, and there it stays.
        found.sort(key=lambda lexeme: lexeme.grapheme.lower())
        return sha256(msgspec.json.encode(found)).hexdigest()

    @cached_property
    def _by_word(self) -> dict[bytes, list[tuple[int, frozenset[bytes]]]]:
        """The numbers of the entries and the hashes of their words, by one of these."""
        found: dict[bytes, list[tuple[int, frozenset[bytes]]]] = {}
        for number, lexeme in enumerate(self.lexemes):
            words = hashes_of(lexeme.grapheme)
            found.setdefault(min(words), []).append((number, words))
        return found


def site_lexicon(root: Path) -> SiteLexicon:
    """Return the lexicon of an articles folder: lexicon.toml first, then .pls files by name. Raises `LexiconError`."""
    try:
        paths = [path for path in root.iterdir() if path.name == FILE_NAME or path.suffix.lower() == SUFFIX]
    except OSError:
        return SiteLexicon()
    files = []
    for path in sorted(paths, key=lambda path: (path.name != FILE_NAME, path.name)):
        try:
            if not path.is_file() and path.exists():  # a pipe would never end
                raise LexiconError("it is no file", path=_shown(path), hint="Take it out of the folder.")
            with path.open("rb") as file:
                files.append((_shown(path), file.read(pls.MOST_BYTES + 1)))  # its reader refuses what is longer
        except OSError as error:
            raise LexiconError(f"it can't be read: {error.strerror}", path=_shown(path)) from None
    return SiteLexicon(files)


def _shown(path: Path) -> Path:
    """Return a path as errors tell it: from the working directory on, if it lies in there."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, OSError):
        return path
