"""Dev as shipped: the files of a folder, run by the package's own runtime on Tocsin's own sentences, and scored.

Attributions by the scorer in ../shared/tools, names against silver (and gold, where a file is given), syntax against
silver.
"""

import importlib.util
import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tocsin.model import tagging, trees
from tocsin.model.decode import Outputs, found, names
from tocsin.model.results import Found
from tocsin.model.session import Model
from tocsin.model.settings import Settings
from tocsin.model.windows import Window, windows
from training.reader.data import Page, Span, sentences, tokens
from training.reader.labels import NAMES

Scored = tuple[Window, Outputs]


def scorer(tools: Path) -> ModuleType:
    """../shared/tools/score_attributions.py as a module."""
    spec = importlib.util.spec_from_file_location("score_attributions", tools / "score_attributions.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(tools)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outputs(model: Model, pages: Sequence[Page], *, threads: int = 1) -> dict[str, list[Scored]]:
    """Each page's windows with the graph's scores, on Tocsin's sentences of the flat text."""
    out = {}
    for page in pages:
        cut = windows(page.text, sentences(page, silver=False), limit=model.settings.limit, cut=model.pieces)
        out[page.id] = list(model.outputs(cut, threads))
    return out


def predictions(pages: Sequence[Page], scored: dict[str, list[Scored]], settings: Settings) -> list[dict[str, Any]]:
    """What the scorer takes."""
    return [{"id": page.id, "attributions": [shown(one) for one in found(scored[page.id], settings)]} for page in pages]


def leaning(scored: dict[str, list[Scored]], outside: float) -> dict[str, list[Scored]]:
    """The same scores with so much added to that of "O"."""
    if not outside:
        return scored
    lean = np.array([outside, *[0.0] * 6], np.float32)
    return {
        page: [(window, {**outputs, "tag": outputs["tag"] + lean}) for window, outputs in rows]
        for page, rows in scored.items()
    }


def shown(one: Found) -> dict[str, Any]:
    return {
        "source": list(one.source),
        "cue": list(one.cue),
        "content": list(one.content),
        "confidence": one.confidence,
    }


def gold(pages: Sequence[Page]) -> list[dict[str, Any]]:
    return [{"id": page.id, "text": page.text, "attributions": page.attributions} for page in pages]


def syntax(pages: Sequence[Page], scored: dict[str, list[Scored]], settings: Settings) -> dict[str, float]:
    """Tags, heads and relations against CoreNLP's, over words that both cut alike; heads without punctuation."""
    right: Counter[str] = Counter()
    for page in pages:
        silver = tokens(page)
        for window, scores in scored[page.id]:
            heads = trees.heads(scores["arc"], np.array(window.sentence))
            relations, tags = scores["rel"].argmax(1).tolist(), scores["pos"].argmax(1).tolist()
            for place, span in enumerate(window.words):
                if span not in silver:
                    continue
                tag, head, relation = silver[span]
                right["pos"] += settings.pos[tags[place]] == tag
                right["words"] += 1
                if relation == "punct":
                    continue
                own = window.words[heads[place] - 1] if heads[place] else None
                right["heads"] += 1
                right["uas"] += own == head
                right["las"] += own == head and settings.rel[relations[place]] == relation
    return {
        "pos": right["pos"] / right["words"],
        "uas": right["uas"] / right["heads"],
        "las": right["las"] / right["heads"],
    }


@dataclass(slots=True)
class Tally:
    """Counts behind a precision and a recall."""

    right: int = 0
    told: int = 0
    wanted: int = 0

    def f1(self) -> float:
        return 2 * self.right / (self.told + self.wanted) if self.told + self.wanted else 0.0


def silver_names(page: Page) -> set[tuple[int, int, str]]:
    """The mended silver names of a page as spans."""
    spans = sorted(page.names)
    labels = [max(0, page.names[span]) for span in spans]
    return {(spans[a][0], spans[b - 1][1], kind) for kind, a, b in tagging.runs(labels, NAMES)}


def score_names(
    wanted: dict[str, set[tuple[int, int, str]]],
    told: dict[str, set[tuple[int, int, str]]],
    within: dict[str, list[Span]] | None = None,
) -> dict[str, Tally]:
    """Exact spans with their kind. Only what lies in the passages `within`, where they are given."""
    out: defaultdict[str, Tally] = defaultdict(Tally)
    for page, gold_names in wanted.items():
        passages = None if within is None else within.get(page, [])
        kept = {
            one
            for one in told.get(page, set())
            if passages is None or any(start <= one[0] and one[1] <= end for start, end in passages)
        }
        for one in gold_names:
            out[one[2]].wanted += 1
            out[one[2]].right += one in kept
        for one in kept:
            out[one[2]].told += 1
    return dict(out)


def told_names(pages: Sequence[Page], scored: dict[str, list[Scored]], settings: Settings) -> dict[str, set[Any]]:
    out: dict[str, set[Any]] = {}
    for page in pages:
        rows = [one for window, scores in scored[page.id] for one in names(window, scores, settings)]
        out[page.id] = {(one.start, one.end, one.kind) for one in rows}
    return out


def gold_names(folder: Path) -> tuple[dict[str, set[tuple[int, int, str]]], dict[str, list[Span]]]:
    """Names marked by hand: names.jsonl, and in passages.jsonl the stretches that were read."""
    wanted: dict[str, set[tuple[int, int, str]]] = {}
    within: defaultdict[str, list[Span]] = defaultdict(list)
    for line in (folder / "passages.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        within[one["id"]].append((one["start"], one["end"]))
        wanted.setdefault(one["id"], set())
    for line in (folder / "names.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        wanted.setdefault(one["id"], set()).add((one["start"], one["end"], one["kind"]))
    return wanted, dict(within)


def speed(model: Model, scored: dict[str, list[Scored]], threads: int) -> float:
    """Pieces a second of the bare forward passes of these windows."""
    cut = [window for rows in scored.values() for window, _ in rows]
    begun = time.perf_counter()
    for _ in model.outputs(cut, threads):
        pass
    return sum(len(one.ids) for one in cut) / (time.perf_counter() - begun)
