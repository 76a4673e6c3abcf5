"""Encodes blocks to MP3 frames and joins them into one stream that decodes as if encoded whole.

Each block ends in silence on the frame grid and keeps exactly its own frames: the encoder's tail
frames would repeat that silence. The next block's frames then follow without a gap.
"""

import io
import struct
from collections.abc import Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.audio.crc import crc16, join
from earmark.errors import EarmarkError

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}  # by version
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_WRITABLE = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160)  # MPEG-1 has no 144, and the writer takes none for MPEG-2
_WRITABLE_25 = (32, 40, 48, 56, 64)
_MPEG_1 = 3
_ENCODER_DELAY, _DECODER_DELAY = 576, 529  # samples
_TAG_AT = {True: 4 + 17, False: 4 + 9}  # after the frame's head and a mono side information
_MOST_PADDING = 4095  # twelve bits
_STEREO_SUM_AT = 190  # where the tag's sum lies in a frame of MPEG-1 in stereo


def frame_samples(sample_rate: int) -> int:
    """Return how many samples an MP3 frame holds. Raises `EarmarkError` for a rate that MP3 hasn't."""
    if sample_rate in _RATES[_MPEG_1]:
        return 1152
    if sample_rate in _RATES[2] or sample_rate in _RATES[0]:
        return 576
    raise EarmarkError(
        f"MP3 has no sample rate of {sample_rate} Hz", hint=f"Resample to {edition_rate(sample_rate)} Hz first."
    )


def edition_rate(sample_rate: int) -> int:
    """Return the lowest rate that MP3 has and that loses nothing of `sample_rate`, at most 48,000."""
    rates = sorted(rate for rates in _RATES.values() for rate in rates)
    return next((rate for rate in rates if rate >= sample_rate), rates[-1])


def bitrate_for(sample_rate: int, bitrate: int) -> int:
    """Return the bit rate in kbit/s nearest to `bitrate` that can be had at `sample_rate`, of two the higher."""
    choices = _WRITABLE_25 if sample_rate in _RATES[0] else _WRITABLE
    return min(choices, key=lambda choice: (abs(choice - bitrate), -choice))


_MOST_BYTES = (1 << 32) - 1  # that an Info frame can tell


def encode(samples: NDArray[np.float32], sample_rate: int, bitrate: int) -> bytes:
    """Return a constant bit rate MP3 of mono `samples`, as the encoder makes it: an Info frame first."""
    file = io.BytesIO()
    with AudioFile(file, "w", sample_rate, 1, quality=bitrate_for(sample_rate, bitrate), format="mp3") as out:
        out.write(samples)
    return file.getvalue()


def encode_block(samples: NDArray[np.float32], sample_rate: int, bitrate: int, *, last: bool) -> bytes:
    """Return the frames of one block, without an Info frame.

    Unless `last`, the length of `samples` is a multiple of the frame's and exactly its frames are kept.
    """
    data = encode(samples, sample_rate, bitrate)
    starts = frame_starts(data)
    if last:
        return data[starts[1] :]
    count, rest = divmod(len(samples), frame_samples(sample_rate))
    if rest:
        raise ValueError(f"{len(samples)} samples are not whole MP3 frames")
    return data[starts[1] : starts[1 + count]]


def silence(sample_rate: int, bitrate: int) -> bytes:
    """Return the frames that must follow a block that ends a stream: a decoder gives out its last samples late."""
    frame = frame_samples(sample_rate)
    count = -(-(_ENCODER_DELAY + _DECODER_DELAY) // frame)
    return encode_block(np.zeros(count * frame, np.float32), sample_rate, bitrate, last=False)


def decode(data: bytes) -> NDArray[np.float32]:
    """Return the mono samples of MP3 frames, with the encoder's delay: for measuring, not for lengths."""
    with AudioFile(io.BytesIO(data)) as file:
        samples: NDArray[np.float32] = file.read(file.frames)[0]
    return samples


def frame_starts(data: bytes) -> list[int]:
    """Return the offset of each frame, and the end. Raises `ValueError` if `data` isn't frames throughout."""
    starts = [0]
    while starts[-1] < len(data):
        starts.append(starts[-1] + _frame_bytes(data, starts[-1]))
    if starts[-1] != len(data):
        raise ValueError("the last MP3 frame is cut short")
    return starts


def _frame_bytes(data: bytes, at: int) -> int:
    head = int.from_bytes(data[at : at + 4], "big")
    version, kbits, rate = head >> 19 & 3, head >> 12 & 15, head >> 10 & 3
    table = _KBITS_1 if version == _MPEG_1 else _KBITS_2
    if head >> 21 != 0x7FF or version == 1 or not 0 < kbits < len(table) or rate not in (0, 1, 2):  # noqa: PLR2004 (eleven set bits)
        raise ValueError(f"no MP3 frame at byte {at}")
    return (144 if version == _MPEG_1 else 72) * table[kbits] * 1000 // _RATES[version][rate] + (head >> 9 & 1)


class Frames(Struct, frozen=True):
    """What the joined stream's header must know of a block's frames. `size` is in bytes, `crc` their CRC-16."""

    count: int
    size: int
    crc: int

    @classmethod
    def of(cls, data: bytes) -> "Frames":
        """Count and sum `data`."""
        return cls(len(frame_starts(data)) - 1, len(data), crc16(data))


def header(blocks: Iterable[Frames], *, duration: int, sample_rate: int, bitrate: int) -> bytes:
    """Return the Info frame for `blocks` played one after another and lasting `duration` samples.

    It tells players the exact length, where to seek, and what the encoder put before and after.
    """
    count = size = crc = 0
    for block in blocks:
        count, size, crc = count + block.count, size + block.size, join(crc, block.crc, block.size)
    template = encode(np.zeros(0, np.float32), sample_rate, bitrate)
    frame = bytearray(template[: _frame_bytes(template, 0)])
    tag = _TAG_AT[sample_rate in _RATES[_MPEG_1]]
    padding = count * frame_samples(sample_rate) - _ENCODER_DELAY - duration
    if frame[tag : tag + 4] != b"Info" or not 0 <= padding <= _MOST_PADDING:
        raise ValueError(f"{count} frames can't last {duration} samples")
    total = size + len(frame)
    toc = bytes(min(255, 256 * (len(frame) + size * percent // 100) // total) for percent in range(100))
    told = min(total, _MOST_BYTES)  # of a longer file, players go by the frames and the file's own size
    struct.pack_into(">II", frame, tag + 8, count, told)
    frame[tag + 16 : tag + 116] = toc
    lame = tag + 120
    frame[lame + 21 : lame + 24] = (_ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    struct.pack_into(">IH", frame, lame + 28, told, crc)
    for at in (lame + 34, _STEREO_SUM_AT):  # eyeD3 warns where the second is missing; to all others it is padding
        struct.pack_into(">H", frame, at, crc16(bytes(frame[:at])))
    return bytes(frame)
