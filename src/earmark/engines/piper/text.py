"""What Piper is given for what is said: words, and sounds in IPA between double brackets."""

import unicodedata
from collections.abc import Collection, Mapping

from earmark.engines.espeak.phonemes import nearest
from earmark.engines.espeak.text import Prepared, is_odd, with_short_runs
from earmark.errors import SynthesisError
from earmark.narration.script import Phonemes, Said, spoken_text

_APART = "\u200b"  # a space of no width, which is silent
_PUNCTUATION = frozenset(",;:.!?")

# What is written in several ways, and what no voice has a sound for: a syllable's end would be heard as a full stop.
_SAME: Mapping[int, str] = str.maketrans(
    {"g": "ɡ", "'": "ˈ", ":": "ː", "͡": "", "͜": "", ".": "", "‿": "", "[": "", "]": "", "\u200d": ""}
)


def prepare(said: Said, engine: str, sounds: Collection[str]) -> Prepared:
    """Return `said` as the child should get it; `sounds` are the phonemes that the voice has, none if it takes no IPA.

    Raises `SynthesisError` for sounds that it lacks and that have no alias.
    """
    phonemes = any(isinstance(part, Phonemes) for part in said)
    text: list[str] = []
    origin: list[int] = []
    at = 0
    for part in said:
        if isinstance(part, Phonemes):
            stands = _between_brackets(part, said, engine, sounds)
            text += (" " if is_odd(character) else character for character in stands)
            origin += [at] * len(stands)
            at += len(part.ipa) + 2  # between slashes, in `spoken_text`
            continue
        for character in part.text:
            if character == "[" and text and text[-1] == "[":
                text.append(_APART)  # a text's own brackets are no phonemes
                origin.append(at)
            if character in _PUNCTUATION and text[-2:] == ["]", "]"]:
                # Piper forgets what stands right behind sounds: the comma there belongs to them.
                text[-2:-2] = [character]
                origin[-2:-2] = [at]
            else:
                text.append(" " if is_odd(character) else character)
                origin.append(at)
            at += 1
    return with_short_runs(Prepared("".join(text), tuple(origin), phonemes))


def _between_brackets(part: Phonemes, said: Said, engine: str, sounds: Collection[str]) -> str:
    for ipa in (part.ipa, nearest(part.ipa)):
        plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", ipa).translate(_SAME)).strip()
        # A lone accent of a vowel that the voice has is let go; a sound that it lacks is not.
        if plain and all(one in sounds or one.isspace() or unicodedata.combining(one) for one in plain):
            return f"[[{' '.join(plain.split())}]]"
        if part.alias:
            return part.alias
    raise SynthesisError(
        f"/{part.ipa}/ holds a sound that this voice does not have",
        engine=engine,
        utterance=spoken_text(said),
        hint="Give the lexeme an alias",
    )
