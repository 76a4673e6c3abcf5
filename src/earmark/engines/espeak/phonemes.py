"""IPA to espeak-ng's own mnemonics for sounds, for the tables of its English voices."""

import unicodedata
from collections.abc import Mapping

_VOWELS: Mapping[str, str] = {
    "a": "a",
    "aɪ": "aI",
    "aɪə": "aI@",
    "aʊ": "aU",
    "aʊə": "aU@",
    "æ": "a",
    "ɐ": "a#",
    "ɑ": "A:",
    "ɑː": "A:",
    "ɒ": "0",
    "ɔ": "O:",
    "ɔɪ": "OI",
    "ɔː": "O:",
    "e": "E",
    "eɪ": "eI",
    "eə": "e@",
    "ɛ": "E",
    "ɛə": "e@",
    "ɛː": "e@",
    "ə": "@",
    "əl": "@L",
    "əʊ": "oU",
    "ɚ": "3",
    "ɜ": "3:",
    "ɜː": "3:",
    "ɝ": "3:",
    "ɝː": "3:",
    "i": "i",
    "iə": "i@",
    "iː": "i:",
    "ɨ": "I",
    "ɪ": "I",
    "ɪə": "i@",
    "ᵻ": "I2",
    "o": "oU",
    "oʊ": "oU",
    "oː": "O:",
    "u": "u:",
    "uː": "u:",
    "ʉː": "u:",
    "ʊ": "U",
    "ʊə": "U@",
    "ʌ": "V",
}

_CONSONANTS: Mapping[str, str] = {
    "b": "b",
    "d": "d",
    "dʒ": "dZ",
    "ð": "D",
    "f": "f",
    "g": "g",
    "h": "h",
    "j": "j",
    "k": "k",
    "l": "l",
    "ɫ": "l",
    "l̩": "@L",
    "m": "m",
    "m̩": "@m",
    "n": "n",
    "n̩": "@n",
    "ŋ": "N",
    "p": "p",
    "r": "r",
    "ɹ": "r",
    "s": "s",
    "ʃ": "S",
    "t": "t",
    "tʃ": "tS",
    "ɾ": "t#",
    "θ": "T",
    "v": "v",
    "w": "w",
    "ʍ": "w",
    "x": "x",
    "z": "z",
    "ʒ": "Z",
    "ʔ": "?",
}

_STRESSES: Mapping[str, str] = {"ˈ": "'", "'": "'", "ˌ": ","}
_SAME: Mapping[int, str] = str.maketrans({"ɡ": "g", "͡": "", "͜": "", ".": "", "‿": "", ":": "ː", "ˑ": ""})
_SOUNDS: Mapping[str, str] = {**_VOWELS, **_CONSONANTS}
_LONGEST = max(map(len, _SOUNDS))


# What an English reader makes of the sounds of other languages: better than an article that is not built.
_NEAREST: Mapping[int, str] = str.maketrans(
    {
        **dict.fromkeys("ʁʀɾɽɺ", "r"),
        **dict.fromkeys("ɕʂ", "ʃ"),
        **dict.fromkeys("ʑʐɮ", "ʒ"),
        **dict.fromkeys("χħɣ", "x"),
        **dict.fromkeys("ʎɭ", "l"),
        **dict.fromkeys("øœɞɘɵ", "ɜ"),
        **dict.fromkeys("yʏɯ", "u"),
        **dict.fromkeys("ʰʱˠˤʕ̥̬̤̰̪̺̻˥˦˧˨˩", ""),
        "ɲ": "nj",
        "ç": "h",
        "β": "b",
        "ɸ": "f",
        "ʋ": "v",
        "ɥ": "w",
        "ɱ": "m",
        "ɳ": "n",
        "ɴ": "ŋ",
        "ʈ": "t",
        "ɖ": "d",
        "ɟ": "dʒ",
        "c": "k",
        "q": "k",
        "ɢ": "g",
        "ɬ": "ʃl",
        "ɤ": "ʌ",
        "ɶ": "a",
        "ʷ": "w",
        "ʲ": "j",
        "\u0303": "n",
        "\u032f": "",
        "\u0361": "",
    }
)


def nearest(ipa: str) -> str:
    """Return `ipa` with sounds that English lacks as an English reader makes them: nasal vowels with an n behind."""
    plain = unicodedata.normalize("NFD", ipa.replace("ç", "h")).translate(_NEAREST)
    return unicodedata.normalize("NFC", plain).replace("nː", "n")


def mnemonics(ipa: str) -> str | None:
    """Return espeak's mnemonics for `ipa`, None if it holds a sound that the English voices lack.

    The result may stand between double brackets as it is.
    """
    text = unicodedata.normalize("NFC", ipa).translate(_SAME).strip()
    sounds: list[str] = []
    stress = ""
    at = 0
    while at < len(text):
        character = text[at]
        if character in _STRESSES:
            stress = _STRESSES[character]
            at += 1
            continue
        if character.isspace():
            sounds.append(" ")
            at += 1
            continue
        for length in range(min(_LONGEST, len(text) - at), 0, -1):
            symbol = text[at : at + length]
            if symbol in _SOUNDS:
                break
        else:
            return None
        if symbol in _VOWELS:
            # IPA marks the syllable, espeak the vowel.
            sounds.append(stress)
            stress = ""
        sounds.append(_SOUNDS[symbol])
        at += length
        sounds.append("|")  # or two sounds in a row may read as one: t, S
    return "".join(sounds).replace("| ", " ").strip(" |") or None
