"""`earmark voices`: what can speak; fetching and removing what can be installed."""

from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from earmark.cli.border import bordered

app = typer.Typer(
    invoke_without_command=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

Offline = Annotated[bool, typer.Option("--offline", help="Never try the network: what needs it is refused.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _listing(  # noqa: PLR0913 (the command's options)
    context: typer.Context,
    *,
    engine: Annotated[str | None, typer.Option(metavar="NAME", help="Only the voices of this engine.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Only voices for this language (en, pt-BR).")
    ] = None,
    installed: Annotated[bool, typer.Option("--installed", help="Only voices that are installed.")] = False,
    sample: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Have each say a sentence of its language, an MP3 each in this folder."),
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="First fetch the index of the voices that can be installed.")
    ] = False,
    offline: Offline = False,
    plain: Annotated[bool, typer.Option("--plain", help="One line for each voice, no table.")] = False,
    as_json: AsJson = False,
) -> int:
    """List the voices: engine, name, languages, quality, licence, and whether they are installed or online.

    Voices that can be installed are known once --refresh or `earmark voices install` has fetched their
    index; without, nothing is sent anywhere.
    """
    del context
    from earmark.cli.listing import Wanted, run  # noqa: PLC0415 (`earmark --help` stays quick)

    wanted = Wanted(engine=engine, language=language, installed=installed)
    return run(wanted, sample=sample, refresh=refresh, offline=offline, plain=plain, as_json=as_json)


def _install(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The voice, as en_GB-alba-medium.")],
    *,
    offline: Offline = False,
) -> int:
    """Fetch a Piper voice and its configuration, check them against the index, and put them among your voices.

    A download that was cut goes on where it ended. `[engines.piper] index` names another collection.
    """
    from earmark.cli.fetching import install  # noqa: PLC0415 (likewise)

    return install(name, offline=offline)


def _remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The voice, as it was installed.")],
) -> int:
    """Delete a voice that was installed. Editions that it spoke are stale then."""
    from earmark.cli.fetching import remove  # noqa: PLC0415 (likewise)

    return remove(name)


@app.callback()
@wraps(_listing)
def voices(context: typer.Context, **options: Any) -> None:  # noqa: ANN401, D103 (those of `_listing`, and its help)
    if context.invoked_subcommand is None:
        bordered(_listing)(context, **options)


app.command("install", short_help="Fetch a voice.")(bordered(_install))
app.command("remove", short_help="Delete a voice that was installed.")(bordered(_remove))
