"""What `earmark script` does once its arguments are known."""

from contextlib import closing
from pathlib import Path

import msgspec

from earmark import engines
from earmark.cli import exits
from earmark.cli.building import settings_for, standard_input
from earmark.cli.telling import console
from earmark.errors import ReadError
from earmark.library.inputs.dressing import cover_of
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import STANDARD_INPUT, discover, source_of
from earmark.narration.duration import pace_of
from earmark.narration.reading import as_json as script_json
from earmark.narration.reading import reading_script
from earmark.pipeline.desk import Desk
from earmark.readers import READERS
from earmark.timeline import preview


def run(article: Path, *, language: str | None, as_json: bool, engine: str | None = None) -> int:
    """Compose the article and print its script, then what else would keep it from being built."""
    folder = discover([article], suffixes=READERS, out=Path())
    if article.is_dir():
        raise ReadError("this is a folder, not an article", source=article, hint="Name a file.")
    if folder.refused:
        raise folder.refused[0]
    settings = settings_for(folder, {"voice": {"engine": engine}, "site": {"language": language}})
    name = settings.voice.engine
    speaker = engines.load(name, options=settings.of_engine(name), workers=1)
    paces = {tag: pace * settings.voice.rate for tag, pace in speaker.paces.items()}
    speaker.close()
    given = standard_input(settings) if article == STANDARD_INPUT else b""
    source = source_of(folder.found[0], settings, paces=paces, standard_input=given)
    with closing(Desk(1, site_lexicon(folder.root).lexemes)) as desk:
        composed = desk.compose(source)
    pace = pace_of(paces, composed.script.language)
    chapters = {item.block: item.title for item in preview(composed.script, pace, settings.chapters).chapters}
    if as_json:
        console.data(msgspec.json.encode(script_json(composed.script, chapters)))
    else:
        for line in reading_script(composed.script, chapters):
            console.result(line)
    if composed.metadata.audio and not composed.metadata.draft:
        try:
            cover_of(composed.metadata, folder.found[0], folder.root)
        except ReadError as error:
            console.complain(error)
            return exits.code_of(error)
    return 0
