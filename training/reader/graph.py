"""The network as an ONNX graph, written out node by node: one window a call, no padding, no batch axis.

Written by hand rather than traced, so that every product of matrices is the kernel that is meant: onnxruntime's own
fused operators (attention, GELU with bias), and int8 where a name is not in `exact`.
Weights are symmetric int8 with a scale for each column, of 7 bits unless told otherwise: without VNNI, eight bits
overflow the 16-bit sums of older processors. Activations are quantised anew in every call, over the window alone.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.reader.net import ARC, FAR, HEADS, LAYERS, LINK, RELATION, WIDTH

OPSET, CONTRIB = 20, "com.microsoft"
MOST = 320
"""Positions that are kept: more than a window of the limit has."""
Array = NDArray[Any]


def quantised(weight: Array, bits: int) -> tuple[Array, Array]:
    """`weight` [in, out] as int8 with a scale for each column, symmetric."""
    most = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(weight).max(0), 1e-8) / most
    return np.clip(np.round(weight / scale), -most, most).astype(np.int8), scale.astype(np.float32)


class Graph:
    """Nodes, inputs and weights of one ONNX graph under construction."""

    def __init__(self, *, exact: frozenset[str], bits: int) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._known: set[str] = set()
        self._exact, self._bits = exact, bits

    def constant(self, name: str, values: Array) -> str:
        if name not in self._known:
            self._known.add(name)
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def numbers(self, *values: int) -> str:
        return self.constant("i" + "_".join(map(str, values)), np.array(values, np.int64))

    def node(self, kind: str, inputs: Sequence[str], out: str = "", *, domain: str = "", **attributes: Any) -> str:
        out = out or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], domain=domain, **attributes))
        return out

    def linear(self, x: str, name: str, weight: Array, bias: Array | None, out: str = "") -> str:
        """`x` times `weight` [in, out] plus `bias`."""
        bias_name = "" if bias is None else self.constant(f"{name}.bias", bias)
        if name in self._exact or any(name.startswith(f"{one}.") for one in self._exact):
            product = self.node("MatMul", [x, self.constant(f"{name}.weight", weight)], "" if bias_name else out)
            return self.node("Add", [product, bias_name], out) if bias_name else product
        values, scale = quantised(weight, self._bits)
        inputs = [x, self.constant(f"{name}.weight", values), self.constant(f"{name}.scale", scale)]
        zero = self.constant(f"{name}.zero", np.zeros(scale.shape, np.int8))
        return self.node("DynamicQuantizeMatMul", [*inputs, zero, bias_name], out, domain=CONTRIB)

    def table(self, name: str, values: Array, at: str) -> str:
        """Rows of a table of embeddings, kept as int8 with a scale for each row."""
        rows, scale = quantised(values.T, 8)
        found = self.node("Gather", [self.constant(name, np.ascontiguousarray(rows.T)), at])
        scales = self.node("Gather", [self.constant(f"{name}.scale", scale[:, None]), at])
        return self.node("Mul", [self.node("Cast", [found], to=TensorProto.FLOAT), scales])


class Writer:
    """The reading model's graph from its weights (arrays by the names of the network's parameters)."""

    def __init__(self, weights: dict[str, Array], graph: Graph) -> None:
        self.w, self.g = weights, graph

    def linear(self, x: str, name: str, *, bias: bool = True, out: str = "") -> str:
        return self.g.linear(x, name, self.w[f"{name}.weight"].T, self.w[f"{name}.bias"] if bias else None, out)

    def norm(self, x: str, name: str, skip: str = "") -> str:
        """Layer norm, of the sum with `skip` where there is one. (As one operator it takes twice as long.)"""
        inputs = [self.g.constant(f"{name}.{part}", self.w[f"{name}.{part}"]) for part in ("weight", "bias")]
        if skip:
            x = self.g.node("Add", [x, skip])
        return self.g.node("LayerNormalization", [x, *inputs], axis=-1, epsilon=1e-12)

    def embedded(self) -> str:
        """The vectors of the pieces as they come in, each with that of its place [1, L, 384]."""
        g, row = self.g, self.g.numbers(0)
        x = g.node("Unsqueeze", ["embedded", row])
        places = g.constant("positions", self.w["positions.weight"][:MOST])
        length = g.node("Shape", ["embedded"], start=0, end=1)
        return g.node("Add", [x, g.node("Slice", [places, row, length, row])])

    def added(self, x: str, name: str, table: Array) -> str:
        """`x` with what the input `name` says of each piece."""
        at = self.g.node("Unsqueeze", [name, self.g.numbers(0)])
        return self.g.node("Add", [x, self.g.node("Gather", [self.g.constant(f"extra.{name}", table), at])])

    def trunk(self) -> str:
        """The vectors of the pieces [1, L, 384]."""
        x = self.embedded()
        for number, name in enumerate(EXTRA):
            x = self.added(x, name, self.w[f"extra.{number}.weight"])
        return self.layers(x)

    def layers(self, x: str) -> str:
        """What all layers make of the pieces' vectors."""
        x = self.norm(x, "norm")
        for number in range(LAYERS):
            x = self.layer(x, f"layers.{number}")
        return x

    def layer(self, x: str, at: str) -> str:
        g = self.g
        parts = [f"{at}.q", f"{at}.k", f"{at}.v"]
        joined = self.linear(x, f"{at}.qkv")
        g.nodes.append(helper.make_node("Split", [joined, g.numbers(WIDTH, WIDTH, WIDTH)], parts, axis=2))
        seen = g.node("MultiHeadAttention", parts, domain=CONTRIB, num_heads=HEADS)
        x = self.norm(self.linear(seen, f"{at}.out"), f"{at}.norm", x)
        up = self.linear(x, f"{at}.up", bias=False)
        inner = g.node("BiasGelu", [up, g.constant(f"{at}.up.bias", self.w[f"{at}.up.bias"])], domain=CONTRIB)
        return self.norm(self.linear(inner, f"{at}.down"), f"{at}.norm2", x)

    def gelu(self, x: str) -> str:
        return self.g.node("Gelu", [x], domain=CONTRIB)

    def biaffine(self, x: str, name: str, width: int, *, none_first: bool, out: str) -> str:
        g, w = self.g, self.w
        rows = self.gelu(self.linear(x, f"{name}.row"))
        columns = self.gelu(self.linear(x, f"{name}.column"))
        none = g.constant(f"{name}.none", w[f"{name}.none"].reshape(1, width))
        columns = g.node("Concat", [none, columns] if none_first else [columns, none], axis=0)
        turned = g.node("MatMul", [rows, g.constant(f"{name}.pair", w[f"{name}.pair"])])
        turned = g.node("Add", [turned, g.constant(f"{name}.bias", w[f"{name}.bias"])])
        return g.node("MatMul", [turned, g.node("Transpose", [columns], perm=[1, 0])], out)

    def heads(self, vectors: str) -> None:
        """All outputs from the vectors of the pieces."""
        g = self.g
        flat = g.node("Squeeze", [vectors, g.numbers(0)])
        x = g.node("Gather", [flat, "first"], "vector", axis=0)
        for name in ("tag", "name", "pos"):
            self.linear(x, name, out=name)
        self.biaffine(x, "link", LINK, none_first=False, out="link")
        arcs = self.biaffine(x, "arc", ARC, none_first=True, out="arc.all")
        down, across = (g.node("Unsqueeze", ["sentence", g.numbers(axis)]) for axis in (1, 0))
        apart = g.node("Cast", [g.node("Not", [g.node("Equal", [down, across])])], to=TensorProto.FLOAT)
        far = g.node("Mul", [apart, g.constant("far", np.array(FAR, np.float32))])
        far = g.node("Pad", [far, g.numbers(0, 1, 0, 0)])
        arcs = g.node("Add", [arcs, far], "arc")
        best = g.node("ArgMax", [arcs], axis=1, keepdims=0)
        root = g.constant("rel.root", self.w["rel.root"].reshape(1, RELATION))
        head = g.node("Concat", [root, self.linear(x, "rel.head")], axis=0)
        chosen = g.node("Gather", [head, best], axis=0)
        both = g.node("Add", [self.linear(x, "rel.dependent"), chosen])
        self.linear(self.gelu(both), "rel.out", out="rel")


