"""What a service answers, as samples: whatever it says that it is, only what sounds is taken."""

import io

import numpy as np
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from earmark.engines import parts, wav
from earmark.engines.openai.service import NAME, nonsense

_MPEG = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")  # how an MP3 without tags begins


def decode(content: bytes, text: str, *, pcm_rate: int = 0, speed: float = 1.0) -> tuple[NDArray[np.float32], int]:
    """Return the samples of an answer and their rate; `pcm_rate` is that of bare samples, 0 where none were asked for.

    Servers often answer in another format than they were asked for, so it goes by what is there. Raises
    `RetryLater` if it is no audio, `SynthesisError` if it is far longer than `text` can take.
    """
    try:
        if wav.is_wav(content):
            return wav.decode(content)
        if content[:4] == b"fLaC" or content[:3] == b"ID3" or content[:2] in _MPEG:
            return _by_codec(content, text, speed)
        if pcm_rate and content.lstrip()[:1] not in {b"<", b"{"}:
            return wav.from_pcm(content, pcm_rate)
    except wav.NotAudio as error:
        raise nonsense(f"what can't be used: {error}") from error
    raise nonsense("what is no audio that is known")


def _by_codec(content: bytes, text: str, speed: float) -> tuple[NDArray[np.float32], int]:
    try:
        with AudioFile(io.BytesIO(content)) as file:
            rate = int(file.samplerate)
            seconds = file.frames / rate
            if seconds > parts.longest(text, speed=speed):  # a few bytes may claim to be hours
                raise parts.implausible(seconds, text, engine=NAME)
            if not wav.LEAST_RATE <= rate <= wav.MOST_RATE:
                raise wav.NotAudio(f"its sample rate is {rate:,} Hz")
            return np.asarray(file.read(file.frames).mean(axis=0), dtype=np.float32), rate
    except (ValueError, RuntimeError, OSError, ZeroDivisionError) as error:
        if isinstance(error, wav.NotAudio):
            raise
        raise wav.NotAudio("it can't be decoded") from error
