"""Long rows and tables of values, packed: what is looked at one after another need not all be in memory as values.

A sentence of an article is a dozen values, and ten megabytes of text are a hundred thousand sentences; as values they take
ten times the room of the text, packed a fifth of it. Up to `LONG` values stay as they are: to unpack takes time.
"""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import chain, islice
from typing import Generic, TypeVar, overload

LONG = 3_000  # values; sentences of that number last some four hours
_EACH = 250  # values in a parcel
_FEW = 64  # values of a table in a parcel, of which often only one is asked for
_KEPT = 7  # parcels of a table that stay unpacked, beside the last: several threads each go their way through it
_LEVEL = 1  # of zlib: what is packed is looked at only a few times

_Value = TypeVar("_Value")
_Key = TypeVar("_Key")


def row(values: Iterable[_Value], *, least: int = LONG) -> Sequence[_Value]:
    """Return the values in order: a tuple of up to `least` of them, else packed as they come."""
    coming = iter(values)
    first = tuple(islice(coming, least + 1))
    return first if len(first) <= least else Packed(chain(first, coming))


def growing(length: int) -> "MutableMapping[str, _Value]":
    """Return a table to be filled with about so many values: a dictionary, or one that packs what is put in."""
    return {} if length <= LONG else PackedTable(each=1)


def table(pairs: Iterable[tuple[_Key, _Value]], *, least: int = LONG) -> Mapping[_Key, _Value]:
    """Return values by key, in order: a dictionary of up to `least` of them, else one of packed values."""
    coming = iter(pairs)
    first = dict(islice(coming, least + 1))
    if len(first) <= least and not (rest := list(islice(coming, 1))):
        return first
    packed = PackedTable[_Key, _Value]()
    for key, value in chain(first.items(), rest if len(first) <= least else (), coming):
        packed[key] = value
    return packed


