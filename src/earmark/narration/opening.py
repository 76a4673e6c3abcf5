"""The opening, by which a listener decides whether to stay; and the ending, so that nobody waits for more."""

from datetime import date

from msgspec.structs import replace

from earmark.article import Article, Heading, Inline, Paragraph
from earmark.narration.desk import Desk, Scope
from earmark.narration.duration import estimated_seconds, whole_minutes
from earmark.narration.figures import words_of
from earmark.narration.phrases import date_pattern
from earmark.narration.phrases.table import Phrases, counted
from earmark.narration.prose import place_of, sentences, tell
from earmark.narration.running import running
from earmark.narration.script import METADATA_BLOCK, Sentence, Utterance
from earmark.narration.speakers import heading_voice
from earmark.narration.voicing import Place, voiced

_BYLINE_WITHIN = 3


def tell_opening(desk: Desk, article: Article, heading: Heading | None, title: str) -> int | None:
    """Say the opening; return where in the items the sentence stands that tells how long it takes."""
    n, pauses, assembly = desk.narration, desk.pauses, desk.assembly
    if n.say_title:
        first = heading.id if heading and heading is article.blocks[0] else METADATA_BLOCK
        assembly.recorded = bool(title_scope(desk, desk.language, first).recording)
        _tell_title(desk, article, heading, title)
        assembly.recorded = False
        assembly.pause(pauses.after_heading)
    if n.say_authors and article.metadata.authors and not _has_byline(desk, article):
        _add(desk, _byline(desk.phrases, article.metadata.authors))
    if n.say_date and desk.phrases:
        _add(desk, _date(desk.phrases, desk.language, article.metadata.published))
    duration = None
    if n.say_duration and desk.phrases:
        _add(desk, duration_words(desk.phrases, 1))
        duration = len(assembly.items) - 1
    if n.say_synthetic and desk.phrases:
        _add(desk, desk.phrases.synthetic)
    if assembly.items:
        assembly.pause(pauses.opening)
    return duration


def _add(desk: Desk, words: str) -> None:
    if words:
        desk.assembly.sentence(METADATA_BLOCK, "opening", desk.added(words))
        desk.assembly.pause(desk.pauses.sentence)


def _tell_title(desk: Desk, article: Article, heading: Heading | None, title: str) -> None:
    """Say the title once: a first heading with its words *is* the title; one further on makes this an echo."""
    if heading and heading is article.blocks[0] and heading.id not in desk.furniture:
        language = heading.language or desk.language
        desk.title_block = heading.id
        if tell(desk, heading, "text", heading.content, title_scope(desk, language, heading.id), kind="opening"):
            return
        heading = None
    if heading and not article.metadata.title:
        run, block = running("text", heading.content), heading.id
        place = replace(place_of(heading, title_scope(desk, heading.language or desk.language)), echo=True)
    elif article.metadata.title:
        run, block = running("title", Inline(article.metadata.title)), METADATA_BLOCK
        scope = title_scope(desk, desk.language)
        place = Place(METADATA_BLOCK, "heading", desk.language, scope.voice, echo=heading is not None)
        place = replace(place, recording=scope.recording)
    else:
        desk.assembly.sentence(METADATA_BLOCK, "opening", desk.added(title))
        return
    for start, end, _, marks in sentences(run, place.language, desk.lexicon):
        parts = voiced(desk, place, run, start, end, marks, lead_in=True)
        desk.assembly.sentence(block, "opening", parts)
        desk.assembly.pause(desk.pauses.sentence)


def title_scope(desk: Desk, language: str, block: str = METADATA_BLOCK) -> Scope:
    """Return who says the title: whoever says headings, or a person in a recording of that block or of it all."""
    recording = desk.recordings.get(block) or desk.recordings.get(METADATA_BLOCK, "")
    return Scope(language, voice=heading_voice(desk, language), recording=recording)


def _byline(phrases: Phrases | None, authors: tuple[str, ...]) -> str:
    names = [" ".join(name.split()) for name in authors if name.strip()]
    if phrases is None or not names:
        return ", ".join(names)
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {phrases.and_} {names[-1]}"
    return phrases.by.replace("{authors}", listed)


def _has_byline(desk: Desk, article: Article) -> bool:
    """Tell whether the article itself prints "By Jane Doe" at its top: then it is said there."""
    byline = words_of(_byline(desk.phrases, article.metadata.authors))
    top = article.blocks[:_BYLINE_WITHIN]
    return any(isinstance(b, Paragraph) and words_of(b.content.text) == byline for b in top)


def _date(phrases: Phrases, language: str, iso: str) -> str:
    """Return an ISO date in words, "" if it is none."""
    try:
        day = date.fromisoformat(iso.strip()[:10])
    except ValueError:
        return ""
    return date_pattern(language, phrases).format(
        day=phrases.first_day if day.day == 1 else day.day, month=phrases.months[day.month - 1], year=day.year
    )


def duration_words(phrases: Phrases, minutes: int) -> str:
    """Return how long it takes, as it is printed."""
    return counted(minutes, phrases.one_minute, phrases.minutes, phrases.few_minutes)


def put_duration(desk: Desk, position: int, words_per_minute: float) -> None:
    """Put the estimate, which counts itself, into its sentence."""
    items, phrases = desk.assembly.items, desk.phrases
    sentence = items[position]
    if phrases is None or not isinstance(sentence, Sentence):
        return
    for _ in range(2):
        minutes = whole_minutes(estimated_seconds(items, words_per_minute))
        words = duration_words(phrases, minutes)
        said = tuple(
            replace(new, id=old.id)
            for new, old in zip(desk.added(words), sentence.parts, strict=False)
            if isinstance(old, Utterance)
        )
        items[position] = replace(sentence, parts=said)


def tell_ending(desk: Desk) -> None:
    """Say that the article has ended."""
    if desk.narration.say_ending:
        desk.assembly.pause(desk.pauses.ending)
        desk.assembly.sentence(METADATA_BLOCK, "ending", desk.phrase("ending", METADATA_BLOCK))
