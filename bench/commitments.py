"""Commitments and conditions on the marked articles (`score_commitments.py`, guideline in `gold/COMMITMENTS.md`)."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Counts, Figure, Interval, interval, sampled, told
from bench.room import Reading, Room, read_jsonl, write_jsonl

PARTS = ("commitments", "conditional", "conditions", "conditions_and_operator")
"""What the scorer gives precision, recall and F1 for."""
HELD = ("polarity", "kind", "said_by")
"""Shares among the matched ones that set floors."""
FEW = ("deadline", "instrument")
"""Shares among so few that they are only told."""
ANCHORS = {
    "commitments": "modal pattern .23, people .69",
    "conditional": "people .67",
    "conditions": "people .74",
    "polarity": "people 1.00",
}
BARS = {"commitments": 0.30}
"""Issue 2: below 0.30 is a toy."""
TOOL = "score_commitments.py"

Pick = Callable[[Mapping[str, Any]], float]
Spread = Callable[[Pick], Interval]


def commitments(room: Room) -> list[Figure]:
    """The 32 articles to measure on."""
    texts, listed = room.at("gold/commitments_texts"), room.at("gold/commitments_dev_pages.json")
    pages = [f"{name}.txt" for name in json.loads(listed.read_text(encoding="utf-8"))]
    read = room.read_files("commitments_dev", [texts / name for name in pages])
    gold = room.at("gold/commitments_dev.jsonl")
    out = write_jsonl(room.work / "commitments_dev.pred.jsonl", read)
    got = room.score_json(TOOL, gold, out, texts, "--pages", listed)
    return commitment_figures(got, _spread(room, texts, pages, read))


def _spread(room: Room, texts: Path, pages: Sequence[str], read: Sequence[Reading]) -> Spread:
    """Intervals of anything the scorer computes, from its own counts of each page."""
    scorer = room.scorer(TOOL)
    units: list[Counts] = []

    def count() -> None:
        gold = list(read_jsonl(room.at("gold/commitments_dev.jsonl")))
        predicted = {one["page"]: one["commitments"] for one in read}
        for name in pages:
            with (texts / name).open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            marked = [one for one in gold if one["page"] == name.removesuffix(".txt")]
            units.append(scorer.count(text, marked, predicted.get(name, []), [], name))

    def spread(pick: Pick) -> Interval:
        if not units:
            count()
        return interval(units, lambda counts: pick(scorer.figures(Counter(counts))))

    return spread


def commitment_figures(got: Mapping[str, Any], spread: Spread | None) -> list[Figure]:
    """The scorer's figures; they set floors where `spread` gives their intervals."""

    def figure(name: str, value: float | None, pick: Pick, bar: float | None = None) -> Figure:
        anchor = ANCHORS.get(name.removesuffix("_f1"), "")
        if spread is None:
            return told(name, value, anchor=anchor)
        return sampled(name, value, lambda: spread(pick), anchor=anchor, bar=bar)

    out = []
    for name in PARTS:
        part = got[name]
        out.append(figure(f"{name}_f1", part["f1"], _f1_of(name), BARS.get(name)))
        out += [told(f"{name}_p", part["p"]), told(f"{name}_r", part["r"])]
    out += [figure(name, got[name], _share_of(name)) for name in HELD]
    return out + [told(name, got[name]) for name in FEW if got[name] is not None]


def _f1_of(name: str) -> Pick:
    return lambda figures: float(figures[name]["f1"])


def _share_of(name: str) -> Pick:
    return lambda figures: float(figures[name] or 0.0)
