"""`earmark build`: make the editions of what changed."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Sources = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="SOURCES", help="Articles and folders of articles; - is standard input, as Markdown. [articles]"
    ),
]
Engine = Annotated[
    str | None, typer.Option(metavar="NAME", help="The engine that speaks: espeak, gtts, tone, or an installed one.")
]
Voice = Annotated[str | None, typer.Option(metavar="NAME", help="The voice, as `earmark voices` names it.")]
Language = Annotated[str | None, typer.Option(metavar="TAG", help="The language of articles that name none (en, de).")]
LogFormat = Annotated[
    Literal["plain", "json"],
    typer.Option("--log-format", metavar="plain|json", help="Tell in lines, or as a JSON object a line for a program."),
]
Cache = Annotated[
    Path | None,
    typer.Option(metavar="DIR", envvar="EARMARK_CACHE", help="Where spoken clips are kept. [the user's cache folder]"),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="GLOB", help="Only articles whose path fits, as blog/** or *.txt; may be repeated."),
]
Tag = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="Only articles with this tag; likewise.")]
Since = Annotated[
    str, typer.Option("--since", metavar="REV", help="Only articles that are not what they were at a git revision.")
]
Executor = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS", help="Have it made by a scheduler's workers: dask://127.0.0.1:8786, tls://host:8786."
    ),
]


def build(  # noqa: PLR0913 (each parameter is an option of the command)
    sources: Sources = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions go.")] = Path("audio"),
    engine: Engine = None,
    voice: Voice = None,
    language: Language = None,
    only: Only = None,
    tag: Tag = None,
    since: Since = "",
    jobs: Annotated[
        int, typer.Option(min=0, metavar="N", show_default=False, help="How many things to do at once. [one per core]")
    ] = 0,
    shard: Annotated[
        str, typer.Option(metavar="K/N", help="Only the K-th of N parts of the folder; `earmark merge` ends the build.")
    ] = "",
    executor: Executor = "",
    force: Annotated[
        bool, typer.Option("--force", help="Make every edition again; what is spoken already is not spoken again.")
    ] = False,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Write what happened to FILE, as JSON.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Append-only lines, one an article, for a screen reader or a log.")
    ] = False,
    log_format: LogFormat = "plain",
    trace: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write where the time went to FILE, as Chrome trace events (Perfetto)."),
    ] = None,
    cache: Cache = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Speak and write nothing: tell what would be done, and how long it is.")
    ] = False,
    preview: Annotated[
        bool,
        typer.Option("--preview", help="Publish nothing: make an MP3 of only the sentences that have changed."),
    ] = False,
    max_cost: Annotated[
        float | None,
        typer.Option(min=0, metavar="SUM", help="Begin nothing that would cost more, by the prices in settings."),
    ] = None,
    snippet: Annotated[
        bool, typer.Option("--snippet", help="Print a line of HTML for each article, to paste into its own page.")
    ] = False,
) -> int:
    """Make the audio editions of articles: only what changed is made again.

    Each article becomes a folder of its own in DIR, with an MP3 that has chapters, captions, and a
    record of every word that is said, changed or left out.
    """
    from earmark.pipeline.reader import started_early  # noqa: PLC0415 (`earmark --help` stays quick)

    chosen = tuple(sources or [Path("articles")])
    with started_early(chosen, out / ".earmark" / "index") as reader:
        from earmark.cli import building  # noqa: PLC0415 (likewise)
        from earmark.cli.here import nearby, refuse_addresses  # noqa: PLC0415 (likewise)
        from earmark.cli.telling.log import log_for  # noqa: PLC0415 (likewise)
        from earmark.library.inputs.choosing import Choice  # noqa: PLC0415 (likewise)

        refuse_addresses((report, trace), "Name a file of this machine.")
        asked = building.Asked(
            sources=chosen,
            out=out,
            flags={
                "voice": {"engine": engine, "name": voice},
                "site": {"language": language},
                "cost": {"most": max_cost},
            },
            jobs=jobs,
            force=force,
            report=report,
            plain=plain,
            cache=cache,
            shard=shard,
            executor=executor,
            snippet=snippet,
            reader=reader,
            log=log_for(log_format),
            trace=trace,
            choice=Choice(only=tuple(only or ()), tags=tuple(tag or ()), since=since),
        )
        if executor:
            from earmark.cli.executing import refuse_mixtures  # noqa: PLC0415 (likewise)

            refuse_mixtures(asked, preview=preview)
        with nearby(asked, send=not (dry_run or preview)) as near:
            if preview:
                from earmark.cli import previewing  # noqa: PLC0415 (likewise)

                return previewing.run(near)
            return building.rehearse(near) if dry_run else building.run(near)
