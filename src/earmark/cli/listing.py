"""What `earmark voices` does once its options are known."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from earmark import engines
from earmark.cli.building import settings_for
from earmark.cli.exits import OK, SOME_FAILED, UNUSABLE
from earmark.cli.in_force import folder_of
from earmark.cli.telling import console
from earmark.engines.base import Engine, Request, Stocked, Voice, needs_network
from earmark.engines.options import checked, own
from earmark.engines.piper.engine import Options as PiperOptions
from earmark.engines.piper.engine import user_folder
from earmark.engines.piper.fetching import NAME as PIPER
from earmark.engines.piper.fetching import Service
from earmark.engines.piper.index import kept
from earmark.engines.piper.index import refresh as fetch_index
from earmark.errors import EarmarkError, EngineError
from earmark.library.inputs.sources import discover
from earmark.narration.script import Text
from earmark.options import AUTO
from earmark.settings import Settings
from earmark.storage import write_atomically
from earmark.storage.files import write_errors

_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")
_KBITS = 64
_COLUMNS = ("engine", "voice", "language", "quality", "gender", "installed", "licence")
_WIDEST = 32  # characters of a column


class Wanted(Struct, frozen=True, kw_only=True):
    """Which voices are asked for; None is any."""

    engine: str | None = None
    language: str | None = None
    installed: bool = False

    def keeps(self, voice: Voice) -> bool:
        """Tell whether `voice` is one of them."""
        tag = self.language.lower().replace("_", "-") if self.language else ""
        spoken = [known.lower() for known in voice.languages]
        speaks = not tag or any(known == tag or known.startswith(f"{tag}-") for known in spoken)
        return speaks and (voice.installed or not self.installed)


def settings_here() -> Settings:
    """Return what is in force where the command runs, without looking through a folder that may hold no article."""
    here = folder_of(None) if Path("articles").is_dir() else discover([], suffixes=(), out=Path("audio"))
    return settings_for(here, {})


def piper_options(settings: Settings) -> PiperOptions:
    """Return piper's options as they are set, whether it is installed or not. Raises `EngineError`."""
    return checked(PIPER, PiperOptions, own(settings.engines.get(PIPER, {})))


def run(wanted: Wanted, *, sample: Path | None, refresh: bool, offline: bool, plain: bool, as_json: bool) -> int:  # noqa: PLR0913 (the command's options)
    """Print the voices, or have them speak."""
    settings = settings_here()
    if refresh:
        _refresh(settings, offline=offline)
    found = [voice for voice in _every(wanted, settings) if wanted.keeps(voice)]
    code = OK
    if not found:
        code = UNUSABLE
    elif sample:
        code = _sample(found, sample, settings, named=wanted.engine)
    elif not as_json:
        for line in _lines(found) if console.is_plain_output(plain=plain) else _table(found):
            console.result(line)
    if as_json and not sample:
        console.data(msgspec.json.encode({"schema": 1, "voices": found}))
    if not found:
        _tell_of_nothing(wanted, settings)
    return code


def _refresh(settings: Settings, *, offline: bool) -> None:
    if offline:
        raise EngineError("the index of voices can't be fetched offline", engine=PIPER, hint="Leave out --refresh.")
    with closing(Service(piper_options(settings).index)) as service:
        fetch_index(user_folder(), service)


def _every(wanted: Wanted, settings: Settings) -> Iterator[Voice]:
    """Yield the voices of all engines; one that can't be used hides no other."""
    every = [name for name in engines.names() if name != AUTO]  # which is the others
    for name in [wanted.engine] if wanted.engine else every:
        there: set[str] = set()
        try:
            with closing(engines.load(name, options=settings.of_engine(name), workers=1)) as speaker:
                online = needs_network(speaker)
                for voice in speaker.voices():
                    there.add(voice.name)
                    yield replace(voice, installed=False, online=True) if online else voice
                for refusal in speaker.broken() if isinstance(speaker, Stocked) else ():
                    console.complain(refusal)
        except EngineError as error:
            if wanted.engine:
                raise
            console.complain(error)  # the others can be listed all the same
        if name == PIPER:
            yield from (one.public() for one in kept(user_folder()) if one.key not in there)


