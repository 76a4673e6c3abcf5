"""Engines turn one utterance's words into samples; each adapter knows one vendor.

An engine is found by name: earmark's own in a dict, others by the entry point group `earmark.engines`.
Its module is imported when it is named, not before.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from earmark.engines.base import Engine
from earmark.errors import EngineError, EngineNotFound
from earmark.options import AUTO

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "earmark.engines"

OWN: Mapping[str, str] = {
    AUTO: "earmark.engines.auto",
    "command": "earmark.engines.command.engine",
    "espeak": "earmark.engines.espeak.engine",
    "gtts": "earmark.engines.gtts.engine",
    "openai": "earmark.engines.openai.engine",
    "piper": "earmark.engines.piper.engine",
    "tone": "earmark.engines.tone",
}


def names() -> tuple[str, ...]:
    """Return the names of all engines that are installed, in order; none is imported."""
    return tuple(sorted({*OWN, *(point.name for point in _points())}))


def load(name: str, *, options: Mapping[str, object] | None = None, workers: int = 1) -> Engine:
    """Return the engine of that name, for at most `workers` utterances at once.

    `options` are the engine's own, from the settings, its prices perhaps among them. Raises `EngineNotFound`, and `EngineError` if
    the engine can't be imported or does not take the options.
    """
    create = factory(name)
    from earmark.engines.options import own  # noqa: PLC0415 (it imports this module)

    engine = create(options=own(options or {}), workers=workers)
    if not isinstance(engine, Engine):
        raise EngineError("what its package brings is no engine", engine=name, hint="See earmark.engines.base.Engine")
    return engine


def factory(name: str) -> Callable[..., object]:
    """Return the function that creates the engine; its module is imported. Raises as `load` does."""
    return _own(name) if name in OWN else _installed(name)


def _own(name: str) -> Callable[..., object]:
    try:
        module = import_module(OWN[name])
    except ImportError as error:
        raise _unusable(name, error) from error
    create: Callable[..., object] = module.create
    return create


def _installed(name: str) -> Callable[..., object]:
    points = [point for point in _points() if point.name == name]
    if not points:
        raise EngineNotFound(name, names())
    try:
        create: Callable[..., object] = points[0].load()
    except (ImportError, AttributeError, OSError) as error:
        raise _unusable(name, error) from error
    return create


def _points() -> "tuple[EntryPoint, ...]":
    from importlib.metadata import entry_points  # noqa: PLC0415 (30 ms, which earmark's own engines don't need)

    return tuple(entry_points(group=GROUP))


def _unusable(name: str, error: BaseException) -> EngineError:
    return EngineError(f"it can't be imported ({error})", engine=name, hint="Install its package anew")
