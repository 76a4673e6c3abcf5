"""What `earmark script --problems` does: one list of what to check before publishing, over a whole folder."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import msgspec

from earmark import engines
from earmark.cli import exits
from earmark.cli.building import settings_for, standard_input
from earmark.cli.telling import console
from earmark.errors import EarmarkError, ReadError
from earmark.library.inputs.choosing import Choice, choose
from earmark.library.inputs.dressing import cover_of
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import STANDARD_INPUT, Found, discover, source_of
from earmark.pipeline.checking import Checking, Finding
from earmark.pipeline.composed import Composed
from earmark.pipeline.desk import Desk
from earmark.readers import READERS

_SHOWN = 3  # articles that a line names


def run(
    sources: Sequence[Path], *, flags: Mapping[str, Mapping[str, object | None]], choice: Choice, as_json: bool
) -> int:
    """Print what there is to check in the articles, the most frequent first."""
    folder = discover(sources, suffixes=READERS, out=Path("audio"))
    settings = settings_for(folder, flags)
    folder = choose(folder, sources, settings.articles, choice)
    given = standard_input(settings) if STANDARD_INPUT in sources else b""
    jobs = min(console.jobs_available(), max(1, len(folder.found)))
    failed: list[EarmarkError] = list(folder.refused)
    options = settings.of_engine(settings.voice.engine)
    read = 0
    with (
        closing(engines.load(settings.voice.engine, options=options, workers=1)) as engine,
        closing(Desk(jobs, site_lexicon(folder.root).lexemes)) as desk,
        ThreadPoolExecutor(jobs) as pool,
    ):

        def compose(found: Found) -> Composed | ReadError:
            try:
                return desk.compose(source_of(found, settings, paces=dict(engine.paces), standard_input=given))
            except ReadError as error:
                return error

        checking = Checking(engine, settings.voice)
        for found, composed in zip(folder.found, pool.map(compose, folder.found), strict=True):
            if isinstance(composed, ReadError):
                failed.append(composed)
            elif composed.metadata.audio and not composed.metadata.draft and choice.has_tag(composed.metadata.tags):
                checking.add(found.name, composed.script, composed.metadata)
                read += 1
                failed += _refused(composed, found, folder.root)
    findings = checking.findings()
    if as_json:
        console.data(msgspec.json.encode({"schema": 1, "articles": read, "findings": findings}))
    else:
        for line in told(findings, read):
            console.result(line)
    for error in failed:
        console.complain(error)
    return exits.combined(exits.code_of(error) for error in failed)


def _refused(composed: Composed, found: Found, root: Path) -> list[EarmarkError]:
    """Return why the article would not be built although it can be read."""
    try:
        cover_of(composed.metadata, found, root)
    except ReadError as error:
        return [error]
    return []


def told(findings: Sequence[Finding], articles: int) -> Iterator[str]:
    """Yield a line for each finding, with the sentence under it, and how many there are."""
    for finding in findings:
        yield f"{finding.count} × {finding.severity}: {finding.code}: {finding.message}. {finding.hint}".rstrip()
        line = f":{finding.line}" if finding.line and len(finding.articles) == 1 else ""
        where = ", ".join(finding.articles[:_SHOWN]) + line
        more = len(finding.articles) - _SHOWN
        yield f"    {finding.sentence} ({where}{f' and {more} more' if more > 0 else ''})".replace("     (", "    (")
    things = "thing" if len(findings) == 1 else "things"
    yield f"{len(findings)} {things} to check in {articles} article{'' if articles == 1 else 's'}"
