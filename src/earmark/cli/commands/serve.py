"""`earmark serve`: the editions in a browser, made anew when an article changes."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Cache, Engine, Language, LogFormat, Voice


def serve(  # noqa: PLR0913 (each parameter is an option of the command)
    articles: Annotated[
        list[Path] | None, typer.Argument(metavar="ARTICLES", help="Articles and folders of articles. [articles]")
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions go.")] = Path("audio"),
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, metavar="N", help="The port; 0 is any. [8000, or the next that is free]"),
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine can reach 0.0.0.0.")
    ] = "127.0.0.1",
    watch: Annotated[
        bool, typer.Option("--watch/--no-watch", help="Make anew what changes; else serve what is there.")
    ] = True,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    engine: Engine = None,
    voice: Voice = None,
    language: Language = None,
    log_format: LogFormat = "plain",
    cache: Cache = None,
) -> int:
    """Serve the editions on this machine: the library, their pages and the feed, to listen and to subscribe.

    Articles, settings, lexicon and pictures are watched: what an edit concerns is made anew, and pages that are open
    show it. The feed names this server, so that a podcast client can subscribe to it; the file itself keeps the
    address in the settings. Ctrl-C ends it.
    """
    from earmark.cli import serving  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.building import Asked  # noqa: PLC0415 (likewise)
    from earmark.cli.here import refuse_addresses  # noqa: PLC0415 (likewise)
    from earmark.cli.telling.log import log_for  # noqa: PLC0415 (likewise)

    hint = "Build into a folder of this machine and serve that; a store serves by itself what lies in it."
    refuse_addresses((*(articles or ()), out), hint)
    asked = Asked(
        sources=tuple(articles or [Path("articles")]),
        out=out,
        flags={"voice": {"engine": engine, "name": voice}, "site": {"language": language}},
        jobs=0,
        force=False,
        report=None,
        plain=True,
        cache=cache,
        log=log_for(log_format),
    )
    return serving.run(asked, serving.Place(host=host, port=port), watch=watch, open_=open_)
