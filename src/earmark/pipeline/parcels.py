"""How a desk's answer comes through the pipe: an article in parcels, so that neither side holds a long one twice.

Pickling remembers every value that it has met, and so does unpickling: of a long article that takes more room than its
values do. A parcel has a memory of its own, which goes with it. What comes is unpickled with nothing allowed but
earmark's own values, since who sent it has touched hostile text.
"""

import io
import pickle
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from earmark.packed import row
from earmark.pipeline.composed import Composed

Failure = tuple[str, int | None, str, str]  # message, line, hint, code
Answer = Composed | Failure

EACH = 1_000  # values in a parcel
_VALUES = frozenset({"earmark.article", "earmark.narration.script", "earmark.pipeline.composed"})
_REBUILD = ("msgspec._utils", "rebuild")  # makes a value of its class and its fields, and no more
# What unpickling raises on bytes that nobody pickled, and what is made of values that are of no such shape.
_NOT_VALUES = (
    pickle.UnpicklingError,
    EOFError,
    ImportError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    MemoryError,
    RecursionError,
)


class NoAnswer(Exception):
    """What came is nothing that a desk sends."""


def packed(answer: Answer) -> Iterator[bytes]:
    """Yield the parcels of an answer; the first tells how many values come in those behind it.

    What has been sent is let go, as far as nobody else holds it: meanwhile the other side fills up.
    """
    if not isinstance(answer, Composed):
        yield _pickled(answer)
        return
    rows = [list(reversed(values)) if isinstance(values, tuple) else values for values in _rows(answer)]
    yield _pickled((_with_rows(answer, [() for _ in rows]), [len(values) for values in rows]))
    del answer
    for values in rows:
        coming = () if isinstance(values, list) else iter(values)
        while parcel := list(islice(coming, EACH)):
            yield _pickled(parcel)
        while isinstance(values, list) and values:
            parcel = values[: -EACH - 1 : -1]
            del values[-EACH:]
            yield _pickled(parcel)
            del parcel


def unpacked(parcels: Iterator[bytes]) -> Answer:
    """Return the answer, taking no more parcels than it has. Raises `NoAnswer`, and what `parcels` raises."""
    first = _loaded(parcels)
    match first:
        case (Composed() as bare, [*lengths]):
            counts = [length for length in lengths if isinstance(length, int)]
        case _:
            return _failure(first)
    coming = _Coming(parcels)
    try:
        return _with_rows(bare, [row(coming.values(count)) for count in counts])
    except _Ended:
        return _failure(next(coming.ended))
    except _NOT_VALUES:
        raise NoAnswer from None


class _Ended(Exception):
    """There are no more values, though there should be."""


class _Coming:
    """Values as they come; `ended` has what came instead of some, nothing if the child is gone."""

    def __init__(self, parcels: Iterator[bytes]) -> None:
        self._parcels = parcels
        self.ended: Iterator[object] = iter(())

    def values(self, count: int) -> Iterator[object]:
        """Yield so many, or more if the last parcel has more. Raises `_Ended`."""
        while count > 0:
            try:
                values = _loaded(self._parcels)
            except StopIteration:
                raise _Ended from None
            if not (isinstance(values, list) and values):
                self.ended = iter((values,))
                raise _Ended
            count -= len(values)
            yield from values


def _rows(composed: Composed) -> list[Sequence[object]]:
    """Return what there may be a great many of."""
    scripts = (composed.script, composed.unvoiced) if composed.unvoiced else (composed.script,)
    return [composed.article.blocks, *(script.items for script in scripts)]


def _with_rows(composed: Composed, rows: Sequence[Sequence[object]]) -> Composed:
    blocks, items, *others = rows
    unvoiced = replace(composed.unvoiced, items=others[0]) if composed.unvoiced else None
    article, script = replace(composed.article, blocks=blocks), replace(composed.script, items=items)
    return replace(composed, article=article, script=script, unvoiced=unvoiced)


def _failure(answer: object) -> Failure:
    match answer:
        case (str(message), int() | None as line, str(hint), str(code)):
            return message, line, hint, code
    raise NoAnswer


def _loaded(parcels: Iterator[bytes]) -> object:
    data = next(parcels)
    try:
        return _Values(io.BytesIO(data)).load()
    except _NOT_VALUES:
        raise NoAnswer from None


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


class _Values(pickle.Unpickler):
    """Loads earmark's own values and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == _REBUILD:
            return super().find_class(module, name)
        if module in _VALUES and "." not in name and not name.startswith("_"):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value")
