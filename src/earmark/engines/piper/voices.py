"""Piper's voices as they lie in folders: a model, its configuration beside it, and what is known of the two."""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from earmark.engines.base import Voice
from earmark.errors import EngineError, VoiceNotFound

SUFFIX = ".onnx"
CARD = ".MODEL_CARD"
QUALITIES = ("x_low", "low", "medium", "high")  # the best last

_NAME = re.compile(r"([a-z]{2,3})_([A-Za-z0-9]+)-(.+)-([a-z_]+)")  # en_GB-alba-medium
_LICENCE = re.compile(r"^\W*licen[cs]e\s*:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_PLAIN_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_USUAL_REGION: Mapping[str, str] = {"en": "gb", "pt": "pt", "zh": "cn"}  # elsewhere a language's own: de-DE, fr-FR
_SPOKEN = frozenset({"espeak", "text", "hebrew"})  # how a text becomes phonemes; the others need what is fetched first
_MOST_BYTES = 4_000_000  # of a configuration; they have some 10 kB


class _Audio(msgspec.Struct, frozen=True):
    sample_rate: int
    quality: str = ""


class _Espeak(msgspec.Struct, frozen=True):
    voice: str = ""


class _Language(msgspec.Struct, frozen=True):
    code: str = ""
    name_english: str = ""


class _Inference(msgspec.Struct, frozen=True):
    noise_scale: float = 0.667
    length_scale: float = 1.0
    noise_w: float = 0.8


class _Configuration(msgspec.Struct, frozen=True):
    """What earmark reads of NAME.onnx.json."""

    audio: _Audio
    phoneme_id_map: dict[str, list[int]]
    num_symbols: int
    num_speakers: int = 1
    espeak: _Espeak = _Espeak()
    phoneme_type: str = "espeak"
    speaker_id_map: dict[str, int] = {}
    default_speaker_id: int = 0
    inference: _Inference = _Inference()
    language: _Language = _Language()
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """A voice that is installed. Its scales are those that it was made for."""

    path: Path
    configuration: _Configuration
    language: str
    quality: str
    licence: str

    @property
    def name(self) -> str:
        """What it is called: the model's file name without its ending."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def takes_ipa(self) -> bool:
        """Whether its phonemes are IPA; those of a voice that was made of letters are not."""
        return self.configuration.phoneme_type == "espeak"

    @property
    def can_speak(self) -> bool:
        """Whether earmark can make its phonemes, with what comes with piper."""
        return self.configuration.phoneme_type in _SPOKEN

    def speaker(self, name: str) -> int | None:
        """Return the number of the speaker called `name`, or of that number; None if there is none."""
        known = self.configuration.speaker_id_map
        if name in known:
            return known[name]
        number = int(name) if name.isascii() and name.isdigit() and len(name) < 7 else -1  # noqa: PLR2004 (a million)
        return number if 0 <= number < self.configuration.num_speakers else None

    def public(self, engine: str, speaker: str = "") -> Voice:
        """Return it as others know it."""
        known = self.configuration
        parts = [known.language.name_english, known.dataset]
        if known.num_speakers > 1 and not speaker:
            names = sorted(known.speaker_id_map, key=known.speaker_id_map.__getitem__)[:3]
            shown = ", ".join(f"{self.name}+{name}" for name in names) or f"{self.name}+0"
            parts.append(f"{known.num_speakers} speakers, as {shown}")
        return Voice(
            engine=engine,
            name=f"{self.name}+{speaker}" if speaker else self.name,
            languages=(self.language,),
            description=", ".join(part for part in parts if part),
            quality=self.quality,
            licence=self.licence,
        )


@dataclass(slots=True)
class Shelf:
    """The voices of some folders; of two with one name, that of the earlier folder."""

    engine: str
    folders: tuple[Path, ...]
    _digests: dict[tuple[str, int, int], str] = field(default_factory=dict, init=False)
    _known: dict[str, tuple[PiperVoice, str]] = field(default_factory=dict, init=False)
    _read: tuple[tuple[int, ...], Mapping[str, PiperVoice | EngineError]] | None = field(default=None, init=False)

    @property
    def voices(self) -> Mapping[str, PiperVoice]:
        """Every voice that can be read, in the order of names."""
        return {name: found for name, found in self._found.items() if isinstance(found, PiperVoice)}

    @property
    def broken(self) -> tuple[EngineError, ...]:
        """What is wrong with the others."""
        return tuple(found for found in self._found.values() if isinstance(found, EngineError))

    def find(self, name: str) -> tuple[PiperVoice, str]:
        """Return the voice and the speaker ("" for its own) that `name` stands for.

        Raises `VoiceNotFound`, and `EngineError` for one whose files are broken.
        """
        base, plus, speaker = name.partition("+")
        found = self._found.get(base)
        if found is None:
            hint = f"`earmark voices install {base}` fetches it." if _NAME.fullmatch(base) else ""
            error = VoiceNotFound(name, tuple(self.voices), engine=self.engine)
            if hint:
                error.hint = hint
            raise error
        if isinstance(found, EngineError):
            raise found
        if plus and found.speaker(speaker) is None:
            known = sorted(found.configuration.speaker_id_map, key=found.configuration.speaker_id_map.__getitem__)
            numbers = known or [str(number) for number in range(found.configuration.num_speakers)]
            raise VoiceNotFound(name, [f"{base}+{one}" for one in numbers], engine=self.engine)
        return found, speaker

    def known(self, name: str) -> tuple[PiperVoice, str]:
        """Return what `find` returned last time, without another look at the folders: an utterance is not the time for it."""
        if name not in self._known:
            self._known[name] = self.find(name)
        return self._known[name]

    def best_for(self, language: str) -> PiperVoice:
        """Return the voice for `language`: its very region first, then the highest quality, then the first name.

        Raises `VoiceNotFound`.
        """
        able = [voice for voice in self.voices.values() if voice.can_speak]
        ranked = [(rank(language, voice.language, voice.quality), voice.name) for voice in able]
        fitting = [(place, name) for place, name in ranked if place is not None]
        if not fitting:
            known = sorted({voice.language for voice in able})
            hint = "`earmark voices --engine piper --refresh` lists those that can be installed."
            error = VoiceNotFound(language, known, engine=self.engine, message=f"it has no voice for {language!r}")
            error.hint = f"{error.hint}. {hint}".lstrip(". ").replace("?.", "?")
            raise error
        return self.voices[min(fitting)[1]]

    def digest(self, voice: PiperVoice) -> str:
        """Return the sha256 of the model and its configuration. The first time it reads them, some 50 ms."""
        found = hashlib.sha256()
        for path in (voice.path, _configuration_of(voice.path)):
            try:
                found.update(self._digest(path).encode())
            except OSError as error:
                raise _broken(self.engine, path, (error.strerror or str(error)).lower()) from error
        return found.hexdigest()

    def _digest(self, path: Path) -> str:
        stat = path.stat()
        key = (str(path), stat.st_size, stat.st_mtime_ns)
        if key not in self._digests:
            with path.open("rb") as file:
                self._digests[key] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[key]

    @property
    def _found(self) -> Mapping[str, PiperVoice | EngineError]:
        stamp = tuple(_stamp(folder) for folder in self.folders)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, self._look())
            self._known.clear()
        return self._read[1]

    def _look(self) -> dict[str, PiperVoice | EngineError]:
        found: dict[str, PiperVoice | EngineError] = {}
        for folder in self.folders:
            for path in _models(folder):
                name = path.name.removesuffix(SUFFIX)
                if name not in found and not ("+" in name or name.startswith(".")):
                    found[name] = _read_voice(self.engine, path)
        return dict(sorted(found.items()))


def rank(language: str, spoken: str, quality: str) -> tuple[int, int] | None:
    """Return how far a voice is from the best for `language`, None if it does not speak it: the less the better."""
    asked, has = (tag.lower().replace("_", "-").split("-") for tag in (language, spoken))
    if asked[0] != has[0]:
        return None
    if len(asked) == 1:
        asked = [asked[0], _USUAL_REGION.get(asked[0], asked[0])]
    distance = 0 if asked[1:2] == has[1:2] else 1
    return distance, -(QUALITIES.index(quality) if quality in QUALITIES else -1)


def tag_of(code: str) -> str:
    """Return Piper's name of a language ("en_GB") as BCP 47, "" if it is none."""
    tag = code.replace("_", "-")
    return tag if _PLAIN_TAG.fullmatch(tag) else ""


def licence_of(card: str) -> str:
    """Return the licence that a model card names, "" if it names none."""
    found = _LICENCE.search(card)
    return " ".join(found[1].split())[:200] if found else ""


def _models(folder: Path) -> Sequence[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.name.endswith(SUFFIX) and entry.is_file())
    except OSError:
        return ()


def _stamp(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return -1


def _configuration_of(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


def _read_voice(engine: str, path: Path) -> PiperVoice | EngineError:
    beside = _configuration_of(path)
    try:
        with beside.open("rb") as file:
            content = file.read(_MOST_BYTES)
        configuration = msgspec.json.decode(content, type=_Configuration)
    except FileNotFoundError:
        return _broken(engine, path, f"its configuration {beside.name} is not beside it")
    except (OSError, UnicodeDecodeError) as error:
        return _broken(engine, beside, f"it can't be read ({error})")
    except (msgspec.DecodeError, RecursionError) as error:
        return _broken(engine, beside, f"it is no configuration of a Piper voice ({error})")
    if not {"^", "$", "_"} <= set(configuration.phoneme_id_map):
        return _broken(engine, beside, "its phoneme_id_map lacks the marks of beginning, end and gap")
    named = _NAME.fullmatch(path.name.removesuffix(SUFFIX))
    code = configuration.language.code or (f"{named[1]}_{named[2]}" if named else "") or configuration.espeak.voice
    quality = configuration.audio.quality or (named[4] if named else "")
    return PiperVoice(
        path=path,
        configuration=configuration,
        language=tag_of(code) or "und",
        quality=quality if quality in QUALITIES else "",
        licence=licence_of(_card(path)),
    )


def _card(path: Path) -> str:
    try:
        with path.with_name(path.name.removesuffix(SUFFIX) + CARD).open("rb") as file:
            return file.read(65_536).decode("utf-8", "replace")
    except OSError:
        return ""


def _broken(engine: str, path: Path, why: str) -> EngineError:
    name = path.name.removesuffix(".json").removesuffix(SUFFIX)
    return EngineError(
        f"the voice {name} is broken: {path}: {why}",
        engine=engine,
        hint=f"`earmark voices install {name}` fetches it anew",
    )


def as_json(values: Mapping[str, object]) -> bytes:
    """Return a request for the child."""
    return json.dumps(values).encode()
