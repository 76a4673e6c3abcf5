"""A person's recording as samples: decoded, mono, at the edition's rate, without the silence at its ends."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from pedalboard.io import AudioFile, ReadableAudioFile, StreamResampler

from earmark.audio.activity import pauses
from earmark.audio.clip import Clip
from earmark.errors import EarmarkError

VERSION = "recording-1"  # changes when the same file gives other samples
MOST_SECONDS = 7_200
_MOST_CHANNELS = 8
_RATES = range(8_000, 192_001)
_CHUNK = 500_000  # frames that are decoded at once
_BEFORE_S, _AFTER_S = 0.04, 0.08  # what is kept around the voice: a breath, a room
_FADE_S = 0.012
_LOUDEST = 8.0  # of full scale; what is louder is no recording
_SILENT = 64  # peak of int16
_NOTHING_S = 1.0  # of exact zeros at the end: what is missing of a file is decoded as that
_HEAD = 8  # bytes before those that a WAV or AIFF file counts
_UNKNOWN = 0x7FFF_F000  # and the number from which programs that write into a pipe have made it up
_HINT = "Use WAV, AIFF, FLAC, Ogg Vorbis or MP3."


def decoded(file: BinaryIO, sample_rate: int | None, *, most_seconds: float = MOST_SECONDS) -> Clip:
    """Return the recording in `file`, mono and trimmed, at `sample_rate`, or at its own if that is None.

    Raises `EarmarkError` for what can't be decoded, was cut short, is silent, or is longer than `most_seconds`.
    """
    try:
        with AudioFile(file) as source:
            own = round(source.samplerate)
            if own not in _RATES or not 0 < source.num_channels <= _MOST_CHANNELS:
                raise EarmarkError(f"it has {source.num_channels} channels at {own} Hz", hint=_HINT)
            samples = _whole(_mono(source, round(min(most_seconds, MOST_SECONDS) * own)), own, sample_rate or own)
    except (ValueError, RuntimeError, OSError) as error:
        raise EarmarkError("it can't be decoded", hint=_HINT) from error
    rate = sample_rate or own
    _refuse_cut_short(file, samples, rate)
    if not len(samples) or max(int(samples.max()), -int(samples.min())) < _SILENT:
        raise EarmarkError("it is silent", hint="Record it again, or take it out.")
    return Clip(_trimmed(samples, rate), rate)


def _refuse_cut_short(file: BinaryIO, samples: NDArray[np.int16], rate: int) -> None:
    """Raise `EarmarkError` where the decoder had to make up an end: it gives silence for what a file should hold and does not."""
    told = _length_told(file)
    there = file.seek(0, 2)
    heard = int(np.flatnonzero(samples)[-1]) + 1 if samples.any() else len(samples)
    missing = (len(samples) - heard) / rate
    if told > there or missing > _NOTHING_S:
        ending = f"its last {missing:.0f} s hold nothing" if missing > _NOTHING_S else "it is shorter than it says"
        raise EarmarkError(
            f"{ending}, as when a file was cut short", hint="Copy it again, or cut off what is empty at its end."
        )


def _length_told(file: BinaryIO) -> int:
    """Return the bytes that a WAV or AIFF file says it has, 0 where it does not know or is of another kind."""
    file.seek(0)
    head = file.read(_HEAD)
    if head[:4] not in {b"RIFF", b"FORM"}:
        return 0
    length = int.from_bytes(head[4:], "little" if head[:4] == b"RIFF" else "big")
    return 0 if length >= _UNKNOWN else length + _HEAD


def rate_of(file: BinaryIO) -> int:
    """Return the sample rate of the recording in `file`. Raises `EarmarkError`."""
    try:
        with AudioFile(file) as source:
            return round(source.samplerate)
    except (ValueError, RuntimeError, OSError) as error:
        raise EarmarkError("it can't be decoded", hint=_HINT) from error


def _mono(source: ReadableAudioFile, most: int) -> Iterator[NDArray[np.float32]]:
    """Yield the file a piece at a time, `most` frames in all; what its header says of its length is not relied upon."""
    left = most
    while (part := source.read(_CHUNK)).shape[1]:
        left -= part.shape[1]
        if left < 0:
            minutes = f"{most / source.samplerate / 60:,.0f}"
            raise EarmarkError(f"it is longer than {minutes} minutes", hint="Name one of these words alone.")
        yield bounded(part).mean(axis=0, dtype=np.float32)


def bounded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what a file of floating-point numbers holds as a sound can be: some hold what is no number at all."""
    return np.clip(np.nan_to_num(samples, copy=False), -_LOUDEST, _LOUDEST)


def _whole(parts: Iterator[NDArray[np.float32]], rate: int, wanted: int) -> NDArray[np.int16]:
    """Return the parts as one at the `wanted` rate; they are joined as they come, so that none is held twice."""
    made = bytearray()
    resampler = None if rate == wanted else StreamResampler(rate, wanted, 1)
    for part in parts:
        made += _whole_numbers(part if resampler is None else resampler.process(part[None, :])[0]).tobytes()
    if resampler is not None:
        made += _whole_numbers(resampler.process(None)[0]).tobytes()
    return np.frombuffer(made, np.int16)


def _whole_numbers(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    made: NDArray[np.int16] = np.clip(np.rint(samples * np.float32(32768)), -32768, 32767).astype(np.int16)
    return made


def _trimmed(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    quiet = pauses(samples, rate)
    start, end = 0, len(samples)
    if quiet and quiet[0][0] == 0 and quiet[0][1] < end:
        start = max(0, quiet[0][1] - round(_BEFORE_S * rate))
    if quiet and quiet[-1][1] == end and quiet[-1][0] > start:
        end = min(end, quiet[-1][0] + round(_AFTER_S * rate))
    return samples[start:end]


def faded(samples: NDArray[np.int16], rate: int, *, into: bool, out: bool) -> NDArray[np.int16]:
    """Return `samples` faded `into` and `out` of silence: a room that is cut off clicks."""
    length = min(round(_FADE_S * rate), len(samples) // 2)
    if not length or not (into or out):
        return samples
    made = samples.astype(np.float32)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    if into:
        made[:length] *= ramp
    if out:
        made[-length:] *= ramp[::-1]
    return np.rint(made).astype(np.int16)
