"""What `earmark doctor` does once its arguments are known."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
import platformdirs
from msgspec import Struct

from earmark import __version__, engines
from earmark.cli import exits
from earmark.cli.auditions import audition
from earmark.cli.building import settings_for
from earmark.cli.in_force import folder_of, secrets_given
from earmark.cli.telling import console
from earmark.errors import EarmarkError
from earmark.library.inputs.lexicon import site_lexicon
from earmark.library.inputs.sources import Folder
from earmark.options import AUTO
from earmark.settings import Settings

SCHEMA = 1
_LEAST_FREE, _LITTLE_FREE = 100_000_000, 1_000_000_000  # bytes; an hour of audio takes 30 MB and its clips 160 MB


class State(StrEnum):
    """How something stands: a fault keeps everything from being built, a note only something."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


class Finding(Struct, frozen=True, kw_only=True):
    """What was looked at, how it stands, what was seen, and what to do about it."""

    about: str
    state: State
    message: str
    hint: str = ""


def run(folder: Path | None, *, out: Path, network: bool, cache: Path | None, as_json: bool) -> int:
    """Look at everything and tell of it, each thing as soon as it is known."""
    seen: list[Finding] = []
    for finding in examine(folder, out=out, network=network, cache=cache or platformdirs.user_cache_path("earmark")):
        seen.append(finding)
        if not as_json:
            console.result(
                f"{finding.state}: {finding.about}: {finding.message}{f'. {finding.hint}' if finding.hint else ''}"
            )
    faults = sum(finding.state is State.FAULT for finding in seen)
    if as_json:
        console.data(msgspec.json.encode({"schema": SCHEMA, "works": not faults, "findings": seen}))
    else:
        console.result(f"{faults} fault{'' if faults == 1 else 's'}" if faults else "everything that is needed works")
    return exits.UNUSABLE if faults else exits.OK


def examine(folder: Path | None, *, out: Path, network: bool, cache: Path) -> Iterator[Finding]:
    """Yield what is found. Nothing is sent anywhere without `network`, and nothing is left behind."""
    yield _ok("earmark", f"{__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}")
    yield from _packages()
    found, settings, findings = _settings(folder)
    yield from findings
    if found is not None:
        yield from _tried("lexicon", partial(_lexicon, found.root))
    for name in engines.names():
        if name == AUTO and settings.voice.engine != AUTO:
            continue  # it is the others
        yield from _engine(name, settings, network=network)
    if settings.voice.engine not in engines.names():
        yield _fault("engine", f"{settings.voice.engine} is set and not installed", "See `earmark voices`.")
    yield from _tried("encoder", _encoder)
    yield from _cache(cache, settings)
    yield from _space({_there(place).stat().st_dev: _there(place) for place in (cache, out)}.values())
    yield _git()
    yield from _environment()


def _ok(about: str, message: str) -> Finding:
    return Finding(about=about, state=State.OK, message=message)


def _fault(about: str, message: str, hint: str) -> Finding:
    return Finding(about=about, state=State.FAULT, message=message, hint=hint)


def _note(about: str, message: str, hint: str) -> Finding:
    return Finding(about=about, state=State.NOTE, message=message, hint=hint)


def _tried(about: str, look: Callable[[], str]) -> Iterator[Finding]:
    """Yield what `look` says, or the error that it ends in as a fault."""
    try:
        yield _ok(about, look())
    except EarmarkError as error:
        yield _broken(about, error)


def _broken(about: str, error: EarmarkError, state: State = State.FAULT) -> Finding:
    subject = error.subject()
    message = f"{subject}: {error.message}" if subject and subject != about else error.message
    return Finding(about=about, state=state, message=message.rstrip("."), hint=error.hint)


def _packages() -> Iterator[Finding]:
    """Yield the versions of what earmark stands on, and what is missing of it."""
    names = sorted({_name(line) for line in requires("earmark") or () if "extra ==" not in line})
    there: list[str] = []
    missing: list[str] = []
    for name in names:
        try:
            there.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    missing = [name for name in missing if name != "audioop-lts" or sys.version_info >= (3, 13)]
    yield _ok("packages", ", ".join(there))
    if missing:
        yield _fault("packages", f"not installed: {', '.join(missing)}", "Install earmark anew.")


def _name(requirement: str) -> str:
    end = next((at for at, sign in enumerate(requirement) if sign in " <>=!~;[("), len(requirement))
    return requirement[:end]


def _settings(folder: Path | None) -> tuple[Folder | None, Settings, list[Finding]]:
    """Return the folder of articles, what is in force there (the defaults if that is broken), and what was found."""
    try:
        found = folder_of(folder)
    except EarmarkError as error:
        return None, Settings(), [_broken("articles", error)]
    findings = [_ok("articles", f"{found.root}, with {len(found.found):,} to be read")]
    findings += [_broken("articles", error, State.NOTE) for error in found.refused]
    try:
        settings = settings_for(found, {})
    except EarmarkError as error:
        return found, Settings(), [*findings, _broken("settings", error)]
    where = str(found.settings_file) if found.settings_file else "no earmark.toml; `earmark init` writes one"
    return found, settings, [*findings, _ok("settings", where)]


