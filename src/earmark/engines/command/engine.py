"""The command engine: any program that takes text and writes WAV, by a template in settings; never through a shell.

An article's words go to the program by file or standard input. They become an argument only where the
template asks for that, and never an option.
"""

import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta, Struct

from earmark.audio.clip import Clip
from earmark.engines import listed, parts, wav
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.command.run import NAME, Call, Runner
from earmark.engines.options import NOT_HEARD, checked
from earmark.errors import EngineError, SynthesisError

_ADAPTER = "1"  # raise it when what is made of a program's WAV changes
_MOST_CHARACTERS = 100_000
_PLACES = frozenset({"text_file", "text", "out", "language", "voice", "rate", "pitch"})
_PLACE = re.compile(r"\{\{|\}\}|\{(\w*)\}")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*")


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set for command."""

    argv: Annotated[
        tuple[str, ...],
        Meta(
            description="the program and its arguments, with {text_file} (else the text is its standard input), {out} (else"
            " its standard output is the WAV), {language}, {voice}, {rate}, {pitch}, and where nothing else will do {text}"
        ),
    ] = ()
    voices: Annotated[
        tuple[str, ...], Meta(min_length=1, description='the voices, the best first, as "slt:en-US" or "anna:de"')
    ] = ("default",)
    version: Annotated[str, Meta(description="raise it when the program sounds otherwise than it did")] = ""
    encoding: Annotated[str, Meta(description="of the text that the program reads")] = "utf-8"
    seconds: Annotated[
        float, Meta(gt=0, le=3600, description="that the program may take for an utterance, s", extra=NOT_HEARD)
    ] = 60.0
    most_bytes: Annotated[
        int, Meta(ge=1000, description="that the program may write for an utterance, bytes", extra=NOT_HEARD)
    ] = 100_000_000
    network: Annotated[bool, Meta(description="whether the program sends the text to a service", extra=NOT_HEARD)] = (
        False
    )


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "CommandEngine":
    """Return the engine. Raises `EngineError` for options that are none of `Options`, or a program that is not there."""
    return CommandEngine(checked(NAME, Options, options or {}), workers=workers)


class CommandEngine:
    """A program as a voice: a process for each utterance, at most `workers` at once."""

    name = NAME
    takes_phonemes = False
    paces: Mapping[str, float] = MappingProxyType({"": 160.0})

    def __init__(self, options: Options, *, workers: int = 1) -> None:
        """Look at the template, and for the program; nothing is started."""
        self._options = options
        self._places = frozenset(place for part in options.argv for place in _places(part))
        self._program = _found(options.argv)
        try:
            "".encode(options.encoding)
        except LookupError as error:
            raise EngineError(f"option encoding: there is no {options.encoding!r}", engine=NAME) from error
        self._voices = listed.voices_of(options.voices, engine=NAME) if options.argv else ()
        self._runner = Runner(seconds=options.seconds, most_bytes=options.most_bytes, workers=workers)
        self._digest = ""
        self.needs_network = options.network

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that settings list; none before they name a program."""
        return self._voices

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice of that name, or the first that is listed for `language` or for any."""
        self._must_be_set()
        return listed.resolve(self._voices, language, voice, engine=NAME)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return a hash of the template, the program, and every file that the template names: models, scripts."""
        self._must_be_set()
        if not self._digest:
            files = [self._program, *(part for part in self._options.argv[1:] if not _places(part))]
            whole = hashlib.sha256("\0".join((*self._options.argv, self._options.encoding)).encode())
            for path in map(Path, files):
                whole.update(_digest(path))
            self._digest = whole.hexdigest()
        return Fingerprint(NAME, f"{self._options.version}/{_ADAPTER}", voice.name, self._digest)

    def speak(self, request: Request) -> Clip:
        """Run the program for one utterance. Raises `SynthesisError` if it fails, or writes what can't be it."""
        self._must_be_set()
        self._refuse_what_has_no_place(request)
        voice = self.resolve("", request.voice).name
        text = parts.plain(request.said, engine=NAME)
        (text,) = parts.sayable(text, max(_MOST_CHARACTERS, len(text)), engine=NAME)
        if not _TAG.fullmatch(request.language):
            raise SynthesisError(f"{request.language[:20]!r} is no language", engine=NAME, utterance=text)
        values = {
            "language": request.language,
            "voice": voice,
            "rate": f"{request.rate:g}",
            "pitch": f"{request.pitch:g}",
            "text": f" {text}" if text.startswith("-") else text,  # else it would be an option
        }

        def argv(text_file: Path, out: Path) -> list[str]:
            every = {**values, "text_file": str(text_file), "out": str(out)}
            return [self._program, *(_filled(part, every) for part in self._options.argv[1:])]

        call = Call(
            text=text,
            data=f"{text}\n".encode(self._options.encoding, "replace"),
            argv=argv,
            reads_file="text_file" in self._places,
            reads_input=not self._places & {"text_file", "text"},
            writes_file="out" in self._places,
        )
        try:
            samples, rate = wav.decode(self._runner.run(call))
        except wav.NotAudio as error:
            raise SynthesisError(
                f"what the program wrote can't be used: {error}", engine=NAME, utterance=text
            ) from error
        parts.heard(samples, rate, text, engine=NAME, speed=request.rate)
        return Clip(*parts.joined([(samples, rate)], [text]))

    def close(self) -> None:
        """End every program that runs, with all that it has started."""
        self._runner.close()

    def _must_be_set(self) -> None:
        if not self._options.argv:
            hint = f'Write [engines.{NAME}] argv = ["program", "--text", "{{text_file}}", "--wav", "{{out}}"].'
            raise EngineError("no program is set", engine=NAME, hint=hint)

    def _refuse_what_has_no_place(self, request: Request) -> None:
        for place, value in (("rate", request.rate), ("pitch", request.pitch)):
            if value != 1.0 and place not in self._places:
                hint = f"Set {place} in [voice] to 1.0, or put {{{place}}} into argv."
                raise EngineError(f"its template has no place for {place}", engine=NAME, hint=hint)


def _places(part: str) -> list[str]:
    """Return the places to be filled in an argument. Raises `EngineError` for one that nothing fills."""
    found = [match[1] for match in _PLACE.finditer(part) if match[1] is not None]
    for place in found:
        if place not in _PLACES:
            hint = f"There are: {', '.join(sorted(f'{{{one}}}' for one in _PLACES))}; a brace itself is written twice."
            raise EngineError(f"option argv: nothing fills {{{place}}}", engine=NAME, hint=hint)
    return found


def _filled(part: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: match[0][0] if match[1] is None else values[match[1]], part)


def _found(argv: Sequence[str]) -> str:
    """Return where the program is, "" if none is set. Raises `EngineError` if it is not there."""
    if not argv:
        return ""
    path = "" if _places(argv[0]) else shutil.which(argv[0])
    if not path:
        hint = "Install it, or write its whole path."
        raise EngineError(f"the program {argv[0]!r} is not there, or can't be run", engine=NAME, hint=hint)
    return str(Path(path).absolute())


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except (OSError, ValueError):  # it is no file, only an argument
        return b"-"
