"""The piper engine: neural voices on this machine, by OHF-Voice's piper-tts, which the extra `piper` brings.

Each child process speaks on one core. What a voice draws noise for is read from a table made of the seed, so
the same words sound the same each time; words are timed by the lengths that the voice gives its own sounds.
"""

import hashlib
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec
import platformdirs
from msgspec import Meta, Struct

from earmark.audio.clip import Clip
from earmark.engines.base import Fingerprint, Request, Voice
from earmark.engines.children import Hung
from earmark.engines.espeak import dictionary as espeak_dictionary
from earmark.engines.espeak.heard import HEARD
from earmark.engines.espeak.text import Prepared, split, words
from earmark.engines.options import NOT_HEARD, checked
from earmark.engines.piper import child as piper_child
from earmark.engines.piper.pool import Answer, Crashed, Pool
from earmark.engines.piper.text import prepare
from earmark.engines.piper.voices import PiperVoice, Shelf, as_json
from earmark.errors import EngineError, SynthesisError
from earmark.narration.script import spoken_text

NAME = "piper"
INSTALL = 'pip install "earmark[piper]"'

# Part of the fingerprint: raise it when what a voice is asked for, or what is made of its answer, changes.
_ADAPTER = "1"
_PACKAGES = ("piper", "onnxruntime", "onnx", "numpy", "earmark")
_VERSIONS = {"piper": "piper_tts", "onnxruntime": "onnxruntime"}

_MOST_CHARACTERS = 400  # a voice needs memory by the square of the length, and no sentence is that long
_SMALLER = (100, 30)  # after a crash on the whole
_SECONDS = 180.0  # that a piece may take, loading included: the largest voices on the smallest machines


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set for piper. The scales are the voice's own where they are not set."""

    folder: Annotated[
        str,
        Meta(description="a folder of voices, NAME.onnx with NAME.onnx.json, beside those installed", extra=NOT_HEARD),
    ] = ""
    index: Annotated[
        str,
        Meta(
            description='where voices are fetched from: the folder of voices.json; "" is the public one',
            extra=NOT_HEARD,
        ),
    ] = ""
    seed: Annotated[int, Meta(ge=0, le=2**32 - 1, description="the voice's noise: another seed, another take")] = 0
    length_scale: Annotated[float, Meta(gt=0, le=5, description="how long sounds are: 1.2 is slower")] | None = None
    noise_scale: Annotated[float, Meta(ge=0, le=2, description="how lively the voice is")] | None = None
    noise_w_scale: Annotated[float, Meta(ge=0, le=2, description="how uneven its rhythm is")] | None = None
    volume: Annotated[float, Meta(gt=0, le=4, description="factor of each clip's level")] = 1.0
    normalize: Annotated[bool, Meta(description="bring each sentence to full scale first, as piper does")] = True


def create(*, options: Mapping[str, object] | None = None, workers: int = 1) -> "PiperEngine":
    """Return the engine. Raises `EngineError` for options that are none of `Options`, and if its packages are missing."""
    chosen = checked(NAME, Options, options or {})
    missing = missing_packages()
    if missing:
        raise EngineError(f"it is not installed ({', '.join(missing)} missing)", engine=NAME, hint=INSTALL)
    return PiperEngine(chosen, workers=workers)


def missing_packages() -> tuple[str, ...]:
    """Return which of the packages that the extra brings are not installed."""
    return tuple(name for name in _PACKAGES if find_spec(name) is None)


def user_folder() -> Path:
    """Return where the user's own voices lie."""
    return platformdirs.user_data_path("earmark") / NAME


