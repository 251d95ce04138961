"""Commitments and conditions on the marked articles (`score_commitments.py`, guideline in `gold/COMMITMENTS.md`)."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import Counts, Figure, Interval, interval, sampled, told
from bench.room import ROOT, Reading, Room, read_jsonl, write_jsonl

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
UNREAD = ROOT / "bench" / "blind" / "unread_commitments.jsonl"
"""Pages of invented crises with their texts, written and marked for this by somebody who has not seen the code: 193
commitments, 79 of them conditional. Nothing is learnt from them, and no developer reads them or what is missed there.
"""

Pick = Callable[[Mapping[str, Any]], float]
Spread = Callable[[Pick], Interval]


@dataclass(frozen=True, slots=True)
class _Marked:
    """Texts with their marks, as the scorer takes them: files `NAME.txt` in a folder, a list of the names, gold."""

    name: str
    texts: Path
    listed: Path
    gold: Path

    def pages(self) -> list[str]:
        """The files of all pages, those without a commitment too."""
        return [f"{name.removesuffix('.txt')}.txt" for name in json.loads(self.listed.read_text(encoding="utf-8"))]


def commitments(room: Room) -> list[Figure]:
    """The 32 articles to measure on."""
    texts, listed = room.at("gold/commitments_texts"), room.at("gold/commitments_dev_pages.json")
    return _measured(room, _Marked("commitments_dev", texts, listed, room.at("gold/commitments_dev.jsonl")))


def unread(room: Room) -> list[Figure]:
    """The 32 invented pages that nobody learnt from."""
    found = list(read_jsonl(UNREAD))
    texts = room.work / "unread"
    texts.mkdir(exist_ok=True)
    for one in found:
        (texts / f"{one['page']}.txt").write_text(one["text"], encoding="utf-8", newline="")
    listed = room.work / "unread.pages.json"
    listed.write_text(json.dumps([one["page"] for one in found]), encoding="utf-8")
    marks = [{"page": one["page"], **mark} for one in found for mark in one["commitments"]]
    return _measured(room, _Marked("unread", texts, listed, write_jsonl(room.work / "unread.gold.jsonl", marks)))


def _measured(room: Room, marked: _Marked) -> list[Figure]:
    read = room.read_files(marked.name, [marked.texts / name for name in marked.pages()])
    out = write_jsonl(room.work / f"{marked.name}.pred.jsonl", read)
    got = room.score_json(TOOL, marked.gold, out, marked.texts, "--pages", marked.listed)
    return commitment_figures(got, _spread(room, marked, read))


def _spread(room: Room, marked: _Marked, read: Sequence[Reading]) -> Spread:
    """Intervals of anything the scorer computes, from its own counts of each page."""
    scorer = room.scorer(TOOL)
    gold = list(read_jsonl(marked.gold))
    predicted = {one["page"]: one["commitments"] for one in read}
    units: list[Counts] = []
    for name in marked.pages():
        with (marked.texts / name).open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        own = [one for one in gold if one["page"] == name.removesuffix(".txt")]
        units.append(scorer.count(text, own, predicted.get(name, []), [], name))

    def spread(pick: Pick) -> Interval:
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
