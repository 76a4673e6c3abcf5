"""The child that speaks for the piper engine: one process, one thread, as many of them as there are cores.

espeak-ng, which makes the phonemes, can crash on a text, and onnxruntime takes all cores if it is let: so
neither runs in the process that builds. Arguments: folders to import from. Frames on standard input and
output: a request is JSON, an answer is described by `REPLY`; it ends when its input does.
"""

import json
import re
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

LENGTH = struct.Struct("<I")  # of all that follows
REPLY = struct.Struct("<iIIII")  # status, sample rate, bytes of the message, number of marks, bytes of samples
MARK = struct.Struct("<ii")  # position in the text (code points), sample

DONE = 0
SILENT = 1  # there is nothing to be heard in the text
UNUSABLE = 2  # the voice can't be used; the message tells why
REFUSED = 3  # the library does not take the text; likewise
NOT_INSTALLED = 4  # a package is missing; likewise

_MOST_VOICES = 3  # loaded at once; each is some 100 MB
_MOST_WORDS = 20_000  # whose phonemes are kept
_WORD = re.compile(r"(?:\[\[[^]]*\]\]|[^\s\u2014\u2013])+")
_FULL_SCALE = 32_767.0


class Voice:
    """A voice, loaded: text in, samples and marks out."""

    def __init__(self, model: str, seed: int) -> None:
        """Load it. Raises `BrokenModel`, `OSError`, `ValueError`, `KeyError`, and what onnxruntime raises."""
        from piper import PiperVoice  # noqa: PLC0415 (only the child loads it, and what it can't load it tells)
        from piper.config import PiperConfig  # noqa: PLC0415

        from earmark.engines.piper.model import prepare  # noqa: PLC0415

        config = PiperConfig.from_dict(json.loads(Path(f"{model}.json").read_text("utf-8")))
        self._model = prepare(Path(model), seed)
        self._seed = seed
        self._voice = PiperVoice(session=self._session(), config=config)
        self._fresh = True
        self._alone: dict[str, list[str]] = {}

    def _session(self) -> Any:  # noqa: ANN401 (onnxruntime has no types)
        import onnxruntime  # noqa: PLC0415 (likewise)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        onnxruntime.set_seed(self._seed)
        return onnxruntime.InferenceSession(self._model.content, options, providers=["CPUExecutionProvider"])

    def speak(self, request: dict[str, Any]) -> tuple[int, bytes, list[tuple[int, int]]]:
        """Return the sample rate, int16 samples and when words begin; no samples if nothing is heard."""
        import numpy as np  # noqa: PLC0415 (likewise)
        from piper import SynthesisConfig  # noqa: PLC0415

        from earmark.engines.piper.words import begins, is_sound  # noqa: PLC0415

        manner = SynthesisConfig(
            speaker_id=request["speaker"],
            length_scale=request["length"],
            noise_scale=request["noise"],
            noise_w_scale=request["width"],
        )
        pieces: list[Any] = []
        heard: list[str] = []
        samples_at: list[int] = []
        total, timed = 0, True
        for phonemes in self._voice.phonemize(request["text"]):
            if not any(map(is_sound, phonemes)):
                continue
            ids = self._voice.phonemes_to_ids(phonemes)
            if not (self._fresh or self._model.repeats):
                self._voice.session = self._session()
            self._fresh = False
            audio, lengths = self._voice.phoneme_ids_to_audio(ids, manner, include_alignments=True)
            audio = np.atleast_1d(audio)
            places = self._places(phonemes, ids, lengths, len(audio))
            if places is None:
                timed = False
            else:
                heard += [*(phoneme for phoneme, _ in places), " "]
                samples_at += [*(total + sample for _, sample in places), total + len(audio)]
            pieces.append(_levelled(audio, request))
            total += len(audio)
        if not pieces:
            return 0, b"", []
        marks: list[tuple[int, int]] = []
        if timed:
            words = [(found[0], found.start()) for found in _WORD.finditer(request["text"])]
            words = [(word, at) for word, at in words if any(map(str.isalnum, word))]
            found = begins([word for word, _ in words], heard, self._phonemes_of)
            marks = [(at, samples_at[place]) for (_, at), place in zip(words, found, strict=True) if place is not None]
        return self._voice.config.sample_rate, b"".join(pieces), marks

    def _places(
        self,
        phonemes: list[str],
        ids: list[int],
        lengths: Any,  # noqa: ANN401 (numpy's, or None)
        total: int,
    ) -> list[tuple[str, int]] | None:
        """Return each phoneme with the sample at which it begins, None where the voice does not tell that exactly."""
        if lengths is None or lengths.size != len(ids) or int(lengths.sum()) != total:
            return None
        known = self._voice.config.phoneme_id_map
        starts = [0, *lengths.cumsum().tolist()]
        at = len(known["^"]) + len(known["_"])
        places: list[tuple[str, int]] = []
        for phoneme in phonemes:
            if phoneme in known:
                places.append((phoneme, int(starts[at])))
                at += len(known[phoneme]) + len(known["_"])
        return places if at + len(known["$"]) == len(ids) else None

    def _phonemes_of(self, word: str) -> list[str]:
        """Return the phonemes of a word that stands alone."""
        if word not in self._alone:
            if len(self._alone) >= _MOST_WORDS:
                self._alone.clear()
            sentences = self._voice.phonemize(word)
            self._alone[word] = [phoneme for phonemes in sentences for phoneme in phonemes if phoneme not in "., "]
        return self._alone[word]


