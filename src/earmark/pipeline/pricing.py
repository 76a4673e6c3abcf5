"""What speaking would cost, by the prices that settings give for an engine."""

from collections.abc import Mapping

from msgspec import Struct

from earmark.engines.options import Prices, prices
from earmark.narration.duration import pace_of
from earmark.settings import Settings

_MILLION = 1_000_000
_CHARACTERS_OF_A_WORD = 6  # as the paces of engines count words


class Bill(Struct, frozen=True):
    """What is to be paid by estimate; `at_worst` if all is spoken by the dearest engine that may have to step in."""

    expected: float
    at_worst: float


def bill(settings: Settings, *, characters: int, whole: int, paces: Mapping[str, float], language: str) -> Bill | None:
    """Return what `characters` that are not in the cache would cost, None where settings give no price.

    `whole` are all characters of the article: an engine that steps in has none of them in the cache. Raises
    `EngineError` for a price that is none.
    """
    minutes_of_one = 1 / _CHARACTERS_OF_A_WORD / pace_of(paces, language)
    first, *others = [(name, prices(name, settings.engines.get(name, {}))) for name in engines_of(settings)]
    if not any(known for _, known in (first, *others)):
        return None
    expected = _cost(first[1], characters, minutes_of_one)
    return Bill(expected, max(expected, *(_cost(known, whole, minutes_of_one) for _, known in others), 0.0))


def engines_of(settings: Settings) -> tuple[str, ...]:
    """Return the names of all engines that may speak, the first first."""
    return tuple(dict.fromkeys((settings.voice.engine, *settings.voice.fallback)))


def _cost(known: Prices | None, characters: int, minutes_of_one: float) -> float:
    if known is None:
        return 0.0
    return characters / _MILLION * known.price_per_million + characters * minutes_of_one * known.price_per_minute
