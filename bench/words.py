"""How far the worked-out times of words are from the known ones: of espeak changed, and of flite's four voices.

    .venv/bin/python bench/words.py 1000 50

1,000 sentences by espeak in ten voices, with pitch and rate changed, beside espeak's own times; 50 by each of flite's
voices (Debian's `libflite1`), beside flite's own.
"""

import ctypes
import ctypes.util
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))
from texts import sentence

from earmark import engines
from earmark.audio.clip import Clip
from earmark.audio.follow import follow
from earmark.audio.trim import trim
from earmark.engines.base import Engine, Request
from earmark.narration.script import Text

_VOICES = ("en", "en+f3", "en+m3", "en-us", "en+f2", "en-us+m7", "en-gb-scotland", "en+croak", "en+whisper", "en-us+f4")
_RATES, _PITCHES = (0.7, 0.85, 1.0, 1.15, 1.3, 1.6), (0.6, 0.8, 1.0, 1.25, 1.6)
_FLITE = ("slt", "kal", "rms", "awb")
_SHORT = re.compile(r"\W+")

Miss = tuple[list[float], int]  # seconds that each word is off, and how many words have no time


class _Relation(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p), ("utterance", ctypes.c_void_p),
                ("head", ctypes.c_void_p))  # fmt: skip


class _Wave(ctypes.Structure):
    _fields_ = (("type", ctypes.c_char_p), ("rate", ctypes.c_int), ("count", ctypes.c_int), ("channels", ctypes.c_int),
                ("samples", ctypes.POINTER(ctypes.c_short)))  # fmt: skip


class _Flite:
    """flite's library, asked for its sound and when its words are in it."""

    def __init__(self) -> None:
        self._flite = self._library("libflite.so.1")
        for name in ("libflite_usenglish.so.1", "libflite_cmulex.so.1"):
            self._library(name)
        self._flite.flite_init()
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        kinds: dict[str, tuple[Any, tuple[Any, ...]]] = {
            "flite_synth_text": (pointer, (text, pointer)),
            "utt_relation": (pointer, (pointer, text)),
            "item_next": (pointer, (pointer,)),
            "ffeature_string": (text, (pointer, text)),
            "ffeature_float": (ctypes.c_float, (pointer, text)),
            "utt_wave": (ctypes.POINTER(_Wave), (pointer,)),
        }
        for name, (result, arguments) in kinds.items():
            function = getattr(self._flite, name)
            function.restype, function.argtypes = result, arguments

    def _library(self, name: str) -> Any:  # noqa: ANN401 (a C library)
        return ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)

    def voice(self, name: str) -> Any:  # noqa: ANN401 (a C pointer)
        register = getattr(self._library(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
        register.restype, register.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
        return register(None)

    def speak(self, text: str, voice: Any) -> tuple[Clip, list[tuple[str, float]]]:  # noqa: ANN401 (a C pointer)
        """Return the sound, and each token as written with the second that its first word begins at."""
        said = self._flite.flite_synth_text(text.encode(), voice)
        wave = self._flite.utt_wave(said).contents
        samples = np.ctypeslib.as_array(wave.samples, (wave.count,)).astype(np.int16)
        relation = ctypes.cast(self._flite.utt_relation(said, b"Word"), ctypes.POINTER(_Relation)).contents
        found: list[tuple[str, float]] = []
        item = relation.head
        while item:
            token = self._flite.ffeature_string(item, b"R:Token.parent.name").decode("utf-8", "replace")
            first = self._flite.ffeature_string(item, b"R:Token.p.name") == b"0"
            if first:
                path = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
                found.append((token, self._flite.ffeature_float(item, path)))
            item = self._flite.item_next(item)
        return Clip(samples, wave.rate), found


def _said(engine: Engine, text: str, voice: str, rate: float = 1.0, pitch: float = 1.0) -> Clip:
    return engine.speak(Request(said=(Text(text),), language="en", voice=voice, rate=rate, pitch=pitch))


def by_espeak(engine: Engine, count: int) -> Miss:
    """Return how far words are off in espeak's own voices, changed."""
    random, off, none = Random(6), [], 0  # noqa: S311 (repeatable prose, no secret)
    for number in range(count):
        text = sentence(random)
        clip = trim(_said(engine, text, _VOICES[number % 10], random.choice(_RATES), random.choice(_PITCHES)))
        found = {
            word.text_start: word.start for word in follow(replace(clip, words=None), _said(engine, text, "en")) or ()
        }
        for word in clip.words or ():
            if word.text_start in found:
                off.append((found[word.text_start] - word.start) / clip.sample_rate)
            else:
                none += 1
    return off, none


def _places(text: str) -> Iterator[tuple[str, range]]:
    for match in re.finditer(r"\S+", text):
        if _SHORT.sub("", match[0]):
            yield _SHORT.sub("", match[0]).lower(), range(*match.span())


def by_flite(engine: Engine, flite: _Flite, name: str, count: int) -> Miss:
    """Return how far words are off in a voice of flite, where it has the same words as are written."""
    random, off, none, voice = Random(7), [], 0, flite.voice(name)  # noqa: S311 (repeatable prose, no secret)
    while count:
        text = sentence(random).translate({0x201C: "", 0x201D: "", 0xA3: ""})
        clip, tokens = flite.speak(text, voice)
        places = list(_places(text))
        if [_SHORT.sub("", token).lower() for token, _ in tokens] != [token for token, _ in places]:
            continue
        count -= 1
        words = follow(trim(clip), _said(engine, text, "en-us")) or ()
        lead = _lead(clip)
        for (_, place), (_, start) in zip(places, tokens, strict=True):
            at = min((word.start for word in words if word.text_start in place), default=None)
            if at is None:
                none += 1
            else:
                off.append((at + lead) / clip.sample_rate - start)
    return off, none


def _lead(clip: Clip) -> int:
    """Return how many samples are cut from the beginning."""
    kept = trim(clip).samples
    cut: int = kept.__array_interface__["data"][0] - clip.samples.__array_interface__["data"][0]
    return cut // kept.itemsize


def _told(name: str, missed: Miss) -> str:
    off, none = missed
    apart = np.abs(off)
    shares = "  ".join(
        f"{within} ms {(apart <= within / 1000).sum() / (len(off) + none):6.1%}" for within in (40, 80, 120)
    )
    return f"{name:12} {len(off) + none:6} words  {shares}  without a time {none / (len(off) + none):6.1%}"


def main(arguments: Iterable[str]) -> None:
    """Print the shares of all words whose beginning is within so many milliseconds; one without a time is not."""
    ours, theirs = (int(argument) for argument in (*arguments, "1000", "50")[:2])
    engine = engines.load("espeak", options={}, workers=1)
    try:
        print(_told("espeak", by_espeak(engine, ours)))
        if theirs:
            flite = _Flite()
            for name in _FLITE:
                print(_told(f"flite {name}", by_flite(engine, flite, name, theirs)))
    finally:
        engine.close()


if __name__ == "__main__":
    main(sys.argv[1:])
