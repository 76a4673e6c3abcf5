"""What the narrator has at hand while an article is told: settings, phrases, and what was said before."""

import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from earmark.article import Article, Footnote, Mark, fields, walk
from earmark.narration.assembly import Assembly
from earmark.narration.phrases import PHRASES
from earmark.narration.phrases.table import Phrases, phrases_for
from earmark.narration.script import METADATA_BLOCK, Phonemes, Said, Text, Utterance, spoken_text
from earmark.narration.stretches import has_words
from earmark.options import NarrationOptions, PauseOptions
from earmark.spoken.say import say
from earmark.spoken.sentences import clauses
from earmark.spoken.tokens import Context, Matcher, Memory, Token

# A voice that gets thousands of characters in one breath runs flat, and some engines refuse them.
LONGEST = 500
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Scope(Struct, frozen=True):
    """Where in the article a block stands: what language its words are in, and who says them.

    `speaker` is the person whose words they are, `recording` the file in which a person says them. `top` is the
    article's own flow, where headings make chapters; `noted` is inside a note.
    """

    language: str
    voice: str = ""
    speaker: str = ""
    recording: str = ""
    top: bool = False
    noted: bool = False


class Voices(Struct, frozen=True):
    """Who says what the article's own voice does not: "" leaves it to that. `speakers` are voices by name, in lower case."""

    quotations: str = ""
    headings: str = ""
    speakers: Mapping[str, str] = field(default_factory=dict)


class Desk(Struct):
    """What the narrator has at hand. `expanded` are the abbreviations that have been said in full.

    `introduced` are the speakers who have been heard; `recordings` are those of whole chapters, by the blocks
    in them.
    """

    narration: NarrationOptions
    pauses: PauseOptions
    language: str
    voices: Voices
    lexicon: Matcher | None
    memory: Memory | None
    known_words: frozenset[str]
    notes: dict[str, Footnote]
    phrases: Phrases | None = None
    assembly: Assembly = field(default_factory=Assembly)
    expanded: set[str] = field(default_factory=set)
    introduced: set[str] = field(default_factory=set)
    recordings: dict[str, str] = field(default_factory=dict)
    said_notes: set[str] = field(default_factory=set)
    waiting_notes: list[str] = field(default_factory=list)
    furniture: dict[str, str] = field(default_factory=dict)
    chapter_level: int | None = None
    title_block: str = ""
    lead_in: bool = True
    on_note: Callable[[str], None] | None = None
    _contexts: dict[tuple[str, bool], Context] = field(default_factory=dict)
    _added: dict[str, Said] = field(default_factory=dict)

    def context(self, kind: str, *, lead_in: bool, marks: tuple[Mark, ...] = ()) -> Context:
        """Return what `say` should know about a text's surroundings."""
        plain = self._contexts.get((kind, lead_in))
        if plain is None or marks:
            context = Context(
                kind=kind,
                lead_in=lead_in,
                marks=marks,
                known_words=self.known_words,
                masked=self.narration.masked,
                capitals=self.narration.capitals,
                lexicon=self.lexicon,
                memory=self.memory,
            )
            if marks:
                return context
            plain = self._contexts[kind, lead_in] = context
        return plain

    def added(self, words: str, block: str = METADATA_BLOCK, *, numeral: bool = False) -> tuple[Utterance, ...]:
        """Return earmark's own words as an utterance, more than a breath's as several; none if there is nothing to say.

        A `numeral` ends in a full stop in print, which some voices would read as "first": the number
        alone is said.
        """
        if len(words) > LONGEST:
            return tuple(u for first, last in clauses(words, LONGEST) for u in self.added(words[first:last], block))
        if not words:
            return ()
        said = self._added.get(words)
        if said is None:
            text = words.rstrip(".") if numeral else words
            tokens = say(text, self.language, self.context("added", lead_in=False)).tokens
            said = self._added[words] = said_by(tokens)
        if not has_words(spoken_text(said)):
            return ()
        return (Utterance(id="", block=block, spans=(), printed=words, said=said, language=self.language, added=True),)

    def phrase(self, name: str, block: str, **values: str) -> tuple[Utterance, ...]:
        """Return one of earmark's phrases as an utterance; none in a language without phrases."""
        if self.phrases is None:
            return ()
        words: str = getattr(self.phrases, name)
        return self.added(words.format(**values), block)


def desk_for(  # noqa: PLR0913 (the narrator's settings, each by name)
    article: Article,
    *,
    narration: NarrationOptions,
    pauses: PauseOptions,
    language: str,
    voices: Voices,
    lexicon: Matcher | None,
    memory: Memory | None = None,
) -> Desk:
    """Return a desk with nothing said yet."""
    return Desk(
        narration=narration,
        pauses=pauses,
        language=language,
        voices=voices,
        lexicon=lexicon,
        memory=memory,
        known_words=_known_words(article),
        notes={block.id: block for block in walk(article.blocks) if isinstance(block, Footnote)},
        phrases=phrases_for(language, PHRASES),
    )


def _known_words(article: Article) -> frozenset[str]:
    """Return the words that the article prints in lower or mixed case somewhere, in lower case."""
    words: set[str] = set()
    for block in walk(article.blocks):
        for _, inline in fields(block):
            words.update(_WORD.findall(inline.text))
    return frozenset(word.lower() for word in words if not word.isupper())


def said_by(tokens: Iterable[Token]) -> Said:
    """Return what tokens say, texts that follow each other as one."""
    said: list[Text | Phonemes] = []
    for token in tokens:
        if isinstance(token.said, Phonemes):
            said.append(token.said)
        elif said and isinstance(said[-1], Text):
            said[-1] = Text(said[-1].text + token.said)
        else:
            said.append(Text(token.said))
    return tuple(said)
