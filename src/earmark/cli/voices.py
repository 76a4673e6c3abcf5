"""`earmark voices`: what can speak."""

from contextlib import closing
from typing import Annotated

import typer


def voices(
    *,
    engine: Annotated[str | None, typer.Option(metavar="NAME", help="Only the voices of this engine.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Only voices for this language (en, pt-BR).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """List the voices: engine, name, languages and what is known of each."""
    from earmark import engines  # noqa: PLC0415 (`earmark --help` stays quick)
    from earmark.cli.console import complain, data, note, result  # noqa: PLC0415
    from earmark.cli.exits import OK, UNUSABLE  # noqa: PLC0415
    from earmark.engines.base import Voice  # noqa: PLC0415
    from earmark.errors import EngineError  # noqa: PLC0415

    found: list[Voice] = []
    for name in [engine] if engine else engines.names():
        try:
            with closing(engines.load(name, options={}, workers=1)) as speaker:
                found.extend(speaker.voices())
        except EngineError as error:
            if engine:
                raise
            complain(error)  # the others can be listed all the same
    if language:
        primary = language.lower()
        found = [
            voice
            for voice in found
            if any(tag.lower() == primary or tag.lower().startswith(f"{primary}-") for tag in voice.languages)
        ]
    if as_json:
        import msgspec  # noqa: PLC0415

        data(msgspec.json.encode({"schema": 1, "voices": found}))
    else:
        for voice in found:
            details = [part for part in (voice.gender, voice.description) if part]
            result(f"{voice.engine} {voice.name}: {', '.join(voice.languages)}{''.join('; ' + d for d in details)}")
    if not found:
        note(f"no voice speaks {language}" if language else "no voice is installed")
        return UNUSABLE
    return OK
