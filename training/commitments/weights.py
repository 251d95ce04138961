"""Train data/commitment_weights.json: which candidates are commitments, cross-validated by page.

Usage: weights.py --gold GOLD.jsonl PAGES.json TEXT_DIR [--gold …] [--conditional GOLD.jsonl TEXT_DIR]
       [--silver silver.jsonl PAGES.jsonl.gz …] [--write] [--show]

A candidate is right when its action has token-F1 of 0.5 or more with a marked one (each marked one takes its best).
Logistic regression drawn towards PRIOR; C (how far from it the weights may go) and the threshold are chosen on
predictions for each gold page by a model that has not seen it. Silver marks (`silver.jsonl`: page and offsets, read
once by the builder, no words) only train.
"""

import argparse
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tocsin.annotate.commitment_score import expected, features, surroundings, tension
from tocsin.annotate.commitments import read_page
from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.words import words_of
from tocsin.core.document import Capture, Document, Line

OUT = Path(__file__).parents[2] / "src/tocsin/annotate/data/commitment_weights.json"
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
FOLDS = 10
TOLERANCE = 0.01
"""F1 over the threshold is flat and its peak is noise: of the stretch within this of the best the lowest is taken,
since a commitment that is missed cannot be looked up, while one too many can be passed over."""
SHIFTS = 5
"""Ways of drawing the folds; the curves of fewer differ by more than the tolerance."""
SLACK = 0.005
"""The largest C that costs no more F1 than this is taken: learn from the examples as far as that does no harm."""
CHOICES = (0.01, 0.02, 0.05, 0.1)
SILVER = 0.6
"""How much a silver mark counts beside a gold one: one hasty reader against two or three."""

PRIOR = {
    "bias": -2.2,
    "family:commissive": 1.8, "family:adjective": 1.0, "family:plan": 1.0, "family:decision": 0.3, "family:noun": 0.4,
    "family:noun_object": 0.4, "family:control": 0.6, "family:purpose": 2.0, "family:ultimatum": 2.0,
    "family:requirement": 2.0, "family:penalty": 1.8, "family:present": 0.0, "family:infinitive": 0.4,
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
    "told": 0.5, "told+would": 0.3, "negative": 0.3, "first+will": 0.4,
    "question": -1.0, "inside_condition": -1.0, "indirect_question": -0.8, "relative": -0.3,
}  # fmt: skip
"""What a reader of the guideline expects before any example: some three hundred examples are too few for 100 weights
on their own. Weights are drawn towards these, not towards nought."""
PLACE = ("page", "near", "tension")


class Row(NamedTuple):
    """One candidate of a page: its features, what stands around it, and whether it is marked."""

    page: str
    names: list[str]
    around: tuple[float, float, float]
    right: bool
    weight: float = 1.0


def fit(x: np.ndarray, y: np.ndarray, much: np.ndarray, prior: np.ndarray, c: float) -> np.ndarray:
    """Weights that maximise the log likelihood, each example as `much`, less |w - prior|^2 / 2c, by Newton's method."""
    w = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (much * (y - p)) - (w - prior) / c
        hessian = (x * (much * p * (1 - p))[:, None]).T @ x + np.eye(len(w)) / c
        step = np.linalg.solve(hessian, gradient)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return w


def document(page: str, text: str) -> Document:
    """A text as the reader sees it, each line of it body."""
    lines, at = [], 0
    for piece in text.splitlines(keepends=True):
        end = at + len(piece.rstrip())
        if end > at:
            lines.append(Line(at, end, "body"))
        at += len(piece)
    doc = Document.of(text, Capture("0" * 64, page, page, page, "2020-01-01T00:00:00Z", "text/plain"), tuple(lines))
    return doc.with_layer(SENTENCES(doc))


def words_in(text: str, ranges: Iterable[Sequence[int]]) -> set[int]:
    """Where the words of some ranges begin."""
    return {m.start() for a, b in ranges for m in WORD.finditer(text, a, b)}