def _tell_of_nothing(wanted: Wanted, settings: Settings) -> None:
    if wanted.engine and wanted.engine != PIPER:  # which has to be set up first, perhaps
        with closing(engines.load(wanted.engine, options=settings.of_engine(wanted.engine), workers=1)) as speaker:
            if not speaker.voices():
                speaker.resolve(wanted.language or "en")  # raises what is missing, and what to do
    which = f"no voice speaks {wanted.language}" if wanted.language else "no voice is installed"
    if wanted.engine == PIPER:
        which += "; `earmark voices --refresh --engine piper` lists those that can be, `earmark voices install NAME` fetches one"
    console.note(which)


def _lines(voices: Sequence[Voice]) -> Iterator[str]:
    """Yield a line for each voice that reads well from start to end."""
    for voice in voices:
        quality = f"{voice.quality} quality" if voice.quality else ""
        licence = f"licence {voice.licence}" if voice.licence else ""
        there = {"yes": "installed", "no": "not installed", "online": "at its service, online"}[_there(voice)]
        details = [part for part in (voice.gender, quality, voice.description, licence, there) if part]
        yield f"{voice.engine} {voice.name}: {', '.join(voice.languages)}; {'; '.join(details)}"


def _table(voices: Sequence[Voice]) -> Iterator[str]:
    """Yield the same as columns, for those who see them."""
    rows = [_COLUMNS, *(_row(voice) for voice in voices)]
    widths = [min(_WIDEST, max(len(row[column]) for row in rows)) for column in range(len(_COLUMNS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(voice: Voice) -> tuple[str, ...]:
    tags = ", ".join(voice.languages)
    return voice.engine, voice.name, tags, voice.quality, voice.gender, _there(voice), voice.licence


def _there(voice: Voice) -> str:
    return "online" if voice.online else "yes" if voice.installed else "no"


def _sample(voices: Sequence[Voice], folder: Path, settings: Settings, *, named: str | None) -> int:
    """Have every voice that is installed say its sentence; one that fails keeps no other from it."""
    sentences = tomllib.loads(files("earmark.cli").joinpath("samples.toml").read_text("utf-8"))
    with write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    failed = False
    jobs = console.jobs_available()
    for name in dict.fromkeys(voice.engine for voice in voices):
        with closing(engines.load(name, options=settings.of_engine(name), workers=jobs)) as speaker:
            if needs_network(speaker) and not named:
                console.note(f"{name} needs the network: --engine {name} has it speak")
                continue
            able = [voice for voice in voices if voice.engine == name and (voice.installed or voice.online)]
            with ThreadPoolExecutor(jobs) as pool:
                for voice, done in zip(
                    able, pool.map(lambda one: _spoken(speaker, one, folder, sentences), able), strict=True
                ):
                    if isinstance(done, EarmarkError):
                        console.complain(done)
                        failed = True
                    else:
                        console.result(f"{name} {voice.name}: {done}")
    return SOME_FAILED if failed else OK


def _spoken(speaker: Engine, voice: Voice, folder: Path, sentences: dict[str, str]) -> Path | EarmarkError:
    """Write the voice's sentence, and return where; or why there is none."""
    import numpy as np  # noqa: PLC0415 (a list needs none of it)

    from earmark.audio.mp3 import edition_rate, encode  # noqa: PLC0415
    from earmark.audio.resample import at_rate  # noqa: PLC0415

    tag = voice.languages[0]
    sentence = sentences.get(tag.lower().partition("-")[0], sentences["en"])
    try:
        clip = speaker.speak(Request(said=(Text(sentence),), language=tag, voice=voice.name))
        rate = edition_rate(clip.sample_rate)
        path = folder / f"{_UNSAFE.sub('_', f'{voice.engine}-{voice.name}')}.mp3"
        write_atomically(
            path,
            encode(np.multiply(at_rate(clip, rate).samples, np.float32(1 / 32_768), dtype=np.float32), rate, _KBITS),
        )
    except EarmarkError as error:
        return error
    return path
