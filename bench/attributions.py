"""Who said what on the marked political news of PolNeAR (`score_attributions.py`)."""

import gzip
import json
from pathlib import Path

from bench.figures import Figure, Interval, sampled, told
from bench.room import Room, read_jsonl, write_jsonl

HEADLINE = ("full", "loose", "content", "cue")
"""What the scorer gives intervals for."""
ANCHORS = {"full": "quote-and-cue rules .27"}
TOLD = ("reporting full", "reporting loose", "source exact", "cue exact", "content exact")


def gold_articles(room: Room) -> Path:
    """`polnear/dev` unpacked, as the scorer takes it."""
    out = room.work / "polnear_dev.jsonl"
    if not out.exists():
        with gzip.open(room.at("polnear/dev.jsonl.gz"), "rb") as packed:
            out.write_bytes(packed.read())
    return out


def attributions(room: Room) -> list[Figure]:
    """`polnear/dev`: attribution F1 in four strictnesses, and what they hang on."""
    gold = gold_articles(room)
    read = room.read_records("polnear_dev", [{"id": one["id"], "text": one["text"]} for one in read_jsonl(gold)])
    predicted = [{"id": one["page"], "attributions": one["attributions"]} for one in read]
    pred = write_jsonl(room.work / "polnear_dev.pred.jsonl", predicted)
    figures = room.work / "polnear_dev.figures.json"
    room.score("score_attributions.py", gold, pred, "--json", figures, "--bootstrap", "1000")
    got = json.loads(figures.read_text(encoding="utf-8"))
    out = [_headline(name, got[f"attribution {name}"]) for name in HEADLINE]
    out += [told(f"full_{side}", got["attribution full"][side]) for side in ("p", "r")]
    return out + [told(name.replace(" ", "_"), got[name]["f1"]) for name in TOLD]


def _headline(name: str, got: dict[str, float]) -> Figure:
    ends: Interval = (got["lo"], got["hi"])
    return sampled(name, got["f1"], lambda: ends, anchor=ANCHORS.get(name, ""))
