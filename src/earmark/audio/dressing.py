"""Produced sounds: intro, outro and sting from files, and the tone that stands for a masked word."""

import io
import warnings
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pedalboard.io import AudioFile, StreamResampler

from earmark.audio.loudness import integrated, levels
from earmark.audio.recording import bounded
from earmark.audio.render import Produced
from earmark.errors import EarmarkError
from earmark.options import AudioOptions

with warnings.catch_warnings():
    # pydub looks for ffmpeg when it is imported. It is handed samples here and never needs it; and
    # what it warns of besides are its own escapes and the standard library's audioop.
    warnings.filterwarnings("ignore", message="Couldn't find ff", category=RuntimeWarning)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=SyntaxWarning)
    from pydub import AudioSegment

Role = Literal["intro", "outro", "sting"]

_MOST_BYTES = 100_000_000
_MOST_SECONDS = 600
_MOST_CHANNELS, _MOST_HZ = 8, 192_000
_PEAK_DB = -1.0  # a level that would clip is lowered instead
_BLEEP_HZ, _BLEEP_S, _BLEEP_DB, _BLEEP_FADE_MS = 1000, 0.35, -24.0, 12
_CLICK_MS = 5  # a sting cut off in its file must not click


def dress(data: bytes, role: Role, *, name: str, sample_rate: int, options: AudioOptions) -> Produced:
    """Return the sound file `data` at the edition's rate and level, faded as `role` needs.

    WAV, AIFF, FLAC, Ogg and MP3 are read; `name` is the file as the user knows it. Its loudness becomes
    the edition's plus `dressing_level`. The end of an intro that runs under speech is faded over the
    cross-fade, and so is such an outro's start. Raises `EarmarkError` for what can't be decoded or is too long.
    """
    samples = _resampled(*_decoded(data, name), sample_rate)
    loudness = integrated([levels(samples, sample_rate, tail=True).energy])
    if not np.isfinite(loudness):
        raise EarmarkError(f"{name}: the sound is silent", hint="Choose another file, or leave the setting empty.")
    segment = _segment(samples, sample_rate)
    gain = min(options.loudness + options.dressing_level - loudness, _PEAK_DB - segment.max_dBFS)
    return _produced(_faded(segment.apply_gain(gain), role, options), sample_rate)


def bleep(sample_rate: int) -> Produced:
    """Return the tone for a masked word: short, and softer than the speech around it."""
    at = np.arange(round(_BLEEP_S * sample_rate)) / sample_rate
    tone = np.sin(2 * np.pi * _BLEEP_HZ * at).astype(np.float32) * np.float32(10 ** (_BLEEP_DB / 20) * 2**0.5)
    segment = _segment(tone, sample_rate).fade_in(_BLEEP_FADE_MS).fade_out(_BLEEP_FADE_MS)
    return _produced(segment, sample_rate)


def _decoded(data: bytes, name: str) -> tuple[NDArray[np.float32], int]:
    """Return mono samples and their rate."""
    if len(data) > _MOST_BYTES:
        raise EarmarkError(f"{name}: the sound file is over {_MOST_BYTES // 1_000_000} MB")
    try:
        with AudioFile(io.BytesIO(data)) as file:
            rate = round(file.samplerate)
            if not 0 < file.num_channels <= _MOST_CHANNELS or not 0 < rate <= _MOST_HZ:
                raise EarmarkError(f"{name}: the sound can't be used: {file.num_channels} channels at {rate} Hz")
            if not 0 < file.frames <= _MOST_SECONDS * rate:
                limit = f"it must last more than nothing and at most {_MOST_SECONDS // 60} minutes"
                raise EarmarkError(f"{name}: the sound can't be used: {limit}")
            return bounded(file.read(file.frames)).mean(axis=0, dtype=np.float32), rate
    except (ValueError, RuntimeError, OSError) as error:
        raise EarmarkError(
            f"{name}: the sound can't be decoded", hint="Use WAV, AIFF, FLAC, Ogg Vorbis or MP3."
        ) from error


def _resampled(samples: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    if rate == wanted:
        return samples
    resampler = StreamResampler(rate, wanted, 1)
    parts = (resampler.process(samples[None, :]), resampler.process(None))
    return np.concatenate([part[0] for part in parts])


def _segment(samples: NDArray[np.float32], sample_rate: int) -> AudioSegment:
    whole = np.clip(np.rint(samples * np.float32(32767)), -32768, 32767).astype("<i2")
    return AudioSegment(data=whole.tobytes(), sample_width=2, frame_rate=sample_rate, channels=1)


def _faded(segment: AudioSegment, role: Role, options: AudioOptions) -> AudioSegment:
    before = {"intro": options.fade, "outro": max(options.fade, options.crossfade), "sting": 0}[role]
    after = {"intro": max(options.fade, options.crossfade), "outro": options.fade, "sting": 0}[role]
    length = len(segment)
    before, after = (min(max(fade, _CLICK_MS), length) for fade in (before, after))
    return segment.fade_in(before).fade_out(after)


def _produced(segment: AudioSegment, sample_rate: int) -> Produced:
    raw = segment.raw_data
    samples = np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)
    key = sha256(f"{sample_rate}\0".encode() + raw).hexdigest()
    return Produced(samples, key, levels(samples, sample_rate, tail=True))
