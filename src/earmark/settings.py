"""earmark.toml, the environment and flags, merged once into one frozen `Settings`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from earmark import options
from earmark.errors import SettingsError

FILE_NAME = "earmark.toml"
ENVIRONMENT_PREFIX = "EARMARK_"
_ENVIRONMENT = "environment"
# Names that are not settings of an edition but of a machine; the command line reads them itself.
_NOT_SETTINGS = frozenset({"EARMARK_CACHE", "EARMARK_PLAIN", "EARMARK_DEBUG"})


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is in force for one folder of articles."""

    site: options.Site = options.Site()
    voice: options.VoiceOptions = options.VoiceOptions()
    pauses: options.PauseOptions = options.PauseOptions()
    narration: options.NarrationOptions = options.NarrationOptions()
    audio: options.AudioOptions = options.AudioOptions()
    chapters: options.ChapterOptions = options.ChapterOptions()
    outputs: options.OutputOptions = options.OutputOptions()
    page: options.PageOptions = options.PageOptions()
    library: options.LibraryOptions = options.LibraryOptions()
    reading: options.ReadingOptions = options.ReadingOptions()
    cache: options.CacheOptions = options.CacheOptions()
    engines: dict[str, dict[str, str | int | float | bool]] = {}  # what `[engines.NAME]` says, checked by the engine


@dataclass(frozen=True, slots=True)
class Layer:
    """Some settings and where they come from ("earmark.toml", "environment", "command line")."""

    origin: PurePath | str
    values: Mapping[str, object]


def read_file(path: Path) -> Layer:
    """Return what `path` sets. Raises `SettingsError` naming the line if it is not TOML."""
    try:
        return Layer(path, tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"this is not TOML: {error}", path=path, hint="Correct the line it names.") from None
    except UnicodeDecodeError:
        raise SettingsError("this is not UTF-8 text", path=path, hint="Save the file as UTF-8.") from None
    except OSError as error:
        raise SettingsError(f"can't be read: {error.strerror}", path=path) from None


def from_environment(environment: Mapping[str, str]) -> Layer:
    """Return what `EARMARK_SECTION_KEY` variables set ("EARMARK_VOICE_RATE=1.2" is `rate` of `[voice]`)."""
    values: dict[str, dict[str, object]] = {}
    known = {f"{ENVIRONMENT_PREFIX}{section}_{key}".upper(): (section, key) for section, key, _ in _keys()}
    for name in sorted(environment):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in _NOT_SETTINGS:
            continue
        if name not in known:
            raise SettingsError("there is no such setting", path=_ENVIRONMENT, key=name, hint=_near(name, known))
        section, key = known[name]
        values.setdefault(section, {})[key] = environment[name]
    return Layer(_ENVIRONMENT, values)


def merge(*layers: Layer) -> Settings:
    """Merge the layers, the last one strongest, into checked settings.

    Raises `SettingsError` naming the layer's origin and the key: unknown (with the near miss), of the
    wrong type, or out of bounds.
    """
    merged: dict[str, dict[str, object]] = {}
    for layer in layers:
        checked = _check(layer)
        given = _typed(layer.values, checked) if layer.origin == _ENVIRONMENT else layer.values
        for section, values in given.items():
            if isinstance(values, Mapping):
                merged.setdefault(section, {}).update(values)
    return _convert(merged, layers[-1].origin if layers else FILE_NAME)


def _keys() -> Iterator[tuple[str, str, object]]:
    """Yield (section, key, type) of every setting."""
    for section in msgspec.structs.fields(Settings):
        kind = section.type
        if isinstance(kind, type) and issubclass(kind, Struct):
            for key in msgspec.structs.fields(kind):
                yield section.encode_name, key.encode_name, key.type


def _typed(values: Mapping[str, object], checked: Settings) -> dict[str, object]:
    """Return `values` with each text as what it stands for."""
    known = msgspec.to_builtins(checked)
    return {
        section: {key: known[section][key] for key in keys}
        for section, keys in values.items()
        if isinstance(keys, Mapping)
    }


def _check(layer: Layer) -> Settings:
    """Return the layer alone; raise for unknown sections and keys, then for what its own values break."""
    sections = {field.encode_name for field in msgspec.structs.fields(Settings)}
    keys: dict[str, set[str]] = {}
    for section, key, _ in _keys():
        keys.setdefault(section, set()).add(key)
    for section, values in layer.values.items():
        if section not in sections:
            raise SettingsError(
                "there is no such section", path=layer.origin, key=f"[{section}]", hint=_near(section, sections)
            )
        if not isinstance(values, Mapping):
            raise SettingsError("expected a section", path=layer.origin, key=section, hint=f"Write [{section}].")
        for key in values if section in keys else ():
            if key not in keys[section]:
                hint = _near(key, keys[section]) or _elsewhere(key, keys)
                raise SettingsError("there is no such setting", path=layer.origin, key=f"{section}.{key}", hint=hint)
    return _convert(layer.values, layer.origin)


def _convert(values: Mapping[str, object], origin: PurePath | str) -> Settings:
    """Check types and bounds; text from the environment may stand for numbers and booleans."""
    try:
        return msgspec.convert(values, Settings, strict=origin != _ENVIRONMENT)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = place.rstrip("`")
        raise SettingsError(_plain(message), path=origin, key=key, hint=_expectation(key)) from None


_TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "str": "text in quotes",
        "int": "a whole number",
        "float": "a number",
        "bool": "true or false",
        "object": "a section",
    }
)


def _plain(message: str) -> str:
    """Turn the checker's sentence into one that an editor reads without knowing Python."""
    text = re.sub(r"`(\w+)`", lambda name: _TYPE_NAMES.get(name[1], f"`{name[1]}`"), message)
    text = re.sub(r"^Invalid enum value (.*)$", r"\1 is not one of its values", text)
    return text[:1].lower() + text[1:]


def _expectation(key: str) -> str:
    """Say what the setting is, and which values it takes if they are few."""
    for section, name, kind in _keys():
        if f"{section}.{name}" == key:
            return describe(kind)
    return ""


def describe(kind: object) -> str:
    """Return a setting's description with the values that it takes, from its type."""
    meta = next((item for item in get_args(kind)[1:] if isinstance(item, msgspec.Meta)), None)
    base = get_args(kind)[0] if meta else kind
    text = f"It sets: {meta.description}." if meta and meta.description else ""
    choices = get_args(base) if get_origin(base) is Literal else ()
    return f"{text} One of: {', '.join(map(str, choices))}.".strip() if choices else text


def _near(name: str, known: Mapping[str, object] | set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def _elsewhere(key: str, keys: Mapping[str, set[str]]) -> str:
    """Say in which section a setting of that name, or nearly, does exist."""
    every = {name: section for section in keys for name in keys[section]}
    near = get_close_matches(key, sorted(every), n=1, cutoff=0.6)
    return f"Did you mean {near[0]} in [{every[near[0]]}]?" if near else ""
