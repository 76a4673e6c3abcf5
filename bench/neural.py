"""Times the piper engine on all cores beside piper itself on one, with a voice made here.

    python bench/neural.py [ROUNDS] [SENTENCES] [WORK]

The engine's own time is what `PiperVoice.synthesize` takes in one process on one thread, with the lengths of
its sounds, as the adapter asks for them too. The goal is 1.05 times that, divided by the cores.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from texts import article

from earmark.engines import load
from earmark.engines.base import Request
from earmark.narration.script import Text
from tiny_voice import make

CORES = len(os.sched_getaffinity(0))

OWN = """
import json, sys, time
import onnxruntime
from pathlib import Path
from piper import PiperVoice
model, sentences = sys.argv[1], json.loads(sys.stdin.read())
voice = PiperVoice.load(model, include_alignments=True)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
import onnx
from piper.patch_voice_with_alignment import add_alignment_output
patched = onnx.load(model)
add_alignment_output(patched)
voice.session = onnxruntime.InferenceSession(patched.SerializeToString(), options, providers=["CPUExecutionProvider"])
list(voice.synthesize(sentences[0], include_alignments=True))
began = time.perf_counter()
for sentence in sentences:
    for chunk in voice.synthesize(sentence, include_alignments=True):
        chunk.audio_int16_bytes
print(time.perf_counter() - began)
"""


def own(model: Path, sentences: list[str]) -> float:
    """Return the seconds that piper itself takes, loaded, on one core."""
    command = [sys.executable, "-c", OWN, str(model)]
    done = subprocess.run(command, input=json.dumps(sentences), capture_output=True, text=True, check=True)
    return float(done.stdout)


def ours(model: Path, sentences: list[str]) -> float:
    """Return the seconds that the engine takes, loaded, on all cores."""
    options = {"folder": str(model.parent)}
    with closing(load("piper", options=options, workers=CORES)) as engine, ThreadPoolExecutor(CORES) as threads:
        voice = engine.resolve("", model.name.removesuffix(".onnx")).name
        requests = [Request(said=(Text(sentence),), language="en", voice=voice) for sentence in sentences]
        list(threads.map(engine.speak, requests[:1] * 8 * CORES))
        began = time.perf_counter()
        list(threads.map(engine.speak, requests))
        return time.perf_counter() - began


def main(rounds: int = 5, count: int = 200, work: int = 40) -> None:
    """Print a row of a table like the README's."""
    text = " ".join(line for line in article(count * 20, seed=3).splitlines() if line and not line.startswith("#"))
    sentences = [f"{sentence.strip()}." for sentence in text.split(". ") if len(sentence) > 20][:count]  # noqa: PLR2004 (characters)
    with tempfile.TemporaryDirectory() as folder:
        model = make(Path(folder), work=work)
        own(model, sentences), ours(model, sentences)
        pairs = [(ours(model, sentences), own(model, sentences) / CORES) for _ in range(rounds)]
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    name = f"{len(sentences)} sentences by piper, beside its own time on one of {CORES} cores, divided by them"
    print(f"| {name} | {mine:.2f} s | {theirs:.2f} s | {ratio:.2f} | ≤ 1.05 |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
