"""earmark.toml, the environment and flags, merged once into one frozen `Settings`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Annotated, cast, get_args, get_origin

import msgspec
from msgspec import Struct

from earmark import options, toml
from earmark.checks.options import CheckOptions
from earmark.errors import SettingsError

FILE_NAME = "earmark.toml"
_MOST_BYTES = 1_000_000
ENVIRONMENT_PREFIX = "EARMARK_"
_ENVIRONMENT = "environment"
# Names that are not settings of an edition but of a machine; the command line reads them itself.
_NOT_SETTINGS = frozenset({"EARMARK_CACHE", "EARMARK_PLAIN", "EARMARK_DEBUG", "EARMARK_ANNOTATED"})
# Before an engine's name: only the environment holds secrets, and only engines read them.
SECRET_PREFIX = "EARMARK_SECRET_"  # noqa: S105 (the name of a variable, not what it holds)
_ENGINES_PREFIX = f"{ENVIRONMENT_PREFIX}ENGINES_"
_SECRETIVE = re.compile(r"(?:.*_)?(?:api_?key|key|token|secret|pass(?:word|phrase|wd)|credentials?)", re.IGNORECASE)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is in force for one folder of articles."""

    site: options.Site = options.Site()
    articles: options.ArticleOptions = options.ArticleOptions()
    voice: options.VoiceOptions = options.VoiceOptions()
    cost: options.CostOptions = options.CostOptions()
    pauses: options.PauseOptions = options.PauseOptions()
    narration: options.NarrationOptions = options.NarrationOptions()
    audio: options.AudioOptions = options.AudioOptions()
    chapters: options.ChapterOptions = options.ChapterOptions()
    outputs: options.OutputOptions = options.OutputOptions()
    page: options.PageOptions = options.PageOptions()
    library: options.LibraryOptions = options.LibraryOptions()
    feed: options.FeedOptions = options.FeedOptions()
    reading: options.ReadingOptions = options.ReadingOptions()
    check: CheckOptions = CheckOptions()
    cache: options.CacheOptions = options.CacheOptions()
    # What `[engines.NAME]` says, checked by the engine.
    engines: dict[str, dict[str, str | int | float | bool | tuple[str, ...]]] = {}

    def of_engine(self, name: str) -> Mapping[str, object]:
        """Return what `[engines.NAME]` says; of `auto`, which is several, what is said of all."""
        return self.engines if name == options.AUTO else self.engines.get(name, {})


class Layer(Struct, frozen=True):
    """Some settings and where they come from ("earmark.toml", "environment", "command line")."""

    origin: PurePath | str
    values: Mapping[str, object]


def read_file(path: Path) -> Layer:
    """Return what `path` sets. Raises `SettingsError` naming the line if it is not TOML."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise SettingsError(f"it has more than {_MOST_BYTES:,} bytes", path=path, hint="Settings are a few lines.")
        return Layer(path, _in_full(toml.loads(data.decode("utf-8-sig"))))
    except tomllib.TOMLDecodeError as error:
        hint = "Correct the line it names." if " line " in str(error) else ""
        raise SettingsError(f"this is not TOML: {error}", path=path, hint=hint) from None
    except UnicodeDecodeError:
        raise SettingsError("this is not UTF-8 text", path=path, hint="Save the file as UTF-8.") from None
    except RecursionError:
        raise SettingsError("it is nested too deeply", path=path, hint="A setting is a line of its section.") from None
    except OSError as error:
        raise SettingsError(f"can't be read: {error.strerror}", path=path) from None


def _in_full(values: dict[str, object]) -> dict[str, object]:
    """Return `values` with `voice = NAME`, above all sections, as the `[voice] name` that it is short for."""
    voice = values.get("voice")
    return {**values, "voice": {"name": voice}} if isinstance(voice, str) else values


def from_environment(environment: Mapping[str, str]) -> Layer:
    """Return what `EARMARK_SECTION_KEY` variables set ("EARMARK_VOICE_RATE=1.2" is `rate` of `[voice]`).

    A list is written with commas, or as JSON where a comma is part of what it lists.
    `EARMARK_ENGINES_NAME_KEY` sets an option of an engine that is installed.
    """
    values: dict[str, dict[str, object]] = {}
    known = {_variable(section, key): (section, key, kind) for section, key, kind in keys()}
    for name in sorted(environment):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in _NOT_SETTINGS or name.startswith(SECRET_PREFIX):
            continue
        if name.startswith(_ENGINES_PREFIX):
            engine, option, value = _engine_option(name, environment[name])
            cast("dict[str, object]", values.setdefault("engines", {}).setdefault(engine, {}))[option] = value
            continue
        if name not in known:
            raise SettingsError("there is no such setting", path=_ENVIRONMENT, key=name, hint=_near(name, known))
        section, key, kind = known[name]
        values.setdefault(section, {})[key] = _items(environment[name]) if _is_list(kind) else environment[name]
    return Layer(_ENVIRONMENT, values)


def _is_list(kind: object) -> bool:
    """Tell whether a setting of this type is a list."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return get_origin(kind) is tuple


