"""`earmark settings`: what is in force, and where each value comes from."""

from pathlib import Path
from typing import Annotated

import typer

from earmark.cli.commands.build import Engine, Language, Voice


def settings(  # noqa: PLR0913 (each parameter is an option of the command)
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [articles, else this folder]")
    ] = None,
    *,
    engine: Engine = None,
    voice: Voice = None,
    language: Language = None,
    changed: Annotated[bool, typer.Option("--changed", help="Only what is not a default.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of earmark.toml instead, for editors.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List what is in force for a folder of articles, and where each value comes from.

    A flag goes before the environment (EARMARK_VOICE_RATE is rate in [voice]), that before earmark.toml,
    and that before the default. Secrets, which only the environment holds, are never shown.
    """
    from earmark.cli import in_force  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.here import refuse_addresses  # noqa: PLC0415 (likewise)

    flags = {"voice": {"engine": engine, "name": voice}, "site": {"language": language}}
    if schema:
        return in_force.print_schema()
    refuse_addresses((folder,), "Name a folder of this machine.")
    return in_force.run(folder, flags=flags, changed=changed, as_json=as_json)
