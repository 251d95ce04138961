"""The judge's network: the reader's trunk with the words' parts as extra input, and one score on three vectors."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper
from torch import Tensor, nn
from torch.nn import functional

from tocsin.core.commitments import KINDS
from tocsin.model.passages import ROLES
from training.reader.graph import Graph, Writer, finished, vectors_in
from training.reader.net import CASES, WIDTH, Dropout, Linear, Reader, load_encoder

INNER = 192


class Judge(nn.Module):
    """Trunk and head. The score stands on the first sign's vector, the mean, and that of the focus."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        trunk = Reader(dropout)
        self.words, self.positions, self.norm = trunk.words, trunk.positions, trunk.norm
        self.layers, self.dropout = trunk.layers, Dropout(dropout)  # its own: a pool is of one type of numbers
        self.extra = nn.ModuleList([nn.Embedding(size, WIDTH) for size in (ROLES, CASES)])
        nn.init.normal_(self.extra[0].weight, std=0.02)
        nn.init.zeros_(self.extra[1].weight)
        self.up = nn.Linear(3 * WIDTH, INNER)
        self.out = nn.Linear(INNER, 1 + len(KINDS))
        self.drop = Dropout(dropout)

    def forward(self, ids: Tensor, role: Tensor, case: Tensor, there: Tensor, focus: Tensor) -> Tensor:
        """Log odds, and a score for each kind: [B, 1 + kinds]."""
        mask = torch.where(there, 0.0, -1e4)[:, None, None, :]
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.extra[0](role) + self.extra[1](case)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        weight = there.to(x.dtype)[:, :, None]
        mean = (x * weight).sum(1) / weight.sum(1)
        at = x[torch.arange(len(ids)), focus]
        seen: Tensor = self.out(self.drop(functional.gelu(self.up(torch.cat((x[:, 0], mean, at), -1)))))
        return seen

    def quantise(self, *, on: bool) -> None:
        """Whether the trunk's products are to be what int8 makes of them."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.quantised = on


def published(encoder: Path) -> Judge:
    """The judge before training: the published encoder's weights and a head that knows nothing."""
    reader, judge = Reader(), Judge()
    load_encoder(reader, encoder / "model.safetensors")
    own = judge.state_dict()
    own.update({name: one for name, one in reader.state_dict().items() if name in own and not name.startswith("extra")})
    judge.load_state_dict(own)
    return judge


class _Writer(Writer):
    def build(self) -> ModelProto:
        """The graph: pieces' vectors, roles, cases and the focus in, log odds and a score for each kind out."""
        g = self.g
        x = self.embedded()
        for number, name in enumerate(("role", "case")):
            x = self.added(x, name, self.w[f"extra.{number}.weight"])
        flat = g.node("Squeeze", [self.layers(x), g.numbers(0)])
        mean = g.node("ReduceMean", [flat, g.numbers(0)], keepdims=1)
        first, at = g.node("Gather", [flat, g.numbers(0)], axis=0), g.node("Gather", [flat, "focus"], axis=0)
        seen = self.gelu(self.linear(g.node("Concat", [first, mean, at], axis=1), "up"))
        g.node("Squeeze", [self.linear(seen, "out"), g.numbers(0)], "score")
        inputs = [vectors_in()]
        inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, ["L"]) for name in ("role", "case")]
        inputs.append(helper.make_tensor_value_info("focus", TensorProto.INT64, [1]))
        out = helper.make_tensor_value_info("score", TensorProto.FLOAT, [1 + len(KINDS)])
        return finished(g, "judge", inputs, [out])


def exported(judge: Judge) -> bytes:
    """The graph's bytes, the trunk in int8 and the head in float."""
    weights: dict[str, NDArray[np.float32]] = {
        name: np.asarray(one.detach(), np.float32) for name, one in judge.state_dict().items()
    }
    graph = Graph(exact=frozenset({"up", "out"}), bits=7)
    return _Writer(weights, graph).build().SerializeToString(deterministic=True)