class PiperEngine:
    """Piper, in `workers` child processes of one thread each that are started when they are first needed."""

    name = NAME
    takes_phonemes = True
    needs_network = False
    # Voices differ; this is between the slowest and the fastest of those that read at some 150 to 190 words a minute.
    paces: Mapping[str, float] = MappingProxyType({"": 165.0})

    def __init__(self, options: Options | None = None, *, workers: int = 1) -> None:
        """Keep the options; neither are voices looked for nor is piper loaded yet."""
        self._options = options or Options()
        given = (Path(self._options.folder).expanduser(),) if self._options.folder else ()
        self._shelf = Shelf(NAME, (*given, user_folder()))
        self._workers = max(1, workers)
        self._pool = Pool(NAME, _folders(), workers=workers)

    def voices(self) -> tuple[Voice, ...]:
        """Return every voice of the folders."""
        return tuple(voice.public(NAME) for voice in self._shelf.voices.values())

    def broken(self) -> tuple[EngineError, ...]:
        """Return what is wrong with the files that are no voices."""
        return self._shelf.broken

    def resolve(self, language: str, voice: str = "") -> Voice:
        """Return the voice ("en_GB-alba-medium", "en_GB-vctk-medium+p226" for a speaker), or the best for `language`."""
        if voice:
            found, speaker = self._shelf.find(voice)
            return found.public(NAME, speaker)
        return self._shelf.best_for(language).public(NAME)

    def fingerprint(self, voice: Voice) -> Fingerprint:
        """Return the versions, and a sha256 of the voice's files and of all options that are heard."""
        found, _ = self._shelf.find(voice.name)
        heard = msgspec.to_builtins(self._options)
        del heard["folder"], heard["index"]
        whole = msgspec.json.encode([self._shelf.digest(found), heard], order="sorted")
        version = "/".join([*(_version(package) for package in _VERSIONS), _ADAPTER])
        return Fingerprint(NAME, version, voice.name, hashlib.sha256(whole).hexdigest())

    def speak(self, request: Request) -> Clip:
        """Speak one utterance, sentence by sentence. A voice has one pitch; `rate` shortens its sounds."""
        import numpy as np  # noqa: PLC0415 (to list voices or tell what is fresh, nobody needs it)

        if request.pitch != 1.0:
            raise EngineError("its voices have one pitch each", engine=NAME, hint="Set pitch to 1.0.")
        voice, speaker = self._shelf.known(request.voice)
        if not voice.can_speak:
            kind = voice.configuration.phoneme_type
            raise EngineError(
                f"the voice {voice.name} needs phonemes of the kind {kind!r}, for which piper would fetch more",
                engine=NAME,
                hint="Set another voice.",
            )
        sounds = frozenset(voice.configuration.phoneme_id_map) if voice.takes_ipa else frozenset[str]()
        said = spoken_text(request.said)
        manner = self._manner(voice, speaker, request.rate)
        whole = prepare(request.said, NAME, sounds)
        spoken = [pair for piece in split(whole, _MOST_CHARACTERS) for pair in self._speak(piece, manner, said)]
        samples = np.frombuffer(b"".join(answer.samples for _, answer in spoken), dtype="<i2").astype(
            np.int16, copy=False
        )
        if not samples.any():
            raise SynthesisError("there is nothing to be heard in it", engine=NAME, utterance=said)
        timed = all(answer.marks for _, answer in spoken if answer.samples)
        rate = next(answer.sample_rate for _, answer in spoken if answer.samples)
        return Clip(samples, rate, words(said, _marks(spoken), len(samples)) if timed else None)

    def warm_up(self) -> None:
        """Start the child processes, so that they have loaded piper when they are needed."""
        self._pool.warm_up(self._workers)

    def watch(self, tell: Callable[[int, float, float], None]) -> None:
        """Have `tell` hear of each piece of work of a child process."""
        self._pool.watch(tell)

    def dictionary(self, voice: Voice) -> frozenset[str]:
        """Return the words that the voice's phonemes are looked up for, in lower case; the others are guessed at."""
        found, _ = self._shelf.find(voice.name)
        if not found.takes_ipa:
            return frozenset()
        spec = find_spec("piper")
        folder = Path(spec.origin or "").parent if spec else Path()
        name = found.configuration.espeak.voice.partition("-")[0]
        taught = espeak_dictionary.read(folder / "espeak-ng-data" / f"{name}_dict")
        return taught | HEARD if name == "en" else taught

    def close(self) -> None:
        """End the child processes, also those at work."""
        self._pool.close()

    def child_pids(self) -> tuple[int, ...]:
        """Return the process ids of the children, for those who watch over them."""
        return self._pool.pids()

    def _manner(self, voice: PiperVoice, speaker: str, rate: float) -> dict[str, object]:
        own, asked = voice.configuration.inference, self._options
        several = voice.configuration.num_speakers > 1
        number = voice.speaker(speaker) if speaker else voice.configuration.default_speaker_id
        return {
            "model": str(voice.path.absolute()),
            "speaker": number if several else None,
            "seed": asked.seed,
            "length": (own.length_scale if asked.length_scale is None else asked.length_scale) / rate,
            "noise": own.noise_scale if asked.noise_scale is None else asked.noise_scale,
            "width": own.noise_w if asked.noise_w_scale is None else asked.noise_w_scale,
            "volume": asked.volume,
            "normalize": asked.normalize,
        }

    def _speak(self, whole: Prepared, manner: Mapping[str, object], said: str) -> list[tuple[Prepared, Answer]]:
        """Return the text as it could be spoken: whole, or else in the largest pieces that do not crash."""
        pieces = [whole]
        for smaller in (*_SMALLER, 0):
            spoken = [(piece, self._ask(piece, manner, said)) for piece in pieces]
            if not smaller or all(answer is not None for _, answer in spoken):
                break
            pieces = [
                part for piece, answer in spoken for part in ([piece] if answer is not None else split(piece, smaller))
            ]
        found = [(piece, answer) for piece, answer in spoken if answer is not None]
        if len(found) < len(spoken):
            raise SynthesisError(
                "piper crashes on it, whole and in pieces",
                engine=NAME,
                utterance=said,
                hint="Rewrite it, or give it an entry in the lexicon",
            )
        return found

    def _ask(self, piece: Prepared, manner: Mapping[str, object], said: str) -> Answer | None:
        """Return the piece as spoken, None if piper crashed on it."""
        try:
            answer = self._pool.speak(as_json({"text": piece.text, **manner}), _SECONDS)
        except Crashed:
            return None
        except Hung as error:
            raise SynthesisError("piper does not come to an end on it", engine=NAME, utterance=said) from error
        if answer.status == piper_child.NOT_INSTALLED:
            raise EngineError(f"what it needs can't be imported ({answer.message})", engine=NAME, hint=INSTALL)
        if answer.status == piper_child.UNUSABLE:
            name = Path(str(manner["model"]))
            raise EngineError(
                f"the voice {name.name} can't be used: {answer.message}",
                engine=NAME,
                hint=f"`earmark voices install {name.stem}` fetches it anew",
            )
        if answer.status == piper_child.REFUSED:
            raise SynthesisError(f"the voice does not take it: {answer.message}", engine=NAME, utterance=said)
        return answer


def _marks(spoken: list[tuple[Prepared, Answer]]) -> list[tuple[int, int]]:
    """Return where each word of the said text begins, over all pieces."""
    marks: list[tuple[int, int]] = []
    begin = 0
    for piece, answer in spoken:
        marks += [(piece.origin[at], begin + sample) for at, sample in answer.marks]
        begin += len(answer.samples) // 2
    return marks


def _folders() -> list[str]:
    """Return the folders that the child has to import from."""
    specs = (find_spec(name) for name in _PACKAGES)
    return sorted({str(Path(spec.origin).parent.parent) for spec in specs if spec and spec.origin})


def _version(package: str) -> str:
    """Return a package's version, from the name of its record: importlib.metadata takes longer than all the rest."""
    spec = find_spec(package)
    folder = Path(spec.origin).parent.parent if spec and spec.origin else Path()
    for record in folder.glob(f"{_VERSIONS[package]}-*.dist-info"):
        return record.name.removesuffix(".dist-info").partition("-")[2]
    return ""
