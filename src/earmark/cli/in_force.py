"""What `earmark settings` does once its arguments are known."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

import msgspec
from msgspec import Struct

from earmark import engines, options
from earmark.cli.building import layers_for
from earmark.cli.schema import schema
from earmark.cli.telling import console
from earmark.engines.options import checked, kind_of
from earmark.library.inputs.sources import Folder, discover, seen_from
from earmark.readers import READERS
from earmark.settings import ENVIRONMENT_PREFIX, SECRET_PREFIX, Layer, Settings, keys, merge, origins

SCHEMA = 1
_ARTICLES = Path("articles")
_PASSWORD = re.compile(r"(://)[^/?#\s]*@|(\?)[^?=#\s]*=[^#\s]*")  # what an address asks for, too: keys stand there
_FLAGS: Mapping[str, str] = {"voice.engine": "--engine", "voice.name": "--voice", "site.language": "--language"}


class Setting(Struct, frozen=True, kw_only=True):
    """One setting: its dotted key, its value, and where that comes from ("default", "file", "environment", "flag")."""

    key: str
    value: object
    origin: str
    where: str
    default: object
    description: str


def folder_of(given: Path | None) -> Folder:
    """Return the folder of articles that is meant: the one named, else `articles`, else this folder."""
    where = given or (_ARTICLES if _ARTICLES.is_dir() else Path())
    return discover([where], suffixes=READERS, out=Path("audio"))


def run(folder: Path | None, *, flags: Mapping[str, Mapping[str, object | None]], changed: bool, as_json: bool) -> int:
    """Print every setting that is in force."""
    found = folder_of(folder)
    listed = [one for one in in_force(layers_for(found, flags)) if not changed or one.origin != "default"]
    secrets = secrets_given(os.environ)
    if as_json:
        file = str(found.settings_file) if found.settings_file else None
        console.data(msgspec.json.encode({"schema": SCHEMA, "file": file, "settings": listed, "secrets": secrets}))
        return 0
    for one in listed:
        console.result(f"{one.key} = {_shown(one.value)} ({one.where})")
    for name in secrets:
        console.result(f"{name} is set; its value is not shown (environment)")
    if not found.settings_file:
        console.note(f"there is no earmark.toml in {found.root} or above; `earmark init` writes one")
    return 0


def print_schema() -> int:
    """Print the JSON Schema of earmark.toml."""
    for line in schema().decode().splitlines():
        console.result(line)
    return 0


def secrets_given(environment: Mapping[str, str]) -> list[str]:
    """Return the names of the secrets that the environment holds; nobody but their engine reads them."""
    return sorted(name for name in environment if name.startswith(SECRET_PREFIX) and environment[name])


def in_force(layers: tuple[Layer, ...]) -> Iterator[Setting]:
    """Yield every setting, in the order of the sections. Raises `SettingsError`, and `EngineError` for an engine's own."""
    values: Mapping[str, Any] = msgspec.to_builtins(merge(*layers))
    defaults: Mapping[str, Any] = msgspec.to_builtins(Settings())
    given = origins(*layers)
    for section, key, kind in keys():
        yield _setting(f"{section}.{key}", values[section][key], defaults[section][key], kind, given)
    for name in sorted({*values["engines"], values["voice"]["engine"]}):
        yield from _of_engine(name, values["engines"].get(name, {}), given)


def _of_engine(name: str, said: Mapping[str, object], given: Mapping[str, PurePath | str]) -> Iterator[Setting]:
    """Yield an engine's own options; of one that tells nothing of them, or is not installed, those that are given."""
    kind = kind_of(name) if name in engines.names() else None
    if kind is None:
        for key, value in said.items():
            yield _setting(f"engines.{name}.{key}", value, None, str, given)
        return
    taken: Mapping[str, Any] = msgspec.to_builtins(checked(name, kind, said))
    usual: Mapping[str, Any] = msgspec.to_builtins(kind())
    for field in msgspec.structs.fields(kind):
        key = field.encode_name
        yield _setting(f"engines.{name}.{key}", taken[key], usual[key], field.type, given)


def _hidden(found: re.Match[str]) -> str:
    return f"{found[1]}…@" if found[1] else f"{found[2]}…"


def _setting(key: str, value: object, default: object, kind: object, given: Mapping[str, PurePath | str]) -> Setting:
    origin, where = _origin(key, given.get(key))
    return Setting(
        key=key,
        value=_PASSWORD.sub(_hidden, value) if isinstance(value, str) else value,
        origin=origin,
        where=where,
        default=default,
        description=options.description(kind),
    )


def _origin(key: str, layer: object) -> tuple[str, str]:
    """Return the kind of place that a value comes from, and the place as a person finds it."""
    if layer is None:
        return "default", "default"
    if layer == "environment":
        name = f"{ENVIRONMENT_PREFIX}{key}".upper().replace(".", "_").replace("-", "_")
        return "environment", f"environment, {name}"
    if layer == "command line":
        return "flag", f"flag, {_FLAGS[key]}"
    return "file", str(seen_from(Path.cwd(), Path(str(layer))))


def _shown(value: object) -> str:
    """Return a value as it stands in TOML."""
    return msgspec.json.encode(value).decode()
