"""What engines share that send words to somebody else: plain text in parts, and one clip of what comes back."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from pedalboard.io import StreamResampler

from earmark.errors import SynthesisError
from earmark.narration.script import Said, Text, spoken_text

HINT = "Say it in other words in the lexicon, or by another voice; [voice] fallback can name another engine."
"""What can be done about words that an engine can't speak, or speaks wrongly."""

_QUIET = 200 / 32_768  # what is below this at a part's ends is silence (an encoder's delay among it)
_EDGE = 0.02  # seconds of it that are kept
_PAUSES = (0.12, 0.3)  # seconds between two parts of a sentence, and after a sentence
_LEAST, _MOST = 0.025, 0.7  # seconds a letter takes
_MOST_MORE = 4.0  # seconds that any part may take beyond that
_HEARD = 0.02  # a part whose peak is below is silence

_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+|(?<=[。！？；])\s*")
_CLAUSE_END = re.compile(r"(?<=[,)”—–])\s+|(?<=[，、])\s*")
_SPACE = re.compile(r"\s+")
_FULL_STOPS = (".", "!", "?", "…", "。", "！", "？")


def plain(said: Said, *, engine: str) -> str:
    """Return what is said as text: sounds by their alias, nothing that is no character.

    Raises `SynthesisError` for sounds without an alias.
    """
    words = []
    for part in said:
        if isinstance(part, Text):
            words.append(part.text)
        elif part.alias:
            words.append(part.alias)
        else:
            raise SynthesisError(
                f"it takes no phonemes, and /{part.ipa}/ has no alias", engine=engine, utterance=spoken_text(said)
            )
    text = "".join(" " if unicodedata.category(one) in {"Cc", "Cs", "Cn"} else one for one in "".join(words))
    return _SPACE.sub(" ", text).strip()


def split(text: str, most: int) -> Iterator[str]:
    """Cut into parts of at most `most` characters: at sentence ends, else clause ends, spaces, or anywhere."""
    start = 0
    while len(text) - start > most:
        end = _cut(text, start, most)
        yield text[start:end].strip()
        start = end
    yield text[start:].strip()


def sayable(text: str, most: int, *, engine: str) -> list[str]:
    """Return the parts of `text` in which there is a word. Raises `SynthesisError` if there is none."""
    parts = [part for part in split(text, most) if any(map(str.isalnum, part))]
    if not parts:
        raise SynthesisError("there is nothing to be heard in it", engine=engine, utterance=text, hint=HINT)
    return parts


def _cut(text: str, start: int, most: int) -> int:
    window = text[start : start + most]
    for pattern, least in ((_SENTENCE_END, 1), (_CLAUSE_END, most // 4), (_SPACE, 1)):
        ends: list[int] = [match.end() for match in pattern.finditer(window) if match.end() > least]
        if ends:
            return start + ends[-1]
    return start + most


def heard(
    samples: NDArray[np.float32], rate: int, text: str, *, engine: str, speed: float = 1.0
) -> NDArray[np.float32]:
    """Return the samples of a part without the silence at both ends.

    Raises `SynthesisError` if nothing is left, or too little or too much for `text` at `speed` times a
    usual one.
    """
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not len(loud) or np.abs(samples).max() < _HEARD:
        raise SynthesisError("what comes back is silence", engine=engine, utterance=text, hint=HINT)
    edge = round(_EDGE * rate)
    left = samples[max(0, loud[0] - edge) : loud[-1] + edge]
    seconds = len(left) / rate
    if seconds < _LEAST * sum(map(str.isalnum, text)) / max(1.0, speed) or seconds > longest(text, speed=speed):
        raise implausible(seconds, text, engine=engine)
    return left


def longest(text: str, *, speed: float = 1.0) -> float:
    """Return the seconds that `text` can take at the most."""
    return (_MOST * len(text) + _MOST_MORE) / min(1.0, speed)


def implausible(seconds: float, text: str, *, engine: str) -> SynthesisError:
    """Return the error of a part that is too short or too long."""
    message = f"{seconds:.1f} s of sound can't be right for it"
    return SynthesisError(message, engine=engine, utterance=text, hint=HINT)


def joined(pieces: Sequence[tuple[NDArray[np.float32], int]], parts: Sequence[str]) -> tuple[NDArray[np.int16], int]:
    """Return one clip's samples and rate of the pieces and their rates, with a breath between two of them."""
    rate = pieces[0][1]
    whole = []
    for index, ((samples, own_rate), part) in enumerate(zip(pieces, parts, strict=True)):
        whole.append(samples if own_rate == rate else _resampled(samples, own_rate, rate))
        if index < len(pieces) - 1:
            whole.append(np.zeros(round(_PAUSES[part.endswith(_FULL_STOPS)] * rate), dtype=np.float32))
    return np.round(np.clip(np.concatenate(whole), -1.0, 1.0) * 32_767).astype(np.int16), rate


def _resampled(samples: NDArray[np.float32], from_rate: int, to_rate: int) -> NDArray[np.float32]:
    resampler = StreamResampler(float(from_rate), float(to_rate), 1)
    found = np.concatenate([resampler.process(samples[np.newaxis]), resampler.process()], axis=1)
    return np.asarray(found[0], dtype=np.float32)
