"""What can be set for an engine: its module has a Struct `Options` beside `create`, and values are checked by it."""

import sys
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from earmark import engines
from earmark.errors import EngineError
from earmark.options import choices, describe, told

_Options = TypeVar("_Options", bound=Struct)
Value = str | int | float | bool | tuple[str, ...]  # what settings can hold for an engine

# For `Meta(extra=NOT_HEARD)`: an option that changes no sound, as a time limit. Clips and editions outlive its change.
NOT_HEARD: Final[dict[str, Any]] = {"heard": False}

_PLACE = "It is set in [engines.{name}] of earmark.toml."


class Prices(Struct, frozen=True, forbid_unknown_fields=True):
    """What an engine's service costs: these two can be set for every engine, and no engine gets to see them."""

    price_per_million: Annotated[float, Meta(ge=0, description="what a million characters cost, spoken anew")] = 0.0
    price_per_minute: Annotated[float, Meta(ge=0, description="what a minute of speech costs, spoken anew")] = 0.0


_PRICES = frozenset(field.encode_name for field in msgspec.structs.fields(Prices))


def prices(name: str, given: Mapping[str, object]) -> Prices | None:
    """Return what is said to be the price of an engine, None if nothing is. Raises `EngineError`."""
    found = {key: value for key, value in given.items() if key in _PRICES}
    return checked(name, Prices, found) if found else None


def own(given: Mapping[str, object]) -> dict[str, object]:
    """Return what is given without what is no engine's business."""
    return {key: value for key, value in given.items() if key not in _PRICES}


def deciding(name: str, given: Mapping[str, object]) -> dict[str, object]:
    """Return those of an engine's options that change what is heard. Raises `EngineError` if it can't be imported."""
    left = own(given)
    kind = kind_of(name) if left else None
    quiet = {field.encode_name for field in msgspec.structs.fields(kind) if not _heard(field.type)} if kind else set()
    return {key: value for key, value in left.items() if key not in quiet}


def _heard(kind: object) -> bool:
    notes = (item.extra or {} for item in get_args(kind)[1:] if isinstance(item, Meta))
    return all(note.get("heard", True) for note in notes)


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
        hint = f"{hint} {_PLACE.format(name=name)}"
        raise EngineError(f"there is no option {', '.join(unknown)}", engine=name, hint=hint)
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        key, message = told(error)
        hint = f"{describe(known.get(key))} {_PLACE.format(name=name)}".lstrip()
        raise EngineError(f"option {key}: {message}", engine=name, hint=hint) from None


def typed(name: str, option: str, text: str) -> Value:
    """Return what `text`, from the environment, stands for as an option of the engine `name`; a list is JSON there.

    What can't be that is returned as it is, and refused with the others.
    """
    kind = Prices if option in _PRICES else kind_of(name)
    wanted = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}.get(option) if kind else None
    if wanted is None or choices(wanted):
        return text
    try:
        if _is_list(wanted):
            return msgspec.json.decode(text, type=tuple[str, ...])
        value: Value = msgspec.convert(text, _bare(wanted), strict=False)  # its bounds are told with all others
    except (msgspec.ValidationError, msgspec.DecodeError):
        return text
    return value


def _is_list(kind: object) -> bool:
    return get_origin(_bare(kind)) is tuple


def _bare(kind: object) -> object:
    """Return a type without what is noted of it, and a choice of types without what is noted of each."""
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return Union[tuple(_bare(one) for one in get_args(kind))]  # noqa: UP007 (made of values)
    return get_args(kind)[0] if any(isinstance(item, Meta) for item in get_args(kind)[1:]) else kind