def overlap(a: set[int], b: set[int]) -> float:
    """Token-F1 of two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def rows_of(page: str, doc: Document, marked: list[set[int]], unsure: list[set[int]], every: bool = True) -> list[Row]:
    """The candidates of a page, those on unsure marks left out; where not `every` commitment is marked, those without
    a condition too, unless marked."""
    found = list(read_page(doc))
    names = [features(reading, label, quoted) for reading, label, quoted in found]
    tense = tension(word.low for words in words_of(doc) for word in words)
    around = [(*one, tense) for one in surroundings([expected(one) for one in names])]
    held = [words_in(doc.text, reading.pieces) for reading, _, _ in found]
    pairs = sorted(((overlap(m, h), -i, -j) for i, m in enumerate(marked) for j, h in enumerate(held)), reverse=True)
    hit: dict[int, int] = {}
    for score, i, j in pairs:
        if score >= 0.5 and -i not in hit.values() and -j not in hit:
            hit[-j] = -i
    return [
        Row(page, names[j], around[j], j in hit)
        for j in range(len(found))
        if j in hit or not any(overlap(held[j], u) >= 0.5 for u in unsure)
        if j in hit or every or found[j][0].conditions
    ]


def gold_rows(gold_path: Path, pages_path: Path, texts: Path) -> tuple[list[Row], int]:
    """The candidates of marked pages, and the number of marked commitments."""
    gold = defaultdict(list)
    for line in gold_path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        gold[record["page"].removesuffix(".txt")].append(record)
    out: list[Row] = []
    total = 0
    for name in json.loads(pages_path.read_text(encoding="utf-8")):
        page = name.removesuffix(".txt")
        with (texts / f"{page}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        marked = [words_in(text, one["action"]) for one in gold[page]]
        total += len(marked)
        out += rows_of(page, document(page, text), marked, [])
    return out, total


def conditional_rows(gold_path: Path, texts: Path) -> tuple[list[Row], int]:
    """The candidates of pages where only conditional commitments are marked, held-out pages left alone."""
    gold = defaultdict(list)
    for line in gold_path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if not record["unseen"]:
            gold[record["page"]].append(record)
    out: list[Row] = []
    total = 0
    for page in sorted(gold):
        with (texts / f"{page}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        marked = [words_in(text, one["action"]) for one in gold[page]]
        total += len(marked)
        out += rows_of("open:" + page, document(page, text), marked, [], every=False)
    return out, total


def silver_rows(marks: Path, *sources: Path) -> list[Row]:
    """The candidates of pages, of PolNeAR train and of `html/dev`, that the builder read once."""
    texts: dict[str, str] = {}
    for source in sources:
        with gzip.open(source, "rt", encoding="utf-8") as file:
            texts |= {one["id"]: one.get("text") or one["gold_text"] for one in map(json.loads, file)}
    out: list[Row] = []
    for line in marks.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        text = texts[one["page"]]
        marked, unsure = ([words_in(text, each) for each in one[name]] for name in ("marked", "unsure"))
        rows = rows_of("silver:" + one["page"], document(one["page"], text), marked, unsure)
        out += [row._replace(weight=SILVER) for row in rows]
    return out


def matrix(rows: Sequence[Row], at: dict[str, int]) -> np.ndarray:
    """One line a candidate, one column a feature, the last for what stands around it."""
    x = np.zeros((len(rows), len(at) + len(PLACE)))
    for k, row in enumerate(rows):
        for name in row.names:
            if name in at:
                x[k, at[name]] = 1
        x[k, -len(PLACE) :] = row.around
    return x


def rights(rows: Sequence[Row]) -> np.ndarray:
    """1 for each candidate that is marked, else 0."""
    return np.array([row.right for row in rows], dtype=float)


def weights_of(rows: Sequence[Row]) -> np.ndarray:
    """How much each candidate counts."""
    return np.array([row.weight for row in rows], dtype=float)


def folded(gold: Sequence[Row], silver: Sequence[Row], at: dict[str, int], prior: np.ndarray, c: float) -> np.ndarray:
    """For each way of drawing the folds each gold candidate's probability by a model that has not seen its page."""
    x, y, much = matrix(gold, at), rights(gold), weights_of(gold)
    xs, ys, muchs = matrix(silver, at), rights(silver), weights_of(silver)
    pages = sorted({row.page for row in gold})
    out = []
    for shift in range(SHIFTS):
        fold = {page: (k * 7 + shift * 3 + k // 5 * shift) % FOLDS for k, page in enumerate(pages)}
        of = np.array([fold[row.page] for row in gold])
        p = np.zeros(len(y))
        for f in range(FOLDS):
            test = of == f
            if test.any():
                seen = np.vstack([x[~test], xs]), np.concatenate([y[~test], ys]), np.concatenate([much[~test], muchs])
                w = fit(*seen, prior, c)
                p[test] = 1 / (1 + np.exp(-x[test] @ w))
        out.append(p)
    return np.array(out)


STEPS = np.arange(0.1, 0.6, 0.01)


def curve(p: np.ndarray, y: np.ndarray, total: int) -> np.ndarray:
    """F1 at each threshold, the mean over the ways of drawing the folds."""
    return np.array([np.mean([2 * (y & (q >= t)).sum() / ((q >= t).sum() + total) for q in p]) for t in STEPS])


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", nargs=3, type=Path, action="append", required=True)
    ap.add_argument("--conditional", nargs=2, type=Path)
    ap.add_argument("--silver", nargs="+", type=Path)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--show", action="store_true")
    a = ap.parse_args()
    sets = [gold_rows(*one) for one in a.gold]
    if a.conditional:
        sets.append(conditional_rows(*a.conditional))
    gold = [row for rows, _ in sets for row in rows]
    total = sum(count for _, count in sets)
    silver = silver_rows(*a.silver) if a.silver else []
    train(gold, total, silver, a.write, a.show)


def train(gold: list[Row], total: int, silver: list[Row], write: bool, show: bool) -> None:
    """Choose C and the threshold, print what they reach, and write the weights where asked to."""
    names = sorted({name for row in gold + silver for name in row.names} | set(PRIOR))
    at = {name: k for k, name in enumerate(names)}
    prior = np.array([PRIOR.get(name, 0.0) for name in names] + [0.0] * len(PLACE))
    y = np.array([row.right for row in gold])
    curves = {}
    for c in CHOICES:
        curves[c] = curve(folded(gold, silver, at, prior, c), y, total)
        print(f"C {c}: F1 {curves[c].max():.3f} at {STEPS[curves[c].argmax()]:.2f}")
    top = max(one.max() for one in curves.values())
    chosen = max(c for c, one in curves.items() if one.max() >= top - SLACK)
    plateau = STEPS[np.nonzero(curves[chosen] >= curves[chosen].max() - TOLERANCE)[0]]
    threshold = float(plateau[0])
    print(f"gold candidates {len(gold)}, right {y.sum()}, marked {total}")
    print(f"silver candidates {len(silver)}, right {sum(row.right for row in silver)}")
    print(f"best F1 {curves[chosen].max():.3f} with C {chosen}, threshold {threshold:.2f}")
    x = matrix(gold + silver, at)
    w = fit(x, rights(gold + silver), weights_of(gold + silver), prior, chosen)
    weights: dict[str, Any] = {name: round(float(v), 3) for name, v in zip([*names, *PLACE], w, strict=True)}
    if show:
        for name, value in sorted(weights.items(), key=lambda i: i[1]):
            print(f"{value:7.2f} {name:24}", *([int(x[:, at[name]].sum())] if name in at else []))
    if write:
        why = (
            "Made by training/commitments/weights.py. expected: the guideline's reader before any example; weights: "
            "drawn from there to the examples; threshold: the lowest whose F1 in cross-validation by page is within "
            f"{TOLERANCE} of the best."
        )
        parts = {"expected": dict(sorted(PRIOR.items())), "weights": dict(sorted(weights.items()))}
        out = {"why": why, "threshold": round(threshold, 2), **parts}
        OUT.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