def _lexicon(root: Path) -> str:
    entries = len(site_lexicon(root).lexemes)
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"


def _engine(name: str, settings: Settings, *, network: bool) -> Iterator[Finding]:
    """Yield how an engine and its voices are; only the one that is set can be a fault."""
    about, chosen = f"engine {name}", name == settings.voice.engine
    worst = State.FAULT if chosen else State.NOTE
    try:
        with closing(engines.load(name, options=settings.of_engine(name), workers=console.jobs_available())) as engine:
            heard = audition(engine, settings, network=network, chosen=chosen)
    except EarmarkError as error:
        yield _broken(about, error, worst)
        return
    yield from (_broken(about, refusal, State.NOTE) for refusal in heard.broken)
    if heard.not_tried:
        state = State.NOTE if chosen else State.OK
        yield Finding(about=about, state=state, message=heard.not_tried, hint=heard.hint)
        return
    for refusal in heard.chosen:
        yield _broken(about, refusal, worst)
    if heard.mute:
        names = ", ".join(heard.mute[:12]) + (" …" if len(heard.mute) > 12 else "")  # noqa: PLR2004 (what a listener follows)
        yield _note(about, f"these voices say nothing: {names}", "Do not set them as voice.")
    if not heard.chosen:
        voices = f"{heard.speaking:,} voice{'' if heard.speaking == 1 else 's'}"
        yield _ok(about, f"it speaks, {voices} tried" + (f"; {heard.voice} is set" if chosen else ""))


def _encoder() -> str:
    """Encode a second and read it back."""
    from io import BytesIO  # noqa: PLC0415 (with what follows, only here)

    import numpy as np  # noqa: PLC0415

    from earmark.audio.measuring import measure  # noqa: PLC0415
    from earmark.audio.mp3 import encode  # noqa: PLC0415

    time = np.arange(22_050) / 22_050
    made = encode((0.2 * np.sin(2 * np.pi * 440 * time)).astype(np.float32), 22_050, 64)
    measured = measure(BytesIO(made), name="a tone")
    return f"a second of tone became an MP3 of {len(made):,} bytes, {measured.loudness.integrated_lufs:.0f} LUFS"


def _cache(cache: Path, settings: Settings) -> Iterator[Finding]:
    there = _there(cache)
    try:
        with TemporaryFile(dir=there) as file:
            file.write(b"earmark")
    except OSError as error:
        hint = "Name a folder that can be written, with --cache or EARMARK_CACHE."
        yield _fault("cache", f"{cache} can't be written: {(error.strerror or str(error)).lower()}", hint)
        return
    most = settings.cache.most_bytes
    yield _ok("cache", f"{cache} holds {_bytes(_size(cache))} of at most {_bytes(most)}")


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    absolute = folder.absolute()
    return next((path for path in (absolute, *absolute.parents) if path.is_dir()), Path(absolute.anchor))


def _size(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(place, name)).st_size  # noqa: PTH116, PTH118 (a cache has 100,000 files)
            except OSError:  # dropped meanwhile
                continue
    return total


def _space(folders: Iterable[Path]) -> Iterator[Finding]:
    for folder in folders:
        free = shutil.disk_usage(folder).free
        message = f"{_bytes(free)} free at {folder}"
        if free < _LEAST_FREE:
            yield _fault("disk", message, "Free some space: an hour of audio takes about 200 MB on the way.")
        elif free < _LITTLE_FREE:
            yield _note("disk", message, "An hour of audio takes about 200 MB on the way.")
        else:
            yield _ok("disk", message)


def _git() -> Finding:
    hint = "Install git if articles are to be compared with what they were; nothing else needs it."
    path = shutil.which("git")
    if path is None:
        return _note("git", "it is not installed", hint)
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603 (found on PATH)
    except (OSError, subprocess.SubprocessError):
        return _note("git", f"{path} does not run", hint)
    return _ok("git", said.strip().removeprefix("git version "))


def _environment() -> Iterator[Finding]:
    """Yield what the environment has to do with it: secrets by their names alone, and what a terminal can show."""
    secrets = secrets_given(os.environ)
    if secrets:
        yield _ok("secrets", f"set: {', '.join(secrets)}")
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding not in {"utf8", "utf_8"}:
        hint = "Set PYTHONUTF8=1 to see names as they are written."
        yield _note("terminal", f"it shows {sys.stdout.encoding or 'no known encoding'}, not UTF-8", hint)


def _bytes(number: int) -> str:
    size = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":  # noqa: PLR2004 (the step from one unit to the next)
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
