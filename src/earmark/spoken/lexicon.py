"""The lexicon in force: where its entries are printed, and what they say there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from earmark.article import Lexeme
from earmark.narration.script import Phonemes
from earmark.spoken.characters import clean
from earmark.spoken.letters import spell
from earmark.spoken.words import Word, folded, inside_word, tokens, vocabulary

# What may stand behind a name without making it another word: "Siobhán's", "Siobhán'll"; never "don't".
_ENDINGS = {"s": "", "ll": "əl", "d": "d", "ve": "əv"}
_LONGEST_ENDING = 2
_ELIDING = frozenset({"fr", "it", "ca", "oc"})  # l'Oréal, dell'Ucraina
_SIBILANTS = "szʃʒɕʑ"
_VOICELESS = "ptkfθʔxχ"
_NOT_SOUNDS = "ːˈˌ. "
_STOP = re.compile(r"[.!?…]")
_QUOTES = frozenset("\"'“”„«»()[]")


class _Entry(NamedTuple):
    """An entry as it is compared: `exact` is "" where any case will do."""

    lexeme: Lexeme
    folded: str
    exact: str
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


class _Node:
    """A node of the tree of graphemes: the words that may come next, and the entries that end here."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[_Entry] = []


class Entries:
    """Some lexemes, ready to be looked up: compiled once for as many articles as there are."""

    def __init__(self, lexemes: Iterable[Lexeme] = ()) -> None:
        """Compile; of two that say the same word in the same place, the first counts."""
        self._root = _Node()
        self.stops = False
        for lexeme in lexemes:
            self.stops = self.stops or _STOP.search(lexeme.grapheme) is not None
            node = self._root
            for word in tokens(lexeme.grapheme):
                node = node.next.setdefault(word.folded, _Node())
            node.entries.append(_entry(lexeme))
        _rank(self._root)

    def may_open(self, words: set[str]) -> bool:
        """Tell whether one of these words, as they are compared, is the first of an entry."""
        return not words.isdisjoint(self._root.next.keys())

    def longest(self, text: "_Text", at: int, language: str, home: str) -> tuple[int, Lexeme] | None:
        """Return the longest entry that stands in `text` from word `at` on, and how many words it has."""
        node, found, words = self._root, None, text.words
        last = at
        while last < len(words):
            step = node.next.get(words[last].folded)
            if step is None:
                break
            node, last = step, last + 1
            for entry in node.entries:
                if _holds(entry, language, home) and text.shows(entry, at, last):
                    found = last - at, entry.lexeme
                    break
        return found


class Lexicon:
    """An article's entries before the site's. It remembers the words that it was asked about.

    `home` is the language that the article is in: entries that name none hold there.
    """

    def __init__(self, site: Entries, own: Entries, home: str) -> None:
        """Take both; nothing has been asked yet."""
        self._site, self._own, self._home = site, own, _normal(home)
        self._asked: set[str] = set()
        self._languages: set[str] = set()

    def match(self, text: str, language: str) -> tuple[tuple[int, int, str | Phonemes], ...]:
        """Return what the entries say for stretches `[start, end)` of a text in `language`: in order, without overlap."""
        return tuple(
            _said(text, start, end, lexeme, language)
            for start, end, lexeme in self._find(text, language)
            if not lexeme.language
        )

    def unbroken(self, text: str, language: str) -> tuple[tuple[int, int], ...]:
        """Return the stretches inside which no sentence ends, since an entry has a full stop or the like in it."""
        if not (self._own.stops or self._site.stops):
            return ()
        cleaned, offsets = clean(text)
        found = ((start, end) for start, end, _ in self._find(cleaned, language) if _STOP.search(cleaned, start, end))
        return tuple(found) if offsets is None else tuple((offsets[start], offsets[end]) for start, end in found)

    def foreign(self, text: str, language: str) -> tuple[tuple[int, int, str], ...]:
        """Return the stretches that are to be spoken in another language than `language`, and in which."""
        cleaned, offsets = clean(text)
        found = [
            (start, _behind(cleaned, end)[0] if _primary(language) == "en" else end, lexeme.language)
            for start, end, lexeme in self._find(cleaned, language)
            if lexeme.language
        ]
        if offsets is None:
            return tuple(found)
        return tuple((offsets[start], offsets[end], tag) for start, end, tag in found)

    def languages(self) -> tuple[str, ...]:
        """Return the languages of all texts that it was asked about."""
        return tuple(sorted(self._languages))

    def vocabulary(self) -> bytes:
        """Return the words of all texts that it was asked about, as `spoken.words` packs them."""
        return vocabulary(self._asked)

    def _find(self, printed: str, language: str) -> Iterator[tuple[int, int, Lexeme]]:
        words = folded(printed)
        self._asked |= words
        self._languages.add(language)
        if not self._own.may_open(words) and not self._site.may_open(words):
            return
        text, tag, at = _Text(printed, language), _normal(language), 0
        while at < len(text.words):
            best = self._own.longest(text, at, tag, self._home)
            other = self._site.longest(text, at, tag, self._home)
            if other and (best is None or other[0] > best[0]):
                best = other
            if best is None:
                at += 1
                continue
            count, lexeme = best
            yield text.words[at].start, text.words[at + count - 1].end, lexeme
            at += count


