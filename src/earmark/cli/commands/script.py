"""`earmark script`: what will be said, before anything is spoken."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Engine, Language, Only, Since, Tag


def script(  # noqa: PLR0913 (each parameter is an option of the command)
    articles: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="ARTICLE...", help="An article; - is standard input. With --problems also folders. [articles]"
        ),
    ] = None,
    *,
    problems: Annotated[
        bool, typer.Option("--problems", help="Print what is likely to be said wrong instead, the most frequent first.")
    ] = False,
    diff: Annotated[
        str, typer.Option("--diff", metavar="REV", help="Print what is said otherwise than at a git revision instead.")
    ] = "",
    only: Only = None,
    tag: Tag = None,
    since: Since = "",
    engine: Engine = None,
    language: Language = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Print the reading script: what is said, with what is rewritten and what is left out marked.

    A rewriting stands in brackets behind the printed words. Nothing is spoken.
    """
    from earmark.cli.here import refuse_addresses  # noqa: PLC0415 (`earmark --help` stays quick)

    refuse_addresses(articles or (), "Fetch the article and its earmark.toml, or `earmark build --dry-run` the folder.")
    if problems:
        from earmark.cli import problems as listing  # noqa: PLC0415 (likewise)
        from earmark.library.inputs.choosing import Choice  # noqa: PLC0415 (likewise)

        flags = {"voice": {"engine": engine}, "site": {"language": language}}
        choice = Choice(only=tuple(only or ()), tags=tuple(tag or ()), since=since)
        return listing.run(tuple(articles or [Path("articles")]), flags=flags, choice=choice, as_json=as_json)
    if articles is None or len(articles) != 1:
        from earmark.library.inputs.sources import SourceNotFound  # noqa: PLC0415 (likewise)

        raise SourceNotFound("a script is of one article", hint="Name one, or ask for --problems of several.")
    if diff:
        from earmark.cli import comparing  # noqa: PLC0415 (likewise)

        flags = {"voice": {"engine": engine}, "site": {"language": language}}
        return comparing.run(articles[0], diff, flags=flags, as_json=as_json)
    from earmark.cli import scripting  # noqa: PLC0415 (likewise)

    return scripting.run(articles[0], language=language, as_json=as_json, engine=engine)
