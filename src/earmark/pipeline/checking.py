"""What an editor should hear before publishing: words likely to be said wrong, over one article or a whole folder."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from earmark.article import Metadata, Problem, Severity
from earmark.checks.options import is_heard
from earmark.engines.base import Engine, Taught
from earmark.errors import VoiceNotFound
from earmark.narration.script import METADATA_BLOCK, Script, Sentence, Utterance, spoken_text
from earmark.options import VoiceOptions
from earmark.packed import Again
from earmark.pipeline.casting import cast
from earmark.spoken.guess import is_another
from earmark.spoken.spelling import Spelling

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_QUOTED = re.compile(r"“([^”]{1,80})”")
_NAME_GOES_ON = re.compile(r" [A-ZÀ-Þ][a-zà-þ]")
_OPENERS = frozenset(".!?:“‘\"'(")
_SHORTEST = 2  # letters of a name
_TITLE_CASE = 0.6  # with more of its words in capitals a sentence is a headline
_MOST_SHOWN = 160  # characters of an example


class Finding(Struct, frozen=True, kw_only=True):
    """Something to check: `word` is what to look for, `sentence` where it first stands, `count` how often it is met."""

    code: str
    severity: Severity
    word: str
    message: str
    hint: str
    count: int
    articles: tuple[str, ...]
    sentence: str
    block: str
    line: int | None


class _Met(Struct):
    """Where something was met, and how often."""

    problem: Problem
    word: str
    sentence: str
    count: int = 0
    articles: dict[str, None] = field(default_factory=dict)


class _Used(Struct):
    """How a word is printed: with a capital `within` a sentence or where titles have them, or in `lower` case."""

    printed: str
    sentence: str
    block: str
    within: int = 0
    titled: int = 0
    count: int = 0
    lower: int = 0
    articles: dict[str, None] = field(default_factory=dict)


class Checking:
    """Gathers what there is to check, article by article."""

    def __init__(self, engine: Engine, options: VoiceOptions) -> None:
        """Check what `engine` would say."""
        self._engine, self._options = engine, options
        self._met: dict[tuple[str, str], _Met] = {}
        self._words: dict[tuple[str, str], _Used] = {}

    def add(self, name: str, script: Script, metadata: Metadata) -> None:
        """Look through an article's script; one that nobody can speak is a finding too."""
        try:
            script = cast(script, metadata, self._options, self._engine).script
        except VoiceNotFound as error:
            problem = Problem("no-voice", Severity.ERROR, f"{self._engine.name}: {error.message}", error.hint)
            script = replace(script, problems=(*script.problems, problem))
        self.add_cast(name, script)

    def add_cast(self, name: str, script: Script) -> None:
        """Look through a script whose voices have been cast."""
        sentences = _sentences(script)
        heard = [problem for problem in script.problems if is_heard(problem.code)]
        places = _printed_in(sentences, {problem.block for problem in heard} - {METADATA_BLOCK}) if heard else {}
        for problem in heard:
            quoted = _QUOTED.search(problem.message)
            word = quoted[1] if quoted else ""
            self._meet(name, problem, word, _sentence_with(places.get(problem.block, ()), word))
        strangers: set[str] = set()
        for problem, example in _wrong_languages(script, sentences):
            self._meet(name, problem, "", example)
            strangers.add(problem.block)
        for sentence in sentences:
            # All words of another language are guessed at: one finding says it.
            if "" not in strangers and sentence.block not in strangers:
                self._listen(name, sentence)

    def findings(self, *, hunches: bool = True) -> tuple[Finding, ...]:
        """Return everything that was found, the most frequent first; without `hunches`, only what is a warning at least."""
        found = [
            Finding(
                code=met.problem.code,
                severity=met.problem.severity,
                word=met.word,
                message=met.problem.message,
                hint=met.problem.hint,
                count=met.count,
                articles=tuple(met.articles),
                sentence=met.sentence,
                block=met.problem.block,
                line=met.problem.line,
            )
            for met in self._met.values()
        ]
        found.extend(self._guesses(hunches=hunches))
        return tuple(sorted(found, key=lambda finding: (-finding.count, finding.code, finding.word)))

    def _meet(self, name: str, problem: Problem, word: str, sentence: str) -> None:
        met = self._met.setdefault((problem.code, problem.message), _Met(problem, word, sentence))
        met.count += 1
        met.articles[name] = None

    def _listen(self, name: str, sentence: Sentence) -> None:
        """Count the words that are said as they are printed."""
        example = printed_words(sentence)
        headline = _is_headline(example)
        own = [part for part in sentence.parts if isinstance(part, Utterance) and not part.added and not part.echo]
        own = [part for part in own if not part.recording]  # a person knows how it is said
        for number, part in enumerate(own):
            for word, opens in _words_as_printed(part, first=number == 0):
                key = part.language.lower(), word.lower()
                used = self._words.setdefault(key, _Used(word, example, sentence.block))
                used.count += 1
                used.articles[name] = None
                used.lower += word == word.lower()
                used.within += word != word.lower() and not opens and not headline
                used.titled += word != word.lower() and not opens

    def _guesses(self, *, hunches: bool) -> Iterator[Finding]:
        """Yield the words that the voice guesses at, and that it is likely to get wrong."""
        if not isinstance(self._engine, Taught):
            return
        spellings = {language: self._spelling(language) for language in {language for language, _ in self._words}}
        for (language, lower), used in self._words.items():
            spelling = spellings[language]
            if spelling is None or len(lower) < _SHORTEST or spelling.knows(lower):
                continue
            name = used.titled > 0 and not used.lower
            if spelling.is_foreign(lower, name=name):
                yield _finding("guessed-name" if name else "guessed-word", Severity.WARNING, used)
            elif hunches and name and used.within and spelling.is_odd(lower):
                yield _finding("guessed-name", Severity.INFO, used)

    def _spelling(self, language: str) -> Spelling | None:
        if not isinstance(self._engine, Taught):
            return None
        try:
            voice = self._engine.resolve(language)
        except VoiceNotFound:
            return None
        ordinary = (word for (tag, word), used in self._words.items() if tag == language and used.lower > 1)
        return Spelling(language, self._engine.dictionary(voice), ordinary)