def _items(text: str) -> object:
    """Return the items of a list as the environment gives it: JSON if it is, else parted at commas."""
    if text.lstrip().startswith("["):
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            return text  # which is no list, and told as such
    return [item for item in map(str.strip, text.split(",")) if item]


def _variable(section: str, key: str) -> str:
    """Return what a setting is called in the environment, where names have no hyphens."""
    return f"{ENVIRONMENT_PREFIX}{section}_{key}".upper().replace("-", "_")


def _engine_option(name: str, text: str) -> tuple[str, str, str | int | float | bool | tuple[str, ...]]:
    """Return the engine and the option that a variable names, and its value. Raises `SettingsError` without the engine."""
    from earmark import engines  # noqa: PLC0415 (loads numpy: only for such a variable)
    from earmark.engines.options import typed  # noqa: PLC0415 (likewise)

    installed = {f"{_ENGINES_PREFIX}{engine}_".upper().replace("-", "_"): engine for engine in engines.names()}
    fitting = [prefix for prefix in installed if name.startswith(prefix) and name != prefix]
    if not fitting:
        hint = f"Installed engines: {', '.join(sorted(installed.values()))}."
        raise SettingsError("no such engine is installed", path=_ENVIRONMENT, key=name, hint=hint)
    prefix = max(fitting, key=len)
    engine, option = installed[prefix], name.removeprefix(prefix).lower()
    return engine, option, typed(engine, option, text)


def origins(*layers: Layer) -> dict[str, PurePath | str]:
    """Return where each setting's value comes from, by its dotted key; what is not in it is a default."""
    found: dict[str, PurePath | str] = {}
    for layer in layers:
        for section, values in _choosing(layer.values).items():
            for key, value in values.items() if isinstance(values, Mapping) else ():
                inner = value if section == "engines" and isinstance(value, Mapping) else None
                names = [f"{section}.{key}"] if inner is None else [f"{section}.{key}.{option}" for option in inner]
                found |= dict.fromkeys(names, layer.origin)
    return found


def merge(*layers: Layer) -> Settings:
    """Merge the layers, the last one strongest, into checked settings.

    Raises `SettingsError` naming the layer's origin and the key: unknown (with the near miss), of the
    wrong type, or out of bounds.
    """
    merged: dict[str, dict[str, object]] = {}
    for layer in layers:
        checked = _check(layer)
        given = _typed(layer.values, checked) if layer.origin == _ENVIRONMENT else layer.values
        for section, values in _choosing(given).items():
            if isinstance(values, Mapping):
                before = merged.setdefault(section, {})
                before.update(_deeper(before, values) if section == "engines" else values)
    return _convert(merged, layers[-1].origin if layers else FILE_NAME)


