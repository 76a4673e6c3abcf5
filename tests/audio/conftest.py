"""A made-up voice: syllables of a buzzing tone, with breath between them."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

Voice = Callable[..., NDArray[np.int16]]


def speak(seconds: float, sample_rate: int = 22_050, *, seed: int = 0, level: float = 0.4) -> NDArray[np.int16]:
    rng = np.random.default_rng(seed)
    count = round(seconds * sample_rate)
    at = np.arange(count) / sample_rate
    pitch = 110 * (1 + 0.15 * np.sin(2 * np.pi * (0.7 + 0.1 * rng.random()) * at + rng.random()))
    phase = 2 * np.pi * np.cumsum(pitch) / sample_rate
    buzz = sum((np.cos(k * phase + k) / k for k in range(1, 25)), start=np.zeros(count))
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * at + rng.random()) + 0.6, 0, 1) * (0.5 + 0.5 * rng.random())
    edges = np.minimum(1, np.minimum(at, at[::-1]) / 0.02)
    sound = (buzz / 4 * syllables + rng.standard_normal(count) * 0.02) * edges
    return np.asarray(np.clip(np.rint(sound * level * 32767), -32767, 32767), np.int16)


@pytest.fixture
def voice() -> Voice:
    return speak
