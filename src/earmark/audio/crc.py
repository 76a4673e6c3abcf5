"""The CRC-16 of LAME's header, fast enough for hours of audio, and combinable: a block's need not be made again.

Neither zlib nor binascii has this polynomial. A long run of bytes is dealt to many lanes, which numpy
walks side by side; the lanes' remainders are then joined, since a CRC is linear.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL = 0xA001  # 0x8005 with its bits reversed
_LANES = 1024


def _table() -> NDArray[np.uint16]:
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint16(_POLYNOMIAL), table >> 1)
    return table


_TABLE = _table()


def crc16(data: bytes) -> int:
    """Return the CRC-16 of `data`, starting from 0."""
    lanes = np.frombuffer(data, np.uint8)
    width = len(lanes) // _LANES
    crc = 0
    if width:
        lanes = lanes[: width * _LANES].reshape(_LANES, width)
        remainders = np.zeros(_LANES, np.uint16)
        for column in np.ascontiguousarray(lanes.T):
            remainders = (remainders >> 8) ^ _TABLE[(remainders ^ column) & 0xFF]
        length = width
        while len(remainders) > 1:
            remainders = _shift(remainders[0::2], length) ^ remainders[1::2]
            length *= 2
        crc = int(remainders[0])
    for byte in data[width * _LANES :]:
        crc = (crc >> 8) ^ int(_TABLE[(crc ^ byte) & 0xFF])
    return crc


def join(first: int, second: int, length: int) -> int:
    """Return the CRC of two runs of bytes put together, the second `length` bytes long."""
    for power in range(length.bit_length()):
        if length >> power & 1:
            first = _apply(_doubling(power), first)
    return first ^ second


def _shift(crcs: NDArray[np.uint16], zeros: int) -> NDArray[np.uint16]:
    """Return each CRC as it would be after `zeros` more bytes of zero."""
    shifted = np.zeros_like(crcs)
    for bit, image in enumerate(_images(zeros)):
        shifted ^= np.where(crcs >> bit & 1, np.uint16(image), np.uint16(0))
    return shifted


@cache
def _doubling(power: int) -> tuple[int, ...]:
    """Return what each of the 16 bits becomes after 2**power bytes of zero."""
    if power == 0:
        return tuple((bit >> 8) ^ int(_TABLE[bit & 0xFF]) for bit in (1 << n for n in range(16)))
    half = _doubling(power - 1)
    return tuple(_apply(half, image) for image in half)


def _images(zeros: int) -> tuple[int, ...]:
    images = tuple(1 << n for n in range(16))
    for power in range(zeros.bit_length()):
        if zeros >> power & 1:
            images = tuple(_apply(_doubling(power), image) for image in images)
    return images


def _apply(images: tuple[int, ...], value: int) -> int:
    result = 0
    for bit, image in enumerate(images):
        if value >> bit & 1:
            result ^= image
    return result
