"""`earmark book`: several articles in one EPUB."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Cache, Sources


def book(  # noqa: PLR0913 (each parameter is an option of the command)
    sources: Sources = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The book to write.")] = Path(
        "book.epub"
    ),
    title: Annotated[str, typer.Option(metavar="TEXT", help="The book's title. [the publication's]")] = "",
    audio: Annotated[Path, typer.Option(metavar="DIR", help="Where the editions are.")] = Path("audio"),
    jobs: Annotated[
        int, typer.Option(min=0, metavar="N", show_default=False, help="How many things to do at once. [one per core]")
    ] = 0,
    plain: Annotated[
        bool, typer.Option("--plain", help="Append-only lines, one an article, for a screen reader or a log.")
    ] = False,
    cache: Cache = None,
) -> int:
    """Bind articles into one EPUB: a chapter each, in the order in which they are named.

    What is not fresh is built first. A folder stands for its articles in the order of their names; drafts
    and articles without audio are left out.
    """
    from earmark.cli import binding  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.building import Asked  # noqa: PLC0415 (likewise)
    from earmark.cli.here import nearby, refuse_addresses  # noqa: PLC0415 (likewise)

    asked = Asked(
        sources=tuple(sources or [Path("articles")]),
        out=audio,
        flags={},
        jobs=jobs,
        force=False,
        report=None,
        plain=plain,
        cache=cache,
    )
    refuse_addresses((output,), "Name a file of this machine.")
    with nearby(asked, send=True) as near:
        return binding.run(near, output, title)
