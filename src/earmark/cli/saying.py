"""What `earmark say` does once its arguments are known."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from earmark.cli.building import cache_of, settings_for
from earmark.cli.telling import console
from earmark.errors import ReadError, WriteError
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import discover
from earmark.library.state.store import store_of
from earmark.narration.reading import as_json as script_json
from earmark.narration.script import Change, Script, spoken_text, utterances
from earmark.pipeline.casting import cast
from earmark.pipeline.compose import compose_text
from earmark.pipeline.composed import Composed
from earmark.pipeline.studio import Studio, Ticket, Watch
from earmark.readers import READERS
from earmark.spoken.lexicon import Entries
from earmark.storage import ObjectStore, write_atomically

MOST_CHARACTERS = 10_000
_ARTICLES = Path("articles")


def run(  # noqa: PLR0913 (the command's arguments)
    text: str,
    *,
    out: Path | None,
    folder: Path | None,
    flags: Mapping[str, Mapping[str, object | None]],
    cache: Path | None,
    as_json: bool,
) -> int:
    """Tell how `text` is said, and speak it into `out` if that is named."""
    if not text.strip() or len(text) > MOST_CHARACTERS:
        message = "there is nothing to say" if not text.strip() else f"it has more than {MOST_CHARACTERS:,} characters"
        raise ReadError(message, source="TEXT", hint='Give a sentence: earmark say "Dr Siobhán Nic Dhomhnaill"')
    if out and out.suffix.lower() != ".mp3":
        raise WriteError("what is spoken is an MP3", path=out, hint="Give a name that ends in .mp3.")
    where = folder or (_ARTICLES if _ARTICLES.is_dir() else Path())
    found = discover([where], suffixes=READERS, out=Path("audio"))
    settings = settings_for(found, flags)
    composed = compose_text(text, settings, Entries(site_lexicon(found.root).lexemes))
    jobs = console.jobs_available()
    with closing(Studio(settings, jobs=jobs, sounds={}, stop=threading.Event())) as studio:
        who = cast(composed.script, composed.metadata, settings.voice, studio.engine)
        if as_json:
            console.data(msgspec.json.encode({"schema": 1, **script_json(who.script)}))
        else:
            for line in told(who.script):
                console.result(line)
        if out:
            _speak(studio, composed, out, store_of(*cache_of(cache)))
            console.note(f"spoken into {out}")
    return 0


def told(script: Script) -> Iterator[str]:
    """Yield what is printed, what is said, and each rewriting with its rule."""
    spoken = utterances(script)
    yield f"printed: {script.title}"
    yield f"said: {' '.join(spoken_text(utterance.said) for utterance in spoken)}"
    for utterance in spoken:
        if utterance.language != script.language:
            yield f"  in {utterance.language}: {' '.join(utterance.printed.split())}"
        for change in utterance.changes:
            yield _rewriting(change)
    for problem in script.problems:
        yield f"{problem.severity}: {problem.code}: {problem.message}. {problem.hint}".rstrip()


def _rewriting(change: Change) -> str:
    return f"  {change.printed} → {change.spoken or 'nothing'} ({change.rule})"


def _speak(studio: Studio, composed: Composed, out: Path, kept: ObjectStore) -> None:
    ticket = Ticket(name="TEXT", id="say", guid="say", slug="say", source="-", inputs={}, cover=None)
    watch = Watch(started=lambda _all, _new: None, progressed=lambda _done: None)
    with closing(kept) as store:
        studio.open(store)
        write_atomically(out, studio.produce(composed, ticket, watch).mastered().chunks())
