"""A Piper voice's model as the engine runs it: its noise is the same each time, and it tells how long each sound is.

The models draw noise from a generator that goes on from utterance to utterance and can't be set back. So
the nodes that draw are replaced by ones that read a table, which is made once, of the seed.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from piper.patch_voice_with_alignment import add_alignment_output

_TABLE = 1 << 18  # numbers: more than a sentence of most voices needs; beyond that they come again
_OLDEST = 11  # the operator set that has all that the replacement is made of
_LIKE = {"RandomNormalLike": "normal", "RandomUniformLike": "uniform"}
_SHAPED = {"RandomNormal": "normal", "RandomUniform": "uniform"}
_OTHERS = frozenset({"Multinomial", "Bernoulli"})


class BrokenModel(Exception):
    """The file is no model."""


@dataclass(frozen=True, slots=True)
class Model:
    """`content` is for onnxruntime. Where `repeats` is false, only a fresh session gives the same again."""

    content: bytes
    repeats: bool


def prepare(path: Path, seed: int) -> Model:
    """Return the model at `path` with the noise of `seed`, and with the length of each sound as a second output.

    A model that does not show where its lengths are has no second output. Raises `BrokenModel`, `OSError`.
    """
    try:
        model = onnx.load(str(path))
    except DecodeError as error:
        raise BrokenModel("it is no ONNX model") from error
    if not model.graph.node:
        raise BrokenModel("there is nothing in it")
    if max((opset.version for opset in model.opset_import if opset.domain in {"", "ai.onnx"}), default=0) >= _OLDEST:
        _still(model, np.random.RandomState(seed))  # whose numbers are promised never to change
    if len(model.graph.output) == 1:
        with suppress(ValueError):  # it has no such place, or several
            add_alignment_output(model)
    return Model(model.SerializeToString(), repeats=not any(map(_draws, _nodes(model))))


def _still(model: onnx.ModelProto, chance: np.random.RandomState) -> None:
    """Replace what draws noise in the main graph."""
    nodes = list(model.graph.node)
    still: list[onnx.NodeProto] = []
    tables: dict[str, str] = {}
    for index, node in enumerate(nodes):
        name = f"earmark/{index}"
        if node.op_type in _LIKE:
            kind = _LIKE[node.op_type]
            if kind not in tables:
                tables[kind] = f"earmark/{kind}"
                _keep(model, tables[kind], _drawn(kind, (_TABLE,), chance))
            still += _read(model, node, tables[kind], name, shift=index * 7919)
        elif node.op_type in _SHAPED:
            attributes = _attributes(node)
            drawn = _drawn(_SHAPED[node.op_type], tuple(attributes["shape"]), chance)
            _keep(model, f"{name}/drawn", drawn)
            still += _scaled(model, node, f"{name}/drawn", name)
        else:
            still.append(node)
    del model.graph.node[:]
    model.graph.node.extend(still)


def _drawn(kind: str, shape: tuple[int, ...], chance: np.random.RandomState) -> NDArray[np.float32]:
    drawn = chance.standard_normal(shape) if kind == "normal" else chance.random_sample(shape)
    return np.asarray(drawn, dtype=np.float32)


def _keep(model: onnx.ModelProto, name: str, values: NDArray[Any]) -> str:
    model.graph.initializer.append(numpy_helper.from_array(values, name))
    return name


def _read(model: onnx.ModelProto, node: onnx.NodeProto, table: str, name: str, *, shift: int) -> list[onnx.NodeProto]:
    """Return the nodes that read as many numbers of `table` as the input has, from another place for each node.

    The table is laid end to end as often as it takes, and a piece of that is copied: to pick the numbers one by one
    takes as long as to draw them.
    """

    def numbers(called: str, *values: int) -> str:
        return _keep(model, f"{name}/{called}", np.asarray(values, dtype=np.int64))

    begin = numbers("begin", shift % _TABLE)
    made = [
        helper.make_node("Shape", [node.input[0]], [f"{name}/shape"]),
        helper.make_node("Size", [node.input[0]], [f"{name}/size"]),
        helper.make_node("Add", [f"{name}/size", begin], [f"{name}/end"]),
        helper.make_node("Div", [f"{name}/end", numbers("length", _TABLE)], [f"{name}/full"]),
        helper.make_node("Add", [f"{name}/full", numbers("one", 1)], [f"{name}/times"]),
        helper.make_node("Tile", [table, f"{name}/times"], [f"{name}/table"]),
        helper.make_node("Slice", [f"{name}/table", begin, f"{name}/end"], [f"{name}/flat"]),
        helper.make_node("Reshape", [f"{name}/flat", f"{name}/shape"], [f"{name}/drawn"]),
    ]
    return made + _scaled(model, node, f"{name}/drawn", name)


def _scaled(model: onnx.ModelProto, node: onnx.NodeProto, drawn: str, name: str) -> list[onnx.NodeProto]:
    """Return the nodes that make of `drawn` what the node would give: its spread, its middle, its type."""
    attributes = _attributes(node)
    if "Normal" in node.op_type:
        factor, offset = attributes.get("scale", 1.0), attributes.get("mean", 0.0)
    else:
        offset = attributes.get("low", 0.0)
        factor = attributes.get("high", 1.0) - offset
    by = _keep(model, f"{name}/factor", np.asarray(factor, dtype=np.float32))
    plus = _keep(model, f"{name}/offset", np.asarray(offset, dtype=np.float32))
    return [
        helper.make_node("Mul", [drawn, by], [f"{name}/spread"]),
        helper.make_node("Add", [f"{name}/spread", plus], [f"{name}/placed"]),
        helper.make_node("Cast", [f"{name}/placed"], list(node.output), to=attributes.get("dtype", TensorProto.FLOAT)),
    ]


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}


def _draws(node: onnx.NodeProto) -> bool:
    return node.op_type in _LIKE or node.op_type in _SHAPED or node.op_type in _OTHERS


def _nodes(model: onnx.ModelProto) -> Iterator[onnx.NodeProto]:
    """Yield every node, also of loops, of branches and of functions."""
    waiting = [*model.graph.node, *(node for function in model.functions for node in function.node)]
    while waiting:
        node = waiting.pop()
        yield node
        for attribute in node.attribute:
            waiting.extend(attribute.g.node)
            waiting.extend(inner for graph in attribute.graphs for inner in graph.node)
