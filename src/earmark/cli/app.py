"""The commands in one place."""

from typing import Annotated

import typer

from earmark import __version__
from earmark.cli.border import bordered
from earmark.cli.commands.book import book
from earmark.cli.commands.build import build
from earmark.cli.commands.check import check
from earmark.cli.commands.doctor import doctor
from earmark.cli.commands.init import init
from earmark.cli.commands.inspect import inspect
from earmark.cli.commands.merge import merge
from earmark.cli.commands.prune import prune
from earmark.cli.commands.say import say
from earmark.cli.commands.script import script
from earmark.cli.commands.serve import serve
from earmark.cli.commands.settings import settings
from earmark.cli.commands.voices import app as voices

app = typer.Typer(
    name="earmark",
    help="Give every article an audio edition: an MP3 with chapters, captions, and a record of every word.",
    epilog=(
        "Exit codes: 0 all built or nothing to do, 1 some article failed and the others are built, 2 usage, "
        "3 check found what is not fit to publish, "
        "4 settings or engine unusable, 75 try again later, 130 interrupted."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # boxes drawn around help are noise to a screen reader
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:  # noqa: FBT001 (Typer passes the flag's value)
    if value:
        typer.echo(f"earmark {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


# A list of commands is heard from start to end: each has one whole, short line.
app.command(short_help="Begin: settings, a first article, the workflow.")(bordered(init))
app.command(short_help="Make the editions of what changed.")(bordered(build))
app.command(short_help="Bring together what was built in shards.")(bordered(merge))
app.command(short_help="Tell whether all is fit to publish.")(bordered(check))
app.command(short_help="Show the editions in a browser; make anew what changes.")(bordered(serve))
app.command(short_help="Delete editions whose article is gone.")(bordered(prune))
app.command(short_help="Bind articles into one EPUB.")(bordered(book))
app.command(short_help="Print what will be said, before it is spoken.")(bordered(script))
app.command(short_help="Print how one sentence is said, and speak it.")(bordered(say))
app.add_typer(voices, name="voices", short_help="List who can speak; fetch voices.")
app.command(short_help="Tell what an MP3 holds.")(bordered(inspect))
app.command(short_help="List what is set, and where each value comes from.")(bordered(settings))
app.command(short_help="Tell what works on this machine, and what to do about the rest.")(bordered(doctor))
