"""A Piper voice that is made in a moment: the inputs, outputs and noise of a real one, and a hum for each sound.

Its sounds have lengths (as VITS models, by a Ceil) and pitches; both noises are drawn as real models draw them.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

HOP, RATE, SYMBOLS = 256, 22_050, 256
CARD = "# Model card for tiny\n\n* Language: en_GB\n\n## Dataset\n\n* URL: none\n* License: CC0-1.0\n"


def make(  # noqa: PLR0913 (what voices differ in)
    folder: Path,
    name: str = "en_GB-tiny-medium",
    *,
    speakers: int = 1,
    noisy: bool = True,
    timed: bool = True,
    wild: bool = False,
    work: int = 0,
    espeak: str = "en-gb-x-rp",
    **configuration: object,
) -> Path:
    """Write a voice, its configuration and its card into `folder`, and return the model's path.

    Without `timed` it shows no lengths; `wild` draws in a way that can't be stilled; `work` multiplies matrices as real voices do, to take time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    onnx.save(_model(speakers=speakers, noisy=noisy, timed=timed, wild=wild, work=work), str(path))
    language, _, rest = name.partition("-")
    told: dict[str, Any] = {
        "audio": {"sample_rate": RATE, "quality": rest.rpartition("-")[2]},
        "espeak": {"voice": espeak},
        "phoneme_type": "espeak",
        "num_symbols": SYMBOLS,
        "num_speakers": speakers,
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "speaker_id_map": {f"s{number}": number for number in range(speakers)} if speakers > 1 else {},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "language": {"code": language, "name_english": {"en": "English", "de": "German"}.get(language[:2], language)},
        "dataset": rest.partition("-")[0],
        "hop_length": HOP,
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(told | configuration), encoding="utf-8")
    (folder / f"{name}.MODEL_CARD").write_text(CARD, encoding="utf-8")
    return path


class _Graph:
    """Nodes and constants, added by what they are for."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: object, kind: type = np.float32) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=kind), name))
        return name

    def __call__(self, operation: str, *inputs: str, name: str = "", **attributes: Any) -> str:  # noqa: ANN401 (as the operation has them)
        name = name or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], name, **attributes))
        return name


def _model(*, speakers: int, noisy: bool, timed: bool, wild: bool, work: int) -> onnx.ModelProto:
    add = _Graph()
    table = np.random.default_rng(7)
    lengths = (3 + table.integers(0, 6, SYMBOLS)).astype(np.float32)
    pitches = (120 + table.integers(0, 40, SYMBOLS) * 5).astype(np.float32)
    loud = np.ones(SYMBOLS, np.float32)
    loud[:4] = 0  # gap, beginning, end and space are silent
    first, column, whole = add.constant([0], np.int64), add.constant([1], np.int64), add.constant(0, np.int64)
    flat = add.constant([-1], np.int64)
    ids = add("Squeeze", "input", first)
    noise, length, uneven = (add("Gather", "scales", add.constant([place], np.int64)) for place in range(3))
    frames = add("Gather", add.constant(lengths), ids)
    if noisy:
        drawn = add("Mul", add("RandomNormalLike", frames, scale=0.2), uneven)
        frames = add("Max", add("Add", frames, drawn), add.constant([1]))
    frames = add("Mul", frames, length)
    counted = add("Cast", add("Ceil" if timed else "Round", frames), to=TensorProto.INT64)
    ends = add("CumSum", counted, whole)
    total = add("ReduceSum", counted, keepdims=0)
    time = add("Range", add.constant(0, np.int64), total, add.constant(1, np.int64))
    past = add("Cast", add("GreaterOrEqual", add("Unsqueeze", time, column), ends), to=TensorProto.INT64)
    sounds = add("Gather", ids, add("ReduceSum", past, column, keepdims=0))
    hertz = add("Gather", add.constant(pitches), sounds)
    if speakers > 1:
        hertz = add("Mul", hertz, add("Gather", add.constant(np.linspace(1, 1.6, speakers)), "sid"))
    hertz = _with_work(add, hertz, work)
    wide = add("Concat", add("Shape", hertz), add.constant([HOP], np.int64), axis=0)

    def by_sample(values: str) -> str:
        return add("Reshape", add("Expand", add("Unsqueeze", values, column), wide), flat)

    gain = by_sample(add("Gather", add.constant(loud), sounds))
    phase = add("CumSum", add("Mul", by_sample(hertz), add.constant(2 * np.pi / RATE)), whole)
    wave = add("Mul", add("Mul", add("Sin", phase), gain), add.constant(0.5))
    if noisy:
        hiss = add("Mul", add("RandomNormalLike", wave, scale=0.03), noise)
        wave = add("Add", wave, add("Mul", hiss, gain))
    if wild:
        halves = add("Bernoulli", add("Add", add("Mul", wave, add.constant(0)), add.constant(0.5)))
        wave = add("Add", wave, add("Mul", add("Mul", halves, add.constant(0.1)), gain))
    add("Reshape", wave, add.constant([1, 1, 1, -1], np.int64), name="output")
    integers: list[tuple[str, list[int | str | None]]] = [("input", [1, "phonemes"]), ("input_lengths", [1])]
    if speakers > 1:
        integers.append(("sid", [1]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in integers]
    inputs.append(helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]))
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])]
    graph = helper.make_graph(add.nodes, "tiny", inputs, outputs, add.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)


def _with_work(add: _Graph, values: str, work: int) -> str:
    """Return `values` after `work` products of matrices, which change nothing that is heard."""
    if not work:
        return values
    state = add("MatMul", add("Unsqueeze", values, add.constant([1], np.int64)), add.constant(np.zeros((1, 192))))
    for _ in range(work):
        state = add("Tanh", add("MatMul", state, add.constant(np.eye(192) * 0.5)))
    return add("Add", values, add("ReduceSum", state, add.constant([1], np.int64), keepdims=0))
