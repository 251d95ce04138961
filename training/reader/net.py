"""The network: the trunk of a small BERT with extra inputs, and the heads on the vectors of words.

The trunk's word embeddings stay as they were published: they hold half of all parameters, and an encoder for similarity
beside this one can then use the same table.
"""

import json
import struct
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.reader.labels import NAMES, POS, RELATIONS, TAGS

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
VOCABULARY, POSITIONS = 30522, 512
CASES, QUOTED, PLACES = 6, 3, 3
LINK, ARC, RELATION = 128, 128, 96
FAR = -1e4
"""The score of a head outside the sentence."""


class Dropout(nn.Module):
    """Dropout from a pool of random bits that are drawn once: drawing them anew took a tenth of a step on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if self._pool is None or self._pool.dtype != x.dtype or self._pool.device != x.device:
            pool = torch.rand(1 << 23) >= self.share
            self._pool = (pool / (1 - self.share)).to(x.device, x.dtype)
        start = int(torch.randint(0, max(1, self._pool.numel() - x.numel()), (1,)))
        return x * self._pool[start : start + x.numel()].view(x.shape)


def rounded(x: Tensor) -> Tensor:
    """What int8 leaves of activations: 256 even steps over the range of each window, as onnxruntime takes them. The
    gradient passes through."""
    with torch.no_grad():
        low = x.amin((1, 2), keepdim=True).clamp_max(0)
        step = ((x.amax((1, 2), keepdim=True).clamp_min(0) - low) / 255).clamp_min(1e-8)
        change = torch.round(x / step).mul_(step).sub_(x)
    return x + change


def rounded_weight(weight: Tensor, bits: int = 7) -> Tensor:
    """What int8 leaves of a weight [out, in]: even steps for each output. The gradient passes through."""
    with torch.no_grad():
        most = 2 ** (bits - 1) - 1
        step = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / most
        change = torch.round(weight / step).clamp_(-most, most).mul_(step).sub_(weight)
    return weight + change


class Linear(nn.Linear):
    """A product that is int8 in the exported graph; with `quantised` set it is trained as that."""

    quantised = False

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - the parent's name for it
        if not self.quantised:
            return super().forward(input)
        return functional.linear(rounded(input), rounded_weight(self.weight), self.bias)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Linear(WIDTH, INNER)
        self.down = Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q @ k.transpose(2, 3)) * (WIDTH // HEADS) ** -0.5
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        # the softmax stays in the type of its input: in bfloat16 it is four times as quick, at no loss
        seen = torch.softmax(scores, -1, dtype=scores.dtype) @ v
        x = self.norm(x + self.dropout(self.out(seen.transpose(1, 2).reshape(rows, length, WIDTH))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Biaffine(nn.Module):
    """Scores of pairs of words: dependent rows, head columns, and one column more for "none" (first or last)."""

    def __init__(self, width: int, *, none_first: bool) -> None:
        super().__init__()
        self.row, self.column = nn.Linear(WIDTH, width), nn.Linear(WIDTH, width)
        self.none = nn.Parameter(torch.randn(width) * 0.1)
        self.pair = nn.Parameter(torch.eye(width) * width**-0.5)
        self.bias = nn.Parameter(torch.zeros(width))
        self.none_first = none_first

    def forward(self, x: Tensor) -> Tensor:
        rows = functional.gelu(self.row(x))
        columns = functional.gelu(self.column(x))
        none = self.none.to(columns.dtype).expand(x.shape[0], 1, -1)
        columns = torch.cat((none, columns) if self.none_first else (columns, none), 1)
        return (rows @ self.pair.to(rows.dtype) + self.bias.to(rows.dtype)) @ columns.transpose(1, 2)


class Relations(nn.Module):
    """The relation of each word to a given head."""

    def __init__(self) -> None:
        super().__init__()
        self.dependent, self.head = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.root = nn.Parameter(torch.randn(RELATION) * 0.1)
        self.out = nn.Linear(RELATION, len(RELATIONS))

    def forward(self, x: Tensor, heads: Tensor) -> Tensor:
        """`heads` [B, W]: 0 the root, else 1 + the head's index."""
        head = self.head(x)
        head = torch.cat((self.root.to(head.dtype).expand(x.shape[0], 1, -1), head), 1)
        chosen = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, RELATION))
        return self.out(functional.gelu(self.dependent(x) + chosen))


