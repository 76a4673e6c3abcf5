"""`earmark init`: a folder to begin with."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Continuous(StrEnum):
    """Where audio is made when an article is pushed."""

    github = "github"
    gitlab = "gitlab"
    none = "none"


def init(  # noqa: PLR0913 (each parameter is an option of the command)
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", show_default=False, help="Where to begin; made if need be. [this folder]"),
    ] = Path(),
    *,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The publication's name. [the folder's]")] = None,
    address: Annotated[
        str | None, typer.Option(metavar="URL", help="Where audio/ will be on the web. [not known yet]")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Of the articles (en, de). [this system's]")
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of articles that name none. [the publication]")
    ] = None,
    ci: Annotated[Continuous, typer.Option(help="Which service makes the audio at each push.")] = Continuous.github,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: what is not given is the default.")] = False,
) -> int:
    """Begin: settings, a first article, a workflow that makes and publishes the audio, .gitignore.

    Asks for what is not given, where there is a terminal to ask on. What is there already is never changed.
    """
    from earmark.cli import starting  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.here import refuse_addresses  # noqa: PLC0415 (likewise)

    given = {"title": title, "address": address, "language": language, "author": author}
    refuse_addresses((folder,), "Name a folder of this machine.")
    return starting.run(folder, given, ci=ci.value, ask=not yes)
