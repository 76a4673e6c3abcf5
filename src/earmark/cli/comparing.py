"""What `earmark script --diff` does: what is said of an article now, beside what was said at a revision."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec.structs import replace

from earmark import engines
from earmark.cli.building import settings_for
from earmark.cli.telling import console
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import STANDARD_INPUT, Found, SourceNotFound, discover, source_of
from earmark.library.state.history import History
from earmark.narration.difference import Change, Piece, difference, pieces
from earmark.narration.duration import pace_of
from earmark.pipeline.composed import Composed
from earmark.pipeline.desk import Desk
from earmark.readers import READERS
from earmark.settings import Settings
from earmark.timeline import preview

_SCHEMA = 1
_CONTEXT = 1  # utterances shown around a change


def run(article: Path, revision: str, *, flags: Mapping[str, Mapping[str, object | None]], as_json: bool) -> int:
    """Print what has changed in what is said; settings and lexicon are those of now."""
    if article == STANDARD_INPUT or article.is_dir():
        raise SourceNotFound(f"{article} is no article that git could know", hint="Name one file.")
    folder = discover([article], suffixes=READERS, out=Path())
    if folder.refused:
        raise folder.refused[0]
    settings = settings_for(folder, flags)
    found = folder.found[0]
    history = History(folder.root)
    commit = history.commit(revision)
    former = history.read(commit, found.relative, settings.reading.most_bytes)
    name = settings.voice.engine
    with closing(engines.load(name, options=settings.of_engine(name), workers=1)) as speaker:
        paces = {tag: pace * settings.voice.rate for tag, pace in speaker.paces.items()}
    source = source_of(found, settings, paces=paces)
    with closing(Desk(1, site_lexicon(folder.root).lexemes)) as desk:
        after = _heard(desk.compose(source), settings, paces)
        before: tuple[Piece, ...] = ()
        if former is not None:
            before = _heard(
                desk.compose(replace(source, data=former, shown=f"{found.name} at {revision}")), settings, paces
            )
    changes = difference(before, after)
    if as_json:
        console.data(_json(found, revision, commit, changes, was_there=former is not None))
        return 0
    if former is None:
        console.note(f"{found.name} was not there at {revision}: all of it is new")
    for line in told(changes, after, f"{found.name} at {revision}", found.name):
        console.result(line)
    return 0


def told(changes: Sequence[Change], after: Sequence[Piece], old: str, new: str) -> Iterator[str]:
    """Yield the changes as lines: "-" was said, "+" is said now, and the utterances around them."""
    if not changes:
        yield "nothing that is said has changed"
        return
    yield f"--- {old}"
    yield f"+++ {new}"
    shown = 0
    for number, change in enumerate(changes):
        start = max(shown, change.at - _CONTEXT)
        if number == 0 or start > shown:
            yield ""
        yield from (f"  {_line(piece)}" for piece in after[start : change.at])
        yield from (f"- {_line(piece)}" for piece in change.before)
        yield from (f"+ {_line(piece)}" for piece in change.after)
        shown = change.at + len(change.after)
        following = changes[number + 1].at if number + 1 < len(changes) else len(after)
        end = min(shown + _CONTEXT, following)
        yield from (f"  {_line(piece)}" for piece in after[shown:end])
        shown = end


def _line(piece: Piece) -> str:
    if piece.kind != "utterance":
        return f"[{piece.kind}: {piece.text}]"
    return f"[voice {piece.voice}] {piece.text}" if piece.voice else piece.text


def _heard(composed: Composed, settings: Settings, paces: Mapping[str, float]) -> tuple[Piece, ...]:
    expected = preview(composed.script, pace_of(paces, composed.script.language), settings.chapters)
    return pieces(composed.script, {chapter.block: chapter.title for chapter in expected.chapters})


def _json(found: Found, revision: str, commit: str, changes: Sequence[Change], *, was_there: bool) -> bytes:
    return msgspec.json.encode(
        {
            "schema": _SCHEMA,
            "source": found.relative,
            "revision": revision,
            "commit": commit,
            "was_there": was_there,
            "changes": changes,
        }
    )
