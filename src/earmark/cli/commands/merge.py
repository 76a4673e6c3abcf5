"""`earmark merge`: bring together what was built in shards."""

from pathlib import Path
from typing import Annotated

import typer


def merge(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DIRS", help="The folders that shards were built into. [the one that -o names]"),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions go.")] = Path("audio"),
    articles: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The articles folder. [where the shards found it, as seen from their own]"),
    ] = None,
) -> int:
    """Bring the editions of shards together, and write the front page and the feeds of them all.

    All N of `earmark build --shard K/N` have to be there. It can be repeated: what is there already is left alone.
    """
    from earmark.cli import merging  # noqa: PLC0415 (`earmark --help` stays quick)

    return merging.run(tuple(folders or [out]), out=out, articles=articles)
