"""The commands in one place, and the border where every error becomes a message and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import click
import typer

from earmark import __version__
from earmark.cli.build import build
from earmark.cli.inspect import inspect
from earmark.cli.script import script
from earmark.cli.voices import voices

app = typer.Typer(
    name="earmark",
    help="Give every article an audio edition: an MP3 with chapters, captions, and a record of every word.",
    epilog=(
        "Exit codes: 0 all built or nothing to do, 1 some article failed and the others are built, 2 usage, "
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


for command in (build, script, voices, inspect):
    app.command()(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing passes this border but a message."""
    from earmark.cli import exits  # noqa: PLC0415 (only needed once a command has run)

    try:
        code = app(list(arguments), standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        typer.echo(error.ctx.get_help() if error.ctx else "")
        return exits.USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _tell("interrupted")
        return exits.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.OK
    except Exception as error:  # noqa: BLE001 (the one border: nobody is shown a traceback unless they ask)
        return _failed(error)
    return code if isinstance(code, int) else exits.OK


def _failed(error: Exception) -> int:
    """Tell what went wrong and return the exit code."""
    from earmark.cli import exits  # noqa: PLC0415
    from earmark.errors import EarmarkError  # noqa: PLC0415

    if isinstance(error, EarmarkError):
        _tell(f"error: {error}")
        return exits.code_of(error)
    if os.environ.get("EARMARK_DEBUG"):
        raise error
    _tell(f"error: {type(error).__name__}: {error}. This is a fault of earmark: please report it.")
    _tell("Run it again with EARMARK_DEBUG=1 to see where it happened.")
    return exits.SOME_FAILED


def _tell(line: str) -> None:
    from earmark.cli.console import note  # noqa: PLC0415

    note(line)
