"""Train data/commitment_weights.json on the marked articles of PolNeAR train, cross-validated by article.

Usage: weights.py GOLD.jsonl PAGES.json TEXT_DIR [--write] [--show]

A candidate is right when its action has token-F1 of 0.5 or more with a marked one (each marked one takes its best).
Logistic regression drawn towards PRIOR; C (how far from it the weights may go) and the threshold are chosen on
predictions for each page by a model that has not seen it.
"""

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.annotate.commitment_score import features
from tocsin.annotate.commitments import read_page
from tocsin.annotate.sentences import SENTENCES
from tocsin.core.document import Capture, Document, Line

OUT = Path(__file__).parents[2] / "src/tocsin/annotate/data/commitment_weights.json"
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
FOLDS = 10
TOLERANCE = 0.02
"""F1 over the threshold is flat and its peak is noise: of the stretch within this of the best the lowest is taken,
since a commitment that is missed cannot be looked up, while one too many can be passed over."""
SHIFTS = 9
"""Ways of drawing the folds; the curves of fewer differ by more than the tolerance."""
SLACK = 0.005
"""The largest C that costs no more F1 than this is taken: learn from the examples as far as that does no harm."""


PRIOR = {
    "bias": -2.2,
    "family:commissive": 1.8, "family:adjective": 1.0, "family:plan": 1.0, "family:decision": 0.3, "family:noun": 0.4,
    "family:noun_object": 0.4, "family:control": 0.6, "family:purpose": 2.0, "family:ultimatum": 2.0,
    "family:requirement": 2.0, "family:penalty": 1.8,
    "family:passive": 0.6, "family:attitude": -0.7, "family:expected": -1.0, "family:inability": -2.0,
    "family:past": -2.0, "family:ellipsis": -1.0,
    "holder:first": 0.7, "holder:name": 0.7, "holder:third": 0.6, "holder:it": 0.2,
    "holder:group": 0.8, "holder:thing": -0.8,
    "holder:weak": -0.8, "holder:policy": -0.4, "holder:you": -1.0,
    "act:state": -1.2, "act:outcome": -1.2, "act:routine": -0.8, "act:lever": 0.7, "act:alone": -0.3,
    "condition:if": 1.2, "condition:when": 0.5,
    "modal:will": 0.5, "modal:would": 0.2, "modal:can": -0.8, "modal:could": -0.3, "modal:may": -0.3,
    "modal:should": -1.5, "semi:promise": 0.4,
    "cue:state": -0.4, "there+no": 2.0, "state+condition": -0.8, "evades": -5.0, "cue:done": -2.5, "law": 1.2,
    "owner:loose": -0.5,
    "patient:person": -0.8, "patient:thing": 0.2, "cue:told": 0.2,
    "believed": -0.8, "polls": -0.8, "cue:bare": -0.8, "first+must": -1.0, "cue:readiness": 0.3,
    "told": 0.5, "told+would": 0.3, "negative": 0.3, "first+will": 0.4,
    "question": -1.0, "inside_condition": -1.0, "indirect_question": -0.8, "relative": -0.3,
}  # fmt: skip
"""What a reader of the guideline expects before any example: 126 examples are too few for 60 weights on their own.
Weights are drawn towards these, not towards nought."""


def fit(x: np.ndarray, y: np.ndarray, prior: np.ndarray, c: float) -> np.ndarray:
    """Weights that maximise the log likelihood less |w - prior|^2 / 2c, by Newton's method."""
    w = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - (w - prior) / c
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.eye(len(w)) / c
        step = np.linalg.solve(hessian, gradient)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return w


def document(page: str, text: str) -> Document:
    lines, at = [], 0
    for piece in text.splitlines(keepends=True):
        end = at + len(piece.rstrip())
        if end > at:
            lines.append(Line(at, end, "body"))
        at += len(piece)
    doc = Document.of(text, Capture("0" * 64, page, page, page, "2020-01-01T00:00:00Z", "text/plain"), tuple(lines))
    return doc.with_layer(SENTENCES(doc))


def words_in(text: str, ranges: list[Any]) -> set[int]:
    return {m.start() for a, b in ranges for m in WORD.finditer(text, a, b)}


