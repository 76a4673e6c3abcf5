"""W3C Pronunciation Lexicon Specification 1.0: `.pls` files, read without any entity or outside file."""

import re
from pathlib import PurePath
from xml.parsers import expat

from earmark.article import Lexeme
from earmark.errors import LexiconError
from earmark.spoken.characters import clean
from earmark.spoken.lexemes import MOST_CHARACTERS, BadEntry, checked

MOST_BYTES = 10_000_000
MOST_LEXEMES = 100_000
MOST_DEPTH = 8  # lexicon, lexeme, grapheme; what is deeper in metadata is passed over

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_XML = "http://www.w3.org/XML/1998/namespace"
_TEXTS = frozenset({"grapheme", "alias", "phoneme"})
_XSAMPA = 'Write it in IPA and set alphabet="ipa": X-SAMPA\'s symbols mean other sounds in other tables.'


def read(data: bytes, path: PurePath | str) -> tuple[Lexeme, ...]:
    """Return the lexemes in the order of the file, those for a part of speech last.

    The first (or preferred) pronunciation of a lexeme counts; a phoneme is kept with the first alias,
    for engines that take no phonemes. They hold in text of the file's `xml:lang`. Raises `LexiconError`
    with line and grapheme; a document type, and so every entity, is refused.
    """
    if len(data) > MOST_BYTES:
        raise LexiconError(f"it has more than {MOST_BYTES:,} bytes", path=path, hint="Split it into several.")
    reader = _Reader(path)
    try:
        reader.parse(data)
    except expat.ExpatError as error:
        message = f"this is not XML: {expat.ErrorString(error.code)}"
        raise LexiconError(message, path=path, line=error.lineno, hint="Correct the line it names.") from None
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise LexiconError(f"this is not XML: {error}", path=path, hint="Save the file as UTF-8.") from None
    return (*reader.found, *reader.with_role)


class _Reader:
    """What has been read of a file, and of the lexeme that is open."""

    def __init__(self, path: PurePath | str) -> None:
        self.found: list[Lexeme] = []
        self.with_role: list[Lexeme] = []
        self._path = path
        self._stack: list[str] = []
        self._languages: list[str] = []
        self._alphabet = ""
        self._line = 0
        self._role = False
        self._parts: list[tuple[str, str, dict[str, str]]] = []
        self._text: list[str] = []
        self._attributes: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def parse(self, data: bytes) -> None:
        """Parse all of it."""
        self._parser.Parse(data, True)  # noqa: FBT003 (expat takes no keyword)

    def _wrong(self, message: str, hint: str = "", grapheme: str = "", line: int = 0) -> LexiconError:
        at = line or self._parser.CurrentLineNumber
        return LexiconError(message, path=self._path, line=at, grapheme=grapheme, hint=hint)

    def _doctype(self, *_: object) -> None:
        raise self._wrong("a lexicon with a document type is not read", "Take the DOCTYPE and its entities out.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2] if tag.startswith(f"{_NAMESPACE} ") or " " not in tag else ""
        if not self._stack and name != "lexicon":
            raise self._wrong("this is no pronunciation lexicon", f'It begins with <lexicon xmlns="{_NAMESPACE}">.')
        if len(self._stack) >= MOST_DEPTH:
            raise self._wrong("it is nested too deeply", "A lexeme holds graphemes, aliases and phonemes only.")
        self._stack.append(name)
        inherited = self._languages[-1] if self._languages else ""
        self._languages.append(attributes.get(f"{_XML} lang", inherited))
        if len(self._stack) == 1:
            self._alphabet = attributes.get("alphabet", "")
        elif self._stack == ["lexicon", "lexeme"]:
            self._line, self._role, self._parts = self._parser.CurrentLineNumber, "role" in attributes, []
        elif self._stack[:2] == ["lexicon", "lexeme"] and len(self._stack) == len(("lexicon", "lexeme", name)):
            self._text, self._attributes = [], attributes

    def _characters(self, text: str) -> None:
        if self._stack[-1] in _TEXTS:
            self._text.append(text)

    def _end(self, _tag: str) -> None:
        name = self._stack.pop()
        language = self._languages.pop()
        if self._stack == ["lexicon", "lexeme"] and name in _TEXTS:
            text = " ".join("".join(self._text).split())
            text = text if name == "phoneme" else clean(text)[0]
            if len(text) > MOST_CHARACTERS:
                raise self._wrong(f"its {name} has more than {MOST_CHARACTERS} characters", "Write a shorter one.")
            self._parts.append((name, text, self._attributes))
        elif self._stack == ["lexicon"] and name == "lexeme":
            self._close(language)

    def _close(self, language: str) -> None:
        """Keep the lexeme that ends here, once for each of its graphemes."""
        graphemes = [text for name, text, _ in self._parts if name == "grapheme"]
        if not graphemes:
            raise self._wrong("a lexeme has no grapheme", "Give it one, or take it out.", line=self._line)
        alias, ipa = self._pronunciation(graphemes[0])
        kept = self.with_role if self._role else self.found
        for grapheme in graphemes:
            languages = (language,) if language else ()
            try:
                kept.append(checked(Lexeme(grapheme=grapheme, alias=alias, ipa=ipa, languages=languages)))
            except BadEntry as bad:
                raise self._wrong(bad.message, bad.hint, grapheme, self._line) from None
        if len(self.found) + len(self.with_role) > MOST_LEXEMES:
            raise self._wrong(f"it has more than {MOST_LEXEMES:,} lexemes", "Split it into several.")

    def _pronunciation(self, grapheme: str) -> tuple[str, str]:
        """Return the alias and the IPA of the lexeme that is open; one of them may be ""."""
        ways = [part for part in self._parts if part[0] != "grapheme" and part[1]]
        if not ways:
            raise self._wrong(
                "the lexeme does not say how it is said", "Add an alias or a phoneme.", grapheme, self._line
            )
        alias = next((text for name, text, _ in ways if name == "alias"), "")
        chosen = next((part for part in ways if part[2].get("prefer") == "true"), ways[0])
        if chosen[0] == "alias":
            return chosen[1], ""
        alphabet = chosen[2].get("alphabet", self._alphabet)
        if alphabet.lower() != "ipa":
            hint = _XSAMPA if re.search("sampa", alphabet, re.IGNORECASE) else 'Set alphabet="ipa" and write it in IPA.'
            raise self._wrong(f"the alphabet {alphabet!r} is not read", hint, grapheme, self._line)
        return alias, chosen[1].strip("/[]")
