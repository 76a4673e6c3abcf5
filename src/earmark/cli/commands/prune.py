"""`earmark prune`: delete the editions whose article is gone."""

from pathlib import Path
from typing import Annotated

import typer


def prune(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The whole folder of articles.")] = Path("articles"),
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the editions are.")] = Path("audio"),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> int:
    """Delete the editions whose article is gone, and what killed builds have left half written.

    What would be deleted is listed, and nothing is deleted unless you say so. Only files that an edition's
    own record names go; a folder that is no edition, and whatever else lies there, stays.
    """
    from earmark.cli import pruning  # noqa: PLC0415 (`earmark --help` stays quick)

    return pruning.run(folder, out=out, yes=yes)