def _choosing(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return `values` with `[voice] name = "auto"` as what it means: any engine, unless one is named beside it."""
    voice = values.get("voice")
    if not isinstance(voice, Mapping) or voice.get("name") != options.AUTO:
        return values
    return {**values, "voice": {"engine": options.AUTO, **voice, "name": ""}}


def _deeper(before: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    """Return `[engines]` with what two layers say of one engine together."""
    return {
        name: {**was, **options}
        if isinstance(was := before.get(name), Mapping) and isinstance(options, Mapping)
        else options
        for name, options in values.items()
    }


def keys() -> Iterator[tuple[str, str, object]]:
    """Yield (section, key, type) of every setting but the engines' own."""
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
    known: dict[str, set[str]] = {}
    for section, key, _ in keys():
        known.setdefault(section, set()).add(key)
    for section, values in layer.values.items():
        if section not in sections and not isinstance(values, Mapping):
            hint = _elsewhere(section, known) or _near(section, sections)
            raise SettingsError("it stands in no section", path=layer.origin, key=section, hint=hint)
        if section not in sections:
            raise SettingsError(
                "there is no such section", path=layer.origin, key=f"[{section}]", hint=_near(section, sections)
            )
        if not isinstance(values, Mapping):
            raise SettingsError("expected a section", path=layer.origin, key=section, hint=f"Write [{section}].")
        for key in values if section in known else ():
            if key not in known[section]:
                hint = _near(key, known[section]) or _elsewhere(key, known)
                raise SettingsError("there is no such setting", path=layer.origin, key=f"{section}.{key}", hint=hint)
    _refuse_secrets(layer)
    return _convert(layer.values, layer.origin)


def _refuse_secrets(layer: Layer) -> None:
    """Raise for an engine's option that is a secret by its name: what stands in settings ends in records and logs."""
    sections = layer.values.get("engines")
    for name, given in sections.items() if isinstance(sections, Mapping) else ():
        for option in given if isinstance(given, Mapping) else ():
            if _SECRETIVE.fullmatch(option):
                variable = f"{SECRET_PREFIX}{name}".upper().replace("-", "_")
                hint = f"Take it out, and give it in the environment as {variable}."
                raise SettingsError(
                    "a secret has no place in settings", path=layer.origin, key=f"engines.{name}.{option}", hint=hint
                )


def _convert(values: Mapping[str, object], origin: PurePath | str) -> Settings:
    """Check types and bounds; text from the environment may stand for numbers and booleans."""
    try:
        return msgspec.convert(values, Settings, strict=origin != _ENVIRONMENT)
    except msgspec.ValidationError as error:
        key, message = options.told(error)
        raise SettingsError(message, path=origin, key=key, hint=_expectation(key)) from None


def _expectation(key: str) -> str:
    """Say what the setting is, and which values it takes if they are few."""
    for section, name, kind in keys():
        if f"{section}.{name}" == key:
            return options.describe(kind)
    return ""


def _near(name: str, known: Mapping[str, object] | set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else ""


def _elsewhere(key: str, keys: Mapping[str, set[str]]) -> str:
    """Say in which section a setting of that name, or nearly, does exist."""
    every = {name: section for section in keys for name in keys[section]}
    near = get_close_matches(key, sorted(every), n=1, cutoff=0.6)
    return f"Did you mean {near[0]} in [{every[near[0]]}]?" if near else ""


def epoch_of(written: str) -> int | None:
    """Return the moment that SOURCE_DATE_EPOCH gives for what would else be the time of the build, None if it gives none."""
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= _LONGEST_EPOCH):
        hint = "It is a count of seconds since 1970, as `git log -1 --format=%ct` prints it."
        raise SettingsError(f"{written[:40]!r} is no moment", path="environment", key="SOURCE_DATE_EPOCH", hint=hint)
    return int(written)


_LONGEST_EPOCH = 11  # digits: no calendar goes further
