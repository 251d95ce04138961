"""Make the tiny model that the tests of `tocsin.model` read with: the graph's inputs and outputs, random weights.

    python training/tiny_model.py tests/model/tiny

It needs the `onnx` package (training/reader/requirements.txt). The weights are drawn once from a fixed seed; that they
mean nothing is as it should be: the tests look at offsets, order, threads and files, never at what is found.
"""

import hashlib
import json
import string
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WIDTH = 8
TAGS = ["O", *(f"{edge}-{role}" for role in ("source", "cue", "content") for edge in "BI")]
NAMES = ["O", *(f"{edge}-{kind}" for kind in ("person", "organisation", "place", "other") for edge in "BI")]
POS, REL = ["NN", "VB", "X"], ["root", "nsubj", "dep"]


def vocabulary() -> list[str]:
    """Letters and signs, so that every plain word has pieces."""
    letters = string.ascii_lowercase + string.digits
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{one}" for one in letters), *".,'\"-“”’"]


class Graph:
    """Nodes and weights as they are added."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(6)
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, *shape: int, scale: float = 1.0) -> str:
        return self.constant((self.random.normal(size=shape) * scale).astype(np.float32))

    def constant(self, value: np.ndarray) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, *inputs: str, out: str | None = None, **attributes: object) -> str:
        out = out or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def save(self, path: Path, inputs: dict[str, str], outputs: dict[str, list[str | int]]) -> None:
        graph = helper.make_graph(
            self.nodes,
            "tiny",
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [size, WIDTH])
                if name == "embedded"
                else helper.make_tensor_value_info(name, TensorProto.INT64, [size])
                for name, size in inputs.items()
            ],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())


def reader(path: Path) -> None:
    """The reader's graph."""
    g = Graph()
    x = "embedded"
    for name, size in (("case", 6), ("quoted", 3), ("place", 3)):
        x = g.add("Add", x, g.add("Gather", g.weight(size, WIDTH), name))
    mean = g.add("ReduceMean", x, axes=[0], keepdims=1)
    around = g.add("Mul", mean, g.constant(np.array(0.3, dtype=np.float32)))
    x = g.add("Tanh", g.add("Add", x, around))
    words = g.add("Gather", x, "first")
    for name, labels in (("tag", TAGS), ("name", NAMES), ("pos", POS), ("rel", REL)):
        g.add("MatMul", words, g.weight(WIDTH, len(labels), scale=3.0), out=name)
    pairs = [
        g.add("MatMul", g.add("MatMul", words, g.weight(WIDTH, WIDTH)), g.add("Transpose", words)) for _ in range(2)
    ]
    g.add("Concat", pairs[0], g.add("MatMul", words, g.weight(WIDTH, 1)), out="link", axis=1)
    one, zero = (g.constant(np.array([axis], dtype=np.int64)) for axis in (1, 0))
    apart = g.add("Not", g.add("Equal", g.add("Unsqueeze", "sentence", one), g.add("Unsqueeze", "sentence", zero)))
    far = g.add("Mul", g.add("Cast", apart, to=TensorProto.FLOAT), g.constant(np.array(-1e4, dtype=np.float32)))
    # nearly every sentence hangs on its first word, so that reading long texts costs no more than it does in earnest
    head = g.add("Cast", g.add("Gather", "place", "first"), to=TensorProto.FLOAT)
    head = g.add("Mul", head, g.constant(np.array(50.0, dtype=np.float32)))
    heads = g.add("Add", g.add("Add", pairs[1], far), g.add("Unsqueeze", head, zero))
    root = g.add("Mul", g.add("Unsqueeze", head, one), g.constant(np.array(2.0, dtype=np.float32)))
    g.add("Concat", g.add("Add", g.add("MatMul", words, g.weight(WIDTH, 1)), root), heads, out="arc", axis=1)
    pieces = dict.fromkeys(("embedded", "case", "quoted", "place"), "pieces")
    columns = {
        "tag": len(TAGS),
        "link": "columns",
        "name": len(NAMES),
        "pos": len(POS),
        "arc": "columns",
        "rel": len(REL),
    }
    outputs: dict[str, list[str | int]] = {name: ["words", size] for name, size in columns.items()}
    g.save(path, {**pieces, "first": "words", "sentence": "words"}, outputs)


def similarity(path: Path) -> None:
    """The graph for similarity: the mean of the pieces' vectors, of length 1."""
    g = Graph()
    mean = g.add("ReduceMean", "embedded", axes=[0], keepdims=0)
    g.add("Div", mean, g.add("ReduceL2", mean, axes=[0], keepdims=1), out="vector")
    g.save(path, {"embedded": "pieces"}, {"vector": [WIDTH]})


def judge(path: Path) -> None:
    """The judge's graph: three scores from the focus' vector and the mean of all."""
    g = Graph()
    x = "embedded"
    for name, size in (("role", 8), ("case", 6)):
        x = g.add("Add", x, g.add("Gather", g.weight(size, WIDTH), name))
    both = g.add("Add", g.add("Gather", x, "focus"), g.add("ReduceMean", x, axes=[0], keepdims=1))
    g.add("Squeeze", g.add("MatMul", both, g.weight(WIDTH, 3)), g.constant(np.array([0], dtype=np.int64)), out="score")
    g.save(path, {"embedded": "pieces", "role": "pieces", "case": "pieces", "focus": "one"}, {"score": [3]})


def words(path: Path) -> None:
    """The table of the pieces' vectors."""
    g = Graph()
    g.add("Gather", g.weight(len(vocabulary()), WIDTH), "ids", out="embedded")
    g.save(path, {"ids": "pieces"}, {"embedded": ["pieces", WIDTH]})


def main(folder: Path) -> None:
    """Write the files and the manifest with their hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    reader(folder / "reader.onnx")
    similarity(folder / "similarity.onnx")
    judge(folder / "judge.onnx")
    words(folder / "words.onnx")
    (folder / "vocab.txt").write_text("\n".join(vocabulary()) + "\n", encoding="utf-8")
    files = {
        name: {"sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name in ("words.onnx", "reader.onnx", "similarity.onnx", "judge.onnx", "vocab.txt")
    }
    manifest = {
        "format": 1,
        "version": "tiny/1",
        "limit": 64,
        "files": files,
        "tags": TAGS,
        "names": NAMES,
        "pos": POS,
        "rel": REL,
        "decoding": {"keep_bare": True, "drop_apart": False},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