class Packed(Sequence[_Value]):
    """Values in parcels, made anew for whoever looks at them; equal to any sequence of the same values."""

    __slots__ = ("_length", "_parcels")

    def __init__(self, values: Iterable[_Value]) -> None:
        """Pack `values`, of which no more than a parcel is held at once."""
        self._parcels: list[bytes] = []
        self._length = 0
        coming = iter(values)
        while parcel := list(islice(coming, _EACH)):
            self._parcels.append(_packed(parcel))
            self._length += len(parcel)

    def __len__(self) -> int:
        """Return how many values there are."""
        return self._length

    def __iter__(self) -> Iterator[_Value]:
        """Yield the values in order; no more than a parcel of them is in memory."""
        for parcel in self._parcels:
            yield from _unpacked(parcel)

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Value]: ...
    def __getitem__(self, index: int | slice) -> _Value | Sequence[_Value]:
        """Return a value, or some of them."""
        if isinstance(index, slice):
            wanted = range(self._length)[index]
            return tuple(self[number] for number in wanted) if wanted.step != 1 else self._between(wanted)
        number = range(self._length)[index]
        found: _Value = _unpacked(self._parcels[number // _EACH])[number % _EACH]
        return found

    def _between(self, wanted: range) -> Sequence[_Value]:
        if not wanted:
            return ()
        first = wanted.start // _EACH
        held = chain.from_iterable(map(_unpacked, self._parcels[first : -(-wanted.stop // _EACH)]))
        return tuple(islice(held, wanted.start - first * _EACH, wanted.stop - first * _EACH))

    def __reversed__(self) -> Iterator[_Value]:
        """Yield the values from the last to the first."""
        for parcel in reversed(self._parcels):
            yield from reversed(_unpacked(parcel))

    def __eq__(self, other: object) -> bool:
        """Tell whether the values are the same."""
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(one == another for one, another in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """Return what a tuple of the same values returns."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Tell how many there are."""
        return f"<{self._length} values, packed>"


class Gathered(Sequence[_Value]):
    """Values as they come: the first `LONG` may still be changed, those behind them are packed."""

    __slots__ = ("_first", "_last", "_parcels")

    def __init__(self) -> None:
        """Begin with nothing."""
        self._first: list[_Value] = []
        self._parcels: list[bytes] = []
        self._last: list[_Value] = []

    def append(self, value: _Value) -> None:
        """Take one more."""
        if len(self._first) < LONG:
            self._first.append(value)
            return
        self._last.append(value)
        if len(self._last) == _EACH:
            self._parcels.append(_packed(self._last))
            self._last = []

    def done(self) -> Sequence[_Value]:
        """Return them as `row` does."""
        return row(self)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._first) + _EACH * len(self._parcels) + len(self._last)

    def __iter__(self) -> Iterator[_Value]:
        """Yield the values in order."""
        return chain(self._first, chain.from_iterable(map(_unpacked, self._parcels)), self._last)

    @overload
    def __getitem__(self, index: int) -> _Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Value]: ...
    def __getitem__(self, index: int | slice) -> _Value | Sequence[_Value]:
        """Return one of the first; raises `IndexError` for those that are packed."""
        return self._first[index]

    def __setitem__(self, index: int, value: _Value) -> None:
        """Put another in the place of one of the first."""
        self._first[index] = value


class PackedTable(MutableMapping[_Key, _Value]):
    """Values by key; what is put in once more takes the other's place.

    Those that came one after another are in a parcel, so they are best asked for in about that order. Of what is asked for in
    any order, `each` is a parcel of its own.
    """

    __slots__ = ("_changed", "_each", "_last", "_numbers", "_open", "_parcels")

    def __init__(self, *, each: int = _FEW) -> None:
        """Begin with nothing; `each` parcel has so many values."""
        self._each = each
        self._numbers: dict[_Key, int] = {}
        self._parcels: list[bytes] = []
        self._open: list[_Value] = []
        self._changed: dict[_Key, bytes] = {}
        self._last: dict[int, list[_Value]] = {}

    def __setitem__(self, key: _Key, value: _Value) -> None:
        """Pack `value` under `key`; one thread at a time may do so."""
        if key in self._numbers:
            self._changed[key] = _packed(value)
            return
        self._open.append(value)
        self._numbers[key] = len(self._numbers)
        if len(self._open) == self._each:
            self._parcels.append(_packed(self._open))
            self._open = []

    def __getitem__(self, key: _Key) -> _Value:
        """Return the value under `key`. Raises `KeyError`."""
        if self._changed and key in self._changed:
            found: _Value = _unpacked(self._changed[key])
            return found
        parcel, number = divmod(self._numbers[key], self._each)
        if parcel == len(self._parcels):
            return self._open[number]
        last = self._last
        values = last.get(parcel)
        if values is None:  # several threads may come by here: each has its own dictionary to put it in
            values = _unpacked(self._parcels[parcel])
            kept = list(last.items())[-_KEPT:]
            self._last = dict([*kept, (parcel, values)])
        return values[number]

    def __delitem__(self, key: _Key) -> None:
        """Refuse: nothing that is packed is taken out."""
        raise TypeError(f"{key!r} is packed and stays")

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a value; it is not unpacked."""
        return key in self._numbers

    def __iter__(self) -> Iterator[_Key]:
        """Yield the keys in the order in which they came."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)


class Through(Mapping[_Key, _Value]):
    """The values of one table by the keys of another, which lead to their own; what leads nowhere is not there."""

    __slots__ = ("_leading", "_values")

    def __init__(self, leading: Mapping[_Key, str], values: Mapping[str, _Value]) -> None:
        """Go by what `leading` says to `values`."""
        self._leading, self._values = leading, values

    def __getitem__(self, key: _Key) -> _Value:
        """Return what `key` leads to. Raises `KeyError`."""
        return self._values[self._leading[key]]

    def __contains__(self, key: object) -> bool:
        """Tell whether it leads to anything."""
        return key in self._leading and self._leading[key] in self._values  # type: ignore[index]

    def __iter__(self) -> Iterator[_Key]:
        """Yield the keys that lead to anything, in order."""
        return (key for key, there in self._leading.items() if there in self._values)

    def __len__(self) -> int:
        """Return how many lead to anything."""
        return sum(there in self._values for there in self._leading.values())


class Again(Generic[_Value]):
    """What is made anew each time that somebody goes over it."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], Iterable[_Value]]) -> None:
        """Go over what `make` returns."""
        self._make = make

    def __iter__(self) -> Iterator[_Value]:
        """Yield it once more."""
        return iter(self._make())


def _packed(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL), _LEVEL)


def _unpacked(data: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 (whatever was packed)
    return pickle.loads(zlib.decompress(data))  # noqa: S301 (packed by this process, which alone has it)
