"""The files that the package ships, from a checkpoint: the int8 graph, the vocabulary and the manifest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from tocsin.model.settings import FORMAT
from training.reader.graph import EXACT, build, word_table
from training.reader.labels import NAMES, POS, RELATIONS, TAGS
from training.reader.net import Reader, load_encoder

GRAPH, WORDS, VOCABULARY, MANIFEST = "reader.onnx", "words.onnx", "vocab.txt", "manifest.json"


@dataclass(slots=True)
class About:
    """What the manifest says beside labels and tables."""

    version: str
    limit: int
    made: dict[str, Any] = field(default_factory=dict)
    """From which data, commit and recipe."""
    decoding: dict[str, Any] = field(default_factory=dict)
    calibration: dict[str, Any] = field(default_factory=dict)
    outside: float = 0.0
    """What was added to the score of "O", chosen on dev."""


def network(encoder: Path, checkpoint: Path) -> tuple[Reader, dict[str, Any]]:
    """The network with a checkpoint's averaged weights, and the recipe they were made by."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    net = Reader()
    load_encoder(net, encoder / "model.safetensors")
    missing = net.load_state_dict(state["weights"], strict=False)
    if missing.unexpected_keys or missing.missing_keys != ["words.weight"]:
        raise ValueError(f"{checkpoint} does not fit the network: {missing}")
    return net.eval(), state["recipe"]


def average(checkpoints: list[Path], out: Path) -> None:
    """One checkpoint whose weights are the mean of several."""
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in checkpoints]
    mean = {name: sum(state["weights"][name] for state in states) / len(states) for name in states[0]["weights"]}
    torch.save({"weights": mean, "recipe": states[0]["recipe"]}, out)


def write(
    net: Reader,
    encoder: Path,
    out: Path,
    about: About,
    *,
    exact: frozenset[str] = EXACT,
    bits: int = 7,
) -> None:
    """Write a complete set of files into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    weights: dict[str, NDArray[Any]] = {
        name: np.asarray(one.detach(), np.float32) for name, one in net.state_dict().items()
    }
    weights["tag.bias"] = weights["tag.bias"] + np.array([about.outside] + [0.0] * (len(TAGS) - 1), np.float32)
    graph = build(weights, exact=exact, bits=bits)
    (out / GRAPH).write_bytes(graph.SerializeToString(deterministic=True))
    (out / WORDS).write_bytes(word_table(weights["words.weight"]).SerializeToString(deterministic=True))
    (out / VOCABULARY).write_bytes((encoder / "vocab.txt").read_bytes())
    tables = {name: weights[name].round(4).tolist() for name in ("transitions", "begin", "end")}
    labels = {"tags": TAGS, "names": NAMES, "pos": POS, "rel": RELATIONS}
    manifest(out, {"format": FORMAT, **asdict(about), **labels, **tables})


def manifest(out: Path, entries: Mapping[str, Any]) -> None:
    """Write the manifest with the hashes of the files beside it; numbers as short as they are exact."""
    files = {
        name: {"sha256": hashlib.sha256((out / name).read_bytes()).hexdigest(), "bytes": (out / name).stat().st_size}
        for name in (GRAPH, WORDS, VOCABULARY)
    }
    text = json.dumps({**entries, "files": files}, indent=1, ensure_ascii=False, default=float)
    (out / MANIFEST).write_text(text + "\n", "utf-8")


def decoding(path: Path) -> tuple[dict[str, Any], float]:
    """The decoder's settings, and what is added to the score of "O"."""
    raw = json.loads(path.read_text("utf-8"))
    return dict(raw["settings"]), float(raw["outside"])


def amend(out: Path, **entries: Any) -> None:
    """Replace entries of a manifest that is there."""
    known = json.loads((out / MANIFEST).read_text("utf-8"))
    manifest(out, {**known, **entries})


def add(out: Path, name: str, data: bytes) -> None:
    """Write one more file, and its hash into the manifest that is there."""
    (out / name).write_bytes(data)
    known = json.loads((out / MANIFEST).read_text("utf-8"))
    known["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (out / MANIFEST).write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
