"""The text under work: rules claim stretches of it, and what nobody claims is said as printed."""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from earmark.article import MarkKind, Problem, Severity
from earmark.narration.script import Phonemes
from earmark.spoken.characters import clean, raised
from earmark.spoken.tokens import Context, Spoken, Token


class Reading(NamedTuple):
    """What a rule says for `[start, end)` of the passage's text, where that is not just its whole match."""

    start: int
    end: int
    said: str | Phonemes
    sound: str | None = None


class Claim(NamedTuple):
    """A stretch that a rule has taken."""

    start: int
    end: int
    said: str | Phonemes
    rule: str
    sound: str | None


class Passage:
    """A text, cleaned of characters that trip a voice, and the claims on it."""

    def __init__(self, printed: str, language: str, context: Context) -> None:
        """Clean `printed`."""
        self.printed = printed
        self.text, self._offsets = clean(raised(printed, context.marks))
        self.language = language
        self.american = language.lower() in {"en-us", "en-ca", "en-ph"}
        self.context = context
        self.characters = frozenset(self.text)
        self.figures = any(letter.isnumeric() for letter in self.characters)
        self.shouted = _shouted(self.text)
        self.known_words = context.known_words.intersection(map(str.lower, _WORDS.findall(self.text)))
        self.problems: list[Problem] = []
        self._last = len(self.text.rstrip(_CLOSING))
        self._claims: list[Claim] = []
        self._places: tuple[int, ...] | None = None
        self._pruned = True
        self._holds: dict[re.Pattern[str], bool] = {}
        self._taken = bytearray(len(self.text))

    @property
    def silent(self) -> tuple[tuple[int, int], ...]:
        """The marks of notes, as stretches of the cleaned text."""
        stretches = ((mark.start, mark.end) for mark in self.context.marks if mark.kind is MarkKind.NOTE_REFERENCE)
        return tuple(
            (first, last) for start, end in stretches if (first := self._cleaned(start)) < (last := self._cleaned(end))
        )

    def _cleaned(self, position: int) -> int:
        return position if self._offsets is None else bisect_left(self._offsets, position)

    def free(self, start: int, end: int) -> bool:
        """Tell whether nothing in `[start, end)` is taken."""
        return self._taken.find(1, start, end) < 0

    def claim(self, reading: Reading, rule: str) -> None:
        """Take a stretch that is free and not empty."""
        start, end, said, sound = reading
        self._claims.append(Claim(start, end, said, rule, sound))
        self._taken[start:end] = b"\x01" * (end - start)
        self._pruned = False

    def amend(self, change: Callable[[str, str], str]) -> None:
        """Let `change` say something else for what is claimed, by the text before it and what is said."""
        self._claims = [
            claim._replace(said=change(self.before(claim.start, 8), claim.said))
            if isinstance(claim.said, str)
            else claim
            for claim in self._claims
        ]

    def before(self, position: int, length: int = 40) -> str:
        """Return the text right before `position`, as much as a rule looks at."""
        return self.text[max(0, position - length) : position]

    def after(self, position: int, length: int = 40) -> str:
        """Return the text from `position` on, as much as a rule looks at."""
        return self.text[position : position + length]

    @property
    def places(self) -> tuple[int, ...]:
        """Where a figure that nobody has claimed begins, or the sign or the point right before it: in order."""
        if self._places is None:
            starts = {match.start() for match in _FIGURE.finditer(self.text)}
            signs = {start - 1 for start in starts if start and self.text[start - 1] in _SIGNS}
            self._places = tuple(sorted(starts | signs | {sign - 1 for sign in signs if sign}))
            self._pruned = False
        if not self._pruned:
            taken = self._taken
            self._places = tuple([place for place in self._places if not taken[place]])
            self._pruned = True
        return self._places

    def near(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Tell whether `pattern` is found in `[start, end)`; the text without it is searched only once."""
        if pattern not in self._holds:
            self._holds[pattern] = pattern.search(self.text) is not None
        return self._holds[pattern] and pattern.search(self.text, max(0, start), end) is not None

    def ends(self, position: int) -> bool:
        """Tell whether nothing but closing marks stands behind `position`."""
        return position >= self._last

    def original(self, position: int) -> int:
        """Return where a position of the cleaned text stands in the printed one."""
        return position if self._offsets is None else self._offsets[position]

    def warn(self, code: str, message: str, hint: str = "") -> None:
        """Note something that an editor should see."""
        self.problems.append(Problem(code, Severity.INFO, message, hint))

    def spoken(self) -> Spoken:
        """Return the tokens, tiling the printed text."""
        tokens: list[Token] = []
        position = 0
        for start, end, said, rule, sound in sorted(self._claims):
            self._append_rest(tokens, position, start)
            self._append(tokens, start, end, said, rule, sound)
            position = end
        self._append_rest(tokens, position, len(self.text))
        if not tokens and self.printed:  # nothing but invisible characters
            tokens.append(Token(0, len(self.printed), "", "characters"))
        return Spoken(tuple(tokens), tuple(self.problems))

    def _append_rest(self, tokens: list[Token], start: int, end: int) -> None:
        """Append what nobody claimed, with the words that were cleaned as tokens of their own."""
        if self._offsets is not None:
            for word in _WORD.finditer(self.text, start, end):
                first, last = self.original(word.start()), self.original(word.end())
                if self.printed[first:last] != word.group():
                    self._append(tokens, start, word.start(), self.text[start : word.start()], None, None)
                    self._append(tokens, word.start(), word.end(), word.group(), "characters", None)
                    start = word.end()
        self._append(tokens, start, end, self.text[start:end], None, None)

    def _append(  # noqa: PLR0913, PLR0917 (a token's fields, in order)
        self, tokens: list[Token], start: int, end: int, said: str | Phonemes, rule: str | None, sound: str | None
    ) -> None:
        first, last = self.original(start), self.original(end)
        if said == self.text[start:end] and sound is None:
            rule = None
        if first == last:
            # Half of a ligature: its printed character already belongs to the token before.
            if tokens and isinstance(said, str) and isinstance(tokens[-1].said, str):
                before = tokens[-1]
                tokens[-1] = Token(before.start, before.end, f"{before.said}{said}", rule or before.rule, before.sound)
            return
        if said == self.printed[first:last] and sound is None:
            rule = None
            if tokens and tokens[-1].rule is None:
                before = tokens[-1]
                tokens[-1] = Token(before.start, last, f"{before.said}{said}")
                return
        elif rule is None:
            rule = "characters"
        tokens.append(Token(first, last, said, rule, sound))


_FIGURE = re.compile(r"\d+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]")
_SIGNS = frozenset("-−–‒‐+.")
_CLOSING = " \n\"'”’)]"
_WORDS = re.compile(r"[^\W\d_]+")
_LETTERED = re.compile(r"[^\W\d_]{2,30}")
_WORD = re.compile(r"\S+|\s+")


class Pattern:
    """A regular expression that is compiled when it is first needed: most articles need few."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        """Keep the source."""
        self.source = source
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to search."""
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled


class Rule(Struct, frozen=True):
    """One small rule: where `pattern` matches, `say` tells what is said, or None to leave it.

    `needs` are characters of which the text must have one for the rule to be worth trying; "" means
    always. `figures` asks for a digit besides; `leads` tells that what the pattern finds begins with a figure, or the
    sign before it, so that it is looked for only there. `has` are pieces of text of which one must stand in
    it. Patterns are bounded, so that no text can make a rule slow.
    """

    name: str
    needs: str
    pattern: Pattern
    say: Callable[[re.Match[str], Passage], str | Reading | None]
    figures: bool = False
    leads: bool = False
    has: tuple[str, ...] = ()

    def apply(self, passage: Passage) -> None:
        """Claim every stretch that this rule reads and no earlier rule has taken.

        That the text has what the rule `needs` is for the caller to know: `Ruleset` does.
        """
        if self.has:
            for piece in self.has:
                if piece in passage.text:
                    break
            else:
                return
        if self.leads:
            self._apply_at(passage)
            return
        text, search, position = passage.text, self.pattern.compiled.search, 0
        while match := search(text, position):
            position = self._read(match, passage)

    def _apply_at(self, passage: Passage) -> None:
        text, found, position = passage.text, self.pattern.compiled.match, 0
        for place in passage.places:
            if place >= position and (match := found(text, place)):
                position = self._read(match, passage)

    def _read(self, match: re.Match[str], passage: Passage) -> int:
        """Claim what is said for `match`, if anything is, and return where to look on."""
        if not passage.free(match.start(), match.end()):
            return match.start() + 1
        said = self.say(match, passage)
        if said is None:
            return match.start() + 1
        reading = said if isinstance(said, Reading) else Reading(match.start(), match.end(), said)
        if reading.start < reading.end and passage.free(reading.start, reading.end):
            passage.claim(reading, self.name)
            return max(reading.end, match.start() + 1)
        return match.end() if match.end() > match.start() else match.end() + 1


class Ruleset:
    """Rules in their order, and which of them a text's characters make worth trying."""

    __slots__ = ("_always", "_by_character", "_figures", "rules")

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        """Sort the rules by what they need: one bit for each."""
        self.rules = rules
        self._always = self._figures = 0
        self._by_character: dict[str, int] = {}
        for number, rule in enumerate(rules):
            bit = 1 << number
            self._always |= 0 if rule.needs else bit
            self._figures |= bit if rule.figures else 0
            for character in rule.needs:
                self._by_character[character] = self._by_character.get(character, 0) | bit

    def apply(self, passage: Passage) -> None:
        """Let each rule claim what it reads, in order."""
        wanted = self._always
        for character in passage.characters:
            wanted |= self._by_character.get(character, 0)
        if not passage.figures:
            wanted &= ~self._figures
        rules = self.rules
        while wanted:
            lowest = wanted & -wanted
            rules[lowest.bit_length() - 1].apply(passage)
            wanted ^= lowest


def _shouted(text: str) -> bool:
    """Tell whether the text is set in capitals, but for the likes of "MPs"."""
    if text[:80].islower() or len(_LETTERED.findall(text)) < 2:  # noqa: PLR2004 (one word in capitals is an acronym)
        return False
    capitals = sum(map(str.isupper, text))
    return capitals > 6 * sum(map(str.islower, text))
