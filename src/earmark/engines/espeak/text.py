"""What espeak-ng is given for what is said, and which said word each of its marks belongs to."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from earmark.audio.clip import SpokenWord
from earmark.engines.espeak.phonemes import mnemonics, nearest
from earmark.errors import SynthesisError
from earmark.narration.script import Phonemes, Said, spoken_text

LONGEST_RUN = 60  # characters without a space; longer runs crash the library now and then
_APART = "\u200b"  # a space of no width, which is silent

_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_WORD = re.compile(r"[^\s\u2014\u2013]+")
_BREAKABLE = frozenset("。，、；：？！…·,.;:!?/_-–—)]}»”’")
_SENTENCE_END = re.compile(r"(?<=[.!?…:;。！？；])\s")
_CLAUSE_END = re.compile(r"(?<=[,)”—–，、])\s")
_SPACE = re.compile(r"\s")


class Prepared(Struct, frozen=True):
    """`text` for the library; `origin[i]` is the code point of the said text that `text[i]` stands for.

    `phonemes` tells that it holds espeak's own mnemonics in double brackets.
    """

    text: str
    origin: tuple[int, ...]
    phonemes: bool

    def part(self, start: int, end: int) -> "Prepared":
        """Return a stretch of it."""
        return Prepared(self.text[start:end], self.origin[start:end], self.phonemes)


def prepare(said: Said, engine: str) -> Prepared:
    """Return `said` as the library should get it.

    Sounds that English lacks are said by their alias, else as an English reader would make them. Raises
    `SynthesisError` for what is no sound.
    """
    phonemes = any(isinstance(part, Phonemes) for part in said)
    text: list[str] = []
    origin: list[int] = []
    at = 0
    for part in said:
        if isinstance(part, Phonemes):
            sounds = mnemonics(part.ipa) or (None if part.alias else mnemonics(nearest(part.ipa)))
            if sounds is None and not part.alias:
                raise SynthesisError(
                    f"/{part.ipa}/ holds a sound that this engine does not know",
                    engine=engine,
                    utterance=spoken_text(said),
                    hint="Give the lexeme an alias, or write the sound with English phonemes",
                )
            stands = part.alias if sounds is None else f"[[{sounds}]]"
            text += (" " if is_odd(character) else character for character in stands)
            origin += [at] * len(stands)
            at += len(part.ipa) + 2  # between slashes, in `spoken_text`
            continue
        for character in part.text:
            if phonemes and character == "[" and text and text[-1] == "[":
                text.append(_APART)
                origin.append(at)
            text.append(" " if is_odd(character) else character)
            origin.append(at)
            at += 1
    return with_short_runs(Prepared("".join(text), tuple(origin), phonemes))


def is_odd(character: str) -> bool:
    """Tell whether it is no character to speak: a control, half of a pair, one that is not assigned."""
    return unicodedata.category(character) in {"Cc", "Cs", "Cn", "Zl", "Zp"}


def with_short_runs(prepared: Prepared) -> Prepared:
    """Put a space into runs over `LONGEST_RUN`, where it is heard least."""
    cuts: list[int] = []
    for run in _LONG_RUN.finditer(prepared.text):
        if prepared.phonemes and "[[" in run[0]:
            continue  # sounds are not the dictionary's business, which is what long runs upset
        start = run.start()
        while run.end() - start > LONGEST_RUN:
            backwards = range(start + LONGEST_RUN, start + LONGEST_RUN // 2, -1)
            start = next((at for at in backwards if prepared.text[at - 1] in _BREAKABLE), start + LONGEST_RUN)
            cuts.append(start)
    if not cuts:
        return prepared
    pieces = list(pairwise([0, *cuts, len(prepared.text)]))
    text = " ".join(prepared.text[start:end] for start, end in pieces)
    origin: list[int] = []
    for start, end in pieces:
        origin += prepared.origin[start:end]
        origin += prepared.origin[end - 1 : end]  # the space
    return Prepared(text, tuple(origin[: len(text)]), prepared.phonemes)


def split(prepared: Prepared, most: int) -> Iterator[Prepared]:
    """Cut into pieces of at most `most` characters: at sentence ends, else clause ends, spaces, or anywhere.

    What stands in double brackets stays whole.
    """
    start = 0
    while len(prepared.text) - start > most:
        end = _cut(prepared, start, most)
        yield prepared.part(start, end)
        start = end
    yield prepared.part(start, len(prepared.text))


def _cut(prepared: Prepared, start: int, most: int) -> int:
    window = prepared.text[start : start + most]
    for pattern in (_SENTENCE_END, _CLAUSE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(window) if match.end() > most // 4]
        if ends:
            return start + ends[-1]
    end = start + most
    if prepared.phonemes:
        opened = prepared.text.rfind("[[", start, end)
        closed = prepared.text.find("]]", max(opened, start))
        if opened >= start and closed + 2 > end:
            return opened if opened > start else closed + 2
    return end


def words(said_text: str, marks: Sequence[tuple[int, int]], length: int) -> tuple[SpokenWord, ...]:
    """Return when each word of `said_text` is heard.

    `marks` are (code point of the said text, sample), `length` the clip's. The library gives no mark
    for many small words and two for some numbers: a word without one joins the word before it, and
    a word ends where the next begins.
    """
    starts: dict[int, int] = {}
    spans = [match.span() for match in _WORD.finditer(said_text)]
    at = 0
    heard = 0
    for position, sample in sorted(marks):
        while at < len(spans) and spans[at][1] <= position:
            at += 1
        if at == len(spans):
            break
        heard = max(heard, sample)
        if heard < length:
            starts.setdefault(at, heard)
    joined: list[tuple[int, int, int]] = []  # text start, text end, sample
    for index, (start, end) in enumerate(spans):
        known = starts.get(index)
        if joined and (known is None or known <= joined[-1][2]):
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        elif known is not None:
            joined.append((start if joined else spans[0][0], end, known))
    following = [sample for _, _, sample in joined[1:]] + [length]
    return tuple(
        SpokenWord(start, end, sample, until) for (start, end, sample), until in zip(joined, following, strict=False)
    )
