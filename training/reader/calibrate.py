"""Confidence that means what it says: a logistic map from a decoder's signs to the share that is right; its test."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.model.decode import Draft, drafts, names
from tocsin.model.settings import Settings
from tocsin.model.tagging import runs
from training.reader.data import Page
from training.reader.labels import NAMES
from training.reader.measure import Scored

SIGNS = (
    "content",
    "content_least",
    "cue",
    "source",
    "source_least",
    "link",
    "from",
    "quoted",
    "long",
    "sourceless",
    "apart",
)
NAME_SIGNS = ("mean", "least", "long")
PULL = 1.0
"""Weight of the penalty on squared weights (of signs brought to unit spread): with ~1,000 cases it only tames twins."""
BINS = 10


def fit(rows: Sequence[Mapping[str, float]], right: Sequence[bool], signs: Sequence[str]) -> dict[str, Any]:
    """Weights and bias of the most likely logistic map (Newton's method), rounded for the manifest."""
    x = np.array([[row[name] for name in signs] for row in rows], dtype=np.float64)
    y = np.array(right, dtype=np.float64)
    mean, spread = x.mean(0), np.maximum(x.std(0), 1e-6)
    z = np.concatenate(((x - mean) / spread, np.ones((len(x), 1))), axis=1)
    w = np.zeros(z.shape[1])
    pull = np.diag([PULL] * len(signs) + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        change = np.linalg.solve((z.T * (p * (1 - p) + 1e-9)) @ z + pull, z.T @ (y - p) - pull @ w)
        w += change
        if np.abs(change).max() < 1e-9:
            break
    weights = w[:-1] / spread
    bias = w[-1] - float(weights @ mean)
    return {
        "weights": {name: round(float(value), 4) for name, value in zip(signs, weights, strict=True)},
        "bias": round(float(bias), 4),
    }


def judged(page: Page, told: Sequence[Draft], scorer: ModuleType) -> list[bool]:
    """Of each draft whether the scorer's "full" finds it in the gold, each gold attribution once."""
    article = scorer.Article(page.text)

    def read(one: Mapping[str, Any]) -> dict[str, Any]:
        return {role: article.span(one[role]) for role in ("source", "content")}

    wanted = [read(one) for one in page.attributions]
    found = [read({"source": one.source, "content": one.content}) for one in told]
    wanted = [one for one in wanted if one["content"]]
    pairs = scorer.match(
        wanted,
        found,
        lambda g, p: scorer.dice(g["content"], p["content"]),
        0.8,
        lambda g, p: scorer.source_ok(g["source"], p["source"]),
    )
    right = {place for _, place in pairs}
    return [place in right for place in range(len(told))]


def cases(
    pages: Sequence[Page], scored: Mapping[str, list[Scored]], settings: Settings, scorer: ModuleType
) -> tuple[list[dict[str, float]], list[bool]]:
    """Every attribution of these pages with its signs, and whether it is right."""
    whole = replace(settings, decoding=replace(settings.decoding, least=0.0))
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    for page in pages:
        told = drafts(scored[page.id], whole)
        rows += [one.signs for one in told]
        right += judged(page, told, scorer)
    return rows, right


def name_cases(
    pages: Sequence[Page], scored: Mapping[str, list[Scored]], settings: Settings
) -> tuple[list[dict[str, float]], list[bool]]:
    """The same for names, against the mended silver."""
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    for page in pages:
        spans = sorted(page.names)
        labels = [max(0, page.names[span]) for span in spans]
        silver = {(spans[a][0], spans[b - 1][1], kind) for kind, a, b in runs(labels, NAMES)}
        for window, outputs in scored[page.id]:
            shares = np.exp(outputs["name"] - outputs["name"].max(1, keepdims=True))
            certain: NDArray[Any] = shares.max(1) / shares.sum(1)
            at = {window.words[a][0]: (a, b) for _, a, b in runs(outputs["name"].argmax(1).tolist(), NAMES)}
            for one in names(window, outputs, settings):
                a, b = at[one.start]
                own = certain[a:b]
                rows.append({"mean": math.log(own.mean()), "least": math.log(own.min()), "long": math.log(b - a)})
                right.append((one.start, one.end, one.kind) in silver)
    return rows, right


def reliability(chance: Sequence[float], right: Sequence[bool]) -> tuple[list[tuple[float, float, int]], float]:
    """Mean confidence, share right and number in each tenth of the range, and the expected error over all."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for one, good in zip(chance, right, strict=True):
        bins[min(BINS - 1, int(one * BINS))].append((one, good))
    table, error = [], 0.0
    for cell in bins:
        mean = sum(one for one, _ in cell) / len(cell) if cell else 0.0
        share = sum(good for _, good in cell) / len(cell) if cell else 0.0
        table.append((mean, share, len(cell)))
        error += abs(mean - share) * len(cell) / max(1, len(right))
    return table, error