def _levelled(audio: Any, request: dict[str, Any]) -> Any:  # noqa: ANN401 (arrays of numpy, which only the child loads)
    """Return int16 samples as loud as piper itself would make them."""
    import numpy as np  # noqa: PLC0415 (likewise)

    scale = request["volume"] * _FULL_SCALE
    if request["normalize"]:
        peak = max(float(audio.max(initial=0.0)), -float(audio.min(initial=0.0)))
        if not peak > 1e-8:  # noqa: PLR2004 (what piper takes for silence, and what is no number)
            return np.zeros(audio.shape, dtype="<i2")
        audio = audio / peak
        audio *= scale
    else:
        audio = audio * scale
    if not request["normalize"] or request["volume"] > 1:
        np.clip(audio, -_FULL_SCALE, _FULL_SCALE, out=audio)
    return audio.astype("<i2")


class Speaker:
    """The voices that have been asked for."""

    def __init__(self) -> None:
        """Load the packages, so that the first request need not wait for them."""
        self._voices: dict[tuple[str, int], Voice] = {}
        self._missing = ""
        try:
            import onnxruntime.capi.onnxruntime_pybind11_state as native  # noqa: PLC0415 (likewise)
            from piper import PiperVoice  # noqa: F401, PLC0415

            from earmark.engines.piper.model import BrokenModel  # noqa: PLC0415
        except (ImportError, OSError) as error:
            self._missing = str(error)
            return
        kinds = [getattr(native, name) for name in dir(native)]
        raised = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception)]
        own = (BrokenModel, OSError, RuntimeError, ValueError, LookupError, TypeError, AttributeError)
        self._faults: tuple[type[Exception], ...] = (*raised, *own)

    def answer(self, frame: bytes) -> tuple[bytes, ...]:
        """Return the pieces of the answer to one request."""
        if self._missing:
            return _failed(NOT_INSTALLED, self._missing)
        request = json.loads(frame)
        status = UNUSABLE
        try:
            voice = self._voice(request["model"], request["seed"])
            status = REFUSED
            rate, samples, marks = voice.speak(request)
        except ImportError as error:
            return _failed(NOT_INSTALLED, str(error))
        except self._faults as error:
            return _failed(status, str(error) or type(error).__name__)
        if not samples:
            return _failed(SILENT, "")
        packed = b"".join(MARK.pack(*mark) for mark in marks)
        return REPLY.pack(DONE, rate, 0, len(marks), len(samples)), packed, samples

    def _voice(self, model: str, seed: int) -> Voice:
        key = (model, seed)
        voice = self._voices.pop(key, None) or Voice(model, seed)
        self._voices[key] = voice  # at the end: the one that was not asked for longest goes first
        while len(self._voices) > _MOST_VOICES:
            del self._voices[next(iter(self._voices))]
        return voice


def _failed(status: int, message: str) -> tuple[bytes, ...]:
    told = " ".join(message.split())[:500].encode("utf-8", "replace")
    return REPLY.pack(status, 0, len(told), 0, 0), told


def serve(answer: Callable[[bytes], tuple[bytes, ...]], source: int, target: int) -> None:
    """Answer requests until the input ends."""
    from earmark.engines.espeak.child import read_exactly, write_all  # noqa: PLC0415 (once the folders are known)

    while True:
        head = read_exactly(source, LENGTH.size)
        if len(head) < LENGTH.size:
            return
        for piece in answer(read_exactly(source, LENGTH.unpack(head)[0])):
            write_all(target, piece)


def main(folders: list[str]) -> int:
    """Serve standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    sys.path.extend(folder for folder in folders if folder not in sys.path)
    with suppress(BrokenPipeError):
        serve(Speaker().answer, 0, 1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
