"""Turns an article into its script: what is said, in order, and what is left out and why."""

import msgspec

from earmark.article import Article, Footnote, Heading, Problem, Severity
from earmark.narration.blocks import tell_blocks
from earmark.narration.chapters import chapter_level, title_heading, title_of
from earmark.narration.desk import Desk, Scope, Voices, desk_for
from earmark.narration.furniture import find_furniture
from earmark.narration.notes import tell_note_here, tell_notes
from earmark.narration.opening import put_duration, tell_ending, tell_opening
from earmark.narration.order import place
from earmark.narration.recorded import recordings_by_block, unused
from earmark.narration.script import METADATA_BLOCK, ChapterStart, Script
from earmark.options import NarrationOptions, PauseOptions
from earmark.spoken.tokens import Matcher, Memory


def narrate(  # noqa: PLR0913 (the room's settings, each by name)
    article: Article,
    *,
    narration: NarrationOptions,
    pauses: PauseOptions,
    language: str,
    title_fallback: str,
    words_per_minute: float,
    voices: Voices | None = None,
    lexicon: Matcher | None = None,
    memory: Memory | None = None,
) -> Script:
    """Return what is said of an article, every printed word in it or listed as left out.

    `language` is the article's resolved BCP 47 tag, `title_fallback` stands in where neither metadata
    nor a heading names it, `words_per_minute` is the pace of the voice without earmark's pauses (its
    rate applied), `voices` say what the article's own does not. `memory` is what was worked out of its
    sentences before.
    """
    desk = desk_for(
        article,
        narration=narration,
        pauses=pauses,
        language=language,
        voices=voices or Voices(),
        lexicon=lexicon,
        memory=memory,
    )
    if narration.furniture == "skip":
        desk.furniture = find_furniture(article.blocks)
    desk.recordings = recordings_by_block(article)
    heading = title_heading(article)
    own = " ".join(article.metadata.title.split())
    title = own or (title_of(heading.content) if heading else "") or title_fallback
    desk.chapter_level = chapter_level(article.blocks, heading, desk.furniture)
    _tell(desk, article, heading, title, words_per_minute)
    omitted = sorted(desk.assembly.omitted, key=lambda o: place(o.block, o.spans[0].field, o.spans[0].start))
    return Script(
        title=title,
        language=language,
        items=desk.assembly.items.done(),
        omitted=tuple(omitted),
        problems=_problems(article, desk),
    )


def _tell(desk: Desk, article: Article, heading: Heading | None, title: str, words_per_minute: float) -> None:
    """Tell the opening, the article, its notes and the ending."""
    merged = heading is not None and heading is article.blocks[0] and desk.narration.say_title
    desk.assembly.chapter(ChapterStart(title, heading.id if heading and merged else METADATA_BLOCK, 0))
    whole = METADATA_BLOCK in desk.recordings
    if whole:  # a person has said all that there is to say
        desk.narration = msgspec.structs.replace(desk.narration, **_NOTHING_ADDED)
    duration = tell_opening(desk, article, heading, title)
    scope = Scope(desk.language, top=True)
    flow = tuple(block for block in article.blocks if not isinstance(block, Footnote))
    notes = tuple(block for block in article.blocks if isinstance(block, Footnote))
    if desk.narration.footnotes == "inline":
        desk.on_note = lambda note: tell_note_here(desk, note, Scope(desk.language), tell_blocks)
    tell_blocks(desk, flow, scope, desk.pauses.paragraph)
    tell_notes(desk, notes, Scope(desk.language), tell_blocks)
    tell_ending(desk)
    if duration is not None:
        put_duration(desk, duration, words_per_minute)


_NOTHING_ADDED = dict.fromkeys(("say_authors", "say_date", "say_duration", "say_synthetic", "say_ending"), False)


def _problems(article: Article, desk: Desk) -> tuple[Problem, ...]:
    """Return the reader's problems and the narrator's own, each picture without words once."""
    reported = {problem.block for problem in article.problems if problem.code == "alt-missing"}
    found = [p for p in desk.assembly.problems if p.code != "alt-missing" or p.block not in reported]
    if desk.phrases is None:
        found.append(
            Problem(
                "language-without-phrases",
                Severity.WARNING,
                f"earmark has no words of its own in {desk.language}: quotations, pictures and tables are not announced",
                "Structure is heard by pauses alone. A file in narration/phrases adds a language.",
            )
        )
    found += unused(article, desk.assembly.items)
    return (*article.problems, *dict.fromkeys(found))
