"""The border: behind it errors are values with data, in front of it a message and an exit code."""

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

_Parameters = ParamSpec("_Parameters")


def bordered(command: Callable[_Parameters, int]) -> Callable[_Parameters, None]:
    """Return `command` so that it ends with its exit code, whatever happens in it."""

    @wraps(command)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        log_format = str(kwargs.get("log_format", ""))
        try:
            code = command(*args, **kwargs)
        except KeyboardInterrupt:
            code = _interrupted(log_format)
        except Exception as error:  # noqa: BLE001 (the one border: nobody is shown a traceback unless they ask)
            code = _failed(error, log_format)
        raise typer.Exit(code)

    return run


def _interrupted(log_format: str) -> int:
    from earmark.cli import exits  # noqa: PLC0415 (only needed once a command has run)
    from earmark.cli.telling.log import log_for  # noqa: PLC0415 (likewise)

    log_for(log_format).note("note", "interrupted", level="warning")
    return exits.INTERRUPTED


def _failed(error: Exception, log_format: str) -> int:
    """Tell what went wrong and return the exit code."""
    from earmark.cli import exits  # noqa: PLC0415 (likewise)
    from earmark.cli.telling.log import log_for  # noqa: PLC0415
    from earmark.errors import EarmarkError  # noqa: PLC0415

    log = log_for(log_format)
    if isinstance(error, EarmarkError):
        log.complain(error)
        if os.environ.get("GITHUB_ACTIONS") == "true" and log_format != "json":
            from earmark.cli.telling import github  # noqa: PLC0415 (only there)

            github.annotate([github.of_error(error)], os.environ)
        return exits.code_of(error)
    if os.environ.get("EARMARK_DEBUG"):
        raise error
    told = f"error: {type(error).__name__}: {error}. This is a fault of earmark: please report it."
    log.note("error", told, level="error", type=type(error).__name__)
    log.note("note", "Run it again with EARMARK_DEBUG=1 to see where it happened.")
    return exits.SOME_FAILED
