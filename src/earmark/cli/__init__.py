"""The command line: Typer, one file per command; the only code that prints or exits."""


def main() -> None:
    """Run `earmark` and exit."""
    import sys  # noqa: PLC0415 (importing this package must cost nothing)

    from earmark.cli.app import run  # noqa: PLC0415 (likewise)

    sys.exit(run(sys.argv[1:]))
