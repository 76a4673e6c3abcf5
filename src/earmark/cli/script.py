"""`earmark script`: what will be said, before anything is spoken."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.build import Language


def script(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="An article; - is standard input.")],
    *,
    language: Language = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Print the reading script: what is said, with what is rewritten and what is left out marked.

    A rewriting stands in brackets behind the printed words. Nothing is spoken.
    """
    from earmark.cli import scripting  # noqa: PLC0415 (`earmark --help` stays quick)

    return scripting.run(article, language=language, as_json=as_json)
