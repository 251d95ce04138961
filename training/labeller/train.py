"""Makes src/tocsin/read/data/labeller.json again: the weights of the line labeller (docs/labeller.md).

usage: .venv/bin/python training/labeller/train.py [--shared ../shared] [--out src/tocsin/read/data/labeller.json]
                                                   [--folds 5] [--no-cv]

Reads flat/dev.jsonl.gz (pages flattened five ways, with the article's text) and, as pages without boilerplate, the
articles of those pages by themselves and every third article of polnear/train.jsonl.gz. Two linear models are fitted: a
line with its neighbours, and the same line in the light of all first scores. Prints F1 cross-validated by site (no
site is in two folds; both models are fitted inside each fold), then fits on everything. Seeded: the same input
and library versions give the same file. Takes about three minutes on one core.
"""

import argparse
import gzip
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))
from align import SHINGLE, cover, words

from tocsin.read.context import context_features, second_features
from tocsin.read.features import OFFSETS, Fact, facts_of, line_features, split_lines, word_features

SEED = 20200815
LINE_SITES = 4
"""A feature must occur on this many sites: what fewer show is their own habit."""
WORD_SITES = 6
STRENGTH = (0.01, 0.01)
"""Inverse L2 penalty of the two models, chosen by cross-validation among 0.003, 0.01, 0.05."""
INNER = 4
"""Folds by which the first scores that the second model is trained on are made."""
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
ABOUT_ALIKE = 0.001
"""F1 by which a threshold may fall behind the best one for keeping more of the article."""
NOT_BARE = {"biography", "notice", "call", "caption", "player", "promotion", "comments"}
"""Cues of lines that are no article although they stand in an article's text."""
BARE_WEIGHT = 0.7
"""What a page without boilerplate counts against one with it."""
ROUND = 1000
"""Weights are kept as integers of this part."""


@dataclass
class Page:
    """One page ready for fitting: its lines' features, truth and weights."""

    site: str
    kind: str
    facts: list[Fact]
    share: np.ndarray
    counts: np.ndarray
    article: int
    own: list[list[str]] = field(default_factory=list)
    spoken: list[list[str]] = field(default_factory=list)
    weight: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @property
    def truth(self) -> np.ndarray:
        return (self.share >= 0.5).astype(int)


def make_page(site: str, kind: str, text: str, article: str | None, skip_first: bool = False) -> Page:
    """A page of `text`; `article` None: all of it. `skip_first`: its first line is not learnt from (a title)."""
    ranges = split_lines(text)
    facts = facts_of(text, ranges)
    shown = [text[slice(*ranges[fact.index])] for fact in facts]
    share = np.array(cover(shown, article) if article is not None else [1.0] * len(facts))
    counts = np.array([len(words(line)) for line in shown], float)
    size = max(1, len(words(article if article is not None else text)) - SHINGLE + 1)
    page = Page(site, kind, facts, share, counts, size)
    page.own = [line_features(fact) for fact in facts]
    page.spoken = [word_features(fact) for fact in facts]
    # A line weighs about its part of the page's score; the added constants keep short lines and short pages in play.
    page.weight = ((np.minimum(counts, 200) + 3) / (size + 200)) ** 0.75
    if article is None:
        page.weight *= BARE_WEIGHT
        # Author boxes, notices and the like are left in the articles' texts: nothing is learnt from them.
        page.weight[[bool(NOT_BARE & set(fact.cues)) for fact in facts]] = 0.0
        if skip_first and len(page.weight):
            page.weight[0] = 0.0
    return page