def overlap(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def examples(gold_path: Path, pages_path: Path, texts: Path) -> tuple[list[tuple[str, list[str], bool]], int]:
    """(page, features, right) of every candidate, and the number of marked ones."""
    gold = defaultdict(list)
    for line in gold_path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        gold[record["page"]].append(record)
    out, total = [], 0
    for page in json.loads(pages_path.read_text(encoding="utf-8")):
        with (texts / f"{page}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        found = list(read_page(document(page, text)))
        marked = [words_in(text, g["action"]) for g in gold[page]]
        total += len(marked)
        pairs = sorted(
            (
                (overlap(m, words_in(text, r.pieces)), i, j)
                for i, m in enumerate(marked)
                for j, (r, *_) in enumerate(found)
            ),
            reverse=True,
        )
        hit: dict[int, int] = {}
        for score, i, j in pairs:
            if score >= 0.5 and i not in hit.values() and j not in hit:
                hit[j] = i
        for j, (reading, label, quoted) in enumerate(found):
            out.append((page, features(reading, label, quoted), j in hit))
    return out, total


def folded(
    x: np.ndarray, y: np.ndarray, pages: list[str], page_of: list[str], how: tuple[np.ndarray, float, int]
) -> np.ndarray:
    """The probability of each candidate by a model that has not seen its page."""
    prior, c, shift = how
    fold = {page: (k * 7 + shift * 3 + k // 5 * shift) % FOLDS for k, page in enumerate(pages)}
    p = np.zeros(len(y))
    for f in range(FOLDS):
        test = np.array([fold[page] == f for page in page_of])
        if test.any():
            p[test] = 1 / (1 + np.exp(-x[test] @ fit(x[~test], y[~test], prior, c)))
    return p


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("gold", type=Path), ap.add_argument("pages", type=Path), ap.add_argument("texts", type=Path)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--show", action="store_true")
    a = ap.parse_args()
    rows, total = examples(a.gold, a.pages, a.texts)
    names = sorted({name for _, fs, _ in rows for name in fs} | set(PRIOR))
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for k, (_, fs, _) in enumerate(rows):
        for name in fs:
            x[k, at[name]] = 1
    y = np.array([right for *_, right in rows])
    pages = sorted({page for page, *_ in rows})
    steps = np.arange(0.1, 0.6, 0.01)
    curves = {}
    for c in (0.001, 0.02, 0.05, 0.1, 0.2, 0.4):
        runs = [folded(x, y, pages, [page for page, *_ in rows], (prior, c, shift)) for shift in range(SHIFTS)]
        curves[c] = np.array(
            [np.mean([2 * (y & (q >= t)).sum() / ((q >= t).sum() + total) for q in runs]) for t in steps]
        )
        print(f"C {c}: F1 {curves[c].max():.3f} at {steps[curves[c].argmax()]:.2f}")
    top = max(curve.max() for curve in curves.values())
    chosen = max(c for c, curve in curves.items() if curve.max() >= top - SLACK)
    plateau = steps[np.nonzero(curves[chosen] >= curves[chosen].max() - TOLERANCE)[0]]
    best, threshold = (curves[chosen].max(), chosen), float(plateau[0])
    print(
        f"candidates {len(rows)}, right {y.sum()}, marked {total}; "
        f"best F1 {best[0]:.3f} with C {best[1]}, threshold {threshold:.2f}"
    )
    weights = {name: round(float(w), 3) for name, w in zip(names, fit(x, y, prior, best[1]), strict=True)}
    if a.show:
        for name, w in sorted(weights.items(), key=lambda i: i[1]):
            column = x[:, at[name]]
            print(f"{w:7.2f} {name:24} {int(column.sum()):>5} {int((column * y).sum()):>4}")
    if a.write:
        why = (
            "Made by training/commitments/weights.py; threshold: the lowest whose F1 in cross-validation by article "
            f"is within {TOLERANCE} of the best."
        )
        OUT.write_text(
            json.dumps(
                {"why": why, "threshold": round(threshold, 2), "weights": dict(sorted(weights.items()))}, indent=1
            )
            + "\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