EXTRA = ("case", "quoted", "place")
"""What the reader is told of each piece beside its vector."""
OUTPUTS = ("tag", "link", "name", "pos", "arc", "rel")
EXACT = frozenset({"tag", "name", "pos", "link", "arc", "rel"})
"""Heads stay in float: they are small, and it is on their scores that thresholds are set."""


def build(
    weights: dict[str, Array],
    *,
    exact: frozenset[str] = EXACT,
    bits: int = 7,
    vectors: bool = False,
) -> onnx.ModelProto:
    """The graph with these weights. `exact` names what stays in float ("layers.5" for a whole layer)."""
    writer = Writer(weights, Graph(exact=exact, bits=bits))
    writer.heads(writer.trunk())
    inputs = [vectors_in(), *(helper.make_tensor_value_info(name, TensorProto.INT64, ["L"]) for name in EXTRA)]
    inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, ["W"]) for name in ("first", "sentence")]
    names = (*OUTPUTS, "vector") if vectors else OUTPUTS
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names]
    return finished(writer.g, "reader", inputs, outputs)


def vectors_in() -> onnx.ValueInfoProto:
    """The input of all encoders: the vectors of the pieces, from the graph of `word_table`."""
    return helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["L", WIDTH])


def word_table(words: Array) -> onnx.ModelProto:
    """The graph from numbers of pieces to their vectors: the table that all encoders share."""
    g = Graph(exact=frozenset(), bits=8)
    g.node("Identity", [g.table("words", words, "ids")], "embedded")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["L"])
    return finished(g, "words", [ids], [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, None)])


def finished(
    g: Graph, name: str, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    """The model with the graph's nodes and weights."""
    graph = helper.make_graph(g.nodes, name, inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name=f"tocsin training/{name}")