def printed_words(sentence: Sentence) -> str:
    """Return a sentence as it is printed, cut where it is long."""
    printed = (part.printed for part in sentence.parts if isinstance(part, Utterance) and not part.added)
    text = " ".join(" ".join(printed).split())
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1].rpartition(" ")[0] + " …"


def _words_as_printed(utterance: Utterance, *, first: bool) -> Iterator[tuple[str, bool]]:
    """Yield each word that no rule has changed, and whether it would have a capital anyway, as the `first`."""
    said = spoken_text(utterance.said)
    for piece in utterance.alignment:
        if not piece.exact:
            first = False
            continue
        for match in _WORD.finditer(said, piece.start, piece.end):
            word = _POSSESSIVE.sub("", match.group())
            after_mark = said[max(0, match.start() - 2) : match.start()].rstrip()[-1:] in _OPENERS
            named = _NAME_GOES_ON.match(said, match.end()) is not None  # Xi Jinping opens with a name
            if not (len(word) > 1 and word.isupper()):  # capitals have their own rules, and their own problem
                yield word, (first or after_mark) and not named
            first = False


def _is_headline(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) > _SHORTEST and sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words)


def _sentences(script: Script) -> Iterable[Sentence]:
    return Again(lambda: (item for item in script.items if isinstance(item, Sentence)))


def _printed_in(sentences: Iterable[Sentence], blocks: set[str]) -> dict[str, list[str]]:
    """Return the sentences of some blocks as they are printed."""
    found: dict[str, list[str]] = {}
    for sentence in sentences:
        if sentence.block in blocks:
            found.setdefault(sentence.block, []).append(printed_words(sentence))
    return found


def _sentence_with(own: Sequence[str], word: str) -> str:
    """Return the sentence of a block that holds a word, or its first."""
    return next((text for text in own if word and word in text), own[0] if own else "")


def _wrong_languages(script: Script, sentences: Iterable[Sentence]) -> Iterator[tuple[Problem, str]]:
    """Yield that the article, or some blocks of it, is not in the language that it claims."""
    blocks: dict[tuple[str, str], list[str]] = {}
    examples: dict[str, str] = {}
    for sentence in sentences:
        for part in sentence.parts:
            if isinstance(part, Utterance) and not part.added and not part.echo:
                blocks.setdefault((part.block, part.language), []).append(part.printed)
                examples.setdefault(part.block, printed_words(sentence))
    own = [" ".join(texts) for (_, language), texts in blocks.items() if language == script.language]
    whole = is_another("\n".join(own), script.language)
    if whole:
        message = f"the article claims to be in {script.language}, and seems to be in {whole}"
        hint = f"Write language: {whole} in its front matter."
        yield Problem("language-mismatch", Severity.WARNING, message, hint), next(iter(examples.values()))
        return
    for (block, language), texts in blocks.items():
        found = is_another(" ".join(texts), language)
        if found:
            message = f"a block claims to be in {language}, and seems to be in {found}"
            hint = f'Mark it with lang="{found}", so that a voice of that language says it.'
            yield Problem("language-mismatch", Severity.WARNING, message, hint, block), examples[block]


def _finding(code: str, severity: Severity, used: _Used) -> Finding:
    kind = "name" if code == "guessed-name" else "word"
    return Finding(
        code=code,
        severity=severity,
        word=used.printed,
        message=f"the voice guesses at the {kind} “{used.printed}”",
        hint="Listen to it with earmark say, and give it an entry in lexicon.toml.",
        count=used.count,
        articles=tuple(used.articles),
        sentence=used.sentence,
        block=used.block,
        line=None,
    )


def faults(script: Script, metadata: Metadata, options: VoiceOptions, engine: Engine) -> tuple[Problem, ...]:
    """Return what an article's record would say that is wrong with it, without having it spoken; each once."""
    try:
        script = cast(script, metadata, options, engine).script
        missing: tuple[Problem, ...] = ()
    except VoiceNotFound as error:
        missing = (Problem("no-voice", Severity.ERROR, f"{engine.name}: {error.message}", error.hint),)
    sentences = _sentences(script)
    strange = (problem for problem, _ in _wrong_languages(script, sentences))
    return tuple(dict.fromkeys((*script.problems, *missing, *strange)))


def with_findings(script: Script, engine: Engine, options: VoiceOptions) -> Script:
    """Return a script that has been cast, with the words that are likely to be said wrong among its problems.

    One article is too little to learn its spelling from: names are only told where they are foreign.
    """
    checking = Checking(engine, options)
    checking.add_cast("", script)
    known = {(problem.code, problem.message) for problem in script.problems}
    new = [
        Problem(one.code, one.severity, one.message, one.hint, one.block, one.line)
        for one in checking.findings(hunches=False)
        if (one.code, one.message) not in known and one.severity is not Severity.INFO
    ]
    return replace(script, problems=(*script.problems, *new[:_MOST_PROBLEMS]))


_MOST_PROBLEMS = 100  # that one article adds: the most frequent
