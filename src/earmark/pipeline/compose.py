"""From a source's bytes to an article and its script: everything that happens before anything is spoken."""

import re
from functools import partial
from pathlib import PurePath

import msgspec
from msgspec.structs import replace

from earmark import readers
from earmark.article import Article, Heading, Inline, Metadata, Paragraph, walk
from earmark.checks import check
from earmark.narration.desk import Voices
from earmark.narration.duration import pace_of
from earmark.narration.narrate import narrate
from earmark.options import VoiceOptions
from earmark.pipeline.composed import Composed, Source
from earmark.pipeline.stopwatch import Timed, untimed
from earmark.settings import Settings
from earmark.spoken.lexicon import Entries, Lexicon
from earmark.spoken.memory import Memory


def compose(source: Source, site: Entries | None = None, *, timed: Timed = untimed) -> Composed:
    """Read the source and decide what is said; `site` is the site's lexicon. Pure; raises `ReadError`."""
    with timed("read"):
        article = readers.read(source.data, name=source.name, options=source.settings.reading)
    with timed("narrate"):
        return _narrated(article, source, site or Entries())


def _narrated(article: Article, source: Source, site: Entries) -> Composed:
    settings = source.settings
    metadata = resolve(article, settings, source.name)
    if article.metadata.turns or (article.metadata.turns is None and settings.narration.turns):
        from earmark.narration.turns import with_turns  # noqa: PLC0415 (few articles are interviews)

        article = with_turns(article, {**settings.voice.speakers, **dict(article.metadata.speakers)})
    named = bool(article.metadata.language or settings.site.language)
    article = replace(article, problems=(*article.problems, *check(article, metadata, language_named=named)))
    lexicon = Lexicon(site, Entries(article.metadata.lexicon), metadata.language)
    memory = Memory(source.memory)
    told = partial(
        narrate,
        replace(article, metadata=replace(article.metadata, authors=metadata.authors)),
        narration=settings.narration,
        pauses=settings.pauses,
        language=metadata.language,
        title_fallback=metadata.title,
        words_per_minute=pace_of(source.paces, metadata.language),
        lexicon=lexicon,
        memory=memory,
    )
    voices = _voices(settings.voice, metadata)
    script = told(voices=voices)
    unvoiced = told() if settings.voice.fallback and voices != Voices() else None
    vocabulary, languages = lexicon.vocabulary(), lexicon.languages()
    return Composed(article, metadata, script, vocabulary, languages, memory.packed(), unvoiced=unvoiced)


def warm_up() -> None:
    """Load what every article needs, so that its time is its own. No more: the first one waits for this too."""
    compose(_REHEARSAL)


_REHEARSAL = Source(
    name="rehearsal.md",
    data=b"# One\n\nTwo *words*.\n",
    settings=Settings(),
    paces={"": 170},
)


def _voices(options: VoiceOptions, metadata: Metadata) -> Voices:
    """Return the voices that settings name, and those of speakers that the article names, which go first."""
    speakers = {**options.speakers, **dict(metadata.speakers)}
    by_name = {" ".join(name.split()).casefold(): voice for name, voice in speakers.items()}
    return Voices(options.quote, options.headings, by_name)


def compose_text(text: str, settings: Settings, site: Entries) -> Composed:
    """Decide how some words are said that stand in no article: no opening, no ending, nothing left out as furniture."""
    words = " ".join(text.split())
    article = Article(Metadata(), (Paragraph(id="b0001", content=Inline(words)),))
    metadata = replace(article.metadata, title=words, language=settings.site.tongue)
    lexicon = Lexicon(site, Entries(), metadata.language)
    script = narrate(
        article,
        narration=msgspec.structs.replace(settings.narration, **_BARE, furniture="read"),
        pauses=settings.pauses,
        language=metadata.language,
        title_fallback=words,
        words_per_minute=1,  # which only the opening tells of
        lexicon=lexicon,
    )
    return Composed(article, metadata, script, lexicon.vocabulary(), lexicon.languages())


_BARE = dict.fromkeys(
    ("say_title", "say_authors", "say_date", "say_duration", "say_synthetic", "say_ending"),
    False,
)


def resolve(article: Article, settings: Settings, name: str) -> Metadata:
    """Fill what the front matter leaves open: title, language, authors, and whether there is audio."""
    metadata = article.metadata
    return replace(
        metadata,
        title=metadata.title or _first_heading(article) or title_of(name),
        language=metadata.language or settings.site.tongue,
        authors=metadata.authors or ((settings.site.author,) if settings.site.author else ()),
        audio=settings.articles.audio if metadata.audio is None else metadata.audio,
    )


def _first_heading(article: Article) -> str:
    return next((block.content.text for block in walk(article.blocks) if isinstance(block, Heading)), "")


def title_of(name: str) -> str:
    """Make a title of a file's name: "the-old_house.md" is "The old house"."""
    words = re.sub(r"[-_\s]+", " ", PurePath(name).stem).strip() or "Article"
    return words[:1].upper() + words[1:]