class Reader(nn.Module):
    """Trunk and heads. All inputs carry a batch axis here; the exported graph takes one window without it."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        drop = Dropout(dropout)
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.extra = nn.ModuleList([nn.Embedding(size, WIDTH) for size in (CASES, QUOTED, PLACES)])
        for one in self.extra:
            nn.init.zeros_(one.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer(drop) for _ in range(LAYERS)])
        self.dropout = drop
        self.tag = nn.Linear(WIDTH, len(TAGS))
        self.name = nn.Linear(WIDTH, len(NAMES))
        self.pos = nn.Linear(WIDTH, len(POS))
        self.link = Biaffine(LINK, none_first=False)
        self.arc = Biaffine(ARC, none_first=True)
        self.rel = Relations()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.begin = nn.Parameter(torch.zeros(len(TAGS)))
        self.end = nn.Parameter(torch.zeros(len(TAGS)))

    def quantise(self, *, on: bool) -> None:
        """Whether the trunk's products are to be what int8 makes of them."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.quantised = on

    def vectors(self, ids: Tensor, extra: tuple[Tensor, Tensor, Tensor], mask: Tensor | None) -> Tensor:
        """The vectors of all pieces. `mask` is added to the attention's scores."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]
        for table, values in zip(self.extra, extra, strict=True):
            x = x + table(values)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def of_words(self, vectors: Tensor, first: Tensor) -> Tensor:
        """Each word's vector is that of its first piece."""
        return self.dropout(torch.gather(vectors, 1, first[:, :, None].expand(-1, -1, WIDTH)))

    def arcs(self, x: Tensor, sentence: Tensor) -> Tensor:
        """Scores of heads [B, W, W + 1], those of other sentences far below."""
        apart = sentence[:, :, None] != sentence[:, None, :]
        far = functional.pad(apart, (1, 0)).to(x.dtype) * FAR
        return self.arc(x) + far


def tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file, all of which are float32 here."""
    raw = path.read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + size])
    out = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            a, b = entry["data_offsets"]
            values = np.frombuffer(raw[8 + size + a : 8 + size + b], dtype="<f4").reshape(entry["shape"])
            out[name] = torch.from_numpy(values.copy())
    return out


def load_encoder(net: Reader, path: Path) -> None:
    """Copy the published encoder's weights into the trunk."""
    source = tensors(path)

    def copy(target: Tensor, *names: str) -> None:
        with torch.no_grad():
            target.copy_(torch.cat([source[name] for name in names]))

    def linear(target: nn.Linear | nn.LayerNorm, *names: str) -> None:
        for part in ("weight", "bias"):
            copy(getattr(target, part), *(f"{name}.{part}" for name in names))

    copy(net.words.weight, "embeddings.word_embeddings.weight")
    copy(net.positions.weight, "embeddings.position_embeddings.weight")
    with torch.no_grad():
        net.positions.weight += source["embeddings.token_type_embeddings.weight"][0]
    linear(net.norm, "embeddings.LayerNorm")
    for number, layer in enumerate(net.layers):
        at = f"encoder.layer.{number}"
        linear(layer.qkv, *(f"{at}.attention.self.{part}" for part in ("query", "key", "value")))
        linear(layer.out, f"{at}.attention.output.dense")
        linear(layer.norm, f"{at}.attention.output.LayerNorm")
        linear(layer.up, f"{at}.intermediate.dense")
        linear(layer.down, f"{at}.output.dense")
        linear(layer.norm2, f"{at}.output.LayerNorm")
