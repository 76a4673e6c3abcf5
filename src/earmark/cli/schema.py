"""The JSON Schema of earmark.toml, made of the very types that check it."""

from typing import Any

import msgspec

from earmark import engines
from earmark.engines.options import kind_of
from earmark.errors import EngineError
from earmark.settings import Settings

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> bytes:
    """Return the schema, for a person to read as well; earmark's own engines' options are in it."""
    made = msgspec.json.schema(Settings)
    definitions: dict[str, Any] = made["$defs"]
    top = definitions.pop("Settings")
    for properties in top["properties"].values():
        properties.pop("default", None)  # each key has its own; a whole section of them is noise in an editor
    section = top["properties"]["voice"]
    short = {"type": "string", "description": "The voice alone: short for name in [voice]."}
    top["properties"]["voice"] = {"anyOf": [short, section]}
    top["properties"]["engines"]["properties"] = _own_engines(definitions)
    top["properties"]["engines"]["description"] = "The engines' own options, each in [engines.NAME]."
    whole = {"$schema": _DIALECT, **top, "title": "earmark.toml", "$defs": definitions}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _own_engines(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a property for each of earmark's own engines, and put its options among the definitions."""
    found: dict[str, Any] = {}
    for name in engines.OWN:
        try:
            kind = kind_of(name)
        except EngineError:  # one that needs an extra which is not installed has no options to show here
            continue
        if kind is not None:
            made = msgspec.json.schema(kind)["$defs"].pop("Options")
            definitions[f"{name}-options"] = made | {"title": f"[engines.{name}]"}
            found[name] = {"$ref": f"#/$defs/{name}-options"}
    return found