def load(shared: Path) -> tuple[list[Page], list[Page]]:
    """(the flattened pages, the pages without boilerplate)."""
    pages, bare, seen = [], [], set()
    with gzip.open(shared / "flat/dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            pages.append(make_page(row["site"], row["flattener"], row["flat_text"], row["gold_text"]))
            if row["url"] not in seen:
                seen.add(row["url"])
                bare.append(make_page(row["site"], "bare", row["gold_text"], None))
    with gzip.open(shared / "polnear/train.jsonl.gz", "rt", encoding="utf-8") as file:
        for number, row in enumerate(map(json.loads, file)):
            if number % 3 == 0:
                bare.append(make_page(row["publisher"], "bare", row["text"], None, skip_first=True))
    return pages, bare


def first_rows(page: Page) -> Iterator[list[str]]:
    """The first model's features: the line and its neighbours (by offset), and the line's words."""
    n = len(page.own)
    for i in range(n):
        row = list(page.spoken[i])
        for offset in OFFSETS:
            near = page.own[i + offset] if 0 <= i + offset < n else ["edge"]
            row.extend(f"{offset}|{name}" for name in near)
        yield row


def second_rows(page: Page, scores: np.ndarray) -> Iterator[list[str]]:
    """The second model's features."""
    rows = context_features(page.facts, [round(float(score), 3) for score in scores])
    for i, row in enumerate(rows):
        yield row + second_features(page.facts, page.own, i) + page.spoken[i]


class Model:
    """A logistic regression over named features."""

    def __init__(self, pages: Sequence[Page], rows: Sequence[list[list[str]]], strength: float) -> None:
        sites: defaultdict[str, set[str]] = defaultdict(set)
        for page, page_rows in zip(pages, rows, strict=True):
            for row in page_rows:
                for name in row:
                    sites[name].add(page.site)
        least = {True: WORD_SITES, False: LINE_SITES}
        names = sorted(
            name
            for name, where in sites.items()
            if len(where) >= least[name[:2] in ("w:", "1:", "2:", "z:") or name[0] == "="]
        )
        self.vocabulary = {name: at for at, name in enumerate(names)}
        truth = np.concatenate([page.truth for page in pages])
        weight = np.concatenate([page.weight for page in pages])
        regression = LogisticRegression(C=strength, max_iter=400, tol=1e-4)
        kept = weight > 0
        matrix = sp.vstack([self.matrix(page_rows) for page_rows in rows])
        regression.fit(matrix[kept], truth[kept], sample_weight=weight[kept] / weight[kept].mean())
        self.weights = np.round(regression.coef_[0] * ROUND) / ROUND
        self.bias = round(float(regression.intercept_[0]), 3)

    def matrix(self, rows: Iterable[list[str]]) -> sp.csr_matrix:
        indices, pointers = [], [0]
        for row in rows:
            indices.extend(self.vocabulary[name] for name in row if name in self.vocabulary)
            pointers.append(len(indices))
        shape = (len(pointers) - 1, len(self.vocabulary))
        return sp.csr_matrix((np.ones(len(indices), np.float32), indices, pointers), shape=shape)

    def scores(self, rows: Iterable[list[str]]) -> np.ndarray:
        return self.matrix(rows) @ self.weights + self.bias


def fold_of(pages: Sequence[Page], folds: int, seed: int) -> list[int]:
    """A fold for each page, the same for all pages of a site."""
    sites = sorted({page.site for page in pages})
    np.random.RandomState(seed).shuffle(sites)
    number = {site: at % folds for at, site in enumerate(sites)}
    return [number[page.site] for page in pages]


def fit(pages: Sequence[Page]) -> tuple[Model, Model]:
    """Both models; the second learns from first scores of lines that their first model had not seen."""
    rows = [list(first_rows(page)) for page in pages]
    folds = fold_of(pages, INNER, SEED + 1)
    held: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for fold in range(INNER):
        rest = [i for i, f in enumerate(folds) if f != fold]
        model = Model([pages[i] for i in rest], [rows[i] for i in rest], STRENGTH[0])
        for i, f in enumerate(folds):
            if f == fold:
                held[i] = model.scores(rows[i])
    first = Model(pages, rows, STRENGTH[0])
    del rows
    second = Model(pages, [list(second_rows(page, s)) for page, s in zip(pages, held, strict=True)], STRENGTH[1])
    return first, second


def apply(models: tuple[Model, Model], page: Page) -> np.ndarray:
    """The probability of each line."""
    if not page.facts:
        return np.zeros(0)
    scores = models[1].scores(second_rows(page, models[0].scores(first_rows(page))))
    return np.asarray(1 / (1 + np.exp(-scores)))


def report(pages: Sequence[Page], chosen: Sequence[np.ndarray]) -> dict[str, float]:
    """F1 by flattener, as score_flat.py averages it (by whole lines, a word off here and there)."""
    sums: defaultdict[str, np.ndarray] = defaultdict(lambda: np.zeros(3))
    for page, kept in zip(pages, chosen, strict=True):
        right = float((page.counts * page.share * kept).sum())
        wrong = float((page.counts * (1 - page.share) * kept).sum())
        missed = max(0.0, page.article - right)
        part = np.array([right, wrong, missed]) / ((right + wrong + missed) or 1)
        for kind in ("all", page.kind):
            sums[kind] += part
    return {kind: round(2 * a / (2 * a + b + c), 4) for kind, (a, b, c) in sorted(sums.items())}


def kept_share(page: Page, kept: np.ndarray) -> float:
    """The share of the words of a page without boilerplate that is kept."""
    counts = page.counts * (page.weight > 0)
    return float((counts * kept).sum() / max(1.0, counts.sum()))


def cross_validate(pages: list[Page], bare: list[Page], folds: int) -> float:
    """Print the cross-validated figures; returns the threshold that did best over all flatteners."""
    everything = [*pages, *bare]
    fold = fold_of(everything, folds, SEED)
    odds: list[np.ndarray] = [np.zeros(0)] * len(everything)
    for number in range(folds):
        models = fit([page for page, f in zip(everything, fold, strict=True) if f != number])
        for i, f in enumerate(fold):
            if f == number:
                odds[i] = apply(models, everything[i])
        print(f"fold {number + 1} of {folds} done", file=sys.stderr)
    flat, alone = odds[: len(pages)], odds[len(pages) :]
    scored: dict[float, float] = {}
    for threshold in THRESHOLDS:
        figures = report(pages, [p >= threshold for p in flat])
        lone = [kept_share(page, p >= threshold) for page, p in zip(bare, alone, strict=True)]
        poor = np.mean([share < 0.97 for share in lone])
        print(
            f"threshold {threshold}: {figures}; bare articles: recall {np.mean(lone):.4f}, {poor:.3f} of them below .97"
        )
        scored[threshold] = figures["all"]
    # What is lost cannot be read: of thresholds that score about alike the one that keeps most is taken.
    return min(t for t, f1 in scored.items() if f1 >= max(scored.values()) - ABOUT_ALIKE)


def pack(models: tuple[Model, Model], threshold: float) -> dict[str, Any]:
    """The data file: weights in thousandths; of the first model one list by offset for each feature."""
    first: dict[str, Any] = {}
    said: dict[str, int] = {}
    for name, at in models[0].vocabulary.items():
        weight = round(float(models[0].weights[at]) * ROUND)
        offset, bar, bare = name.partition("|")
        if bar and offset.lstrip("-").isdigit():
            first.setdefault(bare, [0] * len(OFFSETS))[OFFSETS.index(int(offset))] = weight
        elif weight:
            said[name] = weight
    context = {name: round(float(models[1].weights[at]) * ROUND) for name, at in models[1].vocabulary.items()}
    return {
        "about": "Weights of the line labeller in thousandths; see docs/labeller.md",
        "threshold": round(math.log(threshold / (1 - threshold)), 3),
        "first": {
            "bias": round(models[0].bias * ROUND),
            "near": {k: v for k, v in sorted(first.items()) if any(v)},
            "words": said,
        },
        "second": {"bias": round(models[1].bias * ROUND), "weights": {k: v for k, v in sorted(context.items()) if v}},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("src/tocsin/read/data/labeller.json"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--threshold", type=float, default=0.4, help="used with --no-cv")
    parser.add_argument("--no-cv", action="store_true")
    options = parser.parse_args()
    pages, bare = load(options.shared)
    print(f"{len(pages)} pages, {len(bare)} bare articles, {sum(len(page.facts) for page in pages)} lines")
    threshold = options.threshold if options.no_cv else cross_validate(pages, bare, options.folds)
    models = fit([*pages, *bare])
    options.out.write_text(
        json.dumps(pack(models, threshold), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )
    print(f"threshold {threshold}; {options.out}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
