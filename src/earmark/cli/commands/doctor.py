"""`earmark doctor`: what works on this machine, and what to do about what does not."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Cache


def doctor(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [articles, else this folder]")
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions go.")] = Path("audio"),
    network: Annotated[
        bool, typer.Option("--network", help="Try the engines too that need the network; without, nothing is sent.")
    ] = False,
    cache: Cache = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Tell what is installed and whether it works: every voice of each engine that is offline says a word.

    Also settings and lexicon, the encoder, the cache, the disk, and git. What does not work comes with
    what to do about it, and makes the exit code 4 if nothing can be built without it.
    """
    from earmark.cli import examining  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.here import refuse_addresses  # noqa: PLC0415 (likewise)

    refuse_addresses((folder, out), "Name a folder of this machine.")
    return examining.run(folder, out=out, network=network, cache=cache, as_json=as_json)
