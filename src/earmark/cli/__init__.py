"""The command line: Typer, one file per command; the only code that prints or exits."""

import os
import sys
from typing import cast


def main() -> None:
    """Run `earmark` and exit."""
    import typer  # noqa: PLC0415 (importing this package must cost nothing)

    from earmark.cli.app import app  # noqa: PLC0415 (likewise)

    # Typer stands on click, or carries one of its own, by its version: the error's base is found by its name.
    refusals: tuple[type[BaseException], ...] = tuple(
        kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
    )

    try:
        code = app(prog_name="earmark", standalone_mode=False) or 0
    except SystemExit as ending:
        _leave(ending.code)
        raise
    except refusals as error:
        refused = cast("typer.BadParameter", error)
        refused.message = _harmless(refused.message)
        refused.show()
        code = refused.exit_code
    except typer.Abort:
        code = 1
    _leave(code)
    sys.exit(code)


def _harmless(text: str) -> str:
    """Return what is told of an argument without what would act on a terminal: arguments are names of files, too."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _leave(code: object) -> None:
    """End at once: the system lets go of what a build had in memory faster than we do.

    And a thread may still wait for a service that hangs; whoever pressed Ctrl-C does not.
    """
    if code is not None and not isinstance(code, int):
        return  # a message, which Python prints
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more; Python knows how to end then
        return
    os._exit(code or 0)
