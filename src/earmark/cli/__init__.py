"""The command line: Typer, one file per command; the only code that prints or exits."""

import os
import sys


def main() -> None:
    """Run `earmark` and exit."""
    from earmark.cli.app import app  # noqa: PLC0415 (importing this package must cost nothing)

    try:
        app(prog_name="earmark")
    except SystemExit as ending:
        _leave(ending.code)
        raise


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
