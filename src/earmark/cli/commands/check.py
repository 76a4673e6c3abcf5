"""`earmark check`: is everything fit to publish, and if not, why."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Cache, Engine, Language, LogFormat, Only, Since, Sources, Tag, Voice


def check(  # noqa: PLR0913 (each parameter is an option of the command)
    sources: Sources = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions are.")] = Path("audio"),
    deep: Annotated[
        bool,
        typer.Option("--deep", help="Read every published byte: sums, chapters, loudness, front page and feeds."),
    ] = False,
    articles: Annotated[
        bool, typer.Option("--articles", help="Check the articles alone, not their editions, as before a commit.")
    ] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Put right what needs no author and no voice: index, front page, feeds, half-written files."
        ),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for warnings too.")] = False,
    only: Only = None,
    tag: Tag = None,
    since: Since = "",
    engine: Engine = None,
    voice: Voice = None,
    language: Language = None,
    jobs: Annotated[
        int, typer.Option(min=0, metavar="N", show_default=False, help="How many things to do at once. [one per core]")
    ] = 0,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Write what was found to FILE, as JSON.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    log_format: LogFormat = "plain",
    cache: Cache = None,
) -> int:
    """Tell whether every article is fit to publish, and of each that is not, why: nothing is spoken.

    An edition that is missing, stale or orphaned is an error, and so is an article that not everybody can
    follow. Each finding has a code; [check] in earmark.toml makes it "error", "warning" or "off". Errors end
    with exit code 3. Orphans are only looked for where SOURCES are the whole folder, and nothing is chosen of it.
    """
    from earmark.cli import checking  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.building import Asked  # noqa: PLC0415 (likewise)
    from earmark.cli.here import nearby, refuse_addresses  # noqa: PLC0415 (likewise)
    from earmark.cli.telling.log import log_for  # noqa: PLC0415 (likewise)
    from earmark.library.inputs.choosing import Choice  # noqa: PLC0415 (likewise)

    refuse_addresses((report,), "Name a file of this machine.")
    wanted = checking.Wanted(deep=deep, editions=not articles, fix=fix, strict=strict, as_json=as_json, report=report)
    asked = Asked(
        sources=tuple(sources or [Path("articles")]),
        out=out,
        flags={"voice": {"engine": engine, "name": voice}, "site": {"language": language}},
        jobs=jobs,
        force=False,
        report=report,
        plain=True,
        cache=cache,
        log=log_for(log_format),
        choice=Choice(only=tuple(only or ()), tags=tuple(tag or ()), since=since),
    )
    with nearby(asked, send=fix) as near:
        return checking.run(near, wanted)
