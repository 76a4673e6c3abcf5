"""The finished MP3 as writers see it: how long, which sum, and its bytes as a stream."""

from collections.abc import Callable, Iterable

from msgspec import Struct


class Sound(Struct, frozen=True):
    """An MP3 with its tag: `size` bytes with the CRC-32 `crc`, which `chunks` yields, as often as it is called."""

    size: int
    crc: int
    chunks: Callable[[], Iterable[bytes]]
