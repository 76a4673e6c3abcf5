"""Tells whether a clip can be what it should be: a service that fails in silence is caught here."""

import numpy as np

from earmark.audio.clip import Clip

_SILENT = 64  # peak of int16, 54 dB below full scale
_FULL = 32_767
_CLIPPED = 0.01  # a loud voice touches full scale now and then; one sample in a hundred is broken
_SHORTEST_S = 0.015  # a letter, of the fastest speech that can be followed
_LONGEST_S = 0.4  # a letter, spelt out
_LONGEST_SIGN_S = 1.5  # a digit or a sign: "7" is a word, and so is an emoji
_SPARE_S = 3.0  # a breath, a pause, a slow start
_SOME_LETTERS = 4  # fewer may take any short time


def implausible(clip: Clip, said: str, *, rate: float = 1.0) -> str | None:
    """Return why `clip` can't be `said` spoken at `rate` times the voice's speed, None if it can.

    The clip is as the engine gave it, not trimmed. Text without letters or digits may be silent.
    """
    letters = sum(character.isalpha() for character in said)
    signs = sum(not character.isalpha() and not character.isspace() for character in said)
    sayable = any(character.isalnum() for character in said)
    seconds = len(clip.samples) / clip.sample_rate
    if not sayable:
        return _too_long(seconds, letters, signs, rate)
    if not len(clip.samples):
        return "it is empty"
    high, low = int(clip.samples.max()), int(clip.samples.min())
    if max(high, -low) < _SILENT:
        return "it is silent"
    full = np.count_nonzero(clip.samples >= _FULL) + np.count_nonzero(clip.samples <= -_FULL)
    if full > _CLIPPED * len(clip.samples):
        return "it is distorted: too many samples at full scale"
    if letters >= _SOME_LETTERS and seconds < _SHORTEST_S * letters / max(rate, 1.0):
        return f"{seconds:.2f} s are too short for {letters} letters"
    return _too_long(seconds, letters, signs, rate)


def _too_long(seconds: float, letters: int, signs: int, rate: float) -> str | None:
    if seconds > (_SPARE_S + _LONGEST_S * letters + _LONGEST_SIGN_S * signs) / min(rate, 1.0):
        return f"{seconds:.1f} s are too long for {letters + signs} characters"
    return None
