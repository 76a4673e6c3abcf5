"""The command line: Typer, one file per command; the only code that prints or exits."""


def main() -> None:
    """Run `earmark` and exit."""
    from earmark.cli.app import app  # noqa: PLC0415 (importing this package must cost nothing)

    app(prog_name="earmark")
