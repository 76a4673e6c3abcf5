"""`earmark say`: how one sentence is said, for trying entries of the lexicon."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Cache, Engine, Language, Voice


def say(  # noqa: PLR0913 (each parameter is an option of the command)
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence, in quotation marks.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Speak it into FILE, an MP3. [nothing is spoken]")
    ] = None,
    engine: Engine = None,
    voice: Voice = None,
    language: Language = None,
    folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The articles whose settings and lexicon hold. [articles, else this folder]"),
    ] = None,
    cache: Cache = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Print how a sentence is said: each rewriting, by which rule, and what is not certain.

    The settings and the lexicon of the articles folder hold, as in a build.
    """
    from earmark.cli import saying  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.here import refuse_addresses  # noqa: PLC0415 (likewise)

    flags = {"voice": {"engine": engine, "name": voice}, "site": {"language": language}}
    refuse_addresses((folder, out), "Name one of this machine.")
    return saying.run(text, out=out, folder=folder, flags=flags, cache=cache, as_json=as_json)
