"""WAV as programs and services really write it: also without a length, because it was still being spoken."""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

LEAST_RATE, MOST_RATE = 8_000, 48_000  # Hz: what an MP3 can have

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_MOST_CHANNELS = 8
# What stands for a length that was not known when the header was written: espeak-ng, ffmpeg and OpenAI each
# have their own, and all are far beyond what a clip has.
_UNKNOWN = 0x7F00_0000


class NotAudio(ValueError):
    """What should be audio is not, or not all of it; the message says in what."""


def is_wav(content: bytes) -> bool:
    """Tell whether it begins as a WAV does."""
    return content[:4] in {b"RIFF", b"RF64"} and content[8:12] == b"WAVE"


def decode(content: bytes) -> tuple[NDArray[np.float32], int]:
    """Return the samples of a WAV, mono and within ±1, and their rate in Hz. Raises `NotAudio`."""
    if not is_wav(content):
        raise NotAudio("it is no WAV")
    layout: tuple[int, int, int, int] | None = None
    for name, start, length in _chunks(content):
        if name == b"fmt ":
            layout = _layout(content[start : start + length])
        if name == b"data":
            if layout is None:
                raise NotAudio("its header does not say what its samples are")
            kind, channels, rate, bits = layout
            return _mono(_numbers(content[start : start + length], kind, bits), channels), rate
    raise NotAudio("there are no samples in it")


def from_pcm(content: bytes, rate: int) -> tuple[NDArray[np.float32], int]:
    """Return the samples of bare signed 16-bit numbers, the low byte first. Raises `NotAudio`."""
    if len(content) % 2:
        raise NotAudio("it ends within a sample")
    return _numbers(content, _PCM, 16), rate


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield each chunk's name, where it starts and its length. Raises `NotAudio` for one that is cut off."""
    at = 12
    while at + 8 <= len(content):
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        start = at + 8
        left = len(content) - start
        if name == b"data" and length >= _UNKNOWN:
            length = left
        if length > left:
            raise NotAudio(f"it is cut off: {left:,} of {length:,} bytes")
        yield name, start, length
        at = start + length + length % 2


def _layout(header: bytes) -> tuple[int, int, int, int]:
    """Return the kind of its numbers, how many channels, the rate, and the bits of a number."""
    if len(header) < 16:  # noqa: PLR2004 (bytes of the shortest that there is)
        raise NotAudio("its header is cut off")
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", header)
    if kind == _EXTENSIBLE and len(header) >= 26:  # noqa: PLR2004 (where the kind stands then)
        kind = int.from_bytes(header[24:26], "little")
    if (kind, bits) not in {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}:
        raise NotAudio(f"its samples are of a kind that is not read ({kind}, {bits} bits)")
    if not 1 <= channels <= _MOST_CHANNELS:
        raise NotAudio(f"it has {channels} channels")
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise NotAudio(f"its sample rate is {rate:,} Hz, and {LEAST_RATE:,} to {MOST_RATE:,} can be used")
    return kind, channels, rate, bits


def _numbers(data: bytes, kind: int, bits: int) -> NDArray[np.float32]:
    """Return whole numbers of `bits` each, or fractions, as fractions of full scale."""
    width = bits // 8
    data = data[: len(data) // width * width]
    if kind == _FLOAT:
        found = np.frombuffer(data, dtype=f"<f{width}").astype(np.float32)
        if not np.isfinite(found).all():
            raise NotAudio("its samples are no numbers")
        return found
    if bits == 8:  # noqa: PLR2004 (the only ones without a sign)
        return np.asarray((np.frombuffer(data, dtype=np.uint8).astype(np.float32) - 128) / 128, dtype=np.float32)
    if bits == 24:  # noqa: PLR2004 (numpy has none of that width: they are made 32 bits wide)
        wide = np.zeros((len(data) // 3, 4), dtype=np.uint8)
        wide[:, 1:] = np.frombuffer(data, dtype=np.uint8).reshape(-1, 3)
        return np.asarray(wide.view("<i4")[:, 0] / 2**31, dtype=np.float32)
    return np.asarray(np.frombuffer(data, dtype=f"<i{width}") / 2 ** (bits - 1), dtype=np.float32)


def _mono(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    if channels == 1:
        return samples
    whole = len(samples) // channels * channels
    return np.asarray(samples[:whole].reshape(-1, channels).mean(axis=1), dtype=np.float32)