class _Text:
    """A text in words, and whether an entry stands there as whole words and between the right ones."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.words = tokens(text)
        self._eliding = _primary(language) in _ELIDING

    def shows(self, entry: _Entry, first: int, last: int) -> bool:
        """Tell whether words `[first, last)` are the entry's grapheme."""
        words = self.words[first:last]
        if _spaced(words, exact=bool(entry.exact)) != (entry.exact or entry.folded):
            return False
        if any(word.exact[0].isalnum() for word in words) and not self._whole(words[0].start, words[-1].end):
            return False
        return self._between(entry, first, last)

    def _whole(self, start: int, end: int) -> bool:
        text = self.text
        if inside_word(text, start - 1) or inside_word(text, end):
            return False
        if start and text[start - 1] in "'’" and inside_word(text, start - 2) and not self._eliding:
            return False  # O'Neill is no Neill
        if text[end : end + 1] in {"'", "’"} and inside_word(text, end + 1):
            return _behind(text, end)[0] > end
        return True

    def _between(self, entry: _Entry, first: int, last: int) -> bool:
        if not entry.before and not entry.after:
            return True
        longest = max(map(len, (*entry.before, *entry.after)))
        before = [word for word in self.words[max(0, first - 4 * longest) : first] if word.exact not in _QUOTES]
        after = [word for word in self.words[last : last + 4 * longest] if word.exact not in _QUOTES]
        return (not entry.before or any(_are(before[-len(one) :], one) for one in entry.before)) and (
            not entry.after or any(_are(after[: len(one)], one) for one in entry.after)
        )


def _are(words: Sequence[Word], expected: tuple[str, ...]) -> bool:
    """Tell whether these are the expected words, those with capitals exactly."""
    return len(words) == len(expected) and all(
        (word.folded if one == one.lower() else word.exact) == one for word, one in zip(words, expected, strict=True)
    )


def _spaced(words: Sequence[Word], *, exact: bool) -> str:
    """Return words as one text, a space where there is any white space between them."""
    out: list[str] = []
    end = words[0].start
    for word in words:
        out.append(" " if word.start > end else "")
        out.append(word.exact if exact else word.folded)
        end = word.end
    return "".join(out)


def _entry(lexeme: Lexeme) -> _Entry:
    words = tokens(lexeme.grapheme)
    exact = _spaced(words, exact=True)
    return _Entry(
        lexeme,
        folded=_spaced(words, exact=False),
        exact="" if lexeme.grapheme == lexeme.grapheme.lower() else exact,
        before=_phrases(lexeme.preceded_by),
        after=_phrases(lexeme.followed_by),
    )


def _phrases(several: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.exact for word in tokens(text)) for text in several)


def _rank(root: _Node) -> None:
    """Put entries that ask for more before those that ask for less; else the first written stays the first."""
    stack = [root]
    while stack:
        node = stack.pop()
        node.entries.sort(key=lambda entry: (not (entry.before or entry.after), not entry.exact))
        stack.extend(node.next.values())


def _holds(entry: _Entry, language: str, home: str) -> bool:
    """Tell whether an entry is for text in `language`."""
    tags = entry.lexeme.languages
    if not tags:
        return _primary(language) == _primary(home)
    return any(covers(_normal(tag), language) for tag in tags)


def holds_in(lexeme: Lexeme, languages: Iterable[str]) -> bool:
    """Tell whether a lexeme may say anything in an article that has text in these languages."""
    return not lexeme.languages or any(
        covers(_normal(tag), _normal(language)) for tag in lexeme.languages for language in languages
    )


def covers(tag: str, language: str) -> bool:
    """Tell whether what is for `tag` is for a text in `language`: one is the other, or the other made finer."""
    return tag == language or tag.startswith(f"{language}-") or language.startswith(f"{tag}-")


def _normal(language: str) -> str:
    tag = language.lower().replace("_", "-")
    return "en-gb" if tag == "en" else tag


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _behind(text: str, end: int) -> tuple[int, str]:
    """Return where a word ends with its "'s" or the like, and which that is; `end` and "" where there is none."""
    if text[end : end + 1] not in {"'", "’"}:
        return end, ""
    last = end + 1
    while last - end <= _LONGEST_ENDING and inside_word(text, last):
        last += 1
    ending = text[end + 1 : last].lower()
    return (end, "") if ending not in _ENDINGS or inside_word(text, last) else (last, ending)


def _said(text: str, start: int, end: int, lexeme: Lexeme, language: str) -> tuple[int, int, str | Phonemes]:
    """Return the stretch and what is said for it: sounds take a "'s" behind them into themselves."""
    if lexeme.ipa:
        last, ending = _behind(text, end) if _primary(language) == "en" else (end, "")
        alias = f"{lexeme.alias}{text[end:last]}" if lexeme.alias else ""
        return start, last, Phonemes(lexeme.ipa + _sound_of(ending, lexeme.ipa), alias)
    if lexeme.letters:
        letters = "".join(lexeme.grapheme.split()).upper()
        return start, end, spell(letters) if _primary(language) == "en" else " ".join(letters)
    if lexeme.word:
        return start, end, lexeme.grapheme[:1] + lexeme.grapheme[1:].lower()
    return start, end, lexeme.alias


def _sound_of(ending: str, ipa: str) -> str:
    """Return how an English ending sounds behind `ipa`: boxes, cats, dogs."""
    if ending != "s":
        return _ENDINGS.get(ending, "")
    last = ipa.rstrip(_NOT_SOUNDS)[-1:]
    return "ɪz" if last and last in _SIBILANTS else "s" if last and last in _VOICELESS else "z"
