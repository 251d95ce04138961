"""Train data/commitment_weights.json: which candidates are commitments, cross-validated by page.

Usage: weights.py --gold GOLD.jsonl PAGES.json TEXT_DIR [--gold …] [--marked marked.jsonl PolNeAR_train.jsonl.gz]
       [--conditional GOLD.jsonl TEXT_DIR] [--write] [--show]

Logistic regression drawn towards PRIOR; how far from it the weights may go, and the threshold, are chosen on
predictions for each page by a model that has not seen it. Names with a "=" are clues (`commitment_clues.py`), of which
no reader expects anything. Where the marks come from stands in `pages.py`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from tocsin.annotate.commitment_score import PLACE
from training.commitments.pages import Row, conditional_pages, gold_pages, marked_pages, rows

OUT = Path(__file__).parents[2] / "src/tocsin/annotate/data/commitment_weights.json"
FOLDS = 10
TOLERANCE = 0.01
"""F1 over the threshold is flat and its peak is noise: of the stretch within this of the best the lowest is taken,
since a commitment that is missed cannot be looked up, while one too many can be passed over."""
SHIFTS = 3
"""Ways of drawing the folds; the curves of fewer differ by more than the tolerance."""
NAMED = 0.1
"""How far weights of named features may go from what is expected of them (the variance of a normal prior)."""
CLUES = (0.02, 0.04, 0.06, 0.1)
"""How far weights of clues may go from nought: the best of these in cross-validation."""
SLACK = 0.002
"""Of two choices that are within this of each other, noise, the one that trusts the examples less is taken."""
COMMON = 4
"""A clue that fewer candidates have tells more of its page than of the language."""
LEAST = 0.02
"""Weights smaller than this move no candidate over the threshold by themselves and are left out of the table."""

PRIOR = {
    "bias": -2.2,
    "family:commissive": 1.8, "family:adjective": 1.0, "family:plan": 1.0, "family:decision": 0.3, "family:noun": 0.4,
    "family:noun_object": 0.4, "family:control": 0.6, "family:purpose": 2.0, "family:ultimatum": 2.0,
    "family:requirement": 2.5, "family:penalty": 2.2, "family:present": 0.0, "family:infinitive": 0.6,
    "family:passive": 0.6, "family:attitude": -0.7, "family:expected": -1.0, "family:inability": -2.0,
    "family:past": -2.0, "family:ellipsis": -1.0,
    "holder:first": 0.7, "holder:name": 0.7, "holder:third": 0.6, "holder:it": 0.2,
    "holder:group": 0.8, "holder:thing": -0.8, "holder:measure": -0.1,
    "holder:weak": -0.8, "holder:policy": -0.4, "holder:you": -1.0,
    "act:state": -1.2, "act:outcome": -1.2, "act:routine": -0.8, "act:lever": 0.7, "act:alone": -0.3,
    "condition:if": 1.2, "condition:when": 0.5,
    "modal:will": 0.5, "modal:would": 0.2, "modal:can": -0.8, "modal:could": -0.3, "modal:may": -0.3,
    "modal:should": -1.5, "semi:promise": 0.4,
    "cue:state": -0.4, "there+no": 2.0, "state+condition": -0.8, "evades": -5.0, "cue:done": -2.5, "law": 1.2,
    "owner:loose": -0.5,
    "patient:person": -0.8, "patient:thing": 0.2, "cue:told": 0.2,
    "believed": -0.8, "polls": -0.8, "cue:bare": -0.8, "first+must": -1.0, "cue:readiness": 0.3,
    "told": 0.5, "told+would": 0.3, "negative": 0.3, "first+will": 0.4, "whoever+will": 1.5,
    "question": -1.0, "inside_condition": -1.0, "indirect_question": -0.8, "relative": -0.3,
}  # fmt: skip
"""What a reader of the guideline expects before any example: some 1,500 examples, most of a few kinds, are too few
for 100 weights on their own. Weights are drawn towards these, not towards nought."""


Floats = np.ndarray[Any, np.dtype[np.float64]]


def fit(x: Any, y: Floats, prior: Floats, variance: Floats) -> Floats:
    """Weights that maximise the log likelihood less |w - prior|^2 / 2 variance."""

    def loss(w: Floats) -> tuple[float, Floats]:
        z = x @ w
        away = w - prior
        value = np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(away * away / variance)
        return float(value), x.T @ (1 / (1 + np.exp(-z)) - y) + away / variance

    found = minimize(loss, prior.copy(), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return np.asarray(found.x, dtype=float)


def matrix(found: Sequence[Row], at: dict[str, int]) -> Any:
    """One line a candidate, one column a feature, the last for what stands around it."""
    line, column, value = [], [], []
    for k, row in enumerate(found):
        known = [at[name] for name in row.names if name in at]
        line += [k] * (len(known) + len(PLACE))
        column += known + list(range(len(at), len(at) + len(PLACE)))
        value += [1.0] * len(known) + list(row.around)
    return sp.csr_matrix((value, (line, column)), shape=(len(found), len(at) + len(PLACE)))


def columns(found: Sequence[Row]) -> list[str]:
    """The names that get a weight: all that a reader would name, and clues that are not rare."""
    counts = Counter(name for row in found for name in row.names)
    kept = {name for name, count in counts.items() if "=" not in name or count >= COMMON}
    return sorted(kept | set(PRIOR))


def folded(found: Sequence[Row], x: Any, y: Floats, prior: Floats, variance: Floats) -> list[Floats]:
    """For each way of drawing the folds each candidate's probability by a model that has not seen its page."""
    pages = sorted({row.page for row in found})
    out = []
    for shift in range(SHIFTS):
        fold = {page: (k * 7 + shift * 3 + k // 5 * shift) % FOLDS for k, page in enumerate(pages)}
        of = np.array([fold[row.page] for row in found])
        p = np.zeros(len(y))
        for f in range(FOLDS):
            w = fit(x[of != f], y[of != f], prior, variance)
            p[of == f] = 1 / (1 + np.exp(-(x[of == f] @ w)))
        out.append(p)
    return out


STEPS = np.arange(0.1, 0.6, 0.01)


def curve(folds: Sequence[Floats], y: Floats, total: int) -> Floats:
    """F1 at each threshold, the mean over the ways of drawing the folds."""
    right = y > 0
    return np.array(
        [np.mean([2 * (right & (p >= t)).sum() / ((p >= t).sum() + total) for p in folds]) for t in STEPS], dtype=float
    )


def train(found: Sequence[Row], total: int, write: bool = False, show: bool = False) -> None:
    """Choose how far clues may go and the threshold, print what they reach, and write the weights where asked to."""
    names = columns(found)
    x = matrix(found, {name: k for k, name in enumerate(names)})
    y = np.array([row.right for row in found], dtype=float)
    prior = np.array([PRIOR.get(name, 0.0) for name in names] + [0.0] * len(PLACE))

    def variance(far: float) -> Floats:
        return np.array([far if "=" in name else NAMED for name in names] + [NAMED] * len(PLACE))

    curves = {}
    for far in CLUES:
        curves[far] = curve(folded(found, x, y, prior, variance(far)), y, total)
        print(f"clues {far}: F1 {curves[far].max():.3f} at {STEPS[curves[far].argmax()]:.2f}", flush=True)
    top = max(float(one.max()) for one in curves.values())
    chosen = min(far for far in CLUES if curves[far].max() >= top - SLACK)
    best = curves[chosen]
    threshold = float(STEPS[np.nonzero(best >= best.max() - TOLERANCE)[0]][0])
    print(f"candidates {len(found)}, right {int(y.sum())}, marked {total}")
    print(f"best F1 {best.max():.3f} with clues {chosen}, threshold {threshold:.2f}")
    w = fit(x, y, prior, variance(chosen))
    weights = {name: round(float(v), 3) for name, v in zip([*names, *PLACE], w, strict=True)}
    if show:
        for name, value in sorted(weights.items(), key=lambda i: i[1]):
            print(f"{value:7.2f} {name}")
    if write:
        _write(weights, threshold)


def _write(weights: dict[str, float], threshold: float) -> None:
    why = (
        "Made by training/commitments/weights.py. expected: the guideline's reader before any example; weights: "
        "drawn from there to the examples, those with a = (clues) from nought; threshold: the lowest whose F1 in "
        f"cross-validation by page is within {TOLERANCE} of the best."
    )
    kept = {name: value for name, value in sorted(weights.items()) if "=" not in name or abs(value) >= LEAST}
    out = {"why": why, "threshold": round(threshold, 2), "expected": dict(sorted(PRIOR.items())), "weights": kept}
    OUT.write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Train on what the command line names."""
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", nargs=3, type=Path, action="append", required=True)
    ap.add_argument("--marked", nargs=2, type=Path)
    ap.add_argument("--conditional", nargs=2, type=Path)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--show", action="store_true")
    a = ap.parse_args()
    sources = [gold_pages(*one) for one in a.gold]
    sources += [marked_pages(*a.marked)] if a.marked else []
    sources += [conditional_pages(*a.conditional)] if a.conditional else []
    found, total = rows(chain.from_iterable(sources))
    train(found, total, a.write, a.show)


if __name__ == "__main__":
    main()
