"""espeak-ng's voices, read from its data folder without loading the library."""

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from earmark.engines.base import Voice
from earmark.errors import VoiceNotFound

_FIELD = re.compile(r"^\s*(name|language|gender|dictionary)\s+(.+?)\s*(?://.*)?$")
_USUAL_PRIORITY = 5
_SOUNDS = ("phontab", "phonindex", "phondata", "intonations")

# BCP 47 names several languages otherwise than espeak-ng does, or more finely than it has voices for.
_OTHER_NAMES: Mapping[str, str] = {
    "en-gb": "en",
    "en-ca": "en-us",
    "en-ph": "en-us",
    "fr-fr": "fr",
    "iw": "he",
    "in": "id",
    "nn": "nb",
    "no": "nb",
    "sh": "hr",
    "zh": "cmn",
    "zh-hk": "yue",
    "zh-mo": "yue",
    "zh-yue": "yue",
    "zh-hant-hk": "yue",
    **dict.fromkeys(
        (f"es-{country}" for country in re.findall("..", "arboclcocrcudoecgthnmxnipapeprpysvusuyve")), "es-419"
    ),
}

# Words of six characters a minute of trimmed clips at rate 1.0: English and German over the sample
# articles, the others over the first articles of the Universal Declaration of Human Rights.
PACES: Mapping[str, float] = MappingProxyType(
    {
        "": 170.0,
        "cs": 155.0,
        "da": 186.0,
        "de": 160.0,
        "en": 188.0,
        "es": 180.0,
        "fi": 156.0,
        "fr": 212.0,
        "it": 179.0,
        "nb": 157.0,
        "nl": 170.0,
        "no": 157.0,
        "pl": 154.0,
        "pt": 164.0,
        "ru": 182.0,
        "sv": 164.0,
        "tr": 145.0,
    }
)


class EspeakVoice(Struct, frozen=True):
    """One voice file: `name` is what people call it, `path` (below "lang") what the library does."""

    name: str
    path: str
    languages: tuple[tuple[int, str], ...]  # (priority, tag): the lowest number is the best
    description: str
    gender: str
    dictionary: str


class Catalogue:
    """All voices of one data folder, and which of them speaks a language."""

    def __init__(self, engine: str, data: Path) -> None:
        """Name the folder; it is read when first asked."""
        self._engine = engine
        self._data = data

    @cached_property
    def by_name(self) -> Mapping[str, EspeakVoice]:
        """Every voice that can speak, under its name, in the order of names.

        The wheel has files of voices whose dictionary it lacks: asked to speak, they are silent.
        """
        folder = self._data / "lang"
        paths = (path for path in folder.rglob("*") if path.is_file())
        voices = (_read_voice(path, path.relative_to(folder).as_posix()) for path in paths)
        able = (voice for voice in voices if (self._data / f"{voice.dictionary}_dict").is_file())
        return {voice.name: voice for voice in sorted(able, key=lambda voice: voice.name)}

    @cached_property
    def variants(self) -> Mapping[str, str]:
        """The variants of the voice ("f3" in "en+f3"): name in lower case to file name."""
        return {path.name.lower(): path.name for path in sorted((self._data / "voices" / "!v").iterdir())}

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice, in the order of names."""
        return tuple(self._public(voice, "") for voice in self.by_name.values())

    def resolve(self, language: str, name: str) -> Voice:
        """Return the voice of that name ("en-us", "en+f3"), or the best for `language` if it is "".

        Raises `VoiceNotFound`.
        """
        voice, variant = self.find(name or self._best_for(language))
        return self._public(voice, variant)

    def find(self, name: str) -> tuple[EspeakVoice, str]:
        """Return the voice and the variant's file name ("" if none) that `name` stands for; raises `VoiceNotFound`."""
        base, plus, variant = name.partition("+")
        base = base.lower().replace("_", "-")
        voice = self.by_name.get(base) or self.by_name.get(_OTHER_NAMES.get(base, ""))
        if voice is None:
            raise VoiceNotFound(name, tuple(self.by_name), engine=self._engine)
        if not plus:
            return voice, ""
        if variant.lower() not in self.variants:
            available = tuple(f"{voice.name}+{known}" for known in self.variants.values())
            raise VoiceNotFound(name, available, engine=self._engine)
        return voice, self.variants[variant.lower()]

    def digest(self, voice: EspeakVoice, variant: str) -> str:
        """Return the sha256 of all data that the voice is made of."""
        files = [f"lang/{voice.path}", f"{voice.dictionary}_dict", *_SOUNDS]
        if variant:
            files.append(f"voices/!v/{variant}")
        digest = hashlib.sha256()
        for file in files:
            path = self._data / file
            content = path.read_bytes() if path.is_file() else b""
            digest.update(f"{file}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def _best_for(self, language: str) -> str:
        tag = language.lower().replace("_", "-")
        parts = tag.split("-")
        # From the finest to the coarsest: de-CH-1996 is German after all.
        for length in range(len(parts), 0, -1):
            shorter = "-".join(parts[:length])
            shorter = _OTHER_NAMES.get(shorter, shorter)
            ranked = [
                (priority, voice.name)
                for voice in self.by_name.values()
                for priority, known in voice.languages
                if known == shorter
            ]
            if shorter in self.by_name:
                return shorter
            if ranked:
                return min(ranked)[1]
        known = sorted({tag for voice in self.by_name.values() for _, tag in voice.languages})
        raise VoiceNotFound(language, known, engine=self._engine, message=f"it has no voice for {language!r}")

    def _public(self, voice: EspeakVoice, variant: str) -> Voice:
        gender = voice.gender
        if variant:
            gender = _fields(self._data / "voices" / "!v" / variant).get("gender", [gender])[0].split()[0]
        return Voice(
            engine=self._engine,
            name=f"{voice.name}+{variant}" if variant else voice.name,
            languages=tuple(tag for _, tag in sorted(voice.languages, key=lambda item: item[0])),
            gender=gender,
            description=voice.description,
            licence="GPL-3.0-or-later",
        )


def _fields(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8", errors="replace").splitlines():
        match = _FIELD.match(line)
        if match:
            found.setdefault(match[1], []).append(match[2])
    return found


def _read_voice(path: Path, relative: str) -> EspeakVoice:
    fields = _fields(path)
    languages = []
    for line in fields.get("language", []):
        tag, _, priority = line.partition(" ")
        languages.append((int(priority) if priority.strip().isdigit() else _USUAL_PRIORITY, tag.lower()))
    first = languages[0][1] if languages else path.name.lower()
    return EspeakVoice(
        name=path.name.lower(),
        path=relative,
        languages=tuple(languages),
        description=fields.get("name", [path.name])[0],
        gender=fields.get("gender", ["male"])[0].split()[0],
        dictionary=fields.get("dictionary", [first.split("-")[0]])[0],
    )
