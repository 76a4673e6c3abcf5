"""The finished MP3 as writers see it: how long, which sum, and its bytes as a stream."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sound:
    """An MP3 with its tag: `size` bytes with the CRC-32 `crc`, which `chunks` yields, as often as it is called."""

    size: int
    crc: int
    chunks: Callable[[], Iterable[bytes]]
