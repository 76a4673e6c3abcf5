"""What can be set for an engine: its module has a Struct `Options` beside `create`, and values are checked by it."""

import sys
from collections.abc import Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from earmark import engines
from earmark.errors import EngineError
from earmark.options import choices, describe, told

_Options = TypeVar("_Options", bound=Struct)


def kind_of(name: str) -> type[Struct] | None:
    """Return the Struct of the options of an installed engine, None if it names none. Raises `EngineError`."""
    kind = getattr(sys.modules.get(engines.factory(name).__module__), "Options", None)
    return kind if isinstance(kind, type) and issubclass(kind, Struct) else None


def checked(name: str, kind: type[_Options], given: Mapping[str, object]) -> _Options:
    """Return what is given as an engine's own options.

    Raises `EngineError` naming the option: there is none of that name, or it is of the wrong type.
    """
    known = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        hint = f"Its options: {', '.join(known)}." if known else "It takes none."
        raise EngineError(f"there is no option {', '.join(unknown)}", engine=name, hint=hint)
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        key, message = told(error)
        raise EngineError(f"option {key}: {message}", engine=name, hint=describe(known.get(key))) from None


def typed(name: str, option: str, text: str) -> str | int | float | bool:
    """Return what `text`, from the environment, stands for as an option of the engine `name`.

    What can't be that is returned as it is, and refused with the others.
    """
    kind = kind_of(name)
    wanted = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}.get(option) if kind else None
    if wanted is None or choices(wanted):
        return text
    try:
        value: str | int | float | bool = msgspec.convert(text, wanted, strict=False)
    except msgspec.ValidationError:
        return text
    return value
