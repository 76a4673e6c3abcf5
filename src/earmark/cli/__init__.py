"""The command line: Typer, one file per command; the only code that prints or exits."""

import os
import sys


def main() -> None:
    """Run `earmark` and exit."""
    from earmark.cli.app import app  # noqa: PLC0415 (importing this package must cost nothing)

    try:
        app(prog_name="earmark")
    except SystemExit as ending:
        if ending.code:  # `earmark --help` stays quick
            _leave_if_interrupted(ending.code)
        raise


def _leave_if_interrupted(code: object) -> None:
    """End at once: a thread may still wait for a service that hangs; whoever pressed Ctrl-C does not."""
    from earmark.cli.exits import INTERRUPTED  # noqa: PLC0415 (likewise)

    if code == INTERRUPTED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)
