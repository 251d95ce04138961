"""The learnt half of the labeller: how surely each line is of the article (weights: `data/labeller.json`).

Invariant: a pure function of the lines and the data file; linear in the number of lines.
"""

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain, repeat

from tocsin.read.context import context_features, second_features
from tocsin.read.features import OFFSETS, Fact, line_features, word_features

_SCALE = 1000
"""Weights are kept in thousandths."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Both models: `near` holds for each feature its weights by neighbour offset."""

    threshold: float
    bias: int
    near: Mapping[str, tuple[int, ...]]
    words: Mapping[str, int]
    second_bias: int
    second: Mapping[str, int]


@functools.cache
def load() -> Weights:
    """The weights; made again by training/labeller/train.py."""
    found = json.loads(resources.files("tocsin.read").joinpath("data/labeller.json").read_text("utf-8"))
    first, second = found["first"], found["second"]
    near = {name: tuple(weights) for name, weights in first["near"].items()}
    return Weights(found["threshold"], first["bias"], near, first["words"], second["bias"], second["weights"])


def _first_scores(weights: Weights, own: Sequence[list[str]], spoken: Sequence[list[str]]) -> list[float]:
    """Each line's log-odds from itself and its neighbours."""
    n, width = len(own), len(OFFSETS)
    # `lent[i][k]`: what line i's features say of the line OFFSETS[k] lines above it.
    lent: list[Sequence[int]] = []
    near, nothing = weights.near, (0,) * width
    for names in own:
        rows = [near[name] for name in names if name in near]
        lent.append(list(map(sum, zip(*rows, strict=True))) if rows else nothing)
    edge = near.get("edge", nothing)
    scores = []
    for i in range(n):
        total = weights.bias
        for k, offset in enumerate(OFFSETS):
            total += lent[i + offset][k] if 0 <= i + offset < n else edge[k]
        total += sum(map(weights.words.get, spoken[i], repeat(0)))
        scores.append(total / _SCALE)
    return scores


def article_scores(facts: Sequence[Fact]) -> list[float]:
    """For each line the log-odds, above the chosen threshold, that it is of the article: from 0 on it is."""
    weights = load()
    own = [line_features(fact) for fact in facts]
    spoken = [word_features(fact) for fact in facts]
    rows = context_features(facts, _first_scores(weights, own, spoken))
    get = weights.second.get
    scores = []
    for i, row in enumerate(rows):
        names = chain(row, second_features(facts, own, i), spoken[i])
        total = weights.second_bias + sum(map(get, names, repeat(0)))
        scores.append(total / _SCALE - weights.threshold)
    return scores
