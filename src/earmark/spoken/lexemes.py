"""What an entry of a lexicon may say, however it is written down: checked once, for TOML, front matter and PLS."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

from earmark.article import Lexeme
from earmark.spoken.characters import clean
from earmark.spoken.words import tokens

MOST_CHARACTERS = 200  # of a grapheme, an alias or a transcription
MOST_WORDS = 16  # of a grapheme: what bounds the time that matching takes
MOST_CONTEXT = 50  # words that may stand before or behind
MOST_HOMOGRAPHS = 20  # entries of one grapheme, told apart by context

_WAYS = ("alias", "ipa", "letters", "word", "language")
_KEYS = (*_WAYS, "preceded_by", "followed_by", "in")
_OTHER_NAMES = {
    "before": "preceded_by (the words right before it)",
    "after": "followed_by (the words right behind it)",
    "phoneme": "ipa",
    "phonemes": "ipa",
    "say": "alias",
    "lang": "language",
    "spell": "letters",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_EXAMPLE = 'Write "Siobhán" = "shivawn", or a table with alias, ipa, letters, word or language'

# Letters that IPA uses beside its own block, its marks of stress, length and tone, and what joins sounds.
_IPA_SIGNS = frozenset("abcdefhijklmnopqrstuvwxyzæçðøħŋœβθχǀǁǂǃɡg ˈˌːˑ.‿|‖͜͡'-")
_IPA_BLOCKS = ((0x250, 0x2AF), (0x2B0, 0x36F), (0x1D00, 0x1DBF), (0xA700, 0xA71F), (0x2191, 0x2199))
_XSAMPA = re.compile(r'[@{}"%&\\0-9A-Z]')


class BadEntry(ValueError):
    """An entry that can't be used. `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def lexemes(grapheme: str, value: object) -> tuple[Lexeme, ...]:
    """Return the lexemes that `grapheme = value` writes down: an alias, a table, or a list of tables.

    Raises `BadEntry`.
    """
    printed = _text(grapheme, "the printed form")
    _check_grapheme(printed)
    if isinstance(value, list):
        if len(value) > MOST_HOMOGRAPHS:
            raise BadEntry(f"it has {len(value)} readings, more than {MOST_HOMOGRAPHS}", "Keep those that are needed")
        return tuple(lexeme for one in value for lexeme in lexemes(grapheme, one))
    if isinstance(value, str):
        return (checked(Lexeme(grapheme=printed, alias=_text(value, "what is said"))),)
    if not isinstance(value, Mapping):
        raise BadEntry(f"{_shown(value)} is no way to say it", _EXAMPLE)
    for key in value:
        if key not in _KEYS:
            near = _OTHER_NAMES.get(str(key)) or next(iter(get_close_matches(str(key), _KEYS, n=1)), "")
            # In TOML all that stands below [[lead]] is a part of it.
            below = (
                ""
                if isinstance(value[key], bool)
                else f"If {key!r} is an entry of its own, write it above {grapheme!r}"
            )
            raise BadEntry(f"an entry has no key {key!r}", f"Did you mean {near}?" if near else below or _EXAMPLE)
    return (
        checked(
            Lexeme(
                grapheme=printed,
                alias=_text(value.get("alias", ""), "alias"),
                ipa=_text(value.get("ipa", ""), "ipa", cleaned=False).strip("/[]"),
                letters=_switch(value, "letters"),
                word=_switch(value, "word"),
                language=_text(value.get("language", ""), "language"),
                preceded_by=_several(value, "preceded_by"),
                followed_by=_several(value, "followed_by"),
                languages=_several(value, "in"),
            )
        ),
    )


def checked(lexeme: Lexeme) -> Lexeme:
    """Return `lexeme` if it can be used. Raises `BadEntry`."""
    _check_grapheme(lexeme.grapheme)
    ways = [way for way in _WAYS if getattr(lexeme, way)]
    if not ways:
        raise BadEntry("the entry does not say how it is said", _EXAMPLE)
    if len(ways) > 1 and ways != ["alias", "ipa"]:
        raise BadEntry(f"the entry says {' and '.join(ways)}", "Keep one; only ipa and alias go together")
    if lexeme.ipa:
        check_ipa(lexeme.ipa)
    for tag in (lexeme.language, *lexeme.languages):
        if tag and not _LANGUAGE.fullmatch(tag):
            raise BadEntry(f"{tag!r} is no language tag", 'Write it as "fr" or "pt-BR"')
    return lexeme


def check_ipa(ipa: str) -> None:
    """Raise `BadEntry` if `ipa` holds what no IPA transcription does."""
    for character in unicodedata.normalize("NFD", ipa):
        code = ord(character)
        known = character in _IPA_SIGNS or any(first <= code <= last for first, last in _IPA_BLOCKS)
        if not known and not unicodedata.combining(character):
            hint = "Write the sounds in the International Phonetic Alphabet: ʃɪˈvɔːn"
            if _XSAMPA.match(character):
                hint = f"This looks like X-SAMPA. {hint}"
            raise BadEntry(f"{character!r} in {ipa!r} is no sign of IPA", hint)


def _check_grapheme(grapheme: str) -> None:
    found = tokens(grapheme)
    if not found:
        raise BadEntry("an entry needs a printed form", _EXAMPLE)
    if len(found) > MOST_WORDS:
        raise BadEntry(f"the printed form has {len(found)} words, more than {MOST_WORDS}", "Write a shorter one")


def _text(value: object, what: str, *, cleaned: bool = True) -> str:
    if not isinstance(value, str):
        raise BadEntry(f"{what} should be text, not {_shown(value)}", "Put it in quotes")
    text = " ".join((clean(value)[0] if cleaned else unicodedata.normalize("NFC", value)).split())
    if len(text) > MOST_CHARACTERS:
        raise BadEntry(f"{what} has more than {MOST_CHARACTERS} characters", "Write a shorter one")
    return text


def _switch(value: Mapping[object, object], key: str) -> bool:
    found = value.get(key, False)
    if not isinstance(found, bool):
        raise BadEntry(f"{key} should be true or false, not {_shown(found)}", f"Write {key} = true")
    return found


def _several(value: Mapping[object, object], key: str) -> tuple[str, ...]:
    found = value.get(key, [])
    several = found if isinstance(found, list) else [found]
    if len(several) > MOST_CONTEXT:
        raise BadEntry(f"{key} has more than {MOST_CONTEXT} words", "Keep those that are needed")
    texts = tuple(_text(one, key) for one in several)
    if not all(tokens(text) for text in texts):
        raise BadEntry(f"{key} holds nothing", f"Leave {key} out, or write words in it")
    return texts


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping | list):
        return "a table" if isinstance(value, Mapping) else "a list"
    return repr(value) if len(repr(value)) <= MOST_CONTEXT else "this"
