"""Measures a finished MP3, of earmark's making or another's, piece by piece."""

from typing import BinaryIO

import numpy as np
from msgspec import Struct
from mutagen import MutagenError
from mutagen.mp3 import MP3
from pedalboard.io import AudioFile

from earmark.audio.loudness import Levels, integrated, levels, true_peak
from earmark.edition import Loudness
from earmark.errors import ReadError

_PIECE_SECONDS = 60


class Measured(Struct, frozen=True):
    """What an MP3 is: `duration` in seconds without the encoder's delay and padding, `bitrate` in kbit/s."""

    duration: float
    sample_rate: int
    bitrate: int
    channels: int
    loudness: Loudness


def measure(stream: BinaryIO, *, name: str) -> Measured:
    """Decode and measure the MP3 in `stream`, in flat memory. Raises `ReadError` if it is none."""
    try:
        info = MP3(stream).info  # type: ignore[no-untyped-call]  # mutagen's types end here
        if info is None:
            raise ReadError("it is no MP3", source=name, hint="Name an MP3 file.")
        stream.seek(0)
        with AudioFile(stream) as audio:
            found: list[Levels] = []
            peak = 0.0
            size = int(audio.samplerate) * _PIECE_SECONDS
            while audio.tell() < audio.frames:
                piece = audio.read(size).mean(axis=0)
                if not len(piece):
                    break
                found.append(levels(piece, int(audio.samplerate), tail=False))
                peak = max(peak, true_peak(piece))
            channels = int(audio.num_channels)
    except (MutagenError, ValueError, OSError, EOFError) as error:
        message = "it is no MP3 that can be decoded"
        raise ReadError(message, source=name, hint="Name an MP3 file.") from error
    return Measured(
        duration=info.length,
        sample_rate=info.sample_rate,
        bitrate=round(info.bitrate / 1000),
        channels=channels,
        loudness=Loudness(
            integrated([piece.energy for piece in found]), float(20 * np.log10(peak)) if peak else -np.inf
        ),
    )
